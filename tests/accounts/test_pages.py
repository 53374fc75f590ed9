"""The frame of the interface: committed assets, sign-in, the home page, pages for errors."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

STATIC = settings.BASE_DIR / "static"
SPRITE = STATIC / "vendor" / "bootstrap-icons" / "icons.svg"
MANIFEST = json.loads((STATIC / "vendor" / "vendor.json").read_text())


@pytest.mark.parametrize("package", MANIFEST, ids=lambda package: package["name"])
def test_committed_assets_are_those_of_the_manifest(package: dict) -> None:
    found = {
        name: hashlib.sha256((STATIC / name).read_bytes()).hexdigest() for name in package["files"]
    }
    assert found == package["files"]
    assert (STATIC / package["licence_file"]).read_text().strip()


def test_every_file_in_vendor_is_in_the_manifest() -> None:
    listed = {name for package in MANIFEST for name in package["files"]}
    licences = {package["licence_file"] for package in MANIFEST}
    present = {
        str(path.relative_to(STATIC)) for path in (STATIC / "vendor").rglob("*") if path.is_file()
    }
    assert present - listed - licences == {"vendor/vendor.json"}


def icons_named_in(paths: Iterator[Path]) -> set[str]:
    words = r"""\{% icon ["']([\w-]+)["']|\bicon=["']([\w-]+)["']|action_icon=["']([\w-]+)["']"""
    return {
        next(filter(None, names)) for path in paths for names in re.findall(words, path.read_text())
    }


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text()))
    named = icons_named_in((settings.BASE_DIR / "templates").rglob("*.html"))
    assert named
    assert named - drawn == set()
