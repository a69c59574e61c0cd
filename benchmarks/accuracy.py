"""What the two measurements of accuracy share: a pack's networks, its images in two halves, and networks quantized on one of them."""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def options(text, models):
    p = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--program", default="build/apps/tpu-convert")
    p.add_argument("--pack", type=pathlib.Path, default=ROOT.parent / "shared" / "models")
    p.add_argument("--models", default=models, help="separated by commas (%(default)s)")
    p.add_argument("--chip", default="bm1684x")
    p.add_argument("--quantize", default="INT8")
    p.add_argument("--method", help="calibrate's --cali_method")
    p.add_argument("--search", type=int, default=0, metavar="SAMPLES",
                   help="calibrate --search search_qtable on so many samples: a few operators stay in floating point")
    p.add_argument("--types", default="", help="further options of types, split at blanks: --types=--asymmetric")
    p.add_argument("--half", type=int, default=25, help="images in each half (%(default)s)")
    p.add_argument("--machine", type=int, default=8, help="images of each half that the chip's machine runs too (%(default)s)")
    p.add_argument("--keep", type=pathlib.Path, help="folder for tables, networks and boxes (default: thrown away)")
    args = p.parse_args()
    if not (args.pack / "models.json").exists():
        sys.exit(f"no models at {args.pack}")
    return args


def call(args, *words):
    """The program's answer; ends with its complaint if it fails."""
    p = subprocess.run([args.program, *map(str, words)], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if p.returncode:
        sys.exit(f"{' '.join(map(str, words))}\n{p.stderr.strip() or p.stdout.strip()}")
    return p.stdout


class network:
    """A model of the pack as a Top network, and its quantized forms."""

    def __init__(self, args, name, folder):
        self.args, self.name, self.folder = args, name, folder
        self.entry = next((m for m in json.loads((args.pack / "models.json").read_text()) if m["name"] == name), None)
        if not self.entry:
            sys.exit(f"the pack has no {name}")
        self.mlir = folder / "top.mlir"
        source = args.pack / "models" / name / next(f for f in self.entry["files"] if f.endswith(".onnx"))
        call(args, "transform", "--model_name", name, "--model_def", source, "--mlir", self.mlir,
             *self.entry.get("preprocess", "").split())

    def searched(self, folder):
        if not self.args.search:
            return []
        return ["--search", "search_qtable", "--inference_num", self.args.search, "--quantize_table", folder / "qtable"]

    def quantized(self, number, images):
        """(options that make run and detect compute in the chip's types, its file or None), calibrated on these images."""
        folder = self.folder / f"half{number}"
        folder.mkdir(exist_ok=True)
        types = ["--quantize", self.args.quantize, "--processor", self.args.chip, *self.args.types.split()]
        if self.args.quantize.startswith("INT"):
            types += ["--calibration_table", folder / "table"]
            call(self.args, "calibrate", self.mlir, "--dataset", linked(folder / "known", images), "--input_num", len(images),
                 "-o", folder / "table", *(["--cali_method", self.args.method] if self.args.method else []), *self.searched(folder))
            types += ["--quantize_table", folder / "qtable"] if self.args.search else []
        if not self.args.machine:
            return types, None
        model = folder / ("chip.cvimodel" if self.args.chip.startswith("cv18") else "chip.bmodel")
        call(self.args, "deploy", "--mlir", self.mlir, "--model", model, "--skip_validation", *types)
        return types, model


def linked(folder, images):
    """A folder of these images alone."""
    folder.mkdir(exist_ok=True)
    for image in images:
        link = folder / image.name
        link.exists() or link.symlink_to(image)
    return folder


def halves(folder, size):
    """Two lists of images, taken in turn from the sorted names."""
    images = sorted(p.resolve() for p in folder.iterdir() if p.suffix.lower() in (".jpg", ".jpeg", ".png"))
    return images[0::2][:size], images[1::2][:size]


def for_each_network(args, measure):
    """Calls measure(network); True if it said so for all."""
    good = True
    with tempfile.TemporaryDirectory() as scratch:
        for name in args.models.split(","):
            folder = (args.keep.resolve() if args.keep else pathlib.Path(scratch)) / name
            folder.mkdir(parents=True, exist_ok=True)
            good &= measure(network(args, name, folder))
    return good
