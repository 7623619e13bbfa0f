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
from articles.text.vocab import MONTH, fold

_REACH = 5  # lines that may stand over a title
_LONGEST = 100  # code points of such a line
_TITLE = 200  # code points of the longest title
_TITLE_LEAST = 12  # code points of the shortest title below such a line
_SECTION_OVER = 28  # code points of a title from which a mere section stands above it
_MASTHEAD = 40  # code points of a paper's name alone on its line

# Kinds of text, folded. Those of a talk (ENTRETIEN, INTERVIEW, TABLE RONDE) are headings of it.
_KIND = (
    r"(?:(?:les?|la|notre|nos|our|the) |l')?(?:"
    r"tribunes?|opinions?|libre opinion|tribune libre|points? de vue|chronique|editorial|edito|"
    r"(?:editorial|edito|chronique|billet|fait|question|photo) (?:du jour|de la semaine|du mois)|"
    r"analyses?|decryptage|recit|(?:grand )?reportage|portraits?|enquete|dossier|temoignages?|"
    r"verifications?|verificateurs|desintox|vrai ou faux|fact[ -]?check(?:ing|ers?|s)?|"
    r"exclusi(?:f|ve)|exclusivite|(?:en )?direct|live(?: (?:updates?|blog|coverage))?|"
    r"breaking(?: news)?|derniere minute|(?:a la )?une|carte blanche|necrologie|disparition|"
    r"livres|books|critiques?|(?:book )?reviews?|notes? de lecture|comptes?[ -]rendus?|"
    r"grand format|(?:(?:analyse|enquete|recit|video) )?exclusi(?:f|ve)|videos?|podcasts?|"
    r"communiques?(?: de presse| officiel)?|note a la presse|avis aux medias|"
    r"(?:press|news|media) (?:release|note|advisory)(?: (?:no\.? ?)?\d[\d/.-]*)?|"
    r"(?:news )?analysis|commentary|comment|editorial|leader|viewpoint|perspectives?|op-ed|"
    r"(?:guest |photo )?essay|profiles?|(?:big|long) read|explainer|explained|obituar(?:y|ies)|"
    r"(?:cover|big) story|special report|investigations?|features?|"
    r"(?:briefing|press|news) ?room|salle de presse|speeches(?: (?:and|&) remarks)?|"
    r"statements (?:and|&) releases|full transcript|(?:re)?transcription integrale|"
    r"abonnes|premium|sponsored|subscribers only|accueil|home|menu|retour|share|partager|"
    r"skip to (?:main )?content|aller au contenu(?: principal)?|lecture :? ?\d+ min\.?"
    r")"
)
_SECTION = (
    r"(?:international|monde|world(?: news)?|europe|afrique|africa|asie|asia|ameriques?|americas|"
    r"(?:proche|moyen)-orient|middle east|politique|politics|economie|economy|business|societe|"
    r"culture|idees|ideas|debats|diplomatie|diplomacy|defense|foreign affairs|planete|climat|"
    r"climate|actualites?|news|histoire|history|national|etranger|abroad|geopolitique|"
    r"geopolitics|(?:politique|actualite) (?:internationale|etrangere)|"
    r"relations internationales|international relations|discours|speech(?:es)?|declarations?|"
    r"medias?|religions?|law|sciences?|technologie|technology|energie|energy|"
    r"environnement|environment|securite|security|sante|health|justice|elargissement|enlargement)"
)
_NAMED = regex(
    rf"{_KIND}(?:\s?(?:[–—:|/-]|&|et|and)\s?(?:{_SECTION}|{_KIND}))?|"
    rf"{_SECTION}\s?(?:[–—:|/-]|&|et|and)\s?(?:{_KIND}|{_SECTION})"
)
_SECTION_ALONE = regex(rf"{_SECTION}(?:\s[–—|-]\s[^.?!:;,–—|]{{3,30}})?")
_STEP = r"[A-ZÀ-Þ\d][^\s•·›>»|/.?!;,:«“\"]*(?: [^\s•·›>»|/.?!;,:«“\"]+){0,4}"
_TRAIL = regex(rf"{_STEP}(?:\s[•·›>»|/]\s{_STEP}){{1,5}}")
_EPISODE = regex(
    r"s\d{1,2} ?e\d{1,3}|(?:(?:saison|season) ?\d{1,2},? ?)?(?:épisode|episode|ép\.|ep\.) ?"
    r"(?:n° ?|#)?\d+"
    r"(?:\s?[–—:|-]\s?(?:(?:full |the )?transcript(?:ion)?|verbatim|podcast))?",
    re.I,
)
# Affairs that a paper's page is about; below another line they are a part of a record.
_AFFAIRS = regex(r"affaires \w{3,}es|(?:world|european|global|maritime) affairs")
# What a site offers over its texts, parted by wide blanks: `Sign in    World    Politics`.
_OFFERED = regex(
    r"(?=.*\b(?:s['’]abonner|abonnez-vous|connexion|se connecter|menu|newsletters?|rechercher|"
    r"sign in|log in|subscribe|search|donate)\b)[^\s.?!;:«»“”\"]\S*(?: \S+)*"
    r"(?:(?:\t+|\s{2,})\S+(?: \S+)*){2,}",
    re.I,
)
# What an agency files a dispatch under: `URGENT-Talks-diplomacy-EU, LEAD`.
_SLUG = regex(r"[^\W_]\S*?-\S+-[^\s,]+(?:, ?[A-Z]{3,12}(?: \d)?)?")
# Where the news of a local paper is from: one word in capitals.
_TOWN = regex(r"(?=.{4,24}$)[^\W\d_]+(?:-[^\W\d_]+){0,4}")
_NO_TOWN = regex(
    r"(?:entretiens?|interviews?|letters?|lettres?|courriers?|debats?|dialogues?|conversations?|"
    r"rencontres?|verbatim|transcript(?:ion)?|billets?|breves|depeches?|echos|news|notes?)"
)
_MONTH = regex(rf"{MONTH},? (?:1[5-9]|20)\d\d", re.I)
_SMALL = frozenset(["of", "de", "du", "des", "la", "l'", "d'", "and", "et"])
_MANY = 6  # words that are more than a paper's name
_NO_PAPER = regex(
    r" [–-] |press|d'une?\b|\b(?:conf|point|entretien|interview|lecteurs|readers|letters)"
)


