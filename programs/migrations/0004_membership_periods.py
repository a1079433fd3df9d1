from django.db import migrations, models

import sinergi.kit.periods
from sinergi.kit.indexes import TrigramIndex


class Migration(migrations.Migration):
    dependencies = [("programs", "0003_register_keys")]
    operations = [
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), models.Q(("end_reason", ""), _negated=True), _connector="OR"),
                name="programs_membership_ended_with_reason",
                violation_error_message="Tuliskan alasan berakhirnya.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaces__isnull", True), models.Q(("replaces", models.F("id")), _negated=True), _connector="OR"
                ),
                name="programs_membership_not_its_own_successor",
                violation_error_message="Keanggotaan tidak dapat menggantikan dirinya sendiri.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=sinergi.kit.periods.NoOverlap(
                end="ends_on",
                fields=["team", "person"],
                name="programs_membership_once_at_a_time",
                only={},
                start="starts_on",
                violation_error_message="Orang ini sudah menjadi anggota tim pada masa itu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=sinergi.kit.periods.NoOverlap(
                end="ends_on",
                fields=["team"],
                name="programs_membership_one_chair",
                only={"role": "chair"},
                start="starts_on",
                violation_error_message="Tim hanya mempunyai satu ketua pada satu waktu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=sinergi.kit.periods.NoOverlap(
                end="ends_on",
                fields=["team"],
                name="programs_membership_one_coordinator",
                only={"is_coordinator": True},
                start="starts_on",
                violation_error_message="Tim hanya mempunyai satu koordinator harian pada satu waktu.",
            ),
        ),
        TrigramIndex("Person", "name"),
        TrigramIndex("Institution", "name"),
    ]
