"""The villages of an imported list enter the expansion, all of them or none."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from advocacy.actions.expansion import add_step, correct_last_step
from advocacy.actions.expansion_imports import open_cases
from advocacy.models import ExpansionCase, ExpansionStep
from advocacy.views import expansion_imports
from sinergi.kit import bulk
from sinergi.kit.models import StaleRecord
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.pages import html_of
from tests.villages.importing import applied, batch_of, row
from villages.imports.undo import undo_batch
from villages.models import Village
from villages.views import import_reviews

pytestmark = pytest.mark.django_db
DAY = date(2019, 1, 21)


@pytest.fixture
def team():
    return factories.team()


@pytest.fixture
def villages(team):
    return [
        factories.village(f"19.01.06.200{n}", name)
        for n, name in enumerate(["Kapuk", "Merawang", "Rebo"], 2)
    ]


@pytest.fixture
def batch(villages):
    """Return a list that adds a library, changes one, and leaves one as it is."""
    factories.library(villages[1])
    applied(row("Rebo"))
    return applied(row("Kapuk"), row("Merawang"), row("Rebo"))


def url_of(batch):
    return reverse("advocacy:expansion_import", args=[batch.pk])


def data(**changes):
    given = {"stage": "running", "source": "national", "reached_on": "2019-01-21"}
    return given | {"note": "Daftar peserta 2019."} | changes


class TestAction:
    @pytest.mark.both("rows are copied in by other means there")
    def test_each_village_has_its_case_and_first_step_with_their_history(self, villages):
        by = factories.user("secretariat")
        villages = list(Village.objects.all())
        told = {"stage": "running", "reached_on": DAY, "note": "Daftar 2019.", "source": "national"}
        assert open_cases(villages=villages, by=by, **told) == 3
        cases = ExpansionCase.objects.select_related("team", "regency")
        assert {case.village_id for case in cases} == {village.pk for village in villages}
        assert all((case.regency_id, case.source) == ("19.01", "national") for case in cases)
        for case in cases:
            step = case.steps.get()
            assert (step.number, step.stage, step.from_stage) == (1, "running", "")
            assert (step.reason, step.reached_on, step.note) == ("list", DAY, "Daftar 2019.")
            assert case.created_by == step.created_by == by and case.version == 1
            assert case.history.get().history_type == step.history.get().history_type == "+"

    @pytest.mark.both("one case for a village is held by the database")
    def test_one_that_has_a_case_already_keeps_all_of_them_out(self, villages):
        case = factories.expansion(villages[1])
        with pytest.raises(IntegrityError):
            open_cases(villages=villages, by=None, stage="running", reached_on=DAY)
        assert ExpansionCase.objects.get() == case and ExpansionStep.objects.count() == 1

    def test_a_day_to_come_is_refused(self, team, villages):
        day = team.today + timedelta(days=1)
        with pytest.raises(TransitionError, match="sesudah hari ini"):
            open_cases(villages=villages, by=None, stage="running", reached_on=day)
        assert not ExpansionCase.objects.exists()


class TestPage:
    def test_lists_those_without_a_case_and_writes_them_once(
        self, client, sign_in, batch, villages
    ):
        before = factories.expansion(villages[2], "candidate")
        sign_in("administrator")
        page = client.get(url_of(batch))
        assert [village.name for village in page.context["villages"]] == ["Kapuk", "Merawang"]
        assert url_of(batch) in html_of(client.get(batch.get_absolute_url()))
        for _ in range(2):
            answer = client.post(url_of(batch), data())
            assert answer.status_code == 302 and answer.url == batch.get_absolute_url()
        assert ExpansionCase.objects.count() == 3
        assert before.steps.get().stage == "candidate", "what was there already is left alone"
        assert "sudah mempunyai catatan" in html_of(client.get(batch.get_absolute_url()))

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"reached_on": ""}, "Isi tanggalnya."),
            ({"reached_on": "2099-01-01"}, "tidak boleh sesudah hari ini"),
            ({"reached_on": "0019-01-01"}, "Periksa tahunnya."),
            ({"stage": "stopped"}, "Masukkan pilihan yang valid"),
            ({"source": "x"}, "Masukkan pilihan yang valid"),
        ],
    )
    def test_what_is_wrong_is_told(self, client, sign_in, batch, changes, told):
        sign_in("administrator")
        answer = client.post(url_of(batch), data(**changes))
        assert answer.status_code == 422 and told in html_of(answer)
        assert not ExpansionCase.objects.exists()

    def test_whoever_opens_one_of_them_at_that_moment_keeps_the_others_out(
        self, client, sign_in, batch, villages, monkeypatch
    ):
        sign_in("administrator")

        def slower(**told):
            monkeypatch.undo()
            factories.expansion(villages[0])
            return open_cases(**told)

        monkeypatch.setattr(expansion_imports, "open_cases", slower)
        answer = client.post(url_of(batch), data())
        assert answer.status_code == 422 and "data yang sama baru saja disimpan" in html_of(answer)
        assert not ExpansionCase.objects.exclude(village=villages[0]).exists()
        assert [row.name for row in answer.context["villages"]] == ["Merawang", "Rebo"]
        assert client.post(url_of(batch), data()).status_code == 302
        assert ExpansionCase.objects.count() == 3

    def test_only_of_a_list_that_stands(self, client, sign_in, batch):
        account = sign_in("administrator")
        assert client.get(url_of(batch_of(row("Kapuk")))).status_code == 404
        undo_batch(batch, by=account)
        assert client.get(url_of(batch)).status_code == 404

    def undo(self, client, batch):
        url = reverse("villages:import_undo", args=[batch.pk])
        page = client.get(url)
        assert "ikut dihapus selama belum berlanjut" in html_of(page)
        data = {"version": page.context["form"]["version"].value()}
        assert client.post(url, data).status_code == 302

    def test_undoing_the_list_takes_away_what_it_opened_and_keeps_its_history(
        self, client, sign_in, batch, villages
    ):
        own = factories.expansion(factories.village("19.01.06.2009", "Dalil"))
        sign_in("administrator")
        client.post(url_of(batch), data())
        gone = ExpansionCase.objects.get(village=villages[0])
        self.undo(client, batch)
        assert ExpansionCase.objects.get() == own and ExpansionStep.objects.get().case == own
        assert gone.history.first().history_type == "-"
        kept = ExpansionStep.history.filter(case=gone.pk)
        assert [row.history_type for row in kept] == ["-", "+"]
        assert client.get(reverse("advocacy:expansion_history", args=[gone.pk])).status_code == 200
        html = html_of(client.get(batch.get_absolute_url()))
        assert "catatan perluasan tetap ada" not in html
        assert "Semua yang ditulis impor ini sudah dikembalikan seperti semula." in html

    def test_what_moved_on_or_was_changed_stays_and_is_said(self, client, sign_in, batch, villages):
        account = sign_in("administrator")
        client.post(url_of(batch), data())
        moved, changed, corrected = (
            ExpansionCase.objects.get(village=village) for village in villages
        )
        note = {"reason": "list", "note": "Lanjut."}
        further = ExpansionStep(stage="independent", reached_on=date(2019, 8, 1), **note)
        add_step(case=moved, step=further, by=account)
        changed.source = "own"
        changed.save_as(by=account)
        first = corrected.steps.get()
        first.reached_on = date(2019, 1, 22)
        correct_last_step(step=first, by=account)
        self.undo(client, batch)
        assert ExpansionCase.objects.count() == 3 and ExpansionStep.objects.count() == 4
        html = html_of(client.get(batch.get_absolute_url()))
        assert "3 catatan perluasan tetap ada" in html
        assert "Semua yang ditulis impor ini sudah dikembalikan" not in html
        assert "Semua baris impor ini sudah dikembalikan" in html
        assert all(case.get_absolute_url() in html for case in (moved, changed, corrected))

    def test_more_than_the_page_names_are_counted(
        self, client, sign_in, batch, villages, monkeypatch
    ):
        account = sign_in("administrator")
        client.post(url_of(batch), data())
        for case in ExpansionCase.objects.all():
            case.source = "own"
            case.save_as(by=account)
        monkeypatch.setattr(import_reviews, "SHOWN", 2)
        self.undo(client, batch)
        html = html_of(client.get(batch.get_absolute_url()))
        assert "3 catatan perluasan tetap ada" in html and "hanya 2 yang pertama" in html

    @pytest.mark.both("the rows that stay are read by other means there")
    def test_where_a_row_is_left_its_case_stays_too(self, client, sign_in, batch, villages):
        sign_in("administrator")
        client.post(url_of(batch), data())
        factories.visit(villages[0].library, by=factories.user("secretariat"))
        self.undo(client, batch)
        assert villages[0].library.pk and batch.stored().left_count == 1
        case = ExpansionCase.objects.get()
        assert case.village == villages[0] and case.steps.get().stage == "running"
        assert case.get_absolute_url() in html_of(client.get(batch.get_absolute_url()))

    def test_whoever_moves_one_at_that_moment_keeps_all_as_it_was(
        self, client, sign_in, batch, villages, monkeypatch
    ):
        account = sign_in("administrator")
        client.post(url_of(batch), data())
        case = ExpansionCase.objects.get(village=villages[0])
        real = bulk.delete

        def slower(model, rows, *, by):
            if model is ExpansionStep:
                step = ExpansionStep(stage="independent", reached_on=DAY, reason="list")
                add_step(case=case, step=step, by=account)
            real(model, rows, by=by)

        monkeypatch.setattr(bulk, "delete", slower)
        with pytest.raises(StaleRecord), transaction.atomic():
            undo_batch(batch.stored(), by=account)
        assert batch.stored().state == "applied" and ExpansionCase.objects.count() == 3

    def test_of_another_province_it_does_not_exist(self, client, sign_in, batch):
        factories.team("11")
        sign_in("administrator", province_code="11")
        assert client.get(url_of(batch)).status_code == 404

    def test_asks_as_often_of_many_villages(
        self, client, sign_in, batch, django_assert_max_num_queries
    ):
        sign_in("administrator")
        client.get(url_of(batch))
        names = [f"Desa {chr(65 + n)}" for n in range(12)]
        for number, name in enumerate(names):
            factories.village(f"19.01.06.21{number:02}", name)
        many = applied(*map(row, names))
        with django_assert_max_num_queries(20) as few:
            client.post(url_of(batch), data())
        with django_assert_max_num_queries(len(few)):
            client.post(url_of(many), data())
        assert ExpansionCase.objects.count() == 15
