"""Commitments: what is let in, what is refused, and what is told."""

import uuid
from datetime import date

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from advocacy.models import AdvocacyCase, Commitment, Meeting, Realisation
from sinergi.kit.models import FrozenRecord
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.constraints import kept, refused

pytestmark = pytest.mark.django_db


def stored(commitment, today=date(2019, 9, 30)):
    return Commitment.objects.with_names().with_state(today).get(pk=commitment.pk)


def commitment_data(**changes):
    office = factories.institution("Perusahaan swasta", "private")
    return {
        "idempotency_key": str(uuid.uuid4()),
        "institution": office.pk,
        "case": "",
        "kind": "goods",
        "description": "Lima komputer",
        "value": "12.500.000",
        "value_basis": "giver",
        "regency": "",
        "promised_on": "2019-08-13",
        "promised_by": "Manajer",
        "meeting": "",
        "due_on": "",
    } | changes


class TestCommitmentForm:
    url = "/komitmen/baru/"

    def test_is_written_once_and_brings_its_case_forward(self, client, sign_in, team):
        sign_in("secretariat")
        case = factories.case(team)
        data = commitment_data(case=case.pk)
        for _ in range(2):
            assert client.post(self.url, data).status_code == 302
        commitment = Commitment.objects.get()
        assert (commitment.value, commitment.value_text) == (
            12_500_000,
            "Rp12.500.000 (pernyataan pemberi)",
        )
        case.refresh_from_db()
        assert (case.stage, case.stage_since) == ("committed", date(2019, 8, 13))

    def test_starts_from_the_audience_it_was_made_in(self, client, sign_in, team):
        sign_in("secretariat")
        case = factories.case(team, regencies=[factories.regency()])
        meeting = factories.audience(team, [case])
        page = client.get(f"{self.url}?rapat={meeting.pk}").content.decode()
        for chosen in (case.pk, case.institution_id, meeting.pk, "19.01"):
            assert f'<option value="{chosen}" selected>' in page
        assert 'value="2019-08-13"' in page and 'value="Manajer"' in page

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"value": ""}, "Isi nilainya dalam rupiah."),
            ({"value": "1.5"}, "Tulis jumlahnya dengan angka"),
            ({"value": "0"}, "paling sedikit 1 rupiah"),
            ({"value_basis": ""}, "Pilih dasar nilai"),
            ({"kind": "money"}, "Dasar nilai hanya untuk barang dan jasa"),
            ({"promised_on": "2099-01-01"}, "tanggal ini belum lewat"),
            ({"promised_on": "1019-01-01"}, "Periksa tahunnya"),
            (
                {"due_on": "2019-08-12"},
                "Tenggat tidak boleh sebelum tanggal dijanjikan, 13 Agustus 2019",
            ),
            ({"due_on": "2219-08-12"}, "lebih dari sepuluh tahun"),
            ({"promised_by": ""}, "siapa yang menjanjikan"),
            ({"kind": ""}, "Pilih bentuknya."),
        ],
    )
    def test_what_is_wrong_is_told_beside_the_field_and_in_the_summary(
        self, client, sign_in, team, changes, told
    ):
        sign_in("secretariat")
        answer = client.post(self.url, commitment_data(**changes))
        assert (
            answer.status_code == 422
            and answer.content.decode().count(told) == 2
            and not Commitment.objects.exists()
        )

    def test_a_policy_needs_no_value(self, client, sign_in, team):
        sign_in("secretariat")
        assert (
            client.post(
                self.url, commitment_data(kind="policy", value="", value_basis="")
            ).status_code
            == 302
        )
        assert Commitment.objects.get().value is None

    def test_another_provinces_rows_are_no_choice(self, client, sign_in, team):
        there = factories.team("11", members=factories.ROSTER[:3])
        case, meeting = factories.case(there), factories.audience(there)
        sign_in("secretariat")
        data = commitment_data(
            institution=case.institution_id, case=case.pk, meeting=meeting.pk, regency="11.01"
        )
        page = client.post(self.url, data).content.decode()
        for told in ("Instansi ini", "Sasaran ini", "Rapat ini", "Kabupaten/kota ini"):
            assert f"{told} tidak ada" in page
        assert not Commitment.objects.exists()

    def test_of_two_people_the_second_is_shown_both_versions(self, client, sign_in, team):
        sign_in("secretariat")
        commitment = factories.commitment(team)
        url = reverse("advocacy:commitment_update", args=[commitment.pk])
        data = commitment_data(version=commitment.version)
        assert client.post(url, data | {"value": "10.000.000"}).status_code == 302
        late = client.post(url, data | {"value": "9.000.000"})
        page = late.content.decode()
        assert late.status_code == 409 and "Rp10.000.000" in page and "Rp9.000.000" in page
        assert stored(commitment).value == 10_000_000

    def test_what_came_of_it_keeps_its_kind_and_its_day(self, client, sign_in, team):
        sign_in("secretariat")
        village = factories.village()
        commitment = factories.commitment(team)
        factories.realisation(commitment, villages=[village])
        factories.regency("19.02", "Kabupaten Belitung")
        url = reverse("advocacy:commitment_update", args=[commitment.pk])
        for changes, told in (
            ({"kind": "money", "value_basis": ""}, "bentuknya tetap"),
            ({"promised_on": "2019-09-06"}, "Sudah ada realisasi pada 5 September 2019"),
            ({"regency": "19.02"}, "Ada desa penerima di kabupaten/kota lain"),
        ):
            answer = client.post(
                url, commitment_data(version=stored(commitment).version, **changes)
            )
            assert answer.status_code == 422 and told in answer.content.decode()
        assert (
            client.post(
                url, commitment_data(version=stored(commitment).version, regency="19.01")
            ).status_code
            == 302
        )

    def test_a_meeting_that_was_called_off_later_stays_named(self, client, sign_in, team):
        sign_in("secretariat")
        meeting = factories.audience(team)
        commitment = factories.commitment(team, meeting=meeting)
        with pytest.raises(TransitionError, match="Ada komitmen"):
            meeting.cancel(by=None, reason="Keliru dicatat.")
        type(meeting).objects.filter(pk=meeting.pk).update(
            state="cancelled", cancel_reason="Dari masa lalu."
        )
        url = reverse("advocacy:commitment_update", args=[commitment.pk])
        data = commitment_data(
            version=stored(commitment).version, meeting=meeting.pk, description="Enam komputer"
        )
        assert (
            client.post(url, data).status_code == 302
            and stored(commitment).description == "Enam komputer"
        )

    @pytest.mark.parametrize("asked", ["1.5", "\x00", "9" * 40, "²", "abc", "-1", ""])
    def test_no_address_breaks_the_form(self, client, sign_in, team, asked):
        sign_in("secretariat")
        for url, parameters in (
            (self.url, ("instansi", "sasaran", "rapat", "tim", "cari")),
            ("/publikasi/baru/", ("rapat", "desa", "komitmen")),
            ("/rapat/baru/", ("sasaran",)),
            ("/advokasi/baru/", ("instansi",)),
            ("/advokasi/", ("milik",)),
        ):
            assert client.get(url, dict.fromkeys(parameters, asked)).status_code == 200, url


