"""Addresses of the reader page."""

from __future__ import annotations

from django.urls import URLPattern, path

from annotations.views import cards, reader

urlpatterns: list[URLPattern] = [
    path("articles/<int:pk>/", reader.read_article, name="read_article"),
    path("articles/<int:pk>/cards", cards.show_cards, name="show_cards"),
    path("articles/<int:pk>/exchanges", reader.read_exchanges, name="read_exchanges"),
    path("articles/<int:pk>/next-work", reader.go_to_next_work, name="go_to_next_work"),
]
