"""Addresses of the reader page."""

from __future__ import annotations

from django.urls import URLPattern, path

from annotations.views import cards, history, interchange, next_work, reader

urlpatterns: list[URLPattern] = [
    path("articles/<int:pk>/", reader.read_article, name="read_article"),
    path("articles/<int:pk>/cards", cards.show_cards, name="show_cards"),
    path(
        "articles/<int:pk>/annotations.jsonld",
        interchange.read_annotations_jsonld,
        name="read_annotations_jsonld",
    ),
    path("a/<uuid:pk>.jsonld", interchange.read_annotation_jsonld, name="read_annotation_jsonld"),
    path("articles/<int:pk>/exchanges", reader.read_exchanges, name="read_exchanges"),
    path("articles/<int:pk>/next-work", next_work.go_to_next_work, name="go_to_next_work"),
    path("articles/<int:pk>/history", history.show_article_history, name="show_article_history"),
    path(
        "articles/<int:pk>/passages/<int:number>/history",
        history.show_passage_history,
        name="show_passage_history",
    ),
    path("articles/<int:pk>/restore", history.restore_text_state, name="restore_text_state"),
]
