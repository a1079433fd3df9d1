"""The pages of expansion: the coverage and its lists, a village's case and its steps."""

import re
import uuid
from datetime import date, timedelta
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from advocacy.actions.expansion import open_case
from advocacy.expansion_begun import share_of
from advocacy.expansion_criteria import criteria, last_due
from advocacy.expansion_evidence import Fitting, fitting
from advocacy.expansion_stages import NoEvidence, Stage
from advocacy.models import ExpansionCase, ExpansionStep, TrainingParticipant
from advocacy.views import expansion as expansion_views
from advocacy.views import expansion_steps
from tests import factories
from tests.exporting import downloaded, workbook
from tests.pages import html_of
from tests.test_pages import queries
from villages.models import District, Regency, Village
from villages.quarters import Quarter

pytestmark = pytest.mark.django_db

COVERAGE = reverse("advocacy:expansion_coverage")
LIST = reverse("advocacy:expansion_village_list")
NAMES = ["Kapuk", "Dalil", "Maras", "Puding", "Labu", "Saing", "Tanah", "Kayu", "Air", "Batu"]


def url_of(name, *args):
    return reverse(f"advocacy:expansion_{name}", args=args)


@pytest.fixture
def team(db):
    return factories.team()


@pytest.fixture
def by(team):
    return factories.user("secretariat")


@pytest.fixture
def places(team):
    """Return ten villages of two regencies."""
    here = [factories.village(f"19.01.06.20{n:02}", name) for n, name in enumerate(NAMES[:6], 2)]
    return here + [
        factories.village(f"19.02.05.20{n:02}", name) for n, name in enumerate(NAMES[6:], 1)
    ]


@pytest.fixture
def covered(places, by):
    """Cases at every stage, of several sources, in one regency of two."""
    day = date(2019, 1, 15)
    factories.expansion(places[0], "candidate", by=by, day=day, source="national")
    factories.expansion(places[1], "candidate", "audience", by=by, day=day, source="regency")
    factories.expansion(places[2], "running", by=by, day=day, source="national")
    factories.expansion(places[3], "running", "stopped", by=by, day=day, source="")
    factories.expansion(places[4], "independent", by=by, day=day, source="village")
    return places


def links_of(html):
    """Return {address: number} of the cells of the coverage."""
    found = re.findall(r'<a href="(/perluasan/desa/[^"]*tahap=[^"]*)">([\d.]+)', html)
    return {url.replace("&amp;", "&"): int(number) for url, number in found}


def listed(client, url):
    """Return how many villages a list has, over all its pages."""
    return len(client.get(url).context["page"].rows)


