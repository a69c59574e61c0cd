#!/usr/bin/env python3
"""The slowest translation units of a build folder: those that took longest in its log are compiled again, alone, without a cache."""
import json
import pathlib
import shlex
import sys

from measure import measured, rows_as_text

SHOWN = 8


def logged(build):
    times = {}
    for line in (build / ".ninja_log").read_text().splitlines()[1:]:
        start, end, _, output, _ = line.split("\t")
        if output.endswith(".o"):
            times[output] = (int(end) - int(start)) / 1e3
    return times


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    commands = {unit["output"]: shlex.split(unit["command"]) for unit in json.loads((build / "compile_commands.json").read_text())}
    times = {name: s for name, s in logged(build).items() if name in commands}
    rows = []
    for name in sorted(times, key=times.get, reverse=True)[:SHOWN]:
        command = [word for word in commands[name] if word != "ccache"]
        command[command.index("-o") + 1] = "/dev/null"
        del command[command.index("-MQ"):command.index("-MQ") + 4]  # -MQ x -MF y: no dependency file
        run = measured(command, folder=build)
        if run:
            rows.append([name.replace(".p/", ": "), f"{run.cpu:.1f}", f"{run.peak / 2**20:.0f}"])
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    rows.sort(key=lambda row: -float(row[1]))
    print(rows_as_text([["slowest of %d translation units" % len(times), "s", "MB"], *rows]))


if __name__ == "__main__":
    main()
