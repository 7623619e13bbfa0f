"""House rules: what admins let people do beyond the usual."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Rule(models.TextChoices):
    """The rules there are, and what each lets people do."""

    LONE_VALIDATION = "lone_validation", _("An editor may validate what the same editor proofread")
    OWN_PROPOSALS = "own_proposals", _("People may accept their own proposals")


class HouseRule(models.Model):
    """One rule that may be on or off; without a row it is off. Each change is an activity."""

    name = models.TextField(primary_key=True, choices=Rule.choices)
    value = models.BooleanField(default=False)

    class Meta:
        ordering = ("name",)
        verbose_name = _("house rule")
        verbose_name_plural = _("house rules")
        constraints = (
            models.CheckConstraint(condition=Q(name__in=Rule.values), name="house_rule_known"),
        )

    def __str__(self) -> str:
        """What it lets people do."""
        return str(Rule(self.name).label)
