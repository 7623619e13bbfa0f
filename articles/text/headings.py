"""Which lines of an article are its headings."""

from __future__ import annotations

import re
from itertools import pairwise

from articles.text import asides
from articles.text.hours import tells_hour
from articles.text.marks import QUOTED, Block, weigh
from articles.text.regex import regex
from articles.text.scene import Scene, whole_quote
from articles.text.weighing import STRONG

_BRIEF = 70  # code points of a question that is told before it is asked
_LINE = 130  # code points below which a question is a line of its own
_SEVERAL = 2
_STACK = 8  # lines at the head of a column within which its headlines stand
_KEY = 30  # code points in which the words that open a line stand, and their colon
_FEW_WORDS = 60  # code points of a quoted question that heads a paragraph
_OVER = 3  # times as long is the paragraph that such a question heads
_HEADING = 200  # code points of the longest heading, at the head of a text
_ENTRY = 110  # code points of a heading amid an article
# A few words and how that was called, no sentence: `Reunification: “a matter for poets”`.
_SAID = regex(
    r"[^.?!:;«»“”\"]{2,40}\s?: (?:«\s?[a-zà-ÿ][^«»]{2,70}[^.?!…\s«»]\s?»|"
    r"“[a-zà-ÿ][^“”]{2,70}[^.?!…“”]”|\"[a-zà-ÿ][^\"]{2,70}[^.?!…\"]\")"
)
_TWICE = 2  # times as long is the paragraph below such a line
_VERDICT = regex(r"(?:(?:notre|our|le|the) )?verdict\s?: [^.?!:;]{3,40}", re.I)
_LETTERS = regex(
    r"(?:(?:le|la|les|vos|votre|nos|our|your|the) )?(?:courriers?|lettres?|paroles?|opinions?|"
    r"tribune|réactions|page|letters?|mail(?:bag)?|views|voices)"
    r"(?: (?:(?:des?|aux?|de nos|de vos|from|of|to)(?: the| our)? "
    r"(?:lecteurs|lectrices|abonnés|readers?|editors?))(?: et (?:des )?lectrices)?)|"
    r"(?:courrier|letters|readers['’] letters|your letters|vos lettres|vos réactions|mailbag)",
    re.I,
)
# Who signs a letter, and from where: `Anne Roy, Lorne`.
_SIGNED = regex(
    r"(?:[A-ZÀ-Þ][\w'’.-]* |\([^()]{1,12}\) |d[eu] |d['’]){1,5}[A-ZÀ-Þ][\w'’.-]*(?:,|\n) ?"
    r"(?:[A-ZÀ-Þ][\w'’-]*)(?: [A-ZÀ-Þ][\w'’-]*){0,2}(?: \([^()]{1,20}\))?"
)
# A theme and what was said of it: `Sur le port : « Nous n'avons rien promis »`.
_THEME = regex(
    r"(?:Sur|À propos|Au sujet|Concernant|Quant (?:à|aux?)|On|About|Regarding)\s"
    r"[^.?!:;«»“”\"]{2,50}\s?: (?:«\s?[^«»]{2,80}[^.…\s«»]\s?»|“[^“”]{2,80}[^.…“”]”|"
    r"\"[^\"]{2,80}[^.…\"]\")"
)


