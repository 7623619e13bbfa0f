"""The lines of a report: what became of each file, as far as it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When

from articles.models import Article, StagedFile, StagedState
from articles.queries.brought import brought_by, named
from articles.queries.staged import shown_names
from articles.services.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from articles.models import ImportBatch
    from articles.queries.shelves import Shelves

REPORTED = (
    StagedState.FAILED, StagedState.REFUSED, StagedState.SKIPPED, StagedState.MERGED,
    StagedState.UNCHANGED, StagedState.IMPORTED,
)  # fmt: skip
PER_PAGE = 100


def reported(
    batch: ImportBatch, counts: Mapping[str, int], asked: str | None, places: Container[int]
) -> dict[str, Any]:
    """A page of lines for the template; `places`: the collections that the person sees.

    Of an import without preview only the texts that it brought are known.
    """
    return _of_files(batch, counts, asked, places) if counts else _of_texts(batch, asked, places)


def with_places(batch: ImportBatch, report: dict[str, Any], shelves: Shelves) -> dict[str, Any]:
    """A report with the collections that the texts are in; of several, each line names its own."""
    made = Article.objects.filter(batch=batch).order_by()
    there = set(made.values_list("collection", flat=True).distinct())
    names = [shelves.names[pk] for pk in shelves.ids if pk in there]
    if len(names) > 1:
        for row in report["rows"]:
            row["place"] = shelves.names[row["article"].collection_id] if row["article"] else ""
    return report | {"places": names or ([str(batch.collection)] if batch.collection else [])}


def _of_files(
    batch: ImportBatch, counts: Mapping[str, int], asked: str | None, places: Container[int]
) -> dict[str, Any]:
    place = Case(
        *(When(state=state, then=Value(number)) for number, state in enumerate(REPORTED)),
        output_field=IntegerField(),
    )
    files = StagedFile.objects.filter(batch=batch, state__in=REPORTED).defer("data")
    pages = Paginator(files.order_by(place, "position").select_related("article"), PER_PAGE)
    pages.__dict__["count"] = sum(counts.get(state, 0) for state in REPORTED)
    page = pages.get_page(asked)
    names = shown_names(list(page.object_list))
    rows = []
    for staged in page.object_list:
        fault = staged.error
        said = sentence(fault["code"], fault["params"]) if fault else ""
        row = _row(names[staged.pk], StagedState(staged.state), staged.article, places)
        rows.append(row | {"fault": said})
    return {
        "page": page,
        "rows": rows,
        "merged": counts.get(StagedState.MERGED, 0),
        "skipped": counts.get(StagedState.SKIPPED, 0),
        "refused": counts.get(StagedState.REFUSED, 0),
    }


def _of_texts(batch: ImportBatch, asked: str | None, places: Container[int]) -> dict[str, Any]:
    brought = brought_by(batch)
    page = Paginator(brought.ids, PER_PAGE).get_page(asked)
    rows = []
    for article in named(list(page.object_list)):
        is_made = article.batch_id == batch.pk
        state = StagedState.IMPORTED if is_made else StagedState.MERGED
        # What came with the batch itself is the file at birth.
        file = (article.birth_file if is_made else None) or article.source_file
        rows.append(_row(file.name, state, article, places))
    return {
        "page": page,
        "rows": rows,
        "merged": brought.merged,
        "is_cut": brought.is_cut,
        "is_partly_known": batch.failed_count or batch.unchanged_count,
    }


def _row(
    name: str, state: StagedState, article: Article | None, places: Container[int]
) -> dict[str, Any]:
    """A line of the report; a text that is in none of these collections now is not shown."""
    seen = article if article is not None and article.collection_id in places else None
    return {
        "name": name,
        "state": state,
        "article": seen,
        "kind": seen.get_kind_display() if seen is not None else "",
        "is_gone": article is not None and article.removed is not None,
    }
