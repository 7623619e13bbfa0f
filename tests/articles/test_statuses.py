"""The ladder: passages are marked, texts stand where they stand, a second person validates."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction

from articles.models import Activity, Article, HouseRule, Passage, Status, Verb
from articles.services.bulk import set_status
from articles.services.changes import undo_changes
from articles.services.details import GoneArticle
from articles.services.log import Agent, record
from articles.services.marking import GonePassage, StaleText, mark_passage, mark_rest
from articles.services.statuses import (
    NeedsReason,
    NotAnother,
    lock_passages,
    put_back,
    stand_anew,
    step_back,
)
from articles.services.undo_faults import ChangedSince
from tests.articles.marks import anywhere, mark, rest, share, standing

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from diplowatch.accounts.models import User
    from tests.conftest import MakeArticle


def undo(activity: Activity | None, user: User) -> Activity:
    """Undo an act."""
    assert activity is not None
    return undo_changes(activity=activity, agent=Agent(user), allow=anywhere)


def whole(status: str, user: User, *articles: Article, problem: str = "") -> Activity | None:
    """Give whole texts a status."""
    return set_status(
        article_ids=[one.pk for one in articles], status=status, problem=problem,
        agent=Agent(user), allow=anywhere,
    )  # fmt: skip


class TestPassages:
    def test_the_text_steps_where_all_its_passages_are(
        self, news: Article, editor: User, admin: User
    ) -> None:
        assert standing(news) == ["raw"] * 4
        mark(news, 1, "proofread", editor)
        assert standing(news) == ["in_progress", "proofread", "raw", "raw"]
        assert share(news) == (1, 3)
        mark(news, 2, "proofread", editor)
        mark(news, 3, "proofread", admin)
        assert standing(news) == ["proofread"] * 4
        mark(news, 1, "validated", admin)
        mark(news, 2, "validated", admin)
        assert news.status == "proofread"
        mark(news, 3, "validated", editor)
        assert standing(news) == ["validated"] * 4
        assert share(news) == (3, 3)

    def test_a_passage_steps_down_and_the_text_with_it(
        self, news: Article, editor: User, admin: User
    ) -> None:
        rest(news, "proofread", editor)
        rest(news, "validated", admin)
        mark(news, 2, "proofread", admin)
        assert standing(news) == ["proofread", "validated", "proofread", "validated"]
        assert news.passages.get(number=2).proofread_by == editor
        mark(news, 2, "raw", admin)
        assert standing(news) == ["in_progress", "validated", "raw", "validated"]

    def test_what_is_problematic_needs_a_reason_and_stands_beside_the_ladder(
        self, news: Article, editor: User
    ) -> None:
        with pytest.raises(NeedsReason):
            mark(news, 1, "problematic", editor, problem="  ")
        mark(news, 1, "problematic", editor, problem="Deux voix mêlées")
        rest(news, "proofread", editor)
        assert standing(news) == ["in_progress", "problematic", "proofread", "proofread"]
        assert news.passages.get(number=1).problem == "Deux voix mêlées"
        assert news.problem == ""
        mark(news, 1, "problematic", editor, problem="Illisible")
        assert news.passages.get(number=1).problem == "Illisible"
        mark(news, 1, "proofread", editor)
        assert standing(news) == ["proofread"] * 4
        assert news.passages.get(number=1).problem == ""

    def test_marking_the_same_again_is_no_act(
        self, news: Article, editor: User, admin: User
    ) -> None:
        mark(news, 1, "proofread", editor)
        assert mark(news, 1, "proofread", admin) is None
        assert news.passages.get(number=1).proofread_by == editor
        assert Activity.objects.filter(verb=Verb.STATUS).count() == 1

    def test_who_saw_something_else_is_refused(self, news: Article, editor: User) -> None:
        mark(news, 1, "proofread", editor)
        Passage.objects.filter(article=news, number=2).update(revision=3)
        news.refresh_from_db()
        version = news.version
        for number, revision, seen in ((1, 0, "raw"), (2, 0, "raw")):
            with pytest.raises(StaleText):
                mark_passage(
                    article_id=news.pk, number=number, status="in_progress", revision=revision,
                    seen=seen, agent=Agent(editor), allow=anywhere,
                )  # fmt: skip
        with pytest.raises(StaleText):
            mark_rest(
                article_id=news.pk, status="proofread", revision=9, agent=Agent(editor),
                allow=anywhere,
            )  # fmt: skip
        news.refresh_from_db()
        assert news.version == version

    def test_what_is_not_there_is_not_marked(self, news: Article, editor: User) -> None:
        unknown = {"status": "raw", "revision": 0, "seen": "raw"}
        with pytest.raises(GonePassage):
            mark_passage(
                article_id=news.pk, number=9, agent=Agent(editor), allow=anywhere, **unknown
            )  # type: ignore[arg-type]  # a dictionary of both
        with pytest.raises(GoneArticle):
            mark_passage(
                article_id=news.pk + 1, number=1, agent=Agent(editor), allow=anywhere, **unknown
            )  # type: ignore[arg-type]  # a dictionary of both

    def test_each_act_raises_the_version_and_says_what_it_changed(
        self, news: Article, editor: User
    ) -> None:
        activity = mark(news, 2, "proofread", editor)
        assert activity is not None
        assert activity.article == news
        after = {"status": "proofread", "proofread_by": editor.pk}
        assert activity.data == {
            "changes": {
                str(news.pk): {"before": {"status": "raw"}, "after": {"status": "in_progress"}}
            },
            "statuses": {str(news.pk): [[[2], {"status": "raw"}, after]]},
        }
        news.refresh_from_db()
        assert news.version == 2


class TestValidating:
    def test_only_another_person_validates(self, news: Article, editor: User) -> None:
        rest(news, "proofread", editor)
        with pytest.raises(NotAnother) as refused:
            mark(news, 1, "validated", editor)
        assert (refused.value.own, refused.value.unread) == (1, 0)
        with pytest.raises(NotAnother) as refused:
            rest(news, "validated", editor)
        assert refused.value.own == 3
        with pytest.raises(NotAnother):
            whole("validated", editor, news)
        assert standing(news) == ["proofread"] * 4

    def test_what_nobody_proofread_is_not_validated(
        self, news: Article, editor: User, admin: User
    ) -> None:
        with pytest.raises(NotAnother) as refused:
            whole("validated", editor, news)
        assert (refused.value.own, refused.value.unread) == (0, 3)
        mark(news, 1, "proofread", editor)
        rest(news, "validated", admin)
        assert standing(news) == ["in_progress", "validated", "raw", "raw"]

    def test_no_machine_validates(self, news: Article, editor: User) -> None:
        mark(news, 1, "proofread", None)
        with pytest.raises(NotAnother):
            mark(news, 1, "validated", editor)
        mark(news, 2, "proofread", editor)
        with pytest.raises(NotAnother):
            mark(news, 2, "validated", None)

    def test_a_house_rule_lets_a_lone_editor_validate(self, news: Article, editor: User) -> None:
        HouseRule.objects.create(name="lone_validation", value=True)
        with pytest.raises(NotAnother):
            mark(news, 1, "validated", editor)  # first it is to be proofread
        rest(news, "proofread", editor)
        rest(news, "validated", editor)
        assert standing(news) == ["validated"] * 4
        assert all(news.passages.values_list("validated_alone", flat=True))

    def test_the_database_refuses_the_same_person(self, news: Article, editor: User) -> None:
        passage = news.passages.filter(number=1)
        for people in (
            {"proofread_by": editor, "validated_by": editor},
            {"proofread_by": None, "validated_by": editor},
            {},
        ):
            with pytest.raises(IntegrityError, match="another_person"), transaction.atomic():
                passage.update(status=Status.VALIDATED, **people)

    def test_the_database_refuses_a_text_that_is_further_than_its_passages(
        self, news: Article, editor: User, admin: User
    ) -> None:
        mark(news, 1, "proofread", editor)
        mark(news, 1, "validated", admin)
        with pytest.raises(IntegrityError, match="not validated"), transaction.atomic():
            Article.objects.filter(pk=news.pk).update(status=Status.VALIDATED)


class TestWholeTexts:
    def test_passages_go_with_their_text(
        self, news: Article, interview: Article, editor: User
    ) -> None:
        activity = whole("proofread", editor, news, interview)
        assert standing(news) == ["proofread"] * 4
        assert set(standing(interview)) == {"proofread"}
        assert share(interview) == (4, 4)
        undo(activity, editor)
        assert set(standing(news) + standing(interview)) == {"raw"}
        assert share(interview) == (0, 4)

    def test_what_is_further_stays_so_on_the_way_up(
        self, news: Article, editor: User, admin: User
    ) -> None:
        mark(news, 1, "proofread", editor)
        mark(news, 1, "validated", admin)
        mark(news, 2, "problematic", editor, problem="Illisible")
        whole("proofread", admin, news)
        assert standing(news) == ["proofread", "validated", "proofread", "proofread"]
        whole("in_progress", admin, news)
        assert standing(news) == ["in_progress"] * 4

    def test_a_problematic_text_has_its_reason(self, news: Article, editor: User) -> None:
        with pytest.raises(NeedsReason):
            whole("problematic", editor, news)
        activity = whole("problematic", editor, news, problem="Rien que du bruit")
        assert standing(news) == ["problematic"] * 4
        assert news.problem == "Rien que du bruit"
        whole("problematic", editor, news, problem="Du bruit")
        assert news.passages.get(number=3).problem == "Du bruit"
        with pytest.raises(ChangedSince):
            undo(activity, editor)

    def test_a_heading_or_note_counts_and_a_retired_passage_does_not(
        self, news: Article, editor: User
    ) -> None:
        news.passages.filter(number=1).update(role="heading")
        news.passages.filter(number=3).update(retired=True)
        mark(news, 2, "proofread", editor)
        assert standing(news) == ["in_progress", "raw", "proofread"]
        mark(news, 1, "proofread", editor)
        assert standing(news) == ["proofread"] * 3
        assert share(news) == (2, 2)

    def test_many_texts_take_no_more_statements_than_one(
        self, make_article: MakeArticle, editor: User,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        many = [make_article(f"Le texte {number}.\n\nEncore.\n") for number in range(12)]
        with django_assert_max_num_queries(12):
            whole("proofread", editor, *many)


class TestUndoing:
    def test_only_what_the_act_marked_goes_back(self, news: Article, editor: User) -> None:
        first = mark(news, 1, "proofread", editor)
        mark(news, 2, "proofread", editor)
        undoing = undo(first, editor)
        assert standing(news) == ["in_progress", "raw", "proofread", "raw"]
        assert share(news) == (1, 3)
        undo(undoing, editor)
        assert standing(news) == ["in_progress", "proofread", "proofread", "raw"]
        assert news.passages.get(number=1).proofread_by == editor

    def test_a_later_mark_of_the_same_passage_stands_in_the_way(
        self, news: Article, editor: User, admin: User
    ) -> None:
        first = mark(news, 1, "proofread", editor)
        mark(news, 1, "validated", admin)
        with pytest.raises(ChangedSince):
            undo(first, editor)

    def test_undoing_brings_back_who_validated(
        self, news: Article, editor: User, admin: User
    ) -> None:
        rest(news, "proofread", editor)
        rest(news, "validated", admin)
        lowered = whole("raw", editor, news)
        assert standing(news) == ["raw"] * 4
        undo(lowered, editor)
        assert standing(news) == ["validated"] * 4
        people = set(news.passages.values_list("proofread_by", "validated_by"))
        assert people == {(editor.pk, admin.pk)}

    @pytest.mark.parametrize(("before", "after"), [("raw", "proofread"), ("validated", "raw")])
    def test_acts_from_before_passages_had_a_status_are_undone_with_them(
        self, news: Article, editor: User, before: str, after: str
    ) -> None:
        change = {"before": {"status": before}, "after": {"status": after}}
        old = record(Agent(editor), Verb.STATUS, changes={str(news.pk): change})
        if after != "raw":
            whole(after, editor, news)
        undo(old, editor)
        assert standing(news) == [before] * 4


class TestStepsBackWhenCorrected:
    def correct(self, user: User | None, *passages: Passage) -> Activity:
        """What a correcting act does about statuses."""
        stepped = step_back([one.pk for one in passages], person=user and user.pk)
        agent = Agent(user, "" if user else "tests")
        return record(agent, Verb.CORRECT, **stepped._asdict())

    def test_a_validated_passage_is_proofread_again_by_who_corrected(
        self, news: Article, editor: User, admin: User
    ) -> None:
        rest(news, "proofread", editor)
        rest(news, "validated", admin)
        passage = news.passages.get(number=2)
        act = self.correct(admin, passage)
        assert standing(news) == ["proofread", "validated", "proofread", "validated"]
        passage.refresh_from_db()
        assert (passage.proofread_by, passage.validated_by) == (admin, None)
        assert act.data["changes"] == {
            str(news.pk): {"before": {"status": "validated"}, "after": {"status": "proofread"}}
        }
        with pytest.raises(NotAnother):
            mark(news, 2, "validated", admin)
        undo(act, admin)
        assert standing(news) == ["validated"] * 4
        passage.refresh_from_db()
        assert (passage.proofread_by, passage.validated_by) == (editor, admin)

    def test_a_machine_that_corrects_leaves_who_proofread(
        self, news: Article, editor: User, admin: User
    ) -> None:
        rest(news, "proofread", editor)
        rest(news, "validated", admin)
        self.correct(None, news.passages.get(number=2))
        assert news.passages.get(number=2).proofread_by == editor

    def test_the_first_correction_begins_the_work(
        self, news: Article, interview: Article, editor: User
    ) -> None:
        some = (news.passages.get(number=1), interview.passages.get(number=2))
        act = self.correct(editor, *some)
        assert standing(news) == ["in_progress", "in_progress", "raw", "raw"]
        assert standing(interview)[:3] == ["in_progress", "raw", "in_progress"]
        again = self.correct(editor, *some)
        assert again.data == {"statuses": {}, "changes": {}}
        undo(act, editor)
        assert set(standing(news) + standing(interview)) == {"raw"}

    def test_proofread_and_problematic_passages_stay_so(self, news: Article, editor: User) -> None:
        mark(news, 1, "proofread", editor)
        mark(news, 2, "problematic", editor, problem="Illisible")
        before = standing(news)
        self.correct(editor, *news.passages.filter(number__in=(1, 2)))
        assert standing(news) == before

    def test_what_was_marked_since_stays_where_the_correction_is_undone(
        self, news: Article, editor: User
    ) -> None:
        act = self.correct(editor, *news.passages.all())
        mark(news, 1, "proofread", editor)
        with transaction.atomic():
            back = put_back(act.data["statuses"], lock_passages([news.pk]), strict=False)
            changes = stand_anew([news.pk])
        assert back[str(news.pk)][0][0] == [2, 3]
        assert changes == {}  # still in progress
        assert share(news) == (1, 3)
        assert standing(news)[1:] == ["proofread", "raw", "raw"]

    def test_where_passages_come_or_go_the_text_stands_anew(
        self, news: Article, editor: User
    ) -> None:
        mark(news, 1, "proofread", editor)
        Passage.objects.filter(article=news, number__in=(2, 3)).update(retired=True)
        assert stand_anew([news.pk]) == {
            str(news.pk): {"before": {"status": "in_progress"}, "after": {"status": "proofread"}}
        }
        assert share(news) == (1, 1)

    def test_many_passages_take_one_statement(
        self, make_article: MakeArticle, editor: User,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        for number in range(5):
            make_article(f"Le texte {number}.\n\nEncore.\n")
        ids = list(Passage.objects.values_list("pk", flat=True))
        with django_assert_num_queries(1):
            step_back(ids, person=editor.pk)
        assert set(Article.objects.values_list("status", flat=True)) == {"in_progress"}


def test_passages_take_over_what_their_texts_were_marked_as(
    make_article: MakeArticle, editor: User, admin: User
) -> None:
    alone, both, read, bad, raw = (
        make_article(f"Le texte {number}.\n\nEncore.\n") for number in range(5)
    )

    def given(article: Article, status: str, user: User) -> None:
        change = {"before": {"status": "raw"}, "after": {"status": status}}
        record(Agent(user), Verb.STATUS, changes={str(article.pk): change})
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # as it was before
            Article.objects.filter(pk=article.pk).update(status=status)
            cursor.execute("SET LOCAL session_replication_role = origin")

    given(alone, "validated", editor)
    for status, user in (("proofread", editor), ("validated", admin)):
        given(both, status, user)
    given(read, "proofread", admin)
    given(bad, "problematic", admin)
    with connection.cursor() as cursor:
        cursor.execute(import_module("articles.migrations.0014_how_far_texts_are").GIVEN)
    names = ("status", "proofread_by", "validated_by", "validated_alone")
    found = {
        article: set(article.passages.values_list(*names))
        for article in (alone, both, read, bad, raw)
    }
    assert found == {
        alone: {("validated", None, editor.pk, True)},
        both: {("validated", editor.pk, admin.pk, False)},
        read: {("proofread", admin.pk, None, False)},
        bad: {("problematic", None, None, False)},
        raw: {("raw", None, None, False)},
    }
    assert [share(one) for one in (alone, read, bad, raw)] == [(2, 2), (2, 2), (0, 2), (0, 0)]
