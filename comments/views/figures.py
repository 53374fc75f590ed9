"""The figures of a round: how many think what, as charts with their tables behind."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from comments import permissions
from comments.figures import ANSWERS, POSITIONS, Figures, Reply, Tally, figures_of
from comments.models import Consultation, Outcome, Position
from comments.views.charts import Chart, Line, Shade
from comments.views.found import consultation_for
from directives.frame import frame

# Patterns of the charts, to be told apart without colour; "open" is a dashed outline.
ANSWER_FILLS = ("whole", "striped", "dark", "dotted", "open")
POSITION_FILLS = ("whole", "striped", "dark", "open")


@require_GET
def consultation_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Positions, and comments by delegate, by provision and by category."""
    consultation = consultation_for(request.user, pk, permissions.is_staff)
    figures = figures_of(consultation)
    context = frame(consultation.draft.directive, request.user, "comments") | {
        "consultation": consultation,
        "draft": consultation.draft,
        "figures": figures,
        "charts": [] if figures.is_empty else _charts(figures, consultation),
    }
    return render(request, "comments/consultation_figures.html", context)


def _charts(figures: Figures, consultation: Consultation) -> list[Chart]:
    charts = [_of_positions(figures), _of_delegates(figures.delegates)]
    if figures.total.total:
        charts += [_of_provisions(figures, consultation), _of_categories(figures)]
    return charts


def _of_positions(figures: Figures) -> Chart:
    shades = [
        Shade(fill, str(Position(one).label))
        for fill, one in zip(POSITION_FILLS, POSITIONS, strict=True)
    ]
    words = _("How many of those asked took which position.")
    line = Line(_("All delegates"), figures.positions)
    return Chart("positions", _("Positions"), _("Delegates"), words, shades, [line])


def _of_delegates(replies: Sequence[Reply]) -> Chart:
    lines = [Line(one.name, one.counts, str(one.position.label)) for one in replies]
    words = _("For every delegate the number of comments by answer, and the position taken.")
    return _chart("delegates", _("Replies by delegate"), _("Delegate"), words, lines, _("Position"))


def _of_provisions(figures: Figures, consultation: Consultation) -> Chart:
    here = reverse("workbench", args=[consultation.pk])
    lines = [_provision_line(one, here) for one in figures.provisions]
    words = _("For every provision with comments, in the order of the draft: how many, by answer.")
    return _chart("provisions", _("Comments by provision"), _("Provision"), words, lines)


def _provision_line(tally: Tally, workbench: str) -> Line:
    name = tally.name[:1].upper() + tally.name[1:]
    return Line(name, tally.counts, url=f"{workbench}?at={tally.key or 'general'}")


def _of_categories(figures: Figures) -> Chart:
    lines = [Line(one.name, one.counts) for one in figures.categories]
    words = _("For every category the number of comments by answer.")
    return _chart("categories", _("Comments by category"), _("Category"), words, lines)


def _chart(
    slug: str, title: str, of: str, words: str, lines: Sequence[Line], note: str = ""
) -> Chart:
    labels = [str(Outcome(one).label) if one else _("Waits for the office") for one in ANSWERS]
    shades = [Shade(fill, label) for fill, label in zip(ANSWER_FILLS, labels, strict=True)]
    return Chart(slug, title, of, words, shades, lines, note)
