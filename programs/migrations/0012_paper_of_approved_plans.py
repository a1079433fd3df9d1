from zoneinfo import ZoneInfo

from django.db import migrations, models


def keep_papers(apps, schema_editor):
    """Of what was approved before papers were kept."""
    submissions = apps.get_model("programs", "PlanSubmission").objects
    for row in submissions.filter(outcome="approved", paper__isnull=True).select_related("plan__team__province"):
        row.paper = paper_of(apps, row)
        row.save(update_fields=["paper"])


def paper_of(apps, submission):
    """The team as its history has it on that day, and what the accounts are called now, which have no history."""
    live, day = submission.plan.team, submission.decided_at
    history = apps.get_model("programs", "HistoricalTeam").objects.filter(id=live.pk, history_date__lte=day)
    team = history.order_by("history_date", "history_id").last() or live
    return {
        "team": team.name,
        "government": f"Pemerintah Provinsi {live.province.name}",
        "office": team.office,
        "letterhead": [line for line in team.letterhead.splitlines() if line.strip()],
        "seat": team.seat,
        "decided_on": day.astimezone(ZoneInfo(live.province.time_zone)).date().isoformat(),
        "accounts": accounts_of(apps, submission),
    }


def accounts_of(apps, submission):
    """{key: name} of whoever submitted, decided, commented or resolved until then."""
    keys = set()
    rows = apps.get_model("programs", "PlanSubmission").objects.filter(plan=submission.plan, number__lte=submission.number)
    comments = apps.get_model("programs", "PlanComment").objects.filter(plan=submission.plan, round__lte=submission.number)
    for pairs in (rows.values_list("created_by", "decided_by"), comments.values_list("created_by", "resolved_by")):
        for pair in pairs:
            keys.update(pair)
    accounts = apps.get_model("accounts", "User").objects.filter(pk__in=keys - {None})
    return {str(one.pk): f"{one.first_name} {one.last_name}".strip() or one.username for one in accounts}


class Migration(migrations.Migration):
    dependencies = [("programs", "0011_plan_paper")]
    operations = [
        migrations.RunPython(keep_papers, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="plansubmission",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("outcome", "approved"), _negated=True), ("paper__isnull", False), _connector="OR"),
                name="programs_plansubmission_approved_with_paper",
                violation_error_message="Kop surat dan nama disimpan saat rencana disetujui.",
            ),
        ),
    ]
