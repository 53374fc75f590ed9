"""Signed copies of an issued paper: made here, or brought back from where they were signed."""

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from directives import canonical, events, permissions, record, workflow
from directives.models import Directive, Issue, SignedCopy, SignedHow, StoredFile
from directives.refusals import Refused
from directives.signing import checking, growth, pen
from directives.signing.checking import Signature, Standing
from directives.signing.growth import Fault

FAULTS: dict[Fault, Promise] = {
    Fault.CHANGED: gettext_lazy(
        "More than a signature was added to the paper. Sign the issued file as it is."
    ),
    Fault.COVERED: gettext_lazy(
        "A visible signature stands over words of the paper. Place it where nothing is written."
    ),
}
WHY_NOT: dict[Standing, Promise] = {
    Standing.UNTRUSTED: gettext_lazy(
        "The signature is by %s, whose certification authority is not among those the office "
        "trusts. Ask the administrator to add it."
    ),
    Standing.EXPIRED: gettext_lazy(
        "The certificate of %s has run out or does not hold yet. Sign with one that is valid now."
    ),
    Standing.REVOKED: gettext_lazy(
        "The certificate of %s was revoked. Sign with one that is valid now."
    ),
    Standing.BROKEN: gettext_lazy("The signature by %s is not valid. Sign the paper again."),
}


def newest(issue: Issue) -> StoredFile:
    """What the next signature is put on: the last signed copy, or the paper as it was issued."""
    last = issue.signed_copies.select_related("file").last()
    return last.file if last else issue.pdf


def sign(directive_id: int, *, actor: User) -> SignedCopy:
    """Put the office's signature on the issued paper and keep the copy.

    Refused before the issue, where this certificate has signed already, and where the key, the
    clock or the trust is not there; the issued paper itself is never touched. Nothing is locked
    while the token and the clock are asked: the copy is kept only if it still is the newest.
    """
    issue = _issue(Directive.objects.get(pk=directive_id), actor)
    before = bytes(newest(issue).content)
    field = f"ChuKy{issue.signed_copies.count() + 1}"
    content = pen.sign(before, field=field)
    return _keep(directive_id, before, content, SignedHow.HERE, actor)


def bring_in(directive_id: int, *, actor: User, content: bytes) -> SignedCopy:
    """Keep a copy that was signed elsewhere.

    Refused unless it begins with the very bytes that were sent out, adds nothing but signatures to
    them, and these are whole and by somebody whose authority the office knows.
    """
    issue = _issue(Directive.objects.get(pk=directive_id), actor)
    before = bytes(newest(issue).content)
    _check_newest(issue, before, content)
    _check_grown_from(before, content)
    return _keep(directive_id, before, content, SignedHow.IMPORTED, actor)


def _issue(directive: Directive, actor: User) -> Issue:
    permissions.require(permissions.can_issue, actor, directive)
    if directive.issue is None:
        raise Refused(_("The directive has not been issued yet."), code="not_issued")
    return directive.issue


def _check_newest(issue: Issue, before: bytes, content: bytes) -> None:
    """Whoever signed the paper as it was before the last signature has signed the right paper."""
    if not content.startswith(before) and content.startswith(bytes(issue.pdf.content)):
        raise Refused(
            _("The paper has got another signature since. Sign the newest signed copy instead."),
            code="older",
        )


def _check_grown_from(before: bytes, content: bytes) -> None:
    if content == before:
        raise Refused(_("This is the paper without a signature. Sign it first."), code="unsigned")
    if not content.startswith(before):
        raise Refused(
            _("This is not the issued paper. Download it here, sign that file, and bring it back."),
            code="other",
        )
    fault = growth.fault_of(before, content)
    if fault:
        raise Refused(str(FAULTS[fault]), code=fault.value)


def _keep(
    directive_id: int, before: bytes, content: bytes, how: SignedHow, actor: User
) -> SignedCopy:
    added = _added_signatures(before, content)
    with transaction.atomic():
        issue = _issue(workflow.lock(directive_id), actor)
        if newest(issue).sha256 != canonical.sha256(before):
            raise Refused(
                _("Somebody else has added a signature meanwhile. Sign the newest copy."),
                code="stale",
            )
        return _store(issue, content, added, how, actor)


def _store(
    issue: Issue, content: bytes, added: list[Signature], how: SignedHow, actor: User
) -> SignedCopy:
    name = f"{issue.pdf.name.removesuffix('.pdf')}-{_('signed')}.pdf"
    copy = SignedCopy.objects.create(
        issue=issue,
        file=record.store(name, record.PDF, content),
        level=added[-1].level,
        signer=", ".join(one.signer for one in added)[:200],
        serial=added[-1].serial,
        how=how,
        kept_by=actor,
    )
    _record(copy, actor)
    return copy


def _added_signatures(before: bytes, content: bytes) -> list[Signature]:
    """The new ones, at least one; every certificate signs once, and every one of them holds."""
    old = checking.signatures(before)
    added = checking.signatures(content)[len(old) :]
    if not added:
        raise Refused(_("No signature was added to the paper. Sign it first."), code="unsigned")
    seen = {one.serial for one in old}
    for one in added:
        if one.serial in seen:
            raise Refused(_("%s has signed this paper already.") % one.signer, code="twice")
        seen.add(one.serial)
        if one.standing is not Standing.VALID:
            raise Refused(str(WHY_NOT[one.standing]) % one.signer, code=one.standing.value)
    return added


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
