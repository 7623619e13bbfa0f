"""Addresses of an article's details and downloads."""

from __future__ import annotations

from django.urls import URLPattern, path

from articles.views import details, exchanges, source

urlpatterns: list[URLPattern] = [
    path("articles/<int:pk>/text", source.read_text, name="read_text"),
    path("articles/<int:pk>/source", source.download_source, name="download_source"),
    path(
        "articles/<int:pk>/exchanges.json",
        exchanges.read_exchanges_json,
        name="read_exchanges_json",
    ),
    path(
        "articles/<int:pk>/exchanges.csv", exchanges.read_exchanges_csv, name="read_exchanges_csv"
    ),
    path("articles/<int:pk>/details", details.edit_details, name="edit_details"),
]