class TestCoverage:
    @pytest.mark.parametrize("asked", ["", "?per=2019-01-20", "?sumber=national"])
    def test_every_number_leads_to_as_many_and_rows_add_up(
        self, client, sign_in, by, covered, asked
    ):
        sign_in(by)
        answer = client.get(COVERAGE + asked)
        links = links_of(html_of(answer))
        assert len(links) >= 6
        for url, number in links.items():
            assert listed(client, url) == number, url
        for row in [*answer.context["rows"], answer.context["whole"]]:
            assert sum(cell.number for cell in row.cells) == row.villages
        assert answer.context["whole"].villages == Village.objects.count() == len(covered)

    def test_the_days_before_show_what_was_then(self, client, sign_in, by, covered):
        sign_in(by)
        whole = client.get(COVERAGE + "?per=2019-01-20").context["whole"]
        assert (whole.counts["candidate"], whole.counts["running"]) == (2, 2)
        assert client.get(COVERAGE + "?per=2018-12-31").context["whole"].counts["none"] == 10

    def test_a_source_leaves_the_others_a_column_of_their_own(self, client, sign_in, by, covered):
        sign_in(by)
        whole = client.get(COVERAGE + "?sumber=national").context["whole"]
        assert whole.counts == {"none": 5, "candidate": 1, "running": 1, "other": 3}
        assert listed(client, LIST + "?sumber=national&tahap=other") == 3
        assert listed(client, LIST + "?tahap=other") == 0

    def test_it_says_the_share_and_who_has_none(self, client, sign_in, by, covered):
        sign_in(by)
        html = html_of(client.get(COVERAGE))
        told = "2 dari 10 desa dan kelurahan punya perpustakaan yang berjalan atau mandiri"
        assert f"{told}, di 1 dari 2 kecamatan" in html
        assert "Satu kabupaten/kota belum punya satu pun calon" in html
        assert "5 + 1 + 1 + 0 + 0 + 0 + 1 + 1 + 1 = 10" in html
        assert html.index("Belum ada satu pun") < html.index("Sudah dimulai")

    @pytest.mark.parametrize("asked", ["", "?per=2019-01-20", "?sumber=national"])
    def test_what_has_begun_is_told_by_source_year_and_stage(
        self, client, sign_in, by, covered, asked
    ):
        factories.expansion(covered[6], "candidate", by=by, day=date(2020, 3, 1), source="own")
        sign_in(by)
        begun = client.get(COVERAGE + asked).context["begun"]
        rows = [*begun["sources"], *begun["years"], *begun["stages"]]
        for row in rows:
            assert listed(client, row.url) == row.number, row.url
        for row in begun["stages"]:
            assert listed(client, row.still_url) == row.still, row.still_url
        assert listed(client, begun["url"]) == begun["number"]
        assert listed(client, begun["open_url"]) == begun["open"]
        assert sum(row.number for row in begun["years"]) == begun["number"]

    def test_every_source_and_year_has_its_share(self, client, sign_in, by, covered):
        factories.expansion(covered[6], "candidate", by=by, day=date(2020, 3, 1), source="own")
        sign_in(by)
        answer = client.get(COVERAGE)
        begun = answer.context["begun"]
        assert [(row.label, row.number, row.share) for row in begun["sources"]] == [
            ("Perpusnas", 2, "33%"),
            ("APBD kabupaten/kota", 1, "16%"),
            ("APBDes", 1, "16%"),
            ("Replikasi mandiri", 1, "16%"),
            ("Belum diketahui", 1, "16%"),
        ]
        assert [(row.label, row.number) for row in begun["years"]] == [("2020", 1), ("2019", 5)]
        assert (begun["share"], answer.context["districts"]) == ("60%", (1, 2, 2))
        early = client.get(COVERAGE + "?per=2019-02-20").context["begun"]["stages"]
        assert [(row.label, row.number, row.days, row.still) for row in early][:3] == [
            ("Calon", 1, 36, 1),
            ("Audiensi", 1, 26, 0),
            ("Komitmen", 0, None, 0),
        ]

    def test_a_share_of_a_few_is_not_told_as_none(self):
        assert [share_of(*pair) for pair in ((0, 9), (1, 900), (9, 900), (0, 0))] == [
            "0%",
            "di bawah 1%",
            "1%",
            "0%",
        ]

    def test_notes_lead_to_their_villages(self, client, sign_in, by, covered):
        sign_in(by)
        notes = client.get(COVERAGE).context["notes"]
        assert (notes["bare"], notes["still"], notes["limit"]) == (4, 2, 30)
        assert listed(client, notes["bare_url"]) == 4
        assert listed(client, notes["still_url"]) == 2
        early = client.get(COVERAGE + "?per=2019-02-01").context["notes"]
        assert early["still"] == 0 and listed(client, early["still_url"]) == 0
        national = client.get(COVERAGE + "?sumber=national").context["notes"]
        assert national["bare"] == listed(client, national["bare_url"]) == 2

    @pytest.mark.parametrize(
        ("asked", "gone", "names"),
        [
            ("", 2, {"Kapuk", "Puding"}),
            ("?sumber=national", 1, {"Kapuk"}),
            ("?sumber=unknown", 1, {"Puding"}),
            ("?per=2018-12-31", 0, set()),
        ],
    )
    def test_villages_that_are_gone_stand_beside_the_sum(
        self, client, sign_in, by, covered, asked, gone, names
    ):
        lost = [covered[0].pk, covered[3].pk, covered[5].pk]  # the last has no case
        Village.objects.filter(pk__in=lost).update(gone_in="daftar 2025")
        sign_in(by)
        answer = client.get(COVERAGE + asked)
        whole, notes = answer.context["whole"], answer.context["notes"]
        assert whole.villages == sum(cell.number for cell in whole.cells) == 7
        assert notes["gone"] == gone
        assert {row.name for row in client.get(notes["gone_url"]).context["page"].rows} == names
        assert ("tidak lagi dalam daftar resmi" in html_of(answer)) == bool(gone)
        begun = answer.context["begun"]
        for row in [*begun["sources"], *begun["years"], *begun["stages"]]:
            assert listed(client, row.url) == row.number
        for url, number in links_of(html_of(answer)).items():
            if "tahap=gone" not in url:
                assert listed(client, url) == number

    def test_one_that_is_gone_says_so(self, client, sign_in, by, covered):
        Village.objects.filter(pk=covered[0].pk).update(gone_in="daftar 2025")
        sign_in(by)
        html = html_of(client.get(f"{LIST}?tahap=gone"))
        assert "Tidak ada lagi dalam daftar 2025" in html and "Calon" in html
        case = covered[0].expansion_case
        assert "tidak ada lagi dalam daftar 2025" in html_of(client.get(case.get_absolute_url()))

    @pytest.mark.parametrize("asked", ["?per=kemarin", "?sumber=lain"])
    def test_what_cannot_be_read_is_told(self, client, sign_in, by, covered, asked):
        sign_in(by)
        answer = client.get(COVERAGE + asked)
        html = html_of(answer)
        assert answer.status_code == 200 and "invalid-feedback" in html
        assert "Belum ada desa dalam daftar" not in html

    @pytest.mark.parametrize("written", ["", "%Y-%m-%d", "2999-01-01"])
    def test_today_or_a_day_to_come_is_today(self, client, sign_in, by, team, covered, written):
        sign_in(by)
        answer = client.get(f"{COVERAGE}?per={team.today.strftime(written)}")
        assert "invalid-feedback" not in html_of(answer)
        assert answer.context["whole"].counts["none"] == 5
        assert answer.context["day"] == team.today

    def test_a_day_written_without_hyphens_is_read(self, client, sign_in, by, covered):
        sign_in(by)
        whole = client.get(COVERAGE + "?per=20190120").context["whole"]
        assert (whole.counts["candidate"], whole.counts["running"]) == (2, 2)

    def test_a_day_before_all_records_counts_nothing(self, client, sign_in, by, covered):
        sign_in(by)
        asked = "?per=0001-01-01&keadaan=tanpa-kemajuan"
        for url in (COVERAGE, LIST, url_of("board")):
            assert "1 Januari 1945" in html_of(client.get(url + asked)), url
        for url in (COVERAGE, LIST):
            assert downloaded(client, f"{url}{asked}&unduh=xlsx")

    def test_several_provinces_lead_to_their_regencies(self, client, sign_in, covered):
        factories.village("11.01.01.2001", "Ujung")
        sign_in("administrator", province_code=None)
        rows = client.get(COVERAGE).context["rows"]
        assert [row.villages for row in rows] == [1, 10]
        inside = client.get(rows[1].url)
        assert [row.villages for row in inside.context["rows"]] == [6, 4]
        for url, number in links_of(html_of(inside)).items():
            assert listed(client, url) == number

    def test_an_officer_sees_the_own_regency(self, client, sign_in, covered):
        sign_in("regency_officer", regency_code="19.02")
        answer = client.get(COVERAGE)
        assert [row.villages for row in answer.context["rows"]] == [4]
        assert listed(client, LIST) == 4
        assert "Ajukan calon" not in html_of(answer)

    def test_what_stands_longest_is_named_with_what_would_move_it(
        self, client, sign_in, by, team, covered
    ):
        sign_in(by)
        first = client.get(COVERAGE).context["waiting"]
        assert [(row.case.village.name, row.is_suggested) for row in first] == [
            ("Kapuk", False),
            ("Dalil", False),
        ]
        asked = factories.case(team, villages=[covered[0]], by=by)
        factories.audience(team, [asked], by=by)
        factories.commitment(team, case=asked, by=by)
        factories.commitment(team, regency=covered[1].regency, by=by)
        row = client.get(COVERAGE).context["waiting"][0]
        assert row.is_suggested and row.next == Stage.AUDIENCE
        assert "Ada catatan yang dapat menaikkannya ke Audiensi" in html_of(client.get(COVERAGE))

    def test_villages_that_are_gone_are_not_pursued(self, client, sign_in, by, covered):
        Village.objects.filter(pk=covered[0].pk).update(gone_in="daftar 2025")
        sign_in(by)
        waiting = client.get(COVERAGE).context["waiting"]
        assert [row.case.village.name for row in waiting] == ["Dalil"]

    def test_what_stands_longest_today_is_not_told_of_another_day(
        self, client, sign_in, by, covered
    ):
        sign_in(by)
        assert "Sedang diusahakan" in html_of(client.get(COVERAGE))
        assert "Sedang diusahakan" not in html_of(client.get(COVERAGE + "?per=2019-02-20"))

    def test_the_download_names_places_as_other_lists_do(self, client, sign_in, by, covered):
        sign_in(by)
        page = client.get(COVERAGE).context["rows"]
        head, *rows = workbook(client, f"{COVERAGE}?unduh=xlsx")[0]
        assert [cell.value for cell in head[:2]] == ["Kode Kemendagri", "Kabupaten/kota"]
        names = [(code.value, name.value) for code, name, *_ in rows]
        regencies = Regency.objects.order_by("name").values_list("code", "name")
        assert names == list(regencies) and names[0][1].startswith("Kabupaten ")
        assert len(names) == len(page)

    def test_the_same_queries_at_any_number(self, client, sign_in, by, places):
        sign_in(by)
        pages = [COVERAGE, COVERAGE + "?sumber=national", LIST, LIST + "?tahap=candidate"]
        pages += [LIST + "?keadaan=tanpa-kemajuan"]
        factories.expansion(places[0], "candidate", by=by)
        factories.expansion(places[1], "candidate", "audience", by=by)
        few = {url: queries(client, url) for url in pages}
        for n in range(10, 40):
            place = factories.village(f"19.01.06.21{n}", f"Desa {n}")
            factories.expansion(place, *list(Stage)[: n % 6 + 1], by=by)
        assert {url: queries(client, url, again=True) for url in pages} == few
        assert few[COVERAGE] <= 8


