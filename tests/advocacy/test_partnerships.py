"""Partnerships: their paper, their period, and an end that is announced."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from advocacy.models import Partnership
from tests import factories
from tests.constraints import kept, refused
from tests.sinergi.test_uploads import pdf

pytestmark = pytest.mark.django_db


class TestPartnerships:
    def data(self, **changes):
        office = factories.institution("Perguruan tinggi", "university")
        return {
            "idempotency_key": str(uuid.uuid4()),
            "institution": office.pk,
            "kind": "mou",
            "number": "1/2019",
            "about": "Kuliah kerja",
            "starts_on": "2019-07-01",
            "ends_on": "2021-06-30",
        } | changes

    def test_is_written_once_with_its_paper(self, client, sign_in, team):
        sign_in("secretariat")
        data = self.data()
        for _ in range(2):
            assert (
                client.post("/kerja-sama/baru/", data | {"upload": pdf(name="mou.pdf")}).status_code
                == 302
            )
        row = Partnership.objects.get()
        page = client.get(row.get_absolute_url()).content.decode()
        assert (
            "1 Juli 2019 sampai 30 Juni 2021" in page
            and row.paper_url in page
            and "mou.pdf" in page
        )

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"ends_on": "2019-06-30"}, "sebelum hari pertama, 1 Juli 2019"),
            ({"starts_on": "1019-01-01"}, "Periksa tahunnya."),
            ({"about": ""}, "Tuliskan tentang apa"),
            ({"institution": ""}, "Pilih mitranya."),
        ],
    )
    def test_what_is_wrong_is_told_twice(self, client, sign_in, team, changes, told):
        sign_in("secretariat")
        answer = client.post("/kerja-sama/baru/", self.data(**changes))
        assert (
            answer.status_code == 422
            and answer.content.decode().count(told) == 2
            and not Partnership.objects.exists()
        )

    @pytest.mark.parametrize(
        ("ends_in", "words"),
        [
            (61, "Berlaku"),
            (60, "Berakhir dalam 60 hari"),
            (0, "Berakhir hari ini"),
            (-1, "Berakhir"),
            (None, "Berlaku"),
        ],
    )
    def test_its_end_is_announced_sixty_days_before(self, client, sign_in, team, ends_in, words):
        account, today = sign_in("secretariat"), timezone.localdate()
        row = factories.partnership(
            team, by=account, ends_on=None if ends_in is None else today + timedelta(days=ends_in)
        )
        assert row.status_on(today).label == words
        announced = ends_in is not None and 0 <= ends_in <= 60
        assert Partnership.objects.expiring(today).exists() == announced
        tasks = client.get("/").context["tasks"]
        reminded = [task for task in tasks if task.alert and task.alert.rule.kind == "partnership"]
        has_ended = ends_in is not None and ends_in < 0
        assert len(reminded) == (announced or has_ended), "also after it has ended without another"

    def test_not_once_another_follows(self, team):
        today = timezone.localdate()
        factories.partnership(team, ends_on=today + timedelta(days=5))
        factories.partnership(team, kind="mou", starts_on=today)
        assert Partnership.objects.expiring(today).count() == 1, "of another kind"
        factories.partnership(
            team, starts_on=today + timedelta(days=6), ends_on=today + timedelta(days=400)
        )
        assert not Partnership.objects.expiring(today).exists()

    @pytest.mark.both("a constraint")
    def test_the_database_keeps_its_days_in_order(self, team):
        row = factories.partnership(team)
        refused(row, ends_on=date(2019, 6, 30))
        kept(row, ends_on=date(2019, 7, 1))
