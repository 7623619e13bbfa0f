"""The accounts app; its groups are made after every migration, so that tests keep them."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def make_groups(**_kwargs: Any) -> None:
    """One Django group for each role."""
    from django.contrib.auth.models import Group

    from diplowatch.lib.roles import Role

    for role in Role:
        if role is not Role.ANONYMOUS:
            Group.objects.get_or_create(name=role.group)


class AccountsConfig(AppConfig):
    """Accounts, roles and preferences."""

    name = "diplowatch.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Make the groups once the tables stand; keep people's roles in step with them."""
        from diplowatch.accounts import kept_role

        kept_role.connect()
        post_migrate.connect(make_groups, sender=self)
