"""Addresses of entities."""

from __future__ import annotations

from django.urls import URLPattern, path

from annotations.views import editing_entities as editing
from annotations.views import entities, speakers

urlpatterns: list[URLPattern] = [
    path("entities/", entities.list_entities, name="list_entities"),
    path("entities/new", editing.create_entity, name="create_entity"),
    path("entities/<int:pk>/", entities.show_entity, name="show_entity"),
    path(
        "entities/<int:pk>/annotations",
        entities.list_entity_annotations,
        name="list_entity_annotations",
    ),
    path("entities/<int:pk>/answers", speakers.list_answers, name="list_answers"),
    path(
        "articles/<int:pk>/speakers/<int:speaker>",
        speakers.identify_speaker,
        name="identify_speaker",
    ),
    path("entities/<int:pk>/edit", editing.edit_entity, name="edit_entity"),
    path("entities/<int:pk>/merge", editing.merge_entity, name="merge_entity"),
    path("entities/<int:pk>/refresh", editing.refresh_entity, name="refresh_entity"),
    path("entities/<int:pk>/retire", editing.retire_entity, name="retire_entity"),
]
