"""
What a plan costs to read: its rows shown and no more, at any number of activities, meetings,
expenses and provinces.
"""

import gzip
import random
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from advocacy.models import Commitment, MediaCoverage, Meeting, Partnership
from programs import plan_pages as plan_rows
from programs.models import Expense, PlannedActivity, WorkPlan
from programs.plan_versions import content_of, version_of
from programs.progress import PlanProgress
from programs.views import activities as activity_pages
from tests import factories
from tests.test_pages import queries

pytestmark = pytest.mark.django_db

MOST_BYTES = 15 * 1024
WORDS = [
    "audiensi",
    "bupati",
    "pelatihan",
    "kader",
    "literasi",
    "kunjungan",
    "dinas",
    "mitra",
    "komunitas",
    "media",
    "sarana",
]


@pytest.fixture
def team():
    return factories.team()


@pytest.fixture
def some():
    """Words that do not repeat each other as numbered titles do, so that compression has work."""
    chance = random.Random(7)
    return lambda count: " ".join(chance.choices(WORDS, k=count)).capitalize()


def weight(client, url):
    """Bytes of a page, compressed."""
    answer = client.get(url)
    assert answer.status_code == 200
    return len(gzip.compress(answer.content))


def many_activities(plan, count, title="Kegiatan {}".format):
    PlannedActivity.objects.bulk_create(
        PlannedActivity(
            plan=plan,
            role=n % 3 + 1,
            order=n,
            title=title(n),
            way="internal",
            unit="kali",
            months=1,
        )
        for n in range(count)
    )


def many_meetings(activity, count, title="Rapat {}".format):
    team = activity.plan.team
    Meeting.objects.bulk_create(
        Meeting(
            team=team,
            province=team.province,
            title=title(n),
            starts_at=datetime(2019, 1, 1, 2, tzinfo=UTC) + timedelta(hours=n),
            activity=activity,
            state="held",
        )
        for n in range(count)
    )


class TestList:
    def test_sums_are_those_of_each_plan(self, team):
        plan = factories.plan(team, activities=0)
        cash, goods = (
            factories.source(team),
            factories.source(team, kind="private", support="in_kind"),
        )
        factories.activity(plan, budget={cash: 5_000_000, goods: 7})
        factories.activity(plan, budget={cash: 11})
        factories.activity(plan, budget={})
        empty = factories.plan(team, year=2020, activities=0)
        rows = {row.pk: (row.n, row.cash) for row in WorkPlan.objects.for_list()}
        assert rows == {plan.pk: (3, 5_000_011), empty.pk: (0, 0)}

    def test_pages_hold_every_plan_once_and_ask_alike(self, client, sign_in):
        sign_in("observer", province_code=None)
        teams = [factories.team(code) for code in ("19", "11")]
        for team in teams:
            factories.plan(team, year=2001)
        url = reverse("programs:plan_list")
        few = queries(client, url)
        for team in [*teams, *(factories.team(code) for code in ("71", "91"))]:
            for year in range(2002, 2022):
                factories.plan(team, year=year)
        assert queries(client, url) == few
        seen, asked = [], url
        while asked:
            page = client.get(asked).context["page"]
            seen += [row.pk for row in page]
            asked = f"{url}?setelah={page.next}" if page.next else None
        assert (
            sorted(seen) == sorted(WorkPlan.objects.values_list("pk", flat=True))
            and len(seen) == 82
        )

    def test_the_team_is_named_on_every_page_where_there_are_several(self, client, sign_in):
        sign_in("observer", province_code=None)
        own, other = factories.team("19"), factories.team("11")
        for year in range(2000, 2051):
            factories.plan(own, year=year)
        factories.plan(other, year=2060)
        url = reverse("programs:plan_list")
        page = client.get(url).context["page"]
        last = client.get(f"{url}?setelah={page.next}")
        assert {row.team.province_id for row in last.context["page"]} == {"19"}
        assert own.name in last.content.decode()


