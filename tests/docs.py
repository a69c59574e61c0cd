#!/usr/bin/env python3
"""docs/operators.md is what the program says of itself."""
import pathlib
import subprocess
import sys

program = sys.argv[1]
page = pathlib.Path(__file__).resolve().parent.parent / "docs" / "operators.md"
said = subprocess.run([program, "doctor", "--markdown"], capture_output=True, text=True, check=True).stdout
if page.read_text() != said:
    sys.exit("docs/operators.md is old: write it again with  tpu-convert doctor --markdown > docs/operators.md")
