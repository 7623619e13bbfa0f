"""An annotation has as many targets as it says, whatever is undone in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from annotations.models import Motivation
from annotations.services import following
from annotations.services.undoing import undo_act
from articles.models import Passage
from articles.services.log import Agent
from articles.text.operations import Merge, Split
from tests.annotations.history.acting import anybody, correct, do, texts_of
from tests.annotations.speaking import say

if TYPE_CHECKING:
    from articles.models import Article
    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db


def test_parts_that_were_corrected_are_one_again_when_the_split_is_undone(
    news: Article, editor: User
) -> None:
    words = "Nous avons avancé"
    said = say(news, (2, words), creator=editor, motivation=Motivation.HIGHLIGHTING)
    at = texts_of(news)[1].index(" avons avancé")
    split = do(news, editor, Split(2, at, " ", 0, "paragraph", None, None))
    said.refresh_from_db()
    assert (said.targets.count(), said.target_count) == (2, 2)
    correct(news, "avancé", "progressé", editor)
    undo_act(activity=split, agent=Agent(editor), allow=anybody)
    said.refresh_from_db()
    assert (said.targets.count(), said.target_count) == (1, 1)


def test_so_they_are_when_somebody_else_has_joined_the_passages_again(
    news: Article, editor: User, admin: User
) -> None:
    words = "Nous avons avancé"
    said = say(news, (2, words), creator=editor, motivation=Motivation.HIGHLIGHTING)
    at = texts_of(news)[1].index(" avons avancé")
    split = do(news, editor, Split(2, at, " ", 0, "paragraph", None, None))
    other = Passage.objects.filter(article=news).latest("number").number
    length = len(texts_of(news)[1])
    do(news, admin, Merge(2, length, " ", other, "paragraph", None, None))
    undo_act(activity=split, agent=Agent(editor), allow=anybody)
    said.refresh_from_db()
    assert (said.targets.count(), said.target_count) == (1, 1)


def test_undoing_moves_nothing_in_passages_that_it_does_not_hold(
    news: Article, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = say(news, (1, "Anthony Blingen"), (2, "Sahel"), creator=editor)
    activity = correct(news, "Blingen", "Blinken", editor)
    real = following.carry_logged

    def behind(*asked: Any) -> dict[str, list[dict[str, Any]]]:
        """As if somebody had moved the second words since they were looked up."""
        found = real(*asked)
        for targets in found.values():
            targets[1] |= {"start": targets[1]["start"] + 1, "exact": "ahel "}
            targets[1]["end"] += 1
        return found

    monkeypatch.setattr(following, "carry_logged", behind)
    undo_act(activity=activity, agent=Agent(editor), allow=anybody)
    assert [one.exact for one in said.targets.order_by("position")] == ["Anthony Blingen", "Sahel"]
