"""What an act changed, rendered anew to take its place in open pages.

The cost is that of these passages and cards, however long the text is and however much is said of
it elsewhere: two statements for passages, one for cards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from annotations.queries.said import fetch_cards, fetch_marks_of
from annotations.rendering.cards import CardRenderer
from annotations.rendering.passages import PassageRenderer
from annotations.turns import begins_turn
from articles.queries.passages import passages_beside, some_passage_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from annotations.queries.said import Card, Mark
    from articles.models import Article
    from diplowatch.lib.roles import Person, Role


def render_passages(
    article: Article,
    numbers: Iterable[int],
    user: Person,
    *,
    find_hits: Callable[[str], Sequence[tuple[int, int]]] | None = None,
    selected: str = "",
    fresh: Container[int] = (),
    may_mark: bool = False,
) -> SafeString:
    """Passages by their numbers, with their marks, each to be swapped in by its id.

    Those that went are taken out; `fresh` ones, which the page may not have, are put in behind the
    passage before them.
    """
    wanted = sorted(set(numbers))
    found = some_passage_rows(article, wanted)
    marks: dict[int, list[Mark]] = {}
    for mark in fetch_marks_of([row.pk for row, _before in found], user):
        if mark.passage is not None and mark.state != "detached":
            marks.setdefault(mark.passage, []).append(mark)
    renderer = PassageRenderer(
        title=article.title, find_hits=find_hits, marks=marks, selected=selected,
        address=article.get_absolute_url() if user.is_authenticated else "", may_mark=may_mark,
    )  # fmt: skip
    starts = {row.number for row, before in found if begins_turn(row, before)}
    rows = [row for row, _before in found]
    gone = set(wanted) - {row.number for row in rows}
    new = [row for row in rows if row.number in fresh]
    out = (
        f'<div id="p{number}" hx-swap-oob="delete"></div>'
        for number in sorted(gone | {row.number for row in new})
    )
    parts = [*out, renderer.render_again([row for row in rows if row not in new], starts)]
    before = passages_beside(article, [row.number for row in new]) if new else {}
    for row in new:
        place = before[row.number].before
        way = "afterbegin:.text" if place is None else f"afterend:#p{place}"
        parts.append(f'<div hx-swap-oob="{way}">{renderer.render([row], starts)}</div>')
    return SafeString("\n".join(filter(None, parts)))


def render_cards(
    article: Article, ids: Sequence[str], user: Person, role: Role, *, selected: str = ""
) -> SafeString:
    """Cards by their annotations' ids, each to be swapped in by its id; replies in their card."""
    renderer = CardRenderer(article=article, user=user, role=role, selected=selected)
    return renderer.render_again(fetch_cards(article, ids, user))


def render_card(article: Article, card: Card, user: Person, role: Role) -> SafeString:
    """One card that is known whole, to be swapped in by its id."""
    return CardRenderer(article=article, user=user, role=role).render_again([card])


def render_gone(ids: Iterable[str]) -> SafeString:
    """Takes the cards of deleted annotations out of open pages."""
    gone = (f'<article id="c-{one}" hx-swap-oob="delete"></article>' for one in map(str, ids))
    return SafeString("".join(gone))
