"""Makes our admin site the one that models register with."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class HouseAdminConfig(AdminConfig):
    """Django's admin, with `HouseSite` for its site."""

    default_site = "diplowatch.accounts.site.HouseSite"
