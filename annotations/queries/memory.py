"""Where the known garblings stand in some articles, and what is known of the places already."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import connection

from annotations.models import Entity, EntityName, NameKind
from annotations.text.forms import forms_of
from articles.models import Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotations.queries.names import AllNames, Named
    from annotations.text.forms import Form

MEMORY: Final = "memory"  # the agent
# What has been said of the places: links, and corrections that were proposed, made or refused.
# What this agent proposed and somebody took away, nobody wanted.
TAKEN: Final = """
SELECT t.passage_id, t.start, t."end"
FROM annotations_target AS t JOIN annotations_annotation AS a ON a.id = t.annotation_id
WHERE t.passage_id = ANY(%(passages)s) AND t.state <> 'detached' AND NOT a.private
    AND (a.motivation = 'identifying' AND a.removed IS NULL
        OR a.motivation = 'editing' AND (a.removed IS NULL OR a.agent = %(memory)s))
"""


class Found(NamedTuple):
    """A garbling in a passage, in code points, end exclusive, and whose it may be."""

    article: int
    language: str
    passage: int
    revision: int
    text: str
    start: int
    end: int
    named: tuple[Named, ...]

    @property
    def exact(self) -> str:
        """The words."""
        return self.text[self.start : self.end]


class Forms(NamedTuple):
    """The forms of an entity's names in one language, and its kind."""

    forms: tuple[Form, ...]
    kind: str


def find_garblings(articles: Sequence[int], names: AllNames) -> list[Found]:
    """The garblings in these articles, but for what is part of a right name; one statement.

    The passages that hold one are locked, so that the text stays until the act is done.
    """
    rows = Passage.objects.live().filter(article__in=articles, article__removed__isnull=True)
    found: list[Found] = []
    for article, language, passage, revision, text in rows.order_by("pk").values_list(
        "article_id", "article__language", "pk", "revision", "text"
    ):
        hits = names.garblings.find(text)
        if not hits:
            continue
        right = [(hit.start, hit.end) for hit in names.right.find_all(text)]
        found += [
            Found(article, language, passage, revision, text, hit.start, hit.end, hit.values)
            for hit in hits
            if not any(start <= hit.start and hit.end <= end for start, end in right)
        ]
    return _standing(found)


def _standing(found: list[Found]) -> list[Found]:
    """Those in passages that nobody has changed meanwhile, now locked against it."""
    passages = {one.passage: one.revision for one in found}
    held = Passage.objects.live().filter(pk__in=passages).order_by("pk")
    rows = held.select_for_update(of=("self",), no_key=True).values_list("pk", "revision")
    standing = {pk for pk, revision in rows if passages[pk] == revision} if passages else set()
    return [one for one in found if one.passage in standing]


def without_taken(found: Sequence[Found]) -> list[Found]:
    """Those of which nothing has been said yet: no link, no correction in whatever state."""
    passages = sorted({one.passage for one in found})
    if not passages:
        return []
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, {"passages": passages, "memory": MEMORY})
        for passage, start, end in cursor.fetchall():
            taken[passage].append((start, end))
    return [
        one
        for one in found
        if not any(start < one.end and one.start < end for start, end in taken[one.passage])
    ]


def forms_of_entities(ids: Iterable[int]) -> dict[tuple[int, str], Forms]:
    """The forms of entities in French and in English, by id and language; two queries."""
    entities = {one.pk: one for one in Entity.objects.live().filter(pk__in=set(ids))}
    aliases: dict[int, list[tuple[str, str]]] = defaultdict(list)
    names = EntityName.objects.filter(entity__in=entities, retired=False)
    for pk, name, language in names.exclude(kind=NameKind.GARBLING).values_list(
        "entity_id", "name", "language"
    ):
        aliases[pk].append((name, language))
    made: dict[tuple[int, str], Forms] = {}
    for pk, entity in entities.items():
        for language in ("fr", "en"):
            first, second = entity.label_fr, entity.label_en
            label = (second or first) if language == "en" else (first or second)
            own = [name for name, spoken in aliases[pk] if spoken in ("", language)]
            made[pk, language] = Forms(forms_of(label, own, entity.kind), entity.kind)
    return made
