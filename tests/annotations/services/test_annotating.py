"""Saying something about a text: what is stored, what is refused, and double submits."""

from __future__ import annotations

import datetime
import threading
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, connections, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.models import Annotation, Entity, Motivation, Tag, Target
from annotations.services.annotating import (
    Gone,
    IdTaken,
    Missing,
    NotHere,
    TooLong,
    create_annotation,
    reply_to,
)
from annotations.services.changing import move_annotation
from annotations.services.correcting import correct_text
from annotations.services.journal import snapshot
from annotations.services.linking import link_mentions, link_places
from annotations.services.spans import PassageElsewhere, Span, StaleSpan, WrongSpan
from articles.models import Activity, Article, Passage, Verb
from articles.services.log import Agent
from tests.annotations.beside import beside
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from diplowatch.accounts.models import User


def anybody(_annotation: Annotation) -> None:
    """Allows."""


def passage_of(article: Article, number: int = 1) -> Passage:
    """A passage by its number."""
    return Passage.objects.get(article=article, number=number)


def span_of(article: Article, words: str, number: int = 1) -> Span:
    """The first place of these words in a passage."""
    passage = passage_of(article, number)
    start = passage.text.index(words)
    return Span(number, passage.revision, start, start + len(words), words)


def say(article: Article, agent: Agent, words: str = "Anthony Blingen", **more: Any) -> Annotation:
    """Say something about the first place of these words; a highlight unless told."""
    spans = more.pop("spans", None)
    values: dict[str, Any] = {"motivation": "highlighting"} | more
    values["spans"] = [span_of(article, words)] if spans is None else spans
    annotation, _activity = create_annotation(article_id=article.pk, agent=agent, **values)
    return annotation


def test_what_is_said_is_stored_with_its_place_its_quote_and_its_act(
    news: Article, editor: User
) -> None:
    annotation, activity = create_annotation(
        article_id=news.pk, agent=Agent(editor), motivation="commenting", body=" Qui ?\r\nLui. ",
        spans=[span_of(news, "Anthony Blingen"), span_of(news, "Sahel", 2)],
    )  # fmt: skip
    stored = Annotation.objects.get()
    assert (stored.pk, stored.body, stored.creator) == (annotation.pk, "Qui ?\nLui.", editor)
    first, second = stored.targets.all()
    text = passage_of(news).text
    at = text.index("Anthony")
    assert (first.start, first.end, first.exact) == (at, at + 15, "Anthony Blingen")
    assert first.prefix == text[max(0, at - 32) : at]
    assert first.suffix == text[at + 15 : at + 47]
    assert (second.passage.number, second.exact, second.position) == (2, "Sahel", 1)
    logged = Activity.objects.get(verb=Verb.ANNOTATE)
    assert (logged.pk, logged.actor, logged.article) == (activity.pk, editor, news)
    assert logged.data == activity.data
    [row] = logged.data["rows"]
    after = snapshot(stored)
    assert row == {"model": "annotation", "id": str(stored.pk), "before": None, "after": after}
    news.refresh_from_db()
    assert news.version == 2
    assert annotation.article.version == 2


def test_what_comes_back_is_what_is_stored(news: Article, editor: User) -> None:
    annotation = say(news, Agent(editor), private=True)
    stored = Annotation.objects.get()
    assert snapshot(annotation) == snapshot(stored)
    assert [target.pk for target in annotation.targets.all()] == [
        target.pk for target in stored.targets.all()
    ]
    assert stored.created == annotation.created
    assert Activity.objects.get(verb=Verb.ANNOTATE).private


def test_one_statement_does_it(news: Article, editor: User, django_assert_num_queries: Any) -> None:
    spans = [span_of(news, "Anthony Blingen")]
    with django_assert_num_queries(1):
        create_annotation(
            article_id=news.pk, agent=Agent(editor), motivation="highlighting", spans=spans
        )