def rubrics(text: str, blocks: list[Block], aside: list[str]) -> list[int]:
    """Give the lines at the head of a text that only say what the title below stands under."""
    found: list[int] = []
    for index, block in enumerate(blocks[:_REACH]):
        if aside[index]:
            continue
        under = bool(found or index)  # all above it are notes
        if (under and (_is_day(text, block) or _is_author(text, blocks, index))) or (
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
    if _OFFERED.fullmatch(text, block.start, block.end):
        return index + 1 < len(blocks)
    least = _least_title(text, blocks, index)
    if not least:
        return False
    below = _title_below(text, blocks, aside, index)
    return below > 0 and (blocks[below].hashes > 0 or blocks[below].length >= least)


def _least_title(text: str, blocks: list[Block], index: int) -> int:
    """Give how long a title is at least below a line that may stand over one; 0 if it may not.

    Below a mere section, or a paper's name without its day, a short line is a part of the text.
    """
    block = blocks[index]
    line = text[block.start : block.end]
    name = fold(line)
    if _NAMED.fullmatch(name) or _TRAIL.fullmatch(line) or _EPISODE.fullmatch(line):
        return _TITLE_LEAST
    if not index and line.count("-") > 1 and _SLUG.fullmatch(line) and not block.label:
        return _SECTION_OVER
    if not index and line.isupper() and _names_town(text, blocks, name):
        return _SECTION_OVER
    if _SECTION_ALONE.fullmatch(name) or (not index and _AFFAIRS.fullmatch(name)):
        return _SECTION_OVER
    if index:
        return 0
    if _is_day(text, block):
        diary = any(_is_day(text, later) for later in blocks[1:])
        return 0 if diary else _TITLE_LEAST
    if not _names_paper(line, name):
        return 0
    return _TITLE_LEAST if any(_is_day(text, b) for b in blocks[1:2]) else _SECTION_OVER


def _names_town(text: str, blocks: list[Block], name: str) -> bool:
    """Say whether the first line, in capitals, is one word, the second one a title that is not."""
    first, after = blocks[0], blocks[1:2]
    if not after or not _TOWN.fullmatch(text, first.start, first.end) or _NO_TOWN.fullmatch(name):
        return False
    return not text[after[0].start : after[0].end].isupper()


def _is_day(text: str, block: Block) -> bool:
    """Say whether a line is but a day or a month."""
    if _MONTH.fullmatch(text, block.start, block.end):
        return True
    return asides.is_dateline(text, block) and not tells_hour(text, block)


def _names_paper(line: str, name: str) -> bool:
    """Say whether a line is but a paper's name, every word with a capital: no book of that name."""
    if len(line) > _MASTHEAD or not names_outlet(name) or _NO_PAPER.search(name):
        return False
    words = line.replace("’", "'").replace("'", "' ").split()
    return len(words) < _MANY and all(w[0].isupper() or w in _SMALL for w in words)


def _title_below(text: str, blocks: list[Block], aside: list[str], index: int) -> int:
    """Give the title that stands below a line, at most a few lines further down; 0 for none."""
    for place in range(index + 1, min(len(blocks) - 1, index + _REACH)):
        block = blocks[place]
        if aside[place] or _is_day(text, block) or _is_author(text, blocks, place):
            continue
        line = text[block.start : min(block.end, block.start + _LONGEST)]
        if not block.hashes and (_NAMED.fullmatch(fold(line)) or _TRAIL.fullmatch(line)):
            continue
        return place if is_title(text, block) and not _speaks(text, blocks, place) else 0
    return 0


def _speaks(text: str, blocks: list[Block], index: int) -> bool:
    """Say whether a line is a label that comes back, or a name that heads other lines as well."""
    block = blocks[index]
    if text.find("\n" + text[block.raw_start : block.raw_end], block.raw_end) >= 0:
        return True
    if text[block.end - 1] in '»”"' and text[block.start : block.end - 1].rstrip()[-1] not in ".…":
        return False  # a name and what it said, as titles are
    key = block.label.key if block.label else None
    return key is not None and any(b.label and b.label.key == key for b in blocks[index + 1 :])


def _is_author(text: str, blocks: list[Block], index: int) -> bool:
    """Say whether a line over the title is but who wrote the text: every word has a capital."""
    block, after = blocks[index], blocks[index + 1 : index + 2]
    if not after or not names_only(text, block) or not is_title(text, after[0]):
        return False
    if text.startswith(asides.BYLINES, after[0].start):
        return False  # it is the title, over who wrote the text
    words = text[block.start : block.end].split()
    return block.label is None and all(word[0].isupper() for word in words)


def is_title(text: str, block: Block) -> bool:
    """Say whether a line is worded as a title."""
    if block.hashes:
        return True
    return block.length >= _TITLE_LEAST and asides.is_headline(text, block, _TITLE)
