"""Turns: each block of a talk becomes question, answer, statement or what stands around them.

Every convention is tried as a reading of the whole text: labels before each turn, before the first
ones, before answers or questions only; quotation marks, dashes, bold or headings that tell
questions from answers; wording alone. Unlabelled blocks are shared out by the cheapest path
through all of them (a two-voice Viterbi walk with a narrated beginning).
"""

from __future__ import annotations

from articles.text.introductions import introduced_guest
from articles.text.marks import Block, weigh
from articles.text.parts import habits_of, tell_parts
from articles.text.persons import cohosts_in, journalists_in, leader_in
from articles.text.quotes import inside_quotes
from articles.text.readers import readers_ask
from articles.text.settle import ANSWERER, ASKER, NOBODY, Reading, leave_closing, settle
from articles.text.vocab import fold
from articles.text.voices import Voice, is_kin
from articles.text.walk import Step, going_on, learned, lifted, margins, mark_pull, walk

_NO_VOICE = -1
_PRESS = {"journaliste", "journalist", "reporter", "press", "presse", "correspondent"}
_HEAD = 3_000  # code points before a talk in which its leader is named
_BEFORE_GUEST = 4  # turns in which a guest may be introduced
_ASKED = 300  # code points of a question told by its end alone
_LEARNED = 0.8  # how much the lengths learned from a first sharing out weigh in the second


def read_by_labels(
    text: str, blocks: list[Block], skip: list[bool], voices: list[Voice], of_block: list[int]
) -> Reading | None:
    """Read the text by its labels; None where no label was accepted."""
    spoken = [-9 if skip[i] else of_block[i] for i in range(len(blocks))]
    labelled = [i for i, voice in enumerate(spoken) if voice >= 0]
    if not labelled:
        return None
    free = [i for i in range(labelled[0], len(blocks)) if spoken[i] == NOBODY]
    if marked := _asked_by_first(text, blocks, spoken, labelled):
        spoken = [spoken[labelled[0]] if i in marked else who for i, who in enumerate(spoken)]
        labelled = [i for i, voice in enumerate(spoken) if voice >= 0]
    if readers_ask(blocks, spoken):
        return _questions_only(blocks, spoken, {spoken[i]: "Q" for i in labelled})
    order = [(spoken[i], blocks[i].asks) for i in labelled]
    leads = _leading(text[blocks[0].start : blocks[labelled[0]].raw_start][-_HEAD:], voices)
    hosts = _hosting(text, blocks, labelled, voices) | _receiving(
        text, [(spoken[i], blocks[i]) for i in labelled[:_BEFORE_GUEST]], voices
    )
    if len(voices) == 2 and len(hosts) == 1 and leads < 0:
        leads = min(hosts)
    # Where each of two labels stands once, what follows the second is not all said by its voice.
    told = blocks[: labelled[-1] + 1] if len(labelled) == 2 else blocks
    parts = tell_parts(voices, habits_of(text, told, spoken, len(voices)), order, leads, hosts)
    for index in free:
        weigh(text, blocks[index])
    sides = {"A" if part in "AD" else "Q" for part in parts.values()}
    single = len(labelled) == 1
    if (len(sides) == 2 or single) and _labels_stop(text, blocks, spoken, labelled, free):
        return _first_labels(text, blocks, spoken, labelled, parts)
    if _bare_questions(text, blocks, spoken, labelled):
        parts = dict.fromkeys(parts, "A")
        return _answers_only(text, blocks, spoken, labelled, parts)
    if sides == {"Q"}:
        return _questions_only(blocks, spoken, parts)
    crowd = frozenset(n for n, v in enumerate(voices) if v.nameless or _PRESS.issuperset(v.keys))
    return _each_turn(text, blocks, spoken, parts, crowd)


