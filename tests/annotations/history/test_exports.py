"""The corrected source file: imported again it gives the same article."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from articles.models import Article, Passage
from articles.services.log import Agent
from articles.services.restoring import restore_text
from articles.text.operations import Attribute, Merge, Split, Voice
from tests.annotations.history.acting import anybody, correct, do
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import Collection
    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]
SAMPLES = sorted((Path(__file__).parents[3] / "samples").glob("*.txt"))


def as_it_is(article: Article) -> tuple[object, ...]:
    """What importing again must give: kind, title, speakers, passages, roles, exchanges."""
    article.refresh_from_db()
    rows = Passage.objects.filter(article=article).live().order_by("position")
    values = list(rows.values_list("role", "speaker__name", "exchange", "text"))
    numbers: dict[int, int] = {}
    passages = [
        (role, name, numbers.setdefault(pair, len(numbers)) if pair else None, text)
        for role, name, pair, text in values
    ]
    details = (article.kind, article.title, article.date, article.date_precision, article.language)
    return details, passages


@pytest.fixture
def again(
    sign_in: SignIn, reader: User, closed_shelf: Collection, make_article: MakeArticle
) -> object:
    """Take the corrected file away and import it elsewhere."""

    def imported(article: Article) -> Article:
        response = sign_in(reader).get(f"/articles/{article.pk}/source?text=corrected")
        assert response.headers["Content-Disposition"].startswith("attachment")
        name = article.source_file.name
        return make_article(response.content.decode(), collection=closed_shelf, name=name)

    return imported


Again = Callable[[Article], Article]


def test_words_corrected(again: Again, editor: User, news: Article) -> None:
    correct(news, "Qui de Arsay", "Quai d’Orsay", editor)
    correct(news, "Anthony Blingen", "Antony Blinken", editor)
    copy = again(news)
    assert as_it_is(copy) == as_it_is(news)
    assert "date 2021-10 Le Quai d’Orsay" in copy.source_file.text


def test_words_of_an_interview_keep_labels_and_quotation_marks(
    again: Again, editor: User, interview: Article
) -> None:
    correct(interview, "mieux communiquer", "plus parler", editor)
    copy = again(interview)
    assert as_it_is(copy) == as_it_is(interview)
    assert 'Antony Blinken : "J\'ai bien compris. On aurait dû plus parler".' in (
        copy.source_file.text
    )


def test_a_split_a_merge_and_another_speaker(
    again: Again, editor: User, interview: Article
) -> None:
    text = Passage.objects.get(article=interview, number=2).text
    at = text.index(" On aurait")
    do(interview, editor, Split(2, at, " ", 0, "answer", 1, 1))
    assert as_it_is(again(interview)) == as_it_is(interview)
    held = interview.speakers.get(position=0)
    voice = {"name": held.name, "part": held.part}
    do(interview, editor, Voice(0, voice, voice | {"name": "France Inter"}))
    assert as_it_is(again(interview)) == as_it_is(interview)


def test_paragraphs_joined_and_parted(again: Again, editor: User, news: Article) -> None:
    second = Passage.objects.get(article=news, number=2).text
    do(news, editor, Merge(2, len(second), " ", 3, "paragraph", None, None))
    assert as_it_is(again(news)) == as_it_is(news)
    at = second.index(" «")
    do(news, editor, Split(2, at, " ", 0, "paragraph", None, None))
    assert as_it_is(again(news)) == as_it_is(news)


def test_restored_it_is_the_source_again(
    sign_in: SignIn, reader: User, editor: User, interview: Article
) -> None:
    do(
        interview,
        editor,
        Attribute(1, "exchange", 1, None),
        Attribute(1, "role", "question", "note"),
    )
    interview.refresh_from_db()
    restore_text(
        article_id=interview.pk, to=1, seen=interview.revision, agent=Agent(editor), allow=anybody
    )
    response = sign_in(reader).get(f"/articles/{interview.pk}/source?text=corrected")
    assert response.content == interview.source_file.content


def test_details_that_were_changed_are_in_the_header(
    again: Again, editor: User, news: Article
) -> None:
    news.title, news.title_derived = "Une visite à Paris", False
    news.save(update_fields=["title", "title_derived"])
    copy = again(news)
    assert as_it_is(copy) == as_it_is(news)
    assert not copy.title_derived


@pytest.mark.parametrize("path", SAMPLES, ids=[path.name for path in SAMPLES])
def test_untouched_it_is_the_source(
    sign_in: SignIn, reader: User, make_article: MakeArticle, path: Path
) -> None:
    article = make_article(path.read_text(), name=path.name)
    response = sign_in(reader).get(f"/articles/{article.pk}/source?text=corrected")
    assert response.content.decode() == path.read_text()


def test_other_texts_have_no_file(sign_in: SignIn, reader: User, news: Article) -> None:
    assert sign_in(reader).get(f"/articles/{news.pk}/source?text=apparatus").status_code == 404
