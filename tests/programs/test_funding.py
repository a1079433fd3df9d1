"""Sources and expenses: what is refused, what is warned about, and a receipt that is not lost."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from programs.models import Expense, FundingSource, Team
from sinergi.kit.models import StaleRecord
from sinergi.kit.uploads import SafeFile
from tests import factories
from tests.pdfs import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.both("sums of money, and constraints on them")]


@pytest.fixture
def activity():
    return factories.activity(factories.plan(factories.team(), activities=0))


def create_url(activity):
    return reverse("programs:expense_create", args=[activity.pk])


def expense_data(activity, **changes):
    return {
        "idempotency_key": str(uuid.uuid4()),
        "source": str(factories.source().pk),
        "spent_on": "2019-07-20",
        "amount": "450.000",
        "what": "Konsumsi",
        "receipt_number": "12/2019",
    } | changes


class TestSources:
    def test_once_a_year_and_kind(self, activity):
        factories.source(name="")
        for wrong in ({"name": ""},):
            row = FundingSource(team=activity.plan.team, year=2019, kind="apbd_province", **wrong)
            with pytest.raises(IntegrityError), transaction.atomic():
                row.save_as(by=None)
        for right in ({"name": "dinas lain"}, {"support": "in_kind"}, {"year": 2020}):
            fields = {"year": 2019, "kind": "apbd_province"} | right
            assert FundingSource(team=activity.plan.team, **fields).save_as(by=None).pk

    @pytest.mark.parametrize(
        "wrong", [{"year": 1999}, {"year": 2100}, {"ceiling": 0}, {"ceiling": -5}]
    )
    def test_the_database_refuses(self, activity, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            FundingSource.objects.update(**wrong)

    @pytest.mark.parametrize("change", [{"year": 2020}, {"support": "in_kind"}])
    def test_what_is_used_stays_what_it_is(self, activity, change):
        used, free = factories.source(), factories.source(kind="apbn")
        for source, fits in ((used, False), (free, True)):
            for name, value in change.items():
                setattr(source, name, value)
            if fits:
                source.full_clean(exclude=["idempotency_key"])
            else:
                with pytest.raises(ValidationError, match="sudah dipakai"):
                    source.full_clean(exclude=["idempotency_key"])

    def test_a_double_is_told_beside_a_field(self, client, sign_in, activity):
        sign_in("secretariat")
        url = reverse("programs:funding_create", args=[activity.plan.team_id])
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "year": "2019",
            "kind": "apbd_province",
            "support": "cash",
            "ceiling": "60 juta",
        }
        answer = client.post(url, data)
        page = answer.content.decode()
        assert (
            answer.status_code == 422
            and "sudah terdaftar untuk tahun itu" in page
            and "60 juta" in page
        )
        assert client.post(url, data | {"name": "dinas lain"}).status_code == 302
        assert FundingSource.objects.get(name="dinas lain").ceiling == 60_000_000

    def test_the_page_sums_money_and_goods_apart(self, client, sign_in, activity):
        sign_in("chair")
        goods = factories.source(kind="private", support="in_kind", ceiling=50)
        factories.activity(activity.plan, title="Barang", budget={goods: 77})
        page = client.get(
            reverse("programs:funding_list", args=[activity.plan.team_id])
        ).content.decode()
        money, kind = page.split("Barang dan jasa, dinilai dalam rupiah", 1)
        assert (
            "Rp12.000.000" in money
            and "Rp12.000.077" not in page
            and "Rp77" in kind
            and "di atas pagu" in kind
        )
        page = client.get(reverse("programs:funding_detail", args=[goods.pk])).content.decode()
        assert (
            "melampaui pagu" in page
            and "tidak dijumlahkan ke dalam uang" in page
            and "Barang" in page
        )


class TestExpenses:
    def test_is_written_once_with_its_receipt(self, client, sign_in, activity):
        sign_in("secretariat")
        data = expense_data(activity)
        for _ in range(2):
            sent = data | {"upload": SimpleUploadedFile("kuitansi.pdf", PDF)}
            assert client.post(create_url(activity), sent).status_code == 302
        row = Expense.objects.get()
        assert (row.amount, row.original_name) == (450_000, "kuitansi.pdf")
        answer = client.get(row.receipt_url)
        assert b"".join(answer) == PDF and answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("amount", "0", "paling sedikit 1"),
            ("amount", "1,5", "dengan angka"),
            ("amount", "", "Isi jumlahnya."),
            ("spent_on", "2020-01-01", "untuk tahun 2019"),
            ("spent_on", "2018-12-31", "untuk tahun 2019"),
            ("spent_on", "", "Isi tanggalnya."),
            ("source", "", "Pilih sumber dananya."),
            ("source", "999999", "tidak ada dalam daftar"),
            ("what", " ", "Tuliskan untuk apa."),
        ],
    )
    def test_what_is_wrong_is_told_beside_the_field(
        self, client, sign_in, activity, field, value, message
    ):
        sign_in("secretariat")
        answer = client.post(create_url(activity), expense_data(activity, **{field: value}))
        page = answer.content.decode()
        assert (
            answer.status_code == 422
            and message in page
            and f"id_{field}_error" in page
            and "12/2019" in page
        )
        assert not Expense.objects.exists()

    def test_a_day_to_come_is_refused(self, activity, monkeypatch):
        monkeypatch.setattr(Team, "today", date(2019, 7, 1))
        for day, fits in ((date(2019, 7, 1), True), (date(2019, 7, 2), False)):
            row = Expense(
                activity=activity, source=factories.source(), spent_on=day, amount=1, what="x"
            )
            if fits:
                row.full_clean(exclude=["idempotency_key"])
            else:
                with pytest.raises(ValidationError, match="belum lewat"):
                    row.full_clean(exclude=["idempotency_key"])

    def test_another_teams_source_is_refused(self, activity):
        other = factories.source(factories.team("11"))
        row = Expense(
            activity=activity, source=other, spent_on=date(2019, 7, 1), amount=1, what="x"
        )
        with pytest.raises(ValidationError, match="tim lain"):
            row.full_clean(exclude=["idempotency_key"])

    def test_the_database_refuses_nothing_spent(self, activity):
        row = factories.expense(activity)
        with pytest.raises(IntegrityError), transaction.atomic():
            Expense.objects.filter(pk=row.pk).update(amount=0)

    def test_a_receipt_that_must_be_chosen_again_is_named(self, client, sign_in, activity):
        sign_in("secretariat")
        sent = expense_data(activity, amount="x") | {
            "upload": SimpleUploadedFile("kuitansi.pdf", PDF)
        }
        page = client.post(create_url(activity), sent).content.decode()
        assert "kuitansi.pdf belum tersimpan; pilih lagi" in page

    def test_above_the_ceiling_is_warned_about_and_stored(self, client, sign_in, activity):
        sign_in("secretariat")
        source = factories.source()
        source.ceiling = 400_000
        source.save_as(by=None)
        answer = client.post(create_url(activity), expense_data(activity), follow=True)
        assert (
            "melampaui pagunya: Rp450.000 dari Rp400.000" in answer.content.decode()
            and Expense.objects.count() == 1
        )
        other = factories.source(kind="apbn")
        answer = client.post(
            create_url(activity), expense_data(activity, source=other.pk), follow=True
        )
        assert "melampaui anggarannya: Rp450.000 dari Rp0" in answer.content.decode()

    def test_an_approved_plan_takes_expenses(self, client, sign_in):
        sign_in("secretariat")
        plan = factories.plan(
            factories.team(), by=factories.user(), chair=factories.user(), state="approved"
        )
        assert (
            client.post(
                create_url(plan.activities.get()), expense_data(plan.activities.get())
            ).status_code
            == 302
        )

    def test_a_new_receipt_takes_the_place_of_the_old(
        self, activity, django_capture_on_commit_callbacks
    ):
        row = factories.expense(activity)
        old, storage = row.file.name, row.file.storage
        factories_file = SafeFile(
            SimpleUploadedFile("baru.pdf", PDF), "application/pdf", "baru.pdf"
        )
        with pytest.raises(StaleRecord):
            Expense.objects.get().save_submission(safe=factories_file, by=None, version=99)
        assert storage.exists(old)
        with django_capture_on_commit_callbacks(execute=True):
            Expense.objects.get().save_submission(safe=factories_file, by=None, version=row.version)
        row.refresh_from_db()
        assert (
            row.original_name == "baru.pdf"
            and storage.exists(row.file.name)
            and row.file.name != old
        )
        assert storage.exists(old), "the history leads to it"

    def test_deleting(self, client, sign_in, activity, django_capture_on_commit_callbacks):
        sign_in("secretariat")
        row = factories.expense(activity)
        url = reverse("programs:expense_delete", args=[row.pk])
        assert (
            client.post(url, {"version": row.version + 1}).status_code == 422
            and Expense.objects.exists()
        )
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(url, {"version": row.version}).status_code == 302
        assert not Expense.objects.exists() and row.file.storage.exists(row.file.name), (
            "its history leads to the receipt"
        )
        assert row.history.filter(history_type="-").count() == 1
