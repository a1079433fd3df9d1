"""50,000 meetings with their rows, and a library in each of the 83,762 villages."""

from datetime import UTC, date, datetime, timedelta

from django.db import connection

from advocacy.models import Attendance, FollowUp, Meeting
from advocacy.models.minutes import STAMPS
from programs.models import Team
from sinergi.accounts.models import User
from sinergi.accounts.sessions import SessionStore
from sinergi.home import demo
from villages.models import Library, Village

MEETINGS = 50_000
BATCH = 5_000


def fill():
    """Once for a database; a second call finds everything there."""
    if not demo.is_loaded():
        demo.load()
    team = Team.objects.select_related("province").get()
    if Meeting.objects.count() < MEETINGS:
        _meetings(team)
    if Library.objects.village().count() < 83_762:
        _libraries()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _meetings(team):
    begin = datetime(2019, 1, 1, 2, tzinfo=UTC)
    people = [m.person for m in team.memberships.select_related("person")]
    made = Meeting.objects.bulk_create(
        (
            Meeting(
                team=team,
                province=team.province,
                title=f"Rapat internal nomor {n}: kemajuan rencana kerja dan draf SK Gubernur",
                place="Ruang rapat dinas",
                starts_at=begin + timedelta(hours=n),
                state=["submitted", "submitted", "held", "submitted"][n % 4],
            )
            for n in range(MEETINGS)
        ),
        batch_size=BATCH,
    )
    for start in range(0, MEETINGS, BATCH):
        part = made[start : start + BATCH]
        Attendance.objects.bulk_create(
            (
                Attendance(meeting=m, person=p, name=p.name, presence="present")
                for m in part
                for p in people
            ),
            batch_size=BATCH,
        )
        followups = FollowUp.objects.bulk_create(
            (
                FollowUp(
                    meeting=m,
                    province_id=m.province_id,
                    what="Menyusun usulan",
                    person_in_charge=people[2],
                    due_on=date(2030, 1, 1),
                )
                for m in part
                for _ in range(2)
            ),
            batch_size=BATCH,
        )
        approved = [m for n, m in enumerate(part) if n % 4 < 2]
        approve(approved, followups, {"name": people[2].name, "position": "", "institution": ""})


def approve(meetings, followups, holder):
    """With the words that approval keeps: as many as a meeting of this size has."""
    tasks = {meeting.pk: {} for meeting in meetings}
    for row in followups:
        if row.meeting_id in tasks:
            tasks[row.meeting_id][str(row.pk)] = holder
    for meeting in meetings:
        meeting.state = "approved"
        meeting.kept = {
            "team": meeting.team.name,
            "when": meeting.when_text,
            "regency": "",
            "activity": "",
            "chair": None,
            "note_taker": None,
            "followups": tasks[meeting.pk],
            "cases": {},
            "by": dict.fromkeys(STAMPS, ""),
        }
    Meeting.objects.bulk_update(meetings, ["state", "kept"], batch_size=500)


def _libraries():
    there = set(Library.objects.village().values_list("village_id", flat=True))
    rows = Village.objects.exclude(pk__in=there).values_list(
        "pk", "name", "regency_id", "province_id"
    )
    Library.objects.bulk_create(
        (
            Library(
                level="village",
                name=f"Perpustakaan Desa {name}",
                village_id=pk,
                regency_id=regency,
                province_id=province,
            )
            for pk, name, regency, province in rows.iterator()
        ),
        batch_size=BATCH,
    )


def session_of(username, *, superuser=False):
    """Return a session key for this account, as after signing in."""
    user, _ = User.objects.get_or_create(
        username=username, defaults={"is_superuser": superuser, "is_staff": superuser}
    )
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = "sinergi.accounts.backends.RoleBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()
    return session.session_key
