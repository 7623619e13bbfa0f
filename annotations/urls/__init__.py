"""Addresses of the reader page and of what people say about the texts."""

from __future__ import annotations

from django.urls import URLPattern

from annotations.urls import (
    correcting,
    entities,
    marking,
    names,
    picking,
    reader,
    saying,
    structure,
)

urlpatterns: list[URLPattern] = [
    *entities.urlpatterns,
    *names.urlpatterns,
    *reader.urlpatterns,
    *saying.urlpatterns,
    *picking.urlpatterns,
    *marking.urlpatterns,
    *correcting.urlpatterns,
    *structure.urlpatterns,
]
