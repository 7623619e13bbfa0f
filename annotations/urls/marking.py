"""Addresses of how far texts and their passages are."""

from __future__ import annotations

from django.urls import URLPattern, path

from annotations.views import marking

urlpatterns: list[URLPattern] = [
    path(
        "articles/<int:pk>/passages/<int:number>/status",
        marking.set_passage_status,
        name="set_passage_status",
    ),
    path("articles/<int:pk>/rest", marking.mark_rest_of_article, name="mark_rest_of_article"),
]
