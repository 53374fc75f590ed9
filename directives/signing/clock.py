"""The time-stamping service on the office's network, whose answers are not taken on trust."""

import aiohttp
from asn1crypto import cms
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus

from directives.refusals import Refused
from directives.signing import trust

# A page waits while the service is asked, at most three times for one signature.
SECONDS = 4
# What reading an answer that is no time stamp may end in.
NO_STAMP = (SigningError, SignatureValidationError, ValueError, TypeError, KeyError, AttributeError)


def clock() -> TimeStamper:
    """The clock that is set up. Raises Refused where none is."""
    if not settings.SIGNING_TSA:
        raise Refused(
            _("This level of signature needs a time-stamping service, and none is set up."),
            code="clock",
        )
    return CheckedClock(settings.SIGNING_TSA, timeout=SECONDS)


class CheckedClock(HTTPTimeStamper):
    """Gives whole stamps of what was asked, by an authority that the office trusts; or Refused."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        try:
            stamp = await super().async_timestamp(message_digest, md_algorithm)
            status = await _status(stamp, message_digest)
        except TimestampRequestError as error:
            raise Refused(_why(error), code="clock") from error
        except NO_STAMP as error:
            raise Refused(_no_stamp(), code="clock") from error
        if not (status.valid and status.intact):
            raise Refused(_no_stamp(), code="clock")
        if not status.trusted:
            raise Refused(_untrusted(), code="clock")
        return stamp


async def _status(stamp: cms.ContentInfo, digest: bytes) -> TimestampSignatureStatus:
    told = await validate_tst_signed_data(
        stamp["content"], trust.context(), expected_tst_imprint=lambda _algorithm: digest
    )
    return TimestampSignatureStatus(**told)


def _why(error: TimestampRequestError) -> str:
    cause = error.__cause__
    if isinstance(cause, TimeoutError):
        late = _("The time-stamping service did not answer within %s seconds. Nothing was stored.")
        return late % SECONDS
    if cause is None or isinstance(cause, aiohttp.ClientResponseError):
        return _no_stamp()
    return _("The time-stamping service cannot be reached. Nothing was stored.")


def _no_stamp() -> str:
    return _("The time-stamping service answered with no valid time stamp. Nothing was stored.")


def _untrusted() -> str:
    return _(
        "The time stamp is by an authority that the office does not trust. Nothing was stored. "
        "Ask the administrator to add it."
    )