class TestVillageList:
    def test_the_download_tells_why_there_is_no_evidence(self, client, sign_in, by, covered):
        sign_in(by)
        head, *rows = workbook(client, f"{LIST}?unduh=xlsx")[0]
        column = [cell.value for cell in head].index("Alasan tanpa bukti")
        told = {row[column].value for row in rows} - {None}
        assert told and told <= set(NoEvidence.labels)

    def test_it_offers_those_without_a_case(self, client, sign_in, by, covered):
        sign_in(by)
        html = html_of(client.get(LIST + "?tahap=none"))
        assert url_of("create", covered[5].pk) in html and "Kapuk" not in html

    def test_whoever_may_not_begin_is_offered_nothing(self, client, sign_in, covered):
        sign_in("observer")
        assert "Ajukan calon" not in html_of(client.get(LIST + "?tahap=none"))

    def test_a_name_is_looked_for_in_districts_too(self, client, sign_in, by, covered):
        sign_in(by)
        District.objects.filter(pk=covered[0].district_id).update(name="Merawang")
        assert listed(client, f"{LIST}?q=merawang") == 6
        assert listed(client, f"{LIST}?q=Kapuk") == 1

    def test_one_that_is_under_way_says_how_long(self, client, sign_in, by, covered):
        sign_in(by)
        html = html_of(client.get(f"{LIST}?per=2019-02-14&q=Kapuk"))
        assert "sejak 15 Januari 2019, 30 hari, Perpusnas, tanpa bukti" in " ".join(html.split())


