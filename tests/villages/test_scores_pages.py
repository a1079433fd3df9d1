"""The pages of scores: every number leads to exactly its rows, and none of them hides a gap."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.pages import html_of
from tests.test_pages import queries
from villages.actions.thresholds import create_thresholds, publish_thresholds
from villages.models import LibraryReport, Participation, Threshold, ThresholdSet
from villages.quarters import Quarter
from villages.reports.fields import Outcome
from villages.reports.scores import ScoreState
from villages.views import scores

pytestmark = pytest.mark.django_db

LAST = Quarter.last_ended(timezone.localdate())
MATRIX, LIST = "villages:score_matrix", "villages:score_list"
#: One that is green, one that is yellow and one that is red in each outcome, with the samples.
GREEN = {
    "titles": 1000,
    "opening_hours": 30,
    "computers": 3,
    "online_computers": 2,
    "staff": 2,
    "trained_staff": 1,
    "visitors": 300,
    "activities": 2,
    "participants": 24,
    "ict_users": 60,
    "loans": 150,
    "village_budget": 5_000_000,
    "partners": 3,
    "policies": 1,
    "media": 2,
}
YELLOW = GREEN | {
    "titles": 500,
    "opening_hours": 15,
    "staff": 4,
    "visitors": 150,
    "participants": 12,
    "village_budget": 1_000_000,
    "partners": 1,
}
RED = dict.fromkeys(GREEN, 0) | {"staff": 2, "activities": 1}


def publish(year=LAST.year, province=None, **limits):
    """Put in force a set of the samples; `limits` are {key of an indicator: (green, yellow)}."""
    by = factories.user("administrator")
    one = ThresholdSet(year=year, province_id=province)
    create_thresholds(thresholds=one, by=by)
    for key, (green, yellow) in limits.items():
        row = Threshold.objects.get(threshold_set=one, indicator=key)
        row.green, row.yellow = Decimal(green), Decimal(yellow)
        row.save_as(by=by)
    one = ThresholdSet.objects.get(pk=one.pk)
    return publish_thresholds(thresholds=one, by=by, reason="Sampel.", version=one.version)


def library_at(code, name, figures=None, *, state="verified", quarter=LAST):
    """Return a library that takes part since long ago, with a report, if it has figures."""
    made = factories.library(factories.village(code, name))
    factories.participation(made, LAST.year - 3)
    if figures is not None:
        tell(made, figures, state=state, quarter=quarter)
    return made


def tell(library, figures, *, state="verified", quarter=LAST):
    report = LibraryReport(state=state, return_reason="Lengkapi.", **figures)
    report.set_library(library)
    report.quarter = quarter
    if state != "draft":
        report.submitted_at = timezone.now()
    LibraryReport.objects.bulk_create([report])
    return report


@pytest.fixture
def country():
    """Two regencies of one province, one regency of another; of each state some, with gaps."""
    publish()
    made = [
        library_at("19.01.06.2001", "Satu", GREEN),
        library_at("19.01.06.2002", "Dua", YELLOW),
        library_at("19.01.06.2003", "Tiga", GREEN, state="submitted"),
        library_at("19.01.06.2004", "Empat"),
        library_at("19.02.04.2001", "Lima", RED),
        library_at("19.02.04.2002", "Enam", GREEN, state="draft"),
        library_at("18.01.04.2001", "Tujuh", GREEN),
        library_at("18.01.04.2002", "Delapan", {"visitors": 300}),
    ]
    factories.library(factories.village("19.01.06.2009"))  # no part in the programme
    return made


def cells_of(html):
    """[(address, number)] of every cell of the matrix."""
    found = re.findall(r'<a class="s-chip s-mark [^"]*"\s*href="([^"]+)">([\d.]+)<span', html)
    return [(unescape(url), int(number.replace(".", ""))) for url, number in found]


def rows_of(client, url):
    """Return all rows of a list, page by page."""
    found, query = [], ""
    while True:
        page = client.get(url + query).context["page"]
        found += page.rows
        if page.next is None:
            return found
        query = f"&setelah={page.next}"


class TestMatrix:
    @pytest.mark.parametrize("role", ["secretariat", "administrator"])
    @pytest.mark.parametrize(
        "query", [{}, {"dihitung": "menunggu"}, {"province": "19"}, {"urut": "terburuk"}]
    )
    @pytest.mark.both("counted by the database")
    def test_every_number_leads_to_exactly_its_libraries(
        self, client, sign_in, country, monkeypatch, role, query
    ):
        monkeypatch.setattr(scores, "PAGE", 2)
        sign_in(role, province_code=None if role == "administrator" else "19")
        cells = cells_of(html_of(client.get(reverse(MATRIX), query)))
        assert len(cells) == 3 * 12
        for url, number in cells:
            assert len(rows_of(client, url)) == number

    def test_the_four_states_add_up_to_the_libraries_in_every_row(self, client, sign_in, country):
        sign_in("secretariat", province_code="19")
        response = client.get(reverse(MATRIX))
        rows = response.context["rows"]
        assert [(row.name, row.libraries) for row in rows] == [
            ("Kabupaten Bangka", 4),
            ("Kabupaten Belitung", 2),
            ("Jumlah", 6),
        ]
        for row in rows:
            assert {sum(states.values()) for states in row.counts.values()} == {row.libraries}
        html = html_of(response)
        assert "3 dari 6</a> perpustakaan desa melapor dan terverifikasi" in html
        assert len(client.get(response.context["verified_url"]).context["page"].rows) == 3
        assert (
            "Setiap sasaran berjumlah sama: layanan 1 + 1 + 1 + 3, pemanfaatan 1 + 1 + 1 + 3,"
            " komitmen 1 + 1 + 1 + 3, yaitu 6 perpustakaan." in html
        )

    def test_what_is_not_verified_is_a_mark_and_counts_only_when_asked_for(
        self, client, sign_in, country
    ):
        sign_in("secretariat", province_code="19")
        verified = client.get(reverse(MATRIX))
        waiting = client.get(reverse(MATRIX), {"dihitung": "menunggu"})
        of = [page.context["rows"][0].counts[Outcome.USE] for page in (verified, waiting)]
        assert [states[ScoreState.GREEN] for states in of] == [1, 2]
        assert [states[ScoreState.NONE] for states in of] == [2, 1]
        for page in (verified, waiting):
            row = page.context["rows"][0]
            assert row.waiting == 1
            assert len(client.get(row.waiting_url).context["page"].rows) == 1
            assert "1 belum diverifikasi" in html_of(page)

    def test_without_thresholds_there_are_no_colours(self, client, sign_in, country):
        sign_in("secretariat", province_code="19")
        earlier = LAST.moved(-4)
        tell(country[0], GREEN, quarter=earlier)
        response = client.get(reverse(MATRIX), {"triwulan": earlier.key})
        assert f"Ambang {earlier.year} belum ditetapkan, jadi belum ada warna" in html_of(response)
        for row in response.context["rows"]:
            for states in row.counts.values():
                assert states[ScoreState.NONE] == row.libraries

    def test_the_set_of_one_province_says_nothing_of_another(self, client, sign_in):
        library_at("19.01.06.2001", "Satu", GREEN)
        library_at("18.01.04.2001", "Tujuh", GREEN)
        publish(province="18")
        sign_in("administrator", province_code=None)
        response = client.get(reverse(MATRIX))
        assert "belum ditetapkan di sebagian provinsi" in html_of(response)
        found = {row.name: row.counts[Outcome.USE] for row in response.context["rows"][:2]}
        assert [states[ScoreState.GREEN] for states in found.values()] == [0, 1]
        told = html_of(client.get(reverse(MATRIX), {"province": "18"}))
        assert "belum ditetapkan" not in told

    def test_a_regency_without_libraries_is_named_and_is_no_row(self, client, sign_in, country):
        factories.village("19.03.01.2001")
        sign_in("secretariat", province_code="19")
        response = client.get(reverse(MATRIX))
        assert len(response.context["rows"]) == 3
        (name,) = response.context["others"]
        assert f"Tanpa perpustakaan yang diminta melapor: {name}." in html_of(response)

    def test_nobody_takes_part_yet(self, client, sign_in):
        factories.library()
        sign_in("secretariat", province_code="19")
        html = html_of(client.get(reverse(MATRIX)))
        assert "Belum ada perpustakaan peserta" in html
        assert '<svg class="s-spines' not in html

    def test_provinces_stand_side_by_side_and_lead_to_their_regencies(
        self, client, sign_in, country
    ):
        sign_in("administrator", province_code=None)
        rows = client.get(reverse(MATRIX), {"dihitung": "menunggu"}).context["rows"]
        assert [row.libraries for row in rows] == [6, 2, 8]
        inside = client.get(rows[0].url)
        trail = inside.context["trail"]
        assert (trail[-1][0], inside.context["crumb"]) == ("Capaian", rows[0].name)
        assert client.get(trail[-1][1]).context["by"] == "province"
        assert [row.libraries for row in inside.context["rows"]] == [4, 2, 6]
        assert inside.context["with_waiting"]
        libraries = client.get(inside.context["rows"][0].url)
        assert len(libraries.context["page"].rows) == 4

    def test_the_worst_first(self, client, sign_in, country):
        sign_in("secretariat", province_code="19")
        rows = client.get(reverse(MATRIX), {"urut": "terburuk"}).context["rows"]
        assert [row.name for row in rows] == ["Kabupaten Belitung", "Kabupaten Bangka", "Jumlah"]

    def test_the_officer_of_one_regency_sees_nothing_of_another(self, client, sign_in, country):
        sign_in("regency_officer", regency_code="19.02")
        response = client.get(reverse(MATRIX))
        assert [row.name for row in response.context["rows"]] == ["Kabupaten Belitung"]
        assert not response.context["others"]
        assert "Bangka<" not in html_of(response)
        foreign = client.get(reverse(LIST), {"regency": "19.01"})
        assert foreign.context["filterset"].form.errors
        assert not foreign.context["page"].rows
        assert len(rows_of(client, f"{reverse(LIST)}?triwulan={LAST.key}")) == 2

    def test_a_province_that_is_not_theirs_shows_nothing(self, client, sign_in, country):
        account = sign_in("secretariat", province_code="19")
        factories.assign(account, "secretariat", "11")
        foreign = client.get(reverse(MATRIX), {"province": "18"})
        assert foreign.status_code == 200
        assert not foreign.context["rows"]

    @pytest.mark.parametrize("text", ["0001-1", "9999-4", "2019-5", "x", ""])
    def test_a_quarter_that_is_none_is_the_last_one(self, client, sign_in, country, text):
        sign_in("secretariat", province_code="19")
        for name in (MATRIX, LIST):
            response = client.get(reverse(name), {"triwulan": text})
            assert response.context["quarter"] == LAST

    def test_it_asks_at_most_ten_times_and_as_often_for_many(self, client, sign_in, country):
        sign_in("secretariat", province_code="19")
        few = queries(client, reverse(MATRIX))
        for n in range(10):
            library_at(f"19.0{n % 4 + 1}.01.20{n:02}", f"Nomor {n}", GREEN)
        assert queries(client, reverse(MATRIX)) == few
        assert few <= 10


class TestTrend:
    def test_too_few_who_reported_are_a_gap_and_every_number_leads_to_its_sum(
        self, client, sign_in, country
    ):
        sign_in("secretariat", province_code="19")
        before = LAST.previous
        for library in country[:5]:
            tell(library, {"visitors": 100, "partners": None}, quarter=before)
        response = client.get(reverse(MATRIX))
        _, visitors, partners = response.context["trends"]
        point, last = visitors.points[-2], visitors.points[-1]
        assert (point.value, point.share_text) == (500, "5 dari 6")
        assert (last.value, last.total, last.share_text) == (None, 450, "3 dari 6")
        assert partners.points[-2].value is None
        named = f"{last.name} (3 dari 6)."
        assert named in html_of(response)
        for trend in response.context["trends"]:
            for one in trend.points:
                page = client.get(one.url)
                total = page.context["total"]
                assert (total.total, total.told) == (one.total, one.known)
                assert total.expected == one.expected
                told = [row.indicator_numerator for row in page.context["page"]]
                known = [number for number in told if number is not None]
                assert (sum(known) if known else None, len(known)) == (one.total, one.known)

    def test_exactly_the_least_share_is_enough(self, client, sign_in):
        publish()
        for n in range(5):
            library_at(f"19.01.06.200{n}", f"Nomor {n}", GREEN if n < 3 else None)
        sign_in("secretariat", province_code="19")
        trend = client.get(reverse(MATRIX)).context["trends"][1]
        assert (trend.last.value, trend.last.share_text) == (900, "3 dari 5")


class TestList:
    @pytest.mark.parametrize("outcome", Outcome)
    def test_the_tabs_add_up_and_hold_what_they_say(self, client, sign_in, country, outcome):
        sign_in("administrator", province_code=None)
        url = f"{reverse(LIST)}?sasaran={outcome.value}"
        tabs = client.get(url).context["tabs"]
        assert tabs[0][2] == sum(number for _, _, number in tabs[1:]) == 8
        for state, _, number in tabs[1:]:
            assert len(rows_of(client, f"{url}&keadaan={state}")) == number

    def test_a_library_that_does_not_report_is_never_red(self, client, sign_in, country):
        sign_in("secretariat", province_code="19")
        rows = {row.name: dict(row.scores) for row in client.get(reverse(LIST)).context["page"]}
        for name in ("Tiga", "Empat", "Enam"):
            assert set(rows[f"Perpustakaan Desa {name}"].values()) == {ScoreState.NONE}

    def test_why_a_library_is_yellow(self, client, sign_in, country):
        sign_in("secretariat", province_code="19")
        url = f"{reverse(LIST)}?triwulan={LAST.key}&mengapa={country[1].pk}-use"
        html = html_of(client.get(url))
        assert "Mengapa pemanfaatan Perpustakaan Desa Dua kuning?" in html
        assert "150 pengunjung ÷ 3 bulan" in html
        assert "≥ 100" in html and "≥ 50" in html
        assert "(40% × ½ + 30% × ½ + 15% × 1 + 15% × 1) ÷ 100% = 0,65." in html
        assert "Hijau mulai 0,80, kuning mulai 0,50. Yang diketahui 100% bobot" in html
        assert "di bawah 60% hasilnya tidak ada data, bukan merah." in html
        assert "Menjadi hijau bila pengunjung per bulan 100, yaitu 50 lagi dari sekarang." in html
        assert f"Ambang {LAST.year}, ditetapkan " in html
        assert f"tetap untuk semua triwulan {LAST.year}." in html
        assert f'href="{ThresholdSet.objects.get().get_absolute_url()}"' in html
        report = LibraryReport.objects.get(library=country[1])
        assert f'href="{report.get_absolute_url()}"' in html

    def test_why_there_is_no_data(self, client, sign_in, country):
        sign_in("administrator", province_code=None)

        def told(number, outcome="use", **more):
            asked = {"mengapa": f"{country[number].pk}-{outcome}"} | more
            return html_of(client.get(reverse(LIST), asked))

        assert "Belum ada laporan triwulan ini." in told(3)
        assert "menunggu pemeriksaan, jadi belum dihitung." in told(2)
        assert "Mengapa pemanfaatan Perpustakaan Desa Tiga hijau?" in told(2, dihitung="menunggu")
        assert "Yang diketahui 40% bobot" in told(7)
        assert "Mengapa pemanfaatan Perpustakaan Desa Delapan tidak ada data?" in told(7)

    @pytest.mark.parametrize("text", ["x", "1-", "999999-use", "-use", "1-x"])
    def test_what_cannot_be_explained_is_left_out(self, client, sign_in, country, text):
        sign_in("secretariat", province_code="19")
        response = client.get(reverse(LIST), {"mengapa": text})
        assert response.status_code == 200
        assert response.context["explained"] is None

    def test_why_without_thresholds(self, client, sign_in):
        library = library_at("19.01.06.2001", "Satu", GREEN)
        sign_in("secretariat", province_code="19")
        html = html_of(client.get(reverse(LIST), {"mengapa": f"{library.pk}-service"}))
        assert f"Ambang {LAST.year} belum ditetapkan, jadi belum ada warna." in html

    def test_the_chips_keep_what_was_asked(self, client, sign_in, country):
        sign_in("secretariat", province_code="19")
        html = html_of(client.get(reverse(LIST), {"sasaran": "use", "keadaan": "green"}))
        assert f"?sasaran=use&amp;keadaan=green&amp;mengapa={country[0].pk}-service#" in html


class TestIndicator:
    @pytest.mark.both("counted by the database")
    def test_the_sums_are_divided_and_no_averages_are_averaged(self, client, sign_in):
        publish()
        library_at("19.01.06.2001", "Satu", {"staff": 1, "trained_staff": 1})
        library_at("19.01.06.2002", "Dua", {"staff": 9, "trained_staff": 0})
        library_at("19.01.06.2003", "Tiga", {"staff": None, "trained_staff": 5})
        library_at("19.01.06.2004", "Empat", {"staff": 0, "trained_staff": 0})
        library_at("19.01.06.2005", "Lima")
        sign_in("secretariat", province_code="19")
        response = client.get(reverse("villages:score_indicator", args=["trained_staff"]))
        html = html_of(response)
        assert "Pengelola yang sudah bimtek: 6 orang, dilaporkan 4 dari 5 perpustakaan." in html
        assert "<b>1 ÷ 10 pengelola = 10%</b>, dihitung dari 2 dari 5 perpustakaan" in html
        tabs = response.context["tabs"]
        assert [number for _, _, number in tabs] == [5, 1, 0, 1, 3]
        assert "pembaginya 0" in html

    def test_what_a_library_has_on_average(self, client, sign_in, country):
        sign_in("secretariat", province_code="19")
        html = html_of(client.get(reverse("villages:score_indicator", args=["visitors"])))
        assert "450 ÷ (3 bulan × 3 perpustakaan) = 50 per perpustakaan" in html
        assert "Hijau ≥ 100, kuning ≥ 50, bobot 40%." in html

    @pytest.mark.parametrize("state", ScoreState)
    @pytest.mark.both("counted by the database")
    def test_the_tabs_hold_what_they_say(self, client, sign_in, country, state):
        sign_in("administrator", province_code=None)
        url = reverse("villages:score_indicator", args=["visitors"])
        numbers = {key: number for key, _, number in client.get(url).context["tabs"]}
        assert numbers.pop(None) == sum(numbers.values()) == 8
        assert len(rows_of(client, f"{url}?keadaan={state.value}")) == numbers[state.value]

    @pytest.mark.parametrize(
        ("visitors", "state"), [(300, "green"), (299, "yellow"), (150, "yellow"), (149, "red")]
    )
    @pytest.mark.both("counted by the database")
    def test_exactly_the_limit_is_reached_and_nothing_is_rounded_up(
        self, client, sign_in, visitors, state
    ):
        publish()
        library_at("19.01.06.2001", "Satu", {"visitors": visitors})
        sign_in("secretariat", province_code="19")
        response = client.get(reverse("villages:score_indicator", args=["visitors"]))
        (row,) = response.context["page"]
        assert row.score_state == state
        shown = {300: "100", 299: "99,66", 150: "50", 149: "49,66"}[visitors]
        assert row.score.value_text == shown

    def test_it_names_no_single_limit_where_several_sets_are_in_force(self, client, sign_in):
        library_at("19.01.06.2001", "Satu", GREEN)
        library_at("18.01.04.2001", "Tujuh", GREEN)
        publish(province="18")
        publish(province="19")
        sign_in("administrator", province_code=None)
        url = reverse("villages:score_indicator", args=["visitors"])
        response = client.get(url)
        assert response.context["limits"] is None and response.context["notice"] == ""
        assert client.get(url, {"province": "18"}).context["limits"] is not None

    def test_what_sinergi_counts_itself(self, client, sign_in, country):
        sign_in("secretariat", province_code="19")
        html = html_of(client.get(reverse("villages:score_indicator", args=["visits"])))
        told = "Kunjungan tim yang tercatat: 0 kunjungan, dihitung pada 3 dari 6 perpustakaan."
        assert told in html

    def test_one_that_nobody_knows(self, client, sign_in):
        sign_in("secretariat", province_code="19")
        url = reverse("villages:score_indicator", args=["tidak-ada"])
        assert client.get(url).status_code == 404


class TestLibrary:
    def test_three_outcomes_with_their_arithmetic_and_a_gap_as_a_gap(
        self, client, sign_in, country
    ):
        sign_in("secretariat", province_code="19")
        tell(country[1], GREEN, quarter=LAST.moved(-2))
        response = client.get(country[1].get_absolute_url())
        html = html_of(response)
        assert f"Capaian {LAST.in_sentence}" in html
        found = response.context["scores"]
        assert [one.state for one, _ in found] == [ScoreState.YELLOW] * 3
        visitors = found[1][1]
        assert [point.value for point in visitors.points] == [None] * 5 + [300, None, 150]
        assert html.count('class="gap"') == 3 * 6
        assert "0,65." in html

    def test_what_is_not_verified_says_nothing_yet(self, client, sign_in, country):
        sign_in("secretariat", province_code="19")
        response = client.get(country[2].get_absolute_url())
        assert {one.state for one, _ in response.context["scores"]} == {ScoreState.NONE}
        assert "menunggu pemeriksaan, jadi belum dihitung." in html_of(response)
        assert response.context["scores"][1][1].last.value is None

    def test_one_that_is_not_to_report_has_no_score(self, client, sign_in, country):
        sign_in("secretariat", province_code="19")
        Participation.objects.filter(library=country[0]).delete()
        assert "scores" not in client.get(country[0].get_absolute_url()).context
