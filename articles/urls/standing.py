"""Addresses of handing texts over."""

from __future__ import annotations

from django.urls import URLPattern, path

from articles.views import handing

urlpatterns: list[URLPattern] = [
    path("articles/<int:pk>/hand-over", handing.hand_over_article, name="hand_over_article"),
    path("articles/<int:pk>/send-back", handing.send_article_back, name="send_article_back"),
    path("articles/<int:pk>/withdraw", handing.withdraw_article, name="withdraw_article"),
    path("waiting", handing.list_waiting, name="list_waiting"),
]
