import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy_province(apps, schema_editor):
    """The commitment's province, to each realisation and to each of its versions; also of commitments deleted since."""
    Commitment, Realisation = (apps.get_model("advocacy", name) for name in ("Commitment", "Realisation"))
    HistoricalCommitment, HistoricalRealisation = (
        apps.get_model("advocacy", f"Historical{model.__name__}") for model in (Commitment, Realisation)
    )
    there = Commitment.objects.filter(pk=OuterRef("commitment_id")).order_by().values("province_id")
    Realisation.objects.update(province_id=Subquery(there))
    was = HistoricalCommitment.objects.filter(id=OuterRef("commitment_id")).order_by("-history_id").values("province_id")
    HistoricalRealisation.objects.update(province_id=Subquery(was[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0009_read_indexes"),
        ("programs", "0012_paper_of_approved_plans"),
        ("villages", "0008_district_alias_history"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="followup", name="advocacy_followup_open"),
        migrations.RemoveIndex(model_name="followup", name="advocacy_followup_prov_due"),
        migrations.RemoveIndex(model_name="followup", name="advocacy_followup_person_due"),
        migrations.AddField(
            model_name="realisation",
            name="province",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.province",
                verbose_name="provinsi",
            ),
        ),
        migrations.AddField(
            model_name="historicalrealisation",
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
        migrations.RunPython(copy_province, migrations.RunPython.noop, elidable=True),
    ]
