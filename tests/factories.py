"""
What tests need to stand on: places with their real codes, accounts by role, a team of eight, a
meeting.
"""

import io
import itertools
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import BytesIO
from uuid import uuid4

from django.core.files.base import ContentFile
from docx import Document
from PIL import Image

from advocacy.actions import (
    MeetingMinutes,
    VisitReport,
    add_photo,
    begin_draft,
    create_checklist,
    note_progress,
    publish_draft,
    record_meeting,
    record_visit,
    save_case,
    save_commitment,
    save_questions,
    save_realisation,
    save_training,
    save_trip,
)
from advocacy.actions.cadence import put_off_reminder, snoozes_of
from advocacy.actions.expansion import add_step, open_case
from advocacy.models import (
    AdvocacyCase,
    AgendaItem,
    Attendance,
    CadenceRule,
    CadenceSnooze,
    Checklist,
    Commitment,
    ExpansionCase,
    ExpansionStep,
    FollowUp,
    FollowUpNote,
    MediaCoverage,
    Meeting,
    Partnership,
    Realisation,
    RecommendationAnswer,
    Training,
    TrainingParticipant,
    Trip,
    Visit,
    VisitAttendance,
)
from advocacy.models.checklists import Purpose
from advocacy.questions import Choice, Kind, Question
from programs.actions import (
    approve_plan,
    record_signature,
    return_plan,
    save_activity,
    save_letterhead,
    submit_plan,
    use_template,
)
from programs.documents import draft_of
from programs.models import (
    Achievement,
    Assignment,
    Expense,
    FundingSource,
    Institution,
    Membership,
    Person,
    PlannedActivity,
    Team,
    WordTemplate,
    WorkPlan,
)
from programs.months import mask_of
from sinergi.accounts.actions import create_calendar_feed
from sinergi.accounts.models import CalendarFeed, User
from sinergi.kit import bulk
from sinergi.kit.uploads import SafeFile
from sinergi.kit.word.templates import DOCX
from villages import gazetteer
from villages.actions import TABLES, region_columns, region_row
from villages.actions.reports import save_report
from villages.actions.thresholds import create_thresholds, publish_thresholds
from villages.models import (
    District,
    Library,
    LibraryReport,
    Participation,
    ProgramReference,
    Province,
    Regency,
    ThresholdSet,
    Village,
)
from villages.quarters import Quarter

FOUNDED = date(2018, 11, 28)
counter = itertools.count(1)


def province(code="19"):
    names = {
        "19": "Kepulauan Bangka Belitung",
        "11": "Aceh",
        "71": "Sulawesi Utara",
        "91": "Papua",
        "18": "Lampung",
        "51": "Bali",
    }
    return Province.objects.get_or_create(
        pk=code,
        defaults={"name": lambda: names[code], "time_zone": lambda: gazetteer.time_zone(code)},
    )[0]


def regency(code="19.01", name="Kabupaten Bangka"):
    return Regency.objects.get_or_create(
        pk=code, defaults={"name": name, "province": province(code[:2])}
    )[0]


def village(code="19.01.06.2002", name="Kapuk"):
    above = regency(
        code[:5],
        {"19.01": "Kabupaten Bangka", "19.02": "Kabupaten Belitung"}.get(
            code[:5], "Kabupaten Lain"
        ),
    )
    district, _ = District.objects.get_or_create(
        pk=code[:8], defaults={"name": "Bakam", "regency": above, "province": above.province}
    )
    return Village.objects.get_or_create(
        pk=code,
        defaults={"name": name, "district": district, "regency": above, "province": above.province},
    )[0]


@cache
def _region_rows(code):
    rows = {model: [] for model in TABLES.values()}
    for place in gazetteer.list_places(code):
        rows[TABLES[place.level]].append(region_row(place))
    return rows


def regions(code="19"):
    """
    Every place of a province, as load_regions makes them; read from the official list once a run.
    """
    for model, rows in _region_rows(code).items():
        bulk.insert(model, region_columns(model), rows)


