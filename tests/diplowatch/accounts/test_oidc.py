"""Signing in with the organisation's account, against a small OpenID provider of our own."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from diplowatch.accounts.models import User
from diplowatch.lib.roles import Role, role_of
from tests.conftest import PASSWORD
from tests.diplowatch.accounts.test_pages import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper


class Provider(BaseHTTPRequestHandler):
    """Discovery, token and user information; nobody types a password here."""

    person: dict[str, Any] = {}
    asked: dict[str, list[str]] = {}

    def do_GET(self) -> None:
        host = f"http://{self.headers['Host']}"
        if self.path.startswith("/.well-known/"):
            names = ("authorization", "token", "userinfo")
            answer: dict[str, Any] = {f"{name}_endpoint": f"{host}/{name}" for name in names}
            self.say(answer | {"issuer": host})
        else:
            self.say(type(self).person)

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        type(self).asked = parse_qs(self.rfile.read(size).decode())
        self.say({"access_token": "token", "token_type": "Bearer"})

    def say(self, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def provider(settings: SettingsWrapper, db: None) -> Iterator[type[Provider]]:
    """The provider, and the settings that name it."""
    server = HTTPServer(("127.0.0.1", 0), Provider)
    Thread(target=server.serve_forever, daemon=True).start()
    app = {"provider_id": "sso", "name": "Ministère", "client_id": "us", "secret": "secret"}
    address = f"http://127.0.0.1:{server.server_port}"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [app | {"settings": {"server_url": address}}],
        }
    }
    Provider.person = {"sub": "42", "email": "reader@example.org", "email_verified": True}
    yield Provider
    server.shutdown()
    server.server_close()


def come_in(client: Client) -> HttpResponse:
    """Press the button, be sent to the provider, come back with a code."""
    sent = client.post("/accounts/oidc/sso/login/")
    target = urlsplit(sent["Location"])
    assert target.path == "/authorization"
    asked = parse_qs(target.query)
    assert asked["code_challenge_method"] == ["S256"]
    back = {"code": "code", "state": asked["state"][0]}
    return client.get("/accounts/oidc/sso/login/callback/", back, follow=True)


def who(client: Client) -> User | None:
    pk = client.session.get("_auth_user_id")
    return None if pk is None else User.objects.get(pk=pk)


def test_an_invited_person_comes_into_their_account(
    provider: type[Provider], client: Client, reader: User
) -> None:
    come_in(client)
    assert who(client) == reader
    assert provider.asked["code_verifier"]
    again = Client()
    come_in(again)
    assert who(again) == reader
    assert User.objects.count() == 1


def test_the_first_sign_in_voids_the_password_and_says_so_once(
    provider: type[Provider], client: Client, reader: User
) -> None:
    told = page_of(come_in(client)).xpath("//@data-level")
    assert told.count("warning") == 1
    reader.refresh_from_db()
    assert not reader.has_usable_password()
    answer = Client().post("/accounts/login/", {"login": "reader", "password": PASSWORD})
    assert answer.status_code == 200
    again = page_of(come_in(Client())).xpath("//@data-level")
    assert again.count("warning") == 0


def test_a_password_chosen_after_the_first_sign_in_works_on(
    provider: type[Provider], client: Client, reader: User
) -> None:
    come_in(client)
    reader.refresh_from_db()
    reader.set_password(PASSWORD)
    reader.save()
    come_in(Client())
    answer = Client().post("/accounts/login/", {"login": "reader", "password": PASSWORD})
    assert answer.status_code == 302


def test_an_address_that_is_not_verified_opens_nobodys_account(
    provider: type[Provider], client: Client, reader: User
) -> None:
    provider.person["email_verified"] = False
    answer = come_in(client)
    assert who(client) is None
    assert answer.status_code in {200, 403}
    assert "account/signup_closed.html" in {template.name for template in answer.templates}


def test_strangers_stay_out(provider: type[Provider], client: Client, reader: User) -> None:
    provider.person |= {"email": "somebody@example.org"}
    answer = come_in(client)
    assert who(client) is None
    assert "account/signup_closed.html" in {template.name for template in answer.templates}
    assert User.objects.count() == 1


def test_newcomers_get_the_role_that_is_set_for_them(
    provider: type[Provider], client: Client, settings: SettingsWrapper
) -> None:
    settings.OIDC_ROLE = "annotator"
    provider.person |= {"email": "somebody@example.org", "preferred_username": "somebody"}
    come_in(client)
    user = who(client)
    assert user is not None
    assert user.username == "somebody"
    assert role_of(user) is Role.ANNOTATOR
    assert not user.is_staff


def test_a_newcomer_with_somebodys_address_unverified_gets_no_second_account(
    provider: type[Provider], client: Client, reader: User, settings: SettingsWrapper
) -> None:
    settings.OIDC_ROLE = "reader"
    provider.person["email_verified"] = False
    come_in(client)
    assert who(client) is None
    assert User.objects.count() == 1


def test_a_closed_account_stays_closed(
    provider: type[Provider], client: Client, reader: User
) -> None:
    User.objects.filter(pk=reader.pk).update(is_active=False)
    come_in(client)
    assert who(client) is None


def test_a_forged_way_back_signs_nobody_in(
    provider: type[Provider], client: Client, reader: User
) -> None:
    answer = client.get("/accounts/oidc/sso/login/callback/", {"code": "code", "state": "forged"})
    assert who(client) is None
    assert "socialaccount/authentication_error.html" in {one.name for one in answer.templates}