def test_a_note_on_the_whole_article_has_no_place(news: Article, editor: User) -> None:
    annotation = say(news, Agent(editor), motivation="commenting", spans=[], body="À relire")
    assert annotation.target_count == 0
    assert not Target.objects.exists()
    assert Activity.objects.get(verb=Verb.ANNOTATE).data["rows"][0]["after"]["targets"] == []


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"start": -1}, "range"),
        ({"start": 5, "end": 5, "exact": ""}, "range"),
        ({"start": 9, "end": 5}, "range"),
        ({"end": 1 << 40}, "range"),
        ({"start": 100_000, "end": 100_006, "exact": "Sommet"}, "range"),
        ({"exact": "Le Quai"}, "quote"),
        ({"exact": "L"}, "quote"),
        ({"exact": "a\0c"}, "quote"),
        ({"end": 1, "exact": "\ud83d"}, "surrogate"),
        ({"end": 2, "exact": " \u00a0"}, "blank"),
        ({"end": 2, "exact": "\u200b\ufeff"}, "blank"),
        ({"revision": 7}, "range"),
    ],
)
def test_a_place_that_the_text_does_not_bear_out_is_refused(
    news: Article, editor: User, values: dict[str, Any], reason: str
) -> None:
    right = {"passage": 1, "revision": 0, "start": 0, "end": 3, "exact": "Le "}
    with pytest.raises(WrongSpan) as refused:
        say(news, Agent(editor), spans=[Span(**(right | values))])
    assert refused.value.reason == reason
    assert_nothing_stored(news)


def assert_nothing_stored(article: Article) -> None:
    """Neither rows nor acts, and the version as it was."""
    assert not Annotation.objects.exists()
    assert not Target.objects.exists()
    assert not Activity.objects.filter(verb=Verb.ANNOTATE).exists()
    assert Article.objects.get(pk=article.pk).version == 1


def test_one_wrong_place_among_right_ones_stores_nothing(news: Article, editor: User) -> None:
    right, wrong = span_of(news, "Anthony Blingen"), Span(2, 0, 0, 3, "xyz")
    with pytest.raises(WrongSpan) as refused:
        say(news, Agent(editor), spans=[right, wrong])
    assert refused.value.passage == 2
    assert_nothing_stored(news)


def test_the_same_words_twice_in_one_annotation_are_refused(news: Article, editor: User) -> None:
    with pytest.raises(WrongSpan) as refused:
        say(news, Agent(editor), spans=[span_of(news, "Blingen"), span_of(news, "Anthony Bling")])
    assert refused.value.reason == "twice"
    with pytest.raises(WrongSpan) as refused:
        say(news, Agent(editor), spans=[Span(1, 0, at, at + 1, "x") for at in range(201)])
    assert refused.value.reason == "many"


def test_a_passage_of_another_article_is_refused(
    news: Article, interview: Article, editor: User
) -> None:
    other = Passage.objects.filter(article=interview).latest("number")
    with pytest.raises(PassageElsewhere):
        say(news, Agent(editor), spans=[Span(other.number, 0, 0, 3, other.text[:3])])
    assert_nothing_stored(news)


def test_what_was_seen_before_a_change_of_the_text_is_carried_to_where_it_stands(
    news: Article, editor: User
) -> None:
    later, changed, gone = (
        span_of(news, words) for words in ("OCDE", "Anthony Blingen pour", "Qui de Arsay")
    )
    for words, new in (("Anthony Blingen", "M. Blinken"), ("Qui de Arsay ", "")):
        correct_text(
            article_id=news.pk, span=span_of(news, words), replacement=new, agent=Agent(editor),
            allow=lambda _places: None,
        )  # fmt: skip
    for span, state in ((later, "anchored"), (changed, "needs_check")):
        made = say(news, Agent(editor), spans=[span])
        target = Target.objects.get(annotation=made)
        text = target.passage.text
        assert text[target.start : target.end] == target.exact
        assert (target.exact, target.state) == (
            span.exact.replace("Anthony Blingen", "M. Blinken"), state,
        )  # fmt: skip
        logged = Activity.objects.filter(verb=Verb.ANNOTATE).earliest("-pk")
        assert logged.data["rows"][0]["after"]["targets"][0]["state"] == state
    with pytest.raises(StaleSpan):
        say(news, Agent(editor), spans=[gone])


