"""From blocks to passages: each block its role, its voice, its exchange and its range."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from articles.text import asides, credits, edges, imprint
from articles.text.accept import split_bold_questions, split_run_ins
from articles.text.best import best_reading
from articles.text.blocks import Raw
from articles.text.cuts import cut_long, with_holes
from articles.text.doubt import turns_doubtful
from articles.text.greetings import heads_item, leave_greetings
from articles.text.header import Header
from articles.text.headings import heads_article, muses, prints_letters, quotes_often, signs_letter
from articles.text.hours import numbered_lines, reports_live, tells_hour, zoned_hours
from articles.text.marks import Block, mark_blocks
from articles.text.quotes import unwrap
from articles.text.scene import (
    Scene,
    aside_of,
    mark_tail,
    note_dated_boxes,
    note_edges,
    note_signatories,
    note_under_title,
    repeats,
    tells_who,
    whole_quote,
)
from articles.text.settle import NOBODY, Reading
from articles.text.shapes import Evidence, Kind, Notice, ParsedPassage, ParsedSpeaker, Role
from articles.text.speakers import name_speakers
from articles.text.stop_turns import take_stop_names
from articles.text.unlabel import uncut

_PARAGRAPH = 130  # code points from which a block surely is a paragraph
_BODY = 5  # blocks within which a text that is punctuated comes to its first paragraph
_FEW_BARE = 0.25  # share of its lines without a full stop
_APART = 3  # blank lines below which a text does without them
_ABOVE = 3  # blocks at the head among which headings may be long
_DOUBTFUL = 1.0  # scores nearer to 0 than this leave the kind in doubt
_ROLES: dict[str, Role] = {"Q": "question", "A": "answer", "S": "statement"}
_BOUNDS = {"introduction": "Q", "closing": "A"}  # what reasons that tell of a place tell it by


@dataclass(slots=True)
class Composed:
    """What the blocks make: kind, speakers and passages."""

    kind: Kind
    evidence: Evidence
    speakers: tuple[ParsedSpeaker, ...] = ()
    passages: tuple[ParsedPassage, ...] = ()


def compose(
    text: str, raws: list[Raw], header: Header, kind: str | None, notices: list[Notice]
) -> Composed:
    """Choose the best reading of the blocks and make passages of it."""
    if kind != "article" and (parts := split_bold_questions(text, raws)):
        found: list[Notice] = []
        made = _composed(text, parts, header, kind, found)
        if made.kind == "interview":
            notices += found
            return made
    return _composed(text, raws, header, kind, notices)


def _composed(
    text: str, raws: list[Raw], header: Header, kind: str | None, notices: list[Notice]
) -> Composed:
    blocks = mark_blocks(text, raws)
    take_stop_names(text, blocks)
    parts = split_run_ins(text, raws, blocks) if any(b.label for b in blocks) else None
    if parts:
        blocks = mark_blocks(text, parts)
        take_stop_names(text, blocks)
    scene = Scene(text, blocks, header)
    scene.aside = [aside_of(text, block) for block in blocks]
    note_edges(scene)
    reading, score = best_reading(scene, kind == "interview")
    if kind == "article" or reading is None or (score <= 0 and kind != "interview"):
        if kind == "interview":
            notices.append(Notice("no_turns_found"))
        elif kind is None and score > -_DOUBTFUL:
            notices.append(Notice("kind_doubtful"))
        return _finished(text, _article(scene, kind, score), notices)
    leave_greetings(text, blocks, reading)
    made = _interview(scene, reading, kind, score)
    if kind is None and score < _DOUBTFUL:
        notices.append(Notice("kind_doubtful"))
    if turns_doubtful(scene, reading):
        notices.append(Notice("turns_doubtful"))
    return _finished(text, made, notices)


def _finished(text: str, made: Composed, notices: list[Notice]) -> Composed:
    """Make holes of interrupting links and cut very long paragraphs."""
    passages = cut_long(text, with_holes(text, list(made.passages)), notices)
    made.passages = tuple(passages)
    return made


def _article(scene: Scene, kind: str | None, score: float) -> Composed:
    """Make the passages of an article."""
    text, blocks = scene.text, scene.blocks
    passages: list[ParsedPassage] = []
    if uncut(text, blocks) or scene.looked:
        scene.aside = [aside_of(text, block) for block in blocks]
        note_edges(scene)
    body, loose = _look_at_article(scene)
    for index, block in enumerate(blocks):
        code = scene.aside[index]
        if code == "-":
            continue
        if not code:
            code = _article_note(scene, index, body)
        start, end = _article_range(text, block)
        role: Role = "paragraph"
        if code and code != "L":
            role = "note"
        elif heads_article(scene, index, loose):
            role, code = "heading", "heading"
        why = _because(code or "paragraph")
        passages.append(ParsedPassage(role, None, None, start, end, (), why))
    if kind == "article":
        why = Evidence("kind_forced", 1.0)
    elif score <= -4:
        why = Evidence("article_no_turns", min(0.99, 0.7 - score / 40))
    else:
        why = Evidence("article_prose", round(min(0.98, 0.55 - score / 6), 2))
    return Composed("article", why, (), tuple(passages))


def _look_at_article(scene: Scene) -> tuple[int, bool]:
    """Give the first paragraph of an article and whether it does without full stops.

    What kind of article it is, and the notes that only such a text has, are kept in the scene.
    """
    text, blocks = scene.text, scene.blocks
    body = next((i for i, b in enumerate(blocks) if i and _begins_body(text, b)), len(blocks))
    loose = asides.unpunctuated(text, blocks)
    if loose and body < _BODY:
        loose = asides.unpunctuated(text, blocks[body:], _FEW_BARE)
    scene.letters = prints_letters(text, blocks)
    scene.musing = not scene.letters and muses(text, blocks)
    scene.quoting = quotes_often(text, blocks)
    if numbered := numbered_lines(text, blocks):
        scene.live = reports_live(text, blocks)
        scene.hours = zoned_hours(text, blocks, numbered)
    scene.solid = loose and sum(block.apart for block in blocks) < _APART
    for index in scene.hours:
        scene.aside[index] = "editor_note"
    note_under_title(scene, body)
    note_dated_boxes(scene)
    note_signatories(scene)
    mark_tail(scene, [NOBODY] * len(blocks), talk=False)
    return body, loose


@lru_cache(maxsize=64)
def _because(code: str) -> Evidence:
    """Give why a passage is what it is; the many of one text share it."""
    return Evidence(code, 0.9)


def _begins_body(text: str, block: Block) -> bool:
    """Say whether a block is a paragraph rather than one of the lines under a title."""
    if block.length > _PARAGRAPH:
        return True
    return text[block.end - 1] in ".!?" and not credits.credit_line(text, block)


def _article_note(scene: Scene, index: int, body: int) -> str:
    """Tell why a block before the body (its first paragraph's index) or at the end is a note."""
    text, blocks = scene.text, scene.blocks
    block, last = blocks[index], index >= len(blocks) - 1
    if last and asides.is_author_note(text, block):
        return "biography"
    if scene.letters and signs_letter(scene, index):
        return "editor_note"
    if index < body and index != scene.head:
        dated = asides.is_dateline(text, block) and not tells_hour(text, block)
        made = credits.credit_line(text, block) and not asides.ends_headline(text, block)
        if dated or made or _is_billed(scene, index):
            return "editor_note"
    if block.quoted and index > body and whole_quote(text, block) and repeats(text, block):
        told = text[blocks[index - 1].end - 1] == ":" or tells_who(text, block)  # ":" tells whose
        return "" if told else "pull_quote"
    if index == scene.head + 1 < body and credits.names_only(text, block):
        return "editor_note"
    if len(blocks) < 4 or index < len(blocks) - 2:
        return ""
    if credits.closes(text, block) or (last and credits.is_signature(text, block)):
        return "editor_note"
    return ""


def _article_range(text: str, block: Block) -> tuple[int, int]:
    """Bound the words of an article's block: emphasis and hashes apart, bullet and label kept."""
    if block.hashes and block.bullet == "1" and not (block.bold or block.italic):
        return text.index(" ", block.raw_start) + 1, block.bare_end
    if block.hashes or block.bold or block.italic:
        return block.bare_start, block.bare_end
    return block.raw_start, block.raw_end


def _interview(scene: Scene, reading: Reading, kind: str | None, score: float) -> Composed:
    """Make the passages and speakers of an interview."""
    spans = _spans(scene, reading)
    speakers, number_of, own = name_speakers(scene, reading)
    passages: list[ParsedPassage] = []
    exchange = 0
    last_role = ""
    for index, role, code, start, end in spans:
        speaker = None
        turn_exchange = None
        if role in ("question", "answer", "statement"):
            speaker = own.get(index, number_of.get(reading.voices[index]))
            exchange += role == "question" and last_role != "question"
            turn_exchange = (exchange or None) if role != "statement" else None
            last_role = role
        why = _because(code)
        passages.append(ParsedPassage(role, speaker, turn_exchange, start, end, (), why))
    sure = round(min(0.99, 0.6 + score / 8), 2)
    why = Evidence("kind_forced", 1.0) if kind else Evidence("interview_turns", max(0.5, sure))
    return Composed("interview", why, speakers, tuple(passages))


def _spans(scene: Scene, reading: Reading) -> list[tuple[int, Role, str, int, int]]:
    """Give each block that has words its role, why, and its range."""
    text, spans = scene.text, []
    spoken = [i for i, c in enumerate(reading.classes) if c in "QAS"]
    first = spoken[0] if spoken else len(reading.classes)
    last = spoken[-1] if spoken else -1
    for index, block in enumerate(scene.blocks):
        role_sign, code = reading.classes[index], scene.aside[index]
        if code in ("-", "L"):
            continue
        start, end = block.start, block.end
        if role_sign in _ROLES:
            start, end = unwrap(text, start, end)
            if start < end:
                spans.append((index, _ROLES[role_sign], reading.code, start, end))
            continue
        start, end = _article_range(text, block)
        role, why = _frame_role(scene, index, first, last)
        if why in _BOUNDS and _BOUNDS[why] not in reading.classes:
            why = "paragraph"  # a kind set by hand may find no talk at all
        spans.append((index, role, why, start, end))
    return spans


def _frame_role(scene: Scene, index: int, first: int, last: int) -> tuple[Role, str]:
    """Give the role of a block that nobody speaks."""
    block, text = scene.blocks[index], scene.text
    code = scene.aside[index]
    boxed = index and scene.aside[index - 1] == "biography"
    if 0 < index < first and credits.tells_works(text, block):
        return "note", "biography"
    if code == "biography" and index < first and not boxed:
        heads = asides.is_biography_heading(text, block)
        return ("note", code) if heads else ("paragraph", "introduction")
    if code:
        return "note", code
    if asides.is_dateline(text, block):
        return "note", "editor_note"
    if block.hashes:
        return "heading", "heading"
    listed = block.bullet == "1" and _lists(scene, index)
    made = not listed and (asides.is_place(text, block) or credits.credit_line(text, block))
    if 0 < index < first and made:
        return "note", "editor_note"
    if 0 < index < first - 1 and imprint.is_kind_alone(text, block):
        below = scene.blocks[index + 1]
        if scene.aside[index + 1] or asides.is_place(text, below) or _is_billed(scene, index + 1):
            return "note", "editor_note"
    if scene.head < index < first and (_is_venue(scene, index, first) or _is_billed(scene, index)):
        return "note", "editor_note"
    if index > last and credits.credit_line(text, block, after=True):
        return "note", "editor_note"
    if 1 < index < first and imprint.lists_witnesses(text, scene.blocks[index - 1], block):
        return "note", "editor_note"
    if index == scene.head and imprint.titles_talk(text, block):
        return "heading", "heading"
    if index == scene.head + 1 < first and imprint.titles_on(text, block):
        return "heading", "heading"
    above = 0 < index < min(first, _ABOVE) and scene.blocks[index - 1].length < _PARAGRAPH
    longest = 200 if index == scene.head else 160 if above else 100
    if asides.is_headline(text, block, longest) or (
        first - 1 <= index <= last and _lists(scene, index)
    ):
        return "heading", "heading"
    if index > last:
        return (
            ("note", "biography") if asides.is_biography(text, block) else ("paragraph", "closing")
        )
    return "paragraph", "introduction"


def _lists(scene: Scene, index: int) -> bool:
    """Say whether a numbered line heads one of several points."""
    return scene.blocks[index].bullet == "1" and heads_item(scene.text, scene.blocks[index])


def _is_billed(scene: Scene, index: int) -> bool:
    """Say whether a line before the talk is but a place or a speaker with an office."""
    text, block = scene.text, scene.blocks[index]
    if index > edges.REACH:
        return False
    if imprint.presents(text, block):
        return True
    beside = scene.blocks[index - 1 : index] + scene.blocks[index + 1 : index + 2]
    sure = any(asides.is_dateline(text, b) or imprint.presents(text, b) for b in beside)
    return imprint.names_place(text, block, sure)


def _is_venue(scene: Scene, index: int, first: int) -> bool:
    """Say whether a line of names stands beside other notes."""
    if not credits.names_only(scene.text, scene.blocks[index]):
        return False
    if imprint.names_kind(scene.text, scene.blocks[index]):
        return False
    told = scene.aside[index - 1] or (index > 1 and _is_billed(scene, index - 1))
    told = told or (index + 1 < first and _is_billed(scene, index + 1))
    below = index + 1
    while below < first and not scene.aside[below]:
        if not credits.names_only(scene.text, scene.blocks[below]):
            break
        below += 1  # the name over the office over the house
    return bool(told or any(scene.aside[below : first + 1][:1]))
