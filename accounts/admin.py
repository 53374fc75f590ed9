from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, MeetingRules, Membership, RoleGrant, Term, Unit, User


class KeptForGood(admin.ModelAdmin):
    """Never deleted: what somebody did stays theirs, and the page that asks whether to delete
    would list it, down to drafts and comments that no administrator may read."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class RoleGrantInline(admin.TabularInline):
    model = RoleGrant
    extra = 0


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["person"]


class MeetingRulesInline(admin.TabularInline):
    model = MeetingRules
    extra = 0


class TermInline(admin.TabularInline):
    model = Term
    extra = 0


@admin.register(User)
class PersonAdmin(KeptForGood, UserAdmin):
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
class CommitteeAdmin(KeptForGood):
    inlines = [TermInline, MeetingRulesInline, MembershipInline]


admin.site.register(Unit)
