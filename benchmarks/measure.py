"""Time and peak memory of a command, and tables of text."""
import os
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple, Optional


class run_of(NamedTuple):
    seconds: float
    peak: int  # bytes
    cpu: float  # seconds of processor time, those of its children counted
    text: str


def measured(command, environment=None, folder=None) -> Optional[run_of]:
    """Runs once; None if it fails (its last line of complaint goes to standard error)."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.perf_counter()
        process = subprocess.Popen([str(c) for c in command], stdout=out, stderr=err, stdin=subprocess.DEVNULL,
                                   env={**os.environ, **(environment or {})}, cwd=folder)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            said = (err.read() + out.read()).strip().splitlines()
            print(f"\n{command[0]} {command[1]}: {said[-1] if said else process.returncode}", file=sys.stderr)
            return None
        return run_of(seconds, usage.ru_maxrss * 1024, usage.ru_utime + usage.ru_stime, out.read())


def fastest(command, rounds):
    """(seconds, peak bytes) of the fastest run, or None."""
    runs = []
    for _ in range(rounds):
        run = measured(command)
        if run is None:
            return None
        runs.append((run.seconds, run.peak))
    return min(runs)


def rows_as_text(rows):
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(str(cell).ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])
