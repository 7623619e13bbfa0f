"""The list of words known to be right: added and taken off, each act logged and undoable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from annotations.models import KnownWord
from annotations.models.entity import LABEL_LENGTH
from annotations.services.annotating import Gone, Missing
from annotations.services.entity_parts import clean_line
from annotations.services.journal import own_values, record_rows
from annotations.text.folding import fold
from articles.models import Verb

if TYPE_CHECKING:
    from annotations.services.journal import Row
    from articles.models import Activity
    from articles.services.log import Agent


def add_known_word(*, text: str, agent: Agent) -> tuple[KnownWord, Activity | None]:
    """Say that a word is right as it stands; no activity for one that is on the list."""
    said = clean_line(text, LABEL_LENGTH, "name")
    folded = fold(said)
    if not any(sign.isalnum() for sign in folded):
        raise Missing("name")
    standing = KnownWord.objects.live().filter(folded=folded).first()
    if standing is not None:
        return standing, None
    try:
        with transaction.atomic():
            word = KnownWord.objects.create(text=said, folded=folded, creator=agent.user)
            act: list[Row] = [("known_word", word.pk, None, own_values(word))]
            return word, record_rows(agent, Verb.VOCABULARY, act)
    except IntegrityError:  # somebody was faster
        return KnownWord.objects.live().get(folded=folded), None


def retire_known_word(*, word_id: int, agent: Agent) -> tuple[KnownWord, Activity]:
    """Take a word off the list: its forms are asked about again."""
    with transaction.atomic():
        found = KnownWord.objects.live().filter(pk=word_id).select_for_update(of=("self",))
        word = found.first()
        if word is None:
            raise Gone("word")
        word.retired = True
        word.save(update_fields=["retired"])
        act: list[Row] = [("known_word", word.pk, {"retired": False}, {"retired": True})]
        return word, record_rows(agent, Verb.VOCABULARY, act)
