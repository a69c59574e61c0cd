#!/usr/bin/env bash
# run.sh BUILD RESULTS SECONDS JOBS : every fuzz target for that long, JOBS at a time; a crash leaves its input in RESULTS.
set -uo pipefail
here=$(dirname "$(readlink -f "$0")")
root=$(dirname "$(dirname "$here")")
build=$(readlink -f "$1") results=$(readlink -f "$2") seconds=$3 jobs=$4
export ASAN_OPTIONS=detect_container_overflow=0:allocator_may_return_null=1:detect_leaks=0 UBSAN_OPTIONS=halt_on_error=1

# seed READER FILE... : small files to start from.
seed() {
    local folder=$results/corpus_$1 file
    shift
    mkdir -p "$folder"
    for file in "$@"; do [[ -f $file && $(stat -c %s "$file") -lt 1000000 ]] && cp "$file" "$folder/"; done
    return 0
}

fuzz_one() {
    local target=$1 name
    name=$(basename "$target")
    local corpus=$results/corpus_${name#fuzz_}
    mkdir -p "$corpus"
    if timeout $((seconds + 120)) "$target" -max_total_time="$seconds" -rss_limit_mb=2048 -malloc_limit_mb=1024 -timeout=10 \
        -max_len=200000 -print_final_stats=1 -artifact_prefix="$results/$name-" "$corpus" >"$results/$name.log" 2>&1; then
        echo "ok: $name: $(grep -o 'stat::number_of_executed_units: *[0-9]*' "$results/$name.log" | grep -o '[0-9]*$') runs"
        echo "1 passed, 0 failed" >"$results/$name.count"
    else
        echo "FAILED: $name"
        tail -30 "$results/$name.log"
        echo "0 passed, 1 failed" >"$results/$name.count"
    fi
}
export -f fuzz_one
export results seconds

seed onnx "$root"/demo/*.onnx "$root"/tests/data/*.onnx
seed npz "$root"/demo/*.npz "$root"/tests/data/*.npz "$root"/tests/data/*.npy
seed mlir "$root"/tests/data/*.mlir "$root"/build/demo/*.mlir
seed bmodel "$root"/tests/data/*.bmodel "$root"/build/demo/*.bmodel
seed calibration_table "$root"/tests/data/*cali_table*
seed qtable "$root"/tests/data/*qtable*

rm -f "$results"/fuzz_*.count
find "$build/tests/fuzz" -maxdepth 1 -name 'fuzz_*' -type f -executable -print0 | sort -z |
    xargs -0 -r -P "$jobs" -I {} bash -c 'fuzz_one {}'
# At least one target, and none that failed.
compgen -G "$results/fuzz_*.count" >/dev/null && ! grep -q ' 1 failed' "$results"/fuzz_*.count
