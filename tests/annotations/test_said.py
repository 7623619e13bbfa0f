"""What is said of a text, on the reader page: marks, cards, tabs, filters, and who sees what."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from annotations.models import Annotation, EntityIdentifier, Office
from annotations.queries.said import fetch_cards, fetch_marks
from annotations.rendering import render_cards, render_gone, render_passages
from annotations.text.records import date_of
from articles.models import Article, Membership
from diplowatch.lib.roles import Role
from tests.annotations.speaking import make_entity, make_tag, reply, say
from tests.conftest import INTERVIEW, MakeArticle

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import Collection
    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]

READER_QUERIES = 11  # those of the bare page, marks, cards, tags to choose from, who speaks
HOSTILE = "<script>alert(1)</script> & \"'><img src=x onerror=y>"


def page(client: Client, address: str, status: int = 200, language: str = "en") -> html.HtmlElement:
    """The page as a tree."""
    response = client.get(address, headers={"accept-language": language})
    assert response.status_code == status
    return html.document_fromstring(response.content)


def fragment(made: str) -> html.HtmlElement:
    return html.fragment_fromstring(made, create_parent="div")


def marked(tree: html.HtmlElement, annotation: Annotation) -> str:
    """The words under the marks of an annotation."""
    return "".join(
        mark.text_content() for mark in tree.cssselect(f'mark[data-a="{annotation.pk}"]')
    )


def cards_on(tree: html.HtmlElement) -> list[str]:
    return [card.get("data-a") for card in tree.cssselect(".card:not(.reply)")]


def test_marks_and_cards_stand_in_the_order_of_the_text(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    later = say(news, (2, "Sahel"), creator=editor)
    outer = say(news, (1, "mardi Anthony Blingen"), motivation="commenting", creator=editor)
    inner = say(
        news, (1, "Anthony Blingen"), motivation="identifying", creator=editor,
        entity=make_entity("Antony Blinken"), link_status="verified",
    )  # fmt: skip
    tree = page(sign_in(reader), f"/articles/{news.pk}/")
    assert cards_on(tree) == [str(outer.pk), str(inner.pk), str(later.pk)]
    assert marked(tree, outer) == "mardi Anthony Blingen"
    mark = tree.get_element_by_id(f"a-{inner.pk}")
    assert mark.getparent().get("data-a") == str(outer.pk)
    assert mark.get("data-depth") == "2"
    assert mark.get("data-last") is not None
    assert mark.get("aria-description") == "Link: Antony Blinken, person"
    assert {mark.get(f"data-{name}") for name in ("m", "kind", "status", "by")} == {
        "identifying", "person", "verified", str(editor.pk),
    }  # fmt: skip
    texts = list(news.passages.values_list("text", flat=True))
    assert [words.text_content() for words in tree.cssselect(".words")] == texts


def test_a_crossing_is_two_pieces_with_one_name(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    say(news, (1, "Le Qui de Arsay a reçu"), creator=editor)
    crossing = say(news, (1, "a reçu mardi"), motivation="commenting", creator=editor)
    tree = page(sign_in(reader), f"/articles/{news.pk}/")
    pieces = tree.cssselect(f'mark[data-a="{crossing.pk}"]')
    assert [piece.get("id") for piece in pieces] == [f"a-{crossing.pk}", None]
    assert [piece.get("data-last") is not None for piece in pieces] == [False, True]
    assert marked(tree, crossing) == "a reçu mardi"


def test_hits_and_marks_stand_in_each_other(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    made = say(news, (1, "sur l’OCDE"), creator=editor)
    tree = page(sign_in(reader), f"/articles/{news.pk}/?q=ocde+ministres")
    assert [hit.text_content() for hit in tree.cssselect(".hit")] == [
        "OCDE",
        "ministres",
        "ministre",
    ]
    assert tree.get_element_by_id("hit-1").getparent().get("data-a") == str(made.pk)


def test_deep_overlaps_are_counted(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    for _ in range(7):
        say(news, (2, "Sahel"), creator=editor)
    tree = page(sign_in(reader), f"/articles/{news.pk}/")
    depths = [mark.get("data-depth") for mark in tree.cssselect("#p2 mark")]
    assert depths == [None, "2", "3", "4", "5", "5+", "5+"]
    assert [mark.get("data-count") for mark in tree.cssselect("#p2 mark")][-2:] == ["6", "7"]


def test_each_of_thirty_on_the_same_words_has_its_anchor(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    made = {f"a-{say(news, (2, 'Sahel'), creator=editor).pk}" for _ in range(30)}
    tree = page(sign_in(reader), f"/articles/{news.pk}/")
    assert {mark.get("id") for mark in tree.cssselect("#p2 mark")} == made


def test_a_selection_over_passages_is_one_card(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    both = say(news, (1, "sur l’OCDE."), (2, "Les deux ministres"), creator=editor)
    tree = page(sign_in(reader), f"/articles/{news.pk}/")
    assert [mark.get("id") for mark in tree.cssselect("mark")] == [f"a-{both.pk}", None]
    assert [q.text_content() for q in tree.cssselect(".card blockquote")] == [
        "sur l’OCDE.", "Les deux ministres",
    ]  # fmt: skip


def test_hostile_words_stay_words(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    editor.first_name = HOSTILE[:150]
    editor.save()
    note = say(news, (2, "Sahel"), motivation="commenting", body=HOSTILE, creator=editor)
    say(news, (2, "Sahel"), motivation="tagging", tag=make_tag(HOSTILE), creator=editor)
    say(
        news, (2, "Sahel"), motivation="identifying", creator=editor, link_status="verified",
        entity=make_entity(HOSTILE, description_fr=HOSTILE),
    )  # fmt: skip
    reply(note, HOSTILE, creator=editor)
    tree = page(sign_in(reader), f"/articles/{news.pk}/")
    assert not [one for one in tree.cssselect("script") if not one.get("src")]
    assert not tree.cssselect("#main img")
    assert [body.text_content() for body in tree.cssselect(".card .body")] == [HOSTILE, HOSTILE]
    described = tree.get_element_by_id(f"a-{note.pk}").get("aria-description")
    assert described == f"Comment by {HOSTILE}: {HOSTILE}"


class TestPrivate:
    """Private annotations are their owner's alone, replies too."""

    def test_others_do_not_see_them(
        self, sign_in: SignIn, reader: User, admin: User, news: Article
    ) -> None:
        mine = say(news, (2, "Sahel"), creator=reader, private=True)
        for user, seen in ((reader, [str(mine.pk)]), (admin, [])):
            tree = page(sign_in(user), f"/articles/{news.pk}/")
            assert cards_on(tree) == seen
            assert len(tree.cssselect("mark")) == len(seen)
            passages = fragment(render_passages(news, [2], user))
            assert len(passages.cssselect("mark")) == len(seen)
            assert bool(render_cards(news, [str(mine.pk)], user, Role.ADMIN)) == bool(seen)

    def test_private_replies_neither(
        self, sign_in: SignIn, reader: User, editor: User, news: Article
    ) -> None:
        shared = say(news, (2, "Sahel"), motivation="commenting", creator=editor)
        reply(shared, "À moi.", creator=reader, private=True)
        reply(shared, "À tous.", creator=editor)
        seen = page(sign_in(editor), f"/articles/{news.pk}/").cssselect(".reply .body")
        assert [body.text_content() for body in seen] == ["À tous."]
        seen = page(sign_in(reader), f"/articles/{news.pk}/?words=%C3%A0+moi").cssselect(".reply")
        assert len(seen) == 2
        assert not cards_on(page(sign_in(editor), f"/articles/{news.pk}/?words=%C3%A0+moi"))

    def test_a_reply_to_what_is_private_is_as_hidden(
        self, reader: User, editor: User, news: Article
    ) -> None:
        mine = say(news, (2, "Sahel"), creator=reader, private=True)
        reply(mine, "Rien.", creator=reader)
        assert fetch_cards(news, [str(mine.pk)], editor) == []

    def test_anonymous_people_see_what_is_shared(
        self, sign_in: SignIn, reader: User, news: Article, settings: object
    ) -> None:
        settings.PUBLIC_READING = True  # type: ignore[attr-defined]  # the fixture's wrapper
        say(news, (2, "Sahel"), creator=reader, private=True)
        shared = say(news, (2, "Sahel"), creator=reader)
        tree = page(sign_in(None), f"/articles/{news.pk}/")
        assert cards_on(tree) == [str(shared.pk)]
        assert not tree.cssselect(".say, .card [data-act]")


