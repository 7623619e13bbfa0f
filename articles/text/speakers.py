"""The speakers of an interview: each voice named, voices of one name joined."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.text.header import day_in
from articles.text.introductions import (
    announced_host,
    called_on,
    credited_names,
    dated_name,
    guest_asker,
    introduced_guest,
    introduced_name,
    reporter_in,
    says_own_name,
    tells_maker,
)
from articles.text.mentions import Said, likeliest, read_frame, titled_guest
from articles.text.names import fullest_core, name_voice, nobody_name
from articles.text.offices import is_office
from articles.text.outlets import looks_outlet, names_outlet
from articles.text.persons import clean_name
from articles.text.regex import regex
from articles.text.scene import Scene
from articles.text.settle import ANSWERER, ASKER, NOBODY, Reading
from articles.text.shapes import ParsedSpeaker, Part
from articles.text.vocab import ASKERS, HEARD, NAMELESS, fold
from articles.text.voices import is_kin

_LETTERS = regex(r"\w\.?(?: \w\.?)*")  # D. R. under a picture
_NOTE = 250  # code points of a line that tells who wrote a text
_AROUND = 6000  # code points of the words around a talk that are read
# How the trail of a site begins, and a line that tells for whom a picture was taken.
_ELSEWHERE = ("Home ", "HOME ", "Accueil ", "ACCUEIL ", "Photo", "PHOTO", "Picture", "Illustration")
_NAMED = 40  # code points of a line that is but a name
_IN_A_ROOM = ASKERS | HEARD  # Audience member
_FIRST_TURNS = 3  # turns of those who ask in which a guest may be introduced


def name_speakers(
    scene: Scene, reading: Reading
) -> tuple[tuple[ParsedSpeaker, ...], dict[int, int], dict[int, int]]:
    """Name the voices in order of appearance; voices of one name are one speaker."""
    said = _said(scene, reading)
    order: list[int] = []
    for voice in reading.voices:
        if voice != NOBODY and voice not in order:
            order.append(voice)
    part_of = _final_parts(reading, order)
    answering = [v for v in order if part_of[v] == "interviewee"]
    asking = sum(1 for v in order if part_of[v] == "interviewer")
    speakers: list[ParsedSpeaker] = []
    number_of: dict[int, int] = {}
    by_name: dict[str, int] = {}
    for voice in order:
        sign = {"interviewer": "Q", "interviewee": "A"}.get(part_of[voice], "M")
        if voice < 0:
            name = nobody_name("Q" if voice == ASKER else "A", said)
            labels: tuple[str, ...] = ()
        else:
            alone = len(answering) == 1
            own = _introduced(scene, reading, voice)
            one = scene.voices[voice]
            name = name_voice(one, sign, scene.text, said, alone, own, asking > 2)
            labels = tuple(scene.voices[voice].printed)
        if not name:
            continue
        key = fold(name)
        if key in by_name:
            number_of[voice] = by_name[key]
            continue
        by_name[key] = number_of[voice] = len(speakers)
        speakers.append(ParsedSpeaker(name, labels, part_of[voice]))
    guests = _guests(scene, reading, speakers, by_name, part_of)
    return tuple(speakers), number_of, guests


def _guests(
    scene: Scene,
    reading: Reading,
    speakers: list[ParsedSpeaker],
    by_name: dict[str, int],
    part_of: dict[int, Part],
) -> dict[int, int]:
    """Name, turn by turn, those who ask under a label that names nobody and say who they are."""
    found: dict[int, int] = {}
    floor = NOBODY
    generic = {v for v in part_of if v >= 0 and all(map(is_generic, scene.voices[v].keys))}
    asking = {v for v in generic if part_of[v] == "interviewer"}
    for index, voice in enumerate(reading.voices if asking else ()):
        if voice not in asking:
            continue
        block = scene.blocks[index]
        words = scene.text[block.start : min(block.end, block.start + 160)]
        name = guest_asker(words) or _own_name(words, speakers)
        called = "" if name else _called_on(scene, reading, index, speakers)
        name = name or called
        if not name and _goes_on(reading, index, floor):
            found[index] = found[floor]
            floor = index
            continue
        if not name and "follow" in words and found:
            found[index] = found[max(found)]
            continue
        if not name:
            if not block.label and index - 1 in found and reading.voices[index - 1] == voice:
                found[index] = found[index - 1]
            continue
        key = fold(name)
        if key not in by_name:
            by_name[key] = len(speakers)
            labels = tuple(scene.voices[voice].printed)
            speakers.append(ParsedSpeaker(name, labels, "interviewer"))
        found[index] = by_name[key]
        floor = index if called else NOBODY
    return found


def _goes_on(reading: Reading, index: int, floor: int) -> bool:
    """Say whether who was called on at `floor` still has the word: but one answer stands between.

    Where others answered too, the word has passed on.
    """
    if floor < 0 or {"S", "Q"} & set(reading.classes[floor + 1 : index]):
        return False
    return len({voice for voice in reading.voices[floor + 1 : index] if voice >= 0}) < 2


def _own_name(words: str, speakers: list[ParsedSpeaker]) -> str:
    """Give the name by which one who asks opens, unless it is that of another who speaks."""
    name = says_own_name(words)
    known = {part for one in speakers for part in fold(one.name).split()}
    return name if " " in name or fold(name) not in known else ""


def _called_on(scene: Scene, reading: Reading, index: int, speakers: list[ParsedSpeaker]) -> str:
    """Give the name by which the short turn before hands over to one who asks, or ''."""
    before = index - 1
    while before >= 0 and scene.aside[before] == "L":
        before -= 1
    if before < 0 or reading.classes[before] != "S" or scene.blocks[before].length > 160:
        return ""
    block = scene.blocks[before]
    name = called_on(scene.text[block.start : block.end].replace("\n", " "))
    last = fold(name).split()[-1:]
    known = any(fold(one.name).split()[-1:] == last for one in speakers)
    return "" if known else name


def _introduced(scene: Scene, reading: Reading, voice: int) -> str:
    """Give the name by which a voice introduces itself in its first turns."""
    seen = 0
    for index, who in enumerate(reading.voices):
        if who != voice:
            continue
        block = scene.blocks[index]
        name = introduced_name(scene.text[block.start : min(block.end, block.start + 400)])
        seen += 1
        if name or seen > 2:
            return name
    return ""


def _final_parts(reading: Reading, order: list[int]) -> dict[int, Part]:
    """Give each voice its part in the talk."""
    parts: dict[int, Part] = {}
    names: dict[str, Part] = {"Q": "interviewer", "A": "interviewee", "M": "moderator", "D": ""}
    for voice in order:
        if voice in (ASKER, ANSWERER):
            parts[voice] = "interviewer" if voice == ASKER else "interviewee"
        else:
            parts[voice] = names[reading.parts.get(voice, "A")]
    return parts


@dataclass(slots=True)
class _Around:
    """The words around a talk: headings, paragraphs, and whom they name as makers of the text."""

    heads: list[str]
    pieces: list[str] = field(default_factory=list)
    credited: list[str] = field(default_factory=list)  # by a byline, a signature
    makers: list[str] = field(default_factory=list)  # beside a day, or as one who reports


def _said(scene: Scene, reading: Reading) -> Said:
    """Read what the words around the talk, and the header, say of who asks and answers."""
    around = _words_around(scene, reading)
    source, makers = scene.header.source, around.makers
    heads = [head for head in around.heads if head]
    said = read_frame("\n".join(heads), "\n".join(around.pieces), source)
    _add_labels(scene, reading, said, makers)
    _add_introduced(scene, reading, said)
    asking = [name for name in makers if makers.count(name) > 1]  # over the text and below it
    if fold(said.outlet) in fold("\n".join([source, *heads])):
        asking += around.credited  # where no outlet is said to ask, or but heads the page
    if not said.askers:
        said.askers = [name for name in dict.fromkeys(asking) if name not in said.answerers][:1]
    _leave_labelled(scene, reading, said)
    return said


def _words_around(scene: Scene, reading: Reading) -> _Around:
    """Gather the words that nobody speaks, and who made the text as they say."""
    text, around = scene.text, _Around([scene.header.title])
    size = 0
    for index, role in enumerate(reading.classes):
        if role in "QAS" or size > _AROUND or scene.aside[index] in ("-", "L"):
            continue
        block = scene.blocks[index]
        words = text[block.start : block.end]
        noted = scene.aside[index] == "editor_note"
        if not words or (noted and words.startswith(_ELSEWHERE)):
            continue
        by = tells_maker(words)
        bare = not (by or reading.labelled) and block.length < _NAMED
        if bare and _signs_above(scene, index, words):
            around.credited.append(words)
            continue
        if by or noted:
            around.credited += credited_names(words)
        if by:
            continue
        if block.length < _NOTE and (maker := dated_name(words) or reporter_in(words)):
            around.makers.append(maker)
        heading = index == 0 or (block.length < 120 and words[-1] not in ".!?…")
        (around.heads if heading else around.pieces).append(words)
        size += block.length
    return around


def _signs_above(scene: Scene, index: int, words: str) -> bool:
    """Say whether a line is the full name of who wrote the text, over the day and its year."""
    after = scene.blocks[index + 1 : index + 2]
    if not index or not after or after[0].length > _NAMED or "," in words or " " not in words:
        return False
    if looks_outlet(words) or clean_name(words) != words:
        return False
    return day_in(scene.text[after[0].start : after[0].end]) is not None


def _leave_labelled(scene: Scene, reading: Reading, said: Said) -> None:
    """Let who leads or answers under a label of his or her own not be who asks under another's.

    That label names nobody: `Question`, `La presse`.
    """
    other = [scene.voices[v] for v, part in reading.parts.items() if part in "MA"]
    keys = [key for one in other for key in one.keys if not is_generic(key)]
    own = [name for name in said.askers if any(is_kin(key, fold(name)) for key in keys)]
    said.askers = [name for name in said.askers if name not in own]
    said.persons += [name for name in own if name not in said.persons]


def _add_introduced(scene: Scene, reading: Reading, said: Said) -> None:
    """Let those count whom the first turns introduce: the guest, and who leads the talk."""
    spoken = [i for i, role in enumerate(reading.classes) if role in "QS"][:_FIRST_TURNS]
    for index in spoken:
        block = scene.blocks[index]
        words = scene.text[block.start : min(block.end, block.start + 500)]
        guest = introduced_guest(words)
        if guest and guest not in said.answerers:
            said.answerers.insert(0, guest)
            said.persons.append(guest)
        host = announced_host(words) if index == spoken[0] and not said.askers else ""
        if host and host != guest:
            said.askers.append(host)


def _add_labels(scene: Scene, reading: Reading, said: Said, makers: list[str]) -> None:
    """Let named labels count among the persons, and guess who answers where nothing says it.

    That is none of the `makers` of the text, where it names others.
    """
    talk_names: list[str] = []
    for number in {v for v in reading.voices if v >= 0}:
        for core in scene.voices[number].cores:
            if " " in core and not names_outlet(fold(core)):
                talk_names.append(core)
    said.persons = [*said.persons, *(n for n in talk_names if n not in said.persons)]
    if not said.answerers and _only_answers(scene, reading):
        said.answerers = _only_named(scene, reading)
    if not said.answerers:
        known = {*said.askers, *talk_names, said.outlet}
        frame = [p for p in said.persons if p not in known and not names_outlet(fold(p))]
        frame = [p for p in frame if p not in said.outlet and not _LETTERS.fullmatch(p)]
        others = [p for p in frame if p not in makers] or frame
        said.answerers = likeliest(others, said)[:1] or titled_guest(said.heads)


def _only_answers(scene: Scene, reading: Reading) -> bool:
    """Say whether some voice bears but the letter or the word of who answers: R., Réponse."""
    heard = [scene.voices[v] for v in {v for v in reading.voices if v >= 0}]
    return any(one.nameless and one.keys[0][0] in "ra" for one in heard)


def _only_named(scene: Scene, reading: Reading) -> list[str]:
    """Give the one voice that bears a name, where there is but one."""
    heard = [scene.voices[v] for v in {v for v in reading.voices if v >= 0}]
    names = [clean_name(fullest_core(one)) for one in heard if not one.nameless]
    named = [n for n in names if " " in n and not (is_office(fold(n)) or _LETTERS.fullmatch(n))]
    return named if len(named) == 1 == len(names) else []


def is_generic(key: str) -> bool:
    """Say whether a folded label only says that somebody asks."""
    return key in NAMELESS or key in ASKERS or _IN_A_ROOM.issuperset(key.split())
