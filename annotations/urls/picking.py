"""Addresses of the picker of entities."""

from __future__ import annotations

from django.urls import URLPattern, path

from annotations.views import outside, picking

urlpatterns: list[URLPattern] = [
    path("entities/pick", picking.pick_entity, name="pick_entity"),
    path("entities/outside", outside.ask_authority, name="ask_authority"),
]
