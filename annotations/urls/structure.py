"""Addresses where editors change whole passages and the structure of a text."""

from __future__ import annotations

from django.urls import URLPattern, path

from annotations.views import editing, rereading, structure, voices

urlpatterns: list[URLPattern] = [
    path(
        "articles/<int:pk>/passages/<int:number>/edit",
        editing.edit_passage_text,
        name="edit_passage_text",
    ),
    path(
        "articles/<int:pk>/passages/<int:number>/structure",
        structure.change_structure,
        name="change_structure",
    ),
    path("articles/<int:pk>/speakers", voices.edit_speakers, name="edit_speakers"),
    path("articles/<int:pk>/reparse", rereading.reparse_article, name="reparse_article"),
]
