"""Labels that stand once: before the first question and answer, or one of them alone."""

from __future__ import annotations

from articles.text.headlines import form_of
from articles.text.marks import Block
from articles.text.vocab import ROLE_WORDS, fold
from articles.text.weighing import GENERIC, STRONG, WEAK

_NEAR_HEAD = 8  # blocks from the head within which the first turns begin
_FEW_BOLD = 3  # bold questions before their answers from which these are the text's habit
_LONGEST_NAME = 4  # words of a name that is printed once only


def first_pair(of_block: list[int], blocks: list[Block]) -> set[int]:
    """Accept two labels that stand once, before the first question and the first answer."""
    labelled = [i for i, voice in enumerate(of_block) if voice >= 0]
    if len(labelled) < 2 or labelled[0] > _NEAR_HEAD or labelled[1] - labelled[0] > 3:
        return set()
    first, second = (blocks[i].label for i in labelled[:2])
    if (
        first is None
        or second is None
        or form_of(blocks[labelled[0]]) != form_of(blocks[labelled[1]])
    ):
        return set()
    if min(first.weight, second.weight) < WEAK or max(first.weight, second.weight) < STRONG:
        return set()
    if len(labelled) > 2 and not blocks[labelled[0]].asks:
        return set()
    if first.weight == GENERIC and second.weight == GENERIC and first.key == second.key:
        return set()
    return {of_block[labelled[0]], of_block[labelled[1]]}


def _opens_bold_questions(blocks: list[Block], index: int) -> bool:
    """Say whether a block is the first of several that are all bold, each over what is not."""
    bold = [i for i in range(index, len(blocks) - 1) if blocks[i].bold and not blocks[i].hashes]
    if not bold or bold[0] != index or len(bold) < _FEW_BOLD:
        return False
    return not any(blocks[i + 1].bold for i in bold) and any(blocks[i].asks for i in bold)


def _lists(printed: str) -> bool:
    """Say whether what stands behind a comma is no office: `Small States, Long Tables`."""
    _, comma, rest = printed.partition(", ")
    known = fold(rest).replace("'", " ").split()
    return bool(comma) and rest[:1].isupper() and ROLE_WORDS.isdisjoint(known)


def first_one(of_block: list[int], blocks: list[Block]) -> set[int]:
    """Accept one label that stands once, before the first question or the first answer."""
    labelled = [i for i, v in enumerate(of_block) if v >= 0 and not blocks[i].hashes]
    if not labelled or labelled[0] > _NEAR_HEAD:
        return set()
    index = labelled[0]  # but for titles with a colon
    label = blocks[index].label
    if label is None or label.form not in ("colon", "dotdash", "dash"):
        return set()
    if len(label.core.split()) > _LONGEST_NAME or _lists(label.printed):
        return set()
    if _opens_bold_questions(blocks, index):
        return {of_block[index]}
    if label.weight < STRONG:
        return set()
    later = blocks[index + 1 :]
    asking = sum(1 for b in later if b.asks)
    if blocks[index].asks and asking >= 1 and not later[0].asks:
        return {of_block[index]}
    answers = index > 0 and blocks[index - 1].asks and label.form == "colon"
    return {of_block[index]} if answers and asking >= 1 else set()
