"""Who asks and who answers: the part of each labelled voice, told by what its turns look like."""

from __future__ import annotations

import math
import re
from collections.abc import Set
from dataclasses import dataclass

from articles.text.marks import Block, weigh
from articles.text.outlets import names_outlet
from articles.text.regex import regex
from articles.text.vocab import ANSWERERS, ASKERS, MODERATORS, NAMELESS, fold
from articles.text.voices import Voice

_MODERATING = regex(
    r"(?:first|next) question|we have time|will (?:make|give|take) |microphone|première question|"
    r"last question|final question|we['’]ll (?:go|take|turn|now)|we will (?:go|take|"
    r"turn|now)|let['’]s (?:go|turn)|go ahead|thank you all|question suivante|prochaine question|"
    r"dernière question|la parole est|je donne la parole|vous avez la parole|je passe la parole|"
    r"à vous|je vous remercie|take (?:a few|some|your) questions|la séance|bienvenue|welcome|"
    r"(?:bonjour|bonsoir) à (?:tou|ceux)|(?:notre|mon|nos) invitée?s?\b|"
    r"(?:my|our|today['’]s) guests?\b|"
    r"lines? (?:are|is) open|on line (?:one|two|three|four|\d)|au standard|votre question|"
    r"vous écoutez|you['’]re listening|restez avec nous|stay with us|right back|la météo|"
    r"les règles sont|the rules are|il (?:vous )?reste (?:une|deux|trois|\d) minute|"
    r"one minute each|"
    r"merci à (?:tous|vous (?:deux|tous))|nous revoilà|(?:pour (?:finir|conclure|terminer)|en "
    r"(?:une|deux) "
    r"(?:phrases?|mots?)|en conclusion)\b|(?:courte |petite )?(?:pause|page de publicité)|"
    r"short break|"
    r"we['’]re back|to (?:close|finish|wrap up)|in a (?:word|sentence)|on (?:se|vous) retrouve|"
    r"(?:j['’]accueille|nous accueillons|on accueille)|questions (?:du public|de la salle)|"
    r"mot de la fin|(?:nos|our) invités|(?:our|my) (?:guests|panel)|floor is (?:open|yours)|"
    r"your time is|(?:on|et l['’]on) s['’]écoute|mesdames,? (?:et )?messieurs|ladies and gentlemen",
    re.I,
)
_ANNOUNCER = regex(
    r"(?:l['’]?)?(?:announcer|annonceu(?:r|se)|speakerine|operator|operatrice|operateur|narrator|"
    r"narrat(?:eur|rice)|voix (?:off|antenne|d['’]antenne)|voice[- ]?over|continuity|jingle)"
)
_ASKING, _ANSWERING = ASKERS - {"q"}, ANSWERERS - {"r", "a"}
_OUTLET = 1.8  # score of a label that names an outlet
_ASIDE = 0.15  # share of turns by others up to which two voices hold a talk
_MAIN = 0.4  # share of all turns from which a voice is the one that all others ask
_TURN = 4  # blocks of a turn that are looked at


@dataclass(slots=True)
class Habits:
    """How a voice's turns look, on the whole."""

    turns: int = 0
    asking: int = 0
    length: int = 0
    weight: float = 0.0
    moderating: int = 0
    first: int = 0

    @property
    def share(self) -> float:
        """The share of turns that ask something."""
        return self.asking / self.turns if self.turns else 0.0

    @property
    def mean(self) -> float:
        """The mean length of a turn in code points."""
        return self.length / self.turns if self.turns else 0.0


def habits_of(text: str, blocks: list[Block], spoken: list[int], count: int) -> list[Habits]:
    """Gather how each voice's turns look; `spoken` gives each block its voice, -1, or -9 (aside).

    Unlabelled blocks count in the turn before them.
    """
    habits = [Habits() for _ in range(count)]
    voice, looked, asked = -1, 0, False
    for index, block in enumerate(blocks):
        who = spoken[index]
        if who == -9:
            continue
        if who >= 0:
            voice, looked, asked = who, 0, False
            if not habits[voice].turns:
                habits[voice].first = index
            habits[voice].turns += 1
        if voice < 0:
            continue
        looked += 1
        one = habits[voice]
        one.length += block.end - block.start
        if looked > _TURN:
            continue
        if not block.weighed:
            weigh(text, block)
        if who >= 0:
            one.weight += block.question
        if block.asks and not asked:
            asked = True
            one.asking += 1
        if (
            who >= 0
            and count > 2
            and block.length < 400
            and _MODERATING.search(text, block.start, block.end)
        ):
            one.moderating += 1
    return habits


