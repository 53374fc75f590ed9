"""Photos of a meeting: taken in, made smaller, freed of what the camera wrote into them."""

from io import BytesIO

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from accounts.models import User
from directives import canonical, events
from directives.permissions import require
from directives.refusals import Refused
from meetings import permissions
from meetings.models import Meeting, Photo

MOST = 40
FORMATS = ("JPEG", "PNG", "WEBP")
# Pixels: of a file that is opened at all, of the longer side as kept, and of it in a list.
OPENED = 60_000_000
KEPT = 1920
LISTED = 480


@transaction.atomic
def add_photo(
    meeting_id: int, *, actor: User, content: bytes, alt: str, caption: str = ""
) -> Photo:
    """Keep a picture (JPEG, PNG or WebP) as two JPEGs without metadata.

    Refused without words for those who cannot see it, past the most that a meeting may have, and
    for what is no picture or has more pixels than a camera makes.
    """
    meeting = _meeting(meeting_id, actor)
    if not alt.strip():
        raise Refused(_("Say what the picture shows, for those who cannot see it."), code="alt")
    if meeting.photos.count() >= MOST:
        raise Refused(
            _("A meeting has %s photos at most. Remove one first.") % MOST, code="too_many"
        )
    picture = opened(content)
    image = _smaller(picture, KEPT)
    content = _written(image)
    last = meeting.photos.aggregate(last=Max("position"))["last"] or 0
    photo = Photo.objects.create(
        meeting=meeting,
        position=last + 1,
        caption=caption.strip(),
        alt=alt.strip(),
        image=content,
        thumbnail=_written(_smaller(picture, LISTED)),
        sha256=canonical.sha256(content),
        width=image.width,
        height=image.height,
        added_by=actor,
    )
    events.record(meeting.stream, "add_photo", actor=actor, sha256=photo.sha256)
    return photo


@transaction.atomic
def describe_photo(photo_id: int, *, actor: User, alt: str, caption: str = "") -> Photo:
    """Change a photo's words; those for who cannot see it are never empty."""
    photo = Photo.objects.get(pk=photo_id)
    _meeting(photo.meeting_id, actor)
    if not alt.strip():
        raise Refused(_("Say what the picture shows, for those who cannot see it."), code="alt")
    photo.alt, photo.caption = alt.strip(), caption.strip()
    photo.save(update_fields=["alt", "caption"])
    return photo


@transaction.atomic
def move_photo(photo_id: int, *, actor: User, up: bool) -> None:
    """Change places with the neighbour; at either end nothing moves."""
    photo = Photo.objects.defer("image", "thumbnail").get(pk=photo_id)
    meeting = _meeting(photo.meeting_id, actor)
    photos = list(meeting.photos.defer("image", "thumbnail"))
    place = photos.index(photo)
    other = place - 1 if up else place + 1
    if 0 <= other < len(photos):
        photos[place], photos[other] = photos[other], photos[place]
    for position, one in enumerate(photos, start=1):
        one.position = position
    Photo.objects.bulk_update(photos, ["position"])


@transaction.atomic
def remove_photo(photo_id: int, *, actor: User) -> None:
    """Take a photo away for good; that there was one stays in the log."""
    photo = Photo.objects.defer("image", "thumbnail").get(pk=photo_id)
    meeting = _meeting(photo.meeting_id, actor)
    events.record(meeting.stream, "remove_photo", actor=actor, sha256=photo.sha256)
    photo.delete()


def opened(content: bytes) -> Image.Image:
    """The picture, upright and in plain colours. Size is asked for before anything is unpacked."""
    try:
        picture = Image.open(BytesIO(content), formats=FORMATS)
        if picture.width * picture.height > OPENED:
            raise Refused(_("This picture has too many pixels. Make it smaller."), code="pixels")
        upright = ImageOps.exif_transpose(picture)
        return _on_white(upright) if upright.has_transparency_data else upright.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as fault:
        raise Refused(
            _("This file is not a picture that can be read. Send a JPEG, PNG or WebP."),
            code="not_a_picture",
        ) from fault


def _on_white(picture: Image.Image) -> Image.Image:
    """A JPEG has no transparency: what was clear becomes white, not black."""
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB")


def _smaller(picture: Image.Image, side: int) -> Image.Image:
    smaller = picture.copy()
    smaller.thumbnail((side, side))
    return smaller


def _written(picture: Image.Image) -> bytes:
    """A JPEG from the pixels alone: no EXIF, no place, no name of a camera goes along."""
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    file = BytesIO()
    bare.save(file, "JPEG", quality=85, optimize=True)
    return file.getvalue()


def _meeting(meeting_id: int, actor: User) -> Meeting:
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    require(permissions.can_report, actor, meeting)
    return meeting
