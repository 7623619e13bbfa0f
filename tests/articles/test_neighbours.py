"""Before and after an article, in the order of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db.models import F
from django.utils import timezone

from articles.models import Article, Collection, Word
from articles.queries.listing import ListQuery
from articles.queries.neighbours import find_place
from articles.queries.shelves import visible_shelves
from articles.text.snippets import HitFinder
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from diplowatch.accounts.models import User


def test_walking_on_meets_every_article_once_and_back_again(
    reader: User, make_article: MakeArticle
) -> None:
    dates = ("2021-10", "2021-10", "2021", "2020-05-01", "2021-10-03")
    for number, date in enumerate(dates):
        make_article(f" date {date} Le texte numéro {number}.\n")
    make_article("Un texte sans date, tout court.\n")
    newest_first = list(Article.objects.order_by("-date_key", "-pk"))
    walked = [newest_first[0]]
    while (found := find_place(visible_shelves(reader).ids, walked[-1], "").next) is not None:
        walked.append(Article.objects.get(pk=found.pk))
    assert walked == newest_first
    back = [walked[-1]]
    while (found := find_place(visible_shelves(reader).ids, back[-1], "").previous) is not None:
        back.append(Article.objects.get(pk=found.pk))
    assert back == newest_first[::-1]


def test_what_may_not_be_read_is_no_neighbour(
    reader: User, make_article: MakeArticle, closed_shelf: Collection, news: Article
) -> None:
    make_article(" date 2021-10 Un secret bien gardé.\n", collection=closed_shelf)
    assert find_place(visible_shelves(reader).ids, news, "")[:2] == (None, None)


def test_a_search_gives_its_own_order_and_what_was_meant(
    reader: User, make_article: MakeArticle
) -> None:
    first = make_article(" date 2021-10 Antony Blinken a parlé. Blinken encore, Blinken.\n")
    second = make_article(" date 2021-11 Un mot de Blinken, à la fin de ce texte plus long.\n")
    make_article(" date 2021-12 Rien de tout cela.\n")
    Word.objects.create(word="blinken", passages=2)
    place = find_place(visible_shelves(reader).ids, first, "q=Bliken")
    assert (place.previous, place.next and place.next.pk) == (None, second.pk)
    assert HitFinder(place.wanted, "fr").ranges("Antony Blinken") == [(7, 14)]


def test_a_text_opened_from_a_search_does_not_search_again(
    reader: User,
    make_article: MakeArticle,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    made = [make_article(f"Un mot de Blinken, le {number}.\n") for number in range(3)]
    visible = visible_shelves(reader).ids
    listed = "q=Blinken&sort=imported"
    ListQuery.from_string(listed).page(visible)
    with django_assert_max_num_queries(1):
        place = find_place(visible, made[1], listed)
    assert place.previous is not None
    assert place.next is not None
    assert (place.previous.pk, place.next.pk) == (made[2].pk, made[0].pk)
    made[0].removed = timezone.now()
    made[0].save()
    assert find_place(visible, made[1], listed).next is None
    new = make_article("Un autre mot de Blinken.\n")
    assert find_place(visible, new, listed).next is not None


@pytest.mark.parametrize("sort", ["newest", "oldest", "title", "imported"])
def test_the_order_of_the_list_is_followed(
    reader: User, make_article: MakeArticle, sort: str
) -> None:
    for number, title in enumerate(("Éclat", "abri", "Zone", "école", "Abri")):
        date = f"date 2021-0{number % 3 + 1} " if number % 2 else ""
        make_article(f' {date}title "{title}" Le texte {number}.\n')
    oldest = (F("date").asc(nulls_last=True), "pk")
    key = {"title": ("title_key", "pk"), "imported": ("-pk",), "oldest": oldest}
    wanted = list(Article.objects.order_by(*key.get(sort, ("-date_key", "-pk"))))
    visible = visible_shelves(reader).ids
    for at, article in enumerate(wanted):
        place = find_place(visible, article, f"sort={sort}")
        assert (place.previous and place.previous.pk) == ((at and wanted[at - 1].pk) or None)
        assert (place.next and place.next.pk) == (wanted[at + 1].pk if at < 4 else None)


def test_filters_of_the_list_hold(reader: User, make_article: MakeArticle) -> None:
    newest, middle, oldest = (
        make_article(f" date 2021-0{month} Le texte du mois {month}.\n") for month in (3, 2, 1)
    )
    Article.objects.filter(pk=middle.pk).update(status="proofread")
    place = find_place(visible_shelves(reader).ids, newest, "status=raw")
    assert place.next is not None
    assert place.next.pk == oldest.pk
