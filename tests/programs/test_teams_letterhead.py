"""The letterhead of a team: its lines and its logo, and what was printed with an earlier one."""

from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from PIL import Image

from advocacy.documents import WITH_WORD
from programs.actions import save_letterhead
from programs.documents import letterhead_data
from programs.models import Team
from programs.models.teams import LOGO_SIDE
from sinergi.kit.word.templates import fill_sample
from tests import factories
from tests.pages import html_of
from tests.pdfs import PDF, faults_of, pages_of
from tests.sinergi.test_uploads import picture

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def team():
    return factories.team()


def url_of(team, name="letterhead"):
    return reverse(f"programs:team_{name}", args=[team.pk])


def send(client, team, *, logo=None, **changes):
    data = {
        "version": team.stored().version,
        "office": team.office,
        "seat": "Pangkalpinang",
        "letterhead": "Jalan Merdeka 1\r\nTelepon 0717",
    }
    if logo is not None:
        data["upload"] = SimpleUploadedFile("lambang.png", logo)
    return client.post(url_of(team), data | changes)


def logo_of(client, url):
    return Image.open(BytesIO(client.get(url).content))


def pictures_in(pdf):
    with pikepdf.open(BytesIO(pdf)) as document:
        return sum(len(page.get_images()) for page in document.pages)


def pictures_of(word):
    """Return the pictures of a Word file: their bytes, and width and height in millimetres."""
    document = Document(BytesIO(word))
    return [
        (
            document.part.related_parts[
                one._inline.graphic.graphicData.pic.blipFill.blip.embed
            ].blob,
            round(one.width.mm),
            round(one.height.mm),
        )
        for one in document.inline_shapes
    ]


def size_of_picture(pdf):
    """(width, height) in millimetres at which the first page draws its one picture."""
    told, sizes = [], []
    with pikepdf.open(BytesIO(pdf)) as document:
        page, matrices = document.pages[0], [pikepdf.Matrix()]
        pictures = set(page.get_images())
        for operands, operator in pikepdf.parse_content_stream(page):
            told = [str(one) for one in operands]
            match str(operator):
                case "q":
                    matrices.append(matrices[-1])
                case "Q":
                    matrices.pop()
                case "cm":
                    matrices[-1] = pikepdf.Matrix(*map(float, operands)) @ matrices[-1]
                case "Do" if told[0] in pictures:
                    sizes.append((matrices[-1].a, abs(matrices[-1].d)))
    ((width, height),) = sizes
    return width / 72 * 25.4, height / 72 * 25.4


class TestPage:
    def test_what_is_saved_stands_on_the_papers(self, client, sign_in, team):
        sign_in("administrator")
        answer = send(client, team, logo=picture("PNG", size=(900, 1200)), office="Dinas Arsip")
        assert answer.status_code == 302 and answer.url == url_of(team)
        page = html_of(client.get(answer.url))
        assert "DINAS ARSIP" in page and "Telepon 0717" in page and url_of(team, "logo") in page
        assert logo_of(client, url_of(team, "logo")).size == (450, LOGO_SIDE)
        pdf = client.get(url_of(team, "letterhead_sample")).content
        assert faults_of(pdf) == [] and pictures_in(pdf) == 1
        assert "DINAS ARSIP" in pages_of(pdf)[0][0]

    @pytest.mark.parametrize(
        ("size", "drawn"),
        [((900, 1200), (15, 20)), ((1200, 600), (24, 12)), ((1200, 200), (24, 4))],
        ids=["tall", "wide", "very wide"],
    )
    def test_a_logo_of_any_shape_is_drawn_whole(self, client, sign_in, team, size, drawn):
        sign_in("administrator")
        send(client, team, logo=picture("PNG", size=size))
        pdf = client.get(url_of(team, "letterhead_sample")).content
        assert faults_of(pdf) == []
        assert size_of_picture(pdf) == pytest.approx(drawn, abs=0.5)

    def test_only_whoever_changes_the_team_writes_it(self, client, sign_in, team):
        sign_in("administrator")
        assert url_of(team) in html_of(client.get(team.get_absolute_url()))
        sign_in("secretariat")
        assert send(client, team).status_code == 403
        assert url_of(team) not in html_of(client.get(team.get_absolute_url()))

    def test_two_who_change_it(self, client, sign_in, team):
        sign_in("administrator")
        assert send(client, team).status_code == 302
        assert send(client, team, version=1, seat="Muntok").status_code == 409
        assert Team.objects.get().seat == "Pangkalpinang"

    @pytest.mark.parametrize(
        ("logo", "told"),
        [
            (SVG, "isinya bukan"),
            (PDF, "Lambang adalah gambar"),
            (picture("PNG", size=(8000, 6250), mode="1"), "terlalu besar (8000 × 6250 piksel)"),
            (picture()[:200], "rusak"),
        ],
        ids=["an SVG with a script", "a PDF", "50 megapixels", "broken"],
    )
    def test_a_logo_that_is_refused_in_words(self, client, sign_in, team, logo, told):
        sign_in("administrator")
        answer = send(client, team, logo=logo)
        assert answer.status_code == 422 and told in html_of(answer)
        stored = Team.objects.get()
        assert not stored.file and stored.seat == ""

    @pytest.mark.parametrize("mode", ["RGBA", "CMYK", "LA", "P", "I;16"])
    def test_whatever_its_colours_the_paper_stays_an_archive_copy(
        self, client, sign_in, team, mode
    ):
        sign_in("administrator")
        kind = "JPEG" if mode == "CMYK" else "PNG"
        assert send(client, team, logo=picture(kind, mode=mode)).status_code == 302
        assert logo_of(client, url_of(team, "logo")).mode == "RGB"
        assert faults_of(client.get(url_of(team, "letterhead_sample")).content) == []

    def test_what_is_transparent_becomes_white(self, client, sign_in, team):
        sign_in("administrator")
        send(client, team, logo=picture("PNG", mode="RGBA"))
        assert logo_of(client, url_of(team, "logo")).getpixel((5, 5)) == (255, 255, 255)

    def test_its_history_leads_to_the_earlier_logo(self, client, sign_in, team):
        sign_in("administrator")
        factories.logo(team, color="red")
        factories.logo(team.stored(), color="blue")
        page = html_of(client.get(url_of(team, "history")))
        assert "Lambang" in page and "/tim/riwayat/" in page


