"""The app of what people say about the texts, and of the page that shows both."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnotationsConfig(AppConfig):
    """Annotations and the reader page."""

    name = "annotations"
    verbose_name = _("Annotations")

    def ready(self) -> None:
        """Let the list of articles ask for those that speak of an entity; follow the texts."""
        from annotations.queries.of_articles import LinkedEntities
        from annotations.services.following import follow_text
        from articles.queries.entities import register_entity_links
        from articles.signals import text_operated

        register_entity_links(LinkedEntities())
        text_operated.connect(follow_text, dispatch_uid="annotations follow the text")