@pytest.fixture
def case(places, by):
    return factories.expansion(places[0], "candidate", by=by, day=date(2019, 1, 15))


def sent(case, **changes):
    return {
        "version": ExpansionCase.objects.get(pk=case.pk).version,
        "reached_on": "2019-08-13",
        "note": "",
        "evidence": "",
        "reason": "",
    } | changes


def move(client, case, to, **changes):
    return client.post(f"{url_of('move', case.pk)}?ke={to}", sent(case, **changes))


class TestEvidence:
    """Which records would show which stage, as the rules have it."""

    def values(self, case, stage, by, **limits):
        return [
            (one.kind, one.is_near) for one in fitting(case.village, Stage(stage), by, **limits)
        ]

    def test_an_audience_about_the_village_or_its_regency(self, case, by, team, places):
        here = factories.case(team, villages=[case.village], by=by)
        wide = factories.case(team, regencies=[case.regency], by=by)
        other = factories.case(team, villages=[places[1]], by=by)
        for asked in (wide, here, other):
            factories.audience(team, [asked], by=by)
        factories.audience(team, [here], by=by, title="Batal").cancel(by=by, reason="Batal.")
        assert self.values(case, "audience", by) == [("meeting", True), ("meeting", False)]
        late = date(2019, 8, 14)
        assert self.values(case, "audience", by, since=late) == []

    def test_a_commitment_until_it_is_withdrawn(self, case, by, team, places):
        near = factories.commitment(
            team, case=factories.case(team, villages=[case.village], by=by), by=by
        )
        factories.commitment(team, regency=case.regency, by=by)
        factories.commitment(team, regency=places[-1].regency, by=by)
        assert self.values(case, "commitment", by) == [("commitment", True), ("commitment", False)]
        near.withdraw(by=by, reason="Batal.")
        assert self.values(case, "commitment", by) == [("commitment", False)]

    def test_money_that_came_and_decrees(self, case, by, team, places):
        promise = factories.commitment(team, regency=case.regency, by=by)
        factories.realisation(promise, villages=[factories_library(case.village, by)], by=by)
        factories.realisation(promise, villages=[factories_library(places[1], by)], by=by)
        factories.decree(team)
        found = self.values(case, "budget", by)
        assert found == [("realisation", True), ("decree", False)]

    def test_a_training_somebody_of_the_village_came_to(self, case, by, team, places):
        factories.training(team, by=by)
        with_somebody(factories.training(team, by=by), case.village, by)
        with_somebody(factories.training(team, by=by), places[1], by)
        assert self.values(case, "training", by) == [("training", True)]

    def test_a_verified_report_of_its_library(self, case, by):
        library = factories.library(case.village)
        writer = factories.user("secretariat")
        factories.report(library, by=writer)
        assert self.values(case, "running", by) == []
        factories.report(library, Quarter(2019, 3), by=writer, state="verified", verified_by=by)
        assert self.values(case, "running", by) == [("report", True)]
        assert self.values(case, "running", by, since=date(2019, 9, 30)) == [("report", True)]
        assert self.values(case, "running", by, since=date(2019, 10, 1)) == []

    def test_nothing_that_one_may_not_see(self, case, by, team):
        factories.commitment(team, regency=case.regency, by=by)
        officer = factories.user("regency_officer", regency_code="19.01")
        assert self.values(case, "commitment", officer) == []

    def test_a_few_of_each(self, case, by, team):
        for _ in range(12):
            factories.commitment(team, regency=case.regency, by=by)
        assert len(self.values(case, "commitment", by)) == 10


def factories_library(place, by):
    factories.library(place, by=by)
    return place


def with_somebody(training, place, by):
    TrainingParticipant(training=training, village=place, women=2, men=1).save_as(by=by)
    return training


