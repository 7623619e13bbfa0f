"""An article's texts to take away: the source file as it came, and the plain text as it stands."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.access import get_article, with_access
from articles.exports.plain import CORRECTED, ORIGINAL, TEXTS, plain_of
from articles.exports.source_text import source_text
from articles.models import Article, SourceFile
from articles.queries.moments import fetch_past, revision_at
from articles.queries.passages import plain_text
from articles.queries.versions import versions_of

LONGEST_NUMBER = 9  # digits of a version
LONGEST_NAME = 180  # code points; what file systems take


@require_safe
@with_access
def download_source(request: HttpRequest, pk: int) -> HttpResponse:
    """The imported bytes, unchanged, under their own name; `?text=corrected`: as they'd be today.

    The corrected text is in the same format: imported again it gives the same article. `?version=`
    asks for an earlier version of the file.
    """
    article = get_article(request, pk)
    file = _file_of(article, request.GET.get("version"))
    source = SourceFile.objects.only("name", "data", "text").get(pk=file)
    asked = request.GET.get("text", ORIGINAL)
    if asked not in (ORIGINAL, CORRECTED):
        raise Http404
    name, data = source.name, source.content
    if asked == CORRECTED:
        data = source_text(article, fetch_past(article), name).encode()
    response = HttpResponse(data, content_type="application/octet-stream")
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

    `?at=` asks for the text as it stood at a version, `?text=` for one of the three texts.
    """
    article = get_article(request, pk)
    asked, text = request.GET.get("at"), request.GET.get("text", CORRECTED)
    number = article.revision if asked is None else _revision_at(article, asked)
    if number is None or text not in TEXTS:
        return _no_such_version(article, asked or text)
    version = asked or str(article.version)
    etag = quote_etag(version if text == CORRECTED else f"{version}-{text}")
    response = get_conditional_response(request, etag=etag)
    if response is None:
        words = _words(article, text, number)
        response = HttpResponse(words, content_type="text/plain; charset=utf-8")
    kept = "" if text == CORRECTED else f"&text={text}"
    response["ETag"] = etag
    response["Content-Location"] = f"{request.path}?at={version}{kept}"
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _words(article: Article, text: str, number: int) -> str:
    if text == CORRECTED and number == article.revision:
        return plain_text(article)
    return plain_of(fetch_past(article), text, number)


def _revision_at(article: Article, asked: str) -> int | None:
    """Where in its log the article stood at a version; None for what is none of its versions."""
    if not asked.isascii() or not asked.isdigit() or len(asked) > LONGEST_NUMBER:
        return None
    if int(asked) == article.version:
        return article.revision
    return revision_at(article, int(asked))


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
