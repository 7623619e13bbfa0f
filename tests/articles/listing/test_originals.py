"""Search finds what the machine wrote as well as what it should have been, and says which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from annotations.services.undoing import undo_act
from articles.models import Article, Passage, PassageOriginal
from articles.queries.listing import ListQuery
from articles.services.changes import relearn_words
from articles.services.log import Agent
from articles.services.words import keep_words
from articles.text.lexemes import words_for_slips
from articles.text.operations import Merge, Split, Voice
from tests.annotations.history.acting import anybody, correct, do, texts_of

if TYPE_CHECKING:
    from django.test import Client

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]


def found(article: Article, typed: str) -> list[tuple[int, bool, str]]:
    """The places found: passage, whether by its original words, the words marked."""
    page = ListQuery.from_string(f"q={typed}").page([article.collection_id])
    return [
        (one.number, one.is_original, " ".join(p.text for p in one.pieces if p.is_hit))
        for row in page.rows
        for one in row.snippets
    ]


def test_both_are_found_and_told_apart(news: Article, editor: User) -> None:
    assert found(news, "Blingen") == [(1, False, "Blingen")]
    activity = correct(news, "Anthony Blingen", "Antony Blinken", editor)
    assert found(news, "Blinken") == [(1, False, "Blinken")]
    assert found(news, "Blingen") == [(1, True, "Blingen")]
    assert found(news, "Blingen+mardi") == [(1, True, "mardi Blingen")]
    assert found(news, "%22Anthony+Blingen%22") == [(1, True, "Anthony Blingen")]
    assert found(news, "mardi") == [(1, False, "mardi")]
    undo_act(activity=activity, agent=Agent(editor), allow=anybody)
    assert found(news, "Blingen") == [(1, False, "Blingen")]
    assert not PassageOriginal.objects.exists()


def test_the_words_typed_are_told_apart_from_those_that_are_meant_too(
    news: Article, editor: User
) -> None:
    keep_words(Counter(words_for_slips("Le ministre Blinken a parlé.")))
    correct(news, "Blingen", "Blinken", editor)
    keep_words(Counter(words_for_slips("Blinken")))
    page = ListQuery.from_string("q=Blingen").page([news.collection_id])
    assert [one.shown for one in page.meant] == [("Blinken",)]
    assert found(news, "Blingen") == [(1, True, "Blingen")]


def test_common_words_that_stood_for_others_are_found_as_well(news: Article, editor: User) -> None:
    keep_words(Counter({"qui": 5, "arsay": 5}))
    assert found(news, "quai+d'orsay") == [(1, False, "Qui de Arsay")]
    correct(news, "Qui de Arsay", "ministère", editor)
    keep_words(Counter({"qui": 5, "arsay": 5}))
    assert found(news, "quai+d'orsay") == [(1, True, "Qui de Arsay")]


def test_slips_of_a_speaker_named_otherwise_are_set_right(
    interview: Article, editor: User, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    part = interview.speakers.get(position=1).part
    named = [{"name": name, "part": part} for name in ("Antony Blinken", "Sergueï Lavrov")]
    with django_capture_on_commit_callbacks(execute=True):
        do(interview, editor, Voice(1, *named))
    page = ListQuery.from_string("q=Lavorv").page([interview.collection_id])
    assert [row.id for row in page.rows] == [interview.pk]
    assert [one.shown for one in page.meant] == [("Lavrov",)]


def test_original_words_go_with_their_passage(news: Article, editor: User) -> None:
    correct(news, "Blingen", "Blinken", editor)
    first = texts_of(news)[0]
    at = first.index(" pour")
    do(news, editor, Split(1, at, " ", 0, "paragraph", None, None))
    assert found(news, "Blingen") == [(1, True, "Blingen")]
    assert found(news, "entretiens") == [(4, False, "entretiens")]
    correct(news, "entretiens", "pourparlers", editor)
    assert found(news, "entretiens") == [(4, True, "entretiens")]
    do(news, editor, Merge(1, at, " ", 4, "paragraph", None, None))
    assert found(news, "entretiens") == [(1, True, "entretiens")]
    assert found(news, "Blingen+entretiens") == [(1, True, "Blingen entretiens")]
    assert [row.passage_id for row in PassageOriginal.objects.all()] == [
        Passage.objects.get(article=news, number=1).pk
    ]


def test_several_corrections_of_one_passage_keep_all_originals(news: Article, editor: User) -> None:
    correct(news, "Blingen", "Blinker", editor)
    correct(news, "Blinker", "Blinken", editor)
    correct(news, "Qui de Arsay", "Quai d’Orsay", editor)
    assert found(news, "Blingen+Arsay") == [(1, True, "Arsay Blingen")]
    assert found(news, "Blinker") == []


def test_the_list_says_so_and_leads_to_the_original(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    correct(news, "Blingen", "Blinken", editor)
    headers = {"accept-language": "en"}
    page = sign_in(reader).get("/?q=Blingen", headers=headers).content.decode()
    assert "the machine’s text" in page
    assert "text=original#p1" in page
    assert "the machine’s text" not in (
        sign_in(reader).get("/?q=Blinken", headers=headers).content.decode()
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_another_language_finds_them_still(
    sign_in: SignIn, editor: User, news: Article, language: str
) -> None:
    correct(news, "entretiens", "pourparlers", editor)
    news.language = language
    news.save(update_fields=["language"])
    relearn_words(news)
    assert found(news, "entretiens") == [(1, True, "entretiens")]
