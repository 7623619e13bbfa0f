"""The cheapest path through unlabelled blocks: question, answer, or narrated beginning."""

from __future__ import annotations

import math
from itertools import pairwise

from articles.text.marks import Block, narration
from articles.text.quotes import inside_quotes
from articles.text.regex import regex

# Of one block: its cost as narration, question, answer; that of an answer going on; the least
# costs of a path up to it that ends in each of the three.
Step = tuple[float, float, float, float, float, float, float]

_NEVER = 1e9
_TWICE = 2.6  # cost of a question right after a question
_TOLD = 3.0  # cost of an answer right after narration
_LAST = 3.0  # cost of a question at the end
_PULL = 3.5  # log-odds that a mark adds where it tells questions from answers
_ASKED_BACK = 3.2  # what a question mark weighs in wording, taken off after an answer's dash
_AGAINST = 3.0  # log-odds against a question where questions are marked and this block is not
_LEAVE = 5.0  # log-odds of a question for thanks at the end of a talk
_ENOUGH = 4  # turns of each side from which a text's own habits are learned
_MOST = 2.0  # log-odds that habits add at most
_USUAL = 0.35  # variance of the logarithms of lengths
_GOES = 1.0  # how much it weighs how often answers go on
_TITLES = 3  # blocks at the head among which lines without a full stop are titles
_SOME = 0.4  # share of lines without one from which that tells nothing
_SHORT = 70  # code points of thanks, whatever they say
_LONGER = 170  # code points of thanks to somebody named
_BY_NAME = regex(
    r"(?i:merci|thank you|thanks)(?i: beaucoup| infiniment| (?:so|very) much)?,? "
    r"(?:(?i:monsieur|madame|mr|mrs|ms|dr)\b|[A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ])"
)
_CLEAR = 2.5  # log-odds between two phases from which the wording of turns is clear
_RUN = 3  # turns whose wording tells a phase
_COUNTER = 2.0  # log-odds that its absence adds the other way


def mark_pull(text: str, blocks: list[Block], free: list[int]) -> tuple[dict[int, float], str]:
    """Find the mark that tells questions from answers best; give each block's pull, and its name.

    A pull is added to the log-odds of a question.
    """
    if len(free) < 3:
        return {}, ""
    quoted = inside_quotes(text, [(blocks[i].start, blocks[i].end) for i in free])
    best: tuple[float, dict[int, float], str] = (0.0, {}, "")
    for name, marked in (
        ("quotes", [i for i, q in zip(free, quoted, strict=True) if q]),
        *(("dash_questions", marked) for marked in _bulleted(blocks, free)),
        ("marked_questions", [i for i in free if blocks[i].bold]),
        ("marked_questions", [i for i in free if blocks[i].hashes]),
        ("marked_questions", [i for i in free if blocks[i].italic]),
    ):
        found = _pull_of(blocks, free, name, marked)
        if found[0] > best[0]:
            best = found
    return best[1], best[2]


def _bulleted(blocks: list[Block], free: list[int]) -> list[list[int]]:
    """Give the blocks that bear a bullet: all of them, and where signs differ those of each."""
    signs = {blocks[i].bullet for i in free if blocks[i].bullet}
    each = [[i for i in free if blocks[i].bullet == sign] for sign in sorted(signs)]
    return [[i for i in free if blocks[i].bullet], *(each if len(each) > 1 else ())]


def _pull_of(
    blocks: list[Block], free: list[int], name: str, marked: list[int]
) -> tuple[float, dict[int, float], str]:
    """Weigh one mark: how far apart the wording of marked and unmarked blocks is."""
    nothing: tuple[float, dict[int, float], str] = (0.0, {}, "")
    if len(marked) < 2:
        return nothing
    held = set(marked)
    span = [i for i in free if marked[0] <= i <= marked[-1]]
    numbered = any(blocks[i].bullet == "1" for i in marked)
    dashed = name == "dash_questions" and not numbered and len(marked) > 2
    if dashed and len(marked) > 0.85 * len(span):
        return 2.0, _taking_turns(blocks, free, held), "dash_turns"
    bare = [i for i in free if i not in held]
    if not bare or (numbered and name == "dash_questions" and len(span) == len(marked)):
        return nothing  # one list, in which nobody else has the word
    mean = sum(blocks[i].question for i in marked) / len(marked)
    other = sum(blocks[i].question for i in bare) / len(bare)
    apart = mean - other
    asking = sum(1 for i in marked if blocks[i].question > 0.2) / len(marked)
    if apart > 0.8 and name != "quotes" and mean > 0.0 and asking >= 0.5:
        return apart, {i: _PULL if i in held else -_AGAINST for i in free}, name
    if apart < -0.8 and (name == "quotes" or other > 0.3):
        if name == "quotes":
            return -apart + 1.0, _answers_marked(blocks, free, held), name
        turned = {"dash_questions": "dash_answers"}.get(name, "marked_answers")
        return -apart, _answers_marked(blocks, free, held, turned == "dash_answers"), turned
    return nothing


