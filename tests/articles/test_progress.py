"""The progress page: what it counts, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
import pytest

from articles.models import Activity, Article, Membership, Status
from articles.queries.progress import people_progress, progress_by, sum_of
from articles.queries.shelves import visible_shelves
from articles.text.reading import Choices
from tests.annotations.history.acting import correct
from tests.conftest import INTERVIEW, NEWS, MakeArticle

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

    from articles.models import Collection
    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts(make_article: MakeArticle, closed_shelf: Collection) -> None:
    first = make_article(NEWS, choices=Choices(source="Agence A"))
    make_article(INTERVIEW, choices=Choices(source="Agence B"))
    make_article(NEWS + "\nUne fin.\n", choices=Choices(source="Agence A"))
    make_article(NEWS, collection=closed_shelf, choices=Choices(source="Secret"))
    Article.objects.filter(pk=first.pk).update(status=Status.PROOFREAD)


@pytest.mark.usefixtures("texts")
def test_counts_each_source_by_status(reader: User) -> None:
    rows = {row.value: row for row in progress_by("source", visible_shelves(reader))}
    assert set(rows) == {"Agence A", "Agence B"}
    assert rows["Agence A"].counts == {"proofread": 1, "raw": 1}
    assert (rows["Agence A"].percent, rows["Agence B"].percent) == (50, 0)
    assert sum_of(list(rows.values())).total == 3
    assert rows["Agence A"].bars() == [("proofread", 0.0, 50.0), ("raw", 50.0, 50.0)]


@pytest.mark.usefixtures("texts")
def test_members_see_their_collection_too(reader: User, closed_shelf: Collection) -> None:
    Membership.objects.create(collection=closed_shelf, user=reader)
    assert "Secret" in {row.value for row in progress_by("source", visible_shelves(reader))}


@pytest.mark.usefixtures("texts")
def test_people_are_counted_where_one_may_read(reader: User, admin: User) -> None:
    [mine] = people_progress(visible_shelves(reader))
    [everything] = people_progress(visible_shelves(admin))
    assert (mine.name, mine.imported, everything.imported) == ("tests", 3, 4)


@pytest.mark.usefixtures("texts")
def test_acts_on_many_texts_count_as_many(
    editor: User, reader: User, admin: User, closed_shelf: Collection,
    sign_in: Callable[[User | None], Client],
) -> None:  # fmt: skip
    Membership.objects.create(collection=closed_shelf, user=editor, role=3)
    client = sign_in(editor)
    all_texts = {"article": list(Article.objects.values_list("pk", flat=True))}
    client.post("/articles/bulk", all_texts | {"act": "status", "status": "in_progress"})
    client.post("/articles/bulk", all_texts | {"act": "tag", "tags": "ONU"})
    for person, number in ((reader, 3), (admin, 4)):
        mine = people_progress(visible_shelves(person))[0]
        assert (mine.name, mine.statuses, mine.changes) == ("editor", number, number)


@pytest.mark.usefixtures("texts")
@pytest.mark.parametrize("group", ["source", "collection", "month", "language", "nonsense"])
def test_page(
    reader: User,
    sign_in: Callable[[User | None], Client],
    group: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = sign_in(reader)
    with django_assert_max_num_queries(7):
        response = client.get("/progress/", {"by": group})
    assert response.status_code == 200
    page = lxml.html.fromstring(response.content)
    [table, _people] = page.cssselect("main table")
    numbers = [cell.text_content() for cell in table.cssselect("tbody td:last-child")]
    assert sum(int(number) for number in numbers) == 3
    assert "Secret" not in response.content.decode()


def test_nothing_yet(reader: User, sign_in: Callable[[User | None], Client]) -> None:
    assert sign_in(reader).get("/progress/").status_code == 200


def test_an_account_is_needed(sign_in: Callable[[User | None], Client]) -> None:
    assert sign_in(None).get("/progress/").status_code == 302
    assert sign_in(None).post("/progress/").status_code == 405


def test_corrections_and_what_is_said_are_counted_private_notes_are_not(
    make_article: MakeArticle, editor: User, annotator: User, reader: User
) -> None:
    articles = [make_article(), make_article(NEWS + "\nUne fin.\n")]
    for article in articles:
        correct(article, "Anthony Blingen", "Antony Blinken", editor)
    both = {"articles": [article.pk for article in articles]}
    Activity.objects.create(actor=editor, verb="correct", data=both)
    Activity.objects.create(actor=annotator, verb="annotate", article=articles[0])
    Activity.objects.create(actor=reader, verb="annotate", article=articles[0], private=True)
    people = {one.name: one for one in people_progress(visible_shelves(editor))}
    assert (people["editor"].corrections, people["editor"].said) == (4, 0)
    assert (people["annotator"].corrections, people["annotator"].said) == (0, 1)
    assert "reader" not in people
