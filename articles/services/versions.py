"""Files whose name a collection knows with other bytes: merged, imported apart, or left."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import psycopg
from django.db import Error as DatabaseFault

from articles.models import Activity, Article, Collection, ImportBatch, Verb
from articles.queries.versions import Known, known_names
from articles.services.operating import GoneText, TextFault
from articles.services.renewing import fitting, renew_article
from articles.text.shapes import Notice, TextError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.services.log import Agent
    from articles.text.reading import Choices, ReadFile

log = logging.getLogger(__name__)

MERGE, SEPARATE, SKIP = ON_CHANGE = ("merge", "separate", "skip")


@dataclass(frozen=True, slots=True)
class Handling:
    """Into what, by whom, and how new versions are to be dealt with unless a file says else."""

    collection_id: int | None
    batch_id: str | None
    agent: Agent
    choice: str = SKIP


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a new version: its status, the article, what is to be said."""

    status: str  # merged, skipped, unchanged or failed
    article: int
    read: ReadFile | None = None
    notice: Notice | None = None
    fault: Notice | None = None


def known_versions(
    files: Sequence[tuple[str, str]], collection_id: int | None, batch_id: str | None
) -> list[Known | None]:
    """For each file (name, sum of bytes) the article that was made of another version of it."""
    named = known_names(collection_id, files, batch_id=batch_id)
    if not named:
        return [None] * len(files)
    live = Article.objects.live().filter(collection=Collection(pk=collection_id))
    sums = {sha256 for _name, sha256 in named}
    there = set(live.filter(sha256__in=sums).values_list("sha256", flat=True))
    return [None if file[1] in there else named.get(file) for file in files]


def settle_version(
    read: ReadFile,
    known: Known,
    handling: Handling,
    *,
    given: Choices,
    chosen: Mapping[str, str] | None = None,
) -> Settled | None:
    """Deal with a new version as `handling` says; None where it is to be imported apart."""
    pk = known.article_id
    if known.is_old:
        return Settled("unchanged", pk)
    if handling.choice == SEPARATE:
        return None
    if handling.choice != MERGE:
        return Settled("skipped", pk)
    if _merged_before(pk, handling.batch_id):
        return Settled("skipped", pk, notice=Notice("same_name"))
    try:
        return _merge(read, pk, handling, given, chosen)
    except GoneText:
        return None
    except TextError as fault:
        return Settled("failed", pk, fault=Notice(fault.code, fault.params))
    except (TextFault, DatabaseFault, psycopg.Error) as error:
        log.exception("Merging %s failed", read.name)
        reason = str(error).split("\n", 1)[0]
        return Settled("failed", pk, fault=Notice("not_stored", {"reason": reason}))


def _merge(
    read: ReadFile, pk: int, handling: Handling, given: Choices, chosen: Mapping[str, str] | None
) -> Settled:
    read = fitting(pk, read, given)
    done = renew_article(
        article_id=pk, read=read, agent=handling.agent, allow=_anywhere, chosen=chosen,
        batch_id=handling.batch_id,
    )  # fmt: skip
    notice = Notice("conflicts_kept", {"count": done.conflicts}) if done.conflicts else None
    return Settled("merged", pk, read, notice)


def _anywhere(_places: set[int]) -> None:
    """Who may import into the collection may bring new versions of what came into it."""


def _merged_before(pk: int, batch_id: str | None) -> bool:
    """Whether the same import brought a version of this article already."""
    acts = Activity.objects.filter(article=pk, verb=Verb.RENEW, batch=ImportBatch(pk=batch_id))
    return batch_id is not None and acts.exists()


def with_choice(handling: Handling, choice: str | None) -> Handling:
    """The same with another choice, where there is one."""
    return replace(handling, choice=choice) if choice in ON_CHANGE else handling