class TestLongPlan:
    @pytest.fixture
    def plan(self, team, some):
        plan = factories.plan(team, activities=0)
        many_activities(plan, 200, lambda n: f"{n} {some(9)}")
        return plan

    @pytest.mark.parametrize("name", ["detail", "months", "outcome", "spending"])
    def test_stays_light(self, client, sign_in, plan, name):
        sign_in("secretariat")
        assert weight(client, reverse(f"programs:plan_{name}", args=[plan.pk])) <= MOST_BYTES

    @pytest.mark.parametrize("name", ["detail", "months", "outcome"])
    def test_every_activity_stands_on_one_page(self, client, sign_in, plan, name):
        sign_in("secretariat")
        seen, number = [], 1
        url = reverse(f"programs:plan_{name}", args=[plan.pk])
        while number:
            answer = client.get(url, {"halaman": number})
            shown = answer.context["shown"]
            text = answer.content.decode()
            assert all(
                reverse("programs:activity_detail", args=[item.id]) in text for item in shown
            )
            seen += [item.id for item in shown]
            number = shown.next_page_number() if shown.has_next() else 0
        assert seen == list(plan.activities.in_order().values_list("pk", flat=True))

    def test_the_page_of_an_activity_is_opened_by_its_key(self, client, sign_in, plan):
        sign_in("secretariat")
        for activity in (plan.activities.in_order().first(), plan.activities.in_order().last()):
            text = client.get(activity.place_in_plan).content.decode()
            assert f'id="kegiatan-{activity.pk}"' in text

    @pytest.mark.parametrize(
        "asked",
        ["halaman=x", "halaman=0", "halaman=999", "kegiatan=x", "kegiatan=999999", "halaman="],
    )
    def test_what_is_not_there_is_a_page_all_the_same(self, client, sign_in, plan, asked):
        sign_in("secretariat")
        answer = client.get(f"{plan.get_absolute_url()}?{asked}")
        assert answer.status_code == 200 and len(answer.context["shown"])

    def test_only_the_first_and_the_last_of_a_role_stay_where_they_are(self, client, sign_in, plan):
        sign_in("secretariat")
        disabled = []
        for number in range(1, 5):
            text = client.get(plan.get_absolute_url(), {"halaman": number}).content.decode()
            disabled += re.findall(r'value="(\d+)-(\w+)" disabled', text)
        ends = []
        for role in (1, 2, 3):
            keys = list(plan.activities.filter(role=role).in_order().values_list("pk", flat=True))
            ends += [(str(keys[0]), "naik"), (str(keys[-1]), "turun")]
        assert sorted(disabled) == sorted(ends)

    def test_sums_are_of_the_whole_plan(self, client, sign_in, plan, monkeypatch):
        sign_in("secretariat")
        source = factories.source(plan.team)
        factories.activity(plan, budget={source: 9_000_001})
        monkeypatch.setattr(plan_rows, "SHOWN", 2)
        url = reverse("programs:plan_spending", args=[plan.pk])
        budgets = client.get(url).context["budgets"]
        assert budgets["cash"][1] == 9_000_001
        assert client.get(plan.get_absolute_url()).context["version"].cash == 9_000_001


class TestBusyActivity:
    @pytest.fixture
    def activity(self, team):
        return factories.activity(factories.plan(team, activities=0), target=600)

    def test_stays_light_with_500_meetings_and_expenses(self, client, sign_in, activity, some):
        sign_in("secretariat")
        url, few = activity.get_absolute_url(), None
        factories.expense(activity)
        many_meetings(activity, 2)
        few = queries(client, url)
        many_meetings(activity, 500, lambda n: some(20)[:200])
        source = factories.source(activity.plan.team)
        Expense.objects.bulk_create(
            Expense(
                activity=activity,
                source=source,
                spent_on=date(2019, 7, 1),
                amount=1000 + n,
                what=some(12),
            )
            for n in range(500)
        )
        assert queries(client, url) == few
        assert weight(client, url) <= MOST_BYTES

    def test_every_meeting_and_expense_stands_on_one_page(self, client, sign_in, activity):
        sign_in("secretariat")
        many_meetings(activity, 60)
        for n in range(30):
            factories.expense(activity, what=f"Konsumsi {n}.", receipt=False)
        url, seen = activity.get_absolute_url(), []
        for number in (1, 2, 3):
            answer = client.get(url, {"catatan": number})
            text = answer.content.decode()
            named = answer.context["named_logs"]
            assert all(f'href="{address}"' in text and title in text for _, title, address in named)
            seen += [log.key for log, *_ in named]
        assert seen == list(Meeting.objects.order_by("starts_at").values_list("pk", flat=True))
        assert "<b>60</b> dari 600" in text and "Catatan 51 sampai 60 dari 60" in text
        page = client.get(url).context["expenses"]
        rest = client.get(url, {"setelah": page.next}).context["expenses"]
        assert len(page) == activity_pages.ROWS_PER_PAGE
        assert {row.what for row in [*page, *rest]} == {f"Konsumsi {n}." for n in range(30)}

    def test_every_note_stands_on_one_page(self, client, sign_in, team):
        sign_in("secretariat")
        visits = factories.activity(factories.plan(team, activities=0), way="visit")
        for n in range(activity_pages.ROWS_PER_PAGE + 2):
            factories.achievement(visits, note=f"Catatan {n}.")
        texts = "".join(
            client.get(visits.get_absolute_url(), {"capaian": n}).content.decode() for n in (1, 2)
        )
        assert all(
            texts.count(f": Catatan {n}.") == 1 for n in range(activity_pages.ROWS_PER_PAGE + 2)
        )

    def test_each_kind_of_log_is_named_with_its_own_address(self, team):
        plan = factories.plan(team, activities=0)
        ways = {
            "internal": Meeting,
            "media": MediaCoverage,
            "support": Commitment,
            "partnership": Partnership,
        }
        rows = {way: factories.activity(plan, way=way) for way in ways}
        made = {
            "internal": factories.minutes(team, activity=rows["internal"], title="Rapat satu"),
            "media": factories.media(team, activity=rows["media"], title="Berita satu"),
            "support": factories.commitment(
                team, activity=rows["support"], description="Buku satu"
            ),
            "partnership": factories.partnership(
                team, activity=rows["partnership"], about="Janji satu"
            ),
        }
        progress = PlanProgress(plan, version_of(content_of(plan)))
        titles = ("Rapat satu", "Berita satu", "Buku satu", "Janji satu")
        for (way, record), title in zip(made.items(), titles, strict=True):
            found = activity_pages.named(team, progress[rows[way].pk].logs)
            assert [(name, address) for _, name, address in found] == [
                (title, record.get_absolute_url())
            ]


