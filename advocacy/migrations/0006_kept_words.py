"""Minutes that are approved keep the names they show: those of today, for what was approved before."""

from django.conf import settings
from django.db import migrations, models

from sinergi.kit import dates

STAMPS = ["created", "held", "submitted", "returned", "reopened", "approved", "cancelled"]
BATCH = 500


def keep_words(apps, schema_editor):
    Meeting = apps.get_model("advocacy", "Meeting")
    related = ["team", "province", "regency", "activity", "chair__institution", "note_taker__institution"]
    rows = Meeting.objects.filter(state="approved", kept__isnull=True)
    rows = rows.select_related(*related, *(f"{stamp}_by" for stamp in STAMPS)).prefetch_related(
        "attendance", "followups__person_in_charge__institution", "audience_cases__case__institution"
    )
    batch = []
    for meeting in rows.iterator(chunk_size=BATCH):
        meeting.kept = words_of(meeting)
        batch.append(meeting)
        if len(batch) == BATCH:
            Meeting.objects.bulk_update(batch, ["kept"])
            batch = []
    Meeting.objects.bulk_update(batch, ["kept"])


def words_of(meeting):
    that_day = {row.person_id: row for row in meeting.attendance.all() if row.person_id}
    return {
        "team": meeting.team.name,
        "when": when_text(meeting),
        "regency": meeting.regency.name if meeting.regency_id else "",
        "activity": meeting.activity.title if meeting.activity_id else "",
        "chair": person_words(meeting.chair, that_day),
        "note_taker": person_words(meeting.note_taker, that_day),
        "followups": {str(row.pk): person_words(row.person_in_charge, that_day) for row in meeting.followups.all()},
        "cases": {
            str(row.pk): {"institution": row.case.institution.name, "asked": row.case.asked}
            for row in meeting.audience_cases.all()
        },
        "by": {stamp: account_name(getattr(meeting, f"{stamp}_by")) for stamp in STAMPS},
    }


def person_words(person, that_day):
    if person is None:
        return None
    row = that_day.get(person.pk)
    office = person.institution.name if person.institution_id else ""
    return {
        "name": person.name,
        "position": row.position if row else person.position,
        "institution": row.institution if row else office,
    }


def account_name(account):
    return (f"{account.first_name} {account.last_name}".strip() or account.username) if account else ""


def when_text(meeting):
    zone = meeting.province.time_zone
    starts = dates.in_zone(meeting.starts_at, zone)
    if not meeting.day_is_set:
        return f"{dates.month_year(starts)}, tanggal belum ditetapkan"
    until = f"–{dates.clock(dates.in_zone(meeting.ends_at, zone))}" if meeting.ends_at else ""
    return f"{dates.full_date(starts)}, pukul {dates.clock(starts)}{until} {dates.ZONE_NAMES[zone]}"


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0005_search"),
        ("programs", "0009_kept_words"),
        ("villages", "0003_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="historicalmeeting",
            name="kept",
            field=models.JSONField(editable=False, null=True, verbose_name="kata-kata saat disahkan"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="kept",
            field=models.JSONField(editable=False, null=True, verbose_name="kata-kata saat disahkan"),
        ),
        migrations.RunPython(keep_words, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kept__isnull", False), ("state", "approved")),
                    models.Q(models.Q(("state", "approved"), _negated=True), ("kept__isnull", True)),
                    _connector="OR",
                ),
                name="advocacy_meeting_approved_keeps_its_words",
                violation_error_message="Notula yang disahkan menyimpan kata-katanya saat itu.",
            ),
        ),
    ]
