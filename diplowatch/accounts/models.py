"""A person's account."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from diplowatch.lib.roles import Role

ROLE_NAMES = {
    Role.READER: _("Reader"),
    Role.ANNOTATOR: _("Annotator"),
    Role.EDITOR: _("Editor"),
    Role.ADMIN: _("Administrator"),
}


class User(AbstractUser):
    """One person; the role comes from the groups (`diplowatch.lib.roles`)."""

    language = models.CharField(_("interface language"), max_length=8, blank=True, default="")

    # What the groups give, kept by `accounts.kept_role` so that no request has to ask for them.
    kept_role = models.PositiveSmallIntegerField(default=Role.READER, editable=False)

    def __str__(self) -> str:
        """The name others see."""
        return self.get_full_name() or self.username

    @property
    def held_role(self) -> Role:
        """The role the groups give, also to a closed account."""
        return Role.ADMIN if self.is_superuser else Role(self.kept_role)

    @property
    def role_name(self) -> str:
        """That role, as people read it."""
        return str(ROLE_NAMES[self.held_role])
