"""Which labels are voices: those that recur, their kin, and the first ones of a talk."""

from __future__ import annotations

import re
from collections import Counter

from articles.text.asides import unpunctuated
from articles.text.blocks import Raw
from articles.text.first_labels import first_one, first_pair
from articles.text.headlines import SENTENCE_ENDS, form_of, without_titles
from articles.text.labels import Label, find_label, line_label
from articles.text.marks import Block
from articles.text.outlets import names_outlet
from articles.text.readers import READERS, chatters, readers_ask
from articles.text.regex import regex
from articles.text.stop_names import opening
from articles.text.vocab import (
    HEARD,
    HONORIFICS,
    NAMELESS,
    NOT_FIRST,
    PARTICLES,
    ROLE_WORDS,
    fold,
)
from articles.text.voices import Voice, is_kin
from articles.text.weighing import GENERIC, STRONG, WEAK

NO_VOICE = -1
_MARKS = {
    "colon": r"\s?:", "dot": r"\s?\.\s?[–—-]?", "dotdash": r"\.\s?[–—-]", "dash": r"\s[–—-]",
    "stop": r"\.",
}  # fmt: skip
_MOST_LABELS = 12
_FEW_BOLD = 3  # bold questions before their answers from which these are the text's habit
_BOLD_FIRST = regex(
    r"(?P<bold>(?P<sign>\*\*|__)(?P<words>[^*_\n]{8,300}[^*_\n:\s])(?P=sign))\s+(?=[^\W\d_]|[«“\"])"
)
_MANY = 100  # labels from which a text is no talk of a few
_SPELT = 4  # letters from which a label that names nobody is a word
_NO_NAMES, _BEFORE_NAMES = PARTICLES | ROLE_WORDS, NOT_FIRST | HONORIFICS
_MARKED = frozenset({"colon", "dash", "dotdash", "line"})  # forms that may once lack their mark
_ARTICLES = ("Le ", "La ", "Les ", "The ", "L'", "L’")
_TIMED = regex(r"\s\d{1,2}:\d{2}(?::\d{2})?$")
_INLINE = regex(r"(?<=[.?!…»”\"])\s+(?P<label>[A-ZÀ-ÖØ-Þ][^.?!:;\n«»“”\"]{0,40}?)\s?:\s(?=\S)")


def take_line_labels(text: str, blocks: list[Block]) -> None:
    """Let blocks that are nothing but a recurring name be labels of what follows them."""
    found: dict[int, Label] = {}
    counts: dict[str, int] = {}
    for index, block in enumerate(blocks[:-1]):
        if block.raw_end - block.raw_start > 70:
            continue
        if block.label and block.label.words < block.raw_end:
            continue
        label = line_label(text, block.raw_start, block.raw_end)
        if label:
            found[index] = label
    for index in [i for i in found if i + 1 in found]:
        del found[index]
    for label in found.values():
        counts[label.key] = counts.get(label.key, 0) + 1
    recurring = {key for key, count in counts.items() if count > 1}
    if not recurring:
        return
    known = {part for key in recurring for part in key.split()}
    for index, label in found.items():
        words = label.key.split()
        kin = not known.isdisjoint(words)
        named = kin and _is_all_name(label) and (label.weight >= STRONG or known.issuperset(words))
        slip = any(is_kin(label.key, key) for key in recurring) if not kin else False
        heard = label.weight >= STRONG and words[0] in ("un", "une", "le", "la", "l'", "the", "a")
        timed = label.weight >= STRONG and bool(_TIMED.search(label.printed))
        heard |= label.weight >= STRONG and words[0] in HEARD
        once = _speaks_once(blocks, index, found, recurring)
        sure = once or ((heard or timed) and len(recurring) > 1)
        if label.key in recurring or named or slip or sure:
            blocks[index].label = (
                label._replace(weight=max(label.weight, STRONG)) if once else label
            )


def _speaks_once(
    blocks: list[Block], index: int, found: dict[int, Label], recurring: set[str]
) -> bool:
    """Say whether a name on its own line stands over one paragraph between recurring names."""
    after = found.get(index + 2)
    if after is None or after.key not in recurring:
        return False
    if found[index].weight < STRONG and not found[index].core.startswith(_ARTICLES):
        return False
    capitals = found[index].core.isupper() == after.core.isupper()
    outlet = found[index].printed.endswith(")")
    return capitals and (blocks[index + 1].asks or outlet) and _is_all_name(found[index])


def _is_all_name(label: Label) -> bool:
    """Say whether a label holds nothing but a name or an office."""
    return names_outlet(label.key) or all(
        word[:1].isupper() or not word[:1].isalpha() or fold(word) in _NO_NAMES
        for word in label.core.replace("’", "'").split()
    )


