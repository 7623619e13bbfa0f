"""Addresses of corrections: made, proposed, decided on, and what is to be checked after them."""

from __future__ import annotations

from django.urls import URLPattern, path

from annotations.views import correcting, deciding, everywhere, walking

urlpatterns: list[URLPattern] = [
    path("articles/<int:pk>/correct", correcting.correct, name="correct"),
    path("a/<uuid:pk>/accept", deciding.accept_proposal, name="accept_proposal"),
    path("a/<uuid:pk>/reject", deciding.reject_proposal, name="reject_proposal"),
    path("a/<uuid:pk>/confirm", deciding.confirm_annotation, name="confirm_annotation"),
    path("proposals/", walking.list_proposals, name="list_proposals"),
    path("proposals/accept", deciding.accept_certain, name="accept_certain"),
    path("to-check/", walking.list_to_check, name="list_to_check"),
    path("find/", everywhere.find_and_correct, name="find_and_correct"),
    path("find/count", everywhere.count_elsewhere, name="count_elsewhere"),
]
