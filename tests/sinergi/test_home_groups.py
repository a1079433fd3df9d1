"""What waits for somebody on home: in which group, how much of it, and that acting removes it."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from lxml import html

from programs.actions import record_signature
from sinergi.home.task import GROUPS, Task, TaskText, Waiting, group_of, groups_of_tasks
from sinergi.kit.dates import long_date
from sinergi.kit.uploads import SafeFile
from tests import factories
from villages.quarters import Quarter

DAY = timedelta(days=1)
WEDNESDAY, SUNDAY = date(2026, 11, 25), date(2026, 11, 29)
OTHERS = "Menunggu orang lain"


def task(due=WEDNESDAY, **fields):
    return Task(due=due, write=lambda: TaskText("Usulan", "/", "", "Buka"), **fields)


@pytest.mark.parametrize(
    ("today", "due", "fields", "group"),
    [
        (WEDNESDAY, WEDNESDAY - DAY, {"late_days": 1}, "late"),
        (WEDNESDAY, WEDNESDAY - DAY, {}, "today"),  # a day that is past, but was no deadline
        (WEDNESDAY, WEDNESDAY, {}, "today"),
        (WEDNESDAY, WEDNESDAY + 9 * DAY, {"urgent": True}, "today"),
        (WEDNESDAY, WEDNESDAY + DAY, {}, "week"),
        (WEDNESDAY, SUNDAY, {}, "week"),
        (WEDNESDAY, SUNDAY + DAY, {}, "later"),
        (SUNDAY, SUNDAY + DAY, {}, "later"),
        (SUNDAY + DAY, SUNDAY + 7 * DAY, {}, "week"),
        (WEDNESDAY, WEDNESDAY - 9 * DAY, {"late_days": 9, "waits_for_others": True}, "others"),
    ],
)
def test_a_task_stands_in_one_group(today, due, fields, group):
    assert group_of(task(due, **fields), today) == group


def test_groups_stand_in_their_order_and_only_where_there_is_something():
    later, late, other = task(SUNDAY + DAY), task(late_days=1), task(waits_for_others=True)
    found = groups_of_tasks([other, later, late], WEDNESDAY)
    assert [(one.key, one.label, one.tasks) for one in found] == [
        ("late", "Lewat", [late]),
        ("later", "Sesudah minggu ini", [later]),
        ("others", "Menunggu orang lain", [other]),
    ]
    assert not groups_of_tasks([], WEDNESDAY)


@pytest.mark.parametrize(
    ("own", "others", "is_cut", "shown", "more"),
    [
        (10, 5, False, (10, 5), False),
        (11, 5, False, (10, 5), True),
        (10, 6, False, (10, 5), True),
        (0, 0, False, (0, 0), False),
        (3, 0, True, (3, 0), True),
    ],
)
def test_of_many_the_first_are_shown(own, others, is_cut, shown, more):
    late = {"late_days": 3, "waits_for_others": True}
    waiting = Waiting([task()] * own + [task(**late)] * others, WEDNESDAY, is_cut)
    groups = {group.key: len(group) for group in waiting.first(10, 5)}
    assert (groups.get("today", 0), groups.get("others", 0)) == shown
    assert waiting.has_more_than(10, 5) == more
    assert (len(waiting.own), waiting.late) == (own, 0), "late ones of others are not one's own"


def page_of(client, url="/"):
    return html.fromstring(client.get(url).content.decode())


def groups_on(client, url="/"):
    """Return {group: [title]} of a page."""
    page = page_of(client, url)
    return {
        GROUPS[key]: [
            " ".join(one.text_content().split())
            for one in page.xpath(f"//ul[@aria-labelledby='group-{key}']/li//h4")
        ]
        for key in GROUPS
        if page.xpath(f"//h3[@id='group-{key}']")
    }


def title_of(client, url="/"):
    return " ".join(page_of(client, url).xpath("string(//main//h1)").split())


@pytest.mark.django_db
class TestOnThePage:
    @pytest.fixture
    def held(self, sign_in):
        """Sign in a chair, with twelve follow-ups of theirs and seven late ones of others."""
        account = sign_in("chair")
        factories.assign(account, "secretariat")
        person, team = factories.person(account=account), factories.team()
        meeting = factories.meeting(team, starts_at=timezone.now() + 100 * DAY)
        for n in range(12):
            due = team.today + (n - 2) * 10 * DAY
            factories.followup(meeting, what=f"Usulan {n}", person_in_charge=person, due_on=due)
        for n in range(4):
            due = team.today - (n + 1) * DAY
            factories.followup(meeting, what=f"Titipan {n}", due_on=due)
        factories.cadence_rule(team, "plan", is_active=False)
        for kind in ("internal", "stakeholder", "audience"):
            factories.snooze(team, kind)
        return team

    def test_home_shows_the_first_and_the_page_of_all_the_rest(self, client, held):
        home, whole = groups_on(client), groups_on(client, "/tugas/")
        own = [title for key, rows in home.items() if key != OTHERS for title in rows]
        assert len(own) == 10
        assert home["Lewat"] == ["Usulan 0", "Usulan 1"] and home["Hari ini"] == ["Usulan 2"]
        assert home[OTHERS] == ["Titipan 3", "Titipan 2", "Titipan 1", "Titipan 0"]
        everything = [title for rows in whole.values() for title in rows]
        assert len(everything) == 16 and set(own) < set(everything)
        (more,) = page_of(client).xpath("//a[@href='/tugas/']")
        assert more.text_content().strip() == "Semua yang menunggu (16)"

    def test_the_title_counts_ones_own(self, client, held):
        assert title_of(client) == title_of(client, "/tugas/") == "Dua belas hal menunggu Anda"

    def test_what_was_put_off_stands_apart_with_its_reason(self, client, held):
        page = page_of(client)
        told = page.xpath("//section[@aria-labelledby='tasks']//details[summary]")
        (put_off,) = [one for one in told if "pengingat ditunda" in one.text_content()]
        text = " ".join(put_off.text_content().split())
        assert text.startswith("3 pengingat ditunda")
        assert text.count("Alasan: Menunggu jadwal kapal.") == 3
        shown = [title for rows in groups_on(client, "/tugas/").values() for title in rows]
        assert not [title for title in shown if "rapat internal" in title]


@pytest.mark.django_db
class TestMoreThanIsShown:
    """Thirty of a kind are shown, and where there are more the page says so."""

    @pytest.mark.parametrize(
        ("late", "others", "title", "lead"),
        [
            (30, 0, "Tiga puluh", "Tiga puluh sudah lewat tenggat."),
            (30, 5, "Lebih dari 30", "Tiga puluh sudah lewat tenggat."),
            (31, 0, "Lebih dari 30", "Sedikitnya tiga puluh sudah lewat tenggat."),
            (45, 5, "Lebih dari 30", "Sedikitnya tiga puluh sudah lewat tenggat."),
            (3, 45, "Lebih dari 30", "Tiga sudah lewat tenggat."),
        ],
    )
    def test_of_follow_ups(self, client, sign_in, late, others, title, lead):
        account, team = sign_in("chair", province_code=None), factories.team()
        person = factories.person(account=account)
        meeting = factories.meeting(team, starts_at=timezone.now() + 100 * DAY)
        for n in range(late + others):
            due = team.today + (-DAY if n < late else 9 * DAY)
            factories.followup(meeting, what=f"Usulan {n}", person_in_charge=person, due_on=due)
        assert title_of(client) == f"{title} hal menunggu Anda"
        assert lead in [" ".join(one.split()) for one in page_of(client).xpath("//main//p/text()")]


def minutes_to_approve(team):
    desk = factories.user("secretariat")
    made = factories.minutes(team, state="submitted", by=desk)
    return made, "advocacy:meeting_approve", {}


def followup_to_close(team):
    made = factories.followup(factories.minutes(team), due_on=team.today)
    return made, "advocacy:followup_close", {"note": "Sudah dikirim."}


def report_to_verify(team):
    library = factories.library(factories.village())
    last = Quarter.last_ended(team.today)
    factories.participation(library, last.year)
    factories.visit(library, visited_on=team.today)
    made = factories.report(
        library, last, by=factories.user("regency_officer", regency_code="19.01")
    )
    return made, "villages:report_verify", {}


def plan_to_hand_in(team):
    made = factories.plan(team, state="returned", year=team.today.year)
    activity = made.activities.get()
    activity.target = 5
    activity.save_as(by=None)
    return factories.fresh(made), "programs:plan_submit", {}


#: {role: (what waits, its first words on home)}.
ACTIONS = {
    "chair": (minutes_to_approve, "Sahkan notula"),
    "member": (followup_to_close, "Menyusun usulan"),
    "secretariat": (report_to_verify, "Periksa laporan"),
    "administrator": (plan_to_hand_in, "Perbaiki rencana kerja"),
}


def own_titles(client):
    whole = groups_on(client, "/tugas/")
    return [title for key, rows in whole.items() if key != OTHERS for title in rows]


@pytest.mark.django_db
class TestActing:
    @pytest.mark.parametrize("role", ACTIONS)
    def test_removes_it(self, client, sign_in, role):
        make, words = ACTIONS[role]
        account = sign_in(role)
        record, action, data = make(factories.team())
        if role == "member":
            person = record.person_in_charge
            person.user = account
            person.save_as(by=None)
        assert [one for one in own_titles(client) if one.startswith(words)]
        url = reverse(action, args=[record.pk])
        answer = client.post(url, {"version": record.version} | data)
        assert answer.status_code == 302, answer.content.decode()[:3000]
        assert not [one for one in own_titles(client) if one.startswith(words)]

    def test_a_signature_ends_the_waiting_of_a_decree(self, client, sign_in):
        account, team = sign_in("administrator"), factories.team()
        decree = factories.decree(team, state="submitted")
        assert groups_on(client)[OTHERS] == [f"Catat penetapan {decree}"]
        scan = SafeFile(ContentFile(b"%PDF-1.7"), "application/pdf", "sk.pdf")
        decree.keep_scan(scan, by=account)
        record_signature(
            decree=decree,
            by=account,
            number="7/2026",
            signed_on=team.today,
            signed_in="Pangkalpinang",
            signer="",
            effective_from=team.today,
            effective_until=None,
        )
        assert OTHERS not in groups_on(client)


@pytest.mark.django_db
class TestWhoWaits:
    def test_the_chair_is_told_since_when_and_the_desk_that_it_waits(self, client, sign_in):
        team, desk = factories.team(), factories.user("secretariat")
        made = factories.minutes(team, state="submitted", by=desk)
        since = f"menunggu sejak {long_date(made.submitted_at)}"
        sign_in("chair")
        assert groups_on(client)["Hari ini"] == [f"Sahkan notula {made.title}"]
        assert f"notulis {since}" in page_of(client).text_content()
        sign_in(desk)
        assert groups_on(client)[OTHERS] == ["Menyusun usulan", f"Notula {made.title}"]
        assert f"Ketua Tim belum mengesahkan; {since}" in page_of(client).text_content()

    @pytest.mark.parametrize(
        ("role", "where"),
        [("observer", {}), ("regency_officer", {"regency_code": "19.02"}), (None, {})],
    )
    def test_nothing_waits_for_whoever_cannot_act(self, client, sign_in, role, where):
        team = factories.team()
        factories.minutes(team, state="submitted", by=factories.user("secretariat"))
        sign_in(factories.user(role, **where))
        assert groups_on(client) == groups_on(client, "/tugas/") == {}
        assert title_of(client, "/tugas/") == "Tidak ada yang menunggu Anda hari ini"

    def test_a_national_account_has_what_it_decides_on_and_no_reminders(self, client, sign_in):
        team = factories.team()
        made = factories.minutes(team, state="submitted", by=factories.user("secretariat"))
        sign_in("chair", province_code=None)
        assert groups_on(client) == {"Hari ini": [f"Sahkan notula {made.title}"]}

    def test_another_province_sees_none_of_it(self, client, sign_in):
        factories.minutes(factories.team(), state="submitted", by=factories.user("secretariat"))
        sign_in("chair", province_code="11")
        assert groups_on(client) == {}
