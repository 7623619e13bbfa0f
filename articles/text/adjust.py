"""What a person sets right in a text before it is stored: applied to what was read, nothing else.

The ranges of the passages never change here: every word of the source text stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from articles.text.reading import GIVEN, Choices, ReadFile, with_details
from articles.text.shapes import ParsedPassage, ParsedSpeaker, ParsedText, Part, Role
from articles.text.title import make_title

ARTICLE_ROLES: tuple[Role, ...] = ("paragraph", "heading", "note")
INTERVIEW_ROLES: tuple[Role, ...] = (
    "question", "answer", "statement", "heading", "paragraph", "note",
)  # fmt: skip
SPOKEN = frozenset({"question", "answer", "statement"})
SWAPPED: Mapping[str, Role] = {"question": "answer", "answer": "question"}
SWAPPED_PARTS: Mapping[str, Part] = {"interviewer": "interviewee", "interviewee": "interviewer"}


@dataclass(frozen=True, slots=True)
class Overrides:
    """What was set right. Passages and speakers go by their place in what was read.

    `roles` and `voices` are of passages (a voice is a name, "" for nobody); `names` renames
    speakers, `same` says which speaker is which other one; `swapped` exchanges all questions and
    answers.
    """

    choices: Choices = Choices()  # noqa: RUF009 - frozen, so it may be shared
    roles: Mapping[int, Role] = field(default_factory=dict)
    voices: Mapping[int, str] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    same: Mapping[int, int] = field(default_factory=dict)
    swapped: bool = False

    @property
    def of_structure(self) -> bool:
        """Whether anything but the details was set."""
        return bool(self.roles or self.voices or self.names or self.same or self.swapped)


def to_json(overrides: Overrides) -> dict[str, Any]:
    """As plain values, what is not set left out."""
    choices = overrides.choices
    found: dict[str, Any] = {
        name: value for name in choices.__slots__ if (value := getattr(choices, name)) is not None
    }
    for name in ("roles", "voices", "names", "same"):
        if mapping := getattr(overrides, name):
            found[name] = {str(key): value for key, value in mapping.items()}
    return found | ({"swapped": True} if overrides.swapped else {})


def from_json(values: Mapping[str, Any]) -> Overrides:
    """From plain values."""
    choices = Choices(**{name: values.get(name) for name in Choices.__slots__})
    mappings = {
        name: {int(key): value for key, value in values.get(name, {}).items()}
        for name in ("roles", "voices", "names", "same")
    }
    return Overrides(choices, swapped=bool(values.get("swapped")), **mappings)


def exchanged(overrides: Overrides) -> Overrides:
    """All questions made answers and all answers questions, those set by hand too."""
    roles = {index: SWAPPED.get(role, role) for index, role in overrides.roles.items()}
    return replace(overrides, roles=roles, swapped=not overrides.swapped)


def without_structure(overrides: Overrides) -> Overrides:
    """Only the details: what was set of passages means nothing once the text is read otherwise."""
    return Overrides(overrides.choices)


def roles_of(kind: str) -> tuple[Role, ...]:
    """The roles that passages of such a text may have."""
    return INTERVIEW_ROLES if kind == "interview" else ARTICLE_ROLES


def adjusted(parsed: ParsedText, overrides: Overrides) -> ParsedText:
    """The text as it was set right; places that do not exist are passed over."""
    parsed = with_details(parsed, overrides.choices)
    if not overrides.of_structure:
        return parsed
    parsed = _swapped(parsed) if overrides.swapped else parsed
    parsed = _renamed(parsed, overrides.names)
    parsed = _joined(parsed, overrides.same)
    parsed = _with_passages(parsed, overrides)
    return _tidied(parsed)


def adjusted_file(read: ReadFile, overrides: Overrides) -> ReadFile:
    """The file as it was set right; a title taken from the text is taken from it again."""
    parsed = adjusted(read.parsed, overrides)
    if parsed.title_derived and overrides.of_structure:
        text, passages, speakers = read.decoded.text, parsed.passages, parsed.speakers
        title, _derived, evidence = make_title(text, "", passages, speakers)
        parsed = replace(parsed, title=title, title_evidence=evidence)
    return replace(read, parsed=parsed)


def _swapped(parsed: ParsedText) -> ParsedText:
    passages = tuple(
        p._replace(role=SWAPPED.get(p.role, p.role), evidence=GIVEN) if p.role in SWAPPED else p
        for p in parsed.passages
    )
    speakers = tuple(
        replace(speaker, part=SWAPPED_PARTS.get(speaker.part, speaker.part))
        for speaker in parsed.speakers
    )
    return replace(parsed, passages=passages, speakers=speakers)


def _renamed(parsed: ParsedText, names: Mapping[int, str]) -> ParsedText:
    speakers = tuple(
        replace(speaker, name=names.get(index, "").strip() or speaker.name)
        for index, speaker in enumerate(parsed.speakers)
    )
    return replace(parsed, speakers=speakers)


def _joined(parsed: ParsedText, same: Mapping[int, int]) -> ParsedText:
    """One speaker for several: the other one's passages and labels become the first's."""
    speakers = list(parsed.speakers)
    moved: dict[int, int] = {}
    for index in sorted(same):
        target = _end_of(same, index)
        if target != index and index < len(speakers) and 0 <= target < len(speakers):
            moved[index] = target
            labels = dict.fromkeys((*speakers[target].labels, *speakers[index].labels))
            speakers[target] = replace(speakers[target], labels=tuple(labels))
    passages = tuple(
        p if p.speaker is None else p._replace(speaker=moved.get(p.speaker, p.speaker))
        for p in parsed.passages
    )
    return replace(parsed, passages=passages, speakers=tuple(speakers))


def _end_of(same: Mapping[int, int], index: int) -> int:
    """Who a speaker is in the end; of a ring, the lowest."""
    seen = [index]
    while (following := same.get(seen[-1])) is not None:
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]


def _with_passages(parsed: ParsedText, overrides: Overrides) -> ParsedText:
    speakers = list(parsed.speakers)
    places = {speaker.name: index for index, speaker in reversed(list(enumerate(speakers)))}
    allowed = roles_of(parsed.kind)
    passages = list(parsed.passages)
    for index, passage in enumerate(passages):
        role = overrides.roles.get(index, passage.role)
        if role in allowed and role != passage.role:
            passages[index] = passages[index]._replace(role=role, evidence=GIVEN)
        name = overrides.voices.get(index)
        if name is not None:
            place = _place_of(" ".join(name.split()), speakers, places)
            passages[index] = passages[index]._replace(speaker=place, evidence=GIVEN)
    return replace(parsed, passages=tuple(passages), speakers=tuple(speakers))


def _place_of(name: str, speakers: list[ParsedSpeaker], places: dict[str, int]) -> int | None:
    if not name:
        return None
    if name not in places:
        places[name] = len(speakers)
        speakers.append(ParsedSpeaker(name))
    return places[name]


def _tidied(parsed: ParsedText) -> ParsedText:
    """Only speakers who speak, in the order given; exchanges counted again; others bear none."""
    passages = [p if p.role in SPOKEN else p._replace(speaker=None) for p in parsed.passages]
    used = sorted({p.speaker for p in passages if p.speaker is not None})
    place = {old: new for new, old in enumerate(used)}
    placed = (p._replace(speaker=None if p.speaker is None else place[p.speaker]) for p in passages)
    return replace(
        parsed,
        speakers=tuple(parsed.speakers[old] for old in used),
        passages=counted(placed),
    )


def counted(passages: Iterable[ParsedPassage]) -> tuple[ParsedPassage, ...]:
    """Passages with their exchanges: a question after anything but a question begins one."""
    done: list[ParsedPassage] = []
    count, asking = 0, False
    for passage in passages:
        if passage.role == "question":
            count += not asking
            asking = True
        elif passage.role in SPOKEN:
            asking = False
        exchange = count if passage.role in SWAPPED and count else None
        done.append(passage._replace(exchange=exchange))
    return tuple(done)
