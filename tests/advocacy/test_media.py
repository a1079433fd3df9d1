"""Media coverage: noted once however its address is written, and of what it is about."""

import uuid

import pytest

from advocacy.models import MediaCoverage
from advocacy.models.media import link_key
from tests import factories
from tests.constraints import kept, refused
from tests.sinergi.test_uploads import jpeg

pytestmark = pytest.mark.django_db


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


@pytest.mark.both("the key of an address is kept unique by the database")
class TestAddresses:
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
