"""What is said, for other programs: W3C Web Annotation JSON-LD."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from annotations.access import find_annotation
from annotations.exports.jsonld import (
    MEDIA_TYPE,
    Addresses,
    annotation_as_jsonld,
    page_as_jsonld,
)
from annotations.queries.statements import fetch_plain_text, fetch_statements
from articles.access import find_article, with_access

if TYPE_CHECKING:
    import uuid

    from articles.models import Article

RESOURCE = '<http://www.w3.org/ns/ldp#Resource>; rel="type"'
JSONLD = "application/ld+json"


@require_safe
@with_access
def read_annotations_jsonld(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is said of an article, as one AnnotationPage."""
    article, _shelves = find_article(request, pk)
    statements = fetch_statements(article, request.user)
    addresses = _addresses(request, article)
    plain = fetch_plain_text(article)
    return _answer(request, page_as_jsonld(statements, plain, addresses, article.updated))


@require_safe
@with_access
def read_annotation_jsonld(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One annotation."""
    article = find_annotation(request, pk).annotation.article
    found = fetch_statements(article, request.user, str(pk))
    if not found:
        raise Http404
    addresses = _addresses(request, article)
    return _answer(request, annotation_as_jsonld(found[0], fetch_plain_text(article), addresses))


def wants_jsonld(request: HttpRequest) -> bool:
    """Whether the asking program rather has JSON-LD than a page."""
    named = [part.split(";")[0].strip() for part in request.headers.get("Accept", "").split(",")]
    return JSONLD in named and (
        "text/html" not in named or named.index(JSONLD) < named.index("text/html")
    )


def _addresses(request: HttpRequest, article: Article) -> Addresses:
    return Addresses(request.build_absolute_uri("/"), article.pk, article.version)


def _answer(request: HttpRequest, body: str) -> HttpResponse:
    etag = quote_etag(hashlib.sha256(body.encode()).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(body, content_type=MEDIA_TYPE)
    response["ETag"] = etag
    response["Link"] = RESOURCE
    response["Allow"] = "GET, HEAD"
    response["Vary"] = "Accept, Cookie"
    response["Cache-Control"] = "private, no-cache"
    return response
