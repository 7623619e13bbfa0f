"""The walk over every address as everybody, by every method, against the table in `rights.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from annotations.models import Annotation, Entity, EntityName, KnownWord, Tag
from articles.models import (
    Activity,
    Article,
    Collection,
    ImportBatch,
    Membership,
    StagedFile,
    Visibility,
)
from diplowatch.accounts.models import User
from diplowatch.accounts.signin import tokens
from diplowatch.lib.roles import Role
from tests.conftest import INTERVIEW, NEWS, make_user, store_text
from tests.rights import CAST, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.plugin import DjangoDbBlocker

pytestmark = pytest.mark.django_db
ROLES = {
    "reader": Role.READER, "annotator": Role.ANNOTATOR, "editor": Role.EDITOR, "admin": Role.ADMIN,
    "stranger": Role.EDITOR,
}  # fmt: skip


def routes() -> set[str]:
    """Every address that the house answers."""
    return {_named(route) for route in _walk(get_resolver())}


def _walk(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, route)
        else:
            yield route


def _named(route: str) -> str:
    """The admin's list of apps is written into one of its addresses."""
    start = "admin/^(?P<app_label>"
    return f"{start}{{apps}})/$" if route.startswith(start) else route


def _plain(route: str) -> str:
    """As a match tells it: without the marks that a pattern begins with."""
    bare = route.replace("^", "")
    return "admin/(?P<app_label>" if bare.startswith("admin/(?P<app_label>") else bare


def test_every_address_has_a_row() -> None:
    assert routes() - set(ROWS) == set()


def test_every_row_has_an_address() -> None:
    assert set(ROWS) - routes() == set()


@dataclass(frozen=True)
class House:
    """Everybody, signed in, and what the addresses name, in a closed and a public collection."""

    cast: dict[str, User | None]
    clients: dict[str, Client]
    closed: dict[str, Any]
    public: dict[str, Any]


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """Made once: every request is taken back, and in the end all of this."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield furnished()
        transaction.set_rollback(True)


def furnished() -> House:
    """All but the stranger are members of the closed collection, as what they are."""
    closed = Collection.objects.create(name="Réservé", visibility=Visibility.MEMBERS)
    people = {name: make_user(name, role) for name, role in ROLES.items()}
    for name, role in (("reader", 1), ("annotator", 2), ("editor", 3)):
        Membership.objects.create(collection=closed, user=people[name], role=role)
    cast: dict[str, User | None] = {name: people.get(name) for name in CAST}
    everywhere = things_everywhere(people["editor"])
    inside, outside = (
        everywhere | things_in(collection, people["editor"], people["annotator"])
        for collection in (closed, Collection.objects.create(name="Dépêches"))
    )
    return House(cast, {name: client_of(user) for name, user in cast.items()}, inside, outside)


def client_of(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def things_everywhere(editor: User) -> dict[str, Any]:
    """What is of no collection."""
    entity = Entity.objects.create(kind="person", label_fr="Antony Blinken")
    garbling = EntityName.objects.create(
        entity=entity, name="Blingen", folded="blingen", kind="garbling"
    )
    guest = make_user("guest", Role.READER)
    uid = urlsafe_base64_encode(force_bytes(guest.pk))
    return {
        "tag": Tag.objects.create(name="ONU", folded="onu").pk,
        "entity": entity.pk,
        "garbling": garbling.pk,
        "word": KnownWord.objects.create(text="Kyiv", folded="kyiv").pk,
        "person": editor.pk,
        "link": f"{uid}/{tokens.make_token(guest)}",
    }


def things_in(collection: Collection, editor: User, annotator: User) -> dict[str, Any]:
    """What is of a collection."""
    article = store_text(INTERVIEW, collection=collection, name="i.txt")
    batch = ImportBatch.objects.create(collection=collection, creator=editor, state="staged")
    StagedFile.objects.create(
        batch=batch, position=0, name="a.txt", sha256="0" * 64, data=NEWS.encode(), state="sure"
    )
    annotation = Annotation.objects.create(
        article=article, motivation="commenting", body="À relire", creator=annotator
    )
    return {
        "article": article.pk,
        "activity": Activity.objects.create(actor=editor, verb="details", article=article).pk,
        "annotation": annotation.pk,
        "batch": batch.pk,
        "collection": collection.pk,
        "speaker": article.speakers.earliest("position").pk,
    }


def letter(answer: HttpResponse, method: str) -> str:
    """The letter for what came back."""
    code = answer.status_code
    where = answer.headers.get("Location", "")
    if code in (301, 302, 303) and where.startswith(("/accounts/login/", "/admin/login/")):
        return "s"
    if code < 400 or (code in (400, 409, 410, 422) and method == "post"):
        return "o"
    return {401: "x", 403: "x", 404: "n", 405: "w"}.get(code, str(code))


def agrees(found: str, wanted: str) -> bool:
    return found == wanted or (wanted == "a" and found in "oxnw")


def ask(client: Client, method: str, path: str) -> str:
    """Send one request and take back whatever it changed."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        found = letter(getattr(client, method)(path), method)
        transaction.set_rollback(True)
    client.cookies = cookies
    return found