def _asked_by_first(
    text: str, blocks: list[Block], spoken: list[int], labelled: list[int]
) -> set[int]:
    """Give the paragraphs without label that who asks first asks, where two or more answer.

    The label stands before the first question only; the others are bold as it is, or ask.
    """
    first = spoken[labelled[0]]
    others = [i for i in labelled if spoken[i] != first]
    if len(others) + 1 != len(labelled) or len({spoken[i] for i in others}) < 2:
        return set()
    before = [i for i in (_talk_before(spoken, j) for j in others) if i > labelled[0]]
    bare = [i for i in before if spoken[i] == NOBODY]
    if _is_bold(text, blocks[labelled[0]]) and not any(_is_bold(text, blocks[i]) for i in others):
        return {i for i in bare if blocks[i].bold}
    if not blocks[labelled[0]].asks or len(bare) < 2:
        return set()
    return {i for i in bare if blocks[i].asks and blocks[i].length < _ASKED}


def _is_bold(text: str, block: Block) -> bool:
    """Say whether the words behind a label are bold to their end."""
    return text.endswith("**", block.raw_start, block.raw_end)


def _leading(head: str, voices: list[Voice]) -> int:
    """Give the voice of whom the words before the talk call its leader, or -1."""
    name = fold(leader_in(head))
    if not name:
        return _NO_VOICE
    called = (n for n, voice in enumerate(voices) if any(is_kin(k, name) for k in voice.keys))
    return next(called, _NO_VOICE)


def _hosting(text: str, blocks: list[Block], labelled: list[int], voices: list[Voice]) -> set[int]:
    """Give the voices that the words before a talk, and its first turn, say ask beside others."""
    if len(voices) < 3:
        return set()
    first = blocks[labelled[0]]
    head = text[blocks[0].start : first.raw_start][-_HEAD:]
    names = list(map(fold, journalists_in(head) + cohosts_in(text[first.start : first.end])))
    return {
        n
        for n, voice in enumerate(voices)
        for name in names
        if any(is_kin(k, name) for k in voice.keys)
    }


def _receiving(text: str, first: list[tuple[int, Block]], voices: list[Voice]) -> set[int]:
    """Give the voices heard in the first turns until one of them introduces the guest by name."""
    heard: set[int] = set()
    for who, block in first:
        heard.add(who)
        name = fold(introduced_guest(text[block.start : min(block.end, block.start + _ASKED)]))
        if not name and block.asks:
            break
        if not name:
            continue
        guests = {n for n, voice in enumerate(voices) if any(is_kin(k, name) for k in voice.keys)}
        return heard - guests if guests and who not in guests else set()
    return set()


def _labels_stop(
    text: str, blocks: list[Block], spoken: list[int], labelled: list[int], free: list[int]
) -> bool:
    """Say whether labels stand before the first turns only and the voices then alternate."""
    after = [i for i in free if i > labelled[-1]]
    if len(after) < 2:
        return False
    talk = len(labelled) + len(free)
    if len(labelled) > 4 and len(labelled) > 0.5 * talk:
        return False
    asking = sum(1 for i in after if blocks[i].question > 0.8)
    quoted = inside_quotes(text, [(blocks[i].start, blocks[i].end) for i in after])
    mixed = 0.2 <= sum(quoted) / len(after) <= 0.8
    before = sum(b.length for b in blocks[: labelled[0]])
    if before > 0.35 * sum(b.length for b in blocks):
        return False
    few = 0.1 if len(labelled) == 2 else 0.2
    return asking >= max(1, few * len(after)) or (mixed and len(after) > 2)


def _bare_questions(text: str, blocks: list[Block], spoken: list[int], labelled: list[int]) -> bool:
    """Say whether labels stand before answers only, the questions between them bare."""
    if len(labelled) < 2:
        return False
    before = 0
    for index in labelled:
        previous = _talk_before(spoken, index)
        if previous < 0 or spoken[previous] != NOBODY:
            continue
        weigh(text, blocks[previous])
        before += blocks[previous].question > 0.8
    own = sum(blocks[i].asks for i in labelled) / len(labelled)
    return before >= max(2, 0.4 * len(labelled)) and own < 0.3


