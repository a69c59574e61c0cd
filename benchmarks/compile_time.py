#!/usr/bin/env python3
"""The slowest translation units of the last build, from Ninja's log: each should stay below 10 s."""
import pathlib
import sys

from measure import rows_as_text


def main():
    log = pathlib.Path(sys.argv[1]) / ".ninja_log"
    times = {}
    for line in log.read_text().splitlines()[1:]:
        start, end, _, output, _ = line.split("\t")
        if output.endswith(".o"):
            times[output] = (int(end) - int(start)) / 1e3
    slowest = sorted(times.items(), key=lambda item: -item[1])
    print(rows_as_text([["slowest translation units", "s"], *[[name.replace(".p/", ": "), f"{s:.1f}"] for name, s in slowest[:10]]]))
    over = sum(s > 10 for s in times.values())
    print(f"{len(times)} units, {sum(times.values()):.0f} s in all, {over} over 10 s (times of units from the compiler cache are short)")


if __name__ == "__main__":
    main()
