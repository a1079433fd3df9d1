"""
Every list, board, sum, plan, institution, team, visit, report and home page asks as often at 5
provinces and 200 rows as at one and 2.
"""

import gzip
import re
import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advocacy.actions import VisitReport, record_visit
from advocacy.actions.expansion_imports import open_cases
from advocacy.models import (
    AdvocacyCase,
    Commitment,
    ExpansionCase,
    FollowUp,
    MediaCoverage,
    Meeting,
    Partnership,
    Realisation,
    RecommendationAnswer,
    Training,
    Trip,
    Visit,
)
from programs.models import Achievement, Expense, Institution, Person, WorkPlan
from sinergi.kit import bulk
from tests import factories
from tests.test_pages import assert_alike, queries
from villages.actions.reports import submit_report
from villages.models import Library, LibraryReport, Participation, Village
from villages.quarters import Quarter

pytestmark = pytest.mark.django_db

MARCH, SEPTEMBER = date(2019, 3, 12), date(2019, 9, 10)
OTHERS = ["11", "71", "91", "18"]
ROWS = 200
DAYS = {
    "held_on",
    "promised_on",
    "published_on",
    "stage_since",
    "starts_at",
    "starts_on",
    "visited_on",
}
LISTS = [
    "advocacy:meeting_list",
    "advocacy:followup_list",
    "advocacy:case_board",
    "advocacy:case_list",
]
LISTS += [
    "advocacy:commitment_list",
    "advocacy:realisation_list",
    "advocacy:partnership_list",
    "advocacy:media_list",
]
LISTS += [
    "programs:plan_list",
    "programs:institution_list",
    "programs:person_list",
    "villages:library_list",
]
LISTS += ["villages:village_list", "villages:regency_list", "home:home"]
LISTS += ["advocacy:visit_list", "advocacy:visit_schedule", "advocacy:trip_list"]
LISTS += ["advocacy:expansion_coverage", "advocacy:expansion_village_list"]
LISTS += ["advocacy:training_list", "advocacy:cadence_list"]
LISTS += ["home:calendar", "home:task_list"]
FILTERED = [
    "/komitmen/?standing=open",
    "/komitmen/?standing=overdue",
    "/komitmen/?province=19",
    "/realisasi/?province=19",
]
FILTERED += [
    "/tindak-lanjut/?daftar=tim",
    "/tindak-lanjut/?daftar=terlambat",
    "/advokasi/daftar/?state=stalled",
    *(f"/laporan/?triwulan=2019-2&daftar={key}" for key in ("belum", "menunggu", "semua")),
    "/kunjungan/berikutnya/?daftar=belum",
    "/kunjungan/berikutnya/?daftar=segera&province=19",
]
FILTERED += [
    "/capaian/?triwulan=2019-2",
    "/capaian/?triwulan=2019-2&province=19&urut=terburuk",
    "/capaian/?triwulan=2019-2&dihitung=menunggu",
    "/capaian/perpustakaan/?triwulan=2019-2",
    "/capaian/perpustakaan/?triwulan=2019-2&keadaan=none&dihitung=menunggu",
    "/capaian/perpustakaan/?triwulan=2019-2&sasaran=use&province=19",
    "/capaian/indikator/visitors/?triwulan=2019-2&dihitung=menunggu",
    "/capaian/indikator/visits/?triwulan=2019-2",
]
FILTERED += [f"/komitmen/jumlah/?menurut={by}" for by in ("jenis", "sektor", "provinsi", "tahun")]
FILTERED += ["/komitmen/jumlah/?menurut=kabupaten&province=19"]
#: Lists of the expansion, which count nothing but the rows shown.
EXPANSION = [
    "/perluasan/desa/",
    "/perluasan/desa/?tahap=none",
    "/perluasan/desa/?tahap=candidate",
    "/perluasan/desa/?tahap=running&sumber=national",
    "/perluasan/desa/?tahap=running&province=19&q=desa",
    "/perluasan/desa/?keadaan=tanpa-bukti",
    "/perluasan/desa/?keadaan=tanpa-kemajuan&province=19",
    "/bimtek/",
    "/bimtek/?province=19",
]
FILTERED += EXPANSION
FILTERED += [
    "/kalender/?bulan=2019-09",
    "/kalender/?bulan=2019-09&province=19",
    "/kalender/?bulan=2019-09&jenis=rapat&jenis=berakhir",
    "/kalender/?bulan=2019-07&hari=belum",
    "/kalender/?hari=2019-09-10",
    "/rapat/?since=2019-06-01&until=2019-06-30",
    "/perluasan/?province=19",
    "/perluasan/?province=19&sumber=national",
    "/perluasan/?sumber=national&per=2019-03-31",
]


