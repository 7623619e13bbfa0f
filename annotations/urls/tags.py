"""Addresses of the controlled list of tags."""

from __future__ import annotations

from django.urls import URLPattern, path

from annotations.views import tags

urlpatterns: list[URLPattern] = [
    path("tags/", tags.list_tags, name="list_tags"),
    path("tags/new", tags.make_tag, name="make_tag"),
    path("tags/<int:pk>/", tags.show_tag, name="show_tag"),
    path("tags/<int:pk>/rename", tags.rename_tag, name="rename_tag"),
    path("tags/<int:pk>/merge", tags.merge_tag, name="merge_tag"),
    path("tags/<int:pk>/retire", tags.retire_tag, name="retire_tag"),
]
