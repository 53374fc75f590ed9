"""What is said about each rule: its name, what is wrong, where the rule comes from."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directives.formcheck.rules.document import Finding, Severity
from directives.models import KIND_LABELS
from directives.text.kinds import Kind

SEVERITIES = {
    Severity.MUST: _("Must be corrected"),
    Severity.REVIEW: _("To be looked at"),
}

_FORM = _("HD 36-HD/VPTW and HD 05-HD/VPTW on the form of documents of the Party.")
_PRACTICE = _("Practice of drafting.")
_NUMBERING = _("Order of numbering: I- → 1. → a) → - → + (66-QĐ/TW, then 399-QĐ/TW).")


@dataclass(frozen=True)
class Words:
    """`message` is filled with the facts of a finding and its quote."""

    title: Promise
    message: Promise
    source: Promise


WORDS = {
    "tone_marks": Words(
        _("Tone marks placed in two ways"),
        _("“%(quote)s” places the tone mark unlike the rest of the draft."),
        _("One text keeps to one placing; no rule prescribes which."),
    ),
    "citation_comma": Words(
        _("No comma before the date of a cited document"),
        _("Put a comma between “%(quote)s” and the date."),
        _FORM,
    ),
    "abbreviation": Words(
        _("Abbreviation not written out at its first use"),
        _("“%(quote)s” stands here for the first time: write “%(full)s”."),
        _PRACTICE,
    ),
    "lead_in": Words(
        _("No sentence leads in the points"),
        _("The clause has a heading and points: write a sentence between them."),
        _PRACTICE,
    ),
    "empty": Words(
        _("Nothing under a number"),
        _("The provision says nothing. Write its text or delete it."),
        _PRACTICE,
    ),
    "end_mark": Words(
        _("Wrong mark at the end"),
        _(
            "A paragraph ends with a mark, a legal basis with a semicolon, the whole text with a "
            "full stop and without “./.”."
        ),
        _FORM,
    ),
    "typed_number": Words(
        _("Number typed into the text"),
        _("“%(quote)s” is typed into the text, and would stand there twice."),
        _NUMBERING,
    ),
    "number_gap": Words(
        _("Gap in the numbering"),
        _("“%(quote)s” does not follow the number before it."),
        _NUMBERING,
    ),
    "missing_level": Words(
        _("Level left out"),
        _("Above this provision the level “%(needed)s” is missing."),
        _NUMBERING,
    ),
    "dangling_reference": Words(
        _("Reference to a provision that is not there"),
        _("The draft has no %(missing)s."),
        _PRACTICE,
    ),
    "missing_annex": Words(
        _("Reference to an annex that is not there"),
        _("The draft has no %(missing)s."),
        _PRACTICE,
    ),
    "unmentioned_annex": Words(
        _("Annex that the text does not mention"),
        _("Say in the text what %(annex)s is for."),
        _PRACTICE,
    ),
    "obsolete_body": Words(
        _("Body or level that is no more"),
        _("“%(quote)s”: %(what)s."),
        _("The levels of units and the bodies of a province on the date of the document."),
    ),
    "unlisted_recipient": Words(
        _("Has a task but is not among the recipients"),
        _("“%(quote)s” is given a task; the recipients lack “%(line)s”."),
        _("HD 36-HD/VPTW and HD 05-HD/VPTW: recipients (Nơi nhận)."),
    ),
    "archive": Words(
        _("Recipients that do not end with the archive"),
        _("The last recipient is “%(quote)s”; it must be “%(line)s”."),
        _("HD 36-HD/VPTW and HD 05-HD/VPTW: recipients (Nơi nhận)."),
    ),
    "unknown_abbreviation": Words(
        _("Abbreviation that the system does not know"),
        _("Write out “%(quote)s” at its first use, unless everybody knows it."),
        _PRACTICE,
    ),
}
_WHAT = {
    "district_level": _(
        "from 01/7/2025 there is no district level, only province, then commune, ward and "
        "special zone"
    ),
    "party_groups": _("from the beginning of 2025 the committees of their bodies took their place"),
    "arranged": _("from 01/3/2025 the bodies of the province are arranged anew"),
}


def message(finding: Finding) -> str:
    facts = {"quote": finding.spot.quote, **finding.spot.facts}
    if "what" in facts:
        facts["what"] = str(_WHAT[facts["what"]])
    if "needed" in facts:
        facts["needed"] = str(KIND_LABELS[Kind(facts["needed"])])
    return str(WORDS[finding.rule.code].message) % facts
