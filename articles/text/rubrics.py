"""Lines over the title of a text: section, kind of text, trail of a site, paper and day, episode.

`OPINION`, `Home / Ideas / Conversations`, `JEUDI 24 AVRIL 1919 — DIX CENTIMES`. Such a line is
one only where a title stands below it and words below that: a text's only heading stays one.
"""

from __future__ import annotations

import re

from articles.text import asides
from articles.text.credits import names_only
from articles.text.hours import tells_hour
from articles.text.marks import Block
from articles.text.outlets import names_outlet
from articles.text.regex import regex
from articles.text.vocab import fold

_REACH = 5  # lines that may stand over a title
_LONGEST = 100  # code points of such a line
_TITLE = 200  # code points of the longest title
_TITLE_LEAST = 12  # code points of the shortest title below such a line
_SECTION_OVER = 28  # code points of a title from which a mere section stands above it
_MASTHEAD = 40  # code points of a paper's name alone on its line

# Kinds of text. Those of a talk (ENTRETIEN, INTERVIEW, TABLE RONDE) are headings of it.
_KIND = (
    r"(?:(?:les?|la|notre|nos|our|the) |l['’])?(?:"
    r"tribunes?|opinions?|libre opinion|tribune libre|points? de vue|chronique|éditorial|édito|"
    r"analyses?|décryptage|récit|(?:grand )?reportage|portraits?|enquête|dossier|témoignages?|"
    r"vérifications?|vérificateurs|désintox|vrai ou faux|fact[ -]?check(?:ing|ers?|s)?|"
    r"exclusi(?:f|ve)|exclusivité|(?:en )?direct|live(?: (?:updates?|blog|coverage))?|"
    r"breaking(?: news)?|dernière minute|à la une|carte blanche|nécrologie|disparition|"
    r"communiqués?(?: de presse| officiel)?|(?:press|news|media) (?:release|note|advisory)|"
    r"(?:news )?analysis|commentary|comment|editorial|leader|viewpoint|perspectives?|op-ed|"
    r"(?:guest |photo )?essay|profiles?|(?:big|long) read|explainer|explained|obituar(?:y|ies)|"
    r"special report|investigations?|features?|(?:briefing|press|news) ?room|newsroom|"
    r"speeches(?: (?:and|&) remarks)?|statements (?:and|&) releases|salle de presse"
    r")"
)
_SECTION = (
    r"(?:international|monde|world(?: news)?|europe|afrique|africa|asie|asia|amériques?|americas|"
    r"(?:proche|moyen)-orient|middle east|politique|politics|économie|economy|business|société|"
    r"culture|idées|ideas|débats|diplomatie|diplomacy|défense|foreign affairs|planète|climat|"
    r"climate|actualités?|news|histoire|history|national|étranger|abroad)"
)
_NAMED = regex(
    rf"{_KIND}(?:\s?[–—:|/-]\s?{_SECTION})?|{_SECTION}\s?[–—:|/-]\s?(?:{_KIND}|{_SECTION})", re.I
)
_SECTION_ALONE = regex(_SECTION, re.I)
_STEP = r"[A-ZÀ-Þ\d][^\s•·›>»|/.?!;,:«“\"]*(?: [^\s•·›>»|/.?!;,:«“\"]+){0,4}"
_TRAIL = regex(rf"{_STEP}(?:\s[•·›>»|/]\s{_STEP}){{1,5}}")
_EPISODE = regex(
    r"(?:(?:saison|season) ?\d{1,2},? ?)?(?:épisode|episode|ép\.|ep\.) ?(?:n° ?|#)?\d+"
    r"(?:\s?[–—:|-]\s?(?:(?:full |the )?transcript(?:ion)?|verbatim|podcast))?",
    re.I,
)
# What a site offers over its texts, parted by wide blanks: `Sign in    World    Politics`.
_OFFERED = regex(
    r"(?=.*\b(?:s['’]abonner|abonnez-vous|connexion|se connecter|menu|newsletters?|rechercher|"
    r"sign in|log in|subscribe|search|donate)\b)[^\s.?!;:«»“”\"]\S*(?: \S+)*"
    r"(?:(?:\t+|\s{2,})\S+(?: \S+)*){2,}",
    re.I,
)
_NO_PAPER = regex(r"press|\b(?:conf|point|entretien|interview|lecteurs|readers|letters)")


