// .bmodel: what was written is read back, equal runs of bytes are stored once, and the bytes do not vary.
#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <tpu_convert/model_file/bmodel/reader.hpp>
#include <tpu_convert/model_file/bmodel/writer.hpp>
#include <tpu_convert/model_file/digest.hpp>

using namespace tpu_convert;

namespace {

std::vector<std::byte> bytes_of(std::size_t n, int seed) {
    std::vector<std::byte> b(n);
    for (std::size_t i = 0; i < n; ++i) b[i] = static_cast<std::byte>(i * 7 + static_cast<std::size_t>(seed));
    return b;
}

bmodel::file sample() {
    bmodel::tensor_info in{.name = "in", .data_type = 1, .address = 0x1'0000'2000, .bytes = 96, .shapes = {{1, 3, 4, 4}}};
    bmodel::tensor_info out = in;
    out.name = "out_Conv";
    out.scale = 0.5f;
    bmodel::command_group group{2, 3, bytes_of(128, 1), bytes_of(256, 2)};
    auto stage = bmodel::single_core_stage({in}, {out}, {group});
    stage.coefficient_memory = bmodel::coefficients{.address = 0x1'0000'0000, .bytes = bytes_of(5000, 3)};
    stage.context_address = 0x1'0000'2000;
    stage.context_bytes = 4096;
    stage.context_sizes = {4096};
    bmodel::file f;
    f.chip = "BM1684X";
    f.time = "Thu Jan  1 00:00:00 1970\n";
    f.neuron_bytes = 4096;
    f.device_count = 1;
    f.nets = {bmodel::net{"sample", {stage}, {}, 0}};
    return f;
}

struct temporary_path {
    std::filesystem::path path = std::filesystem::temp_directory_path() / "tpu_convert_bmodel_round_trip.bmodel";
    ~temporary_path() { std::filesystem::remove(path); }
};

} // namespace

TEST_CASE("a .bmodel says what was written to it") {
    temporary_path const at;
    bmodel::write(sample(), at.path);
    auto const f = bmodel::read(at.path);
    CHECK(f.version == "2.2");
    CHECK(f.chip == "BM1684X");
    REQUIRE(f.nets.size() == 1);
    auto const& s = f.nets[0].stages.at(0);
    CHECK(s.inputs.at(0).name == "in");
    CHECK(s.inputs[0].shapes.at(0) == shape{1, 3, 4, 4});
    CHECK(s.outputs.at(0).scale == 0.5f);
    CHECK(s.groups.at(0).tiu_count == 2);
    CHECK(std::ranges::equal(s.groups[0].gdma.bytes(), bytes_of(256, 2)));
    CHECK(std::ranges::equal(s.coefficient_memory->bytes.bytes(), bytes_of(5000, 3)));
    CHECK(std::ranges::equal(s.coefficient_memory->check_code, sha256(bytes_of(5000, 3))));
    CHECK(s.context_sizes == std::vector<std::uint64_t>{4096});
    REQUIRE(s.subnets.size() == 1);
    CHECK(s.subnets[0].next_ids == std::vector<std::int32_t>{-1});
    // The stage's and the subnet's streams are one.
    CHECK(s.subnets[0].groups.at(0).tiu.bytes().data() == s.groups[0].tiu.bytes().data());
}

TEST_CASE("the same structs give the same bytes") {
    temporary_path const at;
    bmodel::write(sample(), at.path);
    auto const first = bmodel::read(at.path);
    auto const size = std::filesystem::file_size(at.path);
    bmodel::write(sample(), at.path);
    CHECK(std::filesystem::file_size(at.path) == size);
    bmodel::write(first, at.path); // reads from the file that it replaces
    CHECK(std::filesystem::file_size(at.path) == size);
}

TEST_CASE("SOURCE_DATE_EPOCH is the time of a file that has none") {
    temporary_path const at;
    auto f = sample();
    f.time.clear();
    ::setenv("SOURCE_DATE_EPOCH", "86400", 1);
    bmodel::write(f, at.path);
    ::unsetenv("SOURCE_DATE_EPOCH");
    CHECK(bmodel::read(at.path).time == "Fri Jan  2 00:00:00 1970\n");
}
