"""What holds for a follow-up of a visit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("advocacy", "0005_recommendations")]

    operations = [
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("meeting__isnull", False), ("visit__isnull", True)),
                    models.Q(("meeting__isnull", True), ("visit__isnull", False)),
                    _connector="OR",
                ),
                name="advocacy_followup_one_origin",
                violation_error_message=(
                    "Tindak lanjut berasal dari tepat satu rapat atau satu kunjungan."
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("visit__isnull", False), ("person_in_charge__isnull", False), _connector="OR"
                ),
                name="advocacy_followup_held_by_a_person",
                violation_error_message="Pilih siapa yang memegang tindak lanjut ini.",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_as", ""), ("closed_at__isnull", True)),
                    models.Q(
                        ("closed_at__isnull", False), models.Q(("closed_as", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="advocacy_followup_closed_as_something",
                violation_error_message="Tindak lanjut ditutup sebagai selesai atau tidak perlu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("minuted_due_on__isnull", True), ("minuted_person__isnull", True)),
                    models.Q(("minuted_due_on__isnull", False), ("minuted_person__isnull", False)),
                    models.Q(("minuted_due_on__isnull", False), ("visit__isnull", False)),
                    _connector="OR",
                ),
                name="advocacy_followup_minuted_whole",
                violation_error_message="Siapa dan kapan menurut notula disimpan bersama.",
            ),
        ),
    ]
