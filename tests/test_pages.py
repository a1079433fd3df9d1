"""
Every page renders, asks the database as often for many rows as for few, and speaks Indonesian.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.models import AgendaItem, Attendance, FollowUp
from programs.actions import submit_plan
from programs.models import Membership, PlanComment, WorkPlan
from sinergi.home.models import ChoreRun, DigestMail
from tests import factories
from tests.pages import html_of
from tests.villages.importing import batch_of, row
from villages.models import Library, Participation

pytestmark = pytest.mark.django_db

LISTS = [
    "home:home",
    "villages:regency_list",
    "villages:village_list",
    "villages:library_list",
    "villages:import_start",
    "villages:import_list",
    "programs:institution_list",
    "programs:person_list",
    "programs:account_list",
    "advocacy:meeting_list",
    "advocacy:followup_list",
]


def fill(account, team, rows):
    """Create that many of everything."""
    for n in range(rows):
        Participation(
            library=factories.library(factories.village(f"19.01.06.27{n:02}", f"Desa {n}")),
            year=2019,
        ).save_as(by=None)
        factories.minutes(
            team,
            by=account,
            title=f"Rapat {n}",
            starts_at=datetime(2019, 1, 1, 2, tzinfo=UTC) + timedelta(days=n),
        )


def queries_of(ask, *, again=False):
    """
    How often the database is asked; what a process reads once has been read before, also where it
    is asked `again`.
    """
    if not again:
        ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def queries(client, url, *, again=False):
    def ask():
        answer = client.get(url)
        assert answer.status_code == 200
        if answer.streaming:
            list(answer)  # its file is closed once it is sent

    return queries_of(ask, again=again)


def assert_alike(many, few):
    """
    Exactly; only a full page of a history, or of an activity's logs, may hold rows of fewer tables
    than a short one.
    """
    mixed = {url for url in few if url.endswith("/riwayat/") or url.startswith("/kegiatan/")}
    fewer = {url for url in mixed if many[url] < few[url]}
    assert {url: n for url, n in many.items() if url not in fewer} == {
        url: n for url, n in few.items() if url not in fewer
    }


def test_the_same_number_of_queries_at_2_and_at_8_rows(client, sign_in):
    account = sign_in(factories.assign(factories.user("secretariat"), "administrator"))
    team = factories.team()
    factories.person(account=account)
    fill(account, team, 2)
    urls = [reverse(name) for name in LISTS] + [
        "/cari/?q=Rapat",
        "/cari/?q=Desa",
        "/cari/?q=Instansi",
        "/cari/?q=Perwakilan",
        "/wilayah/19/",
        "/wilayah/19.01/",
        "/wilayah/19.01.06/",
    ]
    few = {url: queries(client, url) for url in urls}
    for n in range(2, 8):
        Participation(
            library=factories.library(factories.village(f"19.01.06.2{n:03}", f"Desa {n}")),
            year=2019,
        ).save_as(by=None)
        batch_of(row("Kapuk"), by=account)
        factories.person(institution=factories.institution(f"Instansi {n}"))
        factories.user("member")
        factories.minutes(
            team,
            by=account,
            title=f"Rapat {n}",
            starts_at=datetime(2019, 1, 1, 2, tzinfo=UTC) + timedelta(days=n),
        )
    many = {url: queries(client, url, again=True) for url in urls}
    assert_alike(many, few)
    assert few["/rapat/"] <= 8 and few["/perpustakaan/"] <= 8, few


def test_a_team_of_8_and_of_14_with_14_decrees_asks_alike(client, sign_in):
    account = sign_in(factories.assign(factories.user("secretariat"), "administrator"))
    team = factories.team()
    factories.minutes(team, by=account)
    base = factories.decree(team, by=account)
    factories.decree(team, state="drafting", amends=base, by=account)
    factories.decree(team, state="drafting", level="governor", submit_by=team.formed_on, by=account)
    one = team.memberships.get(person__name="Perwakilan Bappeda")
    other = factories.user("member")
    urls = [
        reverse(f"programs:team_{name}", args=[team.pk]) for name in ("detail", "history", "roster")
    ]
    urls += [
        reverse(f"programs:{name}", args=[team.pk])
        for name in ("decree_list", "membership_create", "decree_create")
    ]
    urls += [
        f"{reverse('programs:decree_create', args=[team.pk])}?mengubah={base.pk}",
        reverse("programs:decree_paper", args=[base.pk]),
    ]
    urls += [reverse(f"programs:decree_{name}", args=[base.pk]) for name in ("detail", "history")]
    urls += [
        reverse(f"programs:membership_{name}", args=[one.pk]) for name in ("replace", "history")
    ]
    urls += [
        one.person.get_absolute_url(),
        one.institution.get_absolute_url(),
        other.get_absolute_url(),
        "/",
        "/akun/undang/",
    ]
    few = {url: queries(client, url) for url in urls}
    for n in range(6):
        person = factories.person(f"Orang {n}", institution=one.institution)
        Membership(
            team=team, person=person, institution=one.institution, starts_on=team.today
        ).save_as(by=account)
        Membership(
            team=team,
            person=one.person,
            institution=one.institution,
            starts_on=date(2010 + n, 1, 1),
            ends_on=date(2010 + n, 1, 2),
            end_reason="Selesai",
        ).save_as(by=account)
        factories.decree(team, state="drafting", amends=base, by=account)
        factories.decree(
            team, state="drafting", level="governor", submit_by=team.formed_on, by=account
        )
        factories.assign(other, "observer", "19", f"19.0{n + 1}")
        factories.minutes(team, by=account, title=f"Rapat {n}")
    many = {url: queries(client, url, again=True) for url in urls}
    assert_alike(many, few)
    assert max(few.values()) <= 25, few


def test_a_plan_of_2_and_of_8_activities_asks_alike(client, sign_in):
    account = sign_in(factories.assign(factories.user("secretariat"), "chair"))
    team = factories.team()
    draft = factories.plan(team, year=2021, activities=2, by=account)
    plan = factories.plan(team, activities=2, by=factories.user())
    first, visits = plan.activities.first(), factories.activity(plan, way="visit")

    def happen(n):
        """Everything that may hang on an activity."""
        row = factories.activity(
            plan,
            title=f"Lagi {n}",
            budget={factories.source(team, kind="private", name=f"Mitra {n}"): 5},
        )
        factories.minutes(team, by=account, activity=first, title=f"Rapat {n}")
        factories.minutes(team, by=account, title=f"Di luar {n}")
        factories.achievement(visits, by=account)
        factories.expense(first, by=account)
        factories.expense(
            row, by=account, of_source=factories.source(team, kind="private", name=f"Mitra {n}")
        )
        factories.activity(draft, title=f"Lagi {n}")

    happen(0)
    submit_plan(plan=factories.fresh(plan), by=factories.user())
    plan = factories.fresh(plan)
    comment = PlanComment(plan=plan, activity=first, about="2.1", round=1, text="Mengapa?").save_as(
        by=account
    )
    source = factories.source(team)
    urls = ["/", "/rencana/", first.get_absolute_url(), visits.get_absolute_url()]
    urls += [
        reverse(f"programs:plan_{name}", args=[plan.pk])
        for name in ("detail", "months", "outcome", "spending", "history")
    ]
    urls += [
        reverse(f"programs:plan_{name}", args=[plan.pk])
        for name in ("export", "paper", "review", "approve")
    ]
    urls += [
        reverse("programs:plan_version", args=[plan.pk, 1]),
        reverse("programs:activity_history", args=[first.pk]),
    ]
    urls += [
        reverse("programs:plan_detail", args=[draft.pk]),
        reverse("programs:activity_create", args=[draft.pk]),
    ]
    urls += [
        reverse("programs:funding_list", args=[team.pk]),
        reverse("programs:funding_detail", args=[source.pk]),
    ]
    urls += [reverse("advocacy:meeting_tie", args=[first.meetings.first().pk]), "/rapat/baru/"]
    few = {url: queries(client, url) for url in urls}
    WorkPlan.objects.filter(pk=plan.pk).update(state="returned", return_reason="Lengkapi.")
    for n in range(1, 6):
        happen(n)
        PlanComment(plan=plan, activity=first, about="2.1", round=1, text=f"Catatan {n}").save_as(
            by=account
        )
        PlanComment(
            plan=plan, answers=comment, activity=first, round=1, text=f"Jawaban {n}"
        ).save_as(by=account)
        factories.plan(team, year=2030 + n, by=account)
    WorkPlan.objects.filter(pk=plan.pk).update(state="submitted", return_reason="")
    many = {url: queries(client, url, again=True) for url in urls}
    assert_alike(many, few)
    assert few[reverse("programs:plan_review", args=[plan.pk])] <= 6 and max(few.values()) <= 30, (
        few
    )


def test_advocacy_of_2_and_of_8_rows_asks_alike(client, sign_in):
    account = sign_in(factories.assign(factories.user("secretariat"), "administrator"))
    team = factories.team()
    held = factories.audience(team, by=account)
    case = held.audience_cases.get().case
    case.person_in_charge = factories.person(account=account)
    case.save_as(by=account)
    office, first = (
        case.institution,
        factories.commitment(team, case=case, meeting=held, due_on=date(2019, 9, 1)),
    )

    def happen(n):
        """Everything that may hang on a case, a commitment, an institution or an audience."""
        place = factories.library(factories.village(f"19.01.06.2{n:03}", f"Desa {n}")).village
        for stage in ("identified", "contacted", "committed", "realised", "declined", "dormant"):
            one = factories.case(
                team,
                asked=f"Buku {n} {stage}",
                person_in_charge=case.person_in_charge,
                villages=[place],
            )
            type(one).objects.filter(pk=one.pk).update(stage=stage)
        factories.audience(team, [case, one], title=f"Audiensi {n}", by=account)
        made = factories.commitment(
            team, case=case, meeting=held, due_on=date(2019, 9, 1), description=f"Buku {n}"
        )
        factories.realisation(made, villages=[place], by=account)
        factories.realisation(first, amount=5, villages=[place], by=account)
        factories.partnership(
            team, institution=office, by=account, about=f"Buku {n}", ends_on=team.today
        )
        factories.media(team, commitment=first, by=account, title=f"Buku {n}")
        factories.media(team, meeting=held)

    for n in range(2):
        happen(n)
    urls = [
        "/",
        "/advokasi/",
        "/advokasi/daftar/",
        "/advokasi/daftar/?state=stalled&regency=19.01",
        "/advokasi/baru/",
    ]
    urls += [
        "/komitmen/",
        "/komitmen/?standing=open",
        "/realisasi/",
        "/komitmen/baru/",
        "/kerja-sama/",
        "/publikasi/",
    ]
    urls += [f"/komitmen/jumlah/?menurut={by}" for by in ("jenis", "sektor", "kabupaten", "tahun")]
    urls += [
        reverse(f"advocacy:case_{name}", args=[case.pk]) for name in ("detail", "update", "history")
    ]
    urls += [
        reverse(f"advocacy:commitment_{name}", args=[first.pk])
        for name in ("detail", "update", "history")
    ]
    urls += [
        reverse("advocacy:realisation_create", args=[first.pk]),
        "/publikasi/baru/",
        office.get_absolute_url(),
    ]
    urls += [
        held.get_absolute_url(),
        reverse("advocacy:meeting_update", args=[held.pk]),
        "/rapat/baru/",
        "/cari/?q=Buku",
    ]
    few = {url: queries(client, url) for url in urls}
    for n in range(2, 8):
        happen(n)
    many = {url: queries(client, url, again=True) for url in urls}
    assert_alike(many, few)
    assert (
        max(
            few[url]
            for url in (
                "/advokasi/",
                "/komitmen/",
                "/realisasi/",
                "/komitmen/jumlah/?menurut=kabupaten",
            )
        )
        <= 11
    ), few


def test_minutes_of_2_and_of_8_rows_ask_alike(client, sign_in):
    account = sign_in("secretariat")
    meeting = factories.minutes(factories.team(), by=account)
    urls = [
        reverse(f"advocacy:meeting_{name}", args=[meeting.pk]) for name in ("detail", "history")
    ]
    few = {url: queries(client, url) for url in urls}
    for n in range(6):
        person = factories.person()
        AgendaItem(meeting=meeting, topic=f"Topik {n}").save_as(by=account)
        FollowUp(
            meeting=meeting,
            province_id="19",
            what="Tugas",
            person_in_charge=person,
            due_on=meeting.starts.date(),
        ).save_as(by=account)
        Attendance(
            meeting=meeting,
            name=f"Tamu {n}",
            institution="Dinas",
            is_guest=True,
            presence="present",
        ).save_as(by=account)
    assert_alike({url: queries(client, url, again=True) for url in urls}, few)


def test_the_form_asks_alike_for_2_and_for_8_rows(client, sign_in):
    """Choices of people are read once for all rows."""
    account = sign_in("secretariat")
    meeting = factories.minutes(factories.team(), by=account)
    url = reverse("advocacy:meeting_update", args=[meeting.pk])
    few = queries(client, url)
    for n in range(6):
        AgendaItem(meeting=meeting, topic=f"Topik {n}").save_as(by=account)
        FollowUp(
            meeting=meeting,
            province_id="19",
            what="Tugas",
            person_in_charge=meeting.chair,
            due_on=meeting.starts.date(),
        ).save_as(by=account)
        Attendance(
            meeting=meeting,
            name=f"Tamu {n}",
            institution="Dinas",
            is_guest=True,
            presence="present",
        ).save_as(by=account)
    assert queries(client, url, again=True) == few


#: Models whose lists an administrator opens, by app.
ADMIN_LISTS = {
    "home": "digestmail chorerun",
    "villages": (
        "library village participation importbatch libraryreport reportsubmission programreference"
    ),
    "programs": (
        "person membership decree decreemember assignment workplan plannedactivity plansubmission"
        " plancomment fundingsource budgetline expense achievement wordtemplate"
    ),
    "advocacy": (
        "meeting followup attendance advocacycase casestep caseplace audiencecase commitment"
        " realisation beneficiary partnership mediacoverage training trainingparticipant trip"
        " tripstop triptraveller visit visitattendance visitphoto recommendationanswer"
        " expansioncase expansionstep cadencerule cadencesnooze"
    ),
}


def told(many):
    """Create the mails and the runs of that many."""
    for _ in range(many):
        account, now = factories.user("chair"), timezone.now()
        DigestMail.objects.claim(account, now.date(), fingerprint="", now=now)
        ChoreRun.objects.begin(account.username, now)


def plans(account, team, many, since=2019):
    """Create that many plans with everything that hangs on one."""
    for year in range(since, since + many):
        plan = factories.plan(team, year=year, activities=0, by=account)
        row = factories.activity(plan, way="visit")
        factories.achievement(row, by=account)
        factories.expense(row, by=account, spent_on=date(year, 7, 1))
        submit_plan(plan=factories.fresh(plan), by=account)
        PlanComment(plan=plan, activity=row, about="2.1", round=1, text="Mengapa?").save_as(
            by=account
        )


def asked(team, account, many):
    """Create that many of everything in advocacy."""
    village = factories.village()
    for _ in range(many):
        case = factories.case(team, by=account, regencies=[village.regency], villages=[village])
        factories.audience(team, [case], by=account)
        factories.realisation(
            factories.commitment(team, case=case, by=account), villages=[village], by=account
        )
        factories.partnership(team, by=account)
        factories.media(team, by=account)
        factories.snooze(team, by=account)
        number = Library.objects.count()
        library = factories.library(factories.village(f"19.01.06.28{number:02}", f"Rebo {number}"))
        factories.training(team, by=account, participants=[(library.village, {"women": 2})])
        factories.trip(team, by=account, libraries=[library])
        factories.report(library, by=account)
        factories.expansion(library.village, "candidate", "audience", by=account)
        visit = factories.visit(library, by=account, recommended=["Rawat komputer"])
        factories.answered(visit.followups.get(), on=date(2019, 9, 10), answer="done", by=account)
        draft = factories.visit(library, by=account, send=False)
        factories.photo(draft, by=account)


def everything(account, team, many):
    """Create that many of all that the lists hold, but for imports."""
    fill(account, team, many)
    plans(account, team, many)
    asked(team, account, many)
    told(many)


def test_the_admins_lists_have_no_n_plus_one(client, sign_in):
    account = sign_in("administrator")
    team = factories.team()
    everything(account, team, 2)
    urls = [
        reverse(f"admin:{app}_{name}_changelist")
        for app, names in ADMIN_LISTS.items()
        for name in names.split()
    ]
    few = {url: queries(client, url) for url in urls}
    batch_of(row("Kapuk"))
    for n in range(2, 8):
        Participation(
            library=factories.library(factories.village(f"19.01.06.2{n:03}", f"Desa {n}")),
            year=2019,
        ).save_as(by=None)
        batch_of(row("Kapuk"))
        factories.minutes(team, by=account, title=f"Rapat {n}")
        factories.person()
    plans(account, team, 4, since=2025)
    asked(team, account, 4)
    told(4)
    assert {url: queries(client, url, again=True) for url in urls} == few


def test_what_an_admins_list_holds_can_be_opened(client, sign_in):
    account = sign_in("administrator")
    everything(account, factories.team(), 1)
    batch_of(row("Kapuk"))
    assert b"".join(client.get(reverse("villages:library_list"), {"unduh": "csv"}))
    answers = {}
    for app, names in (ADMIN_LISTS | {"accounts": "user export"}).items():
        for name in names.split():
            listed = client.get(reverse(f"admin:{app}_{name}_changelist")).context["cl"]
            for one in listed.result_list[:1]:
                url = reverse(f"admin:{app}_{name}_change", args=[one.pk])
                answers[name] = client.get(url).status_code
    assert {"export", "trainingparticipant", "digestmail"} <= answers.keys()
    assert {name: code for name, code in answers.items() if code != 200} == {}


ENGLISH = [
    "This field",
    "Select a valid",
    "Enter a",
    "Please ",
    "is required",
    "Page not found",
    "Sign in",
    "Search",
]


def test_library_defaults_speak_indonesian(client, sign_in):
    """An English browser gets Indonesian errors."""
    sign_in("secretariat")
    team = factories.team()
    plan = factories.plan(team)
    pages = [
        client.post(
            "/rapat/baru/",
            {"aksi": "simpan", "day": "x", "start": "25:99", "kind": "zzz", "chair": "9"},
            HTTP_ACCEPT_LANGUAGE="en",
        ),
        client.get("/rapat/?kind=zzz&regency=zzz&year=abc", HTTP_ACCEPT_LANGUAGE="en"),
        client.post(
            f"/tim/{team.pk}/rencana/baru/",
            {"year": "x", "period": "zzz", "copied": "9"},
            HTTP_ACCEPT_LANGUAGE="en",
        ),
        client.post(
            f"/rencana/{plan.pk}/kegiatan/baru/",
            {"role": "x", "months": "99", "way": "z"},
            HTTP_ACCEPT_LANGUAGE="en",
        ),
        client.post(
            f"/tim/{team.pk}/dana/baru/",
            {"year": "x", "kind": "z", "ceiling": "x"},
            HTTP_ACCEPT_LANGUAGE="en",
        ),
        client.post(
            "/advokasi/baru/",
            {"aim": "z", "since": "x", "regencies": "9"},
            HTTP_ACCEPT_LANGUAGE="en",
        ),
        client.post(
            "/komitmen/baru/",
            {"kind": "z", "value": "x", "promised_on": "x"},
            HTTP_ACCEPT_LANGUAGE="en",
        ),
        client.post(
            "/publikasi/baru/",
            {"link": "x", "village": "z", "published_on": "x"},
            HTTP_ACCEPT_LANGUAGE="en",
        ),
        client.post(
            "/akun/sandi/", {"new_password1": "a", "new_password2": "b"}, HTTP_ACCEPT_LANGUAGE="en"
        ),
        client.get(f"/tim/{team.pk}/", HTTP_ACCEPT_LANGUAGE="en"),
        client.get("/tidak-ada/", HTTP_ACCEPT_LANGUAGE="en"),
    ]
    for page in pages:
        text = html_of(page)
        assert not [word for word in ENGLISH if word in text]


NONSENSE = [
    "q=ab",
    "q=%00%00%00",
    "q=" + "a" * 5000,
    "setelah=%%%",
    "setelah=bm90IGpzb24",
    "setelah=WyIyMDE5IiwgImEiXQ",
    "setelah=W251bGwsIG51bGxd",
    "setelah=WyIyMDE5LTAxLTAxVDAwOjAwOjAwKzAwOjAwIiwgOTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5XQ",
    "sebelum=x&setelah=y",
    "setelah=WyJcdWQ4MDAiLCJcdWQ4MDAiXQ",
    "state=zzz",
    "kind=zzz&regency=99.99&year=-1",
    "level=zzz",
    "daftar=zzz",
    "unit=zzz&standing=zzz&sector=zzz&regency=provinsi&year=99999&menurut=zzz",
]


@pytest.mark.both("search, order and keys of pages with odd values")
@pytest.mark.parametrize(
    "url",
    [
        "/rapat/",
        "/perpustakaan/",
        "/desa/",
        "/tindak-lanjut/",
        "/cari/",
        "/orang/",
        "/mitra/",
        "/akun/",
        "/advokasi/daftar/",
        "/komitmen/",
        "/komitmen/jumlah/",
        "/realisasi/",
        "/kerja-sama/",
        "/publikasi/",
    ],
)
def test_no_query_string_breaks_a_list(client, sign_in, url):
    sign_in(factories.assign(factories.user("secretariat"), "administrator"))
    factories.minutes(factories.team())
    factories.library()
    for params in NONSENSE:
        assert client.get(f"{url}?{params}").status_code == 200, params


@pytest.mark.both("search")
def test_a_filter_keeps_its_state_in_the_url(client, sign_in):
    sign_in("secretariat")
    team = factories.team()
    factories.minutes(team, title="Rapat anggaran")
    factories.meeting(team, title="Rapat terjadwal")
    page = html_of(client.get("/rapat/?q=anggaran&kind=internal&year=2019"))
    assert "Rapat anggaran" in page and "Rapat terjadwal" not in page
    assert 'value="anggaran"' in page and '<option value="internal" selected>' in page
    page = html_of(client.get("/rapat/?state=planned"))
    assert "Rapat anggaran" not in page and 'name="state" value="planned"' in page


def test_cancel_leads_to_a_page_that_is_there(client, sign_in):
    """To a page that is there: from the form of a village's library, that of the village."""
    sign_in("secretariat")
    village = factories.village()
    page = client.get(reverse("villages:library_create", args=[village.pk]))
    assert f'href="{village.get_absolute_url()}">Batal' in html_of(page)
    assert client.get(village.get_absolute_url()).status_code == 200
    library = factories.library(village)
    for name in ("villages:library_update", "villages:participation_create"):
        page = client.get(reverse(name, args=[library.pk]))
        assert f'href="{library.get_absolute_url()}">Batal' in html_of(page)