def heads_article(scene: Scene, index: int, loose: bool) -> bool:
    """Say whether an article's block is a heading."""
    block, text, blocks = scene.blocks[index], scene.text, scene.blocks
    first = index == scene.head
    if block.hashes:
        return True
    if scene.hours and index - 1 in scene.hours:
        return not block.asks and asides.is_headline(text, block, _ENTRY)
    if not (block.bullet or scene.live) and block.end - block.start > _HEADING:
        return False
    if scene.live and index and text.find("?", block.start, block.end) > 0:
        return tells_hour(text, block) or _asks_at_hour(scene, index)
    timed = text[block.raw_start].isdigit() and tells_hour(text, block)
    if timed and (scene.live or not loose) and index + 1 < len(blocks):
        return not tells_hour(text, blocks[index + 1])
    if index < _STACK and _is_stacked(scene, index):
        return True
    if loose and not first and not ((block.apart or scene.solid) and _stands_above(scene, index)):
        return False
    if not asides.is_headline(text, block, _HEADING if first else 110):
        return _numbers_question(scene, index)
    if index + 1 >= len(blocks) or _in_list(scene, index) or _opens_pair(scene, index):
        return False
    whole = whole_quote(text, block)
    if text[block.end - 1] in '»”"' and not whole:
        bold = block.bold and not blocks[index + 1].bold
        return first or bold or _names_with_quote(scene, index)
    if whole and block.asks and _asks_again(text, block, blocks[index + 1]):
        return True
    if whole and (_stops(text, block, scene.quoting) or _beside_quotes(scene, index)):
        return first
    if block.asks and not first and scene.musing and not block.bold and not block.bullet:
        capitals = [text[b.start : b.end].isupper() for b in (blocks[scene.head], block)]
        return capitals[1] or (index == scene.head + 1 and capitals[0])
    if block.asks:
        return first or _heads_asking(scene, index, whole)
    if not block.label or block.label.weight < STRONG or first:
        return True
    return index == scene.head + 1 and _titles(scene, index)


def _between_dashes(text: str, block: Block) -> bool:
    """Say whether a line set apart stands between two dashes: `- A vote on Sunday -`."""
    opens = block.bullet in ("-", "–", "—") and text[block.end - 2] == " "
    return opens and block.apart and block.length < _ENTRY


def _heads_asking(scene: Scene, index: int, whole: bool) -> bool:
    """Say whether a line that asks one thing stands over what is longer; `whole`: all quoted."""
    block, blocks = scene.blocks[index], scene.blocks
    words = scene.text[block.start : block.end]
    if "? " in words or (whole and not _heads_report(scene, index)):
        return False
    if ". " in words and not (block.length < _BRIEF and not scene.musing and _asks_often(blocks)):
        return False
    below = blocks[min(_below(scene, index), len(blocks) - 1)]
    return below.length > block.length or block.label is not None


def _is_stacked(scene: Scene, index: int) -> bool:
    """Say whether a line in capitals goes on with the headlines at the head of an old column."""
    after = index + scene.blocks[index].apart  # the second of two lines, one below the other
    if after >= len(scene.blocks) or scene.blocks[after].apart or index <= scene.head:
        return False
    pair = scene.blocks[after - 1 : after + 1]
    lines = [scene.text[b.start : b.end] for b in pair]
    return all(line.isupper() and line[-1] not in ".:;," for line in lines)


def _titles(scene: Scene, index: int) -> bool:
    """Say whether a line with a colon, which no other opens as, stands over a longer paragraph."""
    block, after = scene.blocks[index], scene.blocks[index + 1]
    key = block.label.key if block.label else ""
    alone = sum(1 for b in scene.blocks if b.label and b.label.key == key) == 1
    return alone and block.apart and after.label is None and after.length > 2 * block.length


def _heads_report(scene: Scene, index: int) -> bool:
    """Say whether a few quoted words that ask stand over a paragraph that tells of the asking."""
    block, after = scene.blocks[index], scene.blocks[index + 1]
    tells = after.length > _OVER * block.length and not after.quoted and after.apart
    return block.apart and block.length < _FEW_WORDS and not scene.quoting and tells


def _asks_again(text: str, block: Block, after: Block) -> bool:
    """Say whether a question that a line set apart quotes comes in the paragraph below it."""
    if not (block.apart and after.apart and after.length > _OVER * block.length):
        return False
    words = text[block.start : block.end].strip('«»“”" \u00a0\u202f')
    return text.find(words, after.start, after.end) >= 0