@pytest.fixture
def one():
    """Create a province at work, with two of everything."""
    team = factories.team()
    plan = factories.plan(team, activities=2, state="approved")
    factories.thresholds(2019, by=factories.user("administrator"), province_code=None)
    return team, plan, work(team, plan)


def work(team, plan):
    """
    Create the records that are multiplied: of each kind two, tied to the plan where they can be.
    """
    activity = plan.activities.order_by("pk").first()
    place = factories.village(f"{team.province_id}.01.06.2002")
    cases = [factories.case(team, regencies=[place.regency]) for _ in range(2)]
    promises = [
        factories.commitment(team, case=case, due_on=date(2019, 9, 1), activity=activity)
        for case in cases
    ]
    held = [factories.minutes(team, title=f"Rapat {n}", activity=activity) for n in range(2)]
    rows = [*cases, *promises, *held]
    rows += [factories.realisation(promise, amount=5, evidence=False) for promise in promises]
    rows += [factories.partnership(team, activity=activity, ends_on=team.today) for _ in range(2)]
    rows += [factories.media(team, activity=activity) for _ in range(2)]
    rows += [factories.expense(activity, receipt=False) for _ in range(2)]
    factories.achievement(
        factories.activity(factories.plan(team, year=2021, activities=0), way="visit")
    )
    libraries = [
        factories.library(place),
        factories.library(factories.village(f"{team.province_id}.01.06.2003", "Lain")),
    ]
    desk = factories.user("secretariat", province_code=team.province_id)
    for library in libraries:
        factories.participation(library)
    report = factories.report(libraries[0], by=desk)
    report.send_back(by=factories.user("administrator"), reason="Lengkapi.")
    submit_report(report=report, by=desk)
    rows += expansion_of(team, libraries, desk)
    return rows + libraries + visits_of(team, libraries[0], desk)


def expansion_of(team, libraries, desk):
    """Create the cases of two villages, and two trainings that somebody of them came to."""
    for library in libraries:
        factories.expansion(library.village, "candidate", "audience", by=desk)
    came = [(library.village, {"women": 2}) for library in libraries]
    return [factories.training(team, by=desk, participants=came) for _ in range(2)]


def visits_of(team, library, desk):
    """
    Create two visits to a library: what the first recommended, the second answers; and two trips.
    """
    asked = factories.questions(6)
    checklist = factories.checklist(by=desk, asked=asked, province_code=team.province_id)
    version = checklist.versions.get()
    said = {"checklist_version": version, "answers": {"k1": True, "k2": 5}, "by": desk}
    went = [row.person for row in team.memberships.all()[:2]]
    first = factories.visit(
        library, went=went, recommended=["Rawat", "Tata"], visited_on=MARCH, **said
    )
    second = factories.visit(
        library, went=went, recommended=["Catat", "Buka"], visited_on=SEPTEMBER, send=False, **said
    )
    rows = [
        RecommendationAnswer(followup=row, answer="open", note="Belum.")
        for row in first.followups.all()
    ]
    report = VisitReport(visit=second, version=second.version, recommendations=rows)
    record_visit(report, by=desk, send=True)
    trips = [
        factories.trip(team, libraries=[library], starts_on=SEPTEMBER, by=desk) for _ in range(2)
    ]
    return [first, second, *trips]


