"""How far a text is and what is left of it: the parts of its page that other acts change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from annotations.queries.said import count_open
from articles.queries.shares import may_validate, share_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from articles.models import Article


def standing_parts(
    request: HttpRequest, article: Article, *, may_edit: bool, again: bool = False
) -> dict[str, str]:
    """These parts by their ids, as HTML; `again`: each to be swapped in by its id."""
    context: dict[str, Any] = {
        "article": article, "share": share_of(article), "may_edit": may_edit, "again": again,
    }  # fmt: skip
    parts: dict[str, str] = {
        "standing": render_to_string("annotations/_standing.html", context, request)
    }
    if may_edit:
        context |= {
            "may_validate": may_validate(article, request.user),
            "open_count": count_open(article, request.user),
        }
        parts["rest"] = render_to_string("annotations/_rest.html", context, request)
    return parts
