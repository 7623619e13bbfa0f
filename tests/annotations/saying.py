"""What the page's script sends, and reading what comes back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lxml import html

from annotations.models import Annotation
from annotations.services.spans import Span
from articles.models import Passage

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from articles.models import Article

HTMX = {"hx-request": "true"}


def span_of(article: Article, words: str, number: int = 1) -> Span:
    """The first place of these words in a passage."""
    passage = Passage.objects.get(article=article, number=number)
    start = passage.text.index(words)
    return Span(number, passage.revision, start, start + len(words), words)


def spans_json(*spans: Span) -> str:
    """Places as the script sends them."""
    names = ("passage", "revision", "start", "end", "exact")
    return json.dumps([{name: getattr(span, name) for name in names} for span in spans])


def post(client: Client, address: str, *, htmx: bool = True, **values: Any) -> HttpResponse:
    """Send a form as the script does, or as a browser without it."""
    headers = HTMX if htmx else {}
    return client.post(address, values, headers=headers)  # type: ignore[return-value]  # the client's own class


def say(
    client: Client, article: Article, words: str = "Anthony Blingen", *, number: int = 1,
    htmx: bool = True, **values: Any,
) -> HttpResponse:  # fmt: skip
    """Say something about the first place of these words; a highlight unless told."""
    sent = {"motivation": "highlighting", "spans": spans_json(span_of(article, words, number))}
    return post(client, f"/articles/{article.pk}/annotations/new", htmx=htmx, **(sent | values))


def said(
    client: Client, article: Article, words: str = "Anthony Blingen", **values: Any
) -> Annotation:
    """The same, and the annotation that it makes."""
    response = say(client, article, words, **values)
    assert response.status_code == 200, response.content
    return Annotation.objects.get(pk=events(response)["annotated"]["id"])


def events(response: HttpResponse) -> dict[str, Any]:
    """What the script hears of."""
    found: dict[str, Any] = json.loads(response.headers["HX-Trigger"])
    return found


def fragments(response: HttpResponse) -> dict[str, html.HtmlElement]:
    """The elements that come back, by their ids."""
    made = html.fragment_fromstring(response.content.decode(), create_parent="div")
    return {str(one.get("id")): one for one in made.iterchildren()}
