"""The office's key on a PKCS#11 token. Needs python-pkcs11, which the operator installs."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pkcs11
from asn1crypto import x509
from django.conf import settings
from django.utils.translation import gettext as _
from pkcs11 import Attribute, ObjectClass, PinIncorrect, PinLocked, PKCS11Error, Session, Token
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, find_token
from pyhanko.sign.signers import Signer

from directives.refusals import Refused
from directives.signing import trust

# Who is signed in at a token is so for the whole process: one thread at a time.
ONE_AT_A_TIME = threading.Lock()


@contextmanager
def signer() -> Iterator[Signer]:
    """Signed in at the token for as long as the block lasts.

    Raises Refused where driver, token, PIN or certificate is not as the settings say, and where
    the token fails while it signs.
    """
    try:
        with ONE_AT_A_TIME, _token().open(user_pin=settings.SIGNING_PIN) as session:
            yield _signer(session)
    except PKCS11Error as error:
        raise Refused(_why(error), code="token") from error


def _token() -> Token:
    slots = pkcs11.lib(settings.SIGNING_PKCS11_MODULE).get_slots()
    label = settings.SIGNING_PKCS11_TOKEN
    found = find_token(slots, token_criteria=TokenCriteria(label=label))
    if found is None:
        raise Refused(
            _("The token “%s” is not plugged into the server. Nothing was stored.") % label,
            code="token",
        )
    return found


def _signer(session: Session) -> Signer:
    """With the key that has the certificate's identifier: their labels often differ."""
    label = settings.SIGNING_PKCS11_CERTIFICATE
    wanted = {Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.LABEL: label}
    found = list(session.get_objects(wanted))
    if len(found) != 1:
        raise Refused(
            _("The token holds %(count)s certificates named “%(label)s”; there must be one.")
            % {"count": len(found), "label": label},
            code="certificate",
        )
    return PKCS11Signer(
        session,
        signing_cert=x509.Certificate.load(found[0][Attribute.VALUE]),
        key_id=found[0][Attribute.ID],
        ca_chain=trust.roots(),
    )


def _why(error: PKCS11Error) -> str:
    match error:
        case PinIncorrect():
            return _(
                "The token does not take the PIN that is set up. Do not try again before it is "
                "set right: a token locks itself after a few wrong PINs."
            )
        case PinLocked():
            return _("The token has locked itself after wrong PINs. Have it unlocked.")
        case _other:
            # Most errors of the driver have a name and no words.
            said = str(error) or type(error).__name__
            return _("The token could not be used: %s. Nothing was stored.") % said
