"""Signed copies of an issued paper: made here, or brought back from where they were signed."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from directives import events, permissions, record, workflow
from directives.models import Issue, SignedCopy, SignedHow, StoredFile
from directives.refusals import Refused
from directives.signing import checking, pen
from directives.signing.checking import Signature, Standing


def newest(issue: Issue) -> StoredFile:
    """What the next signature is put on: the last signed copy, or the paper as it was issued."""
    last = issue.signed_copies.select_related("file").last()
    return last.file if last else issue.pdf


@transaction.atomic
def sign(directive_id: int, *, actor: User) -> SignedCopy:
    """Put the office's signature on the issued paper and keep the copy.

    Refused before the issue, where this certificate has signed already, and where the key, the
    clock or the trust is not there; the issued paper itself is never touched.
    """
    issue = _issue(directive_id, actor)
    before = bytes(newest(issue).content)
    field = f"ChuKy{issue.signed_copies.count() + 1}"
    return _keep(issue, pen.sign(before, field=field), SignedHow.HERE, actor)


@transaction.atomic
def bring_in(directive_id: int, *, actor: User, content: bytes) -> SignedCopy:
    """Keep a copy that was signed elsewhere.

    Refused unless it begins with the very bytes that were sent out, adds nothing but signatures to
    them, and its last signature is whole and by somebody whose authority the office knows.
    """
    issue = _issue(directive_id, actor)
    _check_grown_from(bytes(newest(issue).content), content)
    return _keep(issue, content, SignedHow.IMPORTED, actor)


def _issue(directive_id: int, actor: User) -> Issue:
    directive = workflow.lock(directive_id)
    permissions.require(permissions.can_issue, actor, directive)
    if directive.issue is None:
        raise Refused(_("The directive has not been issued yet."), code="not_issued")
    return directive.issue


def _check_grown_from(before: bytes, content: bytes) -> None:
    if content == before:
        raise Refused(_("This is the paper without a signature. Sign it first."), code="unsigned")
    if not content.startswith(before):
        raise Refused(
            _("This is not the issued paper. Download it here, sign that file, and bring it back."),
            code="other",
        )
    if not checking.adds_only_signatures(before, content):
        raise Refused(
            _("More than a signature was added to the paper. Sign the issued file as it is."),
            code="changed",
        )


def _keep(issue: Issue, content: bytes, how: SignedHow, actor: User) -> SignedCopy:
    last = _last_signature(content)
    if issue.signed_copies.filter(serial=last.serial).exists():
        raise Refused(_("%s has signed this paper already.") % last.signer, code="twice")
    name = f"{issue.pdf.name.removesuffix('.pdf')}-{_('signed')}.pdf"
    file = record.store(name, record.PDF, content)
    copy = SignedCopy.objects.create(
        issue=issue,
        file=file,
        level=last.level,
        signer=last.signer[:200],
        serial=last.serial,
        how=how,
        kept_by=actor,
    )
    _record(copy, actor)
    return copy


def _last_signature(content: bytes) -> Signature:
    found = checking.signatures(content)
    if not found:
        raise Refused(_("The file has no signature."), code="unsigned")
    last = found[-1]
    if last.standing is Standing.UNTRUSTED:
        raise Refused(
            _(
                "The signature is by %s, whose certification authority is not among those the "
                "office trusts. Ask the administrator to add it."
            )
            % last.signer,
            code="untrusted",
        )
    if last.standing is not Standing.VALID:
        raise Refused(_("The signature is not valid. Sign the paper again."), code="broken")
    return last


def _record(copy: SignedCopy, actor: User) -> None:
    stream = copy.issue.draft.directive.stream
    verb = "sign" if copy.how == SignedHow.HERE else "bring_in_signed"
    events.record(
        stream,
        verb,
        actor=actor,
        signer=copy.signer,
        level=copy.level,
        sha256=copy.file.sha256,
    )