def _talk_before(spoken: list[int], index: int) -> int:
    """Give the block of the talk before this one, or -1."""
    index -= 1
    while index >= 0 and spoken[index] == -9:
        index -= 1
    return index


def _each_turn(
    text: str,
    blocks: list[Block],
    spoken: list[int],
    parts: dict[int, str],
    crowd: frozenset[int],
) -> Reading:
    """Let each labelled voice go on until the next label."""
    classes, voices = _blank(blocks, spoken)
    voice = NOBODY
    for index, who in enumerate(spoken):
        if who == -9:
            continue
        voice = who if who >= 0 else voice
        if voice >= 0:
            classes[index] = {"Q": "Q", "A": "A"}.get(parts.get(voice, "A"), "S")
            voices[index] = voice
    labelled = sum(1 for who in spoken if who >= 0)
    reading = Reading("labels", classes, voices, labelled, parts, "", crowd)
    _answer_unlabelled(blocks, reading, spoken)
    settle(text, blocks, reading, spoken)
    leave_closing(text, blocks, reading, spoken)
    return reading


def _answer_unlabelled(blocks: list[Block], reading: Reading, spoken: list[int]) -> None:
    """Give a paragraph without label between two who ask to the one who answers."""
    main = _NO_VOICE
    labelled = [i for i, who in enumerate(spoken) if who >= 0]
    for place, index in enumerate(labelled):
        who, last = spoken[index], place + 1 == len(labelled)
        after = len(spoken) if last else labelled[place + 1]
        if reading.parts.get(who) == "A":
            main = who
            continue
        free = [i for i in range(index + 1, after) if spoken[i] == NOBODY]
        asks_next = reading.parts.get(spoken[after]) in ("Q", "M") if not last else len(free) == 1
        if main < 0 or not blocks[index].asks or not asks_next:
            continue
        for between in free:
            reading.voices[between] = main
            reading.classes[between] = "A"


def _questions_only(blocks: list[Block], spoken: list[int], parts: dict[int, str]) -> Reading:
    """Let what follows a labelled question be its answer."""
    classes, voices = _blank(blocks, spoken)
    started = False
    for index, who in enumerate(spoken):
        if who == -9:
            continue
        started = started or who >= 0
        if started:
            classes[index] = "Q" if who >= 0 else "A"
            voices[index] = who if who >= 0 else ANSWERER
    labelled = sum(1 for who in spoken if who >= 0)
    return Reading("labels_questions", classes, voices, labelled, parts)


def _answers_only(
    text: str, blocks: list[Block], spoken: list[int], labelled: list[int], parts: dict[int, str]
) -> Reading:
    """Find the bare question before each labelled answer."""
    begin = labelled[0]
    previous = _talk_before(spoken, begin)
    while previous >= 0 and spoken[previous] == NOBODY:
        weigh(text, blocks[previous])
        if blocks[previous].question < 0.8:
            break
        begin, previous = previous, _talk_before(spoken, previous)
    fixed = dict.fromkeys(labelled, "A")
    pull, mark = mark_pull(text, blocks, [i for i in range(begin, len(blocks)) if spoken[i] == -1])
    classes, voices = _blank(blocks, spoken)
    path = [i for i in range(begin, len(blocks)) if spoken[i] != -9]
    trail: list[Step] = []
    chosen = walk(text, blocks, path, fixed, pull, again=2.5, prefix=False, trail=trail)
    voice = ANSWERER
    for index, role in zip(path, chosen, strict=True):
        classes[index] = role
        voice = spoken[index] if spoken[index] >= 0 else voice
        voices[index] = ASKER if role == "Q" else voice
    reading = Reading("labels_answers", classes, voices, len(labelled), parts, mark)
    reading.margins = margins(trail, chosen)
    return reading


