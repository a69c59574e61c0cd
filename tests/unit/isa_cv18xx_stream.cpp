// Command buffers of the CV18xx family: real ones decode and encode back to their bytes, damaged ones are errors.
#include "../shared_files.hpp"
#include <cstring>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <tpu_convert/chip/cv180x/chip.hpp>
#include <tpu_convert/chip/cv181x/chip.hpp>
#include <tpu_convert/chip/cv182x/chip.hpp>
#include <tpu_convert/chip/cv18xx/command_buffer.hpp>
#include <tpu_convert/chip/cv18xx/commands.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/isa/stream.hpp>
#include <vector>

using namespace tpu_convert;

namespace {

using bytes = std::vector<std::byte>;

// Encodes a stream again from its fields alone.
template <class Chip, isa::engine Engine>
bytes encoded_again(bytes const& stream, std::size_t& commands, std::set<std::string>& kinds) {
    bytes out;
    auto const extent = isa::decode_stream<Chip, Engine>(stream, [&](auto const& c, isa::position) {
        std::remove_cvref_t<decltype(c)> fresh;
        for (auto const& f : c.fields)
            if (f.kind != isa::field_kind::fixed) fresh.write(f, c.read(f));
        isa::append(out, fresh);
        kinds.insert(std::string(c.sub_op_name()));
    });
    CHECK(!extent.ended);
    commands = extent.commands;
    return out;
}

struct counts {
    std::size_t tiu = 0, tdma = 0;
};

// The command buffer is the file's last section; the records say where it begins and that it reaches the end.
template <class Chip>
counts check_file(std::string const& name, std::size_t buffer_bytes, std::set<std::string>& kinds) {
    auto const path = test::shared_file("streams/" + name);
    if (!path) return {};
    std::ifstream file(*path, std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    REQUIRE(text.size() > buffer_bytes);
    bytes section(buffer_bytes);
    std::memcpy(section.data(), text.data() + text.size() - buffer_bytes, buffer_bytes);
    auto const sizes = cv18xx::record_sizes_of<Chip>();
    auto buffer = cv18xx::split_records(section, sizes);
    counts n;
    buffer.tiu = encoded_again<Chip, isa::engine::tiu>(buffer.tiu, n.tiu, kinds);
    buffer.gdma = encoded_again<Chip, isa::engine::gdma>(buffer.gdma, n.tdma, kinds);
    CHECK(cv18xx::join_records(buffer, sizes) == section);
    return n;
}

} // namespace

TEST_CASE("every command of the real CV18xx files encodes back to its bytes") {
    if (!test::shared_file("streams/ccoeff_normed.cvimodel")) return;
    std::set<std::string> kinds;
    auto const a = check_file<cv182x>("ccoeff_normed.cvimodel", 128112, kinds);
    CHECK((a.tiu == 845 && a.tdma == 371));
    auto const b = check_file<cv180x>("ppocr_mb_cls_int8.cvimodel", 259512, kinds);
    CHECK((b.tiu == 824 && b.tdma == 2231));
    auto const c = check_file<cv181x>("keypoint_face_v2_64_64_INT8_cv181x.cvimodel", 39360, kinds);
    CHECK((c.tiu == 193 && c.tdma == 225));
    check_file<cv181x>("cls_attribute_gender_age_glass_mask_112_112_INT8_cv181x.cvimodel", 12432, kinds);
    check_file<cv181x>("cls_keypoint_hand_gesture_1_42_INT8_cv181x.cvimodel", 5544, kinds);
    check_file<cv181x>("cls_sound_babay_cry_188_40_INT8_cv181x.cvimodel", 8712, kinds);
    check_file<cv181x>("mbv2_det_person_256_384_INT8_cv181x.cvimodel", 115632, kinds);
    check_file<cv181x>("topformer_seg_motion_512_960_INT8_cv181x.cvimodel", 94752, kinds);
    for (auto const* kind : {"conv", "pool.depthwise", "matmul", "tensor.lut", "tensor.mac", "tdma.copy"})
        CHECK_MESSAGE(kinds.contains(kind), kind);
}

TEST_CASE("damaged command buffers are errors") {
    cv18xx::command_buffer good;
    cv181x::commands::tdma copy;
    copy.set<"cmd_id">(1);
    isa::append(good.gdma, copy);
    good.order = {isa::engine::gdma};
    auto const sizes = cv18xx::record_sizes_of<cv181x>();
    bytes const whole = cv18xx::join_records(good, sizes);
    CHECK(whole.size() == 72);
    CHECK(cv18xx::split_records(whole, sizes).gdma == good.gdma);
    for (std::size_t cut : {1u, 7u, 8u, 71u}) CHECK_THROWS_AS(cv18xx::split_records({whole.data(), cut}, sizes), model_error);
    for (std::size_t at : {0u, 1u, 2u}) { // magic, length, engine
        bytes bad = whole;
        bad[at] = std::byte{1};
        CHECK_THROWS_AS(cv18xx::split_records(bad, sizes), model_error);
    }
    CHECK_THROWS_AS(cv18xx::split_records(whole, cv18xx::record_sizes_of<cv180x>()), model_error);
}
