"""Which part of a replacement is linked: the entity's name in it."""

from __future__ import annotations

from annotations.queries.memory import forms_of_entities


def linked_part(words: str, entity: int, language: str) -> tuple[int, int] | None:
    """The longest form of the entity that stands in the words, else all of them (code points)."""
    known = forms_of_entities([entity]).get((entity, "en" if language == "en" else "fr"))
    if known is None:
        return None
    for form in sorted((one.text for one in known.forms), key=len, reverse=True):
        at = words.find(form)
        if at >= 0:
            return at, at + len(form)
    start = len(words) - len(words.lstrip())
    end = len(words.rstrip())
    return (start, end) if start < end else None
