"""What an article tells of its text, renewed when the text changes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from django.db import transaction

from articles.queries.titles import derived_titles
from articles.services.stage import POSITION_STEP
from articles.text.lexemes import words_for_slips
from articles.text.operations import Text, Voice
from articles.text.reading import WORDLIKE, cut_first_words
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.services.stage import Stage
    from articles.text.operations import Operation

NEAR_THE_HEAD = 8 * POSITION_STEP  # the first words are taken from before this place
HEAD: Final = """
SELECT a.id, a.first_words, ARRAY(
    SELECT p.text FROM articles_passage AS p
    WHERE p.article_id = a.id AND NOT p.retired AND p.position >= coalesce((
        SELECT o.position FROM articles_passage AS o
        WHERE o.article_id = a.id AND NOT o.retired AND o.role = ANY(%s)
        ORDER BY o.position LIMIT 1), 0)
    ORDER BY p.position LIMIT 3)
FROM articles_article AS a WHERE a.id = ANY(%s)
"""
SET_HEAD: Final = """
UPDATE articles_article AS a SET first_words = new.words
FROM unnest(%s::bigint[], %s::text[]) AS new (id, words) WHERE a.id = new.id
"""
SET_TITLE: Final = """
UPDATE articles_article AS a SET title = new.title
FROM unnest(%s::bigint[], %s::text[]) AS new (id, title)
WHERE a.id = new.id AND a.title <> new.title
"""
VOICES: Final = """
UPDATE articles_article AS a SET speaker_names = coalesce((
        SELECT string_agg(s.name, ', ' ORDER BY s.position) FROM articles_speaker AS s
        WHERE s.article_id = a.id AND NOT s.retired), ''),
    exchange_count = (SELECT count(DISTINCT p.exchange) FROM articles_passage AS p
        WHERE p.article_id = a.id AND NOT p.retired)
WHERE a.id = ANY(%s)
"""
# A transaction of its own, for which nobody waits: counts that a crash loses are only counts.
WORDS: Final = """
WITH unhurried AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS is_set)
INSERT INTO articles_word (word, passages)
SELECT word, count FROM unnest(%s::text[], %s::bigint[]) AS new (word, count)
CROSS JOIN unhurried WHERE unhurried.is_set IS NOT NULL ORDER BY word COLLATE "C"
ON CONFLICT (word) DO UPDATE
SET passages = greatest(articles_word.passages + excluded.passages, 0)
"""


def refresh_articles(stages: Sequence[Stage]) -> None:
    """Renew first words, voices and derived titles where they may be others by now."""
    structural = [stage.article_id for stage in stages if stage.is_structural]
    near = {stage.article_id for stage in stages if stage.is_structural or _is_near_head(stage)}
    if near:
        found = fetch_planned(HEAD, [list(WORDLIKE), sorted(near)])
        made = [(pk, old, cut_first_words(texts)) for pk, old, texts in found]
        changed = [(pk, new) for pk, old, new in made if old != new]
        if changed:
            fetch_planned(SET_HEAD, [*map(list, zip(*changed, strict=True))])
    if structural:
        fetch_planned(VOICES, [sorted(structural)])
    _renew_titles(
        [stage.article_id for stage in stages if stage.title_derived and (stage.article_id in near)]
    )
    words = _changed_words(stages)
    if words:
        transaction.on_commit(lambda: _count_words(words))


def _is_near_head(stage: Stage) -> bool:
    return any(stage.held[number].position <= NEAR_THE_HEAD for number in stage.touched)


def _renew_titles(ids: Sequence[int]) -> None:
    """A derived title follows the text until somebody sets one."""
    if ids:
        found = derived_titles(ids).items()
        made = {pk: one.made for pk, one in found if one.made != one.stood}
        if made:
            fetch_planned(SET_TITLE, [list(made), list(made.values())])


def _changed_words(stages: Sequence[Stage]) -> Counter[str]:
    """By how many passages, or speakers' names, more or fewer have a word."""
    counts: Counter[str] = Counter()
    for stage in stages:
        for operation in stage.operations:
            for removed, inserted in _replaced(operation):
                old, new = words_for_slips(removed), words_for_slips(inserted)
                counts.update(new - old)
                counts.subtract(old - new)
    return Counter({word: count for word, count in counts.items() if count})


def _replaced(operation: Operation) -> list[tuple[str, str]]:
    """The words that go and those that come in their place."""
    if isinstance(operation, Text):
        return [(edit.removed, edit.inserted) for edit in operation.edits]
    if isinstance(operation, Voice):
        return [((operation.before or {}).get("name", ""), (operation.after or {}).get("name", ""))]
    return []


def _count_words(words: Counter[str]) -> None:
    """Apart from the act, which it need not wait for: it is for slips of the searching."""
    fetch_planned(WORDS, [list(words), list(words.values())])
