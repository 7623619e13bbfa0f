"""Which of an article's texts a page shows: original, corrected, with apparatus, or one of old."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _

from annotations.queries.revisions import Made, acts_of_revisions
from annotations.rendering.apparatus import ApparatusRenderer
from annotations.rendering.passages import PassageRenderer
from annotations.text.mapping import Mapper, Place
from articles.exports.plain import APPARATUS, CORRECTED, ORIGINAL, TEXTS, runs_until
from articles.queries.moments import fetch_past, revision_at
from articles.queries.passages import passage_rows
from articles.text.crossing import shortened
from articles.text.operations import invert_operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from annotations.queries.said import Mark
    from annotations.views.origin import Origin
    from articles.models import Article
    from articles.queries.moments import Past
    from articles.queries.passages import Row
    from articles.text.operations import Operation
    from articles.text.provenance import Runs

LONGEST_NUMBER = 9  # digits of a version


@dataclass(frozen=True, slots=True)
class Shown:
    """A text to show: its passages, and what of the log parts it from the one that stands."""

    name: str = CORRECTED
    at: int | None = None  # the version asked for; None for today
    rows: Sequence[Row] = ()
    past: Past | None = None
    number: int = 0  # its revision
    back: Sequence[Operation] = ()  # what leads to it from the text of today
    runs: dict[int, Runs] = field(default_factory=dict)
    made: dict[int, Made] = field(default_factory=dict)

    @property
    def is_today(self) -> bool:
        """Whether it is the text as it stands, in which something may be said."""
        return self.past is None

    def carried(self, marks: Sequence[Mark]) -> list[Mark]:
        """Marks where they stand in this text; those whose words are not in it are left out."""
        if self.past is None or not self.back:
            return list(marks)
        numbers = {pk: number for number, pk in self.past.keys.items()}
        mappers = [Mapper(operation) for operation in self.back]
        made = []
        for mark in marks:
            if mark.passage is None or mark.state == "detached":
                made.append(mark)
                continue
            places = [Place(numbers[mark.passage], mark.start, mark.end, mark.state)]
            for mapper in mappers:
                places = [new for old in places for new in mapper.carry(old, made_for=True)]
            made += [
                mark._replace(
                    passage=self.past.keys[place.passage], start=place.start, end=place.end,
                    leads=mark.leads and not index,
                )
                for index, place in enumerate(places)
                if place.state != "detached"
            ]  # fmt: skip
        return made

    def renderer(self, article: Article, **more: Any) -> PassageRenderer:
        """What renders its passages."""
        if self.name == APPARATUS:
            return ApparatusRenderer(
                article=article.pk, runs=self.runs, made=self.made, title=article.title, **more
            )
        return PassageRenderer(title=article.title, **more)


def text_asked_for(request: HttpRequest, article: Article) -> Shown:
    """The text that the address names; 404 for what is none of the article's."""
    name, asked = request.GET.get("text", CORRECTED), request.GET.get("at")
    if name not in TEXTS:
        raise Http404
    version = None if asked is None else _version(asked)
    if name == CORRECTED and version in (None, article.version):
        return Shown(rows=passage_rows(article))
    number = None if version is None else revision_at(article, version)
    if version is not None and number is None:
        raise Http404
    past = fetch_past(article)
    number = past.last if number is None else number
    if name == APPARATUS:
        runs = runs_until(past, number)
        numbers = {p.revision for one in runs.values() for run in one for p in run.pieces}
        made = acts_of_revisions(article, numbers - {None})
        return Shown(
            name, version, past.rows(past.at(number)), past, number, _back(past, number), runs, made
        )
    shown = past.born if name == ORIGINAL else past.at(number)
    since = 1 if name == ORIGINAL else number
    return Shown(name, version, past.rows(shown), past, number, _back(past, since))


def switch(article: Article, shown: Shown, origin: Origin) -> list[dict[str, Any]]:
    """The three texts with their addresses."""
    labels = {ORIGINAL: _("Original"), CORRECTED: _("Corrected"), APPARATUS: _("Apparatus")}
    made = []
    for name in TEXTS:
        kept = {"text": "" if name == CORRECTED else name, "at": shown.at or ""}
        more = {"in": origin.listed, "q": origin.query}
        query = urlencode({key: value for key, value in (kept | more).items() if value})
        address = f"{article.get_absolute_url()}?{query}".rstrip("?")
        here = name == shown.name
        made.append({"label": labels[name], "address": address, "is_here": here})
    return made


def _back(past: Past, number: int) -> list[Operation]:
    """What leads from the text as it stands back to a revision."""
    return [invert_operation(one) for one in reversed(shortened(past.since(number)))]


def _version(asked: str) -> int:
    if not asked.isascii() or not asked.isdigit() or len(asked) > LONGEST_NUMBER:
        raise Http404
    return int(asked)