class TestAlone:
    def test_read_alone_an_activity_stands_as_it_does_in_its_plan(self, team):
        """
        With every kind of log, money and goods, promises in its meetings and of its own, beside
        others of the plan.
        """
        plan = factories.plan(team, activities=0)
        cash, goods = (
            factories.source(team),
            factories.source(team, kind="private", support="in_kind"),
        )
        rows = [
            factories.activity(plan, way=way)
            for way in ("internal", "audience", "media", "support", "partnership", "visit")
        ]
        for n, row in enumerate(rows):
            factories.expense(row, of_source=cash, amount=1_000 + n, spent_on=date(2019, 2, 1))
            factories.expense(row, of_source=cash, amount=20_000 + n, spent_on=date(2019, 11, 1))
            factories.expense(row, of_source=goods, amount=300 + n, spent_on=date(2019, 11, 1))
        met = factories.minutes(team, activity=rows[0])
        factories.meeting(team, activity=rows[0], starts_at=datetime(2030, 1, 1, tzinfo=UTC))
        case = factories.case(team)
        factories.audience(team, [case], activity=rows[1])
        factories.media(team, activity=rows[2])
        promise = factories.commitment(team, activity=rows[3], value=900)
        factories.realisation(promise, amount=400)
        factories.commitment(team, case=case, meeting=met, value=77)
        factories.partnership(team, activity=rows[4])
        factories.achievement(rows[5], amount=3)
        version = version_of(content_of(plan))
        whole = PlanProgress(plan, version)
        for row in rows:
            alone = PlanProgress(plan, version, alone=row.pk)
            assert list(alone.rows) == [row.pk] and alone[row.pk] == whole[row.pk]
            assert alone[row.pk].support == whole[row.pk].support
            assert not alone.beyond
        assert [whole[row.pk].done for row in rows] == [1, 1, 1, 0, 1, 3]
        assert (
            whole[rows[0].pk].support.cash.promised + whole[rows[0].pk].support.in_kind.promised
            == 77
        )
        assert (whole[rows[2].pk].cash_spent, whole[rows[2].pk].in_kind_spent) == (21_004, 302)
        by_quarter = {
            group.label: (group.cash_spent, group.in_kind_spent) for group in whole.by_quarter
        }
        assert by_quarter["Triwulan I"] == (6 * 1_000 + 15, 0)
        assert by_quarter["Triwulan IV"] == (6 * 20_000 + 15, 6 * 300 + 15)


def test_a_plans_pages_ask_alike_for_2_meetings_and_200_and_for_5_provinces(client, sign_in):
    sign_in("observer", province_code=None)
    team = factories.team()
    plan = factories.plan(team, activities=2)
    first = plan.activities.first()
    many_meetings(first, 2)
    factories.expense(first)
    urls = [
        reverse(f"programs:plan_{name}", args=[plan.pk])
        for name in ("detail", "months", "outcome", "spending", "export")
    ]
    urls += [
        first.get_absolute_url(),
        team.get_absolute_url(),
        team.memberships.first().institution.get_absolute_url(),
    ]
    urls += [reverse("programs:plan_list")]
    few = {url: queries(client, url) for url in urls}
    many_meetings(first, 198)
    many_activities(plan, 198)
    for code in ("11", "71", "91"):
        other = factories.plan(factories.team(code), activities=2)
        many_meetings(other.activities.first(), 5)
        factories.expense(other.activities.first())
    assert {url: queries(client, url) for url in urls} == few
