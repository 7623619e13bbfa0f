"""A load of entities is undone as a whole, but for what is in use by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.utils import timezone
from lxml import html

from annotations.models import Entity, EntityIdentifier, EntityName, SpeakerIdentity
from annotations.queries.picking import find_candidates
from annotations.services.annotating import create_annotation
from annotations.services.entities import add_name, change_entity, create_entity, merge_entities
from annotations.services.loading import load_records
from annotations.services.obstacles import StandsInTheWay
from annotations.services.spans import Span
from annotations.services.speakers import identify_speaker
from annotations.services.starter import load_starter
from annotations.services.undoing import undo_act
from annotations.services.unloading import AllStays
from annotations.text.records import record_of
from articles.models import Activity
from articles.services.log import Agent
from articles.services.undo_faults import AlreadyUndone
from tests.annotations.beside import beside
from tests.annotations.speaking import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from annotations.services.loading import Loaded
    from annotations.text.records import EntityRecord
    from articles.models import Article
    from diplowatch.accounts.models import User

    MakeArticle = Callable[..., Article]
    SignIn = Callable[[User | None], Client]

AGENT = Agent(name="test")


def records(count: int = 4) -> list[EntityRecord]:
    """Persons with an id, and a body without one."""
    people = [
        {"kind": "person", "wikidata": f"Q{number}", "label_fr": f"Personne {number}"}
        for number in range(1, count)
    ]
    return [record_of(one) for one in [*people, {"kind": "organisation", "label_fr": "AUKUS"}]]


def load(count: int = 4) -> tuple[Loaded, Activity]:
    """Load them; what became of them, and the act."""
    done = load_records(records(count), agent=AGENT, source="people.jsonl")
    return done, Activity.objects.latest("pk")


def undo(activity: Activity) -> Activity:
    """Undo an act, as somebody who may."""
    return undo_act(activity=activity, agent=AGENT, allow=lambda _places: None)


def live() -> set[str]:
    """The entities that may be linked."""
    return set(Entity.objects.live().values_list("label_fr", flat=True))


def link(article: Article, label: str) -> None:
    """A text speaks of an entity."""
    entity = Entity.objects.get(label_fr=label)
    say(
        article, (1, "mardi"), motivation="identifying", entity=entity, link_status="verified",
        agent="test",
    )  # fmt: skip


@pytest.mark.django_db
def test_all_that_it_made_goes_and_comes_back() -> None:
    before, _activity = create_entity(agent=AGENT, kind="place", label_fr="Paris")
    _done, loading = load()
    undoing = undo(loading)
    assert live() == {"Paris"}
    assert not EntityIdentifier.objects.filter(retired=False).exists()
    assert set(EntityName.objects.filter(retired=False).values_list("entity", flat=True)) == {
        before.pk
    }
    again = undo(undoing)
    assert live() == {"Paris", "Personne 1", "Personne 2", "Personne 3", "AUKUS"}
    assert EntityIdentifier.objects.filter(retired=False).count() == 3
    assert set(Entity.objects.values_list("origin", flat=True)) == {"local", "file"}
    undo(again)
    assert live() == {"Paris"}
    with pytest.raises(AlreadyUndone):
        undo(loading)


@pytest.mark.django_db
def test_what_is_in_use_or_was_changed_stays(news: Article, interview: Article) -> None:
    _done, loading = load()
    link(news, "Personne 1")
    SpeakerIdentity.objects.create(
        speaker=interview.speakers.all()[0], entity=Entity.objects.get(label_fr="Personne 2"),
        set_at=timezone.now(),
    )  # fmt: skip
    changed = Entity.objects.get(label_fr="AUKUS")
    change_entity(entity_id=changed.pk, version=1, agent=AGENT, note="Un pacte")
    undoing = undo(loading)
    assert live() == {"Personne 1", "Personne 2", "AUKUS"}
    assert (undoing.data["loaded"]["count"], undoing.data["loaded"]["kept"]) == (1, 3)
    undo(undoing)
    assert len(live()) == 4


@pytest.mark.django_db
def test_what_was_changed_and_undone_goes_and_comes_back_as_it_was_made() -> None:
    _done, loading = load()
    entity = Entity.objects.get(label_fr="AUKUS")
    _name, added = add_name(entity_id=entity.pk, agent=AGENT, name="Aukus")
    assert added is not None
    undo(added)
    undoing = undo(loading)
    assert not live()
    undo(undoing)
    assert list(entity.names.filter(retired=False).values_list("name", flat=True)) == ["AUKUS"]


@pytest.mark.django_db
@pytest.mark.parametrize("source", ["people.jsonl", "others.jsonl"])
def test_what_a_later_load_added_to_or_another_source_confirmed_stays(source: str) -> None:
    _done, loading = load()
    same = {"kind": "person", "wikidata": "Q1", "label_fr": "Personne 1"}
    if source == "people.jsonl":
        same["aliases"] = "Quelqu’un"
    load_records([record_of(same)], agent=AGENT, source=source)
    undoing = undo(loading)
    assert live() == {"Personne 1"}
    assert undoing.data["loaded"]["kept"] == 1


@pytest.mark.django_db
def test_what_a_later_load_added_to_goes_once_that_is_undone() -> None:
    _done, loading = load()
    more = {"kind": "person", "wikidata": "Q1", "label_fr": "Une personne", "aliases": "Une"}
    load_records([record_of(more)], agent=AGENT, source="people.jsonl")
    undo(Activity.objects.latest("pk"))
    undo(loading)
    assert not live()


@pytest.mark.django_db
def test_what_another_was_merged_into_stays() -> None:
    _done, loading = load()
    pair = [Entity.objects.get(label_fr=f"Personne {number}") for number in (1, 2)]
    merge_entities(entity_id=pair[0].pk, version=None, into_id=pair[1].pk, agent=AGENT)
    undo(loading)
    assert live() == {"Personne 2"}


@pytest.mark.django_db
def test_where_all_is_in_use_nothing_is_undone(news: Article) -> None:
    load_records([record_of({"kind": "person", "label_fr": "Seule"})], agent=AGENT, source="x")
    loading = Activity.objects.latest("pk")
    link(news, "Seule")
    with pytest.raises(AllStays):
        undo(loading)
    assert not Activity.objects.filter(undoes=loading).exists()


@pytest.mark.django_db
def test_what_was_undone_is_loaded_anew_and_then_does_not_come_back_twice() -> None:
    _done, loading = load()
    undoing = undo(loading)
    done, _activity = load()
    assert (done.created, done.unchanged) == (4, 0)
    assert Entity.objects.count() == 8
    with pytest.raises(StandsInTheWay):
        undo(undoing)
    assert len(live()) == 4


@pytest.mark.django_db
def test_what_has_no_id_does_not_come_back_twice_either() -> None:
    pact = [record_of({"kind": "organisation", "label_fr": "AUKUS"})]
    load_records(pact, agent=AGENT, source="pacts.csv")
    undoing = undo(Activity.objects.latest("pk"))
    load_records(pact, agent=AGENT, source="pacts.csv")
    again = Activity.objects.latest("pk")
    with pytest.raises(StandsInTheWay):
        undo(undoing)
    assert Entity.objects.live().count() == 1
    undo(again)
    undo(undoing)
    assert Entity.objects.live().count() == 1


@pytest.mark.django_db
def test_what_it_changed_goes_back_too() -> None:
    load()
    changed = [record_of({"kind": "person", "wikidata": "Q1", "label_fr": "Une personne"})]
    new = [record_of({"kind": "person", "wikidata": "Q9", "label_fr": "Nouvelle"})]
    load_records([*changed, *new], agent=AGENT, source="people.jsonl")
    undo(Activity.objects.latest("pk"))
    assert live() == {"Personne 1", "Personne 2", "Personne 3", "AUKUS"}


@pytest.mark.django_db
def test_nobody_elses_entity_goes_with_them() -> None:
    """One that came in between has a number among theirs."""
    _done, loading = load()
    other, _activity = create_entity(agent=AGENT, kind="place", label_fr="Paris")
    loading.data["loaded"]["made"][0][1] = other.pk
    undo(loading)
    assert live() == {"Paris"}


@pytest.mark.django_db
def test_the_picker_finds_what_was_undone_no_more() -> None:
    load_starter(AGENT)
    assert find_candidates("Antony Blinken")
    undo(Activity.objects.latest("pk"))
    assert not find_candidates("Antony Blinken")
    assert load_starter(AGENT).created > 600


@pytest.mark.django_db(transaction=True)
def test_what_is_linked_in_the_same_moment_stays(make_article: MakeArticle) -> None:
    article = make_article()
    _done, loading = load()
    entity = Entity.objects.get(label_fr="Personne 1")
    with transaction.atomic():
        text = article.passages.order_by("position")[0]
        create_annotation(
            article_id=article.pk, agent=AGENT, motivation="identifying", entity_id=entity.pk,
            spans=[Span(text.number, text.revision, 0, 3, text.text[:3])], link_status="verified",
        )  # fmt: skip
        undoing = beside(lambda: undo(loading))
    undoing.join()
    assert live() == {"Personne 1"}


@pytest.mark.django_db(transaction=True)
def test_whom_a_speaker_becomes_in_the_same_moment_stays(make_article: MakeArticle) -> None:
    article = make_article()
    speaker = article.speakers.create(position=9, name="Journaliste")
    _done, loading = load()
    entity = Entity.objects.get(label_fr="Personne 1")
    with transaction.atomic():
        identify_speaker(
            speaker_id=speaker.pk, entity_id=entity.pk, status="verified", seen="", agent=AGENT,
            allow=lambda _identity, _status: None,
        )  # fmt: skip
        undoing = beside(lambda: undo(loading))
    undoing.join()
    assert live() == {"Personne 1"}


@pytest.mark.django_db
def test_history_says_what_was_loaded_and_offers_to_undo_it(
    sign_in: SignIn, reader: User, annotator: User, editor: User, news: Article
) -> None:
    load_starter(AGENT)
    loading = Activity.objects.latest("pk")
    count = Entity.objects.count()
    client = sign_in(editor)
    address = f"/activity/{loading.pk}/undo"

    def lines() -> list[str]:
        page = client.get("/activity/", headers={"accept-language": "en"})
        tree = html.fromstring(page.content.decode())
        return [" ".join(one.text_content().split()) for one in tree.cssselect("#activities li")]

    assert "loaded entities" in lines()[0]
    assert f"the starter list, {count} new" in lines()[0]
    assert "Undo" in lines()[0]
    for somebody in (reader, annotator):
        assert sign_in(somebody).post(address).status_code == 403
    entity = Entity.objects.get(label_fr="France")
    say(
        news, (1, "mardi"), motivation="identifying", entity=entity, link_status="verified",
        creator=editor,
    )  # fmt: skip
    page = client.post(address, {"next": "/activity/"}, follow=True,
                       headers={"accept-language": "en"})  # fmt: skip
    assert "Undone, but for 1 entity" in page.content.decode()
    assert f"the starter list, {count - 1} taken away, 1 kept" in lines()[0]
    assert "Undo" in lines()[0]
    assert live() == {"France"}
    assert client.post(address).status_code == 409
