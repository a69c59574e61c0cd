// .cvimodel: what was written is read back, the bytes do not vary, and the vendor's own files keep what they say.
#include "../shared_files.hpp"
#include <algorithm>
#include <doctest/doctest.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/model_file/cvimodel/disassemble.hpp>
#include <tpu_convert/model_file/cvimodel/inspect.hpp>
#include <tpu_convert/model_file/cvimodel/reader.hpp>
#include <tpu_convert/model_file/cvimodel/writer.hpp>
#include <tpu_convert/model_file/mapped_file.hpp>

using namespace tpu_convert;

namespace {

cvimodel::file sample() {
    cvimodel::tensor_info in;
    in.name = "in", in.address = static_cast<std::int64_t>(cvimodel::region_address(3)), in.dims = {1, 3, 4, 4};
    in.data_type = cvimodel::data_type_code(dtype::i8);
    in.has_quantization = true, in.quantized = cvimodel::quantization::symmetric, in.qscale = 2.5f;
    cvimodel::tensor_info out = in;
    out.name = "out_Conv", out.address = static_cast<std::int64_t>(cvimodel::region_address(2) + 64), out.overwritten = true;
    cvimodel::routine tpu, cpu;
    tpu.inputs = {"in"}, tpu.outputs = {"out_Conv"}, tpu.commands = "commands";
    cpu.kind = cvimodel::routine_kind::cpu, cpu.function = "argmax", cpu.arguments = {std::byte{1}, std::byte{2}};
    cvimodel::program_info p;
    p.inputs = {"in"}, p.outputs = {"out_Conv"}, p.tensors = {in, out}, p.routines = {tpu, cpu};
    p.shared_bytes = 4096, p.own_bytes = 128;
    cvimodel::file f;
    f.chip = "cv181x", f.name = "sample", f.programs = {p};
    f.sections = {{cvimodel::section_kind::weights, "weights", std::vector<std::byte>(33, std::byte{5})},
                  {cvimodel::section_kind::commands, "commands", std::vector<std::byte>(120, std::byte{7})}};
    return f;
}

bool same_bytes(blob const& x, blob const& y) { return std::ranges::equal(x.bytes(), y.bytes()); }

} // namespace

TEST_CASE("a .cvimodel says what was written to it") {
    auto const f = cvimodel::read(blob(cvimodel::to_bytes(sample())), "x.cvimodel");
    CHECK(f.chip == "cv181x");
    CHECK(f.digest_right);
    REQUIRE(f.programs.size() == 1);
    auto const& p = f.programs[0];
    REQUIRE(p.tensors.size() == 2);
    CHECK(p.tensors[0].qscale == 2.5f);
    CHECK(p.tensors[0].dims == shape{1, 3, 4, 4});
    CHECK(p.tensors[1].overwritten);
    auto const address = static_cast<std::uint64_t>(p.tensors[1].address);
    CHECK(cvimodel::region_of(address) == 2);
    CHECK(cvimodel::offset_of(address) == 64);
    REQUIRE(p.routines.size() == 2);
    CHECK(p.routines[0].commands == "commands");
    CHECK(p.routines[1].function == "argmax");
    CHECK(p.routines[1].arguments.size() == 2);
    REQUIRE(f.find("commands") != nullptr);
    CHECK(f.find("commands")->bytes.size() == 120);
    CHECK(std::to_integer<int>(f.sections[0].bytes.bytes()[32]) == 5);
}

TEST_CASE("a .cvimodel has the same bytes each time, also once it was read") {
    auto const bytes = cvimodel::to_bytes(sample());
    CHECK(bytes == cvimodel::to_bytes(sample()));
    CHECK(bytes == cvimodel::to_bytes(cvimodel::read(blob(bytes), "x.cvimodel")));
}

TEST_CASE("a vendor's .cvimodel is read, its check sum fits, and nothing is lost when it is written again") {
    struct known {
        char const *name, *chip;
    };
    for (auto const& k : {known{"ccoeff_normed", "cv182x"}, known{"ppocr_mb_cls_int8", "cv180x"},
                          known{"cls_attribute_gender_age_glass_mask_112_112_INT8_cv181x", "cv181x"},
                          known{"cls_keypoint_hand_gesture_1_42_INT8_cv181x", "cv181x"},
                          known{"cls_sound_babay_cry_188_40_INT8_cv181x", "cv181x"},
                          known{"keypoint_face_v2_64_64_INT8_cv181x", "cv181x"},
                          known{"mbv2_det_person_256_384_INT8_cv181x", "cv181x"},
                          known{"topformer_seg_motion_512_960_INT8_cv181x", "cv181x"}}) {
        auto const path = test::shared_file("streams/" + std::string(k.name) + ".cvimodel");
        if (!path) return;
        CAPTURE(k.name);
        auto const f = cvimodel::read(*path);
        CHECK(f.chip == k.chip);
        CHECK(f.digest_right);
        CHECK(f.programs.size() >= 1);
        auto const again = cvimodel::read(blob(cvimodel::to_bytes(f)), "again");
        CHECK(again.digest_right);
        CHECK(cvimodel::json_text(again) == cvimodel::json_text(f));
        REQUIRE(again.sections.size() == f.sections.size());
        for (std::size_t i = 0; i < f.sections.size(); ++i) CHECK(same_bytes(again.sections[i].bytes, f.sections[i].bytes));
    }
}

TEST_CASE("the commands of a vendor's .cvimodel are listed, those of one engine if that is asked for") {
    auto const path = test::shared_file("streams/ppocr_mb_cls_int8.cvimodel");
    if (!path) return;
    auto const f = cvimodel::read(*path);
    auto const lines = [&](std::optional<isa::engine> only) {
        std::size_t n = 0;
        cvimodel::disassemble(f, only, [&](std::string_view text) { n += text.front() != '#'; });
        return n;
    };
    CHECK(lines({}) == 824 + 2231);
    CHECK(lines(isa::engine::tiu) == 824);
    CHECK(lines(isa::engine::gdma) == 2231);
    auto other = f;
    other.chip = "cv999x";
    CHECK_THROWS_AS(cvimodel::disassemble(other, {}, [](std::string_view) {}), model_error);
}
