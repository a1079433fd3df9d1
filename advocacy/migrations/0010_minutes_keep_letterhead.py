"""
Minutes that were approved before papers had a letterhead keep the one of today: from here on no
change of the team reaches them.
"""

from django.db import migrations


def keep_letterheads(apps, schema_editor):
    meetings = apps.get_model("advocacy", "Meeting").objects
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
        for meeting in meetings.filter(team=team, state="approved").iterator():
            if "letterhead" not in meeting.kept:
                kept = meeting.kept | {"letterhead": words | {"team": meeting.kept["team"]}}
                meetings.filter(pk=meeting.pk).update(kept=kept)


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0009_invitation_letter"),
        ("programs", "0005_independence"),
    ]

    operations = [migrations.RunPython(keep_letterheads, migrations.RunPython.noop)]
