from django.conf import settings
from django.db import migrations, models

from sinergi.kit.migrations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0006_kept_words"),
        ("programs", "0010_history_indexes"),
        ("villages", "0007_history_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="historicaladvocacycase",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalagendaitem",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalattachment",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalattendance",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalaudiencecase",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalbeneficiary",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalcaseplace",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalcasestep",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalcommitment",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalfollowup",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalmediacoverage",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalmeeting",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalpartnership",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AlterField(
                    model_name="historicalrealisation",
                    name="history_date",
                    field=models.DateTimeField(),
                ),
                migrations.AddIndex(
                    model_name="historicaladvocacycase",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_0e3f52_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalagendaitem",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_8d1c46_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalagendaitem",
                    index=models.Index(
                        fields=["meeting", "history_date", "history_id"],
                        name="advocacy_hi_meeting_717f6f_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalattachment",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_c00446_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalattachment",
                    index=models.Index(
                        fields=["meeting", "history_date", "history_id"],
                        name="advocacy_hi_meeting_fdb0b3_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalattendance",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_36d816_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalattendance",
                    index=models.Index(
                        fields=["meeting", "history_date", "history_id"],
                        name="advocacy_hi_meeting_dae090_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalaudiencecase",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_fac498_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalaudiencecase",
                    index=models.Index(
                        fields=["meeting", "history_date", "history_id"],
                        name="advocacy_hi_meeting_69e4d3_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalbeneficiary",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_bfc5b1_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalbeneficiary",
                    index=models.Index(
                        fields=["realisation", "history_date", "history_id"],
                        name="advocacy_hi_realisa_a86f2d_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalcaseplace",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_83e5a6_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalcaseplace",
                    index=models.Index(
                        fields=["case", "history_date", "history_id"],
                        name="advocacy_hi_case_id_050355_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalcasestep",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_fded6a_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalcasestep",
                    index=models.Index(
                        fields=["case", "history_date", "history_id"],
                        name="advocacy_hi_case_id_0a2251_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalcommitment",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_8514b2_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalfollowup",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_33e5a6_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalfollowup",
                    index=models.Index(
                        fields=["meeting", "history_date", "history_id"],
                        name="advocacy_hi_meeting_3174c4_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalmediacoverage",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_44adb9_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalmeeting",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_f692e9_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalpartnership",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_17b9cf_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalrealisation",
                    index=models.Index(
                        fields=["id", "history_date", "history_id"],
                        name="advocacy_hi_id_2ef0ca_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalrealisation",
                    index=models.Index(
                        fields=["commitment", "history_date", "history_id"],
                        name="advocacy_hi_commitm_fb4d8c_idx",
                    ),
                ),
                migrations.AddIndex(
                    model_name="historicalrealisation",
                    index=models.Index(
                        condition=models.Q(("history_type", "-")),
                        fields=["commitment"],
                        name="advocacy_realisation_gone",
                    ),
                ),
            ]
        ),
    ]