def _names_with_quote(scene: Scene, index: int) -> bool:
    """Say whether a line set apart that ends in quoted words, no sentence, heads a paragraph."""
    text, block = scene.text, scene.blocks[index]
    after = scene.blocks[min(_below(scene, index), len(scene.blocks) - 1)]
    line = text[block.start : block.end]
    if block.apart and after.apart and _themes(text, block):
        return after.length > 2 * block.length and not _themes(text, after)
    if ":" in line and block.apart and after.apart and _SAID.fullmatch(line):
        other = _SAID.fullmatch(scene.text, after.start, after.end)
        return other is None and after.length > _TWICE * block.length
    said = line.rstrip(' »”"\u00a0\u202f')[-1:]
    told = said in ".?!…" or ":" in line or block.length > _BRIEF
    return block.apart and after.apart and not told and after.length > 2 * block.length


def _themes(text: str, block: Block) -> bool:
    """Say whether a line is a theme and the words said about it, as others in a list are."""
    return bool(_THEME.fullmatch(text, block.start, block.end))


def _asks_at_hour(scene: Scene, index: int) -> bool:
    """Say whether a short question stands between the hour of a live report and a paragraph."""
    text, blocks = scene.text, scene.blocks
    block, after = blocks[index], blocks[index + 1 : index + 2]
    brief = block.asks and block.length < _BRIEF
    if not brief or not after or after[0].length < 2 * block.length:
        return False
    return tells_hour(text, blocks[index - 1])


def _asks_often(blocks: list[Block]) -> bool:
    """Say whether several short lines ask, as in a page of questions and answers."""
    return sum(1 for block in blocks[1:] if block.asks and block.length < _LINE) > _SEVERAL


def _numbers_question(scene: Scene, index: int) -> bool:
    """Say whether a line with a bullet heads what follows: a question, words between dashes."""
    block, blocks = scene.blocks[index], scene.blocks
    if block.bullet and scene.text[block.end - 1] in "-–—":
        return _between_dashes(scene.text, block)
    if not block.asks or not block.bullet or index + 1 >= len(blocks):
        return False
    after = blocks[index + 1]
    if block.bullet != "1":
        return (block.bold or block.italic) and not after.asks
    return block.length < 90 and (block.apart or after.bullet != "1")


def _in_list(scene: Scene, index: int) -> bool:
    """Say whether a line goes on with a list of lines `Key: value`."""
    if not index or scene.blocks[index].apart:
        return False
    text, pair = scene.text, scene.blocks[index - 1 : index + 1]
    return all(": " in text[b.raw_start : b.raw_start + 30] for b in pair)


def _opens_pair(scene: Scene, index: int) -> bool:
    """Say whether a line and the next open as others do: `Claim: …` over `What we found: …`."""
    pair = scene.blocks[index : index + 2]
    return not pair[0].asks and all(_opens_again(scene.text, b) for b in pair)


def _opens_again(text: str, block: Block) -> bool:
    """Say whether the words before a block's colon open other lines as well."""
    colon = text.find(": ", block.raw_start, min(block.raw_end, block.raw_start + _KEY))
    return colon > 0 and text.count("\n" + text[block.raw_start : colon + 1]) > 1


def _stops(text: str, block: Block, strict: bool) -> bool:
    """Say whether what a block quotes ends as a sentence does, or holds several."""
    said = text[block.start + 1 : block.end - 1].strip("\u00a0\u202f ")
    several = any(sign in said for sign in (". ", "! ", "? ", "… "))
    return several or said.endswith(tuple(".?!…" if strict else "."))


def _beside_quotes(scene: Scene, index: int) -> bool:
    """Say whether the next block is nothing but a quotation, too."""
    return any(whole_quote(scene.text, b) for b in scene.blocks[index + 1 : index + 2])


def quotes_often(text: str, blocks: list[Block]) -> bool:
    """Say whether many paragraphs are whole quotations, so that none of them is a heading."""
    wholes = sum(whole_quote(text, b) for b in blocks)
    return wholes > 2 and wholes > 0.3 * len(blocks)


