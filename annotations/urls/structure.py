"""Addresses where editors change whole passages and the structure of a text."""

from __future__ import annotations

from django.urls import URLPattern, path

from annotations.views import editing

urlpatterns: list[URLPattern] = [
    path(
        "articles/<int:pk>/passages/<int:number>/edit",
        editing.edit_passage_text,
        name="edit_passage_text",
    ),
]