def multiply(team, plan, rows):
    """
    Up to `ROWS` of each, written in bulk; more plans, activities, partners, people and villages,
    too.
    """
    for model in (
        AdvocacyCase,
        Commitment,
        Meeting,
        Realisation,
        Partnership,
        MediaCoverage,
        Expense,
        Visit,
        Trip,
        Training,
    ):
        copies(next(model.objects.get(pk=row.pk) for row in rows if type(row) is model), ROWS - 2)
    copies(FollowUp.objects.filter(meeting__team=team).first(), ROWS)
    copies(FollowUp.objects.filter(visit__team=team).first(), ROWS)
    copies(plan.activities.order_by("pk").first(), 20)
    copies(Achievement.objects.filter(activity__plan__team=team).first(), ROWS)
    for year in range(2030, 2035):
        factories.plan(team, year=year)
    for n in range(20):
        office = factories.institution(f"Mitra {n} {team.province_id}", "private", team.province_id)
        factories.person(institution=office, province_code=team.province_id)
    above = Village.objects.filter(province=team.province).first()
    Village.objects.bulk_create(
        Village(
            code=f"{above.district_id}.3{n:03}",
            name=f"Desa {n}",
            district=above.district,
            regency=above.regency,
            province=above.province,
        )
        for n in range(100)
    )
    libraries = Library.objects.bulk_create(
        Library(
            level="village",
            name=village.place_name,
            village=village,
            regency=village.regency,
            province=village.province,
        )
        for village in Village.objects.filter(
            code__startswith=f"{above.district_id}.3"
        ).select_related("regency", "province")
    )
    reports_of(libraries)
    villages = [library.village for library in libraries]
    for stage, source, there in (
        ("candidate", "", villages[:40]),
        ("running", "national", villages[40:80]),
    ):
        open_cases(villages=there, stage=stage, source=source, reached_on=MARCH, by=None)


def reports_of(libraries):
    """Write that these libraries take part; half of them reported, in five quarters."""
    Participation.objects.bulk_create(Participation(library=row, year=2018) for row in libraries)
    made = []
    for library in libraries[::2]:
        for back in range(5):
            report = LibraryReport(state="submitted", visitors=10 + back)
            report.set_library(library)
            report.quarter = Quarter(2019, 2).moved(-back)
            made.append(report)
    LibraryReport.objects.bulk_create(made)


def copies(record, number):
    """
    Write so many more of a record, with keys and days of their own, and the first versions of their
    histories.
    """
    model, last = type(record), type(record).objects.order_by("-pk").first().pk
    columns = {
        field.attname: getattr(record, field.attname) for field in model._meta.concrete_fields
    }
    made = []
    for n in range(number):
        row = model(**columns | {"id": None, "idempotency_key": None})
        if "key" in columns:
            row.key = uuid.uuid4()
        if "link" in columns:
            row.link = f"https://example.com/salinan/{record.pk}/{n}"
        for name in DAYS & set(columns):
            setattr(row, name, getattr(record, name) - timedelta(days=n % 100))
        made.append(row)
    model.objects.bulk_create(made)
    bulk.keep_history(model.objects.filter(pk__gt=last), "+", by=None)


