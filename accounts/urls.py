from django.urls import path

from accounts import views
from accounts.notices import views as notices

urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.help_page, name="help"),
    path("committees/<int:pk>/members/", views.committee_members, name="committee_members"),
    path("notices/", notices.notice_list, name="notice_list"),
    path("notices/read/", notices.notice_read_all, name="notice_read_all"),
    path("notices/preferences/", notices.notice_preferences, name="notice_preferences"),
    path("notices/<int:pk>/", notices.notice_open, name="notice_open"),
    path("notices/<int:pk>/read/", notices.notice_read, name="notice_read"),
]
