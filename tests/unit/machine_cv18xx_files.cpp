// The machine of the CV18xx family on real .cvimodel files: every output has the bytes that the vendor's C-model gives.
#include "../shared_files.hpp"
#include <algorithm>
#include <doctest/doctest.h>
#include <string>
#include <tpu_convert/model_file/cvimodel/reader.hpp>
#include <tpu_convert/simulate/run_cvimodel.hpp>
#include <vector>

using namespace tpu_convert;

namespace {

// FNV-1a of the bytes.
std::uint64_t digest(std::vector<std::byte> const& bytes) {
    std::uint64_t h = 0xCBF29CE484222325ull;
    for (auto b : bytes) h = (h ^ std::to_integer<std::uint64_t>(b)) * 0x100000001B3ull;
    return h;
}

npz pattern_inputs(cvimodel::program_info const& p) {
    npz inputs;
    for (auto const& t : p.tensors) {
        if (std::find(p.inputs.begin(), p.inputs.end(), t.name) == p.inputs.end()) continue;
        array a{cvimodel::dtype_of_code(t.data_type).value(), t.dims, {}};
        for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(element_count(t.dims)); ++i)
            a.bytes.push_back(static_cast<std::byte>(i * 2654435761u >> 13));
        inputs.set(t.name, a);
    }
    return inputs;
}

struct expected {
    char const* output;
    std::uint64_t bytes;
};

void check_file(std::string const& name, std::vector<expected> const& outputs) {
    auto const path = test::shared_file("streams/" + name);
    if (!path) return;
    auto const file = cvimodel::read(*path);
    for (auto how : {simulate::order::eager_tiu, simulate::order::eager_dma}) {
        simulate::cvimodel_run_options options;
        options.raw = true, options.run_order = how, options.checks = false;
        auto const result = simulate::run_cvimodel(file, pattern_inputs(file.programs[0]), options);
        for (auto const& o : outputs)
            CHECK_MESSAGE(digest(result.outputs.at(o.output).bytes) == o.bytes, name << " " << o.output);
    }
}

} // namespace

TEST_CASE("a detector for the CV181x gives the C-model's bytes") {
    check_file("mbv2_det_person_256_384_INT8_cv181x.cvimodel", {{"box_stride_128", 0xB25F029AB5353B16ull},
                                                                 {"box_stride_16", 0xC614D12E28767BF7ull},
                                                                 {"box_stride_32", 0x0F5940939D6B9E4Bull},
                                                                 {"box_stride_64", 0xB838036509638BAAull},
                                                                 {"box_stride_8", 0x2AE6402EBE1880A2ull},
                                                                 {"class_stride_128", 0x3E2C6C19B09FCD09ull},
                                                                 {"class_stride_16", 0x0AC1DA2962FCBA16ull},
                                                                 {"class_stride_32", 0x0593D974E1EE3E0Dull},
                                                                 {"class_stride_64", 0xA909AF5066810268ull},
                                                                 {"class_stride_8", 0xEC0C5D8A0969554Full}});
}

TEST_CASE("a classifier for the CV180x gives the C-model's bytes") {
    check_file("ppocr_mb_cls_int8.cvimodel", {{"logits_Gemm", 0x0821C607B4DD6614ull}});
}

TEST_CASE("a segmentation and a sound classifier for the CV181x give the C-model's bytes") {
    check_file("topformer_seg_motion_512_960_INT8_cv181x.cvimodel", {{"output_Conv_f32", 0x8ADBA1E55FD4FF70ull}});
    check_file("cls_sound_babay_cry_188_40_INT8_cv181x.cvimodel", {{"output_Gemm_f32", 0x2788484637570E5Eull}});
}

TEST_CASE("networks with compressed weights and bf16 parts give the C-model's bytes") {
    check_file("cls_attribute_gender_age_glass_mask_112_112_INT8_cv181x.cvimodel",
               {{"gender_Sigmoid_f32", 0x4BF3C77F9CCA8402ull},
                {"age_Sigmoid_f32", 0x4BA5467F9C87877Eull},
                {"glass_Sigmoid_f32", 0x4D25767F9DCE13F5ull},
                {"mask_Sigmoid_f32", 0x4B72477F9C5C2F98ull}});
    check_file("cls_keypoint_hand_gesture_1_42_INT8_cv181x.cvimodel", {{"y_Softmax_f32", 0xAAF85985CF40B647ull}});
}

TEST_CASE("a network with attention in bf16 gives the C-model's bytes") {
    check_file("keypoint_face_v2_64_64_INT8_cv181x.cvimodel", {{"x_pred_Slice_f32", 0x9BDE4DE1D05BA703ull},
                                                                {"y_pred_Slice_f32", 0xDF8A08A0D6499CCCull},
                                                                {"score_Concat_f32", 0x6149325654C2ADC9ull}});
}
