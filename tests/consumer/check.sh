#!/usr/bin/env bash
# check.sh BUILD RESULTS JOBS : builds programs outside the tree against the installed project, header-only and with the library.
set -uo pipefail
here=$(dirname "$(readlink -f "$0")")
root=$(dirname "$(dirname "$here")")
build=$(readlink -f "$1") results=$(readlink -f "$2") jobs=$3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0

# try NAME PREFIX : compiles the consumer with what pkg-config says, runs it on the demo's network.
try() {
    local name=$1 prefix=$2 place flags
    place=$(dirname "$(find "$prefix" -name tpu_convert.pc | head -1)")
    mkdir -p "$scratch/$name"
    cp "$here/consumer.cpp" "$scratch/$name/"
    if flags=$(PKG_CONFIG_PATH=$place pkg-config --define-variable=prefix="$prefix" --cflags --libs tpu_convert) &&
        (cd "$scratch/$name" && ${CXX:-g++} -std=c++20 consumer.cpp $flags -o consumer &&
            ./consumer "$root/demo/digits.onnx" "$root/demo/digits_test.npz"); then
        echo "ok: $name"
        passed=$((passed + 1))
    else
        echo "FAILED: $name"
        failed=$((failed + 1))
    fi
}

# A staged installation keeps its prefix in front: that folder is the prefix for pkg-config.
prefix=$(meson introspect "$build" --buildoptions |
    python3 -c "import json, sys; print(next(o['value'] for o in json.load(sys.stdin) if o['name'] == 'prefix'))")
DESTDIR=$scratch/library meson install -C "$build" --no-rebuild --quiet >/dev/null && try library "$scratch/library$prefix"

if meson setup "$scratch/build" "$root" -Dheader_only=true -Dapps=false -Dtests=false -Dbenchmarks=false \
    --prefix "$scratch/headers" >"$scratch/log" 2>&1 &&
    ninja -C "$scratch/build" -j"$jobs" >>"$scratch/log" 2>&1 && meson install -C "$scratch/build" --quiet >>"$scratch/log" 2>&1; then
    try header_only "$scratch/headers"
else
    cat "$scratch/log"
    failed=$((failed + 1))
fi

echo "$passed passed, $failed failed" | tee "$results/consumer.count"
((failed == 0))
