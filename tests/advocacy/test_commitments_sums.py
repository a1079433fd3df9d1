"""States and sums are what the rows say, whatever the order in which things happened."""

from collections import Counter
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from advocacy.actions import delete_realisation, save_realisation
from advocacy.models import Commitment, Realisation
from advocacy.sums import SumsTable, sums_by
from programs.plan_versions import content_of, version_of
from programs.progress import PlanProgress
from programs.support_totals import UNIT_OF
from sinergi.kit.models import StaleRecord
from sinergi.kit.transitions import TransitionError
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("sums of money and states by date are computed in SQL"),
]

TODAY = date(2020, 6, 30)
FIRST = date(2019, 1, 10)
AMOUNTS = st.one_of(st.integers(1, 5), st.integers(1, 10**12))
#: Kind, value (None: a policy without a budget), day of the promise, days until it is due (None:
#: never), place, sector.
PROMISES = st.lists(
    st.tuples(
        st.sampled_from(["policy", "money", "goods", "services"]),
        st.one_of(st.none(), AMOUNTS),
        st.integers(0, 500),
        st.one_of(st.none(), st.integers(0, 600)),
        st.sampled_from([None, "19.01", "19.02"]),
        st.sampled_from(["private", "gov_regency"]),
    ),
    min_size=1,
    max_size=4,
)
#: What happens after, in this order: to which promise, and something comes (days after it, amount)
#: or it is taken back.
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 3), st.one_of(st.just("withdraw"), st.tuples(st.integers(0, 300), AMOUNTS))
    ),
    max_size=8,
)


def expected_state(promise, came):
    """How a promise stands, from its rows alone."""
    if promise["withdrawn"]:
        return "withdrawn"
    if promise["value"] is not None and sum(amount for _, amount in came) >= promise["value"]:
        return "realised"
    if promise["value"] is None and came:
        return "realised"
    if promise["due"] is not None and promise["due"] < TODAY:
        return "overdue"
    return "partly" if came else "promised"


