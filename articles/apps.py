"""The app of the texts themselves."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Texts, their sources, structure and log."""

    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        """Let constraints speak of the length of a text."""
        from django.db.models import CharField, TextField
        from django.db.models.functions import Length

        CharField.register_lookup(Length)
        TextField.register_lookup(Length)
