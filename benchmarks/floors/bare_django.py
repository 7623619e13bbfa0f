"""The floor of pages in Django: one view behind our middleware and sign-in, one statement each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpResponse
from django.urls import include, path

if TYPE_CHECKING:
    from django.http import HttpRequest

SELECT = "SELECT title FROM articles_article WHERE id = %s"
INSERT = "INSERT INTO floor.written (said) VALUES ('x') RETURNING id"


@login_required
def select_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(SELECT, [pk])
        row = cursor.fetchone()
    return HttpResponse(row[0] if row else "")


@login_required
def insert_one(request: HttpRequest) -> HttpResponse:
    """One INSERT and its commit."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT)
        return HttpResponse(cursor.fetchone()[0])


urlpatterns = [
    path("select/<int:pk>", select_one),
    path("insert", insert_one),
    path("", include("diplowatch.urls")),
]
