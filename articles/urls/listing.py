"""Addresses of the list, search and collections."""

from __future__ import annotations

from django.urls import URLPattern, path

from articles.views import collections, listing

urlpatterns: list[URLPattern] = [
    path("", listing.list_articles, name="list_articles"),
    path("articles/bulk", listing.change_articles, name="change_articles"),
    path("collections/", collections.list_collections, name="list_collections"),
    path("collections/new", collections.make_collection, name="make_collection"),
    path("collections/<int:pk>/", collections.show_collection, name="show_collection"),
    path("collections/<int:pk>/name", collections.rename_collection, name="rename_collection"),
    path(
        "collections/<int:pk>/visibility",
        collections.open_collection,
        name="open_collection",
    ),
    path("collections/<int:pk>/delete", collections.delete_collection, name="delete_collection"),
    path(
        "collections/<int:pk>/restore",
        collections.restore_collection,
        name="restore_collection",
    ),
    path("collections/<int:pk>/members", collections.set_member, name="set_member"),
]
