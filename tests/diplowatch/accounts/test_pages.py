"""The account pages: what is there, what is closed, and what a form says when it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.test import Client
from lxml import html

from diplowatch.accounts.models import User
from diplowatch.lib.roles import Role, role_of
from tests.conftest import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

NEW = "Quai d’Orsay, 37"


def page_of(answer: HttpResponse) -> html.HtmlElement:
    return html.fromstring(answer.content)


def errors_of(answer: HttpResponse, field: str) -> str:
    """The text of the errors that the input itself points to."""
    page = page_of(answer)
    named = page.get_element_by_id(f"id_{field}").get("aria-describedby", "").split()
    return " ".join(page.get_element_by_id(name).text_content().strip() for name in named)


def test_signing_in_by_name_and_by_address(client: Client, reader: User) -> None:
    for name in ("reader", "reader@example.org"):
        answer = client.post("/accounts/login/", {"login": name, "password": PASSWORD})
        assert answer["Location"] == "/"
        client.post("/accounts/logout/")


def test_a_wrong_password_is_said_without_telling_who_exists(client: Client, reader: User) -> None:
    said = []
    for name in ("reader", "nobody"):
        answer = client.post("/accounts/login/", {"login": name, "password": "wrong"})
        said.append(page_of(answer).find_class("form-errors")[0].text_content().strip())
    assert said[0] == said[1] != ""


def test_six_wrong_passwords_are_too_many_even_with_the_right_one_next(
    client: Client, reader: User
) -> None:
    for _attempt in range(6):
        client.post("/accounts/login/", {"login": "reader", "password": "wrong"})
    answer = client.post("/accounts/login/", {"login": "reader", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert page_of(answer).find_class("form-errors")


def test_where_one_wanted_to_go_survives_the_sign_in_but_not_other_sites(
    client: Client, reader: User
) -> None:
    fields = {"login": "reader", "password": PASSWORD}
    answer = client.post("/accounts/login/", fields | {"next": "/accounts/settings/"})
    assert answer["Location"] == "/accounts/settings/"
    client.post("/accounts/logout/")
    answer = client.post("/accounts/login/", fields | {"next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_a_closed_account_cannot_sign_in_and_is_signed_out(
    admin: User, reader: User, sign_in: Callable[[User | None], Client]
) -> None:
    there = sign_in(reader)
    assert there.get("/accounts/settings/").status_code == 200
    sign_in(admin).post(f"/accounts/people/{reader.pk}/close")
    assert there.get("/accounts/settings/").status_code == 302
    anew = Client()
    anew.post("/accounts/login/", {"login": "reader", "password": PASSWORD})
    assert "_auth_user_id" not in anew.session
    assert User.objects.filter(pk=reader.pk).exists()


def test_a_forgotten_password_comes_by_mail(client: Client, reader: User) -> None:
    client.post("/accounts/password/reset/", {"email": "reader@example.org"})
    (letter,) = mail.outbox
    link = next(word for word in letter.body.split() if "/accounts/password/reset/key/" in word)
    form = client.get(link.replace("http://testserver", ""), follow=True)
    chosen = client.post(
        form.request["PATH_INFO"], {"password1": NEW, "password2": NEW}, follow=True
    )
    assert chosen.status_code == 200
    reader.refresh_from_db()
    assert reader.check_password(NEW)


def test_no_mail_goes_to_addresses_nobody_has(client: Client, reader: User) -> None:
    known = client.post("/accounts/password/reset/", {"email": "reader@example.org"})
    unknown = client.post("/accounts/password/reset/", {"email": "other@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "confirm-email/", "2fa/webauthn/", "3rdparty/", "password/"]
)
def test_what_this_house_does_not_use_is_closed(
    path: str, editor: User, sign_in: Callable[[User | None], Client]
) -> None:
    for person in (None, editor):
        assert sign_in(person).get(f"/accounts/{path}").status_code == 404


def test_errors_are_tied_to_their_input(
    reader: User, sign_in: Callable[[User | None], Client]
) -> None:
    fields = {"oldpassword": "wrong", "password1": NEW, "password2": "other"}
    answer = sign_in(reader).post("/accounts/password/change/", fields)
    assert errors_of(answer, "oldpassword")
    assert errors_of(answer, "password2")


def test_settings_keep_name_address_and_language(
    reader: User, sign_in: Callable[[User | None], Client]
) -> None:
    client = sign_in(reader)
    fields = {"full_name": "Jeanne Léger", "email": "reader@example.org", "language": "en"}
    answer = client.post("/accounts/settings/", fields)
    assert answer.cookies["language"].value == "en"
    reader.refresh_from_db()
    assert (str(reader), reader.language) == ("Jeanne Léger", "en")


def test_ones_own_address_is_changed_after_the_password_was_given_again(
    reader: User, sign_in: Callable[[User | None], Client]
) -> None:
    EmailAddress.objects.create(user=reader, email=reader.email, primary=True)
    client = sign_in(reader)
    fields = {"full_name": "Jeanne", "email": "j@example.org", "language": "en"}
    asked = client.post("/accounts/settings/", fields)
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    reader.refresh_from_db()
    assert reader.email == "reader@example.org"
    assert client.post(asked["Location"], {"password": "wrong"}).status_code == 200
    answer = client.post(asked["Location"], {"password": PASSWORD})
    assert answer["Location"] == "/accounts/settings/"
    reader.refresh_from_db()
    assert (reader.email, str(reader)) == ("j@example.org", "Jeanne")
    assert not EmailAddress.objects.filter(email="reader@example.org").exists()


def test_a_link_for_a_forgotten_password_goes_to_the_new_address_only(
    admin: User, reader: User, sign_in: Callable[[User | None], Client]
) -> None:
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
    there = sign_in(admin)
    there.post(f"/accounts/people/{reader.pk}/address", {"email": "new@example.org"})
    for address in ("reader@example.org", "new@example.org"):
        Client().post("/accounts/password/reset/", {"email": address})
    assert [message.to for message in mail.outbox] == [["new@example.org"]]
    assert LogEntry.objects.filter(user=admin, object_id=str(reader.pk)).exists()


def test_an_address_somebody_has_is_refused_to_an_admin_too(
    admin: User, reader: User, sign_in: Callable[[User | None], Client]
) -> None:
    to = f"/accounts/people/{reader.pk}/address"
    answer = sign_in(admin).post(to, {"email": "ADMIN@example.org"})
    assert answer.status_code == 422
    assert errors_of(answer, "email")


def test_with_oidc_only_admins_set_addresses(
    admin: User,
    reader: User,
    sign_in: Callable[[User | None], Client],
    settings: SettingsWrapper,
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    fields = {"full_name": "Jeanne", "email": "minister@example.org", "language": "en"}
    client = sign_in(reader)
    assert (
        page_of(client.get("/accounts/settings/")).get_element_by_id("id_email").get("disabled")
        is not None
    )
    answer = client.post("/accounts/settings/", fields)
    assert answer["Location"] == "/accounts/settings/"
    reader.refresh_from_db()
    assert (reader.email, str(reader)) == ("reader@example.org", "Jeanne")
    asked = sign_in(admin).post("/accounts/settings/", fields)
    assert asked["Location"].startswith("/accounts/reauthenticate/")


def test_somebody_elses_address_is_refused(
    reader: User, editor: User, sign_in: Callable[[User | None], Client]
) -> None:
    fields = {"full_name": "", "email": "EDITOR@example.org", "language": "fr"}
    answer = sign_in(reader).post("/accounts/settings/", fields)
    assert answer.status_code == 422
    assert errors_of(answer, "email")


def test_the_language_of_the_account_comes_to_a_new_browser(client: Client, reader: User) -> None:
    User.objects.filter(pk=reader.pk).update(language="en")
    answer = client.post("/accounts/login/", {"login": "reader", "password": PASSWORD})
    assert answer.cookies["language"].value == "en"


def test_the_language_menu_is_kept_with_the_account(
    reader: User, sign_in: Callable[[User | None], Client]
) -> None:
    sign_in(reader).post("/i18n/setlang/", {"language": "en", "next": "/"})
    reader.refresh_from_db()
    assert reader.language == "en"


def test_an_unknown_language_is_not_kept(
    reader: User, sign_in: Callable[[User | None], Client]
) -> None:
    sign_in(reader).post("/i18n/setlang/", {"language": "xx", "next": "/"})
    reader.refresh_from_db()
    assert reader.language == ""


def test_an_invited_person_gets_in_by_the_link_shown(
    admin: User, sign_in: Callable[[User | None], Client]
) -> None:
    fields = {"username": "claire", "full_name": "Claire B.", "email": "", "role": "3"}
    answer = sign_in(admin).post("/accounts/people/invite/", fields)
    link = page_of(answer).get_element_by_id("link").get("value")
    claire = Client()
    assert claire.post(link).status_code == 302
    assert role_of(User.objects.get(username="claire")) is Role.EDITOR
    assert claire.session["_auth_user_id"]


def test_a_name_that_is_taken_is_refused(
    admin: User, reader: User, sign_in: Callable[[User | None], Client]
) -> None:
    answer = sign_in(admin).post("/accounts/people/invite/", {"username": "READER", "role": "1"})
    assert answer.status_code == 422
    assert errors_of(answer, "username")


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR, Role.ADMIN])
def test_a_role_is_changed_and_the_act_kept(
    role: Role, admin: User, annotator: User, sign_in: Callable[[User | None], Client]
) -> None:
    sign_in(admin).post(f"/accounts/people/{annotator.pk}/role", {"role": int(role)})
    after = User.objects.get(pk=annotator.pk)
    assert role_of(after) is role
    assert after.is_superuser == after.is_staff == (role is Role.ADMIN)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (admin, str(annotator.pk))


@pytest.mark.parametrize("act", ["close", "role"])
def test_the_last_admin_can_not_be_locked_out(
    act: str, admin: User, sign_in: Callable[[User | None], Client]
) -> None:
    answer = sign_in(admin).post(f"/accounts/people/{admin.pk}/{act}", {"role": "1"})
    assert answer.status_code == 409
    admin = User.objects.get(pk=admin.pk)
    assert admin.is_active
    assert role_of(admin) is Role.ADMIN


def test_one_of_two_admins_may_step_down(
    admin: User, editor: User, sign_in: Callable[[User | None], Client]
) -> None:
    client = sign_in(admin)
    client.post(f"/accounts/people/{editor.pk}/role", {"role": "4"})
    client.post(f"/accounts/people/{admin.pk}/role", {"role": "1"})
    assert role_of(User.objects.get(pk=admin.pk)) is Role.READER
    assert client.get("/accounts/people/").status_code == 403


def test_people_are_listed_in_a_fixed_number_of_queries(
    admin: User,
    reader: User,
    sign_in: Callable[[User | None], Client],
    django_assert_num_queries: Callable[..., object],
) -> None:
    client = sign_in(admin)
    client.get("/accounts/people/")
    for number in range(5):
        User.objects.create_user(f"p{number}")
    with django_assert_num_queries(5):  # type: ignore[attr-defined]  # a context manager
        client.get("/accounts/people/")


def test_the_admin_site_sends_people_to_the_sign_in_page(client: Client, db: None) -> None:
    answer = client.get("/admin/login/?next=/admin/")
    assert answer["Location"] == "/accounts/login/?next=/admin/"


def test_organisations_sign_in_is_offered_when_it_is_set(
    client: Client, db: None, settings: SettingsWrapper
) -> None:
    assert b"/accounts/oidc/sso/login/" not in client.get("/accounts/login/").content
    app = {"provider_id": "sso", "name": "Ministère", "client_id": "a", "secret": "b"}
    app |= {"settings": {"server_url": "https://sso.example.org"}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    page = page_of(client.get("/accounts/login/"))
    (form,) = [form for form in page.forms if "oidc/sso/login" in (form.action or "")]
    assert form.method == "POST"
