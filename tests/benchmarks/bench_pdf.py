"""A directive typeset by this renderer and by others, and what it costs to send a stored paper.

They run in processes of their own, on a database of their own: see `presses.py` and `delivery.py`.
"""

import json
import os
import subprocess
import sys
import tempfile

from tests.benchmarks.measuring import Row


def run() -> list[Row]:
    return _rows_of("presses") + _rows_of("delivery")


def _rows_of(module: str) -> list[Row]:
    program = (
        f"import django; django.setup(); from tests.benchmarks import {module} as it; it.main()"
    )
    with tempfile.TemporaryDirectory() as folder:
        own = {
            "DATABASE_URL": f"sqlite:///{folder}/papers.sqlite3",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PAPERS_DIR": f"{folder}/papers",
            "DEBUG": "0",
        }
        command = [sys.executable, "-c", program]
        done = subprocess.run(
            command, env=os.environ | own, stdout=subprocess.PIPE, check=True, text=True
        )
    return json.loads(done.stdout)
