import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Words that are right as they stand; a correction may name an entity to link."""

    dependencies = [
        ("annotations", "0007_corrections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KnownWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="word")),
                ("folded", models.TextField()),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("retired", models.BooleanField(default=False)),
                (
                    "creator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "known word",
                "verbose_name_plural": "known words",
                "ordering": ("folded",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            models.Q(("folded", ""), _negated=True),
                            ("text__length__lte", 300),
                        ),
                        name="known_word_length",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("retired", False)),
                        fields=("folded",),
                        name="known_word_once",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="annotation", name="link_has_entity_and_status"),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("entity__isnull", True),
                        ("link_status", "not_identifiable"),
                        ("motivation", "identifying"),
                    ),
                    models.Q(
                        ("entity__isnull", False),
                        ("link_status__in", ("unverified", "verified")),
                        ("motivation", "identifying"),
                    ),
                    models.Q(("link_status", ""), ("motivation", "editing")),
                    models.Q(
                        models.Q(("motivation__in", ("identifying", "editing")), _negated=True),
                        ("entity__isnull", True),
                        ("link_status", ""),
                    ),
                    _connector="OR",
                ),
                name="link_has_entity_and_status",
            ),
        ),
    ]