def pages(team, plan):
    activity, partner = (
        plan.activities.order_by("pk").first(),
        Institution.objects.get(name="Perusahaan swasta", province="19"),
    )
    found = [reverse(name) for name in LISTS] + FILTERED
    found += [
        reverse(f"programs:plan_{name}", args=[plan.pk])
        for name in ("detail", "months", "outcome", "spending")
    ]
    found += [
        reverse(f"programs:plan_{name}", args=[plan.pk]) for name in ("history", "export", "paper")
    ]
    found += [
        reverse(f"programs:activity_{name}", args=[activity.pk]) for name in ("detail", "history")
    ]
    found += [reverse(f"programs:team_{name}", args=[team.pk]) for name in ("detail", "history")]
    found += [
        reverse(f"programs:{name}", args=[team.pk]) for name in ("funding_list", "decree_list")
    ]
    report = LibraryReport.objects.filter(province=team.province_id).order_by("pk").first()
    visit = Visit.objects.filter(team=team).order_by("pk")[1]
    found += [reverse(f"advocacy:visit_{name}", args=[visit.pk]) for name in ("detail", "history")]
    found += [
        reverse(f"villages:report_{name}", args=[report.pk]) for name in ("detail", "history")
    ]
    found += [
        reverse("advocacy:cadence_detail", args=[team.pk, kind])
        for kind in ("visit", "report", "partnership", "case", "commitment", "expansion")
    ]
    found += [reverse("villages:report_update", args=[report.library_id, "2019-1"])]
    found += [
        reverse("advocacy:visit_create", args=[visit.library_id]),
        visit.library.get_absolute_url(),
        visit.library.regency.get_absolute_url(),
        Trip.objects.filter(team=team).first().get_absolute_url(),
        Training.objects.filter(team=team).last().get_absolute_url(),
        ExpansionCase.objects.filter(team=team).first().get_absolute_url(),
    ]
    found += [
        partner.get_absolute_url(),
        Person.objects.filter(memberships__role="secretary").first().get_absolute_url(),
    ]
    return found


@pytest.mark.parametrize(("role", "where"), [("administrator", None), ("secretariat", "19")])
def test_queries_do_not_grow_with_the_country(client, sign_in, one, role, where):
    team, plan, rows = one
    account = sign_in(role, province_code=where)
    secretary = team.memberships.get(role="secretary").person
    Person.objects.filter(pk=secretary.pk).update(user=account)
    urls = pages(team, plan)
    few = {url: queries(client, url) for url in urls}
    multiply(team, plan, rows)
    for code in OTHERS:
        there = factories.team(code, members=factories.ROSTER[:3])
        work(there, factories.plan(there, activities=1, state="approved"))
    assert_alike({url: queries(client, url) for url in urls}, few)
    assert WorkPlan.objects.values("team__province").distinct().count() == 1 + len(OTHERS)


@pytest.mark.parametrize("url", EXPANSION)
def test_lists_of_the_expansion_count_and_pass_over_nothing(client, sign_in, one, url):
    sign_in("administrator", province_code=None)
    multiply(*one)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    asked = [query["sql"] for query in captured if "advocacy_" in query["sql"]]
    assert asked and not [sql for sql in asked if re.search(r"OFFSET|COUNT\(\*\)", sql)]


def test_the_form_of_a_visit_with_history_asks_at_most_three_times_more(client, sign_in):
    team, desk = factories.team(), sign_in("secretariat", province_code="19")
    fresh, known = (
        factories.library(factories.village(f"19.01.06.200{n}", f"Desa {n}")) for n in (2, 3)
    )
    new, again = (reverse("advocacy:visit_create", args=[one.pk]) for one in (fresh, known))
    visits_of(team, known, desk)
    assert queries(client, again) <= queries(client, new) + 3


def test_the_form_of_a_visit_is_small_with_40_questions_and_10_recommendations(client, sign_in):
    factories.team()
    desk, library = sign_in("secretariat", province_code="19"), factories.library()
    checklist = factories.checklist(by=desk, asked=factories.questions(40))
    version = checklist.versions.get()
    factories.visit(
        library,
        by=desk,
        checklist_version=version,
        answers=answers_to(version),
        recommended=[f"Rekomendasi ke-{n} kepada pengelola perpustakaan" for n in range(10)],
    )
    page = client.get(reverse("advocacy:visit_create", args=[library.pk]))
    multiform = page.context["multiform"]
    assert (len(multiform.questions), len(multiform.answers)) == (40, 10)
    assert all(one.last.text for one in multiform.questions)
    assert len(gzip.compress(page.content, 6)) <= 15_000


def answers_to(version):
    """Return an answer to every question."""
    by_kind = {"yes_no": True, "number": 5, "decimal": "6.5", "text": "Kurang rak buku anak."}
    return {
        one.key: by_kind.get(one.kind)
        or ([one.choices[0].key] if one.kind == "several" else one.choices[0].key)
        for one in version.asked
    }
