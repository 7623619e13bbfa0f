"""The same words in many texts: found, corrected or proposed in one act, undone as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Annotation, EntityName, Target
from annotations.queries import patterns
from annotations.queries.everywhere import (
    Everywhere,
    TooSlow,
    Wanted,
    WrongPattern,
    find_everywhere,
)
from annotations.queries.integrity import check_logs, check_rules
from annotations.services.annotating import Gone
from annotations.services.correcting import Why
from annotations.services.everywhere import Done, Spot, correct_everywhere
from annotations.services.undoing import undo_act
from annotations.text.occurrences import EXACTLY, Options
from articles.models import Activity, Collection, Passage
from articles.services.log import Agent
from tests.annotations.correcting.test_correcting import anybody, correct, texts
from tests.annotations.speaking import make_entity, say

if TYPE_CHECKING:
    from annotations.models import Entity
    from articles.models import Article
    from diplowatch.accounts.models import User
    from tests.conftest import MakeArticle

ONE = """ date 2021-10 Hier, Anthony Blingen a vu Blingen. Anthony Blingen part.

ANTHONY BLINGEN, dit-on : Blingen n’est pas Antony Blinken.
"""
TWO = " date 2021-11 Le ministre Anthony Blingen est revenu ; Blingenberg non.\n"


@pytest.fixture(autouse=True)
def all_holds(db: None) -> object:
    """After each test everything that must always hold does."""
    yield
    broken = [one for one in [*check_rules(), check_logs()] if one.broken]
    assert not [(one.says, one.first) for one in broken]


@pytest.fixture
def one(make_article: MakeArticle) -> Article:
    """A text with the garbled name in several forms."""
    return make_article(ONE, name="one.txt")


@pytest.fixture
def two(make_article: MakeArticle) -> Article:
    """Another, later one."""
    return make_article(TWO, name="two.txt")


@pytest.fixture
def blinken(db: None) -> Entity:
    """Whom the words mean."""
    return named("Antony Blinken")


def named(label: str) -> Entity:
    """A person with a name to be found by."""
    entity = make_entity(label)
    EntityName.objects.create(entity=entity, name=label, kind="label", folded=label.lower())
    return entity


def find(user: User, words: str, new: str = "", **more: object) -> Everywhere:
    """Look in all collections."""
    wanted = Wanted(words, new, **more)  # type: ignore[arg-type]
    return find_everywhere(wanted, user, list(Collection.objects.values_list("pk", flat=True)))


def forms(found: Everywhere) -> list[tuple[str, str, bool]]:
    """What was found, what would stand there, whether it is ticked."""
    return [(place.exact, place.replacement, place.is_ticked) for place in found.places]


def spots(found: Everywhere) -> list[Spot]:
    """All of it."""
    return [Spot(*place[:7]) for place in found.places]


def everywhere(found: Everywhere, user: User, **more: object) -> Done:
    """Correct all that was found."""
    return correct_everywhere(
        spots=spots(found), agent=Agent(user), allow=anybody, **more  # type: ignore[arg-type]
    )  # fmt: skip


def test_the_words_and_parts_of_them_are_found(one: Article, two: Article, editor: User) -> None:
    found = find(editor, "Anthony Blingen", "Antony Blinken")
    assert [text.pk for text in found.texts] == [two.pk, one.pk]
    assert forms(found) == [
        ("Anthony Blingen", "Antony Blinken", True),
        ("Anthony Blingen", "Antony Blinken", True),
        ("Blingen", "Blinken", False),
        ("Anthony Blingen", "Antony Blinken", True),
        ("ANTHONY BLINGEN", "ANTONY BLINKEN", False),
        ("Blingen", "Blinken", False),
    ]
    assert not found.is_capped
    assert found.places[2].before.endswith("Anthony Blingen a vu ")


def test_options_say_how_near_the_words_must_be(one: Article, two: Article, editor: User) -> None:
    assert len(find(editor, "blingen").places) == 6
    assert len(find(editor, "Blingen", options=EXACTLY).places) == 5
    inside = find(editor, "Blingen", "Blinken", options=Options(whole_words=False))
    assert ("Blingen", "Blinken", False) in forms(inside)  # Blingenberg
    assert len(inside.places) == 7
    assert find(editor, " ").places == find(editor, "introuvable").places == []


def test_another_ones_link_and_a_proposal_take_the_tick_away(
    one: Article, two: Article, editor: User, reader: User, blinken: Entity
) -> None:
    other = named("Tony Blair")
    link = {"motivation": "identifying", "link_status": "verified"}
    say(two, (1, "Anthony Blingen"), entity=other, creator=editor, **link)
    say(one, (1, "Anthony Blingen"), entity=blinken, creator=editor, **link)
    found = find(editor, "Anthony Blingen", "Antony Blinken", entity=blinken.pk)
    assert [ticked for _old, _new, ticked in forms(found)][:2] == [False, True]
    Annotation.objects.filter(entity=other).update(private=True)
    assert forms(find(reader, "Anthony Blingen", "Antony Blinken"))[0][2]


def test_a_part_of_a_word_with_hyphens_is_not_ticked(
    make_article: MakeArticle, editor: User
) -> None:
    make_article("Il vient après. L’après-midi, il part ; vient-il après ? Un mi-après, dit-on.\n")
    found = find(editor, "après", "à la suite")
    places = [(place.before[-4:], place.is_ticked) for text in found.texts for place in text.places]
    assert places == [("ent ", True), (". L’", False), ("-il ", True), (" mi-", False)]
    [text] = find(editor, "vient", "arrive").texts
    assert [place.is_ticked for place in text.places] == [True, True]
    make_article("La rencontre Blingen-Lavrov.\n", name="other.txt")
    [text] = find(editor, "Blingen", "Blinken").texts
    assert [place.is_ticked for place in text.places] == [True]


def test_a_fixed_number_of_queries(one: Article, make_article: MakeArticle, editor: User) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            find(editor, "Anthony Blingen", "Antony Blinken")
        return len(captured)

    before = count()
    for number in range(5):
        make_article(
            TWO, name=f"{number}.txt", collection=Collection.objects.create(name=f"{number}")
        )
    assert count() == before <= 5


def test_one_act_corrects_and_links_everywhere_and_one_undo_takes_it_back(
    one: Article, two: Article, editor: User, blinken: Entity
) -> None:
    born = texts(one), texts(two)
    mark = say(one, (1, "Anthony Blingen part"), creator=editor)
    flag = say(
        two, (1, "Anthony Blingen"), motivation="questioning", flag_kind="name", creator=editor
    )
    old = say(
        one, (1, "Anthony Blingen"), motivation="identifying", link_status="verified",
        entity=blinken, creator=editor,
    )  # fmt: skip
    acts = Activity.objects.count()
    found = find(editor, "Anthony Blingen", "Antony Blinken", entity=blinken.pk)
    done = everywhere(found, editor, why=Why(kind="name"), entity_id=blinken.pk)
    assert Activity.objects.count() == acts + 1
    assert done.activity is not None
    assert done.activity.data["kind"] == "name"
    assert texts(one) == [
        "Hier, Antony Blinken a vu Blinken. Antony Blinken part.",
        "ANTONY BLINKEN, dit-on : Blinken n’est pas Antony Blinken.",
    ]
    assert "ministre Antony Blinken est" in texts(two)[0]
    links = Annotation.objects.live().filter(motivation="identifying").exclude(pk=old.pk)
    assert {link.link_status for link in links} == {"unverified"}
    quoted = sorted(Target.objects.filter(annotation__in=links).values_list("exact", flat=True))
    assert quoted == ["ANTONY BLINKEN", *["Antony Blinken"] * 2, *["Blinken"] * 2]
    assert Target.objects.get(annotation=old).state == "anchored"
    assert Target.objects.get(annotation=mark).exact == "Antony Blinken part"
    flag.refresh_from_db()
    assert flag.decided_by == editor
    undo_act(activity=done.activity, agent=Agent(editor), allow=anybody)
    assert (texts(one), texts(two)) == born
    assert not Annotation.objects.live().filter(pk__in=[link.pk for link in links]).exists()
    flag.refresh_from_db()
    assert flag.decided_at is None
    assert Target.objects.get(annotation=mark).exact == "Anthony Blingen part"


def test_what_was_changed_meanwhile_is_left_out_and_told(
    one: Article, two: Article, editor: User, annotator: User
) -> None:
    found = find(editor, "Anthony Blingen", "Antony Blinken")
    correct(one, "Hier", "Avant-hier", annotator)
    done = everywhere(found, editor)
    assert done.articles == {one.pk, two.pk}
    assert [spot.passage for spot in done.left_out] == [1, 1, 1]
    assert "Anthony Blingen" in texts(one)[0]
    Passage.objects.filter(article=two).update(revision=9)
    nothing = everywhere(found, editor)
    assert nothing.activity is None
    assert len(nothing.left_out) == 6
    Passage.objects.filter(article=two).update(revision=1)


def test_proposals_leave_the_text_and_are_undone_as_one(
    one: Article, two: Article, annotator: User, blinken: Entity
) -> None:
    born = texts(one), texts(two)
    found = find(annotator, "Anthony Blingen", "Antony Blinken")
    why = Why("name", "mal entendu", "certain", "12:30")
    done = everywhere(found, annotator, why=why, entity_id=blinken.pk, as_proposals=True)
    assert (texts(one), texts(two)) == born
    made = Annotation.objects.filter(motivation="editing", state="proposed")
    assert made.count() == 6
    assert {(p.flag_kind, p.body, p.certainty, p.evidence) for p in made} == {
        ("name", "mal entendu", "certain", "12:30")
    }
    assert done.activity is not None
    assert done.activity.article is None
    assert done.activity.verb == "propose"
    again = find(annotator, "Anthony Blingen", "Antony Blinken")
    assert not any(ticked for _old, _new, ticked in forms(again))
    undo_act(activity=done.activity, agent=Agent(annotator), allow=anybody)
    assert not made.filter(removed=None).exists()


def test_an_entity_that_is_gone_and_rights_refuse_all_of_it(
    one: Article, editor: User, blinken: Entity
) -> None:
    def nobody(places: set[int]) -> None:
        assert places == {one.collection_id}
        raise PermissionError

    found = find(editor, "Anthony Blingen", "Antony Blinken")
    with pytest.raises(PermissionError):
        correct_everywhere(spots=spots(found), agent=Agent(editor), allow=nobody)
    type(blinken).objects.update(retired=True)
    with pytest.raises(Gone):
        everywhere(found, editor, entity_id=blinken.pk)
    assert texts(one)[0].startswith("Hier, Anthony Blingen")


def test_regular_expressions_are_looked_for_by_the_database(
    one: Article, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = find(admin, r"(\w+)y Bling(e)n\M", r"\1i Blink\2n", is_pattern=True,
                 options=Options(match_case=True))  # fmt: skip
    assert forms(found) == [("Anthony Blingen", "Anthoni Blinken", True)] * 2
    everywhere(found, admin)
    assert texts(one)[0] == "Hier, Anthoni Blinken a vu Blingen. Anthoni Blinken part."
    with pytest.raises(WrongPattern):
        find(admin, "(", "x", is_pattern=True)
    monkeypatch.setattr(patterns, "SECONDS", 0.05)
    monkeypatch.setattr(patterns, "MATCHES", "SELECT pg_sleep(5)")
    with pytest.raises(TooSlow):
        find(admin, "slow", "x", is_pattern=True)
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)
