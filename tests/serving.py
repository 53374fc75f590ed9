"""Servers that tests and benchmarks start beside themselves."""

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def free_address() -> str:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{one.getsockname()[1]}"


@contextmanager
def running(
    command: Sequence[str | Path], address: str, seconds: int = 30, **options: Any
) -> Iterator[None]:
    """The server of a command while it answers at an address. Raises TimeoutError if it does not.

    `options` are those of `subprocess.Popen`.
    """
    server = subprocess.Popen(command, **options)
    try:
        _wait_for(address, seconds)
        yield
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str, seconds: int) -> None:
    host, port = address.split(":")
    for _attempt in range(seconds * 10):
        with socket.socket() as one:
            if one.connect_ex((host, int(port))) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"Nothing answers at {address}.")
