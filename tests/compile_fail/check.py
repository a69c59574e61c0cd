#!/usr/bin/env python3
"""Passes if the compiler rejects the file with the sentence that its first line names, and says it before any other error."""
import pathlib
import subprocess
import sys

source, *command = sys.argv[1:]
expected = pathlib.Path(source).read_text().splitlines()[0].removeprefix("// expect: ")
result = subprocess.run([*command, "-fsyntax-only", source], capture_output=True, text=True)
errors = [line for line in result.stderr.splitlines() if "error:" in line]
print(result.stderr)
if not result.returncode:
    sys.exit("the compiler accepts it")
if expected not in errors[0]:
    sys.exit(f"the first error is not '{expected}'")
