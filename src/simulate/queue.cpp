#include <tpu_convert/simulate/queue.inl>
