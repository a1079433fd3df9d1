"""Realisations: what is let in, what is refused, and what the pages say of them."""

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from advocacy.models import AdvocacyCase, Realisation
from tests import factories
from tests.advocacy.test_commitments import commitment_data, stored
from tests.sinergi.test_uploads import pdf

pytestmark = pytest.mark.django_db


class TestRealisationForm:
    def send(self, client, commitment, **changes):
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "realised_on": "2019-09-05",
            "amount": "8.000.000",
            "note": "",
        }
        return client.post(
            reverse("advocacy:realisation_create", args=[commitment.pk]), data | changes
        )

    def test_is_written_once_with_its_evidence_and_villages(self, client, sign_in, team):
        sign_in("secretariat")
        library, commitment, key = (
            factories.library(),
            factories.commitment(team),
            str(uuid.uuid4()),
        )
        for _ in range(2):
            given = {
                "idempotency_key": key,
                "villages": [library.village_id],
                "upload": pdf(name="bast.pdf"),
            }
            assert self.send(client, commitment, **given).status_code == 302
        came = Realisation.objects.get()
        assert (came.amount, [str(row) for row in came.beneficiaries.all()]) == (
            8_000_000,
            ["Desa Kapuk"],
        )
        page = client.get(commitment.get_absolute_url()).content.decode()
        assert "Rp8.000.000" in page and "Desa Kapuk" in page and came.evidence_url in page
        answer = client.get(came.evidence_url)
        assert answer.status_code == 200 and 'filename="bast.pdf"' in answer["Content-Disposition"]
        answer.close()

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"amount": ""}, "Isi jumlahnya dalam rupiah."),
            ({"realised_on": "2019-08-12"}, "dijanjikan 13 Agustus 2019"),
            ({"realised_on": "2099-01-01"}, "tanggal ini belum lewat"),
            ({"upload": SimpleUploadedFile("a.pdf", b"bukan pdf")}, "isinya bukan PDF"),
        ],
    )
    def test_what_is_wrong_is_told_twice(self, client, sign_in, team, changes, told):
        sign_in("secretariat")
        answer = self.send(client, factories.commitment(team), **changes)
        assert (
            answer.status_code == 422
            and answer.content.decode().count(told) == 2
            and not Realisation.objects.exists()
        )

    def test_a_policy_is_a_document(self, client, sign_in, team):
        sign_in("secretariat")
        plain, budget = (
            factories.commitment(team, kind="policy"),
            factories.commitment(team, kind="policy", budget=150_000_000),
        )
        answer = self.send(client, plain)
        assert answer.status_code == 422 and "Pilih jenis dokumennya." in answer.content.decode()
        document = {
            "document_kind": "perbup",
            "document_number": "12",
            "document_about": "Perpustakaan desa",
        }
        assert self.send(client, plain, **document | {"amount": ""}).status_code == 302
        assert self.send(client, budget, **document | {"amount": ""}).status_code == 422
        assert (
            self.send(client, budget, **document | {"document_kind": "budget"}).status_code == 302
        )
        assert (stored(plain).state, stored(budget).state) == ("realised", "partly")
        told = "Peraturan bupati/wali kota Nomor 12 tentang Perpustakaan desa"
        assert told in client.get(plain.get_absolute_url()).content.decode()

    def test_the_budget_of_a_policy_may_become_known_later(self, client, sign_in, team):
        sign_in("secretariat")
        policy = factories.commitment(team, kind="policy")
        came = factories.realisation(policy)
        url = reverse("advocacy:commitment_update", args=[policy.pk])
        data = commitment_data(kind="policy", value="150.000.000", value_basis="")
        answer = client.post(url, data | {"version": stored(policy).version})
        assert answer.status_code == 422 and "isi dulu jumlah anggaran" in answer.content.decode()
        document = {
            "document_kind": "perbup",
            "document_number": "12",
            "document_about": "Perpustakaan desa",
        }
        change = document | {
            "version": came.version,
            "realised_on": "2019-09-05",
            "amount": "100 juta",
            "note": "",
        }
        assert (
            client.post(reverse("advocacy:realisation_update", args=[came.pk]), change).status_code
            == 302
        )
        assert client.post(url, data | {"version": stored(policy).version}).status_code == 302
        assert (stored(policy).came, stored(policy).state) == (100_000_000, "partly")

    def test_only_villages_of_the_commitments_regency_are_offered(self, client, sign_in, team):
        sign_in("secretariat")
        factories.library()
        there = factories.library(factories.village("19.02.05.2001", "Badau"))
        commitment = factories.commitment(team, regency=factories.regency())
        page = client.get(
            reverse("advocacy:realisation_create", args=[commitment.pk])
        ).content.decode()
        assert "Desa Kapuk" in page and "Desa Badau" not in page
        answer = self.send(client, commitment, villages=[there.village_id])
        assert answer.status_code == 422 and "pilih desa di sana saja" in answer.content.decode()
        assert not Realisation.objects.exists()

    def test_all_that_was_promised_brings_the_case_to_its_end(self, team):
        case = factories.case(team)
        goods, money = (
            factories.commitment(team, case=case, kind=kind, value=10)
            for kind in ("goods", "money")
        )
        factories.realisation(goods, amount=10)
        assert AdvocacyCase.objects.get().stage == "committed"
        factories.realisation(money, amount=12, realised_on=date(2019, 9, 19))
        case.refresh_from_db()
        assert (case.stage, case.stage_since) == ("realised", date(2019, 9, 19))

    def test_the_evidence_of_what_was_deleted_stays(self, team, django_capture_on_commit_callbacks):
        came = factories.realisation(factories.commitment(team))
        name, storage = came.file.name, came.file.storage
        with django_capture_on_commit_callbacks(execute=True):
            Realisation.objects.get().delete_as(by=None)
        assert storage.exists(name), "its history leads to it"


class TestPages:
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
