"""Changes of articles' own fields: logged with before and after, and undone.

The activity's data hold `{"changes": {"<article id>": {"before": {…}, "after": {…}}}}`, the values
as JSON (dates as "2021-10-05", a collection as its id); only fields that changed are named. Every
service that changes fields of articles writes this form, so one undoing serves them all. What an
article takes from its passages (`services.statuses`) is undone there and counted up anew.
"""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from articles.models import Activity, Article, Passage, Status, Verb
from articles.services.hand_overs import HandedOtherwise, put_back_hand_overs
from articles.services.log import Agent, record
from articles.services.originals import renew_originals
from articles.services.statuses import (
    COUNTS,
    STANDING,
    Mark,
    Move,
    StandsOtherwise,
    count_up,
    lock_passages,
    moves_of_articles,
    put,
    put_back,
)
from articles.services.stepping import refuse_rewritten
from articles.services.undo_faults import (
    AlreadyThere,
    AlreadyUndone,
    ChangedSince,
    NotThisWay,
    TakenAway,
)
from articles.text.reading import vectors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from django.db.models import QuerySet

    from articles.services.statuses import Place

FIELDS = (
    "title", "title_derived", "date", "date_precision", "source", "url", "language", "kind",
    "status", "problem", "collection_id", "tags",
)  # fmt: skip

DATED = ("date", "date_precision")
SAME_BYTES = "the_same_bytes_once_in_a_collection"

Values = dict[str, Any]

SET_VECTORS = """
UPDATE articles_passage AS passage SET search = new.search::tsvector
FROM unnest(%s::bigint[], %s::text[]) AS new (id, search) WHERE passage.id = new.id
"""


def values_of(article: Article, fields: Iterable[str] = FIELDS) -> Values:
    """The article's fields as JSON values."""
    return {name: _to_json(getattr(article, name)) for name in fields}


def set_values(article: Article, values: Mapping[str, Any]) -> None:
    """Set fields from JSON values (or the values themselves); nothing is stored yet."""
    for name, value in values.items():
        setattr(article, name, _from_json(name, value))


def difference(before: Values, after: Values) -> dict[str, Values]:
    """What changed, as one entry of an activity's `changes`; empty when nothing did.

    A date and how much of it is known are named together: neither says anything alone.
    """
    changed = [name for name, value in after.items() if before[name] != value]
    if any(name in DATED for name in changed):
        changed = [name for name in after if name in changed or name in DATED]
    if not changed:
        return {}
    return {
        "before": {name: before[name] for name in changed},
        "after": {name: after[name] for name in changed},
    }


def store_values(article: Article, fields: Iterable[str]) -> None:
    """Store changed fields and raise the version: the last statement of the act on the article."""
    article.version = F("version") + 1
    article.save(update_fields=[*fields, "version", "updated"])
    article.refresh_from_db(fields=["version"])


def undo_changes(
    *, activity: Activity, agent: Agent, allow: Callable[[set[int]], None]
) -> Activity:
    """Set back what the activity changed, by a new activity; all of it or nothing.

    `allow` gets the collections where the articles are and where they go back to, and raises what
    it wants when the person may not edit there. Raises a `CannotUndo` that says why not.
    """
    changes: dict[str, dict[str, Values]] = activity.data.get("changes") or {}
    if not changes:
        raise NotThisWay
    articles = _locking(Article.objects.filter(pk__in=[int(key) for key in changes]))
    places = {
        int(key): change["before"]["collection_id"]
        for key, change in changes.items()
        if "collection_id" in change["before"]
    }
    with twins_refused(places), transaction.atomic():
        marked = lock_passages(_marked_articles(activity))
        found = list(articles)
        allow({article.collection_id for article in found} | set(places.values()))
        if Activity.objects.filter(undoes=activity).exists():
            raise AlreadyUndone
        gone = [article for article in found if article.removed is not None]
        if gone or len(found) < len(changes):
            raise TakenAway(gone)
        for article in found:
            _refuse_if_changed(article, _own(changes[str(article.pk)]["after"]))
        refuse_twins(found, places)
        back, more = _back(activity, found, marked)
        undoing = record(
            agent,
            Verb.UNDO,
            article=activity.article,
            collection=activity.collection,
            undoes=activity,
            changes=back,
            **more,
        )
        for article in found:
            _store_back(article, back[str(article.pk)]["after"])
    return undoing


def fields_back(activity: Activity) -> dict[str, Any]:
    """What sets fields back that an act on texts changed besides, as a part of another such act.

    Empty where it changed none. What it does may raise a `CannotUndo`.
    """
    changes: dict[str, dict[str, Values]] = activity.data.get("changes") or {}
    back = {
        key: {"before": change["after"], "after": change["before"]}
        for key, change in changes.items()
    }

    def set_back(_operated: object) -> Sequence[Mapping[str, Any]]:
        for article in _locking(Article.objects.filter(pk__in=[int(key) for key in back])):
            change = back[str(article.pk)]
            _refuse_if_changed(article, change["before"])
            _refuse_same_bytes(article, change["after"])
            set_values(article, change["after"])
            article.save(update_fields=[*change["after"]])
        return ()

    return {"data": {"changes": back}, "then": set_back} if back else {}


def _refuse_same_bytes(article: Article, values: Values) -> None:
    """Raise `AlreadyThere` where another article has the bytes that this one would have again."""
    if "sha256" in values:
        others = Article.objects.live().filter(
            collection=article.collection_id, sha256=values["sha256"]
        )
        if twin := others.exclude(pk=article.pk).first():
            raise AlreadyThere([twin])