def library(place=None, *, by=None, **fields):
    place = place or village()
    made = Library(**{"name": f"Perpustakaan {place.place_name}"} | fields)
    made.set_place(place)
    return made.save_as(by=by or user())


def participation(of_library, year=2019, *, by=None, **fields):
    """Return a library's part in the programme of that year."""
    return Participation(library=of_library, year=year, **fields).save_as(by=by or user())


def report(
    of_library,
    quarter=None,
    *,
    by,
    state="submitted",
    verified_by=None,
    safe=None,
    **figures,
):
    """
    Return a report of the second quarter of 2019, or another, in the state asked for ("draft",
    "submitted", "verified"), with ten visitors unless other figures are given; `safe` is the
    photograph of its story.
    """
    made = LibraryReport(**{"visitors": 10} | figures)
    made.set_library(of_library)
    made.quarter = quarter or Quarter(2019, 2)
    save_report(report=made, by=by, safe=safe, submit=state != "draft")
    if state == "verified":
        made.verify(by=verified_by)
    return made


def reference(kind="component", key="advocacy", **fields):
    """Return a fact of the programme; that of the migration, where it has not been emptied."""
    kept = ProgramReference.objects.filter(kind=kind, key=key).first()
    said = {"title": "Advokasi", "source": "Artikel, 2019"} | fields
    return kept or ProgramReference(kind=kind, key=key, **said).save_as(by=None)


def user(role=None, *, province_code="19", regency_code=None, username=None, **fields):
    """
    Return an account, with a role at a place when one is named; `province_code=None` is national.
    """
    n = next(counter)
    made = User.objects.create_user(
        username or f"akun{n}", password="rahasia-benar", first_name=f"Akun {role or n}", **fields
    )
    if role:
        assign(made, role, province_code, regency_code)
    return made


def calendar_feed(account, name="Telepon dinas"):
    """Return an address of this account's calendar, with its token."""
    feed = CalendarFeed(name=name)
    return feed, create_calendar_feed(feed=feed, by=account)


def assign(account, role, province_code="19", regency_code=None):
    if province_code:
        province(province_code)
    if regency_code:
        regency(regency_code)
    Assignment(user=account, role=role, province_id=province_code, regency_id=regency_code).save_as(
        by=account
    )
    return account


def institution(name="Dinas Perpustakaan", sector="gov_province", province_code="19"):
    found = Institution.objects.filter(name=name, province=province(province_code)).first()
    return found or Institution(name=name, sector=sector, province=province(province_code)).save_as(
        by=None
    )


def person(name=None, *, province_code="19", account=None, **fields):
    made = Person(
        name=name or f"Perwakilan {next(counter)}",
        province=province(province_code),
        institution=fields.pop("institution", None) or institution(province_code=province_code),
        user=account,
        **fields,
    )
    return made.save_as(by=None)


ROSTER = [
    ("Kepala DKPUS", "responsible", "gov_province"),
    ("Sekretaris DKPUS", "chair", "gov_province"),
    ("PIC Program DKPUS", "secretary", "gov_province"),
    ("Perwakilan DPMD", "member", "gov_province"),
    ("Perwakilan Bappeda", "member", "gov_province"),
    ("Perwakilan perguruan tinggi", "member", "university"),
    ("Perwakilan komunitas baca", "member", "community"),
    ("Perwakilan media cetak", "member", "media"),
]


def team(province_code="19", *, members=ROSTER):
    """
    Return the team of a province, formed on 28 November 2018, with its members from that day.
    Written in bulk: nearly every test has one.
    """
    place = province(province_code)
    made = Team(
        province=place,
        name=f"Tim Sinergi {place.name}",
        office=f"Dinas Perpustakaan {place.name}",
        formed_on=FOUNDED,
    )
    made.save_as(by=None)
    offices = [
        Institution(name=f"Instansi {name}", sector=sector, province=place)
        for name, _, sector in members
    ]
    Institution.objects.bulk_create(offices)
    people = [
        Person(name=row[0], province=place, institution=office)
        for row, office in zip(members, offices, strict=True)
    ]
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(
        Membership(
            team=made, person=one, role=row[1], institution=one.institution, starts_on=FOUNDED
        )
        for row, one in zip(members, people, strict=True)
    )
    for model in (Institution, Person):
        bulk.keep_history(model.objects.filter(province=place), "+", by=None)
    bulk.keep_history(made.memberships.all(), "+", by=None)
    return made


