"""What an undoing must not do: leave a text validated that nobody validated, or half of an act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotations.queries.integrity import check_logs, check_rules
from annotations.services.undoing import undo_act
from articles.models import Activity, Article, Passage, Status
from articles.services import structuring
from articles.services.changes import undo_changes
from articles.services.log import Agent
from articles.services.structuring import At, By
from articles.services.undo_faults import ChangedSince
from tests.annotations.history.acting import anybody, correct
from tests.articles.marks import mark, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplowatch.accounts.models import User

PROOFREAD, VALIDATED, RAW = Status.PROOFREAD.value, Status.VALIDATED.value, Status.RAW.value


@pytest.fixture(autouse=True)
def all_holds(db: None) -> Iterator[None]:
    """After each test everything that must always hold does."""
    yield
    broken = [one for one in [*check_rules(), check_logs()] if one.broken]
    assert not [(one.says, one.first) for one in broken]


def undo(activity: Activity, user: User, **more: bool) -> Activity:
    """Undo an act."""
    return undo_act(activity=activity, agent=Agent(user), allow=anybody, **more)


def at(article: Article, number: int) -> At:
    """A passage as it stands."""
    return At(number, Passage.objects.get(article=article, number=number).revision)


def status(article: Article, number: int = 1) -> str:
    """How far a passage is."""
    return Passage.objects.get(article=article, number=number).status


def validate(article: Article, number: int, reader: User, other: User) -> None:
    """One proofreads, another validates."""
    mark(article, number, PROOFREAD, reader)
    mark(article, number, VALIDATED, other)


def test_what_was_validated_after_a_correction_steps_back_when_that_is_undone(
    news: Article, editor: User, stranger: User
) -> None:
    done = correct(news, "Blingen", "Blinken", editor)
    validate(news, 1, editor, stranger)
    undone = undo(done, editor)
    assert status(news) == PROOFREAD
    undo(undone, editor)  # the very words that were validated
    assert status(news) == VALIDATED


def test_what_was_corrected_again_is_not_validated_by_undoing_the_first_correction(
    news: Article, editor: User, stranger: User
) -> None:
    validate(news, 1, editor, stranger)
    first = correct(news, "Blingen", "Blinken", editor)
    second = correct(news, "mardi", "lundi", editor)
    undo(first, editor)
    assert status(news) == PROOFREAD
    undo(second, editor)
    assert status(news) == PROOFREAD


def test_corrections_taken_back_one_after_the_other_leave_it_validated(
    news: Article, editor: User, stranger: User
) -> None:
    validate(news, 1, editor, stranger)
    first = correct(news, "Blingen", "Blinken", editor)
    second = correct(news, "mardi", "lundi", editor)
    undo(second, editor)
    undo(first, editor)
    assert status(news) == VALIDATED


def test_a_passage_joined_with_one_that_nobody_read_is_in_progress(
    news: Article, editor: User
) -> None:
    mark(news, 1, PROOFREAD, editor)
    before = standing(news)
    done = structuring.merge_passage(By(news.pk, Agent(editor), anybody), at(news, 1))
    assert done is not None
    assert standing(news) == ["in_progress", "in_progress", RAW]
    undo(done.activity, editor)
    assert standing(news) == before


def test_a_passage_joined_with_one_that_is_problematic_is_so(news: Article, editor: User) -> None:
    mark(news, 2, Status.PROBLEMATIC.value, editor, "illegible")
    before = standing(news)
    done = structuring.merge_passage(By(news.pk, Agent(editor), anybody), at(news, 1))
    assert done is not None
    joined = Passage.objects.get(article=news, number=1)
    assert (joined.status, joined.problem) == ("problematic", "illegible")
    undo(done.activity, editor)
    assert standing(news) == before


def test_undoing_a_split_keeps_the_lower_mark_of_its_halves(news: Article, editor: User) -> None:
    text = Passage.objects.get(article=news, number=2).text
    by = By(news.pk, Agent(editor), anybody)
    done = structuring.split_passage(by, at(news, 2), text.index("« Nous"))
    assert done is not None
    mark(news, 2, PROOFREAD, editor)
    undo(done.activity, editor)
    assert status(news, 2) == "in_progress"


def test_a_voice_that_others_were_given_since_does_not_go_with_the_undoing(
    interview: Article, editor: User
) -> None:
    by = By(interview.pk, Agent(editor), anybody)
    first = structuring.give_voice(by, at(interview, 1), name="Anne Martin")
    structuring.give_voice(by, at(interview, 3), name="Anne Martin")
    assert first is not None
    undo(first.activity, editor)
    gone = Passage.objects.live().filter(article=interview, speaker__retired=True)
    assert not gone.exists()


def test_a_passage_is_not_given_back_to_a_voice_that_is_gone(
    interview: Article, editor: User
) -> None:
    by = By(interview.pk, Agent(editor), anybody)
    done = [
        structuring.give_voice(by, at(interview, number), name="Anne Martin") for number in (1, 3)
    ]
    assert done[0] is not None
    undo(done[0].activity, editor)
    gone = Passage.objects.live().filter(article=interview, speaker__retired=True)
    assert not gone.exists()


def test_validated_passages_that_were_joined_are_so_again_when_that_is_undone(
    news: Article, editor: User, stranger: User
) -> None:
    for number in (1, 2):
        validate(news, number, editor, stranger)
    before = standing(news)
    done = structuring.merge_passage(By(news.pk, Agent(editor), anybody), at(news, 1))
    assert done is not None
    assert standing(news) == ["in_progress", PROOFREAD, RAW]
    undo(done.activity, editor)
    assert standing(news) == before


def test_what_was_corrected_while_it_was_joined_is_not_validated_when_it_is_parted(
    news: Article, editor: User, stranger: User
) -> None:
    for number in (1, 2):
        validate(news, number, editor, stranger)
    done = structuring.merge_passage(By(news.pk, Agent(editor), anybody), at(news, 1))
    assert done is not None
    correct(news, "Sahel", "Mali", editor)
    undo(done.activity, editor)
    assert status(news, 2) == PROOFREAD


def test_a_mark_taken_back_validates_nothing_that_was_corrected_since(
    news: Article, editor: User, stranger: User
) -> None:
    validate(news, 1, editor, stranger)
    lowered = mark(news, 1, "in_progress", editor)
    assert lowered is not None
    done = correct(news, "Blingen", "Blinken", editor)
    with pytest.raises(ChangedSince):
        undo_changes(activity=lowered, agent=Agent(editor), allow=anybody)
    assert status(news) == "in_progress"
    assert done.pk


def test_a_mark_is_taken_back_where_nothing_was_corrected(
    news: Article, editor: User, stranger: User
) -> None:
    for number in (1, 2):
        validate(news, number, editor, stranger)
    lowered = mark(news, 1, "in_progress", editor)
    assert lowered is not None
    correct(news, "Sahel", "Mali", editor)
    undo_changes(activity=lowered, agent=Agent(editor), allow=anybody)
    assert status(news) == VALIDATED