def test_deleted_ones_are_gone(sign_in: SignIn, reader: User, editor: User, news: Article) -> None:
    say(news, (2, "Sahel"), creator=editor, removed="2026-01-01T00:00Z")
    kept = say(news, (2, "ministres"), motivation="commenting", creator=editor)
    reply(kept, "Non.", creator=editor, removed="2026-01-01T00:00Z")
    tree = page(sign_in(reader), f"/articles/{news.pk}/")
    assert [card.get("data-a") for card in tree.cssselect(".card")] == [str(kept.pk)]


class TestTabs:
    """Annotations of words, notes on the article, what is detached or to be checked."""

    @pytest.fixture
    def said(self, news: Article, editor: User) -> dict[str, str]:
        """One of each kind, by the names of the tabs."""
        made = {
            "text": say(news, (2, "Sahel"), creator=editor),
            "note": say(news, motivation="commenting", creator=editor),
            "check": say(news, (2, "ministres"), creator=editor, state="needs_check"),
            "gone": say(news, (2, "avancé"), creator=editor, state="detached"),
        }
        return {name: str(annotation.pk) for name, annotation in made.items()}

    @pytest.mark.parametrize(
        ("tab", "shown"),
        [("", ["check", "text"]), ("article", ["note"]), ("check", ["check", "gone"])],
    )
    def test_each_shows_its_own(
        self, sign_in: SignIn, reader: User, news: Article, said: dict[str, str],
        tab: str, shown: list[str],
    ) -> None:  # fmt: skip
        tree = page(sign_in(reader), f"/articles/{news.pk}/?tab={tab}")
        assert cards_on(tree) == [said[name] for name in shown]
        counts = [count.text_content() for count in tree.cssselect(".tabs .count")]
        assert counts == ["2", "1", "2"]
        asked = sign_in(reader).get(f"/articles/{news.pk}/cards?counts=1").json()
        names = ("said-count", "notes-count", "check-count", "open-count")
        assert asked["counts"] == dict(zip(names, (2, 1, 2, 0), strict=True))
        assert asked["parts"].keys() == {"standing", "title"}

    def test_detached_ones_have_no_mark(
        self, sign_in: SignIn, reader: User, news: Article, said: dict[str, str]
    ) -> None:
        tree = page(sign_in(reader), f"/articles/{news.pk}/?tab=check")
        assert not tree.cssselect(f'mark[data-a="{said["gone"]}"]')
        assert tree.cssselect(f'mark[data-a="{said["check"]}"]')[0].get("data-state")
        assert "Detached" in tree.get_element_by_id(f"c-{said['gone']}").text_content()

    def test_an_address_opens_the_tab_of_its_annotation(
        self, sign_in: SignIn, reader: User, news: Article, said: dict[str, str]
    ) -> None:
        tree = page(sign_in(reader), f"/articles/{news.pk}/?a={said['note']}")
        card = tree.get_element_by_id(f"c-{said['note']}")
        assert card.get("aria-current") == "true"
        assert tree.cssselect(".tabs a[aria-current]")[0].text_content().startswith("On the")


