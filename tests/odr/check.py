#!/usr/bin/env python3
"""Header-only use of one folder: two units include its headers in opposite orders, each header first somewhere, and link together."""
import pathlib
import subprocess
import sys
import tempfile

include, folder, *rest = sys.argv[1:]
command, link = (rest[:rest.index("--")], rest[rest.index("--") + 1:]) if "--" in rest else (rest, [])
headers = sorted(str(p.relative_to(include)) for p in (pathlib.Path(include) / "tpu_convert" / folder).rglob("*.hpp"))
with tempfile.TemporaryDirectory() as work:
    work = pathlib.Path(work)
    objects = []
    for name, order in (("one", headers), ("two", headers[::-1])):
        text = "".join(f"#include <{h}>\n" for h in order)
        text += "void two();\nint main() { two(); }\n" if name == "one" else "void two() {}\n"
        (work / f"{name}.cpp").write_text(text)
        objects.append(str(work / f"{name}.o"))
        if subprocess.run([*command, "-O0", "-c", work / f"{name}.cpp", "-o", objects[-1]]).returncode:
            sys.exit(f"{folder}: unit {name} does not compile")
    if subprocess.run([*command, *objects, "-o", work / "program", *link]).returncode:
        sys.exit(f"{folder}: the two units do not link together")
    if subprocess.run([work / "program"]).returncode:
        sys.exit(f"{folder}: the program does not run")
print(f"{len(headers)} headers")
