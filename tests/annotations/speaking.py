"""Annotations for the tests of reading, put straight into the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotations.models import Annotation, Entity, Tag, Target

if TYPE_CHECKING:
    from articles.models import Article

MOTIVATION = "highlighting"


def say(
    article: Article, *quotes: tuple[int, str], motivation: str = MOTIVATION, **fields: Any
) -> Annotation:
    """Say something about the first places of these quotes, each in a passage by its number."""
    state = fields.pop("state", "anchored") if motivation != "editing" else "anchored"
    if motivation == "commenting":
        fields.setdefault("body", "Une remarque.")
    annotation = Annotation.objects.create(
        article=article, motivation=motivation, target_count=len(quotes), **fields
    )
    for position, (number, quote) in enumerate(quotes):
        passage = article.passages.get(number=number)
        start = passage.text.index(quote)
        Target.objects.create(
            annotation=annotation, position=position, passage=passage, start=start,
            end=start + len(quote), exact=quote, state=state,
        )  # fmt: skip
    return annotation


def reply(to: Annotation, body: str, **fields: Any) -> Annotation:
    """Answer an annotation."""
    return Annotation.objects.create(
        article=to.article, motivation="replying", parent=to, body=body, **fields
    )


def make_entity(label: str, kind: str = "person", **fields: Any) -> Entity:
    """A record with a French label."""
    return Entity.objects.create(kind=kind, label_fr=label, **fields)


def make_tag(name: str) -> Tag:
    """A tag of the controlled list."""
    return Tag.objects.create(name=name, folded=name.lower())
