"""The role kept on the account follows the groups, from whichever side they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group

from diplowatch.accounts.models import User
from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def group(role: Role) -> Group:
    return Group.objects.get(name=role.group)


def kept(person: User) -> Role:
    return role_of(User.objects.get(pk=person.pk))


def test_the_highest_group_counts() -> None:
    person = User.objects.create_user("somebody")
    assert kept(person) is Role.READER
    person.groups.add(group(Role.ANNOTATOR), group(Role.EDITOR))
    assert kept(person) is role_of(person) is Role.EDITOR
    person.groups.remove(group(Role.EDITOR))
    assert kept(person) is Role.ANNOTATOR
    person.groups.clear()
    assert kept(person) is Role.READER


def test_changes_from_the_groups_side_count_too() -> None:
    person = User.objects.create_user("somebody")
    editors = group(Role.EDITOR)
    editors.user_set.add(person)
    assert kept(person) is Role.EDITOR
    editors.user_set.clear()
    assert kept(person) is Role.READER


def test_superusers_are_admins_and_closed_accounts_nobody() -> None:
    assert role_of(User.objects.create_superuser("root")) is Role.ADMIN
    assert role_of(User(username="gone", is_active=False)) is Role.ANONYMOUS


def test_asking_costs_no_query(
    editor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = User.objects.get(pk=editor.pk)
    with django_assert_num_queries(0):
        assert role_of(person) is Role.EDITOR