class TestRecomputation(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(promises=PROMISES, events=EVENTS)
    def test_states_and_sums_equal_a_plain_recomputation(self, promises, events):
        team = factories.team(members=factories.ROSTER[:3])
        for code in ("19.01", "19.02"):
            factories.regency(code, f"Kabupaten {code}")
        rows, came = [], []
        for kind, value, day, due, regency, sector in promises:
            value = value if kind == "policy" else value or 7
            on = FIRST + timedelta(days=day)
            row = {
                "kind": kind,
                "value": value,
                "on": on,
                "due": None if due is None else on + timedelta(days=due),
                "regency": regency,
                "sector": sector,
                "withdrawn": False,
            }
            row["record"] = factories.commitment(
                team,
                kind=kind,
                promised_on=on,
                due_on=row["due"],
                regency_id=regency,
                institution=factories.institution(sector, sector),
                **{"budget" if kind == "policy" else "value": value},
            )
            rows.append(row)
        for which, event in events:
            row = rows[which % len(rows)]
            if row["withdrawn"]:
                continue
            so_far = [(on, amount) for n, on, amount in came if n == which % len(rows)]
            if event == "withdraw" and expected_state(row, so_far) == "realised":
                with pytest.raises(TransitionError):
                    Commitment.objects.get(pk=row["record"].pk).withdraw(by=None, reason="Batal.")
            elif event == "withdraw":
                Commitment.objects.get(pk=row["record"].pk).withdraw(by=None, reason="Batal.")
                row["withdrawn"] = True
            else:
                after, amount = event
                on = row["on"] + timedelta(days=after)
                factories.realisation(row["record"], amount=amount, realised_on=on, evidence=False)
                came.append((which % len(rows), on, amount if row["value"] is not None else 0))
        self.compare(team, rows, came)

    def compare(self, team, rows, came):
        of = {
            n: [(on, amount) for which, on, amount in came if which == n] for n in range(len(rows))
        }
        stored = Commitment.objects.with_state(TODAY)
        for n, row in enumerate(rows):
            record = stored.get(pk=row["record"].pk)
            assert record.state == expected_state(row, of[n])
            assert (record.came, record.times) == (sum(amount for _, amount in of[n]), len(of[n]))
            assert record.came_on == max((on for on, _ in of[n]), default=None)
        assert {row.pk for row in Commitment.objects.overdue(TODAY)} == {
            row["record"].pk
            for n, row in enumerate(rows)
            if expected_state(row, of[n]) == "overdue"
        }
        for state in Commitment.State:
            there = Commitment.objects.in_state(state, TODAY)
            assert {row.pk for row in there} == {row.pk for row in stored if row.state == state}
        outstanding = {row.pk for row in stored if row.state in ("promised", "partly", "overdue")}
        assert {row.pk for row in Commitment.objects.outstanding()} == outstanding
        keys = {
            "provinsi": lambda row, on: {"province": "19"},
            "jenis": lambda row, on: {"kind": row["kind"]},
            "sektor": lambda row, on: {"sector": row["sector"]},
            "kabupaten": lambda row, on: (
                {"province": "19", "regency": row["regency"]}
                if row["regency"]
                else {"regency": "provinsi"}
            ),
            "tahun": lambda row, on: {"year": on.year},
        }
        for by, key in keys.items():
            expected = Counter()
            for n, row in enumerate(rows):
                unit, value, sum_came = (
                    UNIT_OF[row["kind"]],
                    row["value"] or 0,
                    sum(amount for _, amount in of[n]),
                )
                at, state = (str(key(row, row["on"])), unit), expected_state(row, of[n])
                expected[at, "promised"] += value
                expected[at, "commitments"] += 1
                if state == "withdrawn":
                    expected[at, "withdrawn"] += max(value - sum_came, 0)
                    expected[at, "taken_back"] += 1
                elif state != "realised":
                    expected[at, "outstanding"] += max(value - sum_came, 0)
                    expected[at, "open"] += 1
                for on, amount in of[n]:
                    there = (str(key(row, on)), unit)
                    expected[there, "realised"] += amount
                    expected[there, "realisations"] += 1
            found = Counter()
            sums = sums_by(
                by, commitments=Commitment.objects.all(), realisations=Realisation.objects.all()
            )
            for _, asked, support in sums:
                for unit, _, tally in support.units:
                    for column in vars(tally):
                        found[(str(asked), unit), column] += getattr(tally, column)
            assert +found == +expected
            whole = stored.order_by().support()
            for table in SumsTable.of(sums):
                assert table.total.tally == getattr(whole, table.unit), "the parts are the whole"


def sums_of(commitment):
    commitment.refresh_from_db()
    return commitment.came, commitment.times, commitment.came_on


class TestKeptSums:
    """
    What is kept of the realisations never disagrees with them (the races: tests/test_races.py).
    """

    def test_follow_what_is_added_changed_and_deleted(self):
        promise = factories.commitment(factories.team())
        assert sums_of(promise) == (0, 0, None)
        first = factories.realisation(promise, amount=5, realised_on=date(2019, 9, 5))
        last = factories.realisation(promise, amount=7, realised_on=date(2019, 10, 1))
        assert sums_of(promise) == (12, 2, date(2019, 10, 1))
        first.amount, first.commitment = 6, Commitment.objects.get(pk=promise.pk)
        save_realisation(realisation=first, villages=[], by=None, version=first.version)
        assert sums_of(promise) == (13, 2, date(2019, 10, 1))
        last.commitment = Commitment.objects.get(pk=promise.pk)
        delete_realisation(realisation=last, by=None)
        assert sums_of(promise) == (6, 1, date(2019, 9, 5))

    def test_of_a_realisation_that_was_refused_nothing_is_counted(self):
        promise = factories.commitment(factories.team())
        stale = Commitment.objects.get(pk=promise.pk)
        factories.realisation(promise, amount=5)
        with pytest.raises(StaleRecord):
            save_realisation(
                realisation=Realisation.of(stale, amount=9, realised_on=date(2019, 9, 6)),
                villages=[],
                by=None,
            )
        assert sums_of(promise)[:2] == (5, 1)

    @pytest.mark.parametrize(
        "kept", [{"came": 5}, {"times": 1}, {"came": -1, "times": 1, "came_on": TODAY}]
    )
    def test_the_database_refuses_sums_that_cannot_be(self, kept):
        promise = factories.commitment(factories.team())
        with (
            pytest.raises(IntegrityError, match="advocacy_commitment_counted"),
            transaction.atomic(),
        ):
            Commitment.objects.filter(pk=promise.pk).update(**kept)


@pytest.fixture
def story():
    """
    Money half come, goods overdue, a policy done, services taken back; two regencies, two sectors,
    two years.
    """
    team = factories.team()
    factories.regency()
    office = factories.institution("Pemkab Bangka", "gov_regency")
    money = factories.commitment(team, kind="money", value=5_000_000, description="Uang latihan")
    goods = factories.commitment(team, due_on=date(2019, 10, 31), regency_id="19.01")
    policy = factories.commitment(
        team, kind="policy", description="Peraturan bupati", institution=office, regency_id="19.01"
    )
    services = factories.commitment(team, kind="services", value=3_000_000, description="Pelatih")
    factories.realisation(money, amount=2_500_000)
    factories.realisation(goods, amount=8_000_000, realised_on=date(2020, 1, 5))
    factories.realisation(policy)
    Commitment.objects.get(pk=services.pk).withdraw(by=None, reason="Batal.")
    return team


@pytest.mark.parametrize("by", ["jenis", "sektor", "kabupaten", "tahun"])
def test_each_number_leads_to_its_rows(client, sign_in, story, by):
    """The list behind a number has as many rows as it says, and their sum is the number."""
    sign_in("secretariat")
    page = client.get(f"/komitmen/jumlah/?menurut={by}").content.decode()
    sums = sums_by(by, commitments=Commitment.objects.all(), realisations=Realisation.objects.all())
    seen = 0
    for table in SumsTable.of(sums):
        for row in [*table.rows, table.total]:
            tally = row.tally
            for url, times, amount in (
                (row.promised_url, tally.commitments, tally.promised),
                (row.realised_url, tally.realisations, tally.realised),
                (row.withdrawn_url, tally.taken_back, tally.withdrawn),
                (row.open_url, tally.open, tally.outstanding),
            ):
                if not times:
                    continue
                if row is not table.total or len(table.rows) > 1:
                    assert url.replace("&", "&amp;") in page
                context = client.get(url).context_data
                behind = getattr(context["sums"], table.unit)
                assert len(context["page"]) == times and len(context["sums"].units) == 1
                name = {"withdrawn": "withdrawn", "open": "outstanding"}.get(
                    *parse_qs(urlsplit(url).query).get("standing", [""])
                )
                realised = "/realisasi/" in url
                assert getattr(behind, name or ("realised" if realised else "promised")) == amount
                seen += 1
    assert seen >= 12


def test_the_ledger_keeps_money_and_goods_apart(client, sign_in, story):
    sign_in("secretariat")
    page = client.get("/komitmen/").content.decode()
    for told in (
        "Rp2.500.000</b> dari Rp5.000.000",
        "Rp8.000.000</b> dari Rp15.500.000",
        "1 dokumen</b> dari 1 janji",
    ):
        assert told in page
    assert "Rp10.500.000" not in page and "Rp20.500.000" not in page, "money and goods were added"
    assert "1 ditarik, Rp3.000.000" in page


def test_the_institution_shows_what_came_by_year(client, sign_in, story):
    sign_in("secretariat")
    page = client.get(
        factories.institution("Perusahaan swasta", "private").get_absolute_url()
    ).content.decode()
    table = page.partition("Terealisasi menurut tahun")[2].partition("</table>")[0]
    newer, older = table.partition(">2019<")[0], table.partition(">2019<")[2]
    assert "Rp8.000.000" in newer and "Rp2.500.000" not in newer and "Rp2.500.000" in older


class TestInThePlan:
    @pytest.fixture
    def plan(self):
        return factories.plan(factories.team(), activities=0)

    def progress(self, activity):
        plan = factories.fresh(activity.plan)
        return PlanProgress(plan, version_of(content_of(plan)))[activity.pk]

    def test_a_commitment_counts_once_all_of_it_has_come(self, plan):
        activity = factories.activity(plan, way="support")
        commitment = factories.commitment(plan.team, activity=activity, due_on=date(2019, 10, 31))
        factories.realisation(commitment)
        progress = self.progress(activity)
        assert (progress.done, progress.scheduled, progress.logs[0].day) == (
            0,
            1,
            date(2019, 10, 31),
        )
        factories.realisation(commitment, amount=4_500_000, realised_on=date(2019, 9, 19))
        progress = self.progress(activity)
        assert (progress.done, progress.scheduled, progress.started_on) == (1, 0, date(2019, 9, 19))
        assert (progress.support.in_kind.realised, progress.support.cash.realised) == (
            12_500_000,
            0,
        )

    def test_once_for_each_institution_where_that_is_counted(self, plan):
        activity = factories.activity(plan, way="support", counted="institutions")
        for kind in ("money", "goods"):
            factories.realisation(
                factories.commitment(plan.team, kind=kind, value=5, activity=activity), amount=5
            )
        assert self.progress(activity).done == 1
        factories.realisation(
            factories.commitment(
                plan.team,
                value=5,
                activity=activity,
                institution=factories.institution("Lain", "private"),
            ),
            amount=5,
        )
        assert self.progress(activity).done == 2

    def test_a_withdrawn_one_is_not_waited_for(self, plan):
        activity = factories.activity(plan, way="support")
        factories.commitment(plan.team, activity=activity).withdraw(by=None, reason="Batal.")
        progress = self.progress(activity)
        assert (progress.done, progress.scheduled, progress.support.in_kind.withdrawn) == (
            0,
            0,
            12_500_000,
        )

    def test_what_was_promised_in_a_meeting_shows_where_the_meeting_counts(
        self, client, sign_in, plan
    ):
        sign_in("secretariat")
        activity = factories.activity(plan, way="audience", counted="institutions")
        meeting = factories.audience(plan.team, activity=activity)
        factories.commitment(plan.team, meeting=meeting)
        progress = self.progress(activity)
        assert (progress.done, progress.support.in_kind.promised) == (1, 12_500_000)
        page = client.get(f"/rencana/{plan.pk}/realisasi/").content.decode()
        assert "Rp0</b> dari Rp12.500.000" in page

    def test_partnerships_and_media_count_where_that_is_the_way(self, plan):
        media, agreements = (
            factories.activity(plan, way=way, title=way) for way in ("media", "partnership")
        )
        factories.media(plan.team, activity=media)
        factories.partnership(plan.team, activity=agreements)
        factories.partnership(plan.team, activity=agreements, starts_on=date(2099, 1, 1))
        assert (
            self.progress(media).done,
            self.progress(agreements).done,
            self.progress(agreements).scheduled,
        ) == (1, 1, 1)

    def test_publications_noted_by_hand_before_still_count(self, plan):
        activity = factories.activity(plan, way="visit")
        factories.achievement(activity, amount=2)
        type(activity).objects.filter(pk=activity.pk).update(way="media")
        factories.media(plan.team, activity=activity)
        assert self.progress(activity).done == 3
        activity.refresh_from_db()
        activity.title = "Publikasi"
        activity.full_clean()

    @pytest.mark.parametrize(
        ("way", "log"),
        [("support", "commitments"), ("media", "media"), ("partnership", "partnerships")],
    )
    def test_each_log_is_offered_the_activities_that_count_it(self, plan, way, log):
        activity = factories.activity(plan, way=way)
        offered = type(activity).objects.offered_to
        assert list(offered(plan.team, date(2019, 8, 1), log=log)) == [activity]
        assert not offered(plan.team, date(2019, 8, 1), log="meetings").exists()


def test_sums_of_several_provinces_lead_to_their_rows(client, sign_in, team):
    """
    For whoever sees more than one: side by side, and the regencies, and what is of none, within one
    province.
    """
    there = factories.team("11", members=factories.ROSTER[:3])
    promise = factories.commitment(team, regency=factories.regency())
    factories.realisation(promise)
    factories.commitment(team)
    factories.commitment(there)
    sign_in("observer", province_code=None)
    pages = {
        "menurut=kabupaten": {
            "unit=in_kind&province=19": 2,
            "unit=in_kind&province=11": 1,
            "unit=in_kind": 3,
        },
        "menurut=kabupaten&province=19": {
            "unit=in_kind&province=19&regency=19.01": 1,
            "unit=in_kind&province=19&regency=provinsi": 1,
            "unit=in_kind&province=19": 2,
        },
        "menurut=jenis&province=19": {"unit=in_kind&province=19&kind=goods": 2},
    }
    for asked, addresses in pages.items():
        page = client.get(f"/komitmen/jumlah/?{asked}").content.decode()
        for address, rows in addresses.items():
            assert f'"/komitmen/?{address}"'.replace("&", "&amp;") in page
            assert len(client.get(f"/komitmen/?{address}").context_data["page"]) == rows
    assert (
        "/komitmen/jumlah/?menurut=kabupaten&amp;province=19"
        in client.get("/komitmen/jumlah/?menurut=provinsi").content.decode()
    )
    assert len(client.get("/realisasi/?unit=in_kind&province=19").context_data["page"]) == 1
    assert not client.get("/realisasi/?unit=in_kind&province=11").context_data["page"].rows


@pytest.mark.parametrize("url", ["/komitmen/", "/realisasi/"])
def test_a_list_is_summed_within_one_province(client, sign_in, team, url):
    """
    The sums of the whole country take every row: they have a page of their own, to which the list
    leads.
    """
    factories.realisation(factories.commitment(team))
    sign_in("observer", province_code=None)
    page = client.get(url)
    assert (
        page.context_data["sums"] is None
        and '"/komitmen/jumlah/"' in page.content.decode().partition("<main")[2]
    )
    assert client.get(f"{url}?province=19").context_data["sums"].in_kind.realised == 8_000_000
    sign_in("observer")
    assert client.get(url).context_data["sums"].in_kind.realised == 8_000_000


def test_the_sums_of_a_province_out_of_reach_are_those_of_all_in_reach(client, sign_in, team):
    factories.commitment(team)
    factories.province("11")
    account = sign_in("observer")
    factories.assign(account, "observer", "71")
    page = client.get("/komitmen/jumlah/?menurut=kabupaten&province=11")
    assert page.context_data["province"] is None and page.context_data["by"] == "provinsi"
