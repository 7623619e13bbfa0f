"""A file may be left out of an import and brought back."""

from __future__ import annotations

from django.db import migrations, models

STATES = [
    ("waiting", "Not read yet"),
    ("sure", "Sure"),
    ("doubtful", "To check"),
    ("refused", "Refused"),
    ("chosen", "To be imported"),
    ("imported", "Imported"),
    ("unchanged", "Already there"),
    ("merged", "Merged"),
    ("skipped", "Left as it was"),
    ("failed", "Failed"),
    ("left_out", "Left out"),
]


class Migration(migrations.Migration):
    """One more state of staged files."""

    dependencies = (("articles", "0020_labels"),)

    operations = (
        migrations.RemoveConstraint(model_name="stagedfile", name="staged_state_known"),
        migrations.AlterField(
            model_name="stagedfile",
            name="state",
            field=models.TextField(choices=STATES),
        ),
        migrations.AddConstraint(
            model_name="stagedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(state__in=[value for value, _label in STATES]),
                name="staged_state_known",
            ),
        ),
    )
