"""What once went wrong in advocacy, and must not again."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from advocacy.actions import (
    delete_commitment,
    delete_realisation,
    move_case,
    record_meeting,
    renew_commitment,
    save_commitment,
    withdraw_commitment,
)
from advocacy.forms import cases as case_forms
from advocacy.models import AdvocacyCase, Commitment, MediaCoverage, Meeting, Realisation
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.advocacy.test_cases import case_data, fresh
from tests.advocacy.test_commitments import commitment_data, stored
from tests.sinergi.test_uploads import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


@pytest.fixture
def desk(team):
    return factories.user("secretariat")


class TestSettling:
    """
    Where a case stands does not depend on the order in which its promises were kept, broken or
    corrected.
    """

    @pytest.fixture
    def two(self, team):
        case = factories.case(team)
        return case, *(
            factories.commitment(team, case=case, kind=kind, value=10)
            for kind in ("goods", "money")
        )

    @pytest.mark.parametrize("first", ["realise", "withdraw", "move away"])
    def test_realised_once_all_that_stands_has_come(self, team, two, first):
        case, goods, money = two
        steps = {
            "realise": lambda: factories.realisation(goods, amount=10),
            "withdraw": lambda: withdraw_commitment(
                commitment=stored(money), by=None, reason="Batal."
            ),
        }
        if first == "move away":
            steps["withdraw"] = lambda: move_away(money)
        for name in ("realise", "withdraw") if first != "withdraw" else ("withdraw", "realise"):
            steps[name]()
        assert fresh(case).stage == "realised"

    def test_committed_again_while_something_is_to_come(self, team, two):
        case, goods, money = two
        for one in (goods, money):
            factories.realisation(one, amount=10)
        assert fresh(case).stage == "realised"
        delete_realisation(realisation=Realisation.objects.get(commitment=money), by=None)
        assert fresh(case).stage == "committed" and "belum terealisasi" in case.steps.last().note

    def test_with_the_team_again_once_everything_was_taken_back(self, team, two, desk):
        case, goods, money = two
        for one in (goods, money):
            withdraw_commitment(commitment=stored(one), by=None, reason="Batal.")
        assert (
            fresh(case).stage == "identified"
            and case.steps.last().note == "Semua komitmen ditarik."
        )
        renew_commitment(commitment=stored(goods), by=None)
        assert fresh(case).stage == "committed"

    @pytest.mark.parametrize(("amount", "stage"), [(10, "contacted"), (5, "realised")])
    def test_a_mended_word_does_not_settle_again(self, client, sign_in, team, desk, amount, stage):
        sign_in(desk)
        case = factories.case(team)
        commitment = factories.commitment(team, case=case, value=10)
        came = factories.realisation(commitment, amount=amount)
        move_case(case=fresh(case), stage=stage, on=team.today, note="Kata Ketua.", by=desk)
        data = commitment_data(
            case=case.pk, value="10", description="Lima laptop", version=stored(commitment).version
        )
        assert (
            client.post(
                reverse("advocacy:commitment_update", args=[commitment.pk]), data
            ).status_code
            == 302
        )
        data = {
            "version": came.version,
            "realised_on": "2019-09-05",
            "amount": str(amount),
            "note": "BAST",
        }
        assert (
            client.post(reverse("advocacy:realisation_update", args=[came.pk]), data).status_code
            == 302
        )
        assert fresh(case).stage == stage

    @pytest.mark.parametrize("amount", [0, 10])
    def test_without_promises_it_is_with_the_team_again(self, team, amount):
        case = factories.case(team)
        commitment = factories.commitment(team, case=case, value=10)
        if amount:
            factories.realisation(commitment, amount=amount)
            move_away(commitment)
        else:
            delete_commitment(commitment=stored(commitment), by=None)
        assert (
            fresh(case).stage == "identified"
            and case.steps.last().note == "Tidak ada lagi komitmen."
        )

    def test_saving_again_does_not_move_what_a_person_moved(self, client, sign_in, team, desk):
        sign_in(desk)
        case = factories.case(team)
        commitment = factories.commitment(team, case=case)
        move_case(
            case=fresh(case),
            stage="contacted",
            on=date(2019, 9, 1),
            note="Janjinya keliru.",
            by=desk,
        )
        data = commitment_data(
            case=case.pk, description="Enam komputer", version=stored(commitment).version
        )
        assert (
            client.post(
                reverse("advocacy:commitment_update", args=[commitment.pk]), data
            ).status_code
            == 302
        )
        assert fresh(case).stage == "contacted"
        held = factories.audience(team, [fresh(case)])
        move_case(case=fresh(case), stage="dormant", on=date(2019, 9, 2), note="Ditunda.", by=desk)
        held.place = "Ruang lain"
        record_again(held, cases=[case])
        assert fresh(case).stage == "dormant"

    def test_what_has_come_is_not_taken_back_nor_changed_after(self, team):
        whole = factories.commitment(team, value=5)
        factories.realisation(whole, amount=5)
        with pytest.raises(TransitionError, match="sudah terealisasi seluruhnya"):
            stored(whole).withdraw(by=None, reason="Batal.")


def move_away(commitment):
    commitment = stored(commitment)
    commitment.case = None
    save_commitment(commitment=commitment, by=None, version=commitment.version)


def record_again(meeting, *, cases):
    record_meeting(
        meeting=meeting,
        sent={"version": meeting.version},
        roster=[],
        guests=[],
        agenda=[],
        followups=[],
        removed=[],
        attachments=[],
        dropped=[],
        cases=cases,
        submit=False,
        by=None,
    )


class TestChoices:
    def test_a_settled_case_stays_named_by_its_own_button(self, client, sign_in, team, desk):
        sign_in(desk)
        case = factories.case(team)
        move_case(case=fresh(case), stage="declined", on=date(2019, 7, 5), note="Menolak.", by=desk)
        page = client.get(f"/komitmen/baru/?sasaran={case.pk}").content.decode()
        assert f'<option value="{case.pk}" selected>' in page

    def test_a_chosen_case_is_listed_however_many_there_are(
        self, client, sign_in, team, monkeypatch
    ):
        sign_in("secretariat")
        monkeypatch.setattr(case_forms, "CASES", 1)
        old, *_ = (
            factories.case(team, asked=f"Buku {n}", since=date(2019, 7, 1 + n)) for n in range(3)
        )
        meeting = factories.audience(team, [old])
        page = client.get(reverse("advocacy:meeting_update", args=[meeting.pk])).content.decode()
        assert "Buku 0" in page and "Buku 2" in page and "Buku 1" not in page

    def test_the_same_asked_of_two_is_two_things(self, client, sign_in, team, sheet_data):
        sign_in("secretariat")
        first = factories.case(team, since="2018-11-01")
        other = factories.case(
            team,
            since="2018-11-01",
            institution=factories.institution("Perusahaan lain", "private"),
        )
        parts = {
            "kind": "audience",
            "received_by": "Manajer",
            "points": "x",
            "answer": "y",
            "next_step": "",
        }
        data = sheet_data(team) | parts | {"cases": [first.pk]}
        client.post("/rapat/baru/", data)
        again = client.post("/rapat/baru/", data | {"cases": [other.pk]})
        assert again.status_code == 409 and "Perusahaan lain" in again.content.decode()

    def test_places_whose_library_is_gone_stay(self, client, sign_in, team, desk):
        sign_in(desk)
        library = factories.library()
        case = factories.case(team, by=desk, villages=[library.village])
        publication = factories.media(team, village=library.village)
        library.delete_as(by=desk)
        data = case_data(team, version=case.version, villages=[library.village_id], asked="Lain")
        page = client.get(reverse("advocacy:case_update", args=[case.pk])).content.decode()
        assert "Desa Kapuk" in page and " checked" in page
        assert client.post(reverse("advocacy:case_update", args=[case.pk]), data).status_code == 302
        assert case.places.get().village_id == library.village_id
        assert (
            f'value="{library.village_id}" selected'
            in client.get(f"{publication.get_absolute_url()}ubah/").content.decode()
        )

    def test_the_team_is_that_of_what_the_address_names(self, client, sign_in, team):
        there = factories.team("71", members=factories.ROSTER[:3])
        office = factories.institution("Kantor lain", "private", "71")
        sign_in(factories.assign(factories.user("secretariat"), "secretariat", "71"))
        page = client.get(f"/advokasi/baru/?instansi={office.pk}").content.decode()
        assert f'<option value="{office.pk}" selected>' in page and there.name in page

    def test_activities_of_a_past_plan_are_offered_and_judged_by_the_day(
        self, client, sign_in, team
    ):
        sign_in("secretariat")
        activity = factories.activity(factories.plan(team, activities=0), way="support")
        assert f'value="{activity.pk}"' in client.get("/komitmen/baru/").content.decode()
        late = client.post(
            "/komitmen/baru/", commitment_data(activity=activity.pk, promised_on="2021-01-05")
        )
        assert (
            late.status_code == 422
            and "bukan bagian dari rencana pada tanggal itu" in late.content.decode()
        )
        wrong = client.post(
            "/komitmen/baru/", commitment_data(activity=activity.pk, promised_on="")
        ).content.decode()
        assert (
            f'value="{activity.pk}" selected' in wrong and "bukan bagian dari rencana" not in wrong
        )
        assert (
            client.post("/komitmen/baru/", commitment_data(activity=activity.pk)).status_code == 302
        )
        assert Commitment.objects.get().activity == activity


@pytest.mark.both("each database refuses other keys")
class TestCrafted:
    @pytest.mark.parametrize("key", ["9" * 30, "9" * 5000, "x", "1\x00", "-1"])
    def test_keys_that_cannot_be(self, client, sign_in, team, sheet_data, key):
        sign_in("secretariat")
        answers = [
            client.post("/rapat/baru/", sheet_data(team, kind="audience", cases=[key])),
            client.post("/komitmen/baru/", commitment_data(meeting=key, case=key, activity=key)),
            client.post(
                "/publikasi/baru/",
                {"meeting": key, "commitment": key, "village": key, "title": "x"},
            ),
            client.post("/advokasi/baru/", case_data(team, villages=[key], regencies=[key])),
        ]
        assert {answer.status_code for answer in answers} == {422}

    def test_a_year_mistyped_as_one(self, client, sign_in, team, sheet_data):
        sign_in("secretariat")
        activity = factories.activity(factories.plan(team, activities=0), way="support")
        assert client.post("/rapat/baru/", sheet_data(team, day="0001-01-01")).status_code == 422
        assert client.get("/rapat/baru/?tanggal=0001-01-01").status_code == 200
        data = commitment_data(promised_on="0001-01-01", activity=activity.pk)
        assert client.post("/komitmen/baru/", data).status_code == 422

    def test_a_broken_address(self, client, sign_in, team):
        sign_in("secretariat")
        data = {"title": "x", "outlet": "y", "published_on": "2019-07-22", "link": "http://[abc"}
        answer = client.post("/publikasi/baru/", data)
        assert answer.status_code == 422 and "Tulis tautan lengkap" in answer.content.decode()

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("https://koran.id/baca?12345", "https://koran.id/baca?67890"),
            ("https://koran.id/#/berita/1", "https://koran.id/#/berita/2"),
            ("https://koran.id:8080/x", "https://koran.id:9090/x"),
            ("https://www.id/a", "https://m.id/a"),
            (f"https://koran.id/{'a' * 480}1", f"https://koran.id/{'a' * 480}2"),
        ],
    )
    def test_different_articles_are_different(self, team, first, second):
        for link in (first, second):
            factories.media(team, link=link)
        assert MediaCoverage.objects.count() == 2


class TestTelling:
    def test_a_long_reason_is_kept(self, client, sign_in, team):
        sign_in("secretariat")
        commitment = factories.commitment(team)
        url = reverse("advocacy:commitment_withdraw", args=[commitment.pk])
        assert (
            client.post(url, {"version": commitment.version, "reason": "x" * 2000}).status_code
            == 302
        )
        assert len(stored(commitment).withdraw_reason) == 2000

    def test_a_withdrawn_promise_is_read_and_not_written(self, client, sign_in, team):
        sign_in("secretariat")
        commitment = factories.commitment(team)
        stored(commitment).withdraw(by=None, reason="Batal.")
        data = commitment_data(version=stored(commitment).version, value="99")
        answer = client.post(reverse("advocacy:commitment_update", args=[commitment.pk]), data)
        assert (
            answer.status_code == 422 and "sudah ditarik. Pulihkan dulu" in answer.content.decode()
        )
        page = client.get(reverse("advocacy:realisation_create", args=[commitment.pk]))
        assert page.status_code == 302 and stored(commitment).value == 12_500_000

    def test_a_file_that_must_be_chosen_again_is_named_whatever_refused_it(
        self, client, sign_in, team
    ):
        sign_in("secretariat")
        there = factories.library(factories.village("19.02.05.2001", "Badau"))
        commitment = factories.commitment(team, regency=factories.regency())
        data = {
            "realised_on": "2019-09-05",
            "amount": "5",
            "note": "",
            "upload": pdf(name="bast.pdf"),
        }
        url = reverse("advocacy:realisation_create", args=[commitment.pk])
        page = client.post(
            url, data | {"idempotency_key": str(uuid.uuid4()), "villages": [there.village_id]}
        ).content.decode()
        assert "bast.pdf belum tersimpan" in page and page.count("pilih desa di sana saja") == 2
        came = factories.realisation(commitment)
        stale = data | {"version": came.version - 1, "upload": pdf(name="bast.pdf")}
        late = client.post(reverse("advocacy:realisation_update", args=[came.pk]), stale)
        assert late.status_code == 409 and "bast.pdf belum tersimpan" in late.content.decode()

    def test_a_stale_step_is_told_and_may_be_sent_again(self, client, sign_in, team):
        sign_in("secretariat")
        case = factories.case(team)
        fresh(case).save_as(by=None)
        data = {
            "version": case.version,
            "stage": "contacted",
            "on": "2019-07-05",
            "note": "Ditelepon.",
        }
        url = reverse("advocacy:case_move", args=[case.pk])
        answer = client.post(url, data)
        version = fresh(case).version
        assert (
            answer.status_code == 422
            and f'name="version" value="{version}"' in answer.content.decode()
        )
        assert client.post(url, data | {"version": version}).status_code == 302

    def test_contacts_are_those_of_the_day(self, client, sign_in, team):
        sign_in("secretariat")
        moved_person = team.memberships.get(person__name="Perwakilan Bappeda").person
        before, after = moved_person.institution, factories.institution("Kantor baru")
        factories.minutes(team, title="Rapat lama")
        there = factories.team("71")
        factories.minutes(there, title="Rapat di provinsi lain")  # of an office with the same name
        moved_person.institution = after
        moved_person.save_as(by=None)
        before.name = "Bappeda berganti nama"
        before.save_as(by=None)
        page = client.get(before.get_absolute_url()).content.decode()
        assert "Rapat lama" in page and "Rapat di provinsi lain" not in page
        assert "Rapat lama" not in client.get(after.get_absolute_url()).content.decode()

    def test_the_village_shows_what_it_was_given(self, client, sign_in, team):
        library = factories.library()
        factories.realisation(factories.commitment(team), villages=[library.village])
        factories.case(team, asked="Buku bacaan", villages=[library.village])
        factories.media(team, village=library.village, title="Desa Kapuk membaca")
        sign_in("member")
        page = client.get(library.get_absolute_url()).content.decode()
        assert all(told in page for told in ("Lima komputer", "Buku bacaan", "Desa Kapuk membaca"))
        sign_in("regency_officer", regency_code="19.01")
        answer = client.get(library.get_absolute_url())
        page = answer.content.decode()
        assert answer.status_code == 200 and not any(
            told in page for told in ("Lima komputer", "Buku bacaan", "Desa Kapuk membaca")
        )


class TestSteps:
    def test_the_last_one_may_be_corrected(self, client, sign_in, team, desk):
        sign_in(desk)
        case = factories.case(team)
        move_case(case=fresh(case), stage="contacted", on=date(2020, 7, 5), note="Surat.", by=desk)
        first, last = case.steps.order_by("pk")
        url = reverse("advocacy:step_update", args=[last.pk])
        early = client.post(url, {"version": last.version, "on": "2019-06-30", "note": "Surat."})
        assert (
            early.status_code == 422
            and "Tahap sebelumnya dicatat 1 Juli 2019" in early.content.decode()
        )
        old = client.post(
            url.replace(f"/{last.pk}/", f"/{first.pk}/"),
            {"version": 1, "on": "0019-07-01", "note": "x"},
        )
        assert old.status_code == 422 and "Periksa tahunnya" in old.content.decode()
        assert (
            client.post(
                url, {"version": last.version, "on": "2019-07-05", "note": "Surat dikirim."}
            ).status_code
            == 302
        )
        assert fresh(case).stage_since == date(2019, 7, 5)
        data = {"version": first.version, "on": "2019-06-01", "note": "Dicatat."}
        refused = client.post(reverse("advocacy:step_update", args=[first.pk]), data)
        assert refused.status_code == 422 and "hanya tahap terakhir" in refused.content.decode()
        stale = client.post(url, {"version": last.version, "on": "2019-07-06", "note": "Lain."})
        assert stale.status_code == 409 and fresh(case).stage_since == date(2019, 7, 5)


class TestPlan:
    def test_only_ways_that_know_institutions_count_them(self, team):
        activity = factories.activity(factories.plan(team, activities=0), way="media")
        activity.counted = "institutions"
        with pytest.raises(ValidationError, match="Mitra hanya dihitung"):
            activity.full_clean()
        activity.way = "support"
        activity.full_clean()

    def test_what_was_noted_by_hand_before_may_be_mended(self, team):
        activity = factories.activity(factories.plan(team, activities=0), way="visit")
        row = factories.achievement(activity)
        type(activity).objects.filter(pk=activity.pk).update(way="media")
        row.refresh_from_db()
        row.note = "Dua berita."
        row.full_clean()
        with pytest.raises(ValidationError):
            type(row)(
                activity=row.activity, achieved_on=date(2019, 7, 1), note="Baru."
            ).full_clean()


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


def test_a_meeting_with_promises_is_not_called_off(team):
    meeting = factories.audience(team)
    commitment = factories.commitment(team, meeting=meeting)
    with pytest.raises(TransitionError, match="Ada komitmen"):
        meeting.cancel(by=None, reason="Batal.")
    stored(commitment).delete_as(by=None)
    meeting.cancel(by=None, reason="Batal.")
    assert (
        Meeting.objects.get().state == "cancelled"
        and AdvocacyCase.objects.get().stage == "audience"
    )


def test_cases_are_discussed_in_audiences_alone(team):
    meeting = factories.minutes(team)
    with pytest.raises(TransitionError, match="hanya dibahas dalam audiensi"):
        record_again(meeting, cases=[factories.case(team)])
