"""Proposals: made, accepted, rejected, amended; the text is as it was until one is accepted."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

import pytest
from lxml import html

from annotations.models import Annotation, CorrectionState, EntityName, NameKind, Target
from annotations.queries.integrity import check_logs, check_rules
from annotations.queries.proposals import certain_proposals
from annotations.rendering.again import render_cards
from annotations.services.accepting import accept_many
from annotations.services.annotating import Decided, Missing, StaleAnnotation
from annotations.services.changing import WordsChanged, change_annotation, confirm_targets
from annotations.services.correcting import Link, Why, correct_text, garbled_part
from annotations.services.entities import create_entity
from annotations.services.proposing import (
    Displaced,
    OwnProposal,
    accept_correction,
    propose_correction,
    reject_correction,
)
from annotations.services.spans import Span, StaleSpan, WrongSpan
from annotations.services.undoing import undo_act
from articles.models import Activity, HouseRule, Passage, Verb
from articles.services.log import Agent
from diplowatch.lib.roles import Role
from tests.annotations.saying import span_of
from tests.annotations.speaking import say

if TYPE_CHECKING:
    from annotations.models import Entity
    from annotations.services.correcting import Corrected
    from articles.models import Article
    from diplowatch.accounts.models import User


def anybody(_what: object) -> None:
    """Lets everybody do everything."""


@pytest.fixture(autouse=True)
def all_holds(db: None) -> object:
    """After each test everything that must always hold does."""
    yield
    broken = [one for one in [*check_rules(), check_logs()] if one.broken]
    assert not [(one.says, one.first) for one in broken]


@pytest.fixture
def blinken(db: None) -> Entity:
    """An entity with its names."""
    made, _activity = create_entity(
        agent=Agent(name="tests"), kind="person", label_fr="Antony Blinken"
    )
    return made


def propose(article: Article, user: User, words: str, new: str, **more: object) -> Annotation:
    """Propose a correction of the first place of these words."""
    made, _activity = propose_correction(
        article_id=article.pk, span=span_of(article, words), replacement=new, agent=Agent(user),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return made


def accept(proposal: Annotation, user: User) -> Corrected:
    """Accept it as it stands."""
    proposal.refresh_from_db()
    _proposal, done = accept_correction(
        annotation_id=proposal.pk, version=proposal.version, agent=Agent(user), allow=anybody,
        allow_places=anybody,
    )  # fmt: skip
    return done


def text(article: Article, number: int = 1) -> str:
    """The text of a passage."""
    return Passage.objects.get(article=article, number=number).text


def undo(activity: Activity, user: User) -> None:
    """Undo an act."""
    undo_act(activity=activity, agent=Agent(user), allow=anybody)


def states(annotation: Annotation) -> list[tuple[str, str]]:
    """What its targets quote, and how they stand."""
    found = Target.objects.filter(annotation=annotation).order_by("position")
    return list(found.values_list("exact", "state"))


def test_a_proposal_leaves_the_text_and_is_accepted_by_another_person(
    news: Article, annotator: User, editor: User, blinken: Entity
) -> None:
    born = text(news)
    flag = say(
        news, (1, "Anthony Blingen"), motivation="questioning", flag_kind="name", creator=editor
    )
    proposal = propose(
        news, annotator, "Anthony Blingen", "Antony Blinken", entity_id=blinken.pk,
        why=Why("name", "C’est lui.", "certain", "https://example.org"),
    )  # fmt: skip
    assert text(news) == born
    assert Activity.objects.get(verb=Verb.PROPOSE).actor == annotator
    done = accept(proposal, editor)
    assert text(news) == born.replace("Anthony Blingen", "Antony Blinken")
    proposal.refresh_from_db()
    flag.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == (CorrectionState.ACCEPTED, editor)
    assert flag.decided_by == editor
    assert states(proposal) == [("Antony Blinken", "anchored")]
    assert done.link is not None
    assert states(done.link) == [("Antony Blinken", "anchored")]
    assert EntityName.objects.get(kind=NameKind.GARBLING).name == "Anthony Blingen"
    undo(done.done.activity, editor)
    proposal.refresh_from_db()
    flag.refresh_from_db()
    done.link.refresh_from_db()
    assert text(news) == born
    assert (proposal.state, proposal.decided_at, flag.decided_at) == ("proposed", None, None)
    assert done.link.removed is not None
    assert states(proposal) == [("Anthony Blingen", "anchored")]
    accept(proposal, editor)
    assert "Antony Blinken" in text(news)


def test_nobody_accepts_their_own_unless_the_rules_of_the_house_allow_it(
    news: Article, editor: User
) -> None:
    proposal = propose(news, editor, "OCDE", "O.C.D.E.")
    with pytest.raises(OwnProposal):
        accept(proposal, editor)
    HouseRule.objects.create(name="own_proposals", value=True)
    accept(proposal, editor)
    assert "O.C.D.E." in text(news)


def test_a_rejected_one_keeps_its_reason_and_is_undone(
    news: Article, annotator: User, editor: User
) -> None:
    proposal = propose(news, annotator, "OCDE", "ODCE")
    _proposal, activity = reject_correction(
        annotation_id=proposal.pk, version=1, agent=Agent(editor), allow=anybody,
        verdict=" Non.\r\n",
    )  # fmt: skip
    proposal.refresh_from_db()
    assert (proposal.state, proposal.verdict) == (CorrectionState.REJECTED, "Non.")
    with pytest.raises(Decided):
        accept(proposal, editor)
    with pytest.raises(Decided):
        change_annotation(
            annotation_id=proposal.pk, version=proposal.version, agent=Agent(annotator),
            allow=anybody, replacement="x",
        )  # fmt: skip
    undo(activity, editor)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.verdict, proposal.decided_by) == ("proposed", "", None)


def test_a_proposal_is_amended_before_it_is_accepted(
    news: Article, annotator: User, editor: User
) -> None:
    proposal = propose(news, annotator, "Anthony Blingen", "Blinken")
    change_annotation(
        annotation_id=proposal.pk, version=1, agent=Agent(editor), allow=anybody,
        replacement="Antony Blinken", certainty="certain",
    )  # fmt: skip
    with pytest.raises(StaleAnnotation):
        accept_correction(
            annotation_id=proposal.pk, version=1, agent=Agent(editor), allow=anybody,
            allow_places=anybody,
        )  # fmt: skip
    accept(proposal, editor)
    assert "mardi Antony Blinken pour" in text(news)


def test_alternatives_are_to_be_checked_once_one_is_accepted(
    news: Article, annotator: User, editor: User
) -> None:
    right = propose(news, annotator, "Anthony Blingen", "Antony Blinken")
    other = propose(news, annotator, "mardi Anthony Blingen", "mardi A. Blinken")
    apart = propose(news, annotator, "OCDE", "Ocde")
    done = accept(right, editor)
    assert states(other) == [("mardi Antony Blinken", "needs_check")]
    assert states(apart) == [("OCDE", "anchored")]
    other.refresh_from_db()
    assert other.state == CorrectionState.PROPOSED
    undo(done.done.activity, editor)
    assert states(other) == [("mardi Anthony Blingen", "anchored")]


def test_words_that_are_gone_cannot_be_replaced(
    news: Article, annotator: User, editor: User
) -> None:
    proposal = propose(news, annotator, "Anthony Blingen", "Antony Blinken")
    correct_text(
        article_id=news.pk, span=span_of(news, " Anthony Blingen"), replacement="",
        agent=Agent(editor), allow=anybody,
    )  # fmt: skip
    with pytest.raises(Displaced):
        accept(proposal, editor)


@pytest.mark.parametrize(
    ("at", "inserted", "quoted", "new"),
    [
        ("mardi|", " dernier", "mardi", "mardi dernier"),
        ("mardi |", "le ", "mardi ", "mardi le "),
        ("|Le Qui", "Hier, ", "Le", "Hier, Le"),
        ("l’|OCDE", "O", "l’OCDE", "l’OOCDE"),
    ],
)
def test_an_insertion_is_proposed_at_the_word_beside_it(
    news: Article, annotator: User, editor: User, at: str, inserted: str, quoted: str, new: str
) -> None:
    before, _, after = at.partition("|")
    place = text(news).index(before + after) + len(before)
    made, _activity = propose_correction(
        article_id=news.pk, span=Span(1, 0, place, place, ""), replacement=inserted,
        agent=Agent(annotator),
    )  # fmt: skip
    assert (states(made), made.replacement) == ([(quoted, "anchored")], new)
    born = text(news)
    accept(made, editor)
    assert text(news) == born[:place] + inserted + born[place:]


def test_what_was_sent_twice_is_one_proposal_and_one_correction(
    news: Article, annotator: User, editor: User
) -> None:
    key = uuid.uuid4()
    first = propose(news, annotator, "OCDE", "Ocde", key=key)
    again = propose(news, annotator, "OCDE", "Ocde", key=key)
    assert first.pk == again.pk
    assert Activity.objects.filter(verb=Verb.PROPOSE).count() == 1


def test_a_proposal_for_words_that_somebody_corrected_is_refused(
    news: Article, annotator: User, editor: User
) -> None:
    seen, apart = span_of(news, "Anthony Blingen"), span_of(news, "OCDE")
    correct_text(
        article_id=news.pk, span=seen, replacement="M. Blinken", agent=Agent(editor),
        allow=anybody,
    )  # fmt: skip
    with pytest.raises(StaleSpan):
        propose_correction(
            article_id=news.pk, span=seen, replacement="Blinken", agent=Agent(annotator)
        )
    made, _ = propose_correction(
        article_id=news.pk, span=apart, replacement="Ocde", agent=Agent(annotator)
    )
    assert states(made) == [("OCDE", "anchored")]


@pytest.mark.parametrize(
    ("new", "why", "fault"),
    [
        ("OCDE", Why(), WrongSpan), ("x", Why(kind="ugly"), Missing),
        ("x", Why(certainty="sure"), Missing),
    ],
)  # fmt: skip
def test_what_changes_nothing_or_makes_no_sense_is_refused(
    news: Article, annotator: User, new: str, why: Why, fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        propose(news, annotator, "OCDE", new, why=why)


def test_all_that_are_certain_are_accepted_in_one_act_and_undone_in_one(
    news: Article, annotator: User, editor: User, blinken: Entity
) -> None:
    born = [text(news), text(news, 3)]
    certain = Why(certainty="certain")
    one = propose(
        news, annotator, "Anthony Blingen", "Antony Blinken", why=certain, entity_id=blinken.pk
    )
    two = propose(news, annotator, "Qui de Arsay", "Quai d’Orsay", why=certain)
    unsure = propose(news, annotator, "OCDE", "Ocde", why=Why(certainty="unsure"))
    own = propose(news, editor, "mardi", "lundi", why=certain)
    twins = [propose(news, annotator, "entretiens", new, why=certain) for new in ("a", "b")]
    accepted = accept_many(
        ids=certain_proposals([news.collection_id]), agent=Agent(editor), allow=anybody
    )
    assert {proposal.pk for proposal in accepted.proposals} == {one.pk, two.pk}
    assert "Le Quai d’Orsay a reçu mardi Antony Blinken pour des entretiens" in text(news)
    link = Annotation.objects.get(motivation="identifying")
    assert states(link) == [("Antony Blinken", "anchored")]
    for left in (unsure, own, *twins):
        left.refresh_from_db()
        assert left.state == CorrectionState.PROPOSED
    undo(accepted.done.activity, editor)
    assert [text(news), text(news, 3)] == born
    one.refresh_from_db()
    assert one.state == CorrectionState.PROPOSED
    with pytest.raises(Missing):
        accept_many(ids=[unsure.pk, own.pk][1:], agent=Agent(editor), allow=anybody)


def test_what_is_to_be_checked_is_confirmed_and_that_is_undone(news: Article, editor: User) -> None:
    mark = say(news, (1, "Anthony Blingen"), creator=editor)
    correct_text(
        article_id=news.pk, span=span_of(news, "Anthony Blingen"), replacement="Antony Blinken",
        agent=Agent(editor), allow=anybody,
    )  # fmt: skip
    assert states(mark) == [("Antony Blinken", "needs_check")]
    mark.refresh_from_db()
    _mark, activity = confirm_targets(
        annotation_id=mark.pk, version=mark.version, agent=Agent(editor), allow=anybody
    )
    assert states(mark) == [("Antony Blinken", "anchored")]
    assert activity is not None
    undo(activity, editor)
    assert states(mark) == [("Antony Blinken", "needs_check")]


def test_what_was_changed_again_is_not_confirmed_unseen(news: Article, editor: User) -> None:
    mark = say(news, (1, "Anthony Blingen"), creator=editor)

    def correct(old: str, new: str) -> None:
        correct_text(
            article_id=news.pk, span=span_of(news, old), replacement=new, agent=Agent(editor),
            allow=anybody,
        )  # fmt: skip

    def confirm(seen: str) -> str:
        mark.refresh_from_db()
        confirm_targets(
            annotation_id=mark.pk, version=mark.version, agent=Agent(editor), allow=anybody,
            seen=seen,
        )  # fmt: skip
        return states(mark)[0][1]

    correct("Anthony Blingen", "Antony Blinken")
    card = html.fromstring(render_cards(news, [str(mark.pk)], editor, Role.EDITOR))
    [button] = card.cssselect("[data-act=confirm]")
    seen = json.loads(button.get("hx-vals"))["seen"]
    correct("Antony Blinken", "Tony Blair")
    with pytest.raises(WordsChanged):
        confirm(seen)
    assert states(mark) == [("Tony Blair", "needs_check")]
    correct("Tony Blair", "Antony Blinken")
    assert confirm(seen) == "anchored"


@pytest.mark.parametrize(
    ("old", "new", "start", "end", "garbled"),
    [
        ("Blingen", "Blinken", 0, 7, "Blingen"),
        ("M. Macrom", "M. Macron", 3, 9, "Macrom"),
        ("En termes de prix", "Selon Price", 6, 11, "En termes de prix"),
        ("le Blingen, a", "le Blinken, a", 3, 10, "Blingen"),
    ],
)
def test_the_garbling_is_what_became_the_name(
    old: str, new: str, start: int, end: int, garbled: str
) -> None:
    assert garbled_part(old, new, Link(1, start, end)) == garbled
    assert garbled_part(old, new, Link(1, start, end, garbled=old[1:4])) == old[1:4].strip()