@pytest.mark.parametrize("route", sorted(ROWS))
def test_everybody_gets_what_the_row_says(route: str, house: House) -> None:
    row = ROWS[route]
    path = row.path.format(**house.closed)
    assert _plain(resolve(path).route) == _plain(route)
    wrong: list[str] = []
    for place, (name, client) in enumerate(house.clients.items()):
        for method, word in (("get", row.get), ("post", row.post)):
            found = ask(client, method, path)
            if not agrees(found, word[place]):
                wrong.append(f"{method} as {name}: {found}, not {word[place]}")
        for method in ("put", "delete"):
            found = ask(client, method, path)
            refused = name != "admin" and found in {"s", "x", "n", "w"}
            if not refused and not any(agrees(found, word) for word in row.wrong):
                wrong.append(f"{method} as {name}: {found}")
    assert not wrong, f"{path}: " + "; ".join(wrong)


@pytest.mark.parametrize("route", sorted(ROWS))
def test_public_reading_opens_public_texts_and_nothing_else(
    route: str, house: House, settings: SettingsWrapper
) -> None:
    settings.PUBLIC_READING = True
    row, client = ROWS[route], house.clients["anonymous"]
    path = row.path.format(**house.public)
    assert ask(client, "get", path) == (row.public or row.get[0])
    assert ask(client, "post", path) == row.post[0]


@pytest.mark.parametrize("route", sorted(route for route, row in ROWS.items() if row.public))
def test_public_reading_keeps_members_texts_closed(
    route: str, house: House, settings: SettingsWrapper
) -> None:
    settings.PUBLIC_READING = True
    row = ROWS[route]
    found = ask(house.clients["anonymous"], "get", row.path.format(**house.closed))
    belongs = "{" in row.path and "{entity}" not in row.path  # entities are of no collection
    assert found == "s" if belongs else found in {"s", "o"}


@pytest.mark.parametrize(("given", "wanted"), [(Role.EDITOR, "o"), (Role.READER, "x")])
def test_the_role_in_a_collection_replaces_the_one_everywhere(
    given: Role, wanted: str, house: House
) -> None:
    name = "reader" if given is Role.EDITOR else "editor"
    members = Membership.objects.filter(collection=house.closed["collection"])
    members.filter(user=house.cast[name]).update(role=given)
    path = f"/articles/{house.closed['article']}/details"
    assert ask(house.clients[name], "get", path) == wanted


@pytest.mark.parametrize(("on", "wanted"), [(True, "o"), (False, "x")])
def test_import_can_be_switched_off_for_editors_but_not_for_admins(
    on: bool, wanted: str, house: House, settings: SettingsWrapper
) -> None:
    settings.EDITORS_IMPORT = on
    assert ask(house.clients["editor"], "get", "/import/") == wanted
    assert ask(house.clients["editor"], "post", "/import/text") == wanted
    assert ask(house.clients["admin"], "get", "/import/") == "o"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("anonymous", "s"), ("reader", "x"), ("annotator", "x"), ("editor", "o"), ("stranger", "n")],
)
def test_acts_on_a_selection_ask_for_rights_on_each_text(
    name: str, wanted: str, house: House
) -> None:
    both = [house.closed["article"], house.public["article"]]
    fields = {"act": "status", "status": "proofread", "article": both}
    assert letter(house.clients[name].post("/articles/bulk", fields), "post") == wanted
    changed = Article.objects.filter(status="proofread").count()
    assert changed == (2 if wanted == "o" else 0)  # all or none