class TestWithdrawing:
    def test_with_a_reason_and_back(self, client, sign_in, team):
        sign_in("secretariat")
        commitment = factories.commitment(team)
        factories.realisation(commitment)
        url = reverse("advocacy:commitment_withdraw", args=[commitment.pk])
        assert (
            client.post(url, {"version": stored(commitment).version, "reason": " "}).status_code
            == 422
        )
        assert (
            client.post(
                url, {"version": stored(commitment).version, "reason": "Anggaran dipotong."}
            ).status_code
            == 302
        )
        assert stored(commitment).state == "withdrawn"
        page = client.get(commitment.get_absolute_url()).content.decode()
        assert "Anggaran dipotong." in page and "Catat realisasi" not in page
        renew = reverse("advocacy:commitment_renew", args=[commitment.pk])
        assert client.post(renew, {"version": stored(commitment).version}).status_code == 302
        assert (stored(commitment).state, stored(commitment).withdraw_reason) == ("partly", "")

    def test_each_only_from_the_other(self, team):
        commitment = factories.commitment(team)
        with pytest.raises(TransitionError, match="tidak ditarik"):
            commitment.renew(by=None)
        commitment.withdraw(by=None, reason="Batal.")
        with pytest.raises(TransitionError, match="sudah ditarik"):
            commitment.withdraw(by=None, reason="Batal lagi.")

    def test_nothing_comes_of_a_promise_taken_back(self, client, sign_in, team):
        sign_in("secretariat")
        commitment = factories.commitment(team)
        came = factories.realisation(commitment)
        stored(commitment).withdraw(by=None, reason="Batal.")
        url = reverse("advocacy:realisation_create", args=[commitment.pk])
        answer = client.post(
            url, {"idempotency_key": str(uuid.uuid4()), "realised_on": "2019-09-06", "amount": "1"}
        )
        assert answer.status_code == 422 and "sudah ditarik" in answer.content.decode()
        gone = client.post(
            reverse("advocacy:realisation_delete", args=[came.pk]), {"version": came.version}
        )
        assert gone.status_code == 422 and Realisation.objects.count() == 1
        with pytest.raises(FrozenRecord):
            factories.realisation(commitment)
        with pytest.raises(FrozenRecord):
            Realisation.objects.get().delete_as(by=None)

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