class TestMoving:
    def test_with_evidence(self, client, sign_in, by, team, case):
        sign_in(by)
        met = factories.audience(
            team, [factories.case(team, villages=[case.village], by=by)], by=by
        )
        page = client.get(case.get_absolute_url())
        assert f'value="meeting-{met.pk}"' in html_of(page)
        assert page.context["form"]["evidence"].initial == f"meeting-{met.pk}"
        answer = move(client, case, "audience", evidence=f"meeting-{met.pk}")
        assert answer.url == case.get_absolute_url()
        step = case.steps.last()
        assert (step.stage, step.evidence, step.reason) == ("audience", met, "")
        html = html_of(client.get(case.get_absolute_url()))
        assert met.title in html and met.get_absolute_url() in html

    def test_with_a_reason(self, client, sign_in, by, case):
        sign_in(by)
        move(client, case, "audience", evidence="none", reason="spoken")
        assert case.steps.last().reason == "spoken"
        html = html_of(client.get(case.get_absolute_url()))
        assert "Tanpa bukti</span> Baru disampaikan secara lisan" in html

    @pytest.mark.parametrize(
        ("to", "changes", "field", "message"),
        [
            ("audience", {}, "evidence", "Pilih satu bukti, atau sebab"),
            ("audience", {"evidence": "none"}, "reason", "Pilih satu bukti, atau sebab"),
            ("audience", {"evidence": "meeting-999999"}, "evidence", "tidak cocok untuk desa"),
            ("audience", {"evidence": "x", "reason": "spoken"}, "evidence", "tidak cocok"),
            ("audience", {"reason": "other"}, "note", "Tuliskan sebabnya"),
            ("audience", {"reason": "?"}, "reason", "Pilih salah satu sebab"),
            ("audience", {"reason": "list", "reached_on": ""}, "reached_on", "Isi tanggalnya"),
            (
                "audience",
                {"reason": "list", "reached_on": "2019-01-14"},
                "reached_on",
                "Tidak boleh sebelum langkah calon, yang sejak 15 Januari 2019.",
            ),
            ("stopped", {}, "note", "Tuliskan sebabnya"),
        ],
    )
    def test_refused_in_words(self, client, sign_in, by, case, to, changes, field, message):
        sign_in(by)
        answer = move(client, case, to, **{"note": ""} | changes)
        assert answer.status_code == 422
        assert message in " ".join(answer.context["form"].errors[field])
        assert case.steps.count() == 1

    @pytest.mark.parametrize(
        ("changes", "status"),
        [
            ({"note": "Rapat\u2060 desa", "reason": "list"}, 302),
            ({"note": "Rapat\x00 desa", "reason": "list"}, 422),
            ({"note": "a" * 10_000, "reason": "list"}, 422),
            ({"reached_on": "13-13-2019", "reason": "list"}, 422),
            ({"version": "9" * 30, "reason": "list"}, 409),
            ({"version": "", "reason": "list"}, 422),
            ({"evidence": "meeting-\x00", "reason": "list"}, 422),
            ({"idempotency_key": "bukan-kunci", "reason": "list"}, 422),
        ],
    )
    def test_hostile_text_is_refused_or_cleaned(self, client, sign_in, by, case, changes, status):
        sign_in(by)
        assert move(client, case, "audience", **changes).status_code == status
        assert case.steps.count() == (2 if status == 302 else 1)
        assert "\u2060" not in case.steps.last().note

    def test_evidence_of_another_village_is_refused(self, client, sign_in, by, team, case, places):
        sign_in(by)
        there = with_somebody(factories.training(team, by=by), places[1], by)
        library, writer = factories.library(places[1]), factories.user("secretariat")
        report = factories.report(library, by=writer, state="verified", verified_by=by)
        asked = factories.case(team, villages=[places[1]], by=by)
        met = factories.audience(team, [asked], by=by)
        for stage, record in (("training", there), ("running", report), ("audience", met)):
            kind = {"running": "report", "audience": "meeting"}.get(stage, stage)
            answer = move(client, case, stage, evidence=f"{kind}-{record.pk}")
            assert answer.status_code == 422 and case.steps.count() == 1

    def test_what_was_typed_stays(self, client, sign_in, by, case):
        sign_in(by)
        answer = move(client, case, "audience", note="Ditemui di balai desa.", reason="")
        assert "Ditemui di balai desa." in html_of(answer)

    def test_not_of_a_day_to_come(self, client, sign_in, by, team, case):
        sign_in(by)
        later = (team.today + timedelta(days=2)).isoformat()
        answer = move(client, case, "audience", reason="list", reached_on=later)
        assert answer.status_code == 422 and "sesudah hari ini" in html_of(answer)

    def test_evidence_of_another_province_is_refused(self, client, sign_in, case):
        account = factories.assign(factories.user("secretariat"), "secretariat", "11")
        there = factories.commitment(factories.team("11"), by=account)
        sign_in(account)
        answer = move(client, case, "commitment", evidence=f"commitment-{there.pk}")
        assert answer.status_code == 422 and case.steps.count() == 1

    def test_of_a_kind_that_shows_another_stage_is_refused(self, client, sign_in, by, team, case):
        sign_in(by)
        held = factories.commitment(team, regency=case.regency, by=by)
        answer = move(client, case, "audience", evidence=f"commitment-{held.pk}")
        assert answer.status_code == 422 and case.steps.count() == 1

    def test_whoever_comes_second_is_told(self, client, sign_in, by, case):
        sign_in(by)
        old = sent(case, evidence="none", reason="list", note="Dari daftar.")
        move(client, case, "commitment", reason="list", reached_on="2019-08-01")
        answer = client.post(f"{url_of('move', case.pk)}?ke=audience", old)
        assert answer.status_code == 409
        html = html_of(answer)
        assert "Isinya berubah sejak halaman ini dibuka" in html and "Dari daftar." in html
        assert case.steps.count() == 2

    def test_sent_twice_is_one(self, client, sign_in, by, case):
        sign_in(by)
        key = client.get(case.get_absolute_url()).context["form"]["idempotency_key"].value()
        twice = sent(case, evidence="none", reason="list", idempotency_key=key)
        url = f"{url_of('move', case.pk)}?ke=audience"
        assert [client.post(url, twice).status_code for _ in range(2)] == [302, 302]
        assert case.steps.count() == 2
        answer = client.post(url, twice | {"note": "Ditulis lagi."})
        assert answer.status_code == 409 and "Ditulis lagi." in html_of(answer)
        assert case.steps.count() == 2

    @pytest.mark.parametrize("to", ["stopped", "running"])
    def test_sent_twice_is_one_at_other_stages_too(self, client, sign_in, by, case, to):
        sign_in(by)
        twice = sent(case, evidence="none", reason="list", note="Sebabnya.")
        twice["idempotency_key"] = str(uuid.uuid4())
        url = f"{url_of('move', case.pk)}?ke={to}"
        assert [client.post(url, twice).status_code for _ in range(2)] == [302, 302]
        assert case.steps.get(number=2).stage == to

    def test_a_button_never_writes_another_stage_than_it_says(self, client, sign_in, by, case):
        """Somebody else was quicker to the same stage: the page goes on to the next, and asks."""
        sign_in(by)
        mine = sent(case, evidence="none", reason="list", note="Dari daftar.")
        url = f"{url_of('move', case.pk)}?ke=audience"
        move(client, case, "audience", reason="list", reached_on="2019-08-01")
        answer = client.post(url, mine)
        assert answer.status_code == 409
        html, form = html_of(answer), answer.context["form"]
        assert "Desa ini sudah pada tahap audiensi." in html and "Dari daftar." in html
        assert "Naikkan ke Komitmen" in html and 'action="?ke=commitment"' in html
        assert form["evidence"].value() == form["reason"].value() == ""
        mine["version"] = form["version"].value()
        assert client.post(url, mine).status_code == 409
        assert case.steps.count() == 2
        answer = client.post(f"{url_of('move', case.pk)}?ke=commitment", mine)
        assert answer.status_code == 302 and case.steps.last().stage == "commitment"

    def test_back_stopped_and_on_again(self, client, sign_in, by, case):
        sign_in(by)
        move(client, case, "audience", reason="list", reached_on="2019-02-01")
        move(client, case, "commitment", reason="list", reached_on="2019-03-01")
        assert move(client, case, "audience", reason="list").status_code == 422
        move(client, case, "audience", reason="list", note="Belum jadi.", reached_on="2019-04-01")
        assert case.steps.last().is_backward
        move(client, case, "stopped", note="Desa mundur.", reached_on="2019-05-01")
        page = client.get(case.get_absolute_url())
        assert page.context["button"] == "Lanjutkan ke Audiensi"
        assert "Hentikan" not in html_of(page)
        move(client, case, "audience", reason="list", reached_on="2019-06-01")
        assert [step.stage for step in case.steps.all()][-2:] == ["stopped", "audience"]
        html = html_of(client.get(case.get_absolute_url()))
        assert "Mundur dari komitmen" in html and "Desa mundur." in html

    def test_going_back_offers_what_showed_the_stage_before(self, client, sign_in, by, team, case):
        sign_in(by)
        met = factories.audience(
            team, [factories.case(team, villages=[case.village], by=by)], by=by
        )
        move(client, case, "audience", evidence=f"meeting-{met.pk}")
        move(client, case, "running", reason="list", reached_on="2019-12-01")
        page = client.get(f"{url_of('move', case.pk)}?ke=audience")
        assert f'value="meeting-{met.pk}"' in html_of(page)

    def test_whoever_may_only_read_has_no_form(self, client, sign_in, case):
        sign_in("observer")
        html = html_of(client.get(case.get_absolute_url()))
        assert "Naikkan ke" not in html and "Hentikan" not in html

    def test_an_officer_reads_names_of_evidence_without_links(
        self, client, sign_in, by, team, case
    ):
        sign_in(by)
        met = factories.audience(
            team, [factories.case(team, villages=[case.village], by=by)], by=by
        )
        move(client, case, "audience", evidence=f"meeting-{met.pk}")
        sign_in("regency_officer", regency_code="19.01")
        html = html_of(client.get(case.get_absolute_url()))
        assert met.title in html and met.get_absolute_url() not in html
        sign_in("regency_officer", regency_code="19.02")
        assert client.get(case.get_absolute_url()).status_code == 404

    def test_evidence_that_lost_its_ground_is_marked(self, client, sign_in, by, team, case):
        sign_in(by)
        held = factories.commitment(team, regency=case.regency, by=by)
        move(client, case, "commitment", evidence=f"commitment-{held.pk}")
        held.refresh_from_db()
        held.withdraw(by=by, reason="Batal.")
        assert "Komitmen ini sudah ditarik." in html_of(client.get(case.get_absolute_url()))

    def test_the_same_queries_at_any_number(self, client, sign_in, by, team, case):
        sign_in(by)

        def more(count):
            for _ in range(count):
                asked = factories.case(team, villages=[case.village], by=by)
                factories.audience(team, [asked], by=by)
                factories.audience(team, [asked], by=by)

        more(2)
        url = case.get_absolute_url()
        few = queries(client, url)
        more(4)
        assert queries(client, url, again=True) == few


