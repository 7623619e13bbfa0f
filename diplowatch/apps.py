"""The house itself, for its commands."""

from __future__ import annotations

from django.apps import AppConfig


class DiploWatchConfig(AppConfig):
    """Commands and wiring."""

    name = "diplowatch"
    verbose_name = "DiploWatch"

    def ready(self) -> None:
        """Register the system checks."""
        from diplowatch import checks  # noqa: F401 - registering is its import