def asking_score(voice: Voice, habits: Habits, overall: float) -> float:
    """Score how much a voice looks like one that asks (above 1: surely)."""
    score = 2.0 * habits.share + 0.25 * max(-3.0, min(3.0, habits.weight / max(1, habits.turns)))
    ratio = math.log(max(overall, 1.0) / max(habits.mean, 1.0))
    score += 0.6 * max(-1.5, min(1.5, ratio))
    return score + label_score(voice)


def label_score(voice: Voice) -> float:
    """Score what the labels themselves say: those of outlets and askers ask."""
    score = 0.0
    if any(
        fold(printed).startswith(("question (", "journaliste (", "q ("))
        for printed in voice.printed
    ):
        return 4.0
    for key in voice.keys:
        words = key.replace("'", " ").split()
        if key in NAMELESS:
            return 6.0 if key[0] == "q" or key in ("d", "relance", "demande") else -6.0
        if not _ASKING.isdisjoint(words):
            score = max(score, 3.0)
        elif not _ANSWERING.isdisjoint(words):
            score = min(score, -2.0)
        if names_outlet(key):
            score = max(score, _OUTLET)
    if score == 0.0 and any("(" in printed for printed in voice.printed):
        return 0.8
    return score


def is_moderator(voice: Voice, habits: Habits) -> bool:
    """Say whether a voice leads the talk: its label says so, or it hands on the word."""
    if _is_called_so(voice):
        return True
    return habits.moderating >= 2 and habits.moderating >= 0.5 * habits.turns and habits.share < 0.4


def _is_called_so(voice: Voice) -> bool:
    """Say whether a label calls its voice one that leads."""
    return any(not MODERATORS.isdisjoint(key.replace("'", " ").split()) for key in voice.keys)


def tell_parts(
    voices: list[Voice],
    habits: list[Habits],
    order: list[tuple[int, bool]],
    leads: int = -1,
    hosts: Set[int] = frozenset(),
) -> dict[int, str]:
    """Give each accepted voice its part: "Q" asks, "A" answers, "M" leads, "D" debates.

    `order` lists the voices turn by turn, and whether each turn asks; `leads` is who is said to
    lead, or -1, `hosts` who are said to ask. Who announces is heard as one of a debate: neither
    asking nor answering.
    """
    off = {n for n, one in enumerate(habits) if one.turns and _announces(voices[n])}
    heard = [Habits() if n in off else one for n, one in enumerate(habits)]
    told = _tell_heard(voices, heard, [turn for turn in order if turn[0] not in off], leads, hosts)
    return told | dict.fromkeys(off, "D") if told else told


def _announces(voice: Voice) -> bool:
    """Say whether a label is that of a voice that announces: Announcer, Voix antenne."""
    return any(_ANNOUNCER.fullmatch(key) for key in voice.keys)


def _tell_heard(
    voices: list[Voice],
    habits: list[Habits],
    order: list[tuple[int, bool]],
    leads: int,
    hosts: Set[int],
) -> dict[int, str]:
    """Give each voice that takes part in the talk its part."""
    present = [n for n, one in enumerate(habits) if one.turns]
    if not present:
        return {}
    turns = sum(habits[n].turns for n in present)
    overall = sum(habits[n].length for n in present) / turns
    scores = {n: asking_score(voices[n], habits[n], overall) for n in present}
    if len(present) == 1:
        only = present[0]
        one = voices[only]
        return {only: "Q" if scores[only] > 1.2 or (one.nameless and label_score(one) > 0) else "A"}
    if len(present) == 2:
        if leads in present:
            return {n: "Q" if n == leads else "A" for n in present}
        return _two_parts(present, voices, habits, scores)
    return _many_parts(present, voices, habits, scores, order, leads, hosts)


def _two_parts(
    present: list[int], voices: list[Voice], habits: list[Habits], scores: dict[int, float]
) -> dict[int, str]:
    """Tell which of two voices asks; two that hardly ask and speak at equal length debate."""
    low, high = sorted(present, key=lambda n: scores[n])
    means = sorted(habits[n].mean for n in present)
    even = means[1] < 1.6 * max(means[0], 1.0)
    plain = all(label_score(voices[n]) == 0.0 for n in present)
    turns = sum(habits[n].turns for n in present)
    apart = scores[high] - scores[low]
    if (
        even
        and plain
        and turns >= 4
        and apart < 0.5
        and max(habits[n].share for n in present) < 0.2
    ):
        return dict.fromkeys(present, "D")
    if scores[high] - scores[low] < 0.15:
        low, high = (
            max(present, key=lambda n: habits[n].first),
            min(present, key=lambda n: habits[n].first),
        )
    return {high: "Q", low: "A"}


