from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0009_read_indexes"),
        ("programs", "0012_paper_of_approved_plans"),
        ("villages", "0009_shelf_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(
                        models.Q(("came__lt", models.F("value")), ("value__isnull", False)),
                        models.Q(("times", 0), ("value__isnull", True)),
                        _connector="OR",
                    ),
                ),
                fields=["due_on", "id"],
                name="advocacy_commitment_to_claim",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["state", "-starts_at", "-id"], name="advocacy_meeting_state"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                condition=models.Q(("state", "submitted")), fields=["submitted_at", "id"], name="advocacy_meeting_to_approve"
            ),
        ),
        migrations.AddIndex(
            model_name="partnership",
            index=models.Index(fields=["ends_on", "id"], name="advocacy_partnership_ends"),
        ),
    ]
