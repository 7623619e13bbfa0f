"""An article's texts to take away: the source file as it came, and the plain text as it stands."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.access import get_article, with_access
from articles.models import Article, SourceFile
from articles.queries.passages import plain_text
from articles.queries.versions import versions_of

LONGEST_NUMBER = 9  # digits of a version
LONGEST_NAME = 180  # code points; what file systems take


@require_safe
@with_access
def download_source(request: HttpRequest, pk: int) -> HttpResponse:
    """The imported bytes, unchanged, under their own name; `?version=` asks for earlier ones."""
    article = get_article(request, pk)
    file = _file_of(article, request.GET.get("version"))
    name, data = SourceFile.objects.values_list("name", "data").get(pk=file)
    response = HttpResponse(bytes(data), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=file_name(name)
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


def _file_of(article: Article, asked: str | None) -> int:
    """The file of a version, counted from 1 as they came; the one it has where none is asked."""
    if asked is None:
        return article.source_file_id
    files = [file.pk for file in reversed(versions_of(article))] or [article.source_file_id]
    numbers = {str(number): file for number, file in enumerate(files, 1)}
    if asked not in numbers:
        raise Http404
    return numbers[asked]


@require_safe
@with_access
def read_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The live passages as plain text; its ETag is the article's version.

    `?at=` asks for the text of a version. Versions before this one are known as long as no text
    was changed since the import (revision 1): their texts are this one.
    """
    article = get_article(request, pk)
    asked = request.GET.get("at")
    if asked is not None and not _has_text_of(article, asked):
        return _no_such_version(article, asked)
    etag = quote_etag(str(article.version))
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(plain_text(article), content_type="text/plain; charset=utf-8")
    response["ETag"] = etag
    response["Content-Location"] = f"{request.path}?at={asked or article.version}"
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _has_text_of(article: Article, asked: str) -> bool:
    """Whether the text of a version is known: of this one, of all where no text was changed."""
    if not asked.isascii() or not asked.isdigit() or len(asked) > LONGEST_NUMBER:
        return False
    version = int(asked)
    return version == article.version or (article.revision <= 1 <= version < article.version)


def _no_such_version(article: Article, asked: str) -> HttpResponse:
    said = _("The text of version “%(asked)s” is not known; the text stands at version %(now)s.")
    return HttpResponse(
        said % {"asked": asked[:LONGEST_NUMBER], "now": article.version},
        content_type="text/plain; charset=utf-8",
        status=404,
    )


def file_name(name: str) -> str:
    """The last part of a name, without what a header or a file system cannot bear."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if sign.isprintable()).strip(". ")
    return kept[-LONGEST_NAME:] or "source.txt"
