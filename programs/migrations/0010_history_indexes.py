from django.conf import settings
from django.db import migrations, models

from sinergi.kit.migrations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0009_kept_words"),
        ("villages", "0007_history_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="historicalaccountevent",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalachievement",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalassignment",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalbudgetline",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicaldecree",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicaldecreemember",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalexpense",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalfundingsource",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalinstitution",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalmembership",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalmerge",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalperson",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalplancomment",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalplannedactivity",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalplansubmission",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalteam",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalworkplan",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AddIndex(
                    model_name="historicalaccountevent",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_c21dc8_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalachievement",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_036e7b_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalachievement",
                    index=models.Index(
                        fields=["activity", "history_date", "history_id"],
                        name="programs_hi_activit_cdec75_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalassignment",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_1827d4_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalbudgetline",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_84b7aa_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalbudgetline",
                    index=models.Index(
                        fields=["activity", "history_date", "history_id"],
                        name="programs_hi_activit_7d1a05_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicaldecree",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_99061b_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicaldecree",
                    index=models.Index(
                        fields=["team", "history_date", "history_id"],
                        name="programs_hi_team_id_091d78_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicaldecreemember",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_d68aeb_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalexpense",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_55253c_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalexpense",
                    index=models.Index(
                        fields=["activity", "history_date", "history_id"],
                        name="programs_hi_activit_58aedf_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalfundingsource",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_e18152_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalinstitution",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_6682c9_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalmembership",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_558e09_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalmembership",
                    index=models.Index(
                        fields=["team", "history_date", "history_id"],
                        name="programs_hi_team_id_e97213_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalmerge",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_a9f8fc_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalmerge",
                    index=models.Index(
                        fields=["person", "history_date", "history_id"],
                        name="programs_hi_person__3f0e21_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalmerge",
                    index=models.Index(
                        fields=["institution", "history_date", "history_id"],
                        name="programs_hi_institu_a04f9b_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalmerge",
                    index=models.Index(
                        fields=["removed_id", "history_date", "history_id"],
                        name="programs_hi_removed_daae18_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalperson",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_1c7bd7_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalplancomment",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_1bddaa_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalplannedactivity",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_172be0_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalplannedactivity",
                    index=models.Index(
                        fields=["plan", "history_date", "history_id"],
                        name="programs_hi_plan_id_c1b7dd_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalplannedactivity",
                    index=models.Index(
                        condition=models.Q(("history_type", "-")),
                        fields=["plan"],
                        name="programs_plannedactivity_gone",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalplansubmission",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_9f3fbd_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalteam",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_786c76_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalworkplan",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="programs_hi_id_85388a_idx",
                    ),
                ),
            ]
        ),
    ]
