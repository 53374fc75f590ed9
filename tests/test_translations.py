"""Every word that can be shown has its Vietnamese: found as makemessages finds it."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import templatize

TOOLS = ("xgettext", "msgmerge", "msgattrib", "msgfmt", "msguniq")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"TRANSLATIONS ARE NOT CHECKED: install gettext ({', '.join(MISSING)})"
)

ROOT = settings.BASE_DIR
CATALOGUE = ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
KEYWORDS = (
    "gettext_noop",
    "gettext_lazy",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "npgettext:1c,2,3",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
)


def code() -> list[Path]:
    apps = ("accounts", "comments", "config", "directives", "meetings")
    files = [path for app in apps for path in (ROOT / app).rglob("*.py")]
    return [path for path in files if "migrations" not in path.parts]


def templates(folder: Path) -> list[Path]:
    """Templates as the code xgettext can read; names stay, for its messages."""
    written = []
    for path in (ROOT / "templates").rglob("*.*"):
        name = str(path.relative_to(ROOT)).replace("/", "--")
        target = folder / f"{name}.py"
        target.write_text(templatize(path.read_text(), origin=name))
        written.append(target)
    return written


@pytest.fixture(scope="module")
def merged(tmp_path_factory) -> Path:
    """Every msgid of the code and the templates, with what the catalogue has for it."""
    folder = tmp_path_factory.mktemp("messages")
    used, found = folder / "used.pot", folder / "merged.po"
    keywords = [f"--keyword={keyword}" for keyword in KEYWORDS]
    options = ["--language=Python", "--from-code=UTF-8", f"--output={used}"]
    run("xgettext", *options, *keywords, *code(), *templates(folder))
    run("msgmerge", "--no-fuzzy-matching", "--quiet", CATALOGUE, used, f"--output={found}")
    return found


def run(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("lack", ["--untranslated", "--only-fuzzy"])
def test_every_msgid_in_use_has_its_vietnamese(merged: Path, lack: str) -> None:
    found = run("msgattrib", lack, "--no-obsolete", "--no-wrap", merged).splitlines()
    msgids = [line for line in found if line.startswith("msgid ") and line != 'msgid ""']
    assert msgids == []


def test_every_translation_fills_the_same_places_as_its_msgid(merged: Path, tmp_path: Path) -> None:
    run("msgfmt", "--check-format", f"--output={tmp_path / 'vi.mo'}", merged)


def test_the_catalogue_holds_each_msgid_once() -> None:
    assert run("msguniq", "--repeated", CATALOGUE) == ""
