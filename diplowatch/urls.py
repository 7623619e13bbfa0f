"""The addresses of the house; each app has its own."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from diplowatch.accounts.views.own import set_language
from diplowatch.health import healthz
from diplowatch.icon import show_icon

urlpatterns = [
    path("", include("articles.urls")),
    path("", include("annotations.urls")),
    path("accounts/", include("diplowatch.accounts.urls")),
    path("i18n/setlang/", set_language, name="set_language"),
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", show_icon, name="show_icon"),
    path("admin/", admin.site.urls),
]
