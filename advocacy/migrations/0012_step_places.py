"""Every step of the expansion gets its place, and the day of the step after it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    step, case = (apps.get_model("advocacy", f"Expansion{name}") for name in ("Step", "Case"))
    place = case.objects.filter(pk=OuterRef("case"))
    after = step.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    step.objects.update(
        province=Subquery(place.values("province")),
        regency=Subquery(place.values("regency")),
        left_on=Subquery(after.order_by("number").values("reached_on")[:1]),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0011_approved_papers"),
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
            model_name="expansionstep",
            name="province",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.province",
                verbose_name="provinsi",
            ),
        ),
        migrations.AddField(
            model_name="expansionstep",
            name="regency",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.regency",
                verbose_name="kabupaten/kota",
            ),
        ),
        migrations.AddField(
            model_name="historicalexpansionstep",
            name="left_on",
            field=models.DateField(editable=False, null=True, verbose_name="sampai tanggal"),
        ),
        migrations.AddField(
            model_name="historicalexpansionstep",
            name="province",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="villages.province",
                verbose_name="provinsi",
            ),
        ),
        migrations.AddField(
            model_name="historicalexpansionstep",
            name="regency",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="villages.regency",
                verbose_name="kabupaten/kota",
            ),
        ),
        migrations.AddIndex(
            model_name="expansionstep",
            index=models.Index(fields=["province", "regency"], name="advocacy_expansionstep_place"),
        ),
        migrations.AddIndex(
            model_name="expansionstep",
            index=models.Index(fields=["regency"], name="advocacy_expansionstep_regency"),
        ),
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
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