def lock_articles(ids: Iterable[int]) -> list[Article]:
    """Live articles, locked in the order of their ids until the transaction ends."""
    return list(_locking(Article.objects.live().filter(pk__in=list(ids))))


def refuse_twins(articles: Iterable[Article], places: Mapping[int, int]) -> None:
    """Raise `AlreadyThere` for articles whose bytes are where they would go; by article's id."""
    coming = [article for article in articles if places.get(article.pk) is not None]
    coming = [article for article in coming if article.collection_id != places[article.pk]]
    if not coming:
        return
    standing = Article.objects.live().filter(
        collection__in=set(places.values()), sha256__in=[article.sha256 for article in coming]
    )
    taken = set(standing.values_list("collection_id", "sha256"))
    twins = []
    for article in coming:
        key = (places[article.pk], article.sha256)
        if key in taken:
            twins.append(article)
        taken.add(key)
    if twins:
        raise AlreadyThere(twins)


@contextmanager
def twins_refused(places: Mapping[int, int]) -> Iterator[None]:
    """Say `AlreadyThere` also where the same bytes came in the very moment of the move."""
    try:
        yield
    except IntegrityError as fault:
        if SAME_BYTES not in str(fault):
            raise
        refuse_twins(Article.objects.filter(pk__in=places), places)
        raise AlreadyThere([]) from fault


def relearn_words(article: Article) -> None:
    """Make the search know the passages in the article's language."""
    rows = list(Passage.objects.filter(article=article).values_list("pk", "text"))
    made = vectors([text for _pk, text in rows], article.language)
    with connection.cursor() as cursor:
        cursor.execute(SET_VECTORS, [[pk for pk, _text in rows], made])
    renew_originals(article.pk, article.language)


def _locking(articles: QuerySet[Article]) -> QuerySet[Article]:
    """In the order of their ids, so that two acts at once never wait for each other in a ring."""
    return articles.order_by("pk").select_for_update(of=("self",))


def _refuse_if_changed(article: Article, expected: Values) -> None:
    now = values_of(article, expected)
    changed = [name for name, value in expected.items() if now[name] != value]
    if changed:
        raise ChangedSince(article, changed)


def _own(values: Values) -> Values:
    """What is the article's own: where its passages stand is asked of them."""
    return {name: value for name, value in values.items() if name not in STANDING}


def _marked_articles(activity: Activity) -> set[int]:
    """The articles of whose passages an act changed the marks."""
    changes = activity.data["changes"].items()
    whole = {key for key, change in changes if "status" in change["after"]}
    return {int(key) for key in whole.union(activity.data.get("statuses") or {})}


def _back(
    activity: Activity, articles: Sequence[Article], places: Sequence[Place]
) -> tuple[dict[str, dict[str, Values]], dict[str, Any]]:
    """Set the articles back, and their passages in the database: `changes` and what else is logged.

    Acts that were logged before passages had a status are undone by giving them the article's.
    """
    changes, statuses = activity.data["changes"], activity.data.get("statuses") or {}
    fields = {one.pk: dict.fromkeys((*FIELDS, *changes[str(one.pk)]["before"])) for one in articles}
    before = {article.pk: values_of(article, fields[article.pk]) for article in articles}
    whole = [one for one in articles if str(one.pk) not in statuses and _stands(one, changes)]
    more: dict[str, Any] = {}
    with _standing_refused(articles):
        refuse_rewritten(activity, places)
        moved = put_back(statuses, places)
        handed = put_back_hand_overs(activity.data.get("hand_overs") or {})
    for article in whole:
        moved |= _whole_back(article, changes[str(article.pk)], places)
    more |= {"statuses": moved} if moved else {}
    more |= {"hand_overs": handed} if handed else {}
    for article in articles:
        set_values(article, _own(changes[str(article.pk)]["before"]))
    count_up([one for one in articles if str(one.pk) in moved])
    empty: dict[str, Values] = {"before": {}, "after": {}}
    return {
        str(one.pk): difference(before[one.pk], values_of(one, fields[one.pk])) or empty
        for one in articles
    }, more


def _whole_back(
    article: Article, change: dict[str, Values], places: Sequence[Place]
) -> dict[str, list[list[Any]]]:
    """Give an article and its passages the status that it had before an act."""
    _refuse_if_changed(article, {"status": change["after"]["status"]})
    wanted = change["before"]["status"]
    if wanted == Status.VALIDATED:
        after = Mark(wanted, alone=True)
        own = [place for place in places if place.article_id == article.pk]
        moves = [Move(place, after) for place in own]
    else:
        moves = moves_of_articles([article], places, wanted, person=None, problem="–")
    article.status = wanted
    return put(moves)


def _stands(article: Article, changes: Mapping[str, dict[str, Values]]) -> bool:
    return "status" in changes[str(article.pk)]["after"]


@contextmanager
def _standing_refused(articles: Sequence[Article]) -> Iterator[None]:
    """Say `ChangedSince` where passages, or who waits for the text, stand otherwise by now."""
    try:
        yield
    except (StandsOtherwise, HandedOtherwise) as fault:
        article = next(one for one in articles if one.pk == fault.article_id)
        raise ChangedSince(article, ["status"]) from fault


def _store_back(article: Article, values: Values) -> None:
    if "language" in values:
        relearn_words(article)
    store_values(article, [*values, *COUNTS])


def _to_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _from_json(name: str, value: Any) -> Any:
    if name == "date" and isinstance(value, str):
        return datetime.date.fromisoformat(value)
    return value