class TestLastStep:
    def test_is_corrected(self, client, sign_in, by, case):
        sign_in(by)
        step, url = case.steps.get(), url_of("step_update", case.steps.get().pk)
        assert client.get(url).context["form"].initial["reason"] == "list"
        data = {"version": step.version, "reached_on": "2019-01-10", "note": "Diperbaiki."}
        assert client.post(url, data | {"reason": ""}).status_code == 422
        answer = client.post(url, data | {"evidence": "none", "reason": "earlier"})
        assert answer.url == case.get_absolute_url()
        step.refresh_from_db()
        assert (step.reached_on, step.reason) == (date(2019, 1, 10), "earlier")
        assert client.post(url, data | {"reason": "spoken"}).status_code == 409

    def test_keeps_the_evidence_that_it_has(self, client, sign_in, by, team, case):
        sign_in(by)
        held = factories.commitment(team, regency=case.regency, by=by)
        move(client, case, "commitment", evidence=f"commitment-{held.pk}")
        held.refresh_from_db()
        held.withdraw(by=by, reason="Batal.")
        page = client.get(url_of("step_update", case.steps.last().pk))
        assert page.context["form"].initial["evidence"] == f"commitment-{held.pk}"
        assert f'value="commitment-{held.pk}"' in html_of(page)

    def test_keeps_it_beside_a_record_of_another_kind_with_the_same_number(
        self, client, sign_in, by, team, case, monkeypatch
    ):
        sign_in(by)
        step, held = case.steps.get(), factories.commitment(team, by=by)
        step.reason, step.commitment = "", held
        step.save_as(by=by)
        met = Fitting("meeting", SimpleNamespace(pk=held.pk), date(2019, 8, 13), "Rapat")
        monkeypatch.setattr(expansion_steps, "fitting", lambda *args, **told: [met])
        page = client.get(url_of("step_update", step.pk))
        assert set(page.context["form"].offered) == {f"commitment-{held.pk}", f"meeting-{held.pk}"}

    def test_an_earlier_one_is_not(self, client, sign_in, by, case):
        sign_in(by)
        first = case.steps.get()
        move(client, case, "audience", reason="list")
        assert client.get(url_of("step_update", first.pk)).url == case.get_absolute_url()
        data = {"version": first.version, "reached_on": "2019-01-10", "reason": "list"}
        answer = client.post(url_of("step_update", first.pk), data)
        assert answer.status_code == 422 and "Hanya langkah terakhir" in html_of(answer)

    def test_is_taken_back_and_its_history_stays(self, client, sign_in, by, case):
        sign_in(by)
        url = url_of("take_back", case.pk)
        version = ExpansionCase.objects.get(pk=case.pk).version
        answer = client.post(url, {"version": version})
        assert answer.status_code == 422 and "Langkah pertama tidak dapat dihapus" in html_of(
            answer
        )
        move(client, case, "audience", reason="list")
        version = ExpansionCase.objects.get(pk=case.pk).version
        assert client.post(url, {"version": version}).status_code == 302
        assert case.steps.get().stage == "candidate"
        html = html_of(client.get(url_of("history", case.pk)))
        assert "Langkah “Audiensi”" in html and "dihapus" in html

    def test_the_source_is_changed(self, client, sign_in, by, case):
        sign_in(by)
        url = url_of("update", case.pk)
        data = {"version": ExpansionCase.objects.get(pk=case.pk).version, "source": "own"}
        assert client.post(url, data).status_code == 302
        assert ExpansionCase.objects.get(pk=case.pk).source == "own"
        assert client.post(url, data | {"source": "regency"}).status_code == 409


