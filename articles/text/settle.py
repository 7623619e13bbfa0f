"""Statements told from questions and answers: remarks that open, lead, close or debate."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from articles.text.marks import Block, narration, weigh
from articles.text.regex import regex

_OPENING = regex(
    r"bienvenue|bonsoir|la séance est|good (?:evening|afternoon|morning)|welcome|come to order|"
    r"merci d['’](?:être|avoir accepté)|votre exposé|thank(?:s| you) for (?:being|joining)|"
    r"nous (?:recevons|accueillons)|plaisir d['’]accueillir|pleasure to welcome|"
    r"joining us|(?:our|my) guest|mes chers (?:collègues|amis)|"
    r"(?:notre|mon) invitée?|with me (?:is|today)|joined by|i['’]m here with|we['’]re recording|"
    r"vous écoutez|you['’]re listening|nous sommes avec|je suis avec|^this is \w+ \w+",
    re.I,
)
THANKS = regex(
    r"thank(?:s| you)\b|merci\b|remerci|that['’]s (?:all|the call|it)|bonne (?:nuit|"
    r"soirée)|"
    r"la séance est (?:levée|close)|goodbye|good night|au revoir",
    re.I,
)
_HANDING = regex(
    r"we['’]ll (?:go|take|turn|begin|start)|we will (?:go|take|turn|begin|start)|the floor is|"
    r"la parole est|je (?:donne|passe|laisse|cède) la parole|vous avez la parole|bienvenue|welcome|"
    r"vous (?:avez|disposez de) (?:\w+ ){1,2}minutes?|you have (?:\w+ ){1,2}minutes?|"
    r"will (?:make|give|deliver)|opening (?:statement|remarks)|turn it over|propos liminaire",
    re.I,
)
_CALLING = regex(
    r"(?:other|next|new|different) (?:topics?|subjects?|questions?)|anything else|autres? "
    r"(?:sujets?|"
    r"questions?)|"
    r"(?:a|one|another|last|next|first|final) (?:more )?question|one more\b|last one|go ahead|"
    r"yes,? (?:right |over |in )?(?:here|there|the)\b|in the (?:second|third|front|back)|over "
    r"(?:here|"
    r"there)|une (?:dernière |autre )?question|(?:dernière|prochaine|première) question|"
    r"question suivante|(?:oui|allez-y),? (?:monsieur|madame|au|à|là)|au (?:fond|premier rang)|"
    r"à vous|(?:madame|monsieur|sir|ma['’]am),? (?:à (?:gauche|droite)|au |devant|derrière|là|"
    r"over |in the |on the )|thank you,? (?:press|guys|everybody|everyone)\b",
    re.I,
)
_BY_NAME = regex(  # Kelly. Yes, Mr. Roy. Henrik, from our radio.
    r"(?:(?:Yes|Yeah|Okay|OK|Oui|Alors),? )?(?:(?:M|Mr|Mrs|Ms|Mme|Mlle|Dr)\.? )?"
    r"[A-ZÀ-Þ][\w'’]+(?:[ -][A-ZÀ-Þ][\w'’]+){0,3}"
    r"(?:,? (?:from|of|with|at|de|du|des) (?:[\w'’-]+ ?){1,4})?[.!]?"
)
_TECHNICAL = regex(
    r"\b(?:noise|audio|sound|microphones?|mics?|connection|(?:bad|on [\w'’]+) line|can['’]t hear|"
    r"bruit|micros?|connexion|(?:la|votre) ligne|(?:le|du) son|liaison|on (?:ne )?vous entend)\b",
    re.I,
)
_GIVES_FLOOR = regex(
    r"[^.?!]{3,50}, (?:(?:vous|tu) (?:vouliez|voulez|souhaitiez|souhaitez|voulais|demandiez) "
    r"(?:\w+ )?(?:réagir|répondre|intervenir|ajouter|la parole|dire un mot|compléter)|"
    r"you (?:wanted|want|wish) to (?:come in|respond|react|add|answer|reply|jump in)|"
    r"(?:votre réponse|your (?:reply|response|answer|reaction)|c['’]est à vous|over to you))"
    r"[^.?!]{0,20}[.!]?|"
    r"(?:laissez(?: |-l)[^.?!]{0,30} (?:répondre|parler|finir|terminer)|"
    r"let [^.?!]{2,30} (?:answer|reply|speak|finish))[^.?!]{0,20}[.!]?",
    re.I,
)
_TITLED = regex(r"(?:M\.|Mr\.?|Mrs\.?|Ms\.?|Mme|Mlle|Dr\.?) (?P<surname>[A-ZÀ-Þ][\w'’-]+) ")
_BIDS = regex(r"(?:s['’]il (?:vous|te) plaît|please)\b", re.I)  # silence, as one who leads does
_ENDS_THANKING = regex(
    r"(?:thank(?:s| you)(?: (?:so|very) much)? for \w+ing|merci (?:à vous |infiniment )?d['’e] ?"
    r"(?:être|avoir|nous|me)\b)[^.?!]{0,40}[.!]?$",
    re.I,
)
_ONLY_CALLS = regex(  # One at a time. You, with the hat.
    r"(?:(?:one at a time|go ahead|next(?: question)?|yes|okay|all right|hold on|"
    r"un (?:par un|à la fois)|l['’]un après l['’]autre|chacun (?:à )?son tour|"
    r"allez-y|oui|question suivante|"
    r"(?:you|vous|madame|monsieur|sir|ma['’]am),? (?:with|in|at|over|there|avec|au|à|là)\b"
    r"[^.?!]{0,40})[.,!…]+ ?)+",
    re.I,
)
_MYSELF = regex(r"\b(?:[Ii]['’]m|[Jj]e suis|[Tt]his is|[Jj]e m['’]appelle) [A-ZÀ-Þ]")
_CALL = 120  # code points of a turn that calls for a question
_CLOSING = 250  # code points of a last turn that only thanks and ends
_STATED = 200  # code points of an opening statement, after which a remark of who leads asks nothing
_REMARK = 50  # code points from which a turn is more than an interjection
ASKER, ANSWERER, NOBODY = -2, -3, -1


@dataclass(slots=True)
class Reading:
    """One reading of a text: per block a class and a voice, and the convention that tells.

    Classes: "Q", "A", "S" (statement), "I" (around the talk), "-" (an aside, left to its own).
    """

    code: str
    classes: list[str]
    voices: list[int]
    labelled: int = 0
    parts: dict[int, str] = field(default_factory=dict)
    mark: str = ""
    crowd: frozenset[int] = frozenset()
    margins: list[float] = field(default_factory=list)


def settle(text: str, blocks: list[Block], reading: Reading, spoken: list[int]) -> None:
    """Tell statements from questions and answers where remarks are opened, led or debated."""
    turns = _turns(reading, spoken)
    asked = pending = closed = False
    for number, (who, members) in enumerate(turns):
        following = turns[number + 1][0] if number + 1 < len(turns) else NOBODY
        part = reading.parts.get(who, "A")
        if part == "A":
            role = "A" if asked else "S"
            before = turns[number - 1][0] if number else who
            led = number > 0 and reading.parts.get(before) == "A" and following == NOBODY
            if closed or (led and _is_closing(text, blocks, members)):
                role = "S"
            elif number and reading.parts.get(before) == "A":
                if blocks[members[-1]].asks and _asks_another(number, turns, reading.parts):
                    role = "Q"
                elif _calls(text, blocks, number, turns, reading):
                    role = "S"
        elif part == "D":
            role = "S"
        else:
            role = _asker_role(text, blocks, number, turns, reading.parts, reading.crowd)
            if part == "M" and number and not (asked or pending):
                stated = sum(blocks[i].length for i in turns[number - 1][1]) > _STATED
                role = "S" if stated and not _puts_to(text, blocks, members) else role
            ends = number >= max(2, len(turns) - 2) and not any(blocks[i].asks for i in members)
            if ends and _is_closing(text, blocks, members):
                role, closed = "S", True
            follows = reading.parts.get(following) == "A"
            leads = part == "M" or _gives_floor(text, blocks, members)
            asked = role == "Q" or pending or (asked and (not follows or leads))
        pending = role == "Q" or (pending and role == "S")
        for index in members:
            reading.classes[index] = role
        if number == 0 and role == "Q" and len(members) > 1 and not blocks[members[0]].asks:
            opening = blocks[members[0]]
            if _OPENING.search(text, opening.start, opening.end):
                reading.classes[members[0]] = "S"


def _asks_another(number: int, turns: list[tuple[int, list[int]]], parts: dict[int, str]) -> bool:
    """Say whether one who answers, unasked himself or herself, asks another one who does."""
    who, (before, _) = turns[number][0], turns[number - 1]
    following = turns[number + 1][0] if number + 1 < len(turns) else NOBODY
    return parts.get(following) == "A" and not before == who == following


def _calls(
    text: str,
    blocks: list[Block],
    number: int,
    turns: list[tuple[int, list[int]]],
    reading: Reading,
) -> bool:
    """Say whether one who answers, an answer having been given, only calls for the next question.

    Whoever gave that answer themselves calls by a name alone, and one of many: `Kelly.`
    """
    who, members = turns[number]
    following = turns[number + 1][0] if number + 1 < len(turns) else NOBODY
    if reading.parts.get(following) not in ("Q", "M") or len(members) > 1:
        return False
    block = blocks[members[0]]
    if block.length >= _CALL:
        return False
    if (
        following in reading.crowd
        and who not in reading.crowd
        and _BY_NAME.fullmatch(text, block.start, block.end)
    ):
        return True
    if turns[number - 1][0] == who:
        alone = following in reading.crowd and who not in reading.crowd
        return alone and bool(_ONLY_CALLS.fullmatch(text, block.start, block.end))
    own = sum(1 for who, _ in turns if who == turns[number][0])
    if own == 1 and _TECHNICAL.search(text, block.start, block.end):
        return True
    return bool(_CALLING.search(text, block.start, block.end))


def _turns(reading: Reading, spoken: list[int]) -> list[tuple[int, list[int]]]:
    """Gather the blocks of each turn; each label begins one."""
    turns: list[tuple[int, list[int]]] = []
    for index, voice in enumerate(reading.voices):
        if voice < 0 or spoken[index] == -9:
            continue
        if turns and turns[-1][0] == voice and spoken[index] < 0:
            turns[-1][1].append(index)
        else:
            turns.append((voice, [index]))
    return turns


def _asker_role(
    text: str,
    blocks: list[Block],
    number: int,
    turns: list[tuple[int, list[int]]],
    parts: dict[int, str],
    crowd: frozenset[int],
) -> str:
    """Say whether a turn of one who asks or leads is a question ("Q") or a statement ("S")."""
    who, members = turns[number]
    following = turns[number + 1][0] if number + 1 < len(turns) else NOBODY
    asks = any(blocks[i].asks for i in members)
    answered = parts.get(following) == "A"
    if parts.get(who) == "M" and asks:
        return "Q" if answered or following == NOBODY else "S"
    if asks:
        return "Q"
    if following == who and who in crowd:
        return "Q"
    both = parts.get(who) == parts.get(following) == "Q" and following != who
    if both and number and _puts_it(text, blocks, members):
        return "Q"
    if following in (NOBODY, who):
        return "S"
    if not answered:
        return "S" if parts.get(following) != "M" or parts.get(who) == "M" else "Q"
    first, last = blocks[members[0]], blocks[members[-1]]
    opening = bool(_OPENING.search(text, first.start, min(first.end, first.start + 300)))
    if number == 0 and (
        parts.get(who) == "M"
        or (opening and _ENDS_THANKING.search(text, last.start, last.end))
        or (opening and not (first.yours and len(parts) == 2))
        or (opening and _MYSELF.search(text, first.start, first.end))
    ):
        return "S"
    if len(parts) > 2 and _gives_floor(text, blocks, members):
        return "S"
    handing = parts.get(who) == "M" and _HANDING.search(text, first.start, last.end)
    return "S" if handing else "Q"


def _gives_floor(text: str, blocks: list[Block], members: list[int]) -> bool:
    """Say whether a turn but lets another answer: `Let Anna reply, please.`"""
    first, last = blocks[members[0]], blocks[members[-1]]
    short = last.end - first.start < _CALL
    return short and bool(_GIVES_FLOOR.fullmatch(text, first.start, last.end))


def _puts_to(text: str, blocks: list[Block], members: list[int]) -> bool:
    """Say whether a turn asks, or speaks to somebody as you."""
    for index in members:
        weigh(text, blocks[index])
    return any(blocks[i].asks or blocks[i].yours for i in members)


def _puts_it(text: str, blocks: list[Block], members: list[int]) -> bool:
    """Say whether a turn puts something to somebody, without asking, before another asks."""
    if _BIDS.match(text, blocks[members[0]].start):
        return False
    for index in members:
        weigh(text, blocks[index])
    return any(blocks[i].yours and blocks[i].length > _REMARK for i in members)


def _is_closing(text: str, blocks: list[Block], members: list[int]) -> bool:
    """Say whether a last turn only thanks and ends."""
    first, last = blocks[members[0]], blocks[members[-1]]
    short = last.end - first.start < _CLOSING
    return short and bool(THANKS.search(text, first.start, last.end))


def leave_closing(text: str, blocks: list[Block], reading: Reading, spoken: list[int]) -> None:
    """Give narration after the last turn back to the text around the talk.

    Told where a mark or single-paragraph turns show that the last paragraph is nobody's.
    """
    talk = [i for i, c in enumerate(reading.classes) if c in "QAS"]
    if len(talk) < 4:
        return
    last = talk[-1]
    block = blocks[last]
    weigh(text, block)
    if reading.mark in ("dash_turns", "dash_answers", "dash_questions") and not reading.labelled:
        loose = reading.mark != "dash_questions" and not block.bullet
        bare = loose and any(blocks[i].bullet for i in talk)
        told = reading.mark == "dash_questions" and _tells_of_guest(text, blocks, reading, talk)
        if not block.self_ and (bare or told):
            reading.classes[last], reading.voices[last] = "I", NOBODY
        return
    if reading.code != "labels" or spoken[last] >= 0 or narration(text, block) < 1.0:
        return
    going_on = sum(1 for i in talk[:-1] if spoken[i] == NOBODY)
    if not going_on and block.length > 40:
        reading.classes[last], reading.voices[last] = "I", NOBODY


def _tells_of_guest(text: str, blocks: list[Block], reading: Reading, talk: list[int]) -> bool:
    """Say whether the last paragraph goes on after an answer and opens with who was announced."""
    last, before = talk[-1], talk[-2]
    if reading.classes[before] != "A" or reading.classes[last] != "A" or blocks[last].yours:
        return False
    named = _TITLED.match(text, blocks[last].start, blocks[last].end)
    return named is not None and text.find(named["surname"], 0, blocks[talk[0]].start) >= 0
