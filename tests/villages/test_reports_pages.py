"""The pages of quarterly reports, as those who fill them and those who verify them meet them."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from sinergi.kit.dates import long_date
from tests import factories
from tests.pages import html_of
from villages.actions.reports import save_report
from villages.models import LibraryReport
from villages.quarters import Quarter
from villages.views import report_lists

pytestmark = pytest.mark.django_db

#: The quarter that reports are due for, and the one before.
LAST = Quarter.last_ended(timezone.localdate())
BEFORE = LAST.previous


@pytest.fixture
def library():
    made = factories.library(phone="0812 0000 0101", head="Pengelola Desa Kapuk")
    factories.participation(made, LAST.year - 1)
    return made


@pytest.fixture
def officer(sign_in, library):
    return sign_in("regency_officer", regency_code="19.01")


def form_url(library, quarter=LAST):
    return reverse("villages:report_update", args=[library.pk, quarter.key])


def filled(**changes):
    return {
        "aksi": "kirim",
        "idempotency_key": str(uuid.uuid4()),
        "visitors": "497",
        "women": "268",
        "men": "229",
        "loans": "0",
        "story": "",
    } | changes


def before(library, officer, **figures):
    """Return the verified report of the quarter before."""
    done = {"state": "verified", "verified_by": factories.user("secretariat")}
    return factories.report(library, BEFORE, by=officer, **done, **figures)


class TestFilling:
    def test_empty_is_unknown_and_nought_is_none(self, client, library, officer):
        response = client.post(form_url(library), filled())
        report = LibraryReport.objects.get()
        assert response.url == report.get_absolute_url() and report.state == "submitted"
        assert (report.visitors, report.loans, report.members) == (497, 0, None)
        html = html_of(client.get(report.get_absolute_url()))
        assert "belum tahu" in html and ">0<" in html

    def test_nought_where_nothing_was_known_is_a_change(self, client, library, officer):
        client.post(form_url(library), filled(aksi="simpan", loans=""))
        report = LibraryReport.objects.get()
        client.post(form_url(library), filled(aksi="simpan", version=report.version))
        assert (report.loans, report.stored().loans) == (None, 0)
        answer = client.post(
            form_url(library), filled(aksi="simpan", version=report.version, loans="")
        )
        assert answer.status_code == 409
        assert ("Buku dipinjam atau dibaca di tempat", "(kosong)", "0") in answer.context[
            "conflict"
        ]

    def test_a_draft_stays_and_is_written_on(self, client, library, officer):
        client.post(form_url(library), filled(aksi="simpan"))
        report = LibraryReport.objects.get()
        assert report.state == "draft"
        assert re.search(r'name="visitors"[^>]*value="497"', html_of(client.get(form_url(library))))
        client.post(
            form_url(library), filled(version=report.version, visitors="1.286", women="", men="")
        )
        assert (report.stored().visitors, report.stored().state) == (1286, "submitted")

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("tidak tahu", "Kosongkan bila belum tahu"),
            ("-", "Kosongkan bila belum tahu"),
            ("nihil", "Tulis 0 bila memang tidak ada"),
            ("-5", "tidak boleh kurang dari 0"),
            ("12,5", "Tulis angka bulat"),
            ("1e9", "Tulis angka bulat"),
            ("1000000000", "Periksa lagi: paling banyak"),
        ],
    )
    def test_what_is_no_figure_is_told_in_place_and_kept(
        self, client, library, officer, text, told
    ):
        response = client.post(form_url(library), filled(aksi="simpan", loans=text))
        html = html_of(response)
        assert response.status_code == 422 and html.count(told) == 2
        assert re.search(rf'name="loans"[^>]*value="{re.escape(text)}"', html)
        assert not LibraryReport.objects.exists()

    def test_parts_that_do_not_add_up_keep_it_from_being_sent_not_from_being_kept(
        self, client, library, officer
    ):
        wrong = {"visitors": "505"}
        response = client.post(form_url(library), filled(**wrong))
        told = "505 tidak sama dengan rinciannya: 268 + 229 = 497, selisih 8."
        assert html_of(response).count(told) == 2 and not LibraryReport.objects.exists()
        client.post(form_url(library), filled(aksi="simpan", **wrong))
        assert LibraryReport.objects.get().visitors == 505

    def test_the_last_quarter_and_the_year_before_stand_beside(self, client, library, officer):
        done = {"state": "verified", "verified_by": factories.user("secretariat")}
        factories.report(library, BEFORE, by=officer, copies=1250, visitors=412, **done)
        factories.report(library, LAST.year_before, by=officer, copies=1010, **done)
        html = html_of(client.get(form_url(library)))
        for told in (BEFORE.short, LAST.year_before.short, "1.250", "1.010", "412"):
            assert told in html
        assert 'value="salin-copies"' in html  # a stock
        assert 'value="salin-visitors"' not in html  # a flow
        html = html_of(client.post(form_url(library), filled(aksi="salin-copies")))
        assert re.search(r'name="copies"[^>]*value="1.250"', html)

    def test_a_jump_asks_for_a_note_once_and_never_blocks(self, client, library, officer):
        before(library, officer, participants=96)
        data = filled(participants="412")
        response = client.post(form_url(library), data)
        html = html_of(response)
        assert response.status_code == 422 and "96 → 412" in html
        (asked,) = re.findall(r'name="asked"[^>]*value="([^"]*)"', html)
        client.post(form_url(library), data | {"asked": asked})
        report = LibraryReport.objects.of(LAST).get()
        assert report.state == "submitted" and report.notes == {}

    def test_with_its_note_a_jump_goes_at_once_to_whoever_verifies(
        self, client, library, officer, sign_in
    ):
        before(library, officer, visitors=412, participants=96)
        client.post(
            form_url(library), filled(participants="412", **{"note-participants": "Lomba."})
        )
        report = LibraryReport.objects.of(LAST).get()
        sign_in("secretariat")
        html = html_of(client.get(report.get_absolute_url()))
        assert "Lomba." in html and "4,3 kali" in html and "Verifikasi laporan" in html

    @pytest.mark.parametrize("state", ["draft", "submitted"])
    def test_what_nobody_has_verified_is_no_measure(self, client, library, officer, state):
        factories.report(library, BEFORE, by=officer, state=state, visitors=9999)
        html = html_of(client.get(form_url(library)))
        assert "9.999" not in html and "belum tahu" in html
        assert client.post(form_url(library), filled()).status_code == 302  # and nothing jumps

    def test_where_none_is_expected_none_is_begun(self, client, library, officer):
        early = Quarter(LAST.year - 2, 4)  # before it took part
        assert client.get(form_url(library, early)).status_code == 404
        assert client.post(form_url(library, early), filled()).status_code == 404
        other = factories.library(factories.village("19.01.01.2009"))  # it never did
        assert client.post(form_url(other), filled()).status_code == 404
        assert not LibraryReport.objects.exists()

    def test_of_a_quarter_to_come_there_is_none(self, client, library, officer):
        assert client.get(form_url(library, LAST.moved(2))).status_code == 404
        assert client.get(form_url(library, LAST.next)).status_code == 200
        response = client.post(form_url(library, LAST.next), filled())
        assert "belum berakhir" in html_of(response)


class TestNothingTwice:
    def test_sent_twice_is_one_report(self, client, library, officer):
        data = filled()
        first, second = client.post(form_url(library), data), client.post(form_url(library), data)
        assert first.url == second.url and LibraryReport.objects.count() == 1
        assert LibraryReport.objects.get().submissions.count() == 1

    def test_a_draft_kept_twice_is_no_conflict(self, client, library, officer):
        data = filled(aksi="simpan")
        first, second = client.post(form_url(library), data), client.post(form_url(library), data)
        assert first.url == second.url

    def test_begun_by_somebody_else_meanwhile_both_are_shown(
        self, client, library, officer, sign_in
    ):
        client.post(form_url(library), filled(aksi="simpan"))
        sign_in("secretariat")
        response = client.post(form_url(library), filled(aksi="simpan", loans="7"))
        html = html_of(response)
        assert response.status_code == 409 and "Isian Anda" in html
        (version,) = re.findall(r'name="version" value="(\d+)"', html)
        client.post(form_url(library), filled(aksi="simpan", loans="7", version=version))
        assert LibraryReport.objects.get().loans == 7

    def test_of_two_people_the_second_is_told(self, client, library, officer, sign_in):
        client.post(form_url(library), filled(aksi="simpan"))
        report = LibraryReport.objects.get()
        client.post(form_url(library), filled(aksi="simpan", loans="3", version=report.version))
        response = client.post(
            form_url(library), filled(aksi="simpan", loans="4", version=report.version)
        )
        assert response.status_code == 409 and report.stored().loans == 3

    def test_what_was_sent_is_read_only(self, client, library, officer):
        client.post(form_url(library), filled())
        report = LibraryReport.objects.get()
        assert client.get(form_url(library)).url == report.get_absolute_url()
        response = client.post(form_url(library), filled(loans="9", version=report.version))
        assert response.status_code == 422 and report.stored().loans == 0


class TestVerifying:
    def test_returned_the_reason_stands_on_the_form_and_what_changed_on_the_page(
        self, client, library, officer, sign_in
    ):
        report = factories.report(library, LAST, by=officer, visitors=505)
        sign_in("secretariat")
        url = reverse("villages:report_return", args=[report.pk])
        client.post(url, {"version": report.version, "reason": "Periksa pengunjungnya."})
        client.force_login(officer, backend="sinergi.accounts.backends.RoleBackend")
        assert "Periksa pengunjungnya." in html_of(client.get(form_url(library)))
        report.refresh_from_db()
        client.post(form_url(library), filled(version=report.version))
        sign_in("secretariat")
        html = html_of(client.get(report.get_absolute_url()))
        assert "<del>505</del>" in html and "<ins>497</ins>" in html

    def test_opened_again_the_form_says_why_and_not_what_was_said_before(
        self, client, library, officer, sign_in
    ):
        secretariat = factories.user("secretariat")
        report = factories.report(library, LAST, by=officer)
        report.send_back(by=secretariat, reason="Alasan lama.")
        save_report(report=report, by=officer, version=report.version, submit=True)
        report.verify(by=secretariat)
        report.reopen(by=secretariat, reason="Alasan baru.")
        html = html_of(client.get(form_url(library)))
        assert "Alasan baru." in html and "Alasan lama." not in html

    def test_whoever_sent_it_is_not_offered_to_verify_it(self, client, library, sign_in):
        account = sign_in("secretariat")
        report = factories.report(library, LAST, by=account)
        assert "Verifikasi laporan" not in html_of(client.get(report.get_absolute_url()))
        url = reverse("villages:report_verify", args=[report.pk])
        response = client.post(url, {"version": report.version})
        assert "Anda kirim sendiri" in html_of(response)


class TestLists:
    @pytest.fixture
    def country(self, library, officer):
        """Of five libraries one has nothing, one a draft, one is returned, sent, verified."""
        libraries = [library]
        for n in range(2, 6):
            libraries.append(factories.library(factories.village(f"19.01.01.200{n}")))
            factories.participation(libraries[-1], LAST.year - 1)
        secretariat = factories.user("secretariat")
        factories.report(libraries[1], LAST, by=officer, state="draft")
        factories.report(libraries[2], LAST, by=officer).send_back(
            by=secretariat, reason="Lengkapi."
        )
        factories.report(libraries[3], LAST, by=officer)
        factories.report(libraries[4], LAST, by=officer, state="verified", verified_by=secretariat)
        factories.library(factories.village("19.01.02.2001"))  # no part in the programme
        return libraries

    def test_the_numbers_add_up_and_lead_to_exactly_their_rows(self, client, country):
        url = reverse("villages:report_list")
        html = html_of(client.get(url))
        assert "2 dari 5 perpustakaan desa sudah mengirim" in html
        assert "1 belum mulai, 1 draf, 1 dikembalikan" in html
        found = re.findall(r'href="\?daftar=(\w+)[^"]*"[^>]*><b>(\d+)</b>', html)
        assert dict(found) == {"belum": "3", "menunggu": "1", "terverifikasi": "1", "semua": "5"}
        for key, number in found:
            assert len(client.get(url, {"daftar": key}).context["page"].rows) == int(number)

    def test_one_message_for_a_contact_with_all_their_libraries(self, client, country):
        for library in country[:2]:
            type(library).objects.filter(pk=library.pk).update(phone="+6281200000101", head="Ketua")
        response = client.get(reverse("villages:report_list"))
        ((_, contacts),) = response.context["contacts"]
        assert [len(contact.libraries) for contact in contacts] == [2, 1]
        assert "1. Perpustakaan Desa Kapuk (belum pernah melapor)" in contacts[0].message
        assert "draf, belum dikirim" in contacts[0].message
        assert "wa.me/6281200000101" in html_of(response)

    def test_one_message_also_where_the_libraries_fill_more_than_a_page(
        self, client, country, monkeypatch
    ):
        monkeypatch.setattr(report_lists, "PAGE", 2)
        type(country[0]).objects.update(phone="+6281200000101", head="Ketua")
        response = client.get(reverse("villages:report_list"))
        ((_, (contact,)),) = response.context["contacts"]
        assert len(contact.libraries) == 3 and "3. " in contact.message

    def test_the_officer_of_one_regency_sees_nothing_of_another(self, client, country, sign_in):
        sign_in("regency_officer", regency_code="19.02")
        response = client.get(reverse("villages:report_list"))
        assert "Belum ada perpustakaan peserta" in html_of(response)
        report = LibraryReport.objects.first()
        assert client.get(report.get_absolute_url()).status_code == 404
        assert client.get(form_url(country[0])).status_code == 404

    def test_an_earlier_quarter(self, client, country):
        response = client.get(reverse("villages:report_list"), {"triwulan": BEFORE.key})
        assert f"Laporan t{str(BEFORE)[1:]}" in html_of(response)
        assert "0 dari 5" in html_of(response)


def test_the_queue_is_told_what_jumped(client, library, officer):
    before(library, officer, visitors=96)
    answer = client.post(
        form_url(library),
        filled(visitors="412", women="", men=""),
        headers={"accept": "application/json"},
    )
    told = answer.json()
    assert (answer.status_code, told["status"]) == (422, "invalid")
    assert told["errors"] == [
        ["Pengunjung", "96 → 412, melonjak dari triwulan lalu. Tulis sebabnya."]
    ]
    assert not LibraryReport.objects.of(LAST).exists()


class TestPageOfALibrary:
    def test_shows_how_the_last_quarters_stand_and_leads_there(self, client, library, officer):
        report = factories.report(library, BEFORE, by=officer)
        page = client.get(library.get_absolute_url())
        rows = {row.quarter: row for row in page.context["report_rows"]}
        asked = [one for one in map(LAST.moved, range(0, -8, -1)) if one.year >= LAST.year - 1]
        assert list(rows) == asked
        assert rows[BEFORE].url == report.get_absolute_url()
        assert rows[BEFORE].status.label == "Menunggu pemeriksaan"
        assert rows[LAST].url == form_url(library)
        assert f'href="{form_url(library)}">Isi laporan' in html_of(page)

    def test_who_only_reads_is_led_to_no_form(self, client, library, sign_in):
        sign_in("observer", province_code=None)
        page = client.get(library.get_absolute_url())
        assert "Laporan triwulan" in html_of(page)
        assert not any(row.url for row in page.context["report_rows"])

    def test_a_library_that_takes_no_part_shows_none(self, client, officer):
        other = factories.library(factories.village("19.01.06.2003", "Dalil"))
        assert client.get(other.get_absolute_url()).context["report_rows"] == []


class TestParticipation:
    """Since when and until when a library is asked for reports."""

    def test_it_stops_and_is_asked_no_longer(self, client, library, sign_in):
        sign_in("secretariat")
        row = library.participations.get()
        url = reverse("villages:participation_update", args=[row.pk])
        data = {"year": row.year, "version": row.version, "left_on": BEFORE.ends_on.isoformat()}
        assert client.post(url, data).url == library.get_absolute_url()
        assert row.stored().left_on == BEFORE.ends_on
        page = client.get(library.get_absolute_url())
        assert LAST not in [one.quarter for one in page.context["report_rows"]]
        assert f"berhenti {long_date(BEFORE.ends_on)}" in html_of(page)
        assert client.get("/laporan/").context["total"] == 0

    @pytest.mark.parametrize(
        ("days", "told"),
        [
            ({"joined_on": "2019-05-02", "left_on": "2019-05-01"}, "tidak boleh sebelum mulai"),
            ({"joined_on": "2018-05-02"}, "berada dalam tahun programnya"),
        ],
    )
    def test_days_that_cannot_be(self, client, library, sign_in, days, told):
        sign_in("secretariat")
        url = reverse("villages:participation_create", args=[library.pk])
        answer = client.post(url, {"year": "2019", "idempotency_key": str(uuid.uuid4())} | days)
        assert answer.status_code == 422 and told in html_of(answer)
