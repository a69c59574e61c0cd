#!/usr/bin/env python3
"""House rules that a script can check: third-party headers in one place, no macros, sizes of files, no paths of one machine."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCES = [p for folder in ("include", "src", "apps", "tests", "benchmarks", "demo")
           for p in sorted((ROOT / folder).rglob("*")) if p.suffix in (".hpp", ".inl", ".cpp", ".py", ".sh")]
HEADERS = [p for p in SOURCES if p.is_relative_to(ROOT / "include") and p.suffix in (".hpp", ".inl")]
TEXTS = SOURCES + sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")) + [
    ROOT / "dev", *sorted(ROOT.rglob("meson.build"))]
CODE = [p for p in SOURCES if p.suffix in (".hpp", ".inl", ".cpp")]


def name(path):
    return str(path.relative_to(ROOT))


def lines(paths, pattern, allowed=lambda n: False):
    """Every line that matches in a file that may not have it."""
    found = re.compile(pattern)
    return [f"{name(p)}:{i}: {line.strip()}" for p in paths if not allowed(name(p))
            for i, line in enumerate(p.read_text(errors="replace").splitlines(), 1) if found.search(line)]


def inside(*folders):
    return lambda n: any(n.startswith((f"include/tpu_convert/{f}", f"src/{f}", f"tests/unit/{f}")) for f in folders)


def own_include_order():
    """<tpu_convert/...> includes of a file are sorted, an .inl at the end aside."""
    wrong = []
    for path in HEADERS:
        found = re.findall(r"^#include <(tpu_convert/[^>]+\.hpp)>", path.read_text(), re.M)
        if found != sorted(found):
            wrong.append(f"{name(path)}: not in alphabetical order")
    return wrong


def opening_line():
    return [f"{name(p)}: the first line is no comment" for p in HEADERS
            if p.suffix == ".hpp" and not p.read_text().startswith("// ")]


def too_long(paths, limit):
    return [f"{name(p)}: {n} lines" for p in paths if (n := len(p.read_text(errors="replace").splitlines())) > limit]


CHECKS = {
    "Boost.Graph is included by graph.inl alone": lambda: lines(
        CODE, r"#include <boost/graph", lambda n: n == "include/tpu_convert/graph/graph.inl"),
    "xtensor is included by tensor_array.hpp alone": lambda: lines(
        CODE, r"#include <xtensor", lambda n: n == "include/tpu_convert/core/tensor_array.hpp"),
    "OpenCV is included in io alone": lambda: lines(CODE, r"#include <opencv", inside("io")),
    "oneDNN is included by the reference's back end alone": lambda: lines(
        CODE, r"#include [<\"](dnnl|oneapi/dnnl)", lambda n: "backend_onednn" in n),
    "flatbuffers and protobuf stay in model_file and import": lambda: lines(
        CODE, r"#include [<\"](flatbuffers|google/protobuf|onnx)/", inside("model_file", "import")),
    "no macros outside config.hpp": lambda: lines(HEADERS, r"^\s*#\s*define", lambda n: n.endswith("core/config.hpp")),
    "no enable_if, no void_t": lambda: lines(HEADERS, r"\b(enable_if|void_t)\b"),
    "no virtual operators": lambda: lines(HEADERS, r"\bvirtual\b"),
    "no project include in quotes": lambda: lines(HEADERS, r'#include "'),
    "lane counts and memory sizes stand in chip.hpp alone": lambda: lines(
        HEADERS, r"\b(lanes|lane_memory_bytes|banks|bank_bytes) = [1-9]\d", lambda n: n.endswith("/chip.hpp")),
    "no chip chosen by its name": lambda: lines(
        HEADERS, r'[=!]= *"(bm|cv)1\d', lambda n: n.endswith("chip/registry.hpp")),
    "no path of one machine": lambda: lines(
        TEXTS, r"(?<![\w.$}/])/(work|root|home|opt|tmp)/\w", lambda n: n == "tests/style.py"),
    "includes in alphabetical order": own_include_order,
    "a header opens with a comment": opening_line,
    "files below 300 lines": lambda: too_long(SOURCES, 300),
    "lines of at most 130 characters": lambda: lines(CODE, r"^.{131,}$"),
}


def main():
    failed = 0
    for sentence, check in CHECKS.items():
        wrong = check()
        failed += bool(wrong)
        print(("ok      " if not wrong else "FAILED  ") + sentence)
        for line in wrong[:20]:
            print("        " + line)
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
