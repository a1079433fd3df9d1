"""Brings what is stored to the new register: sectors with their level, name keys, numbers in one form, periods apart."""

from contextlib import suppress
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import migrations

from programs.names import institution_key, person_key
from sinergi.kit.phones import normal

KEYS = {"Institution": institution_key, "Person": person_key}


def bring(apps, schema_editor):
    for name in ("Institution", "HistoricalInstitution"):
        apps.get_model("programs", name).objects.filter(sector="government").update(sector="gov_province")
    for name, key_of in KEYS.items():
        for row in apps.get_model("programs", name).objects.all():
            row.name_key = key_of(row.name)
            if getattr(row, "phone", ""):
                with suppress(ValidationError):  # shown as it is until somebody corrects it
                    row.phone = normal(row.phone)
            row.save()
    memberships = apps.get_model("programs", "Membership").objects
    memberships.filter(ends_on__isnull=False, end_reason="").update(end_reason="Tidak dicatat")
    part_periods(memberships.order_by("team", "person", "starts_on", "pk"), lambda m: (m.team_id, m.person_id))
    part_periods(memberships.filter(role="chair").order_by("team", "starts_on", "pk"), lambda m: m.team_id)


def part_periods(rows, owner):
    """A handover on one day now ends the day before; what overlaps by more, a person mends first."""
    before = None
    for row in rows:
        if before and owner(before) == owner(row) and (before.ends_on is None or before.ends_on >= row.starts_on):
            if before.ends_on != row.starts_on or before.starts_on == row.starts_on:
                raise ValueError(f"Keanggotaan {before.pk} dan {row.pk} bertumpuk. Perbaiki tanggalnya, lalu migrasi lagi.")
            before.ends_on = row.starts_on - timedelta(days=1)
            before.save()
        before = row


class Migration(migrations.Migration):
    dependencies = [("programs", "0002_register_and_decrees")]
    operations = [migrations.RunPython(bring, migrations.RunPython.noop)]
