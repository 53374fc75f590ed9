"""How long the server takes for a page of a large round, beside the same page of a small one.

It runs in a process of its own, on a database of its own: see `pages.py`.
"""

import json
import os
import subprocess
import sys
import tempfile

from tests.benchmarks.measuring import Row

PROGRAM = "import django; django.setup(); from tests.benchmarks import pages; pages.main()"


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        own = {
            "DATABASE_URL": f"sqlite:///{folder}/pages.sqlite3",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEBUG": "0",
        }
        command = [sys.executable, "-c", PROGRAM]
        done = subprocess.run(
            command, env=os.environ | own, stdout=subprocess.PIPE, check=True, text=True
        )
    return json.loads(done.stdout)