class TestCandidate:
    def given(self, **changes):
        return {
            "source": "village",
            "reached_on": "2019-03-05",
            "note": "",
            "evidence": "none",
            "reason": "spoken",
            "idempotency_key": str(uuid.uuid4()),
        } | changes

    def test_is_written_with_its_first_step(self, client, sign_in, by, places):
        sign_in(by)
        answer = client.post(url_of("create", places[0].pk), self.given())
        case = ExpansionCase.objects.get()
        assert answer.url == case.get_absolute_url()
        assert (case.village, case.regency_id, case.source) == (places[0], "19.01", "village")
        step = case.steps.get()
        assert (step.stage, step.from_stage, step.reason) == ("candidate", "", "spoken")
        assert case.history.first().history_user == by

    def test_at_a_later_stage_of_a_list(self, client, sign_in, by, places):
        sign_in(by)
        url = f"{url_of('create', places[0].pk)}?ke=running"
        assert client.post(url, self.given(reason="list")).status_code == 302
        assert ExpansionStep.objects.get().stage == "running"

    def test_sent_twice_is_one(self, client, sign_in, by, places):
        sign_in(by)
        url, data = url_of("create", places[0].pk), self.given()
        answers = [client.post(url, data).url for _ in range(2)]
        assert answers[0] == answers[1] and ExpansionCase.objects.count() == 1

    def test_one_case_for_a_village(self, client, sign_in, by, places):
        sign_in(by)
        url = url_of("create", places[0].pk)
        client.post(url, self.given())
        answer = client.post(url, self.given(note="Kedua."))
        assert answer.status_code == 422
        html = html_of(answer)
        assert "sudah punya catatan perluasan" in html and "Kedua." in html
        assert client.get(url).url == ExpansionCase.objects.get().get_absolute_url()

    def test_opened_by_somebody_at_that_moment_is_told_so(
        self, client, sign_in, by, places, monkeypatch
    ):
        sign_in(by)

        def slower(**told):
            factories.expansion(places[0])
            return open_case(**told)

        monkeypatch.setattr(expansion_views, "open_case", slower)
        answer = client.post(url_of("create", places[0].pk), self.given())
        assert answer.status_code == 422 and "sudah punya catatan perluasan" in html_of(answer)
        assert ExpansionCase.objects.count() == 1

    def test_refused_in_words(self, client, sign_in, by, places):
        sign_in(by)
        answer = client.post(
            url_of("create", places[0].pk), self.given(reason="", note="Usul lurah.")
        )
        assert answer.status_code == 422 and "Usul lurah." in html_of(answer)
        assert not ExpansionCase.objects.exists()

    def test_what_is_known_is_shown(self, client, sign_in, by, team, places):
        sign_in(by)
        factories.participation(factories.library(places[1]))
        asked = factories.case(team, villages=[places[0]], by=by, asked="Ruang baca")
        factories.commitment(team, case=asked, by=by, description="Dua rak buku")
        html = html_of(client.get(url_of("create", places[0].pk)))
        for known in ("Perpustakaan Desa Dalil", "Ruang baca", "Dua rak buku"):
            assert known in html

    @pytest.mark.parametrize("day", ["0019-08-13", "1919-08-13"])
    def test_a_year_long_before_the_programme_is_a_slip(self, client, sign_in, by, places, day):
        sign_in(by)
        answer = client.post(url_of("create", places[0].pk), self.given(reached_on=day))
        assert answer.status_code == 422 and "Periksa tahunnya." in html_of(answer)
        assert not ExpansionCase.objects.exists()

    def test_a_code_that_is_none_is_not_found(self, client, sign_in, by, places):
        sign_in(by)
        for code in ("%00", "19.01%00", "x" * 300, "٣"):
            url = url_of("create", "KODE").replace("KODE", code)
            assert client.get(url).status_code == 404
            assert client.post(url, self.given()).status_code == 404

    def test_not_of_a_village_elsewhere_or_gone(self, client, sign_in, by, places):
        sign_in(by)
        other = factories.village("11.01.01.2001", "Ujung")
        Village.objects.filter(pk=places[1].pk).update(gone_in="2025")
        for code in (other.pk, places[1].pk, "19.01.06.2999", "x"):
            assert client.get(url_of("create", code)).status_code == 404

    def test_before_there_is_a_team(self, client, sign_in):
        place = factories.village()
        sign_in("secretariat")
        assert "Tim provinsi belum dibentuk" in html_of(client.get(url_of("create", place.pk)))


