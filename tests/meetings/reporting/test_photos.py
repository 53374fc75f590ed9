"""Photos: what is taken in, what is left out of them, and who may do it."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image

from directives.models import Event
from directives.refusals import Refused
from meetings.models import Photo
from meetings.reporting import photos
from tests import factories, sitting

MAKE, GPS = 271, 34853


@pytest.fixture
def meeting(world):
    return sitting.meeting_of(world)


@pytest.fixture
def add(world, meeting):
    def add(content: bytes | None = None, **facts) -> Photo:
        said = {"actor": world.office, "alt": "Đại biểu biểu quyết."} | facts
        return photos.add_photo(meeting.pk, content=content or factories.picture(), **said)

    return add


def exif() -> Image.Exif:
    """A camera's name, where it stood, and that it was held on its side."""
    facts = Image.Exif()
    facts[MAKE] = "May anh"
    facts[274] = 6
    facts.get_ifd(GPS)[1] = "N"
    return facts


def kept(content: bytes) -> Image.Image:
    return Image.open(BytesIO(bytes(content)))


def test_what_the_camera_wrote_is_gone_and_the_picture_stands_upright(add):
    sent = factories.picture((300, 100), exif=exif(), comment=b"nguoi chup: An")
    assert kept(sent).getexif()[MAKE] == "May anh"
    photo = add(sent)
    for content in (photo.image, photo.thumbnail):
        assert not kept(content).getexif()
        assert not {"exif", "comment", "icc_profile"} & set(kept(content).info)
        assert b"nguoi chup" not in bytes(content)
    assert (photo.width, photo.height) == (100, 300)


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_other_pictures_become_jpegs(add, format):
    assert kept(add(factories.picture(format=format)).image).format == "JPEG"


def test_a_large_picture_is_made_smaller_and_keeps_its_shape(add):
    photo = add(factories.picture((4000, 3000)))
    assert kept(photo.image).size == (1920, 1440) == (photo.width, photo.height)
    assert kept(photo.thumbnail).size == (480, 360)


def test_what_was_clear_becomes_white(add):
    file = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(file, "PNG")
    assert min(kept(add(file.getvalue()).image).getpixel((5, 5))) > 250


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"),
        (factories.picture(format="GIF"), "not_a_picture"),
        (factories.picture()[:300], "not_a_picture"),
        (factories.picture((10_000, 7_000), "PNG"), "pixels"),
    ],
)
def test_what_is_no_picture_of_a_camera_is_refused(world, meeting, content, code):
    with pytest.raises(Refused) as refused:
        photos.add_photo(meeting.pk, actor=world.office, content=content, alt="Ảnh")
    assert refused.value.code == code
    assert not Photo.objects.exists()


def test_a_photo_without_words_is_refused(add):
    with pytest.raises(Refused) as refused:
        add(alt="  ")
    assert refused.value.code == "alt"


def test_a_meeting_has_forty_photos_at_most(add, meeting):
    first = add()
    facts = {f.attname: getattr(first, f.attname) for f in Photo._meta.fields if f.name != "id"}
    Photo.objects.bulk_create(Photo(**facts) for _ in range(39))
    assert meeting.photos.count() == 40
    with pytest.raises(Refused) as refused:
        add()
    assert refused.value.code == "too_many"


def test_photos_change_places_and_stop_at_the_ends(world, meeting, add):
    first, second = add(alt="Một"), add(alt="Hai")
    photos.move_photo(second.pk, actor=world.office, up=True)
    photos.move_photo(second.pk, actor=world.office, up=True)
    assert [photo.alt for photo in meeting.photos.all()] == ["Hai", "Một"]
    photos.move_photo(second.pk, actor=world.office, up=False)
    assert list(meeting.photos.all()) == [first, second]


def test_a_removed_photo_is_gone_and_the_log_knows_that_there_was_one(world, meeting, add):
    photo = add()
    photos.remove_photo(photo.pk, actor=world.clerk)
    assert not Photo.objects.exists()
    last = Event.objects.filter(stream=meeting.stream).latest("sequence")
    assert (last.verb, last.payload) == ("remove_photo", {"sha256": photo.sha256})


def test_delegates_add_describe_move_and_remove_nothing(world, meeting, add):
    photo = add()
    acts = [
        lambda: add(actor=world.delegate),
        lambda: photos.describe_photo(photo.pk, actor=world.delegate, alt="Khác"),
        lambda: photos.move_photo(photo.pk, actor=world.delegate, up=True),
        lambda: photos.remove_photo(photo.pk, actor=world.delegate),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert Photo.objects.get().alt == "Đại biểu biểu quyết."