def _first_labels(
    text: str, blocks: list[Block], spoken: list[int], labelled: list[int], parts: dict[int, str]
) -> Reading:
    """Let the voices alternate once the labels stop."""
    begin = labelled[0]
    path = [i for i in range(begin, len(blocks)) if spoken[i] != -9]
    bare = [i for i in path if spoken[i] == NOBODY]
    marked = [begin] if blocks[begin].bold else []
    for index in marked:
        weigh(text, blocks[index])
    pull, mark = mark_pull(text, blocks, marked + bare)
    pull = lifted(text, blocks, bare, pull)
    fixed = {i: "A" if parts.get(spoken[i]) in ("A", "D") else "Q" for i in labelled}
    trail: list[Step] = []
    chosen = walk(text, blocks, path, fixed, pull, again=0.0, prefix=False, trail=trail)
    classes, voices = _blank(blocks, spoken)
    last = {"Q": ASKER, "A": ANSWERER}
    for index, role in zip(path, chosen, strict=True):
        if spoken[index] >= 0:
            last[role] = spoken[index]
        classes[index], voices[index] = role, last[role]
    reading = Reading("labels_first", classes, voices, len(labelled), parts, mark)
    reading.margins = margins(trail, chosen)
    return reading


def read_bare(text: str, blocks: list[Block], skip: list[bool]) -> Reading:
    """Read the text without labels, by its marks and wording."""
    path = [i for i in range(len(blocks)) if not skip[i]]
    for index in path:
        weigh(text, blocks[index])
    pull, mark = mark_pull(text, blocks, path)
    if mark == "dash_turns":  # what stands over the first dash is no turn
        path = [i for i in path if i in pull]
    pull = lifted(text, blocks, path, pull)
    trail: list[Step] = []
    chosen = walk(text, blocks, path, {}, pull, again=0.0, prefix=True, trail=trail)
    chosen = _second_walk(text, blocks, path, pull, chosen, trail)
    close = margins(trail, chosen)
    chosen = _from_first_asked(blocks, path, chosen)
    classes = ["-"] * len(blocks)
    voices = [NOBODY] * len(blocks)
    for index, role in zip(path, chosen, strict=True):
        classes[index] = role
        voices[index] = ASKER if role == "Q" else ANSWERER if role == "A" else NOBODY
    reading = Reading(mark or "bare", classes, voices, 0, {}, mark)
    reading.margins = close
    leave_closing(text, blocks, reading, voices)
    return reading


def _from_first_asked(blocks: list[Block], path: list[int], chosen: list[str]) -> list[str]:
    """Take the narrated pair before the first turn as turns, where lines ask you and reply."""
    begin = chosen.count("I") - 2
    if begin < 0 or chosen[: begin + 3] != ["I"] * (begin + 2) + ["Q"]:
        return chosen
    asked, told = blocks[path[begin]], blocks[path[begin + 1]]
    tight = not told.apart and not blocks[path[begin + 2]].apart
    if not tight or not (asked.asks and asked.yours) or told.asks or told.yours:
        return chosen
    return [*chosen[:begin], "Q", "A", *chosen[begin + 2 :]]


def _second_walk(
    text: str,
    blocks: list[Block],
    path: list[int],
    pull: dict[int, float],
    chosen: list[str],
    trail: list[Step],
) -> list[str]:
    """Walk again, knowing how long this text's questions are, and how often answers go on."""
    odds = learned(blocks, path, chosen)
    if not odds:
        return chosen
    told = {i for i, role in zip(path, chosen, strict=True) if role == "I"}  # no turn, how short
    both = {i: pull.get(i, 0.0) + _LEARNED * odds[i] * (i not in told) for i in path}
    on = going_on(chosen)
    return walk(text, blocks, path, {}, both, again=0.0, prefix=True, goes_on=on, trail=trail)


def _blank(blocks: list[Block], spoken: list[int]) -> tuple[list[str], list[int]]:
    """Begin a reading in which nothing is spoken yet."""
    return ["-" if who == -9 else "I" for who in spoken], [NOBODY] * len(blocks)