FILTERED = [
    ("motivation=commenting", ["note"]),
    ("kind=person", ["link"]),
    ("kind=word", ["flag"]),
    ("tag={tag}", ["tag"]),
    ("by={by}", ["link"]),
    ("status=unverified", ["link"]),
    ("state=anchored&motivation=questioning", ["flag"]),
    ("words=ELYSEE", ["note"]),
    ("words=blinken", ["link"]),
    ("words=100%25", ["flag"]),
    ("words=_", []),
    ("from=2000-01-01&to=2000-12-31", []),
    ("from=2000-01-01", ["link", "note", "flag", "tag"]),
    ("motivation=nonsense&kind=%00&tag=x&by=-1&from=31/12", ["link", "note", "flag", "tag"]),
]


@pytest.mark.parametrize(("query", "shown"), FILTERED)
def test_filters_are_in_the_address(
    sign_in: SignIn, reader: User, editor: User, annotator: User, news: Article,
    query: str, shown: list[str],
) -> None:  # fmt: skip
    tag = make_tag("climat")
    made = {
        "link": say(
            news, (1, "Anthony Blingen"), motivation="identifying", creator=annotator,
            entity=make_entity("Antony Blinken"), link_status="unverified",
        ),
        "note": say(news, (2, "Les"), motivation="commenting", body="L’Élysée.", creator=editor),
        "flag": say(
            news, (2, "deux"), motivation="questioning", flag_kind="word", body="100%",
            creator=editor,
        ),
        "tag": say(news, (2, "ministres"), motivation="tagging", tag=tag, creator=editor),
    }  # fmt: skip
    query = query.format(tag=tag.pk, by=annotator.pk)
    client = sign_in(reader)
    expected = [str(made[name].pk) for name in shown]
    assert cards_on(page(client, f"/articles/{news.pk}/?{query}")) == expected
    whole = page(client, f"/articles/{news.pk}/cards?whole=1&{query}")
    assert cards_on(whole) == expected
    assert len(page(client, f"/articles/{news.pk}/?{query}").cssselect("#p1 mark, #p2 mark")) == 4


