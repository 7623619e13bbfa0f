"""The bar on top: nobody is offered what only leads to the sign-in page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
import pytest

from tests.annotations.speaking import make_entity

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from articles.models import Article
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


def test_where_there_is_nothing_to_go_to_there_is_no_menu(
    sign_in: Callable[[User | None], Client], settings: SettingsWrapper, reader: User
) -> None:
    settings.PUBLIC_READING = False
    page = lxml.html.fromstring(sign_in(None).get("/accounts/login/").content)
    assert not page.cssselect(".bar-menu")
    page = lxml.html.fromstring(sign_in(reader).get("/").content)
    assert page.cssselect(".bar-menu")


def test_each_role_is_offered_what_it_may_do(
    reader: User, editor: User, sign_in: Callable[[User | None], Client]
) -> None:
    assert "/progress/" in links(sign_in(reader), "/")
    assert set(links(sign_in(reader), "/")) <= PUBLIC | {"/progress/"}
    assert {"/import/", "/find/"} <= set(links(sign_in(editor), "/"))


def searched(client: Client, path: str) -> str:
    page = lxml.html.fromstring(client.get(path).content)
    return str(page.get_element_by_id("search").get("value") or "")


def test_the_search_shows_the_words_of_the_list_alone(
    editor: User, sign_in: Callable[[User | None], Client], news: Article
) -> None:
    client = sign_in(editor)
    assert searched(client, "/?q=Blingen") == "Blingen"
    for asked in ("?q=Blingen", "?in=q%3DBlingen", "exchanges?q=Blingen"):
        assert searched(client, f"/articles/{news.pk}/{asked}") == "Blingen"
    entity = make_entity("Antony Blinken")
    for path in ("", f"{entity.pk}/merge", f"{entity.pk}/answers", f"{entity.pk}/annotations"):
        assert searched(client, f"/entities/{path}?q=Blingen") == ""
    for path in ("/annotations/", "/tags/", "/collections/", "/activity/", "/nowhere/"):
        assert searched(client, f"{path}?q=Blingen") == ""
