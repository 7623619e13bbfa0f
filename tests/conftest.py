"""The cast of the tests: people in each role, collections, and texts read by the real reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client, TransactionTestCase, override_settings
from django.utils import translation

from articles.models import Article, Collection, ImportBatch, Visibility
from articles.services.log import Agent
from articles.services.store import Entry, store_files
from articles.text.reading import Choices, read_file
from diplowatch.accounts.models import User
from diplowatch.lib.roles import Role
from tests.browser import browser, look, open_browser, page, visits
from tests.leaving import empty_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["browser", "look", "open_browser", "page", "visits"]

PASSWORD = "correct horse battery staple"

NEWS = """ date 2021-10 Le Qui de Arsay a reçu mardi Anthony Blingen pour des entretiens sur l’OCDE.

Les deux ministres ont parlé du Sahel. « Nous avons avancé », a dit le ministre.

La réunion de New York avait échoué en septembre.
"""
INTERVIEW = """ date 2021-10 France 2 : Avez-vous compris que la France s'est sentie trahie ?

Antony Blinken : "J'ai bien compris. On aurait dû mieux communiquer".

On s'attendait à un meilleur dialogue entre nos deux pays ?

"Justement, on fait mieux depuis quelques semaines".
"""


@pytest.fixture(autouse=True, scope="session")
def _plain_settings() -> Iterator[None]:
    """Tests need no collected, hashed files; and fast password hashes do."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    storages = settings.STORAGES | {"staticfiles": plain}
    with override_settings(STORAGES=storages, PASSWORD_HASHERS=quick):
        yield


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """A request leaves its language to the thread: the next test does not begin with it."""
    translation.deactivate()


@pytest.fixture(autouse=True, scope="session")
def _quick_flush() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_tables)
        yield


def make_user(username: str, role: Role) -> User:
    """A person with a global role and a usable password."""
    admin = role is Role.ADMIN
    user = User.objects.create_user(
        username, f"{username}@example.org", PASSWORD, is_staff=admin, is_superuser=admin
    )
    user.groups.add(Group.objects.get(name=role.group))
    return user


@pytest.fixture
def reader(db: None) -> User:
    """Reads; may make private highlights and notes."""
    return make_user("reader", Role.READER)


@pytest.fixture
def annotator(db: None) -> User:
    """Says things about the text."""
    return make_user("annotator", Role.ANNOTATOR)


@pytest.fixture
def editor(db: None) -> User:
    """Corrects and imports."""
    return make_user("editor", Role.EDITOR)


@pytest.fixture
def admin(db: None) -> User:
    """May do everything."""
    return make_user("admin", Role.ADMIN)


@pytest.fixture
def stranger(db: None) -> User:
    """An editor who is no member of the members' collection."""
    return make_user("stranger", Role.EDITOR)


@pytest.fixture
def sign_in() -> Callable[[User | None], Client]:
    """A client signed in as somebody (None: anonymous)."""

    def signed_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def shelf(db: None) -> Collection:
    """A public collection."""
    return Collection.objects.create(name="Dépêches")


@pytest.fixture
def closed_shelf(db: None) -> Collection:
    """A collection for its members; it has none until a test adds them."""
    return Collection.objects.create(name="Réservé", visibility=Visibility.MEMBERS)


def store_text(
    text: str, *, collection: Collection, name: str, choices: Choices | None = None
) -> Article:
    """Read and store a text."""
    batch = ImportBatch.objects.create(collection=collection, agent="tests", state="done")
    stored, _words = store_files(
        [Entry(read_file(name, text.encode(), choices or Choices()))],
        collection=collection, batch=batch, agent=Agent(name="tests"),
    )  # fmt: skip
    return Article.objects.get(pk=stored[0].article_id)


class MakeArticle(Protocol):
    """Store a text as an import would."""

    def __call__(
        self, text: str = NEWS, *, collection: Collection | None = None, name: str = "a.txt",
        choices: Choices = ...,
    ) -> Article: ...  # fmt: skip


@pytest.fixture
def make_article(db: None, shelf: Collection) -> MakeArticle:
    """Read and store a text; in the public collection unless another is named."""

    def make(
        text: str = NEWS,
        *,
        collection: Collection | None = None,
        name: str = "a.txt",
        choices: Choices = Choices(),  # noqa: B008 - frozen
    ) -> Article:
        return store_text(text, collection=collection or shelf, name=name, choices=choices)

    return make


@pytest.fixture
def news(make_article: MakeArticle) -> Article:
    """A short article of October 2021, three passages."""
    return make_article(NEWS, name="news.txt")


@pytest.fixture
def interview(make_article: MakeArticle) -> Article:
    """An interview of October 2021, two exchanges."""
    return make_article(INTERVIEW, name="interview.txt")
