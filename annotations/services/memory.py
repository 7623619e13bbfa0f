"""Known garblings found again: in the texts they stand as proposals by the agent "memory".

What somebody rejected, undid, corrected or linked there is not proposed again, nor what is part of
a name that is right. One act an article, undone as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from annotations.models import (
    Annotation,
    Certainty,
    CorrectionState,
    FlagKind,
    Motivation,
    Target,
)
from annotations.models.annotation import CONTEXT_LENGTH, make_uuid
from annotations.queries.memory import MEMORY, Found, find_garblings, forms_of_entities
from annotations.queries.memory import without_taken as untouched
from annotations.queries.names import all_names
from annotations.services.journal import TARGETS, logged_rows, own_values, target_values
from annotations.text.forms import form_for, is_like
from annotations.text.ordinary import is_ordinary
from articles.models import Activity, Article, Verb
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from annotations.queries.memory import Forms
    from annotations.services.journal import Row

gettext_noop("memory")  # what people call the agent

AT_ONCE: Final = 100  # articles in one transaction
ONE_AT_A_TIME: Final = 0x6D656D  # the advisory lock: two runs never propose the same twice
MOST_MEANT: Final = 3  # entities that one garbling may stand for
_APOSTROPHES: Final = str.maketrans("’ʼ\u00a0\u202f", "''  ")
# Nobody changes the texts between the look at them and the places that are kept of them.
HOLD: Final = """
SELECT id FROM articles_passage WHERE article_id = ANY(%s) AND NOT retired ORDER BY id FOR SHARE
"""
# In the order of their ids, as all who touch several articles do.
TOUCH: Final = """
WITH held AS (SELECT id FROM articles_article WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE)
UPDATE articles_article AS a SET version = a.version + 1, updated = %s FROM held
WHERE a.id = held.id RETURNING a.id, a.version"""


class Proposal(NamedTuple):
    """What is proposed for a place: what to write there, and which entity that is."""

    found: Found
    entity: int
    replacement: str
    certainty: Certainty


def look_for_garblings(articles: Iterable[int]) -> int:
    """Propose corrections of the known garblings in these articles; gives how many were made."""
    made = 0
    ids = iter(articles)
    while some := list(islice(ids, AT_ONCE)):
        with transaction.atomic():
            made += _look_in(some)
    return made


def _look_in(articles: Sequence[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    names = all_names()
    if not names.garblings:
        return 0
    fetch_planned(HOLD, [list(articles)])
    found = untouched(find_garblings(articles, names))
    proposals = list(_proposals(found))
    if proposals:
        _store(proposals)
    return len(proposals)


def _proposals(found: Sequence[Found]) -> Iterator[Proposal]:
    """What to propose: for each entity that the words may stand for the form they call for."""
    if not found:
        return
    forms = forms_of_entities(named.entity for one in found for named in one.named)
    for one in found:
        ordinary = is_ordinary(one.exact, one.language)
        if ordinary and not any(_is_written_so(one, named.name) for named in one.named):
            continue
        meant = list(dict.fromkeys(named.entity for named in one.named))[:MOST_MEANT]
        certainty = Certainty.CERTAIN if len(meant) == 1 else Certainty.UNSURE
        if ordinary:
            certainty = Certainty.UNSURE
        for entity in meant:
            replacement = _replacement(one, entity, forms)
            if replacement and replacement != one.exact:
                sure = certainty if is_like(one.exact, replacement) else Certainty.UNSURE
                yield Proposal(one, entity, replacement, sure)


def _is_written_so(found: Found, name: str) -> bool:
    """Ordinary words are a garbling only where they are written just as it was remembered."""
    return found.exact.translate(_APOSTROPHES) == name.translate(_APOSTROPHES)


def _replacement(found: Found, entity: int, forms: Mapping[tuple[int, str], Forms]) -> str:
    known = forms.get((entity, "en" if found.language == "en" else "fr"))
    return form_for(found.exact, known.forms, known.kind) if known else ""


def _store(proposals: Sequence[Proposal]) -> None:
    """Store the proposals with their targets, raise the versions of the articles, log the acts."""
    made = [(_annotation(one), one) for one in proposals]
    targets = [_target(annotation, one.found) for annotation, one in made]
    Annotation.objects.bulk_create([annotation for annotation, _ in made], batch_size=1000)
    Target.objects.bulk_create(targets, batch_size=1000)
    rows: dict[int, list[Row]] = defaultdict(list)
    for (annotation, _), target in zip(made, targets, strict=True):
        after = own_values(annotation) | {TARGETS: [target_values(target)]}
        rows[annotation.article_id].append(("annotation", annotation.pk, None, after))
    with connection.cursor() as cursor:
        cursor.execute(TOUCH, [sorted(rows), timezone.now()])
        versions = dict(cursor.fetchall())
    Activity.objects.bulk_create(
        Activity(
            agent=MEMORY,
            verb=Verb.PROPOSE,
            article=Article(pk=article),
            data={"rows": logged_rows(of_article), "version": versions[article]},
        )
        for article, of_article in sorted(rows.items())
    )


def _annotation(proposal: Proposal) -> Annotation:
    return Annotation(
        id=make_uuid(),
        article_id=proposal.found.article,
        motivation=Motivation.EDITING,
        agent=MEMORY,
        entity_id=proposal.entity,
        flag_kind=FlagKind.NAME,
        replacement=proposal.replacement,
        state=CorrectionState.PROPOSED,
        certainty=proposal.certainty,
        target_count=1,
    )


def _target(annotation: Annotation, found: Found) -> Target:
    text, start, end = found.text, found.start, found.end
    return Target(
        annotation=annotation,
        passage_id=found.passage,
        start=start,
        end=end,
        exact=found.exact,
        prefix=text[max(0, start - CONTEXT_LENGTH) : start],
        suffix=text[end : end + CONTEXT_LENGTH],
        revision=found.revision,
    )
