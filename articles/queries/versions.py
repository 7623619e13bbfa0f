"""Source files that came in several versions: what is known by name, and what came before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from articles.models import Activity, Article, ImportBatch, SourceFile, Verb

if TYPE_CHECKING:
    from collections.abc import Iterable

File = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """The article that was made of a file of this name; `is_old`: of these very bytes, once."""

    article_id: int
    title: str
    is_old: bool = False


def known_names(
    collection_id: int | None, files: Iterable[File], *, batch_id: str | None = None
) -> dict[File, Known]:
    """The articles of a collection that were made of other bytes under the names of files.

    A file is its name and the sum of its bytes. What came with the batch itself is no earlier
    version. Of several articles of one name the newest is meant.
    """
    asked = list(files)
    if collection_id is None or not asked:
        return {}
    there = Article.objects.live().filter(
        collection_id=collection_id, source_file__name__in={name for name, _sum in asked}
    )
    if batch_id is not None:
        there = there.exclude(batch=ImportBatch(pk=batch_id))
    rows = there.order_by("pk").values_list(
        "pk", "title", "source_file__name", "source_file_id", "birth_file_id"
    )
    named: dict[str, list[tuple[int, str, set[str]]]] = {}
    for pk, title, name, file, birth in rows:
        sums = set() if birth is None else _sums(earlier_files(pk, file, birth))
        named.setdefault(name, []).append((pk, title, sums))
    found: dict[File, Known] = {}
    for name, sha256 in asked:
        for pk, title, sums in named.get(name, ()):
            known = found.get((name, sha256))
            if known is None or not known.is_old:
                found[name, sha256] = Known(pk, title, sha256 in sums)
    return found


def earlier_files(article_id: int, file: int, birth: int) -> list[int]:
    """The files before the one that an article has now, the latest first."""
    before: dict[int, int] = {}
    for change in _renewals(article_id):
        before[change["after"]["source_file_id"]] = change["before"]["source_file_id"]
    found = []
    while file != birth and file in before:
        file = before[file]
        found.append(file)
    return found


def versions_of(article: Article) -> list[SourceFile]:
    """The files that an article had, the one it has now first; without their bytes."""
    if article.birth_file_id is None:
        return []
    ids = [
        article.source_file_id,
        *earlier_files(article.pk, article.source_file_id, article.birth_file_id),
    ]
    found = SourceFile.objects.defer("data", "text").in_bulk(ids)
    return [found[pk] for pk in ids]


def renewal_of(article: Article) -> dict[str, Any] | None:
    """What the act that brought an article's file noted of it; None where that is its birth."""
    if article.source_file_id == (article.birth_file_id or article.source_file_id):
        return None
    for act in Activity.objects.filter(article=article, verb=Verb.RENEW).order_by("-pk"):
        change = act.data["changes"][str(article.pk)]
        if change["after"]["source_file_id"] == article.source_file_id:
            last = act.revisions.order_by("-number").values_list("number", flat=True).first()
            return {**act.data["structure"], "number": last or act.data["number"]}
    return None


def _renewals(article_id: int) -> list[dict[str, dict[str, Any]]]:
    acts = Activity.objects.filter(article=article_id, verb=Verb.RENEW).order_by("pk")
    return [data["changes"][str(article_id)] for data in acts.values_list("data", flat=True)]


def _sums(files: list[int]) -> set[str]:
    return set(SourceFile.objects.filter(pk__in=files).values_list("sha256", flat=True))
