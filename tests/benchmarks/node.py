"""The peers which run on Node: installed beside the results by npm, if there is npm."""

import json
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

PACKAGES = ["diff@9.0.0", "node-diff3@3.2.1"]
FOLDER = Path("var/benchmarks/node")
SCRIPT = Path(__file__).with_name("node_peers.js")


@cache
def installed() -> bool:
    """Whether the packages are there, after an attempt to install them."""
    if not shutil.which("npm"):
        return False
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(FOLDER)]
    done = subprocess.run([*command, *PACKAGES], capture_output=True, timeout=120, check=False)
    return done.returncode == 0


def seconds(work: str, texts: Any, rounds: int) -> float | None:
    """Least seconds of one pass over the texts, without Node's start; None without Node."""
    if not installed():
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({"work": work, "rounds": rounds, "texts": texts}, file)
        file.flush()
        done = subprocess.run(
            ["node", str(SCRIPT), file.name],
            env={"NODE_PATH": str((FOLDER / "node_modules").resolve()), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            check=True,
        )
    return float(done.stdout) / 1000
