#!/usr/bin/env python3
"""newer.py ARCHIVE PROGRAM ARGUMENTS...: runs the ONNX suite on the cases of an archive, which make_newer.py wrote."""
import os
import subprocess
import sys
import tempfile
import zipfile

with tempfile.TemporaryDirectory() as folder:
    zipfile.ZipFile(sys.argv[1]).extractall(folder)
    sys.exit(subprocess.run(sys.argv[2:], env=dict(os.environ, TPU_CONVERT_ONNX_TESTS=folder)).returncode)
