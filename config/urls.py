from allauth.account import views as account_views
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

# Of allauth only what a closed office uses: people are entered by an administrator.
sign_in = [
    path("login/", login_not_required(account_views.login), name="account_login"),
    path("logout/", account_views.logout, name="account_logout"),
    path("password/", account_views.password_change, name="account_change_password"),
]

urlpatterns = [
    path("accounts/", include(sign_in)),
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("directives.urls")),
    path("", include("comments.urls")),
    path("", include("meetings.urls")),
]
