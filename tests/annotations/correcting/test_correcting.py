"""Corrections: the words change, what is said of them follows, and all of it is undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from annotations.models import Annotation, EntityName, Motivation, Target
from annotations.queries.integrity import check_logs, check_rules
from annotations.services.correcting import Link, Why, correct_text
from annotations.services.spans import Span, StaleSpan, WrongSpan
from annotations.services.undoing import undo_act
from articles.models import Activity, Article, Passage, Revision, Verb
from articles.services.log import Agent
from articles.services.operating import Act, Work, operate
from articles.services.reversing import TextInTheWay
from articles.services.statuses import Mark, NotAnother, marked, stand_anew
from articles.text.edits import Edit
from articles.text.operations import Merge, Split, Text
from tests.annotations.saying import span_of
from tests.annotations.speaking import make_entity, say

if TYPE_CHECKING:
    from annotations.services.correcting import Corrected
    from articles.text.operations import Operation
    from diplowatch.accounts.models import User


def anybody(_places: set[int]) -> None:
    """Lets everybody do everything."""


def correct(article: Article, words: str, new: str, user: User, **more: object) -> Corrected:
    """Correct the first place of words in the first passage that has them."""
    number = next(p.number for p in passages(article) if words in p.text)
    return correct_text(
        article_id=article.pk, span=span_of(article, words, number), replacement=new,
        agent=Agent(user), allow=anybody, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def passages(article: Article) -> list[Passage]:
    """Those that stand, in order."""
    return list(Passage.objects.filter(article=article).live().order_by("position"))


def texts(article: Article) -> list[str]:
    """Their texts."""
    return [passage.text for passage in passages(article)]


def undo(activity: Activity, user: User) -> Activity:
    """Undo an act."""
    return undo_act(activity=activity, agent=Agent(user), allow=anybody)


def do(article: Article, user: User, *operations: Operation) -> Activity:
    """Make operations on an article."""
    act = Act(Agent(user), Verb.STRUCTURE, anybody)
    return operate([Work(article.pk, operations)], act).activity


def quote(annotation: Annotation) -> list[tuple[str, str]]:
    """What its targets quote, and how they stand."""
    found = Target.objects.filter(annotation=annotation).order_by("position")
    return list(found.values_list("exact", "state"))


@pytest.fixture(autouse=True)
def all_holds(db: None) -> object:
    """After each test everything that must always hold does."""
    yield
    broken = [one for one in [*check_rules(), check_logs()] if one.broken]
    assert not [(one.says, one.first) for one in broken]


def test_the_words_change_and_what_is_said_of_them_follows(news: Article, editor: User) -> None:
    around = say(news, (1, "reçu mardi Anthony Blingen pour"), creator=editor)
    before = say(news, (1, "Qui de Arsay"), creator=editor)
    after = say(news, (1, "OCDE"), creator=editor)
    on_it = say(news, (1, "Anthony Blingen"), motivation="commenting", creator=editor)
    done = correct(news, "Anthony Blingen", "Antony Blinken", editor, why=Why(kind="name"))
    assert "mardi Antony Blinken pour" in texts(news)[0]
    assert quote(before) == [("Qui de Arsay", "anchored")]
    assert quote(after) == [("OCDE", "anchored")]
    assert quote(on_it) == [("Antony Blinken", "needs_check")]
    assert quote(around) == [("reçu mardi Antony Blinken pour", "needs_check")]
    activity = done.done.activity
    assert activity.verb == Verb.CORRECT
    assert activity.data["kind"] == "name"
    undo(activity, editor)
    assert "Anthony Blingen" in texts(news)[0]
    assert quote(on_it) == [("Anthony Blingen", "anchored")]
    assert quote(around) == [("reçu mardi Anthony Blingen pour", "anchored")]
    assert quote(after) == [("OCDE", "anchored")]
    news.refresh_from_db()
    assert news.revision == 3
    assert list(Revision.objects.filter(article=news).values_list("number", flat=True)) == [1, 2, 3]


def test_one_gesture_corrects_links_and_remembers(news: Article, editor: User) -> None:
    blinken = make_entity("Antony Blinken")
    EntityName.objects.create(
        entity=blinken, name="Antony Blinken", kind="label", folded="antony blinken"
    )
    flag = say(
        news, (1, "Anthony Blingen"), motivation="questioning", flag_kind="name", creator=editor
    )
    link = Link(blinken.pk, 0, 14, remember=True)
    done = correct(news, "Anthony Blingen", "Antony Blinken", editor, link=link)
    assert done.link is not None
    assert quote(done.link) == [("Antony Blinken", "anchored")]
    assert quote(flag) == [("Antony Blinken", "anchored")]
    flag.refresh_from_db()
    assert flag.decided_by == editor
    assert EntityName.objects.get(kind="garbling").name == "Anthony Blingen"
    undo(done.done.activity, editor)
    flag.refresh_from_db()
    assert flag.decided_at is None
    done.link.refresh_from_db()
    assert done.link.removed is not None
    assert EntityName.objects.get(kind="garbling").retired
    assert quote(flag) == [("Anthony Blingen", "anchored")]


def test_two_acts_are_undone_in_any_order(news: Article, editor: User) -> None:
    born = texts(news)
    mark = say(news, (1, "Anthony Blingen"), creator=editor)
    first = correct(news, "Anthony Blingen", "Antony Blinken", editor).done.activity
    second = correct(news, "Qui de Arsay", "Quai d’Orsay", editor).done.activity
    undo(first, editor)
    assert quote(mark) == [("Anthony Blingen", "anchored")]
    assert "Quai d’Orsay" in texts(news)[0]
    undo(second, editor)
    assert texts(news) == born
    assert quote(mark) == [("Anthony Blingen", "anchored")]


def test_what_was_changed_again_stands_in_the_way(news: Article, editor: User) -> None:
    first = correct(news, "Anthony Blingen", "Antony Blinken", editor).done.activity
    second = correct(news, "Antony Blinken", "M. Blinken", editor).done.activity
    with pytest.raises(TextInTheWay) as fault:
        undo(first, editor)
    assert fault.value.activities == (second.pk,)
    undo(second, editor)
    undo(first, editor)
    assert "Anthony Blingen" in texts(news)[0]


def test_edits_apart_merge_and_edits_of_the_same_words_are_refused(
    news: Article, editor: User, admin: User
) -> None:
    seen = span_of(news, "OCDE")
    same = span_of(news, "Anthony Blingen")
    correct(news, "Anthony Blingen", "Blinken", editor)
    correct_text(
        article_id=news.pk, span=seen, replacement="O.C.D.E.", agent=Agent(admin), allow=anybody
    )
    assert texts(news)[0].endswith("mardi Blinken pour des entretiens sur l’O.C.D.E..")
    with pytest.raises(StaleSpan):
        correct_text(
            article_id=news.pk, span=same, replacement="X", agent=Agent(admin), allow=anybody
        )
    with pytest.raises(WrongSpan):
        correct_text(
            article_id=news.pk, span=Span(1, 2, 0, 2, "La"), replacement="X", agent=Agent(admin),
            allow=anybody,
        )  # fmt: skip


def test_deleted_words_detach_and_come_back(news: Article, editor: User) -> None:
    mark = say(news, (1, "Anthony Blingen"), creator=editor)
    done = correct(news, "mardi Anthony Blingen pour", "mardi pour", editor)
    assert quote(mark) == [("Anthony Blingen", "detached")]
    undo(done.done.activity, editor)
    assert quote(mark) == [("Anthony Blingen", "anchored")]


def test_a_split_parts_a_target_and_its_undoing_heals_it(news: Article, editor: User) -> None:
    text = texts(news)[1]
    mark = say(news, (2, "du Sahel. « Nous avons"), creator=editor)
    later = say(news, (2, "le ministre"), creator=editor)
    at = text.index(" « Nous")
    activity = do(news, editor, Split(2, at, " ", 0, "paragraph", None, None))
    assert texts(news)[1:3] == [text[:at], text[at + 1 :]]
    assert [exact for exact, _ in quote(mark)] == ["du Sahel.", "« Nous avons"]
    assert quote(later) == [("le ministre", "anchored")]
    assert Target.objects.get(annotation=later).passage.number == 4
    correct(news, "le ministre", "M. Le Drian", editor)
    undo(activity, editor)
    assert texts(news)[1] == text.replace("le ministre", "M. Le Drian")
    assert [exact for exact, _ in quote(mark)] == ["du Sahel. « Nous avons"]


def test_a_merge_shifts_and_is_undone_over_later_corrections(news: Article, editor: User) -> None:
    born = texts(news)
    mark = say(news, (2, "le ministre"), creator=editor)
    third = passages(news)[2]
    activity = do(
        news, editor, Merge(2, len(born[1]), " ", 3, third.role, None, None)
    )  # fmt: skip
    assert texts(news) == [born[0], f"{born[1]} {born[2]}"]
    correct(news, "Sahel", "Mali", editor)
    undo(activity, editor)
    assert texts(news) == [born[0], born[1].replace("Sahel", "Mali"), born[2]]
    assert quote(mark) == [("le ministre", "anchored")]


def test_one_act_on_many_articles(make_article: Callable[..., Article], editor: User) -> None:
    articles = [
        make_article(f"Un texte {n}.\n\nM. Blingen est venu le {n}.\n", name=f"{n}.txt")
        for n in range(5)
    ]
    marks = [say(one, (2, "Blingen"), creator=editor) for one in articles]
    works = [Work(one.pk, [Text(2, (Edit(3, "Blingen", "Blinken"),))]) for one in articles]
    done = operate(works, Act(Agent(editor), Verb.CORRECT, anybody))
    assert {quote(mark)[0] for mark in marks} == {("Blinken", "needs_check")}
    undo(done.activity, editor)
    assert {quote(mark)[0] for mark in marks} == {("Blingen", "anchored")}
    assert Annotation.objects.filter(motivation=Motivation.HIGHLIGHTING).count() == 5


def test_a_correction_steps_back_and_its_undoing_forth(
    news: Article, editor: User, admin: User
) -> None:
    Passage.objects.filter(article=news).update(status="proofread", proofread_by=admin)
    Passage.objects.filter(article=news, number=1).update(status="validated", validated_by=editor)
    stand_anew([news.pk])
    done = correct(news, "Anthony Blingen", "Antony Blinken", editor).done.activity
    first = Passage.objects.get(article=news, number=1)
    assert (first.status, first.proofread_by) == ("proofread", editor)
    undo(done, editor)
    first.refresh_from_db()
    assert (first.status, first.proofread_by, first.validated_by) == ("validated", admin, editor)


def test_the_parts_of_a_passage_stand_where_it_stood(news: Article, editor: User) -> None:
    Passage.objects.filter(article=news).update(status="proofread", proofread_by=editor)
    stand_anew([news.pk])
    at = texts(news)[1].index(" « Nous")
    activity = do(news, editor, Split(2, at, " ", 0, "paragraph", None, None))
    assert {passage.status for passage in passages(news)} == {"proofread"}
    news.refresh_from_db()
    assert (news.passages_done, news.passages_all) == (4, 4)
    undo(activity, editor)
    news.refresh_from_db()
    assert (news.passages_done, news.passages_all) == (3, 3)


def test_who_corrects_what_another_proofread_cannot_validate_it(
    news: Article, editor: User, admin: User
) -> None:
    Passage.objects.filter(article=news).update(status="proofread", proofread_by=admin)
    stand_anew([news.pk])
    done = correct(news, "Anthony Blingen", "Antony Blinken", editor).done.activity
    first = Passage.objects.get(article=news, number=1)
    assert (first.status, first.proofread_by) == ("proofread", editor)
    second = Passage.objects.get(article=news, number=2)
    assert (second.status, second.proofread_by) == ("proofread", admin)
    with pytest.raises(NotAnother):
        marked(Mark("proofread", "", editor.pk), "validated", person=editor.pk)
    undo(done, editor)
    first.refresh_from_db()
    assert (first.status, first.proofread_by) == ("proofread", admin)