def take_unmarked_labels(text: str, blocks: list[Block]) -> None:
    """Let a label of this text that once lacks its colon or dash be one: `Roy I do not know.`"""
    counts: dict[str, list[Label]] = {}
    for block in blocks:
        label = block.label
        if label is None or label.form not in _MARKED:
            continue
        if len(label.printed) >= (_SPELT if label.weight == GENERIC else 2):
            counts.setdefault(label.printed, []).append(label)
    if not 1 < len(counts) < _MANY:
        return
    known = [one for one, same in counts.items() if len(same) > 1 or same[0].weight == STRONG]
    known += [one for one in counts for other in counts if other.endswith(f" {one}")]
    known = sorted(dict.fromkeys(known[:_MOST_LABELS]), key=len, reverse=True)
    begun = next(i for i, block in enumerate(blocks) if block.label)
    openings = tuple(known)
    bare = [b for b in blocks[begun:] if not b.label and _opens_with(text, b, openings)]
    if not bare:
        return
    begin = "A-ZÀ-ÖØ-Þ" if not unpunctuated(text, blocks) else r"^\W\d_"
    pattern = re.compile(
        rf"[*_]{{0,3}}(?P<label>{'|'.join(map(re.escape, known))})[*_]{{0,3}}[ \u00a0\u202f]+"
        rf"(?=(?P<first>[{begin}][\w'’]*)(?P<second>.{{0,2}}))"
    )
    for block in bare:
        match = pattern.match(text, block.start, block.end)
        if match and not _goes_on(text, match, counts):
            like = counts[match["label"]][0]
            form = "colon" if like.form == "line" else like.form  # words follow it on its line
            block.label = like._replace(form=form, words=match.end())


def _opens_with(text: str, block: Block, openings: tuple[str, ...]) -> bool:
    """Say whether a block opens with one of some words, emphasis apart."""
    start = block.start
    while start < block.end and text[start] in "*_":
        start += 1
    return text.startswith(openings, start, block.end)


def _goes_on(text: str, match: re.Match[str], counts: dict[str, list[Label]]) -> bool:
    """Say whether what stands where a label would is but the beginning of a name."""
    first, whole = fold(match["first"]), f"{match['label']} {match['first']}"
    if first in _BEFORE_NAMES or first.split("'")[0] in NOT_FIRST:
        return False
    if first.islower() and match["first"].islower() and " " not in match["label"]:
        return True
    if match["second"][1:].isupper() or any(one.startswith(whole) for one in counts):
        return not any(one.startswith(match["first"]) for one in counts)
    return text.count(whole) > 1


def split_bold_questions(text: str, raws: list[Raw]) -> list[Raw] | None:
    """Split blocks that begin with a bold question, the answer behind it on the same line."""
    if "*" not in text and "_" not in text:
        return None
    found = [_BOLD_FIRST.match(text, raw.start, raw.end) for raw in raws]
    asking = [match for match in found if match]
    asked = sum(match["words"].rstrip().endswith("?") for match in asking)
    if asked < _FEW_BOLD or asked < 0.5 * len(asking):
        return None
    parts: list[Raw] = []
    for raw, match in zip(raws, found, strict=True):
        if match:
            parts += [
                Raw(raw.start, match.end("bold"), raw.apart),
                Raw(match.end(), raw.end, False),
            ]
        else:
            parts.append(raw)
    return parts


def split_run_ins(text: str, raws: list[Raw], blocks: list[Block]) -> list[Raw] | None:
    """Split blocks inside which further labels stand after a sentence; None if there are none."""
    labels = [b.label for b in blocks if b.label and b.label.form in _MARKS]
    counts = Counter([label.printed for label in labels])
    forms = {label.printed: label.form for label in reversed(labels)}  # the first of each
    known = [p for p in counts if counts[p] > 1 or p.lower() in NAMELESS][:_MOST_LABELS]
    known = [p for p in known if p.lower() in NAMELESS or text.count(p) > counts[p]]
    patterns = [re.escape(p) + _MARKS[forms[p]] for p in known]
    nameless = [p for p in known if p.lower() in NAMELESS]
    if nameless:
        mark = _MARKS[forms[nameless[0]]]
        patterns += [re.escape(p) + mark for p in ("Q", "R", "A", "Réponse", "Question", "Answer")]
    if not patterns and len(blocks) <= 4:
        patterns = _recurring_inline(text, blocks)
    if not patterns:
        return None
    inner = re.compile(rf"(?<=[.?!…»”\")])\s+(?=(?:{'|'.join(patterns)})\s)")
    parts: list[Raw] = []
    for raw in raws:
        begin = raw.start
        for match in inner.finditer(text, raw.start, raw.end):
            begun = match.end(), raw.end
            if find_label(text, *begun) is None and opening(text, *begun) is None:
                continue
            parts.append(Raw(begin, match.start(), raw.apart))
            begin = match.end()
        parts.append(Raw(begin, raw.end, raw.apart))
    return parts if len(parts) > len(raws) else None


