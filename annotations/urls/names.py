"""Addresses of the page of names."""

from __future__ import annotations

from django.urls import URLPattern, path

from annotations.views import names, one_name

urlpatterns: list[URLPattern] = [
    path("names/", names.list_names, name="list_names"),
    path("names/form", one_name.show_name, name="show_name"),
    path("names/look", one_name.look_for_names, name="look_for_names"),
    path("names/known/new", one_name.add_known_word, name="add_known_word"),
    path("names/known/<int:pk>/retire", one_name.retire_known_word, name="retire_known_word"),
    path("names/garblings/new", one_name.remember_garbling, name="remember_garbling"),
    path("names/garblings/<int:pk>/retire", one_name.retire_garbling, name="retire_garbling"),
    path("articles/<int:pk>/names", one_name.link_name, name="link_name"),
]