class TestNoOrphans:
    def test_what_something_came_of_is_not_deleted(self, client, sign_in, team):
        sign_in("secretariat")
        commitment = factories.commitment(team)
        came = factories.realisation(commitment)
        url = reverse("advocacy:commitment_delete", args=[commitment.pk])
        answer = client.post(url, {"version": stored(commitment).version})
        assert answer.status_code == 422 and "masih dirujuk: 1 realisasi" in answer.content.decode()
        assert (
            client.post(
                reverse("advocacy:realisation_delete", args=[came.pk]), {"version": came.version}
            ).status_code
            == 302
        )
        assert client.post(url, {"version": stored(commitment).version}).status_code == 302
        assert not Commitment.objects.exists()

    def test_an_institution_with_commitments_is_not_deleted(self, client, sign_in, team):
        commitment = factories.commitment(team)
        with pytest.raises(ProtectedError):
            commitment.institution.delete()
        sign_in("administrator")
        page = client.post(
            f"/admin/programs/institution/{commitment.institution_id}/delete/", {"post": "yes"}
        )
        assert (
            page.status_code == 200
            and Commitment.objects.get().institution_id == commitment.institution_id
        )

    def test_merging_moves_everything(self, client, sign_in, team):
        sign_in("administrator")
        commitment, case, agreement = (
            factories.commitment(team),
            factories.case(team),
            factories.partnership(team),
        )
        agreement.institution = commitment.institution
        agreement.save_as(by=None)
        factories.realisation(commitment)
        stored(commitment).withdraw(by=None, reason="Batal.")
        gone, kept_one = commitment.institution, factories.institution("PT Swasta", "private")
        url = reverse("programs:institution_merge", args=[gone.pk])
        assert client.post(url, {"version": gone.version, "kept": kept_one.pk}).status_code == 302
        assert not type(gone).objects.filter(pk=gone.pk).exists()
        for row in (commitment, case, agreement):
            row.refresh_from_db()
            assert row.institution == kept_one
        page = client.get(kept_one.get_absolute_url()).content.decode()
        assert (
            "1 komitmen" in page
            and "1 kerja sama" in page
            and "Lima komputer" in page
            and "Rp8.000.000" in page
        )


@pytest.mark.both("constraints")
class TestTheDatabaseItself:
    def test_of_a_commitment(self, team):
        goods, money = factories.commitment(team), factories.commitment(team, kind="money")
        policy = factories.commitment(team, kind="policy")
        refused(goods, value=None)
        refused(money, value=0)
        kept(policy, value=5)
        refused(goods, value_basis="")
        refused(money, value_basis="giver")
        kept(goods, value_basis="invoice")
        refused(goods, due_on=date(2019, 8, 12))
        kept(goods, due_on=date(2019, 8, 13))
        refused(goods, withdraw_reason="Batal.")
        refused(goods, withdrawn_at="2019-09-01T00:00Z")
        kept(goods, withdrawn_at="2019-09-01T00:00Z", withdraw_reason="Batal.")
        factories.province("11")
        refused(money, regency=factories.regency("11.01", "Kabupaten Lain"))
        kept(money, regency=factories.regency())

    def test_of_a_realisation(self, team):
        came, rule = (
            factories.realisation(factories.commitment(team)),
            factories.realisation(factories.commitment(team, kind="policy")),
        )
        refused(came, amount=None)
        refused(came, amount=0)
        refused(rule, document_kind="")
        refused(rule, document_number="")
        refused(rule, document_about="")
        kept(rule, amount=5)
        row = factories.realisation(
            came.commitment, villages=[factories.village()]
        ).beneficiaries.get()
        other = type(row)(
            realisation=row.realisation, village=factories.village("19.01.06.2003", "Dalil")
        ).save_as(by=None)
        refused(other, village=row.village)


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
