from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0008_report_sheets"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="programreference",
            constraint=models.UniqueConstraint(
                models.F("kind"),
                Lower("title"),
                name="villages_programreference_title_once",
                violation_error_message="Rujukan dengan judul ini sudah ada.",
            ),
        ),
    ]
