"""An article's texts to take away: the source file as it came, and the plain text as it stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from articles.access import get_article, with_access
from articles.models import SourceFile
from articles.queries.passages import plain_text

LONGEST_NAME = 180  # code points; what file systems take


@require_safe
@with_access
def download_source(request: HttpRequest, pk: int) -> HttpResponse:
    """The imported bytes, unchanged, under their own name."""
    article = get_article(request, pk)
    name, data = SourceFile.objects.values_list("name", "data").get(pk=article.source_file_id)
    response = HttpResponse(bytes(data), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=file_name(name)
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
@with_access
def read_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The live passages as plain text; its ETag is the article's version."""
    article = get_article(request, pk)
    etag = quote_etag(str(article.version))
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(plain_text(article), content_type="text/plain; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def file_name(name: str) -> str:
    """The last part of a name, without what a header or a file system cannot bear."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if sign.isprintable()).strip(". ")
    return kept[-LONGEST_NAME:] or "source.txt"
