"""The titles that texts give of themselves as they stand now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from articles.models import Activity, Verb
from articles.models.article import TITLE_LENGTH
from articles.models.log import ChangedKeys
from articles.text.shapes import ParsedPassage, ParsedSpeaker
from articles.text.title import make_title
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.models import Article
    from articles.text.shapes import Part
    from articles.text.shapes import Role as TextRole

GAP = "\n\n"
LONGEST = 2_000  # code points of a passage that a title could be taken from
# All that a title is made of: how the text begins, whether it has turns, who speaks.
HEADS: Final = """
SELECT a.id, a.title, (
        SELECT json_agg(json_build_array(p.role, left(p.text, %(longest)s)) ORDER BY p.position)
        FROM articles_passage AS p WHERE p.article_id = a.id AND NOT p.retired AND (
            p.id IN (SELECT o.id FROM articles_passage AS o
                WHERE o.article_id = a.id AND NOT o.retired ORDER BY o.position LIMIT 3)
            OR p.id = (SELECT o.id FROM articles_passage AS o
                WHERE o.article_id = a.id AND NOT o.retired AND o.role <> 'note'
                ORDER BY o.position LIMIT 1))
    ), EXISTS (SELECT FROM articles_passage AS p WHERE p.article_id = a.id AND NOT p.retired
        AND p.role IN ('question', 'answer')), (
        SELECT json_agg(json_build_array(s.name, s.part) ORDER BY s.position)
        FROM articles_speaker AS s WHERE s.article_id = a.id AND NOT s.retired)
FROM articles_article AS a WHERE a.id = ANY(%(ids)s)
"""


class Derived(NamedTuple):
    """The title that an article has, and the one that its text gives."""

    stood: str
    made: str


def derived_titles(ids: Iterable[int]) -> dict[int, Derived]:
    """The title that each article's text gives; what it has where the text gives none."""
    rows = fetch_planned(HEADS, {"ids": list(ids), "longest": LONGEST})
    return {
        pk: Derived(title, _title(passages or (), has_turns, speakers or ()) or title)
        for pk, title, passages, has_turns, speakers in rows
    }


def is_of_header(article: Article) -> bool:
    """Whether the title is the one that the header of the file, or of a new version, gave."""
    if article.title_derived or article.evidence.get("title", [""])[0] != "title_header":
        return False
    key = str(article.pk)
    acts = Activity.objects.filter(data__has_key="changes").alias(changed=ChangedKeys("data"))
    found = acts.filter(changed__has_key=key).order_by("pk").values_list("verb", "data")
    made = [(verb, data["changes"][key]) for verb, data in found]
    changes = [(verb, one) for verb, one in made if "title" in one["after"]]
    given = {one["before"]["title"] for _verb, one in changes[:1]}
    given |= {one["after"]["title"] for verb, one in changes if verb == Verb.RENEW}
    return not changes or article.title in given


def _title(passages: Sequence[Any], has_turns: bool, speakers: Sequence[Any]) -> str:
    made, parts, start = [], [], 0
    for role, words in passages:
        made.append(ParsedPassage(cast("TextRole", role), None, None, start, start + len(words)))
        parts.append(words + GAP)
        start += len(words) + len(GAP)
    if has_turns:  # wherever it stands
        made.append(ParsedPassage("question", None, None, start, start))
    voices = tuple(ParsedSpeaker(name, (), cast("Part", part)) for name, part in speakers)
    title, _derived, _why = make_title("".join(parts), "", tuple(made), voices)
    return " ".join(title.split())[:TITLE_LENGTH]
