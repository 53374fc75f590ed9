"""The form of a directive, as rules over plain values: data, one function each, and its source.

To add a rule: a function from a Document to Spots, a line below, its words in wording.py.
"""

from collections import Counter

from directives.formcheck.rules import (
    abbreviations,
    annexes,
    bodies,
    citing,
    layout,
    recipients,
    references,
    spelling,
)
from directives.formcheck.rules.document import Document, Finding, Rule, Severity, stable_key

RULES = (
    Rule("tone_marks", Severity.MUST, spelling.mixed_tone_marks),
    Rule("citation_comma", Severity.MUST, citing.missing_comma),
    Rule("abbreviation", Severity.MUST, abbreviations.unexpanded),
    Rule("lead_in", Severity.MUST, layout.missing_lead_in),
    Rule("empty", Severity.MUST, layout.empty),
    Rule("end_mark", Severity.MUST, layout.wrong_end),
    Rule("typed_number", Severity.MUST, layout.typed_number),
    Rule("number_gap", Severity.MUST, layout.number_gap),
    Rule("missing_level", Severity.MUST, layout.missing_level),
    Rule("dangling_reference", Severity.MUST, references.dangling),
    Rule("missing_annex", Severity.MUST, annexes.missing),
    Rule("unmentioned_annex", Severity.REVIEW, annexes.unmentioned),
    Rule("obsolete_body", Severity.REVIEW, bodies.obsolete),
    Rule("unlisted_recipient", Severity.REVIEW, recipients.unlisted),
    Rule("archive", Severity.REVIEW, recipients.missing_archive),
    Rule("unknown_abbreviation", Severity.REVIEW, abbreviations.unknown),
)


def check(document: Document) -> list[Finding]:
    """Every finding, rule by rule, each rule's in the order of the text."""
    met: Counter[tuple[str, str, str]] = Counter()
    findings = []
    for rule in RULES:
        for spot in rule.find(document):
            words = (rule.code, spot.passage.key, spot.quote)
            met[words] += 1
            findings.append(Finding(stable_key(rule, spot, met[words]), rule, spot))
    return findings
