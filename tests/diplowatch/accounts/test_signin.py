"""One-time sign-in links."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from diplowatch.accounts.models import User
from diplowatch.accounts.signin import ensure_first_admin, make_signin_link, tokens
from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

PASSWORD = "Quai d’Orsay, 37"


def link_of(user: User) -> str:
    return make_signin_link(user, "http://testserver/")


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_following_the_link_signs_nobody_in_before_the_button(client: Client, reader: User) -> None:
    answer = client.get(link_of(reader))
    assert answer.status_code == 200
    assert signed_in_as(client) is None


@pytest.mark.django_db
def test_the_button_signs_in_and_leads_to_choosing_a_password(client: Client) -> None:
    user = ensure_first_admin()
    answer = client.post(link_of(user))
    assert answer["Location"] == "/accounts/password/set/"
    assert signed_in_as(client) == str(user.pk)
    chosen = client.post(answer["Location"], {"password1": PASSWORD, "password2": PASSWORD})
    assert chosen.status_code == 302
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert signed_in_as(client) == str(user.pk)


def test_a_link_works_once(client: Client, reader: User) -> None:
    link = link_of(reader)
    client.post(link)
    other = Client()
    assert other.get(link).status_code == 410
    assert other.post(link).status_code == 410
    assert signed_in_as(other) is None


def test_a_forgotten_password_can_be_replaced_after_a_link_but_once(
    client: Client, reader: User
) -> None:
    client.post(link_of(reader))
    fields = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/accounts/password/set/", fields).status_code == 302
    again = client.post("/accounts/password/set/", fields)
    assert again["Location"] == "/accounts/password/change/"


def test_without_a_link_a_password_is_changed_not_set(client: Client, reader: User) -> None:
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/accounts/password/set/")
    assert answer["Location"] == "/accounts/password/change/"


@pytest.mark.django_db
def test_two_passwords_that_differ_are_refused(client: Client) -> None:
    client.post(link_of(ensure_first_admin()))
    answer = client.post("/accounts/password/set/", {"password1": PASSWORD, "password2": "x"})
    assert answer.status_code == 422


def test_a_link_grows_old(client: Client, reader: User, settings: SettingsWrapper) -> None:
    link = link_of(reader)
    late = timezone.make_naive(timezone.now()) + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    with patch.object(tokens, "_now", return_value=late + timedelta(minutes=1)):
        assert client.post(link).status_code == 410


@pytest.mark.parametrize("path", ["x/y", "MQ/abc-def", "OTk5OTk5/difeyg-8cdaae834765"])
def test_a_broken_link_says_so(client: Client, reader: User, path: str) -> None:
    assert client.get(f"/accounts/first/{path}/").status_code == 410


def test_a_closed_account_has_no_way_in(client: Client, reader: User) -> None:
    link = link_of(reader)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert client.post(link).status_code == 410


def test_somebody_elses_link_replaces_who_is_signed_in(
    client: Client, reader: User, editor: User
) -> None:
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    client.post(link_of(reader))
    assert signed_in_as(client) == str(reader.pk)


@pytest.mark.django_db
def test_the_first_admin_is_made_once_and_has_no_password() -> None:
    user = ensure_first_admin()
    assert ensure_first_admin() == user
    assert role_of(user) is Role.ADMIN
    assert user.is_staff
    assert not user.has_usable_password()
    assert [group.name for group in user.groups.all()] == ["admin"]


def test_a_house_that_has_an_admin_gets_no_second_one(admin: User) -> None:
    User.objects.filter(pk=admin.pk).update(username="marie")
    assert ensure_first_admin().username == "marie"
    assert User.objects.count() == 1


def test_the_command_prints_a_link_that_works(client: Client, reader: User) -> None:
    out = StringIO()
    call_command("signin_link", "reader", "--base", "http://testserver", stdout=out)
    assert client.post(out.getvalue().strip()).status_code == 302
    assert signed_in_as(client) == str(reader.pk)


@pytest.mark.django_db
def test_the_command_names_an_unknown_person() -> None:
    with pytest.raises(CommandError, match="nobody"):
        call_command("signin_link", "nobody")
