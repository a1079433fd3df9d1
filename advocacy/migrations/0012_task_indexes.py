from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0011_country_indexes"),
        ("programs", "0012_paper_of_approved_plans"),
        ("villages", "0009_shelf_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
