// What a search found and a file keeps: used again, never trusted.
#include "three_convolutions.hpp"
#include <doctest/doctest.h>
#include <filesystem>
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/schedule/deploy.hpp>
#include <tpu_convert/schedule/plan_cache.hpp>
#include <unistd.h>

using namespace tpu_convert;

namespace {

struct scratch_folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / (std::to_string(::getpid()) + ".groups");

    ~scratch_folder() { std::filesystem::remove_all(path); }
    std::string key() const { return std::filesystem::directory_iterator(path)->path().stem().string(); }
};

deployment deployed(std::filesystem::path const& cache, std::string const& program = "one") {
    deploy_options options;
    options.cache = cache, options.program = program;
    return deploy<bm1684x>(op_test::three_convolutions(200), options);
}

std::vector<std::byte> commands_of(deployment const& d) {
    std::vector<std::byte> all;
    for (auto const& g : std::get<bmodel::file>(d.file).nets[0].stages[0].groups)
        for (auto const& b : {g.tiu.bytes(), g.gdma.bytes()}) all.insert(all.end(), b.begin(), b.end());
    return all;
}

} // namespace

TEST_CASE("groups that an earlier search found give the same commands") {
    scratch_folder const folder;
    auto const plain = deployed({}), first = deployed(folder.path), second = deployed(folder.path);
    CHECK_FALSE(plain.from_cache);
    CHECK_FALSE(first.from_cache);
    CHECK(second.from_cache);
    CHECK(commands_of(plain) == commands_of(first));
    CHECK(commands_of(plain) == commands_of(second));
    CHECK_FALSE(deployed(folder.path, "another").from_cache);
}

TEST_CASE("groups in a whole file that no search would find are searched anew") {
    scratch_folder const folder;
    auto const plain = deployed(folder.path);
    plan_cache const cache(folder.path, folder.key());
    auto const found = cache.find();
    REQUIRE(found);
    REQUIRE(found->units.size() > 1);
    auto const wrong = [&](auto&& change) {
        auto changed = *found;
        change(changed.units.back());
        cache.store(changed);
        auto const again = deployed(folder.path);
        CHECK_FALSE(again.from_cache);
        CHECK(commands_of(again) == commands_of(plain));
        CHECK(cache.find() == found);
    };
    wrong([](chosen_unit& u) { u.cost += 1; });
    wrong([](chosen_unit& u) { u.first += 1; });
    wrong([](chosen_unit& u) { u.count += 1; });
    wrong([](chosen_unit& u) { u.count = ~std::size_t{0}; });
    wrong([](chosen_unit& u) { u.first = 0; });
    wrong([](chosen_unit& u) { u.tile[2] = 0; });
    wrong([](chosen_unit& u) { u.tile[2] -= 1; });
    wrong([](chosen_unit& u) { u.tile[1] = 1; });
    wrong([](chosen_unit& u) { u.tile[3] = 1 << 30; });
}

TEST_CASE("the key of a search counts what the search sees and nothing else") {
    auto const g = op_test::three_convolutions(8);
    auto const key = search_key(g, "x");
    CHECK(key == search_key(op_test::three_convolutions(8), "x"));
    CHECK(key != search_key(g, "y"));
    CHECK(key != search_key(op_test::three_convolutions(9), "x"));
    auto const changed = [&](auto&& change) {
        auto other = op_test::three_convolutions(8);
        change(other);
        return search_key(other, "x") != key;
    };
    auto const first = [](graph const& n) { return n.find("a")->node; };
    CHECK_FALSE(changed([&](graph& n) { n[first(n)].results[0].name = "other"; }));
    CHECK(changed([&](graph& n) { n[first(n)].results[0].type = dtype::f16; }));
    CHECK(changed([&](graph& n) { n[first(n)].results[0].scale = 0.5; }));
    CHECK(changed([&](graph& n) { std::any_cast<op::conv::attributes&>(n[first(n)].attributes).do_relu = true; }));
    CHECK(changed([&](graph& n) { n.outputs.pop_back(); }));
    CHECK(changed([&](graph& n) {
        tensor w(shape{32, 32, 3, 3});
        w[7] = 1;
        n[n.find("wa")->node].payload = std::make_shared<tensor const>(std::move(w));
    }));
}
