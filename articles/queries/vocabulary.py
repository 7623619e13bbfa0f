"""The stored vocabulary asked: how common words are, what begins alike, what was meant."""

# ruff: noqa: S608 - these texts are put together from constants; values are parameters
from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from articles.text.lexemes import fold
from articles.text.likeness import distance, slips_allowed, sound_of

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_FORMS = 60  # of a beginning
MOST_NEAR = 3  # words tried for one slip
MOST_LETTERS_APART = 1  # "bien" is not meant by "Bliken", however few letters differ
LOWEST_LIKENESS = "0.2"  # share of trigrams in common; what is below does not pass the closer look

# The operators ~>=~ and ~<=~ go by the index of the words' bytes, whatever the locale.
_PAST = "(beginning || U&'\\+10FFFF')"
_ASKED = "FROM unnest(%s::text[]) WITH ORDINALITY AS asked (beginning, place) ORDER BY place"
FORMS = f"""
SELECT ARRAY(
    SELECT word FROM articles_word
    WHERE word ~>=~ beginning AND word ~<=~ {_PAST} AND passages > 0
    ORDER BY passages DESC, word LIMIT %s
) {_ASKED}
"""
# A stem of three letters begins too many other words: it counts as itself alone.
PASSAGES = f"""
SELECT (SELECT coalesce(max(id), 0) FROM articles_passage), (
    SELECT coalesce(sum(passages), 0)::bigint FROM articles_word WHERE word ~>=~ beginning
    AND word ~<=~ CASE WHEN length(beginning) > 3 THEN {_PAST} ELSE beginning END
) {_ASKED}
"""
WITHIN = f"""
SELECT ARRAY(
    SELECT word FROM articles_word
    WHERE word LIKE '%%' || beginning || '%%' AND passages > 0
    ORDER BY passages DESC, word LIMIT %s
) {_ASKED}
"""
NEAR = """
SELECT word, passages FROM articles_word
WHERE word %% %s AND passages > 0 AND length(word) BETWEEN %s AND %s
ORDER BY similarity(word, %s) DESC, passages DESC, word LIMIT 150
"""


def forms_of(beginnings: Sequence[str]) -> dict[str, list[str]]:
    """The commonest words that begin so, folded; in one query."""
    with connection.cursor() as cursor:
        cursor.execute(FORMS, [MOST_FORMS, [fold(beginning) for beginning in beginnings]])
        return {
            beginning: forms
            for beginning, (forms,) in zip(beginnings, cursor.fetchall(), strict=True)
        }


def forms_within(parts: Sequence[str]) -> dict[str, list[str]]:
    """The commonest words that have these letters in them, folded; in one query."""
    folded = [fold(part) for part in parts]
    with connection.cursor() as cursor:
        cursor.execute(WITHIN, [MOST_FORMS, folded])
        return {part: forms for part, (forms,) in zip(parts, cursor.fetchall(), strict=True)}


def passages_with(stems: Sequence[str]) -> tuple[int, list[int]]:
    """The last passage's id, and in about how many passages words begin so; in one query.

    Rather too many than too few: stems that begin other words count those as well.
    """
    with connection.cursor() as cursor:
        cursor.execute(PASSAGES, [list(stems)])
        rows = cursor.fetchall()
    return (rows[0][0] if rows else 0), [count for _, count in rows]


def near_words(word: str) -> list[str]:
    """What may have been meant by a word with a slip: folded words, the likeliest first."""
    said, allowed = fold(word), slips_allowed(word)
    if not allowed:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [LOWEST_LIKENESS]
        )
        cursor.execute(NEAR, [said, len(said) - allowed, len(said) + allowed, said])
        found = cursor.fetchall()
    ranked = sorted(
        (_slips(said, other, allowed), -passages, other)
        for other, passages in found
        if other != said and _may_be_meant(said, other)
    )
    return [other for slips, _, other in ranked if slips <= allowed][:MOST_NEAR]


def _may_be_meant(said: str, other: str) -> bool:
    """Whether a word is near enough in length, or in sound, to be what was meant."""
    return abs(len(other) - len(said)) <= MOST_LETTERS_APART or sound_of(said) == sound_of(other)


def _slips(said: str, other: str, allowed: int) -> int:
    """The letters that differ; words that sound alike count as one slip."""
    slips = distance(said, other, allowed)
    return min(slips, 1) if sound_of(said) == sound_of(other) else slips