def logo(of_team, *, by=None, color="teal"):
    """Give the team a logo, and return the team."""
    picture = BytesIO()
    Image.new("RGB", (60, 80), color).save(picture, "JPEG")
    safe = SafeFile(ContentFile(picture.getvalue()), "image/jpeg", "lambang.jpg")
    return save_letterhead(team=of_team, by=by, version=of_team.version, safe=safe)


def decree(
    of_team=None,
    *,
    by=None,
    state="signed",
    level="office",
    start=FOUNDED,
    until=None,
    number=None,
    **fields,
):
    """
    Return a decree of the team with everything a draft needs, in the state asked for ("drafting",
    "submitted", "signed").
    """
    of_team = of_team or Team.objects.first() or team()
    made = draft_of(
        of_team, level, amends=fields.pop("amends", None), replaces=fields.pop("replaces", None)
    )
    made.roster_on = fields.pop("roster_on", start)
    for name, value in fields.items():
        setattr(made, name, value)
    made.save_as(by=by)
    if state in ("submitted", "signed"):
        made.submit(by=by)
    if state == "signed":
        made.keep_scan(
            SafeFile(ContentFile(b"%PDF-1.7 pindaian"), "application/pdf", "sk.pdf"), by=by
        )
        record_signature(
            decree=made,
            by=by,
            number=number or f"{next(counter)}/2018",
            signed_on=start,
            signed_in="Pangkalpinang",
            signer="",
            effective_from=start,
            effective_until=until,
        )
    return made


def meeting(
    of_team=None,
    *,
    by=None,
    title="Rapat internal",
    starts_at=datetime(2019, 6, 19, 2, tzinfo=UTC),
    **fields,
):
    """Return a planned meeting without rows."""
    of_team = of_team or Team.objects.first() or team()
    made = Meeting(
        team=of_team, province=of_team.province, title=title, starts_at=starts_at, **fields
    )
    return made.save_as(by=by)


def followup(
    of_meeting, *, person_in_charge=None, what="Menyusun usulan", due_on=date(2019, 7, 5), by=None
):
    row = FollowUp(
        meeting=of_meeting,
        province=of_meeting.province,
        what=what,
        person_in_charge=person_in_charge or person(),
        due_on=due_on,
    )
    return row.save_as(by=by)


def visit(
    to_library=None,
    *,
    by=None,
    visited_on=date(2019, 6, 12),
    went=None,
    answers=None,
    recommended=(),
    send=True,
    **fields,
):
    """
    Return a visit of the team to a library, sent unless told otherwise. `went` are people (default:
    one), `answers` {key: answer} to its `checklist_version`, `recommended` what it leaves to
    whoever runs the library.
    """
    to_library = to_library or library()
    by = by or user("secretariat")
    made = Visit(
        team=to_library.province.team,
        visited_on=visited_on,
        purpose=fields.pop("purpose", Purpose.BOTH),
        answers=answers or {},
        **fields,
    )
    made.set_library(to_library)
    attendance = [
        VisitAttendance(person=one, name=one.name, institution="DKPUS")
        for one in went or [person()]
    ]
    followups = [
        FollowUp(what=what, person_in_charge=None, due_on=visited_on + timedelta(days=30))
        for what in recommended
    ]
    report = VisitReport(visit=made, attendance=attendance, followups=followups)
    return record_visit(report, by=by, send=send)


def photo(of_visit, *, by, name="rak.jpg", idempotency_key=None):
    """Return a photograph of a visit, of a few bytes that stand for a picture."""
    safe = SafeFile(
        ContentFile(b"gambar"), "image/jpeg", name, thumbnail=ContentFile(b"gambar kecil")
    )
    return add_photo(visit=of_visit, safe=safe, by=by, idempotency_key=idempotency_key or uuid4())


