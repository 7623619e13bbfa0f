"""Under which forms an entity is linked that are none of its names: what may be slips of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import connection
from django.utils.translation import get_language

from annotations.queries.memory import forms_of_entities
from annotations.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ENTITIES: Final = 200
MOST_SPELLINGS: Final = 4_000
SPELLED: Final = f"""
SELECT a.entity_id, t.exact, count(*), (array_agg(a.id::text ORDER BY a.created))[1]
FROM annotations_annotation AS a
JOIN annotations_entity AS e ON e.id = a.entity_id AND NOT e.retired
JOIN annotations_target AS t ON t.annotation_id = a.id AND t.state <> 'detached'
WHERE a.article_id = ANY(%s) AND a.motivation = 'identifying' AND a.removed IS NULL
    AND NOT a.private AND a.target_count = 1
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT {MOST_SPELLINGS}"""  # noqa: S608 - a number of ours
LABELS: Final = "SELECT id, label_fr, label_en FROM annotations_entity WHERE id = ANY(%s)"
GARBLED: Final = """
SELECT entity_id, folded FROM annotations_entityname
WHERE entity_id = ANY(%s) AND kind = 'garbling' AND NOT retired"""


class Spelling(NamedTuple):
    """Words that are linked with an entity, how often, the first link, and what they are to it."""

    words: str
    often: int
    first: str  # an annotation's id
    is_odd: bool  # no name of the entity, nor a form of one
    is_garbling: bool  # known as a garbling


class Spelled(NamedTuple):
    """An entity with the forms under which texts link it, the most frequent first."""

    id: int
    label: str
    spellings: list[Spelling]

    @property
    def odd(self) -> int:
        """How many places have a form that is none of its names."""
        return sum(one.often for one in self.spellings if one.is_odd)


def inconsistent_spellings(articles: Sequence[int]) -> list[Spelled]:
    """The entities that are linked under odd forms, those with most odd places first."""
    with connection.cursor() as cursor:
        cursor.execute(SPELLED, [list(articles)])
        rows = cursor.fetchall()
        ids = list({row[0] for row in rows})
        cursor.execute(LABELS, [ids])
        english = (get_language() or "").startswith("en")
        labels = {
            pk: (second or first) if english else (first or second)
            for pk, first, second in cursor.fetchall()
        }
        cursor.execute(GARBLED, [ids])
        garbled = set(cursor.fetchall())
    right: dict[int, set[str]] = defaultdict(set)
    for (pk, _language), known in forms_of_entities(ids).items():
        right[pk].update(fold(form.text) for form in known.forms)
    spelled: dict[int, list[Spelling]] = defaultdict(list)
    for pk, words, count, first in rows:
        folded = fold(words)
        odd = folded not in right[pk] and _without_article(folded) not in right[pk]
        spelled[pk].append(Spelling(words, count, first, odd, (pk, folded) in garbled))
    found = [Spelled(pk, labels.get(pk, ""), some) for pk, some in spelled.items()]
    found = [one for one in found if one.odd]
    return sorted(found, key=lambda one: (-one.odd, one.label))[:MOST_ENTITIES]


def _without_article(folded: str) -> str:
    first, _, rest = folded.partition(" ")
    return rest if first in ("l", "d", "le", "la", "les", "m", "mme", "the") else folded