class TestKept:
    def test_what_is_final_keeps_its_logo(self, client, sign_in, team):
        """Minutes and a visit, when the logo is replaced, and when it is removed."""
        account = sign_in("secretariat")
        factories.logo(team, color="red")
        meeting = factories.minutes(team.stored(), state="approved")
        visit = factories.visit(factories.library(), by=account)
        papers = [("meeting", meeting.pk, "notula"), ("visit", visit.pk, "laporan")]

        def printed(output):
            return [
                client.get(reverse(f"advocacy:{kind}_{output}", args=[pk, slug])).content
                for kind, pk, slug in papers
            ]

        pdfs, logos = printed("pdf"), printed("logo")
        assert [pictures_in(pdf) for pdf in pdfs] == [1, 1]
        factories.logo(team.stored(), color="blue")
        assert (printed("pdf"), printed("logo")) == (pdfs, logos)
        gone = team.stored()
        save_letterhead(team=gone, by=None, version=gone.version, remove_logo=True)
        assert (printed("pdf"), printed("logo")) == (pdfs, logos)
        assert letterhead_data(team.stored().letterhead_words)["logo"] == []

    def test_it_is_removed_on_its_page(self, client, sign_in, team):
        sign_in("administrator")
        factories.logo(team)
        assert send(client, team, remove_logo="on").status_code == 302
        assert not Team.objects.get().file
        assert client.get(url_of(team, "logo")).status_code == 404
        assert "<img" not in html_of(client.get(url_of(team))).partition('id="content"')[2]

    def test_a_new_one_and_none_at_once_is_asked_about(self, client, sign_in, team):
        sign_in("administrator")
        factories.logo(team)
        answer = send(client, team, logo=picture("PNG"), remove_logo="on")
        assert answer.status_code == 422 and "Pilih satu" in html_of(answer)

    def test_one_that_is_no_longer_in_the_store_is_left_out(self, team):
        factories.logo(team)
        words = team.letterhead_words
        team.file.storage.delete(team.file.name)
        assert letterhead_data(words)["logo"] == []

    def test_no_logo_of_a_document_one_may_not_read(self, client, sign_in, team):
        meeting = factories.minutes(factories.logo(team))
        url = reverse("advocacy:meeting_logo", args=[meeting.pk, "undangan"])
        sign_in("secretariat", province_code="18")
        assert client.get(url).status_code == 404
        sign_in("secretariat")
        answer = client.get(url)
        assert answer["Content-Type"] == "image/jpeg" and "no-store" in answer["Cache-Control"]


class TestWord:
    """The shipped Word templates carry the logo as the papers do, no larger than there."""

    @pytest.mark.parametrize(("size", "drawn"), [((300, 600), (10, 20)), ((600, 300), (24, 12))])
    def test_each_letter_and_the_template_to_edit(self, client, sign_in, team, size, drawn):
        meeting, trip = factories.minutes(team), factories.trip(team)
        urls = [
            reverse("advocacy:meeting_word", args=[meeting.pk, "undangan"]),
            reverse("advocacy:meeting_word", args=[meeting.pk, "notula"]),
            reverse("advocacy:trip_word", args=[trip.pk, "surat-tugas"]),
            reverse("advocacy:word_template_download", args=[team.pk, "undangan"]),
        ]
        sign_in("administrator")
        assert [pictures_of(client.get(url).content) for url in urls] == [[]] * 4
        send(client, team, logo=picture("PNG", size=size))
        stored = bytes(letterhead_data(team.stored().letterhead_words)["logo"])
        assert [pictures_of(client.get(url).content) for url in urls] == [[(stored, *drawn)]] * 4
        # edited or not, it passes when it is uploaded
        edited = fill_sample(WITH_WORD[0].word, client.get(urls[-1]).content)
        assert pictures_of(edited.content) == [(stored, *drawn)]

    def test_approved_minutes_keep_theirs(self, client, sign_in, team):
        sign_in("administrator")
        send(client, team, logo=picture("PNG", size=(300, 600)))
        meeting = factories.minutes(team.stored(), state="approved")
        url = reverse("advocacy:meeting_word", args=[meeting.pk, "notula"])
        before = pictures_of(client.get(url).content)
        send(client, team, logo=picture("PNG", size=(600, 300)))
        assert before and pictures_of(client.get(url).content) == before
