"""Every step of the expansion knows the day of the step after it; those that stand are told."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    step = apps.get_model("advocacy", "ExpansionStep")
    after = step.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    step.objects.update(left_on=Subquery(after.order_by("number").values("reached_on")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0008_expansion"),
        ("programs", "0005_independence"),
        ("villages", "0009_reference_titles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="expansionstep",
            name="left_on",
            field=models.DateField(editable=False, null=True, verbose_name="sampai tanggal"),
        ),
        migrations.AddField(
            model_name="historicalexpansionstep",
            name="left_on",
            field=models.DateField(editable=False, null=True, verbose_name="sampai tanggal"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="expansionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_on__isnull", True),
                    ("left_on__gte", models.F("reached_on")),
                    _connector="OR",
                ),
                name="advocacy_expansionstep_days_in_order",
                violation_error_message="Tanggal suatu langkah tidak sebelum langkah sebelumnya.",
            ),
        ),
    ]
