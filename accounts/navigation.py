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

    def shown_to(self, person: User) -> bool:
        return not self.roles or any(person.holds(role) for role in self.roles)


ENTRIES = (
    Entry(_("My work"), "home", "inbox"),
    Entry(_("Directives"), "directive_list", "file-earmark-text"),
    Entry(_("Meetings"), "meeting_list", "people"),
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
    entries = [(entry, reverse(entry.url_name)) for entry in ENTRIES if entry.shown_to(person)]
    return [
        {
            "label": entry.label,
            "url": url,
            "icon": entry.icon,
            "current": request.path == url or (url != "/" and request.path.startswith(url)),
        }
        for entry, url in entries
    ]