def rubrics(text: str, blocks: list[Block], aside: list[str]) -> list[int]:
    """Give the lines at the head of a text that only say what the title below stands under."""
    found: list[int] = []
    for index, block in enumerate(blocks[:_REACH]):
        if aside[index]:
            continue
        dated = asides.is_dateline(text, block) and not tells_hour(text, block)
        if (found and (dated or _is_author(text, blocks, index))) or (
            _may_stand(text, block) and _is_rubric(text, blocks, aside, index)
        ):
            found.append(index)
        else:
            break
    return found


def _may_stand(text: str, block: Block) -> bool:
    """Say cheaply whether a line may stand over a title: short, no markup, no question."""
    if block.length > _LONGEST or block.hashes or block.bullet or block.asks:
        return False
    return text[block.end - 1] not in '.!…;:,»”"'


def _is_rubric(text: str, blocks: list[Block], aside: list[str], index: int) -> bool:
    """Say whether a line is worded as what stands over a title, and one stands below it."""
    block = blocks[index]
    line = text[block.start : block.end]
    if _OFFERED.fullmatch(line):
        return index + 1 < len(blocks)
    dated = index == 0 and asides.is_dateline(text, block) and not tells_hour(text, block)
    section = bool(_SECTION_ALONE.fullmatch(line))
    forms = (_NAMED, _TRAIL, _EPISODE)
    worded = section or dated or any(form.fullmatch(line) for form in forms)
    if not worded and not _names_paper(text, blocks, index):
        return False
    if dated and any(asides.is_dateline(text, later) for later in blocks[1:]):
        return False  # a diary
    below = _title_below(text, blocks, aside, index)
    return below > 0 and (not section or blocks[below].length >= _SECTION_OVER)


def _names_paper(text: str, blocks: list[Block], index: int) -> bool:
    """Say whether the first line is a paper's name and the next but a day."""
    block, after = blocks[index], blocks[index + 1 : index + 2]
    if index or block.length > _MASTHEAD or not after or not asides.is_dateline(text, after[0]):
        return False
    name = fold(text[block.start : block.end])
    if " – " in name or " - " in name:
        return False  # a station and what it broadcasts
    return names_outlet(name) and not _NO_PAPER.search(name)


def _title_below(text: str, blocks: list[Block], aside: list[str], index: int) -> int:
    """Give the title that stands below a line, at most a few lines further down; 0 for none."""
    for place in range(index + 1, min(len(blocks) - 1, index + _REACH)):
        block = blocks[place]
        line_over = not block.hashes and (
            asides.is_dateline(text, block) or _NAMED.fullmatch(text, block.start, block.end)
        )
        if aside[place] or line_over or _TRAIL.fullmatch(text, block.start, block.end):
            continue
        if _is_author(text, blocks, place):
            continue
        return place if is_title(text, block) and not _speaks(text, blocks, place) else 0
    return 0


def _speaks(text: str, blocks: list[Block], index: int) -> bool:
    """Say whether a line is a label that comes back, or a name that heads other lines as well."""
    block = blocks[index]
    if text.find("\n" + text[block.raw_start : block.raw_end], block.raw_end) >= 0:
        return True
    key = block.label.key if block.label else None
    return key is not None and any(b.label and b.label.key == key for b in blocks[index + 1 :])


def _is_author(text: str, blocks: list[Block], index: int) -> bool:
    """Say whether a line over the title is but who wrote the text: every word has a capital."""
    block, after = blocks[index], blocks[index + 1 : index + 2]
    if not after or not names_only(text, block) or not is_title(text, after[0]):
        return False
    return text[block.start : block.end].istitle() and block.label is None


def is_title(text: str, block: Block) -> bool:
    """Say whether a line is worded as a title."""
    if block.hashes:
        return True
    return block.length >= _TITLE_LEAST and asides.is_headline(text, block, _TITLE)
