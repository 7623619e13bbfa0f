"""What admins do with accounts, and people with their own; each act is kept in Django's log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q

from diplowatch.accounts.models import User
from diplowatch.lib.roles import BY_GROUP, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet


class LastAdminError(Exception):
    """The only admin left can neither step down nor be closed out."""


def active_admins() -> QuerySet[User]:
    """Everybody who may do everything now, by the mark or by the group."""
    group = Group.objects.filter(name=Role.ADMIN.group)
    bears = Q(pk__in=User.groups.through.objects.filter(group__in=group).values("user_id"))
    return User.objects.filter(Q(is_superuser=True) | bears, is_active=True)


@transaction.atomic
def invite_person(*, by: User, username: str, email: str, full_name: str, role: Role) -> User:
    """Make an account without a password; a sign-in link lets the person in."""
    person = User(username=username, email=email, first_name=full_name)
    person.set_unusable_password()
    _bear(person, role)
    person.full_clean()
    person.save()
    person.groups.set([_group(role)])
    _log(by, person, ADDITION, {"added": {"name": "account", "object": role.group}})
    return person


@transaction.atomic
def change_role(*, by: User, person: User, role: Role) -> User:
    """Give another role everywhere; the last admin stays one."""
    person = _locked(person)
    if role is not Role.ADMIN:
        _keep_an_admin(person)
    _bear(person, role)
    person.save(update_fields=["is_staff", "is_superuser"])
    others = person.groups.exclude(name__in=BY_GROUP)
    person.groups.set([*others, _group(role)])
    _log(by, person, CHANGE, {"changed": {"fields": ["role"], "object": role.group}})
    return person


@transaction.atomic
def close_account(*, by: User, person: User) -> User:
    """Let nobody in by this account any more; what the person did stays theirs."""
    person = _locked(person)
    _keep_an_admin(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    _log(by, person, CHANGE, {"changed": {"fields": ["is_active"], "object": "closed"}})
    return person


@transaction.atomic
def reopen_account(*, by: User, person: User) -> User:
    """Let the person in again."""
    person = _locked(person)
    person.is_active = True
    person.save(update_fields=["is_active"])
    _log(by, person, CHANGE, {"changed": {"fields": ["is_active"], "object": "open"}})
    return person


@transaction.atomic
def remove_second_factor(*, by: User, person: User) -> User:
    """For whoever lost the telephone and the recovery codes."""
    from allauth.mfa.models import Authenticator

    Authenticator.objects.filter(user=person).delete()
    _log(by, person, CHANGE, {"changed": {"fields": ["second factor"], "object": "removed"}})
    return person


@transaction.atomic
def change_address(*, by: User, person: User, email: str) -> User:
    """Give another e-mail address, by which the person may sign in."""
    person = _locked(person)
    person.email = email
    person.full_clean()
    person.save(update_fields=["email"])
    _forget_old_addresses(person)
    _log(by, person, CHANGE, {"changed": {"fields": ["email"]}})
    return person


def log_link(*, by: User, person: User) -> None:
    """Keep that somebody was given a way in."""
    _log(by, person, CHANGE, {"changed": {"fields": ["sign-in link"], "object": "made"}})


@transaction.atomic
def change_own_settings(*, person: User, full_name: str, email: str, language: str) -> User:
    """A person's own name, address and language."""
    person.first_name, person.last_name = full_name, ""
    person.email, person.language = email, language
    person.full_clean()
    person.save(update_fields=["first_name", "last_name", "email", "language"])
    _forget_old_addresses(person)
    return person


def keep_own_language(*, person: User, language: str) -> None:
    """The language chosen in the menu of any page."""
    person.language = language
    person.save(update_fields=["language"])


def _forget_old_addresses(person: User) -> None:
    # allauth keeps addresses of its own for people who came by OpenID Connect, and would go on
    # sending the links for forgotten passwords there.
    from allauth.account.models import EmailAddress

    EmailAddress.objects.filter(user=person).exclude(email__iexact=person.email).delete()


def _bear(person: User, role: Role) -> None:
    person.is_staff = person.is_superuser = role is Role.ADMIN


def _group(role: Role) -> Group:
    return Group.objects.get_or_create(name=role.group)[0]


def _locked(person: User) -> User:
    # All admins are locked in one order: two of them stepping down at once wait for each other.
    list(active_admins().select_for_update(of=("self",)).order_by("pk"))
    return User.objects.select_for_update(of=("self",)).get(pk=person.pk)


def _keep_an_admin(person: User) -> None:
    admins = set(active_admins().values_list("pk", flat=True))
    if admins == {person.pk}:
        raise LastAdminError


def _log(by: User, person: User, flag: int, change: dict[str, object]) -> None:
    people = User.objects.filter(pk=person.pk)
    LogEntry.objects.log_actions(by.pk, people, flag, change_message=[change])
