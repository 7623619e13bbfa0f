"""The structure of texts changed by services: one act each, undone as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from annotations.models import EntityName, SpeakerIdentity
from annotations.queries.integrity import check_logs, check_rules
from annotations.services.undoing import undo_act
from annotations.services.voices import take_over_identity
from articles.models import Activity, Article, Passage, Speaker, Verb
from articles.services import structuring
from articles.services.kinds import reparse_article
from articles.services.log import Agent
from articles.services.structuring import At, By, StaleStructure, WrongStructure
from tests.annotations.correcting.test_correcting import anybody, correct, passages, quote, texts
from tests.annotations.speaking import make_entity, say
from tests.articles.marks import rest, standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from diplowatch.accounts.models import User


@pytest.fixture(autouse=True)
def all_holds(db: None) -> object:
    """After each test everything that must always hold does."""
    yield
    broken = [one for one in [*check_rules(), check_logs()] if one.broken]
    assert not [(one.says, one.first) for one in broken]


@pytest.fixture
def news_by(news: Article, editor: User) -> By:
    """An editor at the news."""
    return By(news.pk, Agent(editor), anybody)


@pytest.fixture
def talk_by(interview: Article, editor: User) -> By:
    """An editor at the interview."""
    return By(interview.pk, Agent(editor), anybody)


def at(article: Article, number: int) -> At:
    """A passage as it stands."""
    passage = Passage.objects.get(article=article, number=number)
    return At(number, passage.revision)


def voices(article: Article) -> list[str | None]:
    """Who speaks each passage."""
    return [one.speaker.name if one.speaker else None for one in passages(article)]


def position(article: Article, name: str) -> int:
    """Where a speaker stands among the others."""
    return Speaker.objects.get(article=article, name=name).position


def state(article: Article) -> list[tuple[object, ...]]:
    """All of a text."""
    article.refresh_from_db()
    live = [
        (one.number, one.text, one.role, one.speaker and one.speaker.name, one.exchange)
        for one in passages(article)
    ]
    names = sorted(article.speakers.filter(retired=False).values_list("name", flat=True))
    return [*live, article.kind, article.speaker_names, article.exchange_count, names]


def undo_last(user: User) -> Activity:
    """Undo what was done last."""
    return undo_act(activity=Activity.objects.latest("pk"), agent=Agent(user), allow=anybody)


def test_a_passage_is_split_before_a_word_and_what_is_said_follows(
    news: Article, news_by: By, editor: User
) -> None:
    before = state(news)
    over = say(news, (2, "Sahel. « Nous"), creator=editor)
    place = texts(news)[1].index("« Nous")
    done = structuring.split_passage(news_by, at(news, 2), place)
    assert done is not None
    assert done.activity.verb == Verb.STRUCTURE
    assert [one.number for one in passages(news)] == [1, 2, 4, 3]
    assert [words for words, _state in quote(over)] == ["Sahel.", "« Nous"]
    undo_last(editor)
    assert state(news) == before
    assert quote(over) == [("Sahel. « Nous", "anchored")]


@pytest.mark.parametrize("place", [0, 1000, -5])
def test_nothing_is_split_at_its_edges(place: int, news: Article, news_by: By) -> None:
    with pytest.raises(WrongStructure, match="edge"):
        structuring.split_passage(news_by, at(news, 1), place)


def test_a_split_of_what_was_changed_meanwhile_is_refused(
    news: Article, news_by: By, editor: User
) -> None:
    seen = at(news, 1)
    correct(news, "Blingen", "Blinken", editor)
    with pytest.raises(StaleStructure):
        structuring.split_passage(news_by, seen, 10)


def test_a_passage_is_joined_with_the_next_but_the_last_with_none(
    news: Article, news_by: By, editor: User
) -> None:
    before = state(news)
    kept = say(news, (3, "New York"), creator=editor)
    structuring.merge_passage(news_by, at(news, 2), 3)
    assert len(passages(news)) == 2
    assert quote(kept) == [("New York", "anchored")]
    with pytest.raises(WrongStructure, match="last"):
        structuring.merge_passage(news_by, at(news, 2))
    with pytest.raises(StaleStructure):
        structuring.merge_passage(news_by, at(news, 1), 3)
    undo_last(editor)
    assert state(news) == before


def test_roles_change_and_what_nobody_speaks_has_no_speaker(
    interview: Article, talk_by: By, editor: User
) -> None:
    before = state(interview)
    structuring.set_role(talk_by, at(interview, 1), "note")
    first = passages(interview)[0]
    assert (first.role, first.speaker, first.exchange) == ("note", None, None)
    undo_last(editor)
    assert state(interview) == before
    with pytest.raises(WrongStructure, match="role"):
        structuring.set_role(talk_by, at(interview, 1), "song")
    assert structuring.set_role(talk_by, at(interview, 1), "question") is None


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        ("here", ["France 2", "X", "France 2", "Antony Blinken"]),
        ("onwards", ["France 2", "X", "France 2", "X"]),
        ("everywhere", ["France 2", "X", "France 2", "X"]),
    ],
)
def test_a_voice_is_given_here_from_here_on_or_everywhere(
    reach: str, expected: list[str], interview: Article, talk_by: By, editor: User
) -> None:
    before = state(interview)
    structuring.give_voice(talk_by, at(interview, 2), name="X", reach=reach)
    assert voices(interview) == expected
    interview.refresh_from_db()
    assert ("Antony Blinken" in interview.speaker_names) == (reach == "here")
    undo_last(editor)
    assert state(interview) == before


def test_from_the_second_answer_on_the_first_stays(interview: Article, talk_by: By) -> None:
    structuring.give_voice(talk_by, at(interview, 4), name="X", reach="onwards")
    assert voices(interview) == ["France 2", "Antony Blinken", "France 2", "X"]
    structuring.give_voice(talk_by, at(interview, 4), reach="here")
    assert voices(interview)[-1] is None
    assert Speaker.objects.get(article=interview, name="X").retired


def test_nobody_speaks_a_heading(news: Article, news_by: By) -> None:
    with pytest.raises(WrongStructure, match="unspoken"):
        structuring.give_voice(news_by, at(news, 1), name="X")


@pytest.mark.parametrize("act", ["voice", "role"])
def test_who_is_said_to_speak_otherwise_is_no_longer_validated(
    act: str, interview: Article, talk_by: By, editor: User, admin: User
) -> None:
    rest(interview, "proofread", admin)
    rest(interview, "validated", editor)
    if act == "voice":
        structuring.give_voice(talk_by, at(interview, 2), name="X", reach="here")
    else:
        structuring.set_role(talk_by, at(interview, 2), "statement")
    assert standing(interview) == ["proofread", "validated", "proofread", *["validated"] * 2]
    changed = Passage.objects.get(article=interview, number=2)
    assert (changed.proofread_by, changed.validated_by) == (editor, None)
    undo_last(editor)
    assert standing(interview) == ["validated"] * 5
    assert Passage.objects.get(article=interview, number=2).validated_by == editor


def test_what_nobody_read_stays_raw_whoever_speaks_it(interview: Article, talk_by: By) -> None:
    structuring.give_voice(talk_by, at(interview, 2), name="X", reach="here")
    assert standing(interview) == ["raw"] * 5


def test_what_stands_otherwise_by_now_is_stale(interview: Article, talk_by: By) -> None:
    seen = At(1, 0, "answer:0:1")
    with pytest.raises(StaleStructure):
        structuring.set_role(talk_by, seen, "note")
    with pytest.raises(StaleStructure):
        structuring.rename_speaker(talk_by, 0, "Somebody else", "X")


def test_a_speaker_is_renamed_everywhere_and_names_are_one_each(
    interview: Article, talk_by: By, editor: User
) -> None:
    before = state(interview)
    place = position(interview, "Antony Blinken")
    structuring.rename_speaker(talk_by, place, "Antony Blinken", " A.  Blinken ", "interviewee")
    assert voices(interview)[1::2] == ["A. Blinken"] * 2
    undo_last(editor)
    assert state(interview) == before
    with pytest.raises(WrongStructure, match="taken"):
        structuring.rename_speaker(talk_by, place, "Antony Blinken", "France 2")
    with pytest.raises(WrongStructure, match="name"):
        structuring.rename_speaker(talk_by, place, "Antony Blinken", "  ")


def test_a_part_that_somebody_changed_meanwhile_is_not_overwritten_unseen(
    interview: Article, talk_by: By
) -> None:
    place, name = position(interview, "Antony Blinken"), "Antony Blinken"
    structuring.rename_speaker(talk_by, place, name, name, "moderator", seen_part="interviewee")
    with pytest.raises(StaleStructure):
        structuring.rename_speaker(talk_by, place, name, "Tony", "guest", seen_part="interviewee")
    assert Speaker.objects.get(article=interview, position=place).part == "moderator"


def test_a_speaker_is_added_and_goes_again(interview: Article, talk_by: By, editor: User) -> None:
    structuring.add_speaker(talk_by, "Zoé")
    assert Speaker.objects.filter(article=interview, name="Zoé", retired=False).exists()
    with pytest.raises(WrongStructure, match="taken"):
        structuring.add_speaker(talk_by, "Zoé")
    place = position(interview, "Zoé")
    structuring.remove_speaker(talk_by, place, "Zoé")
    assert Speaker.objects.get(article=interview, name="Zoé").retired
    with pytest.raises(WrongStructure, match="speaks"):
        structuring.remove_speaker(talk_by, position(interview, "France 2"), "France 2")


def test_speakers_are_joined_and_who_they_are_is_taken_over(
    interview: Article, talk_by: By, editor: User
) -> None:
    before = state(interview)
    gone, kept = (
        Speaker.objects.get(article=interview, name=name) for name in ("Antony Blinken", "France 2")
    )
    blinken = make_entity("Antony Blinken")
    EntityName.objects.create(
        entity=blinken, name="Antony Blinken", kind="label", folded="antony blinken"
    )
    SpeakerIdentity.objects.create(
        speaker=gone, entity=blinken, status="verified", set_at=timezone.now()
    )
    structuring.merge_speakers(
        talk_by, gone.position, kept.position, ("Antony Blinken", "France 2"),
        take_over=take_over_identity,
    )  # fmt: skip
    assert voices(interview) == ["France 2"] * 4
    assert SpeakerIdentity.objects.get(speaker=kept).entity == blinken
    gone.refresh_from_db()
    assert gone.retired
    undo_last(editor)
    assert state(interview) == before
    assert SpeakerIdentity.objects.get(speaker=kept).entity is None
    with pytest.raises(WrongStructure, match="same"):
        structuring.merge_speakers(talk_by, 0, 0, ("", ""))


def test_exchanges_are_set_and_counted_anew(interview: Article, talk_by: By, editor: User) -> None:
    before = state(interview)
    structuring.set_exchange(talk_by, at(interview, 4), 7)
    assert [one.exchange for one in passages(interview)] == [1, 1, 2, 7]
    structuring.renumber_exchanges(talk_by)
    assert state(interview) == before
    assert structuring.renumber_exchanges(talk_by) is None
    with pytest.raises(WrongStructure, match="exchange"):
        structuring.set_exchange(talk_by, at(interview, 4), 0)
    structuring.set_role(talk_by, at(interview, 4), "note")
    with pytest.raises(WrongStructure, match="unpaired"):
        structuring.set_exchange(talk_by, at(interview, 4), 1)


def test_an_interview_becomes_an_article_and_back_in_one_act_each(
    interview: Article, talk_by: By, editor: User
) -> None:
    before = state(interview)
    kept = say(interview, (2, "bien compris"), creator=editor)
    interview.refresh_from_db()
    reparse_article(talk_by, "article", interview.revision)
    interview.refresh_from_db()
    assert interview.kind == "article"
    assert voices(interview) == [None] * 4
    assert interview.speaker_names == ""
    assert texts(interview)[1].startswith("Antony Blinken : ")
    assert quote(kept) == [("bien compris", "anchored")]
    with pytest.raises(StaleStructure):
        reparse_article(talk_by, "interview", 1)
    reparse_article(talk_by, "interview", interview.revision)
    assert [row[1:] for row in state(interview)[:4]] == [row[1:] for row in before[:4]]
    undo_last(editor)
    undo = undo_act(
        activity=Activity.objects.filter(verb=Verb.STRUCTURE).earliest("pk"),
        agent=Agent(editor), allow=anybody,
    )  # fmt: skip
    assert state(interview) == before
    assert quote(kept) == [("bien compris", "anchored")]
    undo_act(activity=undo, agent=Agent(editor), allow=anybody)
    interview.refresh_from_db()
    assert interview.kind == "article"


def test_whoever_may_not_changes_nothing(interview: Article, editor: User) -> None:
    def nobody(_places: set[int]) -> None:
        raise PermissionDenied

    by = By(interview.pk, Agent(editor), nobody)
    acts: list[Callable[[], object]] = [
        lambda: structuring.set_role(by, at(interview, 1), "note"),
        lambda: structuring.merge_passage(by, at(interview, 1)),
        lambda: structuring.add_speaker(by, "X"),
        lambda: reparse_article(by, "article", interview.revision),
    ]
    before = state(interview)
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert state(interview) == before
