"""Corrections among what others keep to themselves, what others changed, and many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group

from annotations.models import Annotation, LinkStatus, Motivation, Target
from annotations.queries.integrity import check_logs, check_rules
from annotations.services.accepting import accept_many
from annotations.services.annotating import create_annotation
from annotations.services.correcting import Link, correct_text
from annotations.services.entities import create_entity
from annotations.services.everywhere import Spot, correct_everywhere
from annotations.services.proposing import propose_correction
from annotations.services.spans import StaleSpan
from annotations.services.undoing import undo_act
from articles.models import Activity, Article, Passage
from articles.services.log import Agent
from diplowatch.lib.roles import Role
from tests.annotations.correcting.test_correcting import anybody, correct, quote
from tests.annotations.saying import span_of
from tests.annotations.speaking import say
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.test import Client

    from annotations.models import Entity
    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]


@pytest.fixture(autouse=True)
def all_holds(db: None) -> Iterator[None]:
    """After each test everything that must always hold does."""
    yield
    broken = [one for one in [*check_rules(), check_logs()] if one.broken]
    assert not [(one.says, one.first) for one in broken]


@pytest.fixture
def blinken(db: None) -> Entity:
    """An entity with its names."""
    return person("Antony Blinken")


def person(name: str) -> Entity:
    """An entity of that name."""
    made, _activity = create_entity(agent=Agent(name="tests"), kind="person", label_fr=name)
    return made


def privately(
    article: Article, user: User, motivation: str, words: str, **more: object
) -> Annotation:
    """Something that only its maker sees."""
    made, _activity = create_annotation(
        article_id=article.pk, agent=Agent(user), motivation=motivation,
        spans=[span_of(article, words)], private=True, **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return made


def propose(
    article: Article, user: User, words: str, new: str, entity: int | None = None
) -> Annotation:
    """Propose a correction of the first place of these words."""
    made, _activity = propose_correction(
        article_id=article.pk, span=span_of(article, words), replacement=new, agent=Agent(user),
        entity_id=entity,
    )  # fmt: skip
    return made


def links(article: Article) -> list[tuple[str, int | None, bool]]:
    """The links of a text: their words, whom they name, whether they are private."""
    found = Target.objects.filter(
        annotation__article=article, annotation__motivation="identifying",
        annotation__removed=None,
    ).order_by("passage", "start", "annotation")  # fmt: skip
    return [(one.exact, one.annotation.entity_id, one.annotation.private) for one in found]


def test_a_private_note_on_the_words_keeps_no_editor_from_undoing_a_correction(
    news: Article, editor: User, stranger: User, reader: User, sign_in: SignIn
) -> None:
    privately(news, reader, "commenting", "Anthony Blingen", body="Qui ?")
    correct(news, "Anthony Blingen", "Antony Blinken", editor)
    done = Activity.objects.latest("pk")
    response = sign_in(stranger).post(f"/activity/{done.pk}/undo")
    assert response.status_code == 302
    assert "Anthony Blingen" in Passage.objects.get(article=news, number=1).text


def test_others_private_flags_stay_open_when_their_words_are_corrected(
    news: Article, editor: User, reader: User
) -> None:
    flag = privately(news, reader, "questioning", "Blingen", flag_kind="name")
    correct(news, "Blingen", "Blinken", editor)
    flag.refresh_from_db()
    assert flag.decided_at is None
    acts = Activity.objects.filter(private=False, data__rows__contains=[{"id": str(flag.pk)}])
    assert all(
        row["after"].keys() == {"targets"}
        for act in acts for row in act.data["rows"] if row["id"] == str(flag.pk)
    )  # fmt: skip


def test_a_link_that_another_keeps_private_is_none_for_all(
    news: Article, editor: User, reader: User, blinken: Entity
) -> None:
    privately(
        news, reader, "identifying", "Anthony Blingen", entity_id=blinken.pk,
        link_status=LinkStatus.UNVERIFIED,
    )  # fmt: skip
    correct_text(
        article_id=news.pk, span=span_of(news, "Anthony Blingen"), replacement="Antony Blinken",
        agent=Agent(editor), allow=anybody, link=Link(blinken.pk, 0, 14),
    )  # fmt: skip
    assert ("Antony Blinken", blinken.pk, False) in links(news)


def test_everywhere_a_link_that_another_keeps_private_is_none_for_all(
    news: Article, editor: User, reader: User, blinken: Entity
) -> None:
    privately(
        news, reader, "identifying", "Anthony Blingen", entity_id=blinken.pk,
        link_status=LinkStatus.UNVERIFIED,
    )  # fmt: skip
    span = span_of(news, "Anthony Blingen")
    spot = Spot(news.pk, 1, span.revision, span.start, span.end, span.exact, "Antony Blinken")
    correct_everywhere(spots=[spot], agent=Agent(editor), allow=anybody, entity_id=blinken.pk)
    assert ("Antony Blinken", blinken.pk, False) in links(news)


def test_many_accepted_at_once_are_each_linked(
    news: Article, make_article: MakeArticle, editor: User, annotator: User, blinken: Entity
) -> None:
    other = make_article("Un mot.\n\nPuis Blingen a parlé.", name="b.txt")
    say(news, (1, "Blingen"), motivation="identifying", entity=blinken, link_status="unverified",
        creator=editor,
    )  # fmt: skip
    made = [propose(news, annotator, "Blingen", "Blinken", blinken.pk)]
    number = Passage.objects.get(article=other, text__contains="Blingen").number
    proposal, _activity = propose_correction(
        article_id=other.pk, span=span_of(other, "Blingen", number), replacement="Blinken",
        agent=Agent(annotator), entity_id=blinken.pk,
    )  # fmt: skip
    accept_many(ids=[made[0].pk, proposal.pk], agent=Agent(editor), allow=anybody)
    assert links(news) == [("Blinken", blinken.pk, False)]
    assert links(other) == [("Blinken", blinken.pk, False)]


def test_what_names_another_than_an_accepted_proposal_is_to_be_checked(
    news: Article, editor: User, annotator: User, blinken: Entity
) -> None:
    wrong = say(
        news, (1, "Blingen"), motivation="identifying", entity=person("Jean Blingen"),
        link_status="unverified", creator=editor,
    )  # fmt: skip
    proposal = propose(news, annotator, "Blingen", "Blinken", blinken.pk)
    accept_many(ids=[proposal.pk], agent=Agent(editor), allow=anybody)
    assert quote(wrong) == [("Blinken", "needs_check")]
    assert ("Blinken", blinken.pk, False) in links(news)


def test_a_link_never_lands_on_other_words_because_of_what_came_meanwhile(
    news: Article, editor: User, stranger: User, blinken: Entity
) -> None:
    seen = span_of(news, "mardi Anthony Blingen pour des entretiens")
    correct(news, "pour", "dans le cadre", stranger)
    new = "lundi Anthony Blingen pour des échanges"
    place = new.index("échanges")
    with pytest.raises(StaleSpan):
        correct_text(
            article_id=news.pk, span=seen, replacement=new, agent=Agent(editor), allow=anybody,
            link=Link(blinken.pk, place, place + len("échanges")),
        )  # fmt: skip
    assert "mardi" in Passage.objects.get(article=news, number=1).text


def test_what_of_an_act_stays_in_the_text_is_not_open_again(
    news: Article, make_article: MakeArticle, editor: User, annotator: User
) -> None:
    other = make_article("Un mot.\n\nPuis Blingen a parlé.", name="b.txt")
    number = Passage.objects.get(article=other, text__contains="Blingen").number
    stays = propose(news, annotator, "Blingen", "Blinken")
    goes, _activity = propose_correction(
        article_id=other.pk, span=span_of(other, "Blingen", number), replacement="Blinken",
        agent=Agent(annotator),
    )  # fmt: skip
    done = accept_many(ids=[stays.pk, goes.pk], agent=Agent(editor), allow=anybody).done
    correct(news, "Blinken", "Blinkenn", editor)
    undo_act(activity=done.activity, agent=Agent(editor), allow=anybody, is_partly=True)
    stays.refresh_from_db()
    goes.refresh_from_db()
    assert (stays.state, goes.state) == ("accepted", "proposed")
    assert quote(goes) == [("Blingen", "anchored")]
    assert Motivation(goes.motivation) == Motivation.EDITING


def test_who_may_correct_no_more_undoes_no_correction(
    news: Article, editor: User, sign_in: SignIn
) -> None:
    correct(news, "Blingen", "Blinken", editor)
    done = Activity.objects.latest("pk")
    editor.groups.set([Group.objects.get(name=Role.ANNOTATOR.group)])
    client = sign_in(type(editor).objects.get(pk=editor.pk))
    assert client.post(f"/activity/{done.pk}/undo").status_code == 403
    assert client.post(f"/articles/{news.pk}/undo").status_code in (302, 403)
    assert "Blinken" in Passage.objects.get(article=news, number=1).text