def test_the_filtered_column_has_an_address(sign_in: SignIn, reader: User, news: Article) -> None:
    response = sign_in(reader).get(f"/articles/{news.pk}/cards?whole=1&tab=check&kind=person")
    assert response["HX-Push-Url"] == f"/articles/{news.pk}/?tab=check&kind=person"


def test_the_first_cards_come_with_the_page_the_others_later(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    made = [str(say(news, (2, "Sahel"), creator=editor).pk) for _ in range(60)]
    client = sign_in(reader)
    tree = page(client, f"/articles/{news.pk}/")
    seen = cards_on(tree)
    while more := tree.cssselect(".cards-more"):
        tree = page(client, more[0].get("hx-get"))
        seen += cards_on(tree)
    assert len(tree.cssselect(".card")) == 10
    assert sorted(seen) == sorted(made)


def test_cards_of_some_passages(sign_in: SignIn, reader: User, editor: User, news: Article) -> None:
    first = say(news, (1, "OCDE"), (2, "Sahel"), creator=editor)
    second = say(news, (2, "Les"), creator=editor)
    client = sign_in(reader)
    for numbers, shown in (("2", [second]), ("1", [first]), ("2,1,99,x", [first, second])):
        response = client.get(f"/articles/{news.pk}/cards?passages={numbers}")
        found = cards_on(fragment(response.content.decode()))
        assert found == [str(one.pk) for one in shown]


def test_an_address_selects_an_annotation_or_the_one_that_a_reply_is_about(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    for _ in range(40):
        say(news, (1, "OCDE"), creator=editor)
    last = say(news, (3, "septembre"), motivation="commenting", creator=editor)
    answer = reply(last, "Oui.", creator=editor)
    for name in (last.pk, answer.pk):
        tree = page(sign_in(reader), f"/articles/{news.pk}/?a={name}")
        assert tree.cssselect(".card[data-on]")[0].get("data-a") == str(last.pk)
        assert tree.cssselect("mark[data-on]")[0].text_content() == "septembre"
    for name in ("nonsense", "00000000-0000-0000-0000-000000000000", "%00"):
        assert not page(sign_in(reader), f"/articles/{news.pk}/?a={name}").cssselect("[data-on]")


def test_a_link_says_what_the_person_was_at_the_article_s_date(
    sign_in: SignIn, reader: User, editor: User, news: Article
) -> None:
    entity = make_entity("Jean-Yves Le Drian", description_fr="homme politique")
    EntityIdentifier.objects.create(entity=entity, authority="wikidata", value="Q3171170")
    days = {
        "ministre de la Défense": ("2012-05-16", "2017-05-10"),
        "ministre des Affaires étrangères": ("2017-05-17", "2022-05-20"),
    }
    for title, (start, end) in days.items():
        Office.objects.create(
            entity=entity, title_fr=title, start=start, end=end, start_precision="day",
            end_precision="day",
        )  # fmt: skip
    say(
        news, (1, "Qui de Arsay"), motivation="identifying", creator=editor, entity=entity,
        link_status="verified",
    )  # fmt: skip
    card = page(sign_in(reader), f"/articles/{news.pk}/").cssselect(".card")[0]
    assert card.cssselect(".office")[0].text_content().startswith("ministre des Affaires")
    assert card.cssselect(".authority")[0].get("href").endswith("/Q3171170")
    Article.objects.filter(pk=news.pk).update(date=None, date_precision="")
    card = page(sign_in(reader), f"/articles/{news.pk}/").cssselect(".card")[0]
    assert card.cssselect(".about")[0].text_content().startswith("homme politique")


@pytest.mark.parametrize(
    ("end", "date", "held"),
    [("2022", "2022-12-01", True), ("2022", "2023-01-01", False), ("2022-01", "2022-01-31", True),
     ("2022-01", "2022-02-01", False), ("2022-01-01", "2022-01-01", True),
     ("2022-01-01", "2022-01-02", False)],
)  # fmt: skip
def test_the_end_of_an_office_is_as_exact_as_it_says(
    editor: User, news: Article, end: str, date: str, held: bool
) -> None:
    entity = make_entity("Somebody")
    day, precision = date_of(end, last=True)
    Office.objects.create(entity=entity, title_fr="ministre", end=day, end_precision=precision)
    made = say(
        news, (1, "mardi"), motivation="identifying", creator=editor, entity=entity,
        link_status="verified",
    )  # fmt: skip
    news.date, news.date_precision = datetime.date.fromisoformat(date), "day"
    assert bool(fetch_cards(news, [str(made.pk)], editor)[0].office) is held


@pytest.mark.parametrize(("language", "label"), [("fr", "Chine"), ("en", "China"), ("de", "Chine")])
def test_labels_are_in_the_language_of_the_interface(
    sign_in: SignIn, reader: User, editor: User, news: Article, language: str, label: str
) -> None:
    entity = make_entity("Chine", "place", label_en="China")
    say(
        news, (1, "OCDE"), motivation="identifying", creator=editor, entity=entity,
        link_status="verified",
    )  # fmt: skip
    tree = page(sign_in(reader), f"/articles/{news.pk}/", language=language)
    assert tree.cssselect(".card b")[0].text_content() == label


class TestActs:
    """What a card offers is what the person may do."""

    @pytest.mark.parametrize(
        ("who", "acts"),
        [("reader", []), ("annotator", ["mentions", "reply"]),
         ("editor", ["verify", "mentions", "edit", "reply", "remove"])],
    )  # fmt: skip
    def test_of_another_person_s(
        self, request: pytest.FixtureRequest, sign_in: SignIn, admin: User, news: Article,
        who: str, acts: list[str],
    ) -> None:  # fmt: skip
        say(
            news, (1, "OCDE"), motivation="identifying", creator=admin,
            entity=make_entity("OCDE", "organisation"), link_status="unverified",
        )  # fmt: skip
        tree = page(sign_in(request.getfixturevalue(who)), f"/articles/{news.pk}/")
        assert [act.get("data-act") for act in tree.cssselect(".card [data-act]")] == acts

    def test_of_one_s_own_private_one(self, sign_in: SignIn, reader: User, news: Article) -> None:
        say(news, (1, "OCDE"), creator=reader, private=True)
        tree = page(sign_in(reader), f"/articles/{news.pk}/")
        acts = [act.get("data-act") for act in tree.cssselect(".card [data-act]")]
        assert acts == ["edit", "reply", "remove"]

    def test_the_role_in_the_collection_counts(
        self, sign_in: SignIn, reader: User, admin: User, closed_shelf: Collection,
        make_article: MakeArticle,
    ) -> None:  # fmt: skip
        article = make_article(collection=closed_shelf)
        Membership.objects.create(collection=closed_shelf, user=reader, role=Role.EDITOR)
        say(article, (1, "OCDE"), creator=admin)
        tree = page(sign_in(reader), f"/articles/{article.pk}/")
        assert tree.cssselect(".card [data-act=remove]")
        assert tree.cssselect(".text")[0].get("data-role") == "editor"


def test_the_exchanges_have_marks_and_cards_too(
    sign_in: SignIn, reader: User, editor: User, interview: Article
) -> None:
    made = say(interview, (2, "bien compris"), creator=editor)
    tree = page(sign_in(reader), f"/articles/{interview.pk}/exchanges?open=all")
    assert tree.get_element_by_id(f"a-{made.pk}").text_content() == "bien compris"
    assert cards_on(tree) == [str(made.pk)]


def test_as_many_queries_however_much_is_said(
    sign_in: SignIn, reader: User, editor: User, news: Article, interview: Article
) -> None:
    say(news, (1, "OCDE"), creator=editor)
    note = say(interview, (2, "bien compris"), motivation="commenting", creator=editor)
    for number in range(50):
        say(interview, (1 + number % 4, "e"), creator=editor)
        reply(note, f"Réponse {number}", creator=editor)
    client = sign_in(reader)
    counts = []
    for article in (news, interview):
        client.get(f"/articles/{article.pk}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/articles/{article.pk}/")
        counts.append(len(queries))
    # Where somebody speaks, it is asked once who that is.
    assert counts[0] + 1 == counts[1] <= READER_QUERIES


class TestAgain:
    """What an act changed, rendered alone."""

    def test_a_passage_alone_is_as_on_the_page(
        self, sign_in: SignIn, editor: User, interview: Article
    ) -> None:
        say(interview, (2, "bien compris"), (4, "Justement"), creator=editor)
        tree = page(sign_in(editor), f"/articles/{interview.pk}/")
        for number in (1, 2, 3, 4):
            swapped = fragment(_in_english(interview, number, editor)).cssselect(".passage")[0]
            assert swapped.attrib.pop("hx-swap-oob") == "true"
            swapped.tail = None
            shown = tree.get_element_by_id(f"p{number}")
            shown.tail = None
            assert html.tostring(swapped) == html.tostring(shown)

    def test_turns_begin_where_they_do_on_the_page(
        self, sign_in: SignIn, editor: User, make_article: MakeArticle
    ) -> None:
        article = make_article(INTERVIEW + "\nEt encore ceci, dit-il.\n", name="more.txt")
        article.passages.filter(number=3).update(role="note")
        article.passages.filter(number=4).update(role="heading")
        tree = page(sign_in(editor), f"/articles/{article.pk}/")
        numbers = list(article.passages.values_list("number", flat=True))
        again = fragment(render_passages(article, numbers, editor))
        speaking = [passage.get("data-speaker") for passage in tree.cssselect(".passage")]
        assert [passage.get("data-speaker") for passage in again.cssselect(".passage")] == speaking

    def test_two_statements_however_long_the_text(
        self, editor: User, interview: Article, make_article: MakeArticle
    ) -> None:
        long = make_article(" date 2021-10 A\n\n" + "Un mot.\n\n" * 200, name="long.txt")
        for article in (interview, long):
            with CaptureQueriesContext(connection) as queries:
                render_passages(article, [1, 2], editor)
            assert len(queries) == 2

    def test_cards_are_swapped_with_their_replies(self, editor: User, news: Article) -> None:
        note = say(news, (2, "Sahel"), motivation="commenting", creator=editor)
        other = say(news, (1, "OCDE"), creator=editor)
        answer = reply(note, "Oui.", creator=editor)
        with CaptureQueriesContext(connection) as queries:
            made = render_cards(news, [str(other.pk), str(note.pk)], editor, Role.EDITOR)
        assert len(queries) == 1
        tree = fragment(made)
        swapped = [card.get("id") for card in tree.cssselect("[hx-swap-oob=true]")]
        assert swapped == [f"c-{other.pk}", f"c-{note.pk}"]
        assert tree.cssselect(f"#c-{note.pk} #c-{answer.pk}")

    def test_deleted_cards_are_taken_out(self, news: Article, editor: User) -> None:
        gone = say(news, (2, "Sahel"), creator=editor)
        assert render_gone([gone.pk]) == (
            f'<article id="c-{gone.pk}" hx-swap-oob="delete"></article>'
        )


def _in_english(article: Article, number: int, user: User) -> str:
    from django.utils.translation import override

    with override("en"):
        return render_passages(article, [number], user, may_mark=True)


def test_marks_out_of_the_text_do_no_harm(sign_in: SignIn, reader: User, news: Article) -> None:
    made = say(news, (2, "Sahel"), agent="tests")
    made.targets.update(start=9_000, end=9_005)
    tree = page(sign_in(reader), f"/articles/{news.pk}/")
    assert tree.get_element_by_id(f"a-{made.pk}").text_content() == ""
    assert len(fetch_marks(news, reader)) == 1
