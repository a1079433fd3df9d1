"""A follow-up may be the recommendation of a visit; what is closed says as what."""

import django.db.models.deletion
from django.db import migrations, models


def say_done(apps, schema_editor):
    """Until now, what was closed was done."""
    for name in ("FollowUp", "HistoricalFollowUp"):
        rows = apps.get_model("advocacy", name).objects.filter(closed_at__isnull=False)
        rows.update(closed_as="done")


class Migration(migrations.Migration):
    dependencies = [("advocacy", "0004_visits")]

    operations = [
        migrations.RemoveConstraint(
            model_name="followup",
            name="advocacy_followup_minuted_whole",
        ),
        migrations.AddField(
            model_name="followup",
            name="closed_as",
            field=models.CharField(
                blank=True,
                choices=[("done", "Selesai"), ("dropped", "Tidak perlu lagi")],
                editable=False,
                max_length=10,
                verbose_name="ditutup sebagai",
            ),
        ),
        migrations.AddField(
            model_name="historicalfollowup",
            name="closed_as",
            field=models.CharField(
                blank=True,
                choices=[("done", "Selesai"), ("dropped", "Tidak perlu lagi")],
                editable=False,
                max_length=10,
                verbose_name="ditutup sebagai",
            ),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="person",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)s",
                to="programs.person",
                verbose_name="orang",
            ),
        ),
        migrations.AlterField(
            model_name="followup",
            name="meeting",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="followups",
                to="advocacy.meeting",
                verbose_name="rapat",
            ),
        ),
        migrations.AlterField(
            model_name="followup",
            name="person_in_charge",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followups",
                to="programs.person",
                verbose_name="siapa",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="visit",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="followups",
                to="advocacy.visit",
                verbose_name="kunjungan",
            ),
        ),
        migrations.AddField(
            model_name="followupnote",
            name="visit",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followup_notes",
                to="advocacy.visit",
                verbose_name="kunjungan",
            ),
        ),
        migrations.AddField(
            model_name="historicalfollowup",
            name="visit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="advocacy.visit",
                verbose_name="kunjungan",
            ),
        ),
        migrations.AddField(
            model_name="historicalfollowupnote",
            name="visit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="advocacy.visit",
                verbose_name="kunjungan",
            ),
        ),
        migrations.AddIndex(
            model_name="historicalfollowup",
            index=models.Index(
                fields=["visit", "history_date", "history_id"],
                name="advocacy_hi_visit_i_5a5333_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="historicalfollowup",
            index=models.Index(
                condition=models.Q(("history_type", "-")),
                fields=["visit"],
                name="advocacy_followup_gone_visit",
            ),
        ),
        migrations.RunPython(say_done, migrations.RunPython.noop),
    ]
