"""Partnerships with their end, and media coverage without doubles."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.models import MediaCoverage, Partnership
from advocacy.models.media import link_key
from tests import factories
from tests.constraints import kept, refused
from tests.sinergi.test_uploads import jpeg, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


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
        assert ("Perpanjang kerja sama" in client.get("/").content.decode()) == announced

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


class TestMedia:
    def data(self, **changes):
        return {
            "idempotency_key": str(uuid.uuid4()),
            "title": "Perpustakaan ramai",
            "outlet": "Media cetak",
            "published_on": "2019-07-22",
            "link": "https://example.com/berita/1",
            "meeting": "",
            "village": "",
            "commitment": "",
        } | changes

    @pytest.mark.parametrize(
        "link",
        [
            "http://www.example.com/berita/1/",
            "https://EXAMPLE.com/berita/1?utm_source=wa",
            "https://m.example.com/berita/1#atas",
            "https://example.com/berita/1/amp?fbclid=abc",
            "https://example.com:443/berita/1",
        ],
    )
    def test_one_article_is_noted_once_however_its_address_is_written(
        self, client, sign_in, team, link
    ):
        sign_in("secretariat")
        assert client.post("/publikasi/baru/", self.data()).status_code == 302
        answer = client.post("/publikasi/baru/", self.data(link=link, title="Judul lain"))
        assert (
            answer.status_code == 422
            and answer.content.decode().count("Tautan ini sudah dicatat") == 2
        )
        assert MediaCoverage.objects.count() == 1

    @pytest.mark.parametrize(
        "link",
        ["https://example.com/berita/2", "https://example.com/berita/1?id=7", "https://lain.id/1"],
    )
    def test_another_article_is_another(self, client, sign_in, team, link):
        sign_in("secretariat")
        client.post("/publikasi/baru/", self.data())
        assert client.post("/publikasi/baru/", self.data(link=link)).status_code == 302

    def test_sent_twice_is_one(self, client, sign_in, team):
        sign_in("secretariat")
        data = self.data()
        assert [client.post("/publikasi/baru/", data).status_code for _ in range(2)] == [302, 302]
        assert MediaCoverage.objects.count() == 1

    def test_a_clipping_stands_in_for_a_link(self, client, sign_in, team):
        sign_in("secretariat")
        answer = client.post("/publikasi/baru/", self.data(link=""))
        assert (
            answer.status_code == 422
            and answer.content.decode().count("Isi tautannya, atau lampirkan klipingnya.") == 2
        )
        assert (
            client.post(
                "/publikasi/baru/", self.data(link="", upload=jpeg("kliping.jpg"))
            ).status_code
            == 302
        )
        row = MediaCoverage.objects.get()
        served = client.get(row.clipping_url)
        assert served["Content-Type"] == "image/jpeg"
        served.close()

    def test_it_is_about_one_thing_and_stands_on_its_page(self, client, sign_in, team):
        sign_in("secretariat")
        library, meeting = factories.library(), factories.minutes(team)
        both = self.data(meeting=meeting.pk, village=library.village_id)
        answer = client.post("/publikasi/baru/", both)
        assert answer.status_code == 422 and answer.content.decode().count("Pilih satu saja") == 2
        assert client.post("/publikasi/baru/", both | {"village": ""}).status_code == 302
        assert "Perpustakaan ramai" in client.get(meeting.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(
        ("on", "told"), [("2099-01-01", "belum lewat"), ("1019-01-01", "Periksa tahunnya")]
    )
    def test_a_day_that_cannot_be(self, client, sign_in, team, on, told):
        sign_in("secretariat")
        answer = client.post("/publikasi/baru/", self.data(published_on=on))
        assert answer.status_code == 422 and told in answer.content.decode()

    @pytest.mark.both("constraints")
    def test_the_database_itself(self, team):
        first, second = factories.media(team), factories.media(team)
        refused(second, link_key=first.link_key)
        kept(second, link_key="example.com/lain")
        refused(first, link="")
        meeting, village, commitment = (
            factories.minutes(team),
            factories.village(),
            factories.commitment(team),
        )
        for one in ({"meeting": meeting}, {"village": village}, {"commitment": commitment}):
            kept(first, **{"meeting": None, "village": None, "commitment": None} | one)
        refused(first, meeting=meeting)
        refused(first, village=village)
        kept(first, commitment=None)

    @pytest.mark.parametrize(
        "link",
        ["", "x", "http://", "https://example.com/?a=1&a=2&b", "http://[::1]/a", "https://é.id/ä"],
    )
    def test_any_text_has_a_key(self, link):
        assert isinstance(link_key(link), str)


def test_a_person_to_be_merged_takes_the_cases_along(client, sign_in, team):
    sign_in("administrator")
    gone, kept_one = factories.person("Perwakilan A"), factories.person("Perwakilan B")
    case = factories.case(team, person_in_charge=gone)
    url = reverse("programs:person_merge", args=[gone.pk])
    assert client.post(url, {"version": gone.version, "kept": kept_one.pk}).status_code == 302
    case.refresh_from_db()
    assert case.person_in_charge == kept_one
