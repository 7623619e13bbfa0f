"""What the preview shows of a text: its passages as they will be read, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from articles.models import Role
from articles.services.wording import sentence
from articles.text.adjust import SPOKEN, Overrides

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import StagedFile
    from articles.text.reading import ReadFile
    from articles.text.shapes import Evidence, Notice, ParsedText

SURE, FAIRLY = 0.9, 0.65

DIGITS = 9  # of the longest number taken from a page


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was decided, in words, and how sure that is."""

    why: str
    sure: str
    level: str  # sure, fairly or doubtful
    count: int = 1


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage as the preview typesets it."""

    index: int
    number: int
    role: str
    role_label: str
    speaker: str
    starts_turn: bool
    exchange: int | None
    text: str
    reason: Reason | None
    set_by_hand: bool


@dataclass(frozen=True, slots=True)
class ShownSpeaker:
    """A speaker as read, the name now, labels as printed, turns, and who they were joined to."""

    index: int
    name: str
    labels: str
    passages: int
    same: int | None


def mark_of(staged: StagedFile) -> str:
    """What names how a file was set right so far: a form says which state it was made from."""
    said = json.dumps(staged.overrides, sort_keys=True)
    return sha256(said.encode()).hexdigest()[:16]


def reason(evidence: Evidence, count: int = 1) -> Reason:
    """Evidence in words."""
    level = "sure" if evidence.sure >= SURE else "fairly" if evidence.sure >= FAIRLY else "doubtful"
    words = {
        "sure": pgettext("how sure", "sure"),
        "fairly": pgettext("how sure", "fairly sure"),
        "doubtful": pgettext("how sure", "not sure"),
    }
    return Reason(sentence(evidence.code, evidence.params), words[level], level, count)


def detail_reasons(parsed: ParsedText) -> list[tuple[str, Reason]]:
    """Why the kind, title, date and language are what they are."""
    return [
        (_("Kind"), reason(parsed.kind_evidence)),
        (_("Title"), reason(parsed.title_evidence)),
        (_("Date"), reason(parsed.date_evidence)),
        (_("Language"), reason(parsed.language_evidence)),
    ]


def passage_reasons(parsed: ParsedText) -> list[Reason]:
    """By what conventions passages were told apart, the commonest first."""
    found: dict[str, list[Evidence]] = {}
    for passage in parsed.passages:
        if passage.evidence is not None:
            found.setdefault(passage.evidence.code, []).append(passage.evidence)
    by_count = sorted(found.values(), key=len, reverse=True)
    return [reason(min(same, key=lambda e: e.sure), len(same)) for same in by_count]


def shown_passages(read: ReadFile, overrides: Overrides) -> list[ShownPassage]:
    """The passages in order."""
    parsed, shown = read.parsed, []
    voice: tuple[int | None, str] | None = None
    for index, (passage, text) in enumerate(
        zip(parsed.passages, read.passage_texts(), strict=True)
    ):
        here = (passage.speaker, passage.role if passage.speaker is None else "")
        starts = passage.role in SPOKEN and here != voice
        if passage.role in SPOKEN:
            voice = here
        elif passage.role == "heading":
            voice = None
        name = "" if passage.speaker is None else parsed.speakers[passage.speaker].name
        shown.append(
            ShownPassage(
                index, index + 1, passage.role, str(Role(passage.role).label), name, starts,
                passage.exchange, text, reason(passage.evidence) if passage.evidence else None,
                index in overrides.roles or index in overrides.voices,
            )
        )  # fmt: skip
    return shown


def shown_speakers(read: ParsedText, overrides: Overrides) -> list[ShownSpeaker]:
    """The speakers as they were read, with what was set of them."""
    return [
        ShownSpeaker(
            index,
            overrides.names.get(index, speaker.name),
            ", ".join(label for label in speaker.labels if label != speaker.name),
            sum(passage.speaker == index for passage in read.passages),
            overrides.same.get(index),
        )
        for index, speaker in enumerate(read.speakers)
    ]


def counts_in_words(parsed: ParsedText) -> str:
    """How many passages, or questions and answers, a text has."""
    roles = [passage.role for passage in parsed.passages]
    if parsed.kind != "interview":
        count = len(roles)
        return ngettext("%(n)d passage", "%(n)d passages", count) % {"n": count}
    asked, answered = roles.count("question"), roles.count("answer")
    return ", ".join((
        ngettext("%(n)d question", "%(n)d questions", asked) % {"n": asked},
        ngettext("%(n)d answer", "%(n)d answers", answered) % {"n": answered},
    ))  # fmt: skip


def notices_of(read: ReadFile, further: Iterable[Notice] = ()) -> list[str]:
    """The warnings of reading, in words, after `further` ones."""
    notices = (*further, *read.decoded.notices, *read.parsed.notices)
    return [sentence(notice.code, notice.params) for notice in notices]


def whole(text: str) -> int | None:
    """A number as a page sends it; None for anything else and for what no file could count."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else None
