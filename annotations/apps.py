"""The app of what people say about the texts, and of the page that shows both."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnotationsConfig(AppConfig):
    """Annotations and the reader page."""

    name = "annotations"
    verbose_name = _("Annotations")

    def ready(self) -> None:
        """Let the list of articles ask for links; follow the texts, look at new ones."""
        from annotations.queries.noted import annotated_numbers
        from annotations.queries.of_articles import LinkedEntities
        from annotations.services.following import follow_text, hold_said
        from articles.queries.entities import register_entity_links
        from articles.queries.noted import register_notes
        from articles.services.arriving import texts_imported
        from articles.signals import structure_held, text_operated

        register_entity_links(LinkedEntities())
        register_notes(annotated_numbers)
        structure_held.connect(hold_said, dispatch_uid="annotations come before passages")
        text_operated.connect(follow_text, dispatch_uid="annotations follow the text")
        texts_imported.connect(_look_at_new_texts, dispatch_uid="new texts are looked through")


def _look_at_new_texts(*, batch_id: str, **_more: object) -> None:
    from annotations.jobs import look_at_batch  # what queues jobs is loaded when there is one

    look_at_batch(batch_id)