def _answers_marked(
    blocks: list[Block], free: list[int], held: set[int], dashed: bool = False
) -> dict[int, float]:
    """Pull marked blocks to answers, and to questions what stands right before a marked one.

    Where dashes mark answers, one that asks back is pulled as much as its question mark weighs.
    """
    pull: dict[int, float] = {}
    for place, index in enumerate(free):
        next_held = place + 1 < len(free) and free[place + 1] in held
        bare = _COUNTER if next_held or blocks[index].asks else -0.5
        back = _ASKED_BACK if dashed and blocks[index].asks else 0.0
        pull[index] = -_PULL - back if index in held else bare
    return pull


def _taking_turns(blocks: list[Block], free: list[int], held: set[int]) -> dict[int, float]:
    """Let dashes begin turns that alternate, in the phase that the wording fits best.

    Behind a paragraph without a dash the same voice may go on: there the phase may turn, if the
    wording of what follows is clear.
    """
    pulls: dict[int, float] = {}
    asking = -1
    for numbers in _runs(free, held):
        even = sum(blocks[i].question * (1 if n % 2 == 0 else -1) for i, n in numbers.items())
        if asking < 0 or abs(even) > _CLEAR:
            asking = 0 if even >= 0 else 1
        pulls |= {i: 6.0 if n % 2 == asking else -6.0 for i, n in numbers.items()}
    return pulls


def _runs(free: list[int], held: set[int]) -> list[dict[int, int]]:
    """Number the turns that dashes begin, anew behind each paragraph without one; few as may be."""
    runs: list[dict[int, int]] = [{}]
    turn = -1
    for place, index in enumerate(free):
        turn += index in held
        if turn < 0:
            continue
        runs[-1][index] = turn
        bare = index not in held and place + 1 < len(free) and free[place + 1] in held
        if bare and len(free) - place > _RUN < len(runs[-1]):
            runs.append({})
    return [run for run in runs if run]


def lifted(
    text: str, blocks: list[Block], path: list[int], pull: dict[int, float]
) -> dict[int, float]:
    """Add to each block's pull what its neighbours say of it: short before long, asked, answered.

    Only paragraphs that do not ask are lifted; the weights are log-odds of a question.
    """
    lifted = dict(pull)
    bare = sum(text[blocks[index].end - 1].isalnum() for index in path)
    titled = _TITLES if bare < _SOME * len(path) else 0
    for place, index in enumerate(path):
        block = blocks[index]
        if block.asks or place + 1 >= len(path):
            continue
        if place >= len(path) - 2 and _takes_leave(text, block):
            lifted[index] = lifted.get(index, 0.0) + _LEAVE
            continue
        after = blocks[path[place + 1]]
        if place < titled and not block.yours and text[block.end - 1].isalnum():
            continue  # a title or what stands under it
        lift = 0.0
        if block.length < 60 and after.length > 1.2 * block.length:
            lift += 0.9
        elif block.length < 160 and after.length > 1.5 * block.length:
            lift += 0.6
        if after.reply > block.reply and not after.asks:
            lift += 0.9 * after.reply
        if place and blocks[path[place - 1]].asks:
            lift -= 1.5
        if after.question > 2.5:
            lift -= 1.5
        if block.length < 100 and text.endswith(("...", "…", "--", "–"), block.start, block.end):
            lift += 0.8
        lifted[index] = lifted.get(index, 0.0) + lift
    return lifted


def learned(blocks: list[Block], path: list[int], chosen: list[str]) -> dict[int, float]:
    """Learn from a first sharing out how long this text's questions and answers are.

    Gives each block's log-odds of a question by its length; empty where too few turns tell.
    """
    sizes = {
        role: [
            math.log(blocks[index].length + 1.0)
            for index, one in zip(path, chosen, strict=True)
            if one == role
        ]
        for role in "QA"
    }
    if min(len(sizes["Q"]), len(sizes["A"])) < _ENOUGH:
        return {}
    (mean_q, spread_q), (mean_a, spread_a) = (_normal(sizes[role]) for role in "QA")
    odds: dict[int, float] = {}
    for index in path:
        size = math.log(blocks[index].length + 1.0)
        as_q = -((size - mean_q) ** 2) / (2 * spread_q) - 0.5 * math.log(spread_q)
        as_a = -((size - mean_a) ** 2) / (2 * spread_a) - 0.5 * math.log(spread_a)
        odds[index] = max(-_MOST, min(_MOST, as_q - as_a))
    return odds


