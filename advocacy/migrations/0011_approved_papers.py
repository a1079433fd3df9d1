"""The PDF of approved minutes is kept from its first download on."""

import django.db.models.deletion
from django.db import migrations, models

import sinergi.kit.uploads


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0010_minutes_keep_letterhead"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApprovedPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("approved_at", models.DateTimeField(verbose_name="disahkan pada")),
                ("paper_size", models.CharField(max_length=2, verbose_name="ukuran kertas")),
                (
                    "file",
                    models.FileField(
                        upload_to=sinergi.kit.uploads.random_path, verbose_name="berkas"
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="dibuat pada")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approved_papers",
                        to="advocacy.meeting",
                        verbose_name="rapat",
                    ),
                ),
            ],
            options={
                "verbose_name": "naskah yang disahkan",
                "verbose_name_plural": "naskah yang disahkan",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "approved_at", "paper_size"),
                        name="advocacy_approvedpaper_once",
                        violation_error_message="Naskah ini sudah tersimpan.",
                    )
                ],
            },
        ),
    ]
