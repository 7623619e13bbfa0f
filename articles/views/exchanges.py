"""Question and answer pairs to take away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from articles.access import get_article, with_access
from articles.exports.exchanges_csv import exchanges_as_csv
from articles.exports.exchanges_json import exchanges_as_json
from articles.queries.passages import exchanges_of, passage_rows


@require_safe
@with_access
def read_exchanges_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The exchanges of an article as JSON."""
    article = get_article(request, pk)
    found = exchanges_as_json(article, exchanges_of(passage_rows(article)))
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
@with_access
def read_exchanges_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The exchanges of an article as a CSV file."""
    article = get_article(request, pk)
    said = exchanges_as_csv(exchanges_of(passage_rows(article)))
    response = HttpResponse(said, content_type="text/csv; charset=utf-8")
    name = f"exchanges-{article.pk}.csv"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