def test_what_was_said_of_a_passage_that_is_gone_is_refused(news: Article, editor: User) -> None:
    span = span_of(news, "Anthony Blingen")
    Passage.objects.filter(article=news, number=1).update(revision=0, retired=True)
    with pytest.raises(StaleSpan):
        say(news, Agent(editor), spans=[span])
    assert_nothing_stored(news)


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"motivation": "commenting", "body": " \n "}, "body"),
        ({"motivation": "tagging"}, "tag"),
        ({"motivation": "highlighting", "tag_id": 1}, "tag"),
        ({"motivation": "questioning"}, "kind"),
        ({"motivation": "questioning", "flag_kind": "ugly"}, "kind"),
        ({"motivation": "commenting", "body": "x", "flag_kind": "name"}, "kind"),
        ({"motivation": "identifying"}, "entity"),
        ({"motivation": "identifying", "link_status": "verified"}, "entity"),
        ({"motivation": "identifying", "link_status": "sure", "entity_id": 1}, "entity"),
        ({"motivation": "commenting", "body": "x", "link_status": "verified"}, "entity"),
        ({"motivation": "highlighting", "spans": []}, "place"),
        ({"motivation": "shouting"}, "motivation"),
        ({"motivation": "replying", "body": "x", "spans": []}, "parent"),
    ],
)
def test_what_lacks_its_parts_is_refused(
    news: Article, editor: User, values: dict[str, Any], what: str
) -> None:
    with pytest.raises(Missing) as refused:
        say(news, Agent(editor), **values)
    assert refused.value.what == what
    assert_nothing_stored(news)


def test_a_hundred_kilobytes_of_comment_are_refused(news: Article, editor: User) -> None:
    with pytest.raises(TooLong):
        say(news, Agent(editor), motivation="commenting", body="é" * 100_000)
    assert_nothing_stored(news)


def test_a_tag_or_an_entity_that_is_gone_is_named(news: Article, editor: User) -> None:
    tag = Tag.objects.create(name="ONU", folded="onu", retired=True)
    entity = Entity.objects.create(kind="person", label_fr="Antony Blinken", retired=True)
    with pytest.raises(Gone) as refused:
        say(news, Agent(editor), motivation="tagging", tag_id=tag.pk)
    assert refused.value.what == "tag"
    link = {"motivation": "identifying", "link_status": "verified", "entity_id": entity.pk}
    with pytest.raises(Gone) as refused:
        say(news, Agent(editor), **link)
    assert refused.value.what == "entity"
    assert_nothing_stored(news)
    Tag.objects.update(retired=False)
    Entity.objects.update(retired=False)
    assert say(news, Agent(editor), motivation="tagging", tag_id=tag.pk).tag == tag
    assert say(news, Agent(editor), **link).status_by == editor


def test_an_article_that_is_gone_or_elsewhere_is_refused(news: Article, editor: User) -> None:
    with pytest.raises(NotHere):
        say(news, Agent(editor), places=[])
    Article.objects.filter(pk=news.pk).update(removed=datetime.datetime.now(datetime.UTC))
    with pytest.raises(NotHere):
        say(news, Agent(editor))
    assert_nothing_stored(news)


def test_the_same_id_gives_what_was_made_with_it(
    news: Article, editor: User, annotator: User
) -> None:
    key = uuid.uuid4()
    first = say(news, Agent(editor), key=key, motivation="commenting", body="Un")
    spans = [span_of(news, "Anthony Blingen")]
    again, activity = create_annotation(
        article_id=news.pk, agent=Agent(editor), motivation="commenting", body="Un", key=key,
        spans=spans,
    )  # fmt: skip
    assert again == first
    assert activity == Activity.objects.get(verb=Verb.ANNOTATE)
    assert Annotation.objects.count() == Target.objects.count() == 1
    with pytest.raises(IdTaken):
        say(news, Agent(annotator), key=key, motivation="commenting", body="Un")
    news.refresh_from_db()
    assert news.version == 2


def test_a_reply_is_as_private_as_its_thread_and_hangs_on_its_root(
    news: Article, editor: User
) -> None:
    root = say(news, Agent(editor), private=True)
    allow = {"agent": Agent(editor), "allow": anybody}
    first, _ = reply_to(annotation_id=root.pk, body="Oui", **allow)  # type: ignore[arg-type]  # as it is
    second, _ = reply_to(annotation_id=first.pk, body="Non", **allow)  # type: ignore[arg-type]  # as it is
    assert (first.parent, second.parent) == (root, root)
    assert second.private
    assert second.motivation == Motivation.REPLYING
    Annotation.objects.filter(pk=root.pk).update(removed=root.created)
    with pytest.raises(Gone):
        reply_to(annotation_id=root.pk, body="Oui", **allow)  # type: ignore[arg-type]  # as it is


