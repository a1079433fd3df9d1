"""
50,000 visits over the country, written in bulk: four to most libraries that are visited at all,
twenty to one of each province, with the answers to a checklist of twelve questions, and two
recommendations in a tenth of them, which the next visit answers.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from advocacy.models import (
    ChecklistVersion,
    FollowUp,
    RecommendationAnswer,
    Visit,
    VisitAttendance,
)
from advocacy.questions import Kind
from programs.models import Team
from sinergi.accounts.models import User
from sinergi.kit import bulk
from tests import factories
from villages.models import Library

VISITS = 50_000
QUESTIONS = 12
OFTEN = 64  # every so many visits of a province go to its first library
DAYS = 4 * 365
BATCH = 5_000


def fill():
    """Once for a database whose libraries and teams are there."""
    if Visit.objects.exists():
        return
    by = User.objects.get(username="sekretariat")
    with transaction.atomic():
        asked = factories.questions(QUESTIONS)
        factories.checklist(by=by, asked=asked, province_code=None)
        version = ChecklistVersion.objects.get()
        teams = list(Team.objects.select_related("province").order_by("province"))
        for n, team in enumerate(teams):
            _province(team, len(range(n, VISITS, len(teams))), version, by)
        bulk.keep_history(Visit.objects.all(), "+", by=None)
        bulk.keep_history(FollowUp.objects.filter(visit__isnull=False), "+", by=None)


def busy_library(province):
    """Return the library of this province that is visited most."""
    return Library.objects.get(pk=_libraries(province, 1)[0].pk)


def _libraries(province, number):
    rows = Library.objects.filter(province=province, level="village").order_by("pk")
    return list(rows.select_related("village", "regency", "province")[:number])


def _province(team, number, version, by):
    libraries = _libraries(team.province, number // 4)
    today, made, letterhead = timezone.localdate(), [], team.letterhead_words
    for n in range(number):
        library = libraries[0 if n % OFTEN == 0 else n % len(libraries)]
        visit = Visit(
            team=team,
            visited_on=today - timedelta(days=n * DAYS // number),
            purpose=("both", "monitoring", "mentoring")[n % 3],
            met="Pengelola perpustakaan",
            checklist_version=version,
            answers=_answers(version.asked, n),
            findings=f"Ruang baca tertata, koleksi bertambah {n % 50} judul.",
            created_by=by,
        )
        visit.set_library(library)
        if n % 50:
            visit.state, visit.sent_by, visit.sent_at = "sent", by, timezone.now()
            visit.kept = _words(library, by) | {"letterhead": letterhead}
        made.append(visit)
    Visit.objects.bulk_create(made, batch_size=BATCH)
    members = [row.person for row in team.memberships.in_order_of_role().select_related("person")]
    rows = (
        VisitAttendance(visit=visit, person=person, name=person.name, institution="Dinas")
        for visit in made
        for person in members[1:3]
    )
    VisitAttendance.objects.bulk_create(rows, batch_size=BATCH)
    _recommendations(made, members[2])


def _answers(asked, n):
    """Return an answer to each question."""
    by_kind = {
        Kind.YES_NO: lambda _: n % 2 == 0,
        Kind.NUMBER: lambda _: n % 300,
        Kind.DECIMAL: lambda _: f"{n % 9}.5",
        Kind.ONE: lambda one: one.choices[n % len(one.choices)].key,
        Kind.SEVERAL: lambda one: [choice.key for choice in one.choices[: n % 3]] or None,
        Kind.TEXT: lambda _: "Pengelola merangkap tugas lain di kantor desa.",
    }
    return {one.key: by_kind[one.kind](one) for one in asked}


def _words(library, by):
    return {
        "library": library.name,
        "place": library.place_words,
        "head": library.head,
        "activity": "",
        "followups": {},
        "answers": {},
        "earlier": {},
        "by": {"created": str(by), "sent": str(by)},
    }


def _recommendations(visits, holder):
    """
    Write two of every tenth visit that was sent, one of them to a member; the next visit to the
    library, where there is one, found the first done.
    """
    next_visits, last = {}, {}
    for visit in visits:  # the newest comes first
        next_visits[visit.pk] = last.get(visit.library_id)
        if not visit.is_draft:
            last[visit.library_id] = visit
    sources = [visit for visit in visits if not visit.is_draft][::10]
    made = []
    for visit in sources:
        for order, person in enumerate([None, holder]):
            row = FollowUp(
                visit=visit,
                province_id=visit.province_id,
                order=order,
                what=f"Lengkapi layanan bagian {order + 1} bersama warga",
                person_in_charge=person,
                due_on=visit.visited_on + timedelta(days=60),
            )
            if order == 0 and next_visits[visit.pk]:
                row.closed_at, row.closed_as, row.closing_note = timezone.now(), "done", "Ada."
            made.append(row)
    FollowUp.objects.bulk_create(made, batch_size=BATCH)
    answers = []
    for row in made:
        name = row.person_in_charge.name if row.person_in_charge else row.manager_name
        row.visit.kept["followups"][str(row.pk)] = {"name": name}
        if later := next_visits[row.visit_id]:
            said = "open" if row.is_open else "done"
            answers.append(
                RecommendationAnswer(visit=later, followup=row, answer=said, note="Terlihat.")
            )
    RecommendationAnswer.objects.bulk_create(answers, batch_size=BATCH)
    for row in answers:
        said = {"what": row.followup.what, "holder": row.followup.holder}
        row.visit.kept["answers"][str(row.pk)] = said
    touched = {visit.pk: visit for visit in [*sources, *(row.visit for row in answers)]}
    Visit.objects.bulk_update(touched.values(), ["kept"], batch_size=500)
