from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0012_task_indexes"),
        ("programs", "0012_paper_of_approved_plans"),
        ("villages", "0009_shelf_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalmeeting",
            name="time_is_set",
            field=models.BooleanField(default=True, verbose_name="waktu mulai sudah diisi"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="time_is_set",
            field=models.BooleanField(default=True, verbose_name="waktu mulai sudah diisi"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("time_is_set", True), models.Q(("state__in", ["submitted", "approved"]), _negated=True), _connector="OR"
                ),
                name="advocacy_meeting_sent_with_a_time",
                violation_error_message="Notula yang dikirim memerlukan waktu mulai.",
            ),
        ),
    ]
