"""Addresses of the list, search, collections, import, details, downloads and house rules."""

from __future__ import annotations

from django.urls import URLPattern, path

from articles.urls import details, importing, listing, standing
from articles.views import progress, rules

urlpatterns: list[URLPattern] = [
    *listing.urlpatterns,
    *importing.urlpatterns,
    *details.urlpatterns,
    *standing.urlpatterns,
    path("progress/", progress.show_progress, name="show_progress"),
    path("settings/house", rules.edit_rules, name="edit_rules"),
]