def _normal(sizes: list[float]) -> tuple[float, float]:
    """Give mean and variance of sizes, the variance drawn towards a usual one."""
    mean = sum(sizes) / len(sizes)
    spread = sum((size - mean) ** 2 for size in sizes) + 4 * _USUAL
    return mean, spread / (len(sizes) + 4)


def going_on(chosen: list[str]) -> float:
    """Give the cost of an answer's next paragraph, by how often answers of this text go on."""
    on = sum(1 for a, b in pairwise(chosen) if a == b == "A")
    off = sum(1 for a, b in pairwise(chosen) if a == "A" and b == "Q")
    if on + off < _ENOUGH:
        return 0.0
    return max(0.0, min(_MOST, _GOES * math.log((off + 1.0) / (on + 1.0))))


def _takes_leave(text: str, block: Block) -> bool:
    """Say whether a block thanks, as who asks does at the end."""
    if block.length >= _SHORT:
        return block.length < _LONGER and bool(_BY_NAME.match(text, block.start, block.end))
    low = text[block.start : block.end].lower()
    return "merci" in low or "thank" in low


def walk(
    text: str,
    blocks: list[Block],
    path: list[int],
    fixed: dict[int, str],
    pull: dict[int, float],
    *,
    again: float,
    prefix: bool,
    goes_on: float = 0.0,
    trail: list[Step],
) -> list[str]:
    """Share blocks out between question, answer and narrated beginning, at the least cost.

    `fixed` holds what labels say, `pull` what marks say; `again` is the cost of a labelled answer
    right after an answer, `goes_on` that of an answer's next paragraph. `trail` takes the costs.
    """
    if not path:
        return []
    cost_i, cost_q, cost_a = (0.0, 0.0, 1.5) if prefix else (_NEVER, 0.0, 0.0)
    steps: list[tuple[str, str]] = []
    trail.clear()
    for place, index in enumerate(path):
        known, bearing = fixed.get(index, ""), pull.get(index, 0.0)
        if known:
            own_i, own_q, own_a = (_NEVER, 0.0, _NEVER) if known == "Q" else (_NEVER, _NEVER, 0.0)
        else:
            own_q, own_a = -(blocks[index].question + bearing), 0.0
            own_i = _as_told(text, blocks[index], bearing, place) if cost_i < _NEVER else 0.0
        if place == 0:
            cost_i, cost_q, cost_a = cost_i + own_i, cost_q + own_q, cost_a + own_a
            trail.append((own_i, own_q, own_a, 0.0, cost_i, cost_q, cost_a))
            continue
        on = again if known == "A" else goes_on
        to_q, from_q = min((cost_a, "A"), (cost_i, "I"), (cost_q + _TWICE, "Q"))
        to_a, from_a = min((cost_q, "Q"), (cost_a + on, "A"), (cost_i + _TOLD, "I"))
        cost_i, cost_q, cost_a = cost_i + own_i, to_q + own_q, to_a + own_a
        trail.append((own_i, own_q, own_a, on, cost_i, cost_q, cost_a))
        steps.append((from_q, from_a))
    return _back(steps, min((cost_a, "A"), (cost_q + _LAST, "Q"), (cost_i, "I"))[1])


def _back(steps: list[tuple[str, str]], role: str) -> list[str]:
    """Give the roles along the path that ends in `role`, by where each step came from."""
    roles = [role]
    for from_q, from_a in reversed(steps):
        role = from_q if role == "Q" else from_a if role == "A" else "I"
        roles.append(role)
    return roles[::-1]


def _as_told(text: str, block: Block, bearing: float, place: int) -> float:
    """Give the cost of a block as narration; a short question at the very first is a title."""
    if place == 0 and block.asks and block.length < 120:
        return -4.5 if bearing < 0 else -0.5 if block.yours else -2.5
    return 0.5 - narration(text, block) + (2.0 if bearing > 2.8 else 0.0)


def margins(trail: list[Step], roles: list[str]) -> list[float]:
    """Give by how much each block's role is cheaper than the best path by any other role."""
    found: list[float] = []
    after = (0.0, _LAST, 0.0)
    for place in range(len(trail) - 1, -1, -1):
        whole = [cost + rest for cost, rest in zip(trail[place][4:], after, strict=True)]
        chosen = "IQA".index(roles[place])
        found.append(min(whole[:chosen] + whole[chosen + 1 :]) - whole[chosen])
        own_i, own_q, own_a, on = trail[place][:4]
        as_i, as_q, as_a = own_i + after[0], own_q + after[1], own_a + after[2]
        after = (min(as_i, as_q, as_a + _TOLD), min(as_a, as_q + _TWICE), min(as_q, as_a + on))
    return found[::-1]
