"""The stored vocabulary asked: how common words are, what begins alike, what was meant."""

# ruff: noqa: S608 - these texts are put together from constants; values are parameters
from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction

from articles.text.lexemes import fold
from articles.text.likeness import distance, slips_allowed, sound_of, spellings
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

MOST_FORMS = 60  # of a beginning
MOST_NEAR = 3  # words tried for one slip
MOST_LETTERS_APART = 1  # "bien" is not meant by "Bliken", however few letters differ
COMMONER = 2  # times as common as a word that is there itself
FIRST_LETTERS = 3  # words that share them begin alike
LAST_LETTERS = 3  # the rest of a word: longer words that share all before it are near each other
LOWEST_LIKENESS = "0.2"  # share of trigrams in common; what is below does not pass the closer look

# Words stand in the order of their letters' numbers, whatever the locale.
_PAST = "(beginning || U&'\\+10FFFF')"
_ASKED = "FROM unnest(%s::text[]) WITH ORDINALITY AS asked (beginning, place) ORDER BY place"
FORMS = f"""
SELECT ARRAY(
    SELECT word FROM articles_word
    WHERE word >= beginning AND word <= {_PAST} AND passages > 0
    ORDER BY passages DESC, word LIMIT %s
) {_ASKED}
"""
# A stem of three letters begins too many other words: it counts as itself alone.
PASSAGES = f"""
SELECT (SELECT coalesce(max(id), 0) FROM articles_passage), (
    SELECT coalesce(sum(passages), 0)::bigint FROM articles_word WHERE word >= beginning
    AND word <= CASE WHEN length(beginning) > 3 THEN {_PAST} ELSE beginning END
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
SELECT asked.place, near.word, near.passages
FROM unnest(%s::text[], %s::int[]) WITH ORDINALITY AS asked (word, allowed, place)
CROSS JOIN LATERAL (
    SELECT w.word, w.passages FROM articles_word AS w
    WHERE w.word %% asked.word AND w.passages > 0
        AND length(w.word) BETWEEN length(asked.word) - allowed AND length(asked.word) + allowed
    ORDER BY similarity(w.word, asked.word) DESC, w.passages DESC, w.word LIMIT 150
) AS near
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
    rows = fetch_planned(PASSAGES, [list(stems)])
    return (rows[0][0] if rows else 0), [count for _, count in rows]


class Near(NamedTuple):
    """What may have been meant by a word: folded words, the likeliest first."""

    words: list[str]
    is_known: bool  # the word itself is there, too


def near_words(
    typed: Mapping[str, int], *, commoner: int = COMMONER, named: Container[str] = ()
) -> dict[str, Near]:
    """What may have been meant by words with a slip, with how often each is found itself.

    Instead of a word that is there itself only one a slip away, and so many times as common, may
    be meant; instead of one that only titles, sources or voices have (`named`), what may be meant
    by a word that is nowhere: who is named there may be garbled in the text. Two queries however
    many words.
    """
    asked = {word: allowed for word in typed if (allowed := slips_allowed(word))}
    found: dict[str, dict[str, int]] = {word: {} for word in typed}
    if asked:
        # What is written otherwise altogether has few letters in common, however alike it sounds.
        forms = [(word, form) for word in asked for form in spellings(word)]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [LOWEST_LIKENESS]
            )
            slips = [asked[word] for word, _form in forms]
            cursor.execute(NEAR, [[form for _word, form in forms], slips])
            for place, other, passages in cursor.fetchall():
                found[forms[place - 1][0]][other] = passages
    near = {}
    for word, others in found.items():
        times = min(typed[word], others.get(fold(word), 0))
        likeliest = _likeliest(word, 0 if word in named else times, others, commoner)
        near[word] = Near(likeliest, is_known=times > 0)
    return near


def _likeliest(word: str, times: int, others: Mapping[str, int], commoner: int) -> list[str]:
    """One slip is likelier than more; with more slips, what begins alike leaves no other."""
    said, allowed = fold(word), slips_allowed(word)
    ranked = []
    for other, passages in others.items():
        slips = _slips(said, other, allowed)
        if other == said or (slips > allowed and not _begin_alike(said, other)):
            continue
        if times and (slips > 1 or passages < commoner * times):
            continue
        unlike = slips > 1 and said[:FIRST_LETTERS] != other[:FIRST_LETTERS]
        ranked.append((unlike, slips, -passages, other))
    ranked.sort()
    words = [other for unlike, *_, other in ranked if unlike == ranked[0][0]]
    return words[:MOST_NEAR]


def _begin_alike(said: str, other: str) -> bool:
    """Whether only the endings of two longer words differ."""
    shared = len(said) - LAST_LETTERS
    return shared > FIRST_LETTERS + 1 and said[:shared] == other[:shared]


def _slips(said: str, other: str, allowed: int) -> int:
    """The letters that differ; words that sound alike count as one slip.

    Words of other lengths that do not sound alike have more than are allowed.
    """
    if sound_of(said) == sound_of(other):
        return min(distance(said, other, allowed), 1)
    if abs(len(other) - len(said)) > MOST_LETTERS_APART:
        return allowed + 1
    return distance(said, other, allowed)
