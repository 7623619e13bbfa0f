"""What an entity offers for words that are to be replaced: its forms, and whether to remember."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from annotations.models import EntityName, NameKind
from annotations.queries.memory import forms_of_entities
from annotations.text.folding import fold
from annotations.text.forms import ALIKE, PERSON, SURNAME, form_for, forms_of, likenesses
from annotations.text.ordinary import is_ordinary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotations.text.forms import Form

MOST_FORMS: Final = 8


class Offer(NamedTuple):
    """The form that the words call for, the others to choose from, whether to remember them."""

    form: str
    forms: tuple[str, ...]
    may_remember: bool


def offers_of(words: str, language: str, entities: Iterable[int]) -> dict[int, Offer]:
    """What each entity offers for these words; a few queries."""
    ids = list(entities)
    known = forms_of_entities(ids)
    memory = Memory(words, language)
    made = {}
    for pk in ids:
        found = known.get((pk, "en" if language == "en" else "fr"))
        if found is not None:
            form = form_for(words, found.forms, found.kind)
            made[pk] = Offer(form, _offered(form, found.forms), memory.may_keep(pk))
    return made


def offers_of_outside(
    words: str, language: str, labels: Mapping[tuple[str, str], str]
) -> Mapping[tuple[str, str], Offer]:
    """What candidates of an authority offer, of which only the label is known yet.

    `labels` are by authority and value.
    """
    memory = Memory(words, language)
    return {key: _of_label(words, label, memory) for key, label in labels.items()}


def _of_label(words: str, label: str, memory: Memory) -> Offer:
    """A surname only where the words are like it: nobody has said that it is a person."""
    forms = forms_of(label, (), PERSON)
    fit, best = likenesses(words, forms)[0]
    form = form_for(words, forms) if fit >= ALIKE and best.kind == SURNAME else label
    return Offer(form, _offered(form, forms), memory.may_keep(None))


def _offered(form: str, forms: Iterable[Form]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((form, *(one.text for one in forms))))[:MOST_FORMS]


class Memory:
    """Whether words may become a garbling: no ordinary words, nor names of others."""

    def __init__(self, words: str, language: str) -> None:
        """One query."""
        self.ordinary = not words.strip() or is_ordinary(words, language or "fr")
        self.bearers: dict[int, set[str]] = defaultdict(set)
        if not self.ordinary:
            names = EntityName.objects.filter(
                folded=fold(words), retired=False, entity__retired=False
            )
            for pk, kind in names.values_list("entity_id", "kind"):
                self.bearers[pk].add(kind)

    def may_keep(self, entity: int | None) -> bool:
        """Whether they may become one of this entity (None: one that is not here yet)."""
        if self.ordinary or entity in self.bearers:
            return False
        return all(kinds == {NameKind.GARBLING} for kinds in self.bearers.values())
