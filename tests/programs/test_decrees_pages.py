"""
Decrees through the browser's requests: drafting, handing in, noting the signature with its scan.
"""

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programs.models import Decree
from sinergi.home import decree_tasks as home
from sinergi.kit.json_rows import json_rows_of_each
from tests import factories
from tests.pdfs import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


def scan(name="sk.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


def url(name, decree):
    return reverse(f"programs:decree_{name}", args=[decree.pk])


def signature(decree, **changes):
    data = {
        "version": decree.version,
        "number": "7/2018",
        "signed_on": "2018-11-28",
        "signed_in": "Pangkalpinang",
    }
    return (
        data | {"signer": "", "effective_from": "", "effective_until": "", "scan": scan()} | changes
    )


def draft_data(**changes):
    data = {
        "idempotency_key": str(uuid.uuid4()),
        "issuer": "Kepala Dinas",
        "about": "Pembentukan tim",
    }
    data |= {
        "considerations": "bahwa satu;\nbahwa dua;",
        "legal_basis": "Undang-Undang;",
        "diktum": "Membentuk tim.",
    }
    return (
        data
        | {"cost_charged_to": "", "roster_on": "2019-07-01", "submit_by": "", "target_on": ""}
        | changes
    )


def decree_tasks(account, today):
    """Return the tasks of decrees that this account has on home."""
    rows = json_rows_of_each(home.decree_parts(account, today))
    return home.decree_tasks(rows, today)


class TestDrafting:
    def test_the_suggested_revision_says_why(self, client, sign_in, team):
        account = sign_in("secretariat")
        decree = factories.decree(team)
        assert not decree_tasks(account, team.today)
        one = team.memberships.get(person__name="Perwakilan DPMD")
        one.ends_on, one.end_reason = date(2019, 7, 1), "Pensiun"
        one.save_as(by=None)
        [task] = decree_tasks(account, team.today)
        assert task.status.label == "Susunan tim berubah" and "Perwakilan DPMD" in task.note
        assert task.url in client.get(team.get_absolute_url()).content.decode()
        form = client.get(task.url).content.decode()
        assert (
            "bahwa Perwakilan DPMD (Instansi Perwakilan DPMD) tidak lagi menjadi anggota;" in form
        )
        assert f"Perubahan atas {decree.full_name}" in form
        assert client.post(task.url, draft_data()).status_code == 302
        made = Decree.objects.get(state="drafting")
        assert made.amends == decree and made.level == decree.level and made.team == team
        assert (
            not decree_tasks(account, team.today)
            and "Revisi SK sedang berjalan" in client.get(team.get_absolute_url()).content.decode()
        )

    def test_what_it_follows_is_of_the_address_and_of_this_team(self, client, sign_in, team):
        sign_in("secretariat")
        there = factories.decree(factories.team("11"))
        draft = factories.decree(team, state="drafting")
        signed = factories.decree(team)
        change = factories.decree(team, amends=signed, start=date(2019, 1, 1))
        base = reverse("programs:decree_create", args=[team.pk])
        for query in (
            f"mengubah={there.pk}",
            f"mengubah={draft.pk}",
            f"mengubah={change.pk}",
            "mengubah=x",
            "tingkat=presiden",
            f"mengubah={signed.pk}&menggantikan={signed.pk}",
            f"mengubah={'9' * 30}",
        ):
            assert client.get(f"{base}?{query}").status_code == 404, query
        client.post(
            f"{base}?tingkat=governor",
            draft_data(level="national", team=there.team_id, state="signed", number="1"),
        )
        made = Decree.objects.latest("pk")
        assert (made.level, made.team, made.state, made.number) == (
            "governor",
            team,
            "drafting",
            "",
        )

    def test_sent_twice_is_one(self, client, sign_in, team):
        sign_in("secretariat")
        data = draft_data()
        for _ in range(2):
            assert (
                client.post(reverse("programs:decree_create", args=[team.pk]), data).status_code
                == 302
            )
        assert Decree.objects.count() == 1

    def test_wrong_input_is_told_and_kept(self, client, sign_in, team):
        sign_in("secretariat")
        data = draft_data(about="", submit_by="2019-08-01", target_on="2019-07-01")
        answer = client.post(reverse("programs:decree_create", args=[team.pk]), data)
        text = answer.content.decode()
        assert (
            answer.status_code == 422 and "Isi tentang apa SK ini." in text and "bahwa dua;" in text
        )
        assert (
            "Tidak boleh sebelum target diajukan, 1 Agustus 2019" in text
            and not Decree.objects.exists()
        )

    def test_two_edits(self, client, sign_in, team):
        sign_in("secretariat")
        decree = factories.decree(team, state="drafting")
        seen = decree.version
        decree.cost_charged_to = "APBD"
        decree.save_as(by=None)
        data = draft_data(version=seen, about="Yang saya tulis")
        answer = client.post(url("update", decree), data)
        assert (
            answer.status_code == 409
            and "APBD" in answer.content.decode()
            and "Yang saya tulis" in answer.content.decode()
        )
        assert (
            client.post(url("update", decree), data | {"version": decree.version}).status_code
            == 302
        )

    def test_a_draft_can_be_thrown_away_and_nothing_else(self, client, sign_in, team):
        sign_in("secretariat")
        draft = factories.decree(team, state="drafting")
        sent = factories.decree(team, state="submitted", level="governor")
        assert client.post(url("discard", sent), {"version": sent.version}).status_code == 422
        assert client.post(url("discard", draft), {"version": draft.version}).status_code == 302
        assert list(Decree.objects.all()) == [sent]
        assert client.get(url("update", sent)).status_code == 302, "not to be changed"
        assert client.post(url("update", sent), draft_data(version=sent.version)).status_code == 422


class TestSigning:
    @pytest.fixture
    def decree(self, team):
        return factories.decree(team, state="submitted")

    def test_freezes_the_annex_and_keeps_the_scan(self, client, sign_in, decree):
        sign_in("administrator")
        assert "Perwakilan Bappeda" in client.get(url("sign", decree)).content.decode()
        assert client.post(url("sign", decree), signature(decree)).status_code == 302
        decree.refresh_from_db()
        assert (
            decree.state == "signed"
            and decree.members.count() == 8
            and decree.effective_from == date(2018, 11, 28)
        )
        stored = client.get(reverse("programs:decree_scan", args=[decree.key]))
        assert (
            b"".join(stored.streaming_content) == PDF
            and "attachment" in stored["Content-Disposition"]
        )
        assert (
            stored["X-Content-Type-Options"] == "nosniff"
            and "sk.pdf" in stored["Content-Disposition"]
        )
        text = client.get(decree.get_absolute_url()).content.decode()
        assert "Berlaku" in text and "Sejak 28 November 2018, sampai dicabut" in text

    def test_a_scan_that_arrived_need_not_be_chosen_again(self, client, sign_in, decree):
        sign_in("administrator")
        answer = client.post(url("sign", decree), signature(decree, number=""))
        text = answer.content.decode()
        assert (
            answer.status_code == 422
            and "Isi nomor SK." in text
            and "Sudah tersimpan: sk.pdf" in text
        )
        decree.refresh_from_db()
        assert decree.state == "submitted" and decree.file
        again = signature(decree)
        del again["scan"]
        assert f'name="version" value="{decree.version}"' in text
        assert client.post(url("sign", decree), again).status_code == 302
        decree.refresh_from_db()
        assert decree.state == "signed" and decree.original_name == "sk.pdf"

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"scan": ""}, "Pilih pindaian SK yang sudah ditandatangani."),
            (
                {"scan": SimpleUploadedFile("sk.pdf", b"<html>", "application/pdf")},
                "isinya bukan PDF",
            ),
            ({"signed_on": "2999-01-01"}, "Tanggal penetapan tidak boleh sesudah hari ini."),
            ({"signed_on": "1899-01-01"}, "Periksa tahunnya."),
            (
                {"effective_until": "2018-11-27"},
                "Tidak boleh sebelum mulai berlaku, 28 November 2018.",
            ),
            ({"effective_until": "2099-01-01"}, "lebih dari sepuluh tahun"),
            ({"effective_from": "2028-11-28"}, "lebih dari tiga tahun"),
            ({"signed_in": ""}, "Isi tempat penetapan."),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_signed(
        self, client, sign_in, decree, changes, message
    ):
        sign_in("administrator")
        answer = client.post(url("sign", decree), signature(decree) | changes)
        assert answer.status_code == 422 and answer.content.decode().count(message) >= 2
        decree.refresh_from_db()
        assert decree.state == "submitted" and not decree.members.exists()

    def test_a_number_twice_and_a_level_twice(self, client, sign_in, team, decree):
        sign_in("administrator")
        client.post(url("sign", decree), signature(decree))
        other = factories.decree(team, state="submitted")
        answer = client.post(url("sign", other), signature(other))
        assert (
            answer.status_code == 422
            and "SK dengan nomor ini sudah tercatat." in answer.content.decode()
        )
        other.refresh_from_db()
        answer = client.post(url("sign", other), signature(other, number="8/2018"))
        assert (
            answer.status_code == 422
            and "masih berlaku SK lain pada tingkat ini" in answer.content.decode()
        )
        other.refresh_from_db()
        assert other.state == "submitted"

    def test_on_what_was_seen(self, client, sign_in, decree):
        sign_in("administrator")
        answer = client.post(url("sign", decree), signature(decree, version=decree.version - 1))
        assert answer.status_code == 422 and "Isinya berubah" in answer.content.decode()
        decree.refresh_from_db()
        assert decree.state == "submitted" and not decree.file

    def test_sent_twice_signs_once(self, client, sign_in, decree):
        sign_in("administrator")
        data = signature(decree)
        assert client.post(url("sign", decree), data).status_code == 302
        assert client.post(url("sign", decree), signature(decree)).status_code == 422
        assert decree.members.count() == 8

    def test_the_secretariat_hands_in_and_the_administrator_is_asked(self, client, sign_in, team):
        draft = factories.decree(team, state="drafting", submit_by=date(2019, 6, 28))
        account = sign_in("secretariat")
        assert decree_tasks(account, team.today)[0].title.startswith("Ajukan")
        assert client.post(url("submit", draft), {"version": draft.version}).status_code == 302
        assert client.post(url("sign", draft), signature(draft)).status_code == 403
        [waiting] = decree_tasks(account, team.today)
        assert waiting.waits_for_others and waiting.title == str(draft)
        assert "Di meja penanda tangan sejak" in waiting.note
        boss = sign_in("administrator")
        [task] = decree_tasks(boss, team.today)
        assert task.title == f"Catat penetapan {draft}" and task.button == "Buka SK"
        draft.refresh_from_db()
        assert (
            client.post(
                url("return", draft), {"version": draft.version, "reason": "Perbaiki."}
            ).status_code
            == 302
        )
        assert "Perbaiki." in client.get(draft.get_absolute_url()).content.decode()
        assert not any(task.waits_for_others for task in decree_tasks(account, team.today))

    def test_revoking(self, client, sign_in, decree):
        sign_in("administrator")
        client.post(url("sign", decree), signature(decree))
        decree.refresh_from_db()
        data = {"version": decree.version, "reason": "Dicabut Gubernur.", "last_day": "2018-01-01"}
        assert (
            "hari terakhirnya tidak mungkin"
            in client.post(url("revoke", decree), data).content.decode()
        )
        assert (
            client.post(url("revoke", decree), data | {"last_day": "2019-01-31"}).status_code == 302
        )
        assert "Dicabut Gubernur." in client.get(decree.get_absolute_url()).content.decode()


def test_the_paper_is_a_download(client, sign_in, team):
    sign_in("observer")
    answer = client.get(url("paper", factories.decree(team)))
    assert answer.content.startswith(b"%PDF") and answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]


def test_a_scan_that_is_not_there(client, sign_in, team):
    sign_in("observer")
    draft = factories.decree(team, state="drafting")
    assert client.get(reverse("programs:decree_scan", args=[draft.key])).status_code == 404
