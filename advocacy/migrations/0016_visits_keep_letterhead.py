"""
Visits that were sent before their report was a paper keep the letterhead of today: from here on no
change of the team reaches them.
"""

from django.db import migrations


def keep_letterheads(apps, schema_editor):
    visits = apps.get_model("advocacy", "Visit").objects
    teams = apps.get_model("programs", "Team").objects.select_related("province")
    for team in teams:
        words = {
            "team": team.name,
            "government": f"Pemerintah Provinsi {team.province.name}",
            "office": team.office,
            "letterhead": [line for line in team.letterhead.splitlines() if line.strip()],
            "seat": team.seat,
            "logo": "",
        }
        for visit in visits.filter(team=team, state="sent").iterator():
            if "letterhead" not in visit.kept:
                visits.filter(pk=visit.pk).update(kept=visit.kept | {"letterhead": words})


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0015_training_search"),
        ("programs", "0005_independence"),
    ]

    operations = [migrations.RunPython(keep_letterheads, migrations.RunPython.noop)]
