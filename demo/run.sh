#!/usr/bin/env bash
# run.sh BUILD : takes the digits network to a chip file, runs it on the simulated chip, and writes BUILD/demo/report.html.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
build=$(readlink -f "$1")
out=$build/demo
cd "$here"
export PATH=$build/apps:$PATH
stages=()

# stage NAME COMMAND... : shows the command as a user would type it, runs it, keeps its time.
stage() {
    local name=$1 start=$EPOCHREALTIME
    shift
    printf '\n[%s] %s\n' "$name" "${*//$out\//}"
    "$@"
    stages+=("$name=$(awk "BEGIN { print $EPOCHREALTIME - $start }")")
}

stage "transform" tpu-convert transform --model_name digits --model_def digits.onnx --input_shapes '[[50,1,8,8]]' \
    --test_input digits_test.npz --test_result "$out/digits_float.npz" --mlir "$out/digits.mlir"
stage "deploy F16" tpu-convert deploy --mlir "$out/digits.mlir" --quantize F16 --processor bm1684x \
    --test_input digits_test.npz --test_reference "$out/digits_float.npz" --compare_all --report "$out/deploy.json" \
    --model "$out/digits.bmodel"
stage "run float network" tpu-convert run --model "$out/digits.mlir" --input digits_test.npz --output "$out/float.npz"
stage "run on the chip" tpu-convert run --model "$out/digits.bmodel" --input digits_test.npz --output "$out/chip.npz"
stage "compare" tpu-convert compare "$out/chip.npz" "$out/float.npz" --tolerance 0.99,0.99
echo
"$out/digits" "$out/float.npz" "$out/chip.npz" digits_labels.npz "$out/deploy.json" "$out/report.html" "${stages[@]}"
echo "report:                    ${out#"$(dirname "$here")"/}/report.html"
