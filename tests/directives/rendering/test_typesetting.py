import pytest
from django.conf import settings

from directives.rendering.typeface import UnprintableText
from directives.rendering.typesetting import ForbiddenResource, compose, typeset


def page(body: str) -> str:
    return f'<!doctype html><html lang="vi"><title>Thử</title><body>{body}</body></html>'


@pytest.mark.parametrize(
    "source",
    [
        "http://127.0.0.1:9/a.png",
        "https://example.org/a.png",
        "file:///etc/hostname",
        f"file://{settings.BASE_DIR}/config/settings.py",
        f"file://{settings.BASE_DIR}/static/../manage.py",
        f"file://{settings.BASE_DIR}/static/fonts/no-such-file.ttf",
        "data:image/png;base64,iVBORw0KGgo=",
    ],
)
def test_nothing_but_our_own_files_is_opened(source):
    with pytest.raises(ForbiddenResource):
        typeset(compose(page(f'<img src="{source}" alt="">'), stylesheet="directive.css"))


def test_a_character_without_a_glyph_stops_the_press():
    with pytest.raises(UnprintableText) as refusal:
        compose(page("<p>Đồng ý 😀</p>"), stylesheet="directive.css")
    assert refusal.value.characters == {"😀"}
