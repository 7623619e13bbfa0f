"""The bar on top: nobody is offered what only leads to the sign-in page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db
PUBLIC = {"/", "/collections/", "/annotations/", "/entities/"}


def links(client: Client, path: str) -> list[str]:
    page = lxml.html.fromstring(client.get(path).content)
    return [link.get("href") for link in page.cssselect("#nav a")]


def test_without_an_account_there_is_nothing_to_go_to(
    sign_in: Callable[[User | None], Client], settings: SettingsWrapper
) -> None:
    settings.PUBLIC_READING = False
    assert links(sign_in(None), "/accounts/login/") == []
    settings.PUBLIC_READING = True
    found = set(links(sign_in(None), "/accounts/login/"))
    assert {"/", "/collections/", "/annotations/"} <= found <= PUBLIC


def test_each_role_is_offered_what_it_may_do(
    reader: User, editor: User, sign_in: Callable[[User | None], Client]
) -> None:
    assert "/progress/" in links(sign_in(reader), "/")
    assert set(links(sign_in(reader), "/")) <= PUBLIC | {"/progress/"}
    assert links(sign_in(editor), "/")[-1] == "/import/"
