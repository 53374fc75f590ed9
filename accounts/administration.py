"""Apart from apps.py, where a second default AppConfig would be taken for this app's own."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    default_site = "accounts.admin.AdministratorSite"
