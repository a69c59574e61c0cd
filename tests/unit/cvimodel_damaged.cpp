// .cvimodel files that are cut or altered: an error, or a file that reads; never a crash.
#include <doctest/doctest.h>
#include <random>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/model_file/cvimodel/inspect.hpp>
#include <tpu_convert/model_file/cvimodel/reader.hpp>
#include <tpu_convert/model_file/cvimodel/writer.hpp>

using namespace tpu_convert;

namespace {

std::vector<std::byte> small_cvimodel() {
    cvimodel::tensor_info t;
    t.name = "t", t.dims = {1, 2, 1, 1};
    cvimodel::program_info p;
    p.inputs = p.outputs = {"t"}, p.tensors = {t};
    cvimodel::file f;
    f.chip = "cv181x", f.name = "n", f.programs = {p};
    f.sections = {{cvimodel::section_kind::commands, "c", std::vector<std::byte>(120)}};
    return cvimodel::to_bytes(f);
}

// 0 if the file reads.
int cvimodel_outcome(std::vector<std::byte> bytes) {
    try {
        auto const f = cvimodel::read(blob(std::move(bytes)), "x.cvimodel");
        cvimodel::info_text(f, true), cvimodel::json_text(f);
        return 0;
    } catch (model_error const& e) {
        return static_cast<int>(e.code());
    }
}

} // namespace

TEST_CASE("a truncated .cvimodel is damaged, however short it is") {
    auto const whole = small_cvimodel();
    CHECK(cvimodel_outcome(whole) == 0);
    for (std::size_t n = 0; n < whole.size(); ++n)
        CHECK(cvimodel_outcome({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(n)}) ==
              static_cast<int>(error_code::file_damaged));
}

TEST_CASE("a .cvimodel with a changed byte reads or is damaged, and its check sum tells") {
    auto const whole = small_cvimodel();
    std::mt19937 random(1);
    for (int i = 0; i < 20000; ++i) {
        auto bytes = whole;
        bytes[random() % bytes.size()] ^= static_cast<std::byte>(1u << random() % 8);
        int const code = cvimodel_outcome(bytes);
        CHECK((code == 0 || code == static_cast<int>(error_code::file_damaged)));
    }
    auto bytes = whole;
    bytes.back() ^= std::byte{1};
    CHECK_FALSE(cvimodel::read(blob(bytes), "x.cvimodel").digest_right);
}