def _recurring_inline(text: str, blocks: list[Block]) -> list[str]:
    """Find labels that recur inside the few long blocks of a text."""
    if not any(block.label for block in blocks):
        return []
    counts: dict[str, int] = {}
    for block in blocks:
        if block.label:
            counts[block.label.printed] = counts.get(block.label.printed, 0) + 1
        for match in _INLINE.finditer(text, block.raw_start, block.raw_end):
            label = find_label(text, match.start("label"), block.raw_end)
            if label and label.form == "colon":
                counts[label.printed] = counts.get(label.printed, 0) + 1
    found = [printed for printed, count in counts.items() if count > 1][:_MOST_LABELS]
    return [re.escape(printed) + _MARKS["colon"] for printed in found] if len(found) > 1 else []


def accept_voices(
    text: str, voices: list[Voice], of_block: list[int], blocks: list[Block]
) -> list[int]:
    """Drop labels that are no voices; give each block its voice or -1."""
    of_block = without_titles(text, voices, of_block, blocks)
    of_block = _without_odd_forms(of_block, blocks)
    if len(voices) >= READERS and (chat := chatters(blocks, of_block)):
        return chat
    counts = Counter(voice for voice in of_block if voice >= 0)
    recurring = {voice for voice, count in counts.items() if count > 1}
    if not recurring:
        if readers_ask(blocks, of_block):
            return of_block
        kept = first_pair(of_block, blocks) or first_one(of_block, blocks)
        return [voice if voice in kept else -1 for voice in of_block]
    labelled = [i for i, voice in enumerate(of_block) if voice >= 0]
    begin = next(i for i in labelled if of_block[i] in recurring)
    forms = {form_of(blocks[i]) for i in labelled if of_block[i] in recurring}
    kept = set(recurring)
    nameless = all(voices[n].nameless for n in recurring)
    alone = len(recurring) == 1 and any(counts[n] > 2 and voices[n].nameless for n in recurring)
    printed_capital = all(_in_capitals(blocks[i]) for i in labelled if of_block[i] in recurring)
    for place, index in enumerate(labelled):
        voice = of_block[index]
        if voice in recurring:
            continue
        may_open = index < begin and nameless and _in_capitals_or_titled(blocks[index])
        if form_of(blocks[index]) not in forms and not may_open:
            continue  # LE PRÉSIDENT – or Mme Roy : may open what goes on as Q. – and R. –
        after = blocks[index + 1 : index + 2]
        asked = form_of(blocks[index]) == "line" and bool(after) and after[0].asks
        if index < begin and not asked and not _opens_talk(text, blocks[index], index):
            continue
        around = [of_block[i] for i in (*labelled[:place][-1:], *labelled[place + 1 :][:1])]
        between = len(set(around)) == 1 and around[0] in recurring
        between = between and (len(around) == 2 or blocks[index].asks)
        capital = printed_capital and _in_capitals(blocks[index])
        if voices[voice].weight >= STRONG or (
            not alone and (between or capital) and voices[voice].weight >= WEAK
        ):
            kept.add(voice)
    return [voice if voice in kept else -1 for voice in of_block]


def _in_capitals(block: Block) -> bool:
    """Say whether a block's label is a word of three letters or more, printed in capitals."""
    return block.label is not None and len(block.label.core) > 2 and block.label.core.isupper()


def _in_capitals_or_titled(block: Block) -> bool:
    """Say whether a block's label is printed in capitals, or opens with a title: Mme Roy."""
    label = block.label
    titled = label is not None and " " in label.key and label.key.split()[0] in HONORIFICS
    return titled or _in_capitals(block)


def _without_odd_forms(of_block: list[int], blocks: list[Block]) -> list[int]:
    """Drop labels of a form that is rare among the labels of the text."""
    labelled = [i for i, voice in enumerate(of_block) if voice >= 0]
    forms = Counter([form_of(blocks[i]) for i in labelled])
    if len(labelled) < 6 or not forms["line"]:
        return of_block
    rare = {form for form, count in forms.items() if count < 0.25 * len(labelled)}
    return [
        NO_VOICE if voice >= 0 and form_of(blocks[i]) in rare else voice
        for i, voice in enumerate(of_block)
    ]


def _opens_talk(text: str, block: Block, index: int) -> bool:
    """Say whether a block with a label that never comes back may be the talk's first turn."""
    if block.label is None or block.label.words >= block.raw_end:
        return False
    ends = text[block.end - 1] in SENTENCE_ENDS
    strong = block.asks and block.label.weight >= STRONG
    long = block.asks or block.end - block.label.words > 25
    return ends and long and (index > 0 or strong)
