"""Known garblings are found in new texts, and stand there as proposals of the memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.jobs import look_at_batch, look_in_batch
from annotations.models import Annotation, Entity, KnownWord, Motivation
from annotations.queries.names import all_names
from annotations.services.entities import create_entity, retire_entity
from annotations.services.entity_parts import add_name, retire_name
from annotations.services.memory import look_for_garblings
from annotations.services.undoing import undo_act
from annotations.text.folding import fold
from articles.models import Activity, Article, Passage, Verb
from articles.services import batches
from articles.services.log import Agent
from tests.annotations.saying import said
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoCaptureOnCommitCallbacks

    from diplowatch.accounts.models import User

SignIn = Callable[["User | None"], "Client"]
AGENT = Agent(name="tests")


@pytest.fixture
def blinken(db: None) -> Entity:
    """Whom "Blingen" is meant for."""
    return create_entity(
        agent=AGENT, kind="person", label_fr="Antony Blinken", aliases=["Tony Blinken"],
        garblings=["Blingen", "Anthony Blingen"],
    )[0]  # fmt: skip


@pytest.fixture
def ministry(db: None) -> Entity:
    """What "Qui de Arsay" is meant for."""
    return create_entity(
        agent=AGENT, kind="organisation", label_fr="ministère des Affaires étrangères",
        aliases=["Quai d'Orsay"], garblings=["Qui de Arsay"],
    )[0]  # fmt: skip


def proposed(article: Article) -> list[tuple[str, str]]:
    """The words and what is proposed for them, in the order of the text."""
    found = Annotation.objects.live().filter(article=article, motivation=Motivation.EDITING)
    pairs = [(one.targets.get(), one.replacement) for one in found]
    pairs.sort(key=lambda pair: (pair[0].passage_id, pair[0].start))
    return [(target.exact, replacement) for target, replacement in pairs]


def test_garblings_stand_as_proposals_with_the_form_they_call_for(
    news: Article, blinken: Entity, ministry: Entity
) -> None:
    version = news.version
    assert look_for_garblings([news.pk]) == 2
    assert proposed(news) == [
        ("Qui de Arsay", "Quai d’Orsay"),
        ("Anthony Blingen", "Antony Blinken"),
    ]
    one = Annotation.objects.get(entity=blinken)
    assert (one.agent, one.creator, one.state, one.certainty, one.flag_kind) == (
        "memory", None, "proposed", "certain", "name",
    )  # fmt: skip
    target = one.targets.get()
    passage = Passage.objects.get(pk=target.passage_id)
    assert passage.text[target.start : target.end] == target.exact
    assert (target.prefix[-6:], target.suffix[:5]) == ("mardi ", " pour")
    news.refresh_from_db()
    assert news.version == version + 1
    act = Activity.objects.get(verb=Verb.PROPOSE)
    assert (act.agent, act.article, act.data["version"]) == ("memory", news, news.version)
    assert len(act.data["rows"]) == 2


def test_words_that_are_like_no_form_are_not_certain(make_article: MakeArticle) -> None:
    create_entity(agent=AGENT, kind="person", label_fr="Ned Price", garblings=["Netflix"])
    article = make_article("Netflix a dit que la réunion aura lieu mardi à Paris.")
    assert look_for_garblings([article.pk]) == 1
    assert proposed(article) == [("Netflix", "Price")]
    assert Annotation.objects.get(article=article).certainty == "unsure"


def test_looking_again_proposes_nothing_twice(news: Article, blinken: Entity) -> None:
    assert look_for_garblings([news.pk]) == 1
    assert look_for_garblings([news.pk]) == 0
    assert Activity.objects.filter(verb=Verb.PROPOSE).count() == 1


@pytest.mark.parametrize("state", ["rejected", "accepted"])
def test_what_was_decided_is_not_proposed_again(news: Article, blinken: Entity, state: str) -> None:
    look_for_garblings([news.pk])
    Annotation.objects.update(state=state)
    assert look_for_garblings([news.pk]) == 0


def test_all_of_an_article_is_undone_at_once_and_stays_so(
    news: Article, blinken: Entity, ministry: Entity
) -> None:
    look_for_garblings([news.pk])
    act = Activity.objects.get(verb=Verb.PROPOSE)
    undone = undo_act(activity=act, agent=AGENT, allow=lambda places: None)
    assert proposed(news) == []
    assert look_for_garblings([news.pk]) == 0
    undo_act(activity=undone, agent=AGENT, allow=lambda places: None)
    assert len(proposed(news)) == 2


def test_a_part_of_a_right_name_is_left_alone(make_article: MakeArticle) -> None:
    create_entity(agent=AGENT, kind="person", label_fr="Ned Price", garblings=["Praïs"])
    create_entity(agent=AGENT, kind="person", label_fr="Vincent Praïs")
    KnownWord.objects.create(text="Praïs-sur-Loire", folded=fold("Praïs-sur-Loire"))
    text = make_article("Vincent Praïs est né à Praïs-sur-Loire, dit-on, mais Praïs non, lui.\n")
    assert look_for_garblings([text.pk]) == 1
    assert proposed(text) == [("Praïs", "Price")]


def test_a_known_word_is_never_asked_about(news: Article, blinken: Entity) -> None:
    word = KnownWord.objects.create(text="Anthony Blingen", folded=fold("Anthony Blingen"))
    assert look_for_garblings([news.pk]) == 0
    word.retired = True
    word.save()
    assert look_for_garblings([news.pk]) == 1


def test_what_is_linked_already_is_left_alone(
    sign_in: SignIn, editor: User, news: Article, blinken: Entity
) -> None:
    said(sign_in(editor), news, "Blingen", motivation="identifying", entity=blinken.pk)
    assert look_for_garblings([news.pk]) == 0


def test_ordinary_words_are_proposed_only_as_they_were_remembered(
    make_article: MakeArticle, blinken: Entity
) -> None:
    add_name(entity_id=blinken.pk, agent=AGENT, name="Bel lin", kind="garbling")
    text = make_article("Bel lin a dit au marché : ce bel lin est à vous, pour de bon, monsieur.\n")
    assert look_for_garblings([text.pk]) == 1
    assert Annotation.objects.get().certainty == "unsure"


def test_a_garbling_of_two_entities_gives_two_proposals(news: Article, blinken: Entity) -> None:
    create_entity(
        agent=AGENT, kind="person", label_fr="Anton Klingen", garblings=["Anthony Blingen"]
    )
    assert look_for_garblings([news.pk]) == 2
    assert {one.certainty for one in Annotation.objects.all()} == {"unsure"}


def test_retired_garblings_and_entities_are_forgotten(news: Article, blinken: Entity) -> None:
    for name in blinken.names.filter(kind="garbling"):
        retire_name(name_id=name.pk, agent=AGENT)
    assert look_for_garblings([news.pk]) == 0
    add_name(entity_id=blinken.pk, agent=AGENT, name="Blingen", kind="garbling")
    retire_entity(entity_id=blinken.pk, version=None, agent=AGENT)
    assert look_for_garblings([news.pk]) == 0


def test_removed_texts_and_retired_passages_are_not_looked_at(
    news: Article, blinken: Entity
) -> None:
    Passage.objects.filter(article=news, number=1).update(retired=True)
    assert look_for_garblings([news.pk]) == 0
    Passage.objects.filter(article=news).update(retired=False)
    Article.objects.filter(pk=news.pk).update(removed="2026-01-01T00:00Z")
    assert look_for_garblings([news.pk]) == 0


def test_names_are_read_anew_only_when_one_has_changed(blinken: Entity) -> None:
    first = all_names()
    assert all_names() is first
    add_name(entity_id=blinken.pk, agent=AGENT, name="Blinquene", kind="garbling")
    assert all_names() is not first
    assert all_names().garblings.find("Blinquene")


def test_a_thousand_texts_take_no_more_queries_than_one(
    make_article: MakeArticle, blinken: Entity
) -> None:
    def queries(count: int, name: str) -> int:
        made = [make_article(f"{name} {n} : Blingen parle à tous.\n").pk for n in range(count)]
        with CaptureQueriesContext(
            connection,
        ) as context:
            assert look_for_garblings(made) == count
        return len(context)

    queries(1, "Zéro")
    assert queries(6, "Plus") == queries(1, "Moins")


def test_the_end_of_an_import_has_its_texts_looked_through(
    news: Article,
    blinken: Entity,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    batch = news.batch
    assert batch is not None
    batch.state = "running"
    batch.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert not batches.run_some(batch=batch)
    assert proposed(news) == [("Anthony Blingen", "Antony Blinken")]


def test_large_imports_are_looked_through_by_a_job(
    news: Article, blinken: Entity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.jobs.FEW", 0)
    look_at_batch(str(news.batch_id))
    look_at_batch(str(news.batch_id))
    assert proposed(news) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args->>'batch_id' FROM procrastinate_jobs")
        assert cursor.fetchall() == [("look_in_batch", str(news.batch_id))]
    look_in_batch(str(news.batch_id))
    assert len(proposed(news)) == 1


def test_the_command_line_looks_through_one_text_one_collection_or_all(
    news: Article, interview: Article, blinken: Entity, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("look_for_garblings", article=interview.pk)
    call_command("look_for_garblings", collection=news.collection_id)
    call_command("look_for_garblings")
    assert capsys.readouterr().out.split("\n")[:3] == [
        "0 proposals made.", "1 proposals made.", "0 proposals made.",
    ]  # fmt: skip


def test_proposals_count_as_no_mention_and_the_text_can_be_read(
    sign_in: SignIn, editor: User, news: Article, blinken: Entity
) -> None:
    look_for_garblings([news.pk])
    client = sign_in(editor)
    for address in (
        f"/articles/{news.pk}/", f"/articles/{news.pk}/cards", f"/entities/{blinken.pk}/",
        f"/articles/{news.pk}/annotations", f"/articles/{news.pk}/annotations.jsonld",
        f"/activity/?article={news.pk}", "/annotations/", f"/a/{Annotation.objects.get().pk}",
    ):  # fmt: skip
        assert client.get(address, follow=True).status_code == 200, address
    page = client.get(f"/entities/{blinken.pk}/").content.decode()
    assert "Anthony Blingen pour" not in page
