"""Handing a text on to somebody who validates it."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.article import Article


class HandOverState(models.TextChoices):
    """What became of a text that somebody handed on."""

    WAITING = "waiting", _("waits to be validated")
    SENT_BACK = "sent_back", pgettext_lazy("a text handed over", "sent back")
    VALIDATED = "validated", pgettext_lazy("a text handed over", "validated")
    WITHDRAWN = "withdrawn", pgettext_lazy("a text handed over", "withdrawn")


class Handing(NamedTuple):
    """A text that was handed on, or sent back: by whom, to whom (ids and names), and what for."""

    state: str
    note: str
    reason: str
    sender_id: int
    recipient_id: int
    sender: str
    recipient: str


class HandOver(models.Model):
    """Who hands a text on to whom, or sent it back why; one row a text, the log has those before.

    The one it was handed on by is its `sender`, also when it was sent back.
    """

    article = models.OneToOneField(Article, models.PROTECT, related_name="hand_over")
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="handed_on", db_index=False
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="handed_over", db_index=False
    )
    note = models.TextField(_("note"), blank=True, default="")
    state = models.TextField(choices=HandOverState.choices, default=HandOverState.WAITING)
    reason = models.TextField(_("reason"), blank=True, default="")
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("handing over")
        verbose_name_plural = _("handings over")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=HandOverState.values), name="hand_over_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(sender=F("recipient")), name="hand_over_to_another_person"
            ),
            models.CheckConstraint(
                condition=~Q(state=HandOverState.SENT_BACK) | ~Q(reason=""),
                name="hand_over_sent_back_for_a_reason",
            ),
        )
        indexes = (
            models.Index(
                "recipient", name="hand_over_waiting", condition=Q(state=HandOverState.WAITING)
            ),
            models.Index(
                "sender", name="hand_over_sent_back", condition=Q(state=HandOverState.SENT_BACK)
            ),
        )

    def __str__(self) -> str:
        """Which text, and what became of it."""
        return f"{self.article} – {self.get_state_display()}"
