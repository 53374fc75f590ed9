"""The main menu, by role; apps add their entries so that this one needs to know none of them."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User


@dataclass(frozen=True)
class Entry:
    label: str
    url_name: str
    icon: str
    roles: tuple[Role, ...] = ()  # empty: everybody who is signed in
    also: tuple[str, ...] = ()  # beginnings of the addresses that belong to it beside its own

    def shown_to(self, person: User) -> bool:
        return not self.roles or any(person.holds(role) for role in self.roles)

    def leads_to(self, path: str) -> bool:
        """Whether the page belongs to this entry."""
        own = reverse(self.url_name)
        return path == own or path.startswith(self.also if own == "/" else (own, *self.also))


OF_DIRECTIVES = ("/consultations/", "/comments/")
ENTRIES = (
    Entry(_("My work"), "home", "inbox"),
    Entry(_("Directives"), "directive_list", "file-earmark-text", also=OF_DIRECTIVES),
    Entry(_("Meetings"), "meeting_list", "people", also=("/committees/",)),
    Entry(_("Number register"), "register_list", "journal-text", (Role.OFFICE, Role.CLERK)),
    Entry(_("Administration"), "admin:index", "gear", (Role.ADMINISTRATOR,)),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context: `navigation`, the (label, url, icon, current) entries this person may open."""
    person = getattr(request, "user", None)
    if not person or not person.is_authenticated:
        return {"navigation": []}
    return {"navigation": SimpleLazyObject(lambda: _entries(request, person))}


def _entries(request: HttpRequest, person: User) -> list[dict[str, object]]:
    return [
        {
            "label": entry.label,
            "url": reverse(entry.url_name),
            "icon": entry.icon,
            "current": entry.leads_to(request.path),
        }
        for entry in ENTRIES
        if entry.shown_to(person)
    ]
