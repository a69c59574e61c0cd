#!/usr/bin/env python3
"""Adds up the test cases of all runners and closes with one line: N passed, N failed.

Each argument is a build folder with Meson's test log, or a folder of files with a line "N passed, N failed" each. A Meson test counts
as its doctest cases, as the numbers of its own closing line, or as one.
"""
import argparse
import json
import pathlib
import re
import sys

DOCTEST = re.compile(r"test cases:\s*\d+\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed")
OWN_LINE = re.compile(r"^(\d+) passed, (\d+) failed", re.M)


def counts(text, good):
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    found = DOCTEST.findall(text) or OWN_LINE.findall(text)
    passed, failed = sum(int(p) for p, _ in found), sum(int(f) for _, f in found)
    if not found:
        passed = int(good)
    return passed, failed if good else max(failed, 1)


def of_build(folder):
    log = folder / "meson-logs" / "dev.json"
    if not log.exists():
        return
    for line in log.read_text().splitlines():
        test = json.loads(line)
        text = test.get("stdout") or ""
        if test["result"] == "SKIP":
            print(f"skipped: {test['name']}: {(text.strip().splitlines() or ['no reason given'])[-1]}")
            continue
        yield test["name"], *counts(text, test["result"] in ("OK", "EXPECTEDFAIL"))
        for skipped in re.findall(r"^skipped: .*", text, re.M):
            print(f"{skipped} ({test['name']})")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--failed-steps", type=int, default=0)
    p.add_argument("folders", nargs="+", type=pathlib.Path)
    arguments = p.parse_args()
    passed = failed = 0
    for folder in arguments.folders:
        results = list(of_build(folder))
        results += [(file.stem, *counts(file.read_text(), True)) for file in sorted(folder.glob("*.count"))]
        for name, good, bad in results:
            passed, failed = passed + good, failed + bad
            if bad:
                print(f"failed: {name}: {bad} of {good + bad}")
        print(f"in {folder}: {sum(r[1] for r in results)} passed, {sum(r[2] for r in results)} failed")
    failed = max(failed, arguments.failed_steps)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
