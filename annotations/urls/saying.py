"""Addresses of annotations: made, changed, undone, listed, cited."""

from __future__ import annotations

from django.urls import URLPattern, path

from annotations.urls import tags
from annotations.views import activities, changing, listing, mentions, passages, saying, undoing

urlpatterns: list[URLPattern] = [
    path("articles/<int:pk>/annotations/new", saying.create_annotation, name="create_annotation"),
    path(
        "articles/<int:pk>/passages/<int:number>/say",
        passages.say_about_passage,
        name="say_about_passage",
    ),
    path("annotations/", listing.list_annotations, name="list_annotations"),
    path(
        "articles/<int:pk>/annotations",
        listing.list_article_annotations,
        name="list_article_annotations",
    ),
    path("a/<uuid:pk>", listing.go_to_annotation, name="go_to_annotation"),
    path("a/<uuid:pk>/reply-form", saying.show_reply_form, name="show_reply_form"),
    path("a/<uuid:pk>/reply", saying.reply_to_annotation, name="reply_to_annotation"),
    path("a/<uuid:pk>/edit", changing.edit_annotation, name="edit_annotation"),
    path("a/<uuid:pk>/change", changing.change_annotation, name="change_annotation"),
    path("a/<uuid:pk>/move", changing.move_annotation, name="move_annotation"),
    path("a/<uuid:pk>/remove", changing.remove_annotation, name="remove_annotation"),
    path("a/<uuid:pk>/mentions", mentions.link_other_mentions, name="link_other_mentions"),
    path("a/<uuid:pk>/status", changing.set_status, name="set_status"),
    path(
        "a/<uuid:pk>/history",
        changing.show_annotation_history,
        name="show_annotation_history",
    ),
    path("articles/<int:pk>/undo", undoing.undo_last, name="undo_last"),
    path("articles/<int:pk>/redo", undoing.redo_last, name="redo_last"),
    path("activity/", activities.list_activities, name="list_activities"),
    path("activity/<int:pk>/undo", undoing.undo_activity, name="undo_activity"),
    *tags.urlpatterns,
]
