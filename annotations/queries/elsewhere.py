"""Where else in its article the words of a link stand that nobody has linked yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotations.models import Motivation, Target
from annotations.text.mentions import places_of
from articles.models import Passage

if TYPE_CHECKING:
    from annotations.models import Annotation
    from diplowatch.lib.roles import Person

MOST = 200
AROUND = 40  # code points shown on each side


class Mention(NamedTuple):
    """The same words elsewhere, with what stands around them."""

    passage: int
    revision: int
    start: int
    end: int
    before: str
    exact: str
    after: str

    @property
    def name(self) -> str:
        """As a form names it."""
        return f"{self.passage}-{self.revision}-{self.start}-{self.end}"


def other_mentions(annotation: Annotation, user: Person) -> list[Mention]:
    """In the order of the text; what a link that the person may see overlaps is left out."""
    words = dict.fromkeys(target.exact for target in annotation.targets.all())
    passages = Passage.objects.live().filter(article=annotation.article_id).order_by("position")
    linked = Target.objects.filter(
        annotation__article=annotation.article_id,
        annotation__motivation=Motivation.IDENTIFYING,
        annotation__removed__isnull=True,
    ).exclude(state="detached")
    taken: dict[int, list[tuple[int, int]]] = {}
    rows = linked.values_list(
        "passage_id", "start", "end", "annotation__private", "annotation__creator_id"
    )
    for passage, start, end, private, creator in rows:
        if not private or creator == user.pk:
            taken.setdefault(passage, []).append((start, end))
    found: list[Mention] = []
    for passage_id, number, revision, text in passages.values_list(
        "pk", "number", "revision", "text"
    ):
        held = taken.get(passage_id, [])
        for exact in words:
            for start, end in places_of(text, exact, held):
                held = [*held, (start, end)]
                found.append(_mention(number, revision, text, start, end))
    return found[:MOST]


def _mention(number: int, revision: int, text: str, start: int, end: int) -> Mention:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Mention(number, revision, start, end, before, text[start:end], after)
