"""Annotations as W3C Web Annotation JSON-LD; only terms of its own context are used.

What the context has no word for (how sure a link is, what kind of flag it is, that a target is to
be checked) goes out as a `TextualBody` with a purpose.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotations.models import Motivation, TargetState
from annotations.models.annotation import CONTEXT_LENGTH
from annotations.models.entity import AUTHORITY_ADDRESSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.queries.statements import PlainText, Statement

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'
# What the text of an annotation is there for.
PURPOSES = {
    Motivation.QUESTIONING.value: "questioning",
    Motivation.REPLYING.value: "replying",
}

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where things are: `root` is the house with its final slash, `version` the text's."""

    root: str
    article: int
    version: int

    @property
    def page(self) -> str:
        """The reader page."""
        return f"{self.root}articles/{self.article}/"

    @property
    def text(self) -> str:
        """The plain text as it stands."""
        return f"{self.page}text?at={self.version}"

    def annotation(self, pk: str) -> str:
        """One annotation."""
        return f"{self.root}a/{pk}"

    def entity(self, statement: Statement) -> str:
        """What an entity's authority calls it; our own record where none is known."""
        for authority, value in statement.identifiers or ():
            if base := AUTHORITY_ADDRESSES.get(authority):
                return base + value
        return f"{self.root}entities/{statement.entity}/"


def page_as_jsonld(
    statements: Sequence[Statement], plain: PlainText, addresses: Addresses,
    modified: datetime.datetime,
) -> str:  # fmt: skip
    """All annotations of an article as one AnnotationPage; `modified` where there are none."""
    latest = max((one.modified for one in statements), default=modified)
    page = {
        "@context": CONTEXT,
        "id": f"{addresses.page}annotations.jsonld",
        "type": "AnnotationPage",
        "partOf": {
            "id": f"{addresses.page}annotations",
            "type": "AnnotationCollection",
            "total": len(statements),
            "modified": moment(latest),
        },
        "startIndex": 0,
        "items": [as_values(one, plain, addresses) for one in statements],
    }
    return _json(page)


def annotation_as_jsonld(statement: Statement, plain: PlainText, addresses: Addresses) -> str:
    """One annotation, by itself."""
    return _json({"@context": CONTEXT} | as_values(statement, plain, addresses))


def as_values(statement: Statement, plain: PlainText, addresses: Addresses) -> Values:
    """One annotation without its context."""
    found: Values = {
        "id": addresses.annotation(statement.id),
        "type": "Annotation",
        "motivation": statement.motivation,
        "creator": _agent(statement.person, statement.name),
        "created": moment(statement.created),
        "modified": moment(statement.modified),
    }
    if bodies := _bodies(statement, addresses):
        found["body"] = bodies
    targets = _targets(statement, plain, addresses)
    found["target"] = targets[0] if len(targets) == 1 else targets
    return found


def moment(when: datetime.datetime) -> str:
    """A time as RFC 3339 writes it, in UTC."""
    return when.astimezone(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _agent(person: int | None, name: str) -> Values:
    return {"type": "Person" if person is not None else "Software", "name": name}


def _bodies(statement: Statement, addresses: Addresses) -> list[Values]:
    found: list[Values] = []
    if statement.entity is not None:
        source = addresses.entity(statement)
        found.append({"type": "SpecificResource", "source": source, "purpose": "identifying"})
        for language, label in (("fr", statement.label_fr), ("en", statement.label_en)):
            if label:
                found.append(_text(label, "identifying") | {"language": language})
    if statement.status:
        found.append(_status(statement))
    if statement.tag:
        found.append(_text(statement.tag, "tagging"))
    if statement.flag_kind:
        found.append(_text(statement.flag_kind, "classifying"))
    found += _correction(statement)
    if statement.body:
        found.append(_text(statement.body, PURPOSES.get(statement.motivation, "commenting")))
    if any(target[4] == TargetState.NEEDS_CHECK for target in statement.targets or ()):
        found.append(_text(TargetState.NEEDS_CHECK.value, "assessing"))
    if statement.private:
        found.append(_text("private", "moderating"))
    return found


def _text(value: str, purpose: str) -> Values:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _correction(statement: Statement) -> list[Values]:
    """What a correction puts in, what became of it, how sure it is, what bears it out; of a flag
    that was closed the same.
    """
    found = []
    if statement.motivation == Motivation.EDITING:
        found.append(_text(statement.replacement, "editing"))
    state = statement.state or ("closed" if statement.decided_at else "")
    if state:
        decision = _text(state, "assessing")
        if statement.decided_by:
            decision["creator"] = {"type": "Person", "name": statement.decided_by}
        if statement.decided_at is not None:
            decision["created"] = moment(statement.decided_at)
        found.append(decision)
    if statement.certainty:
        found.append(_text(statement.certainty, "assessing"))
    if statement.evidence:
        found.append(_text(statement.evidence, "linking"))
    if statement.verdict:
        found.append(_text(statement.verdict, "replying"))
    return found


def _status(statement: Statement) -> Values:
    """How sure a link is, and who said so when."""
    found = _text(statement.status, "assessing")
    if statement.status_by:
        found["creator"] = {"type": "Person", "name": statement.status_by}
    if statement.status_at is not None:
        found["created"] = moment(statement.status_at)
    return found


def _targets(statement: Statement, plain: PlainText, addresses: Addresses) -> list[Any]:
    if statement.parent is not None:
        return [addresses.annotation(statement.parent)]
    found = [_target(target, plain, addresses) for target in statement.targets or ()]
    return found or [addresses.page]


def _target(target: list[Any], plain: PlainText, addresses: Addresses) -> Values:
    """A place in the plain text; what has lost its place keeps its quote, of a text before."""
    passage, start, end, exact, state, made_on = target
    begins = plain.places.get(passage)
    if state == TargetState.DETACHED or begins is None:
        quote = {"type": "TextQuoteSelector", "exact": exact}
        source = f"{addresses.page}text" + (f"?at={made_on}" if made_on else "")
        return {"type": "SpecificResource", "source": source, "selector": quote}
    start, end = begins + start, begins + end
    return {
        "type": "SpecificResource",
        "source": addresses.text,
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": plain.text[start:end],
                "prefix": plain.text[max(0, start - CONTEXT_LENGTH) : start],
                "suffix": plain.text[end : end + CONTEXT_LENGTH],
            },
        ],
    }


_json = json.JSONEncoder(ensure_ascii=False, indent=1).encode
