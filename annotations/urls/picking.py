"""Addresses of the picker of entities."""

from __future__ import annotations

from django.urls import URLPattern, path

from annotations.views import outside

urlpatterns: list[URLPattern] = [
    path("entities/outside", outside.ask_authority, name="ask_authority"),
]
