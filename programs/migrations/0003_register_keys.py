"""Brings what is stored to the new register: sectors with their level, name keys, telephone numbers in one form."""

from contextlib import suppress

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
    ended = apps.get_model("programs", "Membership").objects.filter(ends_on__isnull=False, end_reason="")
    ended.update(end_reason="Tidak dicatat")


class Migration(migrations.Migration):
    dependencies = [("programs", "0002_register_and_decrees")]
    operations = [migrations.RunPython(bring, migrations.RunPython.noop)]
