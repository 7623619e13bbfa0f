"""Check on the live database what must always hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from annotations.queries.integrity import check_logs, check_rules

if TYPE_CHECKING:
    from annotations.queries.integrity import Outcome


class Command(BaseCommand):
    """`manage.py check_integrity`: what was checked, how many, every rule that is broken."""

    help = "Checks what must always hold; ends with 1 when something is broken."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check all rules in one snapshot; nothing is written."""
        broken = 0
        with transaction.atomic():
            for outcome in (*check_rules(), check_logs()):
                self._tell(outcome)
                broken += outcome.broken
        if broken:
            raise CommandError(f"{broken} breaches found.", returncode=1)
        self.stdout.write(self.style.SUCCESS("Everything holds."))

    def _tell(self, outcome: Outcome) -> None:
        head = f"{outcome.says}: {outcome.looked_at} {outcome.about}"
        if not outcome.broken:
            self.stdout.write(f"ok      {head}")
            return
        self.stdout.write(self.style.ERROR(f"BROKEN  {head}, {outcome.broken} breaches"))
        for place in outcome.first:
            self.stdout.write(f"          {place}")
        if outcome.broken > len(outcome.first):
            self.stdout.write(f"          … and {outcome.broken - len(outcome.first)} more")