def answered(of_followup, *, on, answer, note="Terlihat saat kunjungan.", due_on=None, by=None):
    """Return a sent visit on that day which says this of a recommendation."""
    made = visit(of_followup.visit.library, visited_on=on, send=False, by=by)
    row = RecommendationAnswer(followup=of_followup, answer=answer, note=note, due_on=due_on)
    report = VisitReport(visit=made, recommendations=[row], version=made.version)
    return record_visit(report, by=by or user("secretariat"), send=True)


def trip(of_team=None, *, libraries=(), days=1, by=None, starts_on=None, travellers=0, **fields):
    """
    Return a trip of so many days, from today on, to these libraries, spread over its days, on which
    so many members are sent.
    """
    of_team = of_team or Team.objects.first() or team()
    first = starts_on or of_team.today
    given = {"title": "Bangka", "starts_on": first, "ends_on": first + timedelta(days=days - 1)}
    made = Trip(team=of_team, province=of_team.province, **given | fields)
    stops = [
        (library, made.days[number * days // len(libraries)])
        for number, library in enumerate(libraries)
    ]
    members = of_team.members_on(first)[:travellers]
    sent = [(row.person, row) for row in members]
    return save_trip(trip=made, stops=stops, travellers=sent, by=by)


def progress(of_followup, *, by=None, text="Draf pertama selesai.", due_on=None, person=None):
    """
    Return an entry in the log of a follow-up, with an empty PDF as its evidence; `by`: who may
    (default: the secretariat).
    """
    note = FollowUpNote(followup=of_followup, text=text, due_on=due_on, person=person)
    safe = SafeFile(ContentFile(b"%PDF-1.7 bukti"), "application/pdf", "bukti.pdf")
    return note_progress(
        note=note, seen=of_followup.version, safe=safe, by=by or user("secretariat")
    )


def minutes(
    of_team=None,
    *,
    by=None,
    chair=None,
    state="held",
    title="Rapat internal",
    starts_at=datetime(2019, 6, 19, 2, tzinfo=UTC),
    followups=None,
    **fields,
):
    """
    Return a meeting that took place, with roster, two agenda items and a follow-up (or those
    given), in the state asked for; `chair` decides (default: nobody in particular).
    """
    of_team = of_team or Team.objects.first() or team()
    members = list(of_team.memberships.on(starts_at.date()).in_order_of_role().with_people())
    roster = []
    for membership in members:
        row = Attendance(person=membership.person, presence="present")
        row.take_from(membership)
        roster.append(row)
    made = Meeting(
        team=of_team, province=of_team.province, title=title, starts_at=starts_at, **fields
    )
    made.chair, made.note_taker = members[0].person, members[2].person
    if followups is None:
        followups = [
            FollowUp(
                what="Menyusun usulan",
                person_in_charge=members[2].person,
                due_on=date(2019, 7, 5),
            )
        ]
    record_meeting(
        MeetingMinutes(
            meeting=made,
            roster=roster,
            guests=[
                Attendance(
                    name="Kepala bidang", institution="Bappeda", is_guest=True, presence="present"
                )
            ],
            agenda=[
                AgendaItem(topic="Dasar hukum", notes="Dibahas.", decision="Disetujui."),
                AgendaItem(topic="Belum dibahas"),
            ],
            followups=followups,
        ),
        by=by,
        submit=state in ("submitted", "returned", "approved"),
    )
    if state == "approved":
        made.approve(by=chair)
    if state == "returned":
        made.send_back(by=chair, reason="Lengkapi.")
    return made


def source(of_team=None, *, year=2019, kind="apbd_province", support="cash", ceiling=None, name=""):
    of_team = of_team or Team.objects.first() or team()
    same = {"team": of_team, "year": year, "kind": kind, "support": support, "name": name}
    return FundingSource.objects.filter(**same).first() or FundingSource(
        **same, ceiling=ceiling
    ).save_as(by=None)


def plan(
    of_team=None, *, year=2019, period="year", by=None, state="draft", chair=None, activities=1
):
    """
    Return a plan with that many activities, in the state asked for; `chair` decides (default:
    nobody in particular).
    """
    of_team = of_team or Team.objects.first() or team()
    made = WorkPlan(team=of_team)
    made.set_period(year, period)
    made.save_as(by=by)
    for n in range(activities):
        activity(made, by=by, title=f"Kegiatan {n + 1}")
    if state != "draft":
        made = fresh(made)
        submit_plan(plan=made, by=by)
    if state == "returned":
        return_plan(plan=made, by=chair, reason="Lengkapi jadwalnya.")
    if state in ("approved", "revising"):
        approve_plan(plan=made, by=chair)
    if state == "revising":
        made.revise(by=by, reason="Anggaran berubah.")
    return fresh(made)


def fresh(of_plan):
    """Return the plan as it is stored: a change of its activities takes its version further."""
    return WorkPlan.objects.select_related("team__province").get(pk=of_plan.pk)


def activity(of_plan=None, *, by=None, budget=None, months=(7, 8), **fields):
    """
    Return an activity of the plan; `budget`: {source: rupiah}, by default twelve million from APBD
    provinsi.
    """
    of_plan = of_plan or plan(activities=0)
    if budget is None:
        budget = {source(of_plan.team, year=of_plan.year): 12_000_000}
    made = PlannedActivity(
        plan=of_plan,
        **{
            "role": 2,
            "title": "Pertemuan pemangku kepentingan",
            "way": "stakeholder",
            "target": 3,
            "unit": "pertemuan",
        }
        | fields,
        months=mask_of(months),
    )
    made.person_in_charge = (
        fields.get("person_in_charge") or of_plan.team.memberships.get(role="secretary").person
    )
    return save_activity(activity=made, budget=budget, by=by)


def achievement(
    of_activity, *, by=None, amount=1, achieved_on=date(2019, 7, 20), note="Terlaksana."
):
    return Achievement(
        activity=of_activity, amount=amount, achieved_on=achieved_on, note=note
    ).save_as(by=by)


def expense(
    of_activity,
    *,
    of_source=None,
    by=None,
    amount=450_000,
    spent_on=date(2019, 7, 22),
    what="Konsumsi",
    receipt=True,
):
    """With a receipt: a PDF that says nothing."""
    of_source = of_source or source(of_activity.plan.team, year=of_activity.plan.year)
    made = Expense(
        activity=of_activity, source=of_source, amount=amount, spent_on=spent_on, what=what
    )
    safe = (
        SafeFile(ContentFile(b"%PDF-1.7 kuitansi"), "application/pdf", "kuitansi.pdf")
        if receipt
        else None
    )
    return made.save_submission(safe=safe, by=by)


# Advocacy ---------------------------------------------------------------------------------------
def case(of_team=None, *, by=None, regencies=(), villages=(), since=date(2019, 7, 1), **fields):
    """Return a case at its first stage."""
    of_team = of_team or Team.objects.first() or team()
    given = {"aim": "goods", "asked": "Komputer untuk perpustakaan desa"} | fields
    given.setdefault(
        "institution", institution("Perusahaan swasta", "private", of_team.province_id)
    )
    given.setdefault("person_in_charge", of_team.memberships.get(role="secretary").person)
    made = AdvocacyCase(team=of_team, province=of_team.province, stage_since=since, **given)
    return save_case(case=made, regencies=regencies, villages=villages, by=by)


def audience(of_team=None, cases=None, *, by=None, chair=None, state="held", **fields):
    """
    Return an audience that took place about these cases, with everything its minutes need, in the
    state asked for.
    """
    of_team = of_team or Team.objects.first() or team()
    members = list(of_team.members_on(date(2019, 8, 13)))
    row = Attendance(person=members[0].person, presence="present")
    row.take_from(members[0])
    given = {
        "title": "Audiensi dengan perusahaan",
        "starts_at": datetime(2019, 8, 13, 2, tzinfo=UTC),
    }
    given |= {
        "received_by": "Manajer",
        "points": "Keadaan komputer.",
        "answer": "Disanggupi.",
    } | fields
    made = Meeting(team=of_team, province=of_team.province, kind="audience", **given)
    made.chair = made.note_taker = members[0].person
    record_meeting(
        MeetingMinutes(
            meeting=made,
            roster=[row],
            cases=[case(of_team)] if cases is None else cases,
        ),
        by=by,
        submit=state in ("submitted", "approved"),
    )
    if state == "approved":
        made.approve(by=chair)
    return made


def commitment(of_team=None, *, by=None, kind="goods", value=12_500_000, **fields):
    of_team = of_team or Team.objects.first() or team()
    given = {
        "description": "Lima komputer",
        "promised_on": date(2019, 8, 13),
        "promised_by": "Manajer",
    } | fields
    given.setdefault(
        "institution", institution("Perusahaan swasta", "private", of_team.province_id)
    )
    given.setdefault("value_basis", "giver" if kind in ("goods", "services") else "")
    value = None if kind == "policy" and "budget" not in given else given.pop("budget", value)
    made = Commitment(team=of_team, province=of_team.province, kind=kind, value=value, **given)
    return save_commitment(commitment=made, by=by)


def realisation(of_commitment, *, by=None, amount=8_000_000, villages=(), evidence=True, **fields):
    """With evidence: a PDF that says nothing. Of a policy: a regent's regulation."""
    given = {"realised_on": date(2019, 9, 5)} | fields
    of_commitment = Commitment.objects.with_names().get(
        pk=of_commitment.pk
    )  # others may have taken their turn since
    if of_commitment.kind == "policy":
        given = {
            "document_kind": "perbup",
            "document_number": "12",
            "document_about": "Perpustakaan desa",
        } | given
        amount = amount if of_commitment.value else None
    made = Realisation.of(of_commitment, amount=amount, **given)
    safe = (
        SafeFile(ContentFile(b"%PDF-1.7 bukti"), "application/pdf", "bast.pdf")
        if evidence
        else None
    )
    return save_realisation(realisation=made, villages=villages, safe=safe, by=by)


def partnership(of_team=None, *, by=None, **fields):
    of_team = of_team or Team.objects.first() or team()
    given = {
        "kind": "pks",
        "about": "Pendampingan perpustakaan desa",
        "starts_on": date(2019, 7, 1),
    } | fields
    given.setdefault(
        "institution", institution("Perguruan tinggi", "university", of_team.province_id)
    )
    return Partnership(team=of_team, province=of_team.province, **given).save_as(by=by)


def cadence_rule(of_team=None, kind="internal", *, by=None, **fields):
    """Return the rule of a team as it is shipped, changed by `fields` and stored."""
    made = CadenceRule.shipped(of_team or Team.objects.first() or team(), kind)
    for name, value in fields.items():
        setattr(made, name, value)
    return made.save_as(by=by)


def snooze(of_team=None, kind="internal", *, by=None, subject=None, **fields):
    """Put off a reminder of a team for a week from today, or that of one record (`subject`)."""
    of_team = of_team or Team.objects.first() or team()
    starts_on = fields.pop("starts_on", None) or of_team.today
    given = {"until": starts_on + timedelta(days=7), "reason": "Menunggu jadwal kapal."} | fields
    made = CadenceSnooze(team=of_team, kind=kind, starts_on=starts_on, **given)
    made.set_subject(subject and subject.pk)
    return put_off_reminder(snooze=made, seen=snoozes_of(made).count(), by=by)


def media(of_team=None, *, by=None, **fields):
    of_team = of_team or Team.objects.first() or team()
    given = {
        "title": "Perpustakaan desa ramai",
        "outlet": "Media cetak",
        "published_on": date(2019, 7, 22),
    } | fields
    given.setdefault("link", f"https://example.com/{next(counter)}")
    return MediaCoverage(team=of_team, province=of_team.province, **given).save_as(by=by)


# Checklists -------------------------------------------------------------------------------------
def question(text="Hari buka dalam sepekan", kind="number", *, choices=(), key="", **fields):
    """Return a question, not saved yet unless it has a key; choices are given as labels."""
    unit = "hari" if kind == "number" else ""
    given = {"section": "Layanan", "unit": unit} | fields
    made = tuple(Choice("", label) for label in choices)
    return Question(key, text, kind=Kind(kind), choices=made, **given)


def questions(count=3):
    """Return that many questions of every kind, one after the other."""
    kinds = [{"kind": kind.value} for kind in Kind]
    for kind in kinds[3:5]:
        kind["choices"] = ["Setiap hari", "Kadang-kadang", "Tidak"]
    return [
        question(f"Pertanyaan ke-{n + 1} tentang perpustakaan", **kinds[n % len(kinds)])
        for n in range(count)
    ]


def expansion(place=None, *stages, by=None, day=None, source="village"):
    """
    Return the case of a village that went through these stages (default: candidate), each ten days
    after the one before, with a reason instead of evidence.
    """
    place, by = place or village(), by or user()
    case, day = ExpansionCase(source=source), day or date(2019, 1, 15)
    case.set_village(
        place, Team.objects.filter(province=place.province_id).first() or team(place.province_id)
    )
    for number, stage in enumerate(stages or ["candidate"]):
        step = ExpansionStep(
            stage=stage, reached_on=day + timedelta(days=10 * number), reason="list", note="Contoh."
        )
        if number:
            add_step(case=case, step=step, by=by)
        else:
            open_case(case=case, step=step, by=by)
    return ExpansionCase.objects.get(pk=case.pk)


def training(of_team=None, *, by=None, participants=(), **fields):
    """`participants`: (village, {"women": 2, "men": 1} or {"name": …, "gender": …})."""
    of_team = of_team or Team.objects.first() or team()
    given = {"title": "Bimtek strategi", "subject": "strategy", "held_on": date(2019, 3, 5)}
    made = Training(team=of_team, province_id=of_team.province_id, **given | fields)
    rows = [TrainingParticipant(village=place, **who) for place, who in participants]
    return save_training(training=made, participants=rows, by=by or user())


def thresholds(year, *, by, publish=True, province_code="19"):
    """Return the thresholds of a year with the samples; without a province for the country."""
    place = province(province_code) if province_code else None
    made = create_thresholds(thresholds=ThresholdSet(year=year, province=place), by=by)
    return publish_set(made, by=by) if publish else ThresholdSet.objects.get(pk=made.pk)


def publish_set(draft, *, by):
    return publish_thresholds(
        thresholds=draft, by=by, reason="Keputusan rapat.", version=draft.version
    )


def checklist(*, by, asked=None, state="published", province_code="19", **fields):
    """Make a checklist with one version; without a province it is the whole country's."""
    given = {
        "name": "Kunjungan ke perpustakaan desa",
        "level": "village",
        "purpose": "both",
    } | fields
    place = province(province_code) if province_code else None
    made = create_checklist(
        checklist=Checklist(province=place, **given),
        questions=questions() if asked is None else asked,
        by=by,
    )
    if state == "published":
        publish_draft(draft=made.versions.get(), by=by, version=1)
    return Checklist.objects.for_list().get(pk=made.pk)


def next_version(of_checklist, *, by, asked=None, publish=False):
    """Begin the next draft of a checklist with these questions, and publish it if asked to."""
    of_checklist.refresh_from_db()
    draft = begin_draft(checklist=of_checklist, by=by, version=of_checklist.version)
    if asked is not None:
        save_questions(draft=draft, questions=asked, by=by, version=draft.version)
    if publish:
        publish_draft(draft=draft, by=by, version=draft.version)
    return draft


@cache
def word_file(text="Hal: {{ judul }}"):
    """Return a .docx that says this."""
    made = io.BytesIO()
    document = Document()
    document.add_paragraph(text)
    document.save(made)
    return made.getvalue()


def word_template(of_team=None, *, by=None, document="undangan", use=False, text=None):
    """Return a Word template of a team, in use if asked to."""
    of_team = of_team or Team.objects.first() or team()
    content = word_file(text) if text else word_file()
    made = WordTemplate(team=of_team, document=document)
    made.save_submission(by=by, safe=SafeFile(ContentFile(content), DOCX, "kop dinas.docx"))
    return use_template(template=made, by=by) if use else made