class TestCriteria:
    def test_each_is_met_or_not(self, by, team, places):
        library, today = factories.library(places[0]), team.today
        last, writer = last_due(today), factories.user("secretariat")
        assert [one.is_met for one in criteria(team, None, today)] == [False] * 4
        for n in range(4):
            factories.report(
                library,
                last.moved(-n),
                by=writer,
                state="verified",
                verified_by=by,
                village_budget=5_000_000 if n == 0 else 0,
                staff=None,
                policies=0,
            )
        quarters, budget, staff, policies = criteria(team, library, today)
        assert (quarters.is_met, quarters.detail) == (True, "4 dari 4")
        assert (budget.is_met, budget.detail) == (True, "Rp5.000.000")
        assert (staff.is_met, staff.detail) == (False, "belum tahu")
        assert (policies.is_met, policies.detail) == (False, "tidak ada")

    def test_the_team_says_what_is_asked(self, by, team, places):
        library, last = factories.library(places[0]), last_due(team.today)
        team.independent_quarters, team.independent_staff = 2, False
        writer = factories.user("secretariat")
        for n in (0, 2):
            factories.report(library, last.moved(-n), by=writer, state="verified", verified_by=by)
        found = criteria(team, library, team.today)
        assert len(found) == 3 and (found[0].is_met, found[0].detail) == (False, "1 dari 2")

    def test_a_report_shows_it_once_all_are_met(self, client, sign_in, by, team, case):
        library, last = factories.library(case.village), last_due(team.today)
        writer = factories.user("secretariat")
        sign_in(by)
        move(client, case, "running", reason="list")
        met = {"village_budget": 1, "staff": 1, "policies": 1}
        for n in range(4):
            page = client.get(case.get_absolute_url())
            assert page.context["form"].offered == {} and page.context["stage"] == "independent"
            factories.report(
                library, last.moved(-n), by=writer, state="verified", verified_by=by, **met
            )
        report = library.reports.order_by("-year", "-quarter_number").first()
        page = client.get(case.get_absolute_url())
        assert page.context["form"]["evidence"].initial == f"report-{report.pk}"
        page = client.get(url_of("move", case.pk) + "?ke=independent")
        assert "4 dari 4" in html_of(page)


class TestElsewhere:
    def test_the_village_and_its_library_show_the_stage(self, client, sign_in, by, case):
        library = factories.library(case.village)
        sign_in(by)
        for url in (library.get_absolute_url(), case.village.get_absolute_url()):
            html = html_of(client.get(url))
            assert case.get_absolute_url() in html and "Calon" in html

    def test_a_village_without_one_may_become_a_candidate(self, client, sign_in, by, places):
        sign_in(by)
        assert url_of("create", places[0].pk) in html_of(client.get(places[0].get_absolute_url()))
        sign_in("observer")
        assert "Ajukan calon" not in html_of(client.get(places[0].get_absolute_url()))

    @pytest.mark.parametrize("place", ["regency", "province"])
    def test_a_place_counts_its_villages(self, client, sign_in, by, covered, place):
        sign_in(by)
        html = html_of(client.get(getattr(covered[0], place).get_absolute_url()))
        found = re.findall(r'href="(/perluasan/desa/\?[^"]+)">(\d+) ', html)
        assert len(found) == 5
        for url, number in found:
            url = url.replace("&amp;", "&")
            assert parse_qs(urlsplit(url).query)[place] == [getattr(covered[0], f"{place}_id")]
            assert listed(client, url) == int(number)
