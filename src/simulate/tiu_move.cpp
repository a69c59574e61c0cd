#include <tpu_convert/simulate/tiu_move.inl>
