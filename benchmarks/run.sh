#!/usr/bin/env bash
# run.sh BUILD : every question of this folder, one table at the end. Test models and peers come from ../shared if it is there.
set -uo pipefail
here=$(dirname "$(readlink -f "$0")")
root=$(dirname "$here")
build=$(readlink -f "$1")
shared=${TPU_CONVERT_SHARED:-$root/../shared}
scratch=$build/bench
mkdir -p "$scratch"
export PATH=/usr/bin:$PATH # Debian's own Python has numpy

if [[ ! -d $shared/models ]]; then
    echo "skipped: models and peer runtimes are not there ($shared); set TPU_CONVERT_SHARED to their folder"
else
    peers=$build/peers
    if command -v npm >/dev/null && [[ ! -d $peers/node_modules/onnxruntime-node ]]; then
        mkdir -p "$peers" && (cd "$peers" && npm install --silent --ignore-scripts --legacy-peer-deps onnxruntime-node >/dev/null 2>&1) ||
            echo "skipped: ONNX Runtime could not be installed"
    fi
    [[ -d $peers ]] && cp "$shared"/peers/*.mjs "$peers/"
    python3 "$here/models.py" --build "$build" --shared "$shared" --scratch "$scratch"
    echo
    python3 "$here/calibration.py" --build "$build" --shared "$shared" --scratch "$scratch"
fi
echo
python3 "$here/chip_time.py" --build "$build" --scratch "$scratch/chip"
echo
python3 "$here/growth.py" --build "$build" --scratch "$scratch/growth"
echo
python3 "$here/compile_time.py" "$build"