def muses(text: str, blocks: list[Block]) -> bool:
    """Say whether the author of an article puts questions to himself or to those he addresses.

    Then a question set apart is a paragraph. Explainers ask in headings and answer in prose
    that neither asks nor says I.
    """
    if not any(b.asks for b in blocks[1:]):
        return False
    prose = [b for b in blocks if b.length > 60 and not b.asks]
    if not prose:
        return False
    for block in prose:
        weigh(text, block)
    asking = sum(1 for b in prose if "?" in QUOTED.sub("", text[b.start : b.end]))
    own = sum(1 for b in prose if b.self_ and not b.quoted)
    for heads in () if own else (_asks_over, _stands_over):
        if sum(heads(text, a, b) for a, b in pairwise(blocks[1:])) > _SEVERAL:
            return False
    greets = any(b.length < 60 and text[b.end - 1] == "," for b in blocks[:4])
    return greets or asking > 0.2 * len(prose) or own > 0.25 * len(prose)


def prints_letters(text: str, blocks: list[Block]) -> bool:
    """Say whether a page is headed as one of readers' letters."""
    return any(_LETTERS.fullmatch(text, b.start, b.end) for b in blocks[:_SEVERAL])


def signs_letter(scene: Scene, index: int) -> bool:
    """Say whether a line of a page of letters is a name and a place, or one of the two lines."""
    text, blocks = scene.text, scene.blocks
    if not scene.letters or index < _SEVERAL or blocks[index].length > _BRIEF:
        return False
    below = index + 1 < len(blocks) and not blocks[index + 1].apart
    begins = blocks[index].apart or text[blocks[index - 1].end - 1] in ".?!…"
    first = index if begins else index - 1
    last = index + 1 if first == index and below else index
    if first < _SEVERAL or text[blocks[first - 1].end - 1] not in ".?!…":
        return False
    pairs = {(index, index), (first, last)}
    return any(_SIGNED.fullmatch(text, blocks[a].start, blocks[b].end) for a, b in pairs)


def _asks_over(text: str, block: Block, after: Block) -> bool:
    """Say whether a short question is set apart over a longer paragraph that does not ask."""
    if not block.asks or not block.apart or block.length >= _BRIEF or block.quoted:
        return False
    if text.find(" : ", block.start, block.end) > 0 or text.find(": ", block.start, block.end) > 0:
        return False  # one of several questions that the author lists
    return after.apart and not after.asks and after.length > 2 * block.length


def _stands_over(text: str, block: Block, after: Block) -> bool:
    """Say whether a headline that does not ask is set apart over a longer paragraph."""
    if block.asks or not block.apart or not after.apart or after.length < 2 * block.length:
        return False
    return asides.is_headline(text, block)


def _below(scene: Scene, index: int) -> int:
    """Give the next block that is no note."""
    later = range(index + 1, len(scene.blocks))
    return next((i for i in later if not scene.aside[i]), index + 1)


def _stands_above(scene: Scene, index: int) -> bool:
    """Say whether a line stands over a longer paragraph that ends a sentence, or a list."""
    below = _below(scene, index)
    block, text = scene.blocks[index], scene.text
    if block.label and _VERDICT.fullmatch(text, block.start, block.end):
        return True
    if below >= len(scene.blocks):
        return False
    after = scene.blocks[below]
    listed = text[after.end - 1] == ":" and any(
        b.bullet for b in scene.blocks[below + 1 : below + 2]
    )
    if after.bullet or listed:
        return True
    capitals = text[block.start : block.end].isupper()
    ends = text[after.end - 2 : after.end]
    ended = ends[1:] in (".", "!", "?", "»") or (
        ends[1:] in ("”", '"') and (capitals or ends[0] in ".!?…")
    )
    return ended and after.length > 2 * block.length