def _many_parts(
    present: list[int],
    voices: list[Voice],
    habits: list[Habits],
    scores: dict[int, float],
    order: list[tuple[int, bool]],
    leads: int,
    hosts: Set[int],
) -> dict[int, str]:
    """Tell the parts of three or more voices."""
    parts = {n: "M" for n in present if n == leads or is_moderator(voices[n], habits[n])}
    rest = [n for n in present if n not in parts]
    if not parts and not hosts:
        parts = _main_pair(rest, voices, habits, scores)
        rest = [n for n in rest if n not in parts]
    own = {n: label_score(voices[n]) for n in rest}
    led = leads >= 0 or any(habits[n].share >= 0.5 and own[n] == _OUTLET for n in rest)
    for n in rest:
        share, named = habits[n].share, own[n] == 0.0
        sure = (share >= 0.5 and scores[n] > 0.4) or scores[n] > 1.2
        among = led and named and share <= 0.5
        parts[n] = "Q" if (sure and not among) or n in hosts else "A"
    answering = [n for n in rest if parts[n] == "A"]
    told = "A" in parts.values()
    unsure = [n for n in rest if not (told and _only_asks(voices[n]))]
    if unsure and not answering:
        parts[min(unsure, key=lambda n: (scores[n], -habits[n].turns))] = "A"
        answering = [n for n in rest if parts[n] == "A"]
    if len(answering) > 1:
        _find_askers_around(answering, parts, habits, order)
    if all(part == "A" for part in parts.values()):
        best = max(rest, key=lambda n: scores[n])
        if scores[best] > 0.5 and habits[best].share > 0.2:
            parts[best] = "Q"
        else:
            parts.update(dict.fromkeys(rest, "D"))
    parts.update(_answer_themselves(voices, habits, order, parts, leads))
    return parts


def _answer_themselves(
    voices: list[Voice],
    habits: list[Habits],
    order: list[tuple[int, bool]],
    parts: dict[int, str],
    leads: int,
) -> dict[int, str]:
    """Give those who lead by their words alone, never ask and mostly follow a question."""
    found: dict[int, str] = {}
    for n, part in parts.items():
        if part != "M" or n == leads or _is_called_so(voices[n]) or habits[n].asking:
            continue
        if habits[n].moderating > 0.5 * habits[n].turns:
            continue
        asked = [
            i and _is_asked(order[i - 1], parts) for i, (who, _) in enumerate(order) if who == n
        ]
        if len(asked) > 1 and sum(asked) >= 0.5 * len(asked):
            found[n] = "A"
    return found


def _main_pair(
    present: list[int], voices: list[Voice], habits: list[Habits], scores: dict[int, float]
) -> dict[int, str]:
    """Tell the parts of two voices that hold a talk in which others but step in; {} without."""
    pair = [n for n in present if habits[n].turns > 2]
    total = sum(habits[n].turns for n in present)
    few = total - sum(habits[n].turns for n in pair) <= _ASIDE * total
    parts = _two_parts(pair, voices, habits, scores) if len(pair) == 2 and few else {}
    return {} if "D" in parts.values() else parts


def _only_asks(voice: Voice) -> bool:
    """Say whether a label says but that somebody asks: Journalist 2."""
    return all(word in ASKERS or word.isdigit() for key in voice.keys for word in key.split())


def _is_asked(turn: tuple[int, bool], parts: dict[int, str]) -> bool:
    """Say whether a turn is a question by one who surely asks, so that the next one answers it."""
    who, asks = turn
    return asks and parts[who] == "Q"


def _find_askers_around(
    answering: list[int],
    parts: dict[int, str],
    habits: list[Habits],
    order: list[tuple[int, bool]],
) -> None:
    """Let voices that stand between two turns of the main one be askers: members and a witness."""
    main = max(answering, key=lambda n: habits[n].turns)
    if habits[main].turns < 3:
        return
    others = [n for n in answering if n != main]
    everyone = habits[main].turns >= _MAIN * len(order)
    witness = habits[main].turns >= 0.7 * sum(habits[n].turns for n in others)
    for n in others:
        places = [i for i, (who, _) in enumerate(order) if who == n]
        if not habits[n].asking and any(i and _is_asked(order[i - 1], parts) for i in places):
            continue
        after = sum(i + 1 < len(order) and order[i + 1][0] == main for i in places)
        before = sum(i == 0 or order[i - 1][0] == main or not order[i - 1][1] for i in places)
        always = len(places) <= 3 and after == before == len(places)
        few = everyone and 1 < len(places) <= 0.5 * habits[main].turns
        unasked = bool(habits[n].asking) and before == len(places) and 2 * after > len(places)
        always = always or (unasked and len(places) > 1)
        always = always or (few and min(after, before) >= 0.6 * len(places))
        mostly = len(places) > 2 and witness and after >= 0.7 * len(places)
        if always or (mostly and len(others) > 1 and before >= 0.7 * len(places)):
            parts[n] = "Q"
