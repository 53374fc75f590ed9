"""The admin site, open by role. Apart from admin.py, which the site itself must not import."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AdministratorSite(admin.AdminSite):
    """The Django admin for those who hold the administrator's role."""

    site_header = site_title = _("Administration")
    index_title = _("People, committees and roles")

    def has_permission(self, request: HttpRequest) -> bool:
        from accounts.models import Role  # models are not loaded when the site is configured

        person = request.user
        if not (person.is_authenticated and person.is_active):
            return False
        return person.is_superuser or person.holds(Role.ADMINISTRATOR)


class AdministrationConfig(AdminConfig):
    default_site = "accounts.administration.AdministratorSite"
