"""
The limits of thresholds as they are meant: a database made while 0004 stood without an upper limit
gets it; any other has the same constraint afterwards.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0010_words"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="threshold", name="villages_threshold_values"),
        migrations.AddConstraint(
            model_name="threshold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("green__gte", 0),
                    ("weight__gte", 0),
                    ("weight__lte", 100),
                    ("yellow__gte", 0),
                    models.Q(
                        models.Q(("green__lt", 1000000000), ("yellow__lt", 1000000000)),
                        ("indicator__in", ["village_budget"]),
                        _connector="OR",
                    ),
                ),
                name="villages_threshold_values",
                violation_error_message="Batasnya tidak kurang dari 0, bobotnya 0 sampai 100.",
            ),
        ),
    ]
