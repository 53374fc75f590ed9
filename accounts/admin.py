from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, Membership, RoleGrant, Term, Unit, User


class RoleGrantInline(admin.TabularInline):
    model = RoleGrant
    extra = 0


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["person"]


class TermInline(admin.TabularInline):
    model = Term
    extra = 0


@admin.register(User)
class PersonAdmin(UserAdmin):
    add_form = AdminUserCreationForm
    list_display = ["full_name", "position", "unit", "rank", "username", "is_active"]
    list_filter = ["is_active", "role_grants__role"]
    search_fields = ["full_name", "username", "position"]
    ordering = ["rank", "name_key"]
    filter_horizontal = ()
    fieldsets = [
        (None, {"fields": ["full_name", "position", "unit", "rank", "email"]}),
        (_("Sign-in"), {"fields": ["username", "password", "is_active"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["full_name", "position", "unit", "rank"]}),
        (_("Sign-in"), {"fields": ["username", "usable_password", "password1", "password2"]}),
    ]
    inlines = [RoleGrantInline]


@admin.register(Committee)
class CommitteeAdmin(admin.ModelAdmin):
    inlines = [TermInline, MembershipInline]


admin.site.register(Unit)