# Signs of one to four bytes, of one and two UTF-16 units, and signs that join.
SIGNS = "aé œ’«\u0301\u200d\U0001f1eb\U0001f468\U0001d54f\u0928\u093f漢\n"


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(SIGNS, min_size=1, max_size=90), data=st.data())
def test_every_range_of_code_points_comes_back_exactly(
    news: Article, editor: User, text: str, data: st.DataObject
) -> None:
    Passage.objects.filter(article=news, number=1).update(text=text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    exact = text[start:end]
    span = Span(1, 0, start, end, exact)
    if not exact.strip("\u200d\n "):
        with pytest.raises(WrongSpan, match="blank"):
            say(news, Agent(editor), spans=[span])
        return
    annotation = say(news, Agent(editor), spans=[span])
    target = Target.objects.get(annotation=annotation)
    assert target.exact == exact
    assert target.prefix == text[max(0, start - 32) : start]
    assert target.suffix == text[end : end + 32]
    moved = Span(1, 0, start + 1, end + 1, exact)
    if text[start + 1 : end + 1] != exact:
        with pytest.raises(WrongSpan):
            say(news, Agent(editor), spans=[moved])


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_id_make_one(make_article: MakeArticle, editor: User) -> None:
    article = make_article()
    span, key = span_of(article, "Anthony Blingen"), uuid.uuid4()
    made: list[Any] = []
    start = threading.Barrier(4)

    def send() -> None:
        try:
            start.wait()
            made.append(
                create_annotation(
                    article_id=article.pk, agent=Agent(editor), motivation="highlighting",
                    spans=[span], key=key,
                )
            )  # fmt: skip
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({annotation.pk for annotation, _ in made}) == 1
    assert len({activity.pk for _, activity in made}) == 1
    assert len(made) == 4
    assert Annotation.objects.count() == Target.objects.count() == 1
    assert connection.is_usable()


def raise_version(article_id: int) -> None:
    """Somebody changes the article."""
    Article.objects.filter(pk=article_id).update(version=F("version") + 1)


def touch(annotation: Annotation) -> None:
    """Allows, while somebody else changes the article."""
    raise_version(annotation.article_id)


@pytest.mark.django_db(transaction=True)
def test_an_act_names_the_version_that_its_article_then_has(
    make_article: MakeArticle, editor: User
) -> None:
    article = make_article()
    span = span_of(article, "Anthony Blingen")

    def highlight() -> None:
        create_annotation(
            article_id=article.pk, agent=Agent(editor), motivation="highlighting", spans=[span]
        )

    with transaction.atomic():
        raise_version(article.pk)
        saying = beside(highlight)
    saying.join()
    article.refresh_from_db()
    assert (article.version, Activity.objects.latest("pk").data["version"]) == (3, 3)


def test_a_move_and_links_name_the_version_that_their_article_then_has(
    news: Article, editor: User
) -> None:
    entity = Entity.objects.create(kind="person", label_fr="Antony Blinken")
    agent, there = Agent(editor), [span_of(news, "mardi")]
    link = say(news, agent, motivation="identifying", entity_id=entity.pk, link_status="verified")
    _moved, moving = move_annotation(
        annotation_id=link.pk, version=1, agent=agent, allow=touch, spans=there
    )
    assert moving is not None
    news.refresh_from_db()
    assert moving.data["version"] == news.version == 4
    _made, linking = link_mentions(annotation_id=link.pk, spans=there, agent=agent, allow=touch)
    news.refresh_from_db()
    assert linking.data["version"] == news.version == 6


def test_two_at_once_link_each_place_once(news: Article, editor: User) -> None:
    entity = Entity.objects.create(kind="person", label_fr="Antony Blinken")
    spans = [span_of(news, "Blingen"), span_of(news, "mardi")]
    asked = {"article_id": news.pk, "entity_id": entity.pk, "agent": Agent(editor)}
    made, activity = link_places(spans=spans[:1], **asked)
    assert (len(made), activity is None) == (1, False)
    made, activity = link_places(spans=spans, **asked)
    assert [one.targets.get().exact for one in made] == ["mardi"]
    assert link_places(spans=spans, **asked) == ([], None)
