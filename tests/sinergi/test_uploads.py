"""Files that people send: what is accepted, what of it is stored, and what is refused."""

from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sinergi.kit import child, frames, picture_worker, uploads
from tests.hostile_files import picture
from tests.pdfs import written


def jpeg(name="foto.jpg", **options):
    return SimpleUploadedFile(name, picture(**options), content_type="image/jpeg")


def pdf(extra=b"", name="daftar.pdf"):
    """Return a PDF of one page, written out by hand; `extra` stands in its catalog."""
    return SimpleUploadedFile(name, written(b"<< /Type /Catalog /Pages 2 0 R " + extra + b" >>"))


def refused(upload):
    with pytest.raises(ValidationError) as error:
        uploads.accept(upload)
    return " ".join(error.value.messages)


@pytest.mark.parametrize(
    ("fmt", "mode"),
    [
        ("JPEG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("WEBP", "RGB"),
        ("JPEG", "CMYK"),
        ("PNG", "1"),
    ],
)
def test_pictures_are_drawn_anew_as_jpeg(fmt, mode):
    safe = uploads.accept(SimpleUploadedFile("gambar.bin", picture(fmt, mode=mode)))
    assert safe.content_type == "image/jpeg"
    assert Image.open(safe.content).format == "JPEG" and Image.open(safe.thumbnail).format == "JPEG"


def test_no_metadata_comes_along():
    exif = Image.Exif()
    exif[0x0110] = "Kamera"
    exif.get_ifd(0x8825)[2] = (2.0, 8.0, 0.0)  # GPS latitude
    told = {"comment": b"Rumah Bu Sari", "xmp": b"<x>Rumah Bu Sari</x>", "dpi": (72, 72)}
    data = picture(exif=exif, **told)
    read = Image.open(BytesIO(data))
    assert dict(read.getexif()) and data.count(b"Bu Sari") == 2, "the test's own has metadata"
    safe = uploads.accept(SimpleUploadedFile("foto.jpg", data))
    for content in (safe.content, safe.thumbnail):
        drawn = Image.open(content)
        assert not dict(drawn.getexif()) and not drawn.info.keys() & {*told, "exif"}
        content.seek(0)
        assert b"Bu Sari" not in content.read()


def test_the_picture_stands_upright_and_small():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    safe = uploads.accept(SimpleUploadedFile("foto.jpg", picture(size=(4000, 2000), exif=exif)))
    assert Image.open(safe.content).size == (800, 1600)
    assert max(Image.open(safe.thumbnail).size) <= picture_worker.THUMBNAIL_SIDE
    assert safe.thumbnail.size <= 20 * 1024


def test_something_hidden_behind_the_picture_is_gone():
    safe = uploads.accept(SimpleUploadedFile("foto.jpg", picture() + b"<script>alert(1)</script>"))
    assert b"script" not in safe.content.read()


def test_pdf_is_kept_as_it_is():
    safe = uploads.accept(pdf())
    assert safe.content_type == "application/pdf" and safe.content.read().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("kosong.jpg", b"", "kosong"),
        ("foto.jpg", b"<html><script>alert(1)</script></html>", "bukan PDF"),
        ("gambar.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "bukan PDF"),
        ("foto.gif", b"GIF89a" + b"\0" * 50, "bukan PDF"),
        ("program.pdf", b"MZ\x90\x00", "bukan PDF"),
        ("putus.jpg", picture(size=(400, 400))[:400], "rusak"),
        ("putus.png", picture("PNG", size=(400, 400))[:60], "rusak"),
        ("putus.pdf", b"%PDF-1.7 tanpa akhir", "tidak lengkap"),
    ],
)
def test_refused_by_content(name, data, message):
    assert message in refused(SimpleUploadedFile(name, data))


def test_refused_by_size():
    big = SimpleUploadedFile("besar.jpg", b"\xff\xd8\xff" + b"\0" * uploads.MAX_BYTES)
    assert "lebih dari 10 MB" in refused(big)


def huge_webp(side=16383):
    """Thirty bytes that claim the largest picture a WebP can be."""
    bits = b"\x2f" + ((side - 1) | (side - 1) << 14).to_bytes(4, "little") + b"\0" * 9
    chunk = b"VP8L" + len(bits).to_bytes(4, "little") + bits
    return b"RIFF" + (len(chunk) + 4).to_bytes(4, "little") + b"WEBP" + chunk


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (
            lambda: picture("PNG", size=(20000, 4000), mode="1"),
            "terlalu besar (20000 × 4000 piksel)",
        ),
        (lambda: picture("PNG", size=(5200, 5000), mode="L"), "terlalu besar (5200 × 5000 piksel)"),
        (
            lambda: picture("WEBP", size=(7700, 7700), quality=1, method=0),
            "terlalu besar (7700 × 7700 piksel)",
        ),
        (huge_webp, "gambarnya"),
    ],
    ids=["png of 80 MP", "png of 26 MP", "webp of 60 MP", "webp that claims 268 MP"],
)
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(draw, says):
    data = draw()
    assert len(data) < 250_000
    assert says in refused(SimpleUploadedFile("bom.png", data))


@pytest.mark.parametrize(
    ("fmt", "size"), [("JPEG", (7700, 7700)), ("PNG", (5000, 5000)), ("WEBP", (5000, 5000))]
)
def test_the_largest_pictures_are_drawn_in_the_child_and_not_here(fmt, size, monkeypatch):
    """One of 25 megapixels takes up to 400 MB; this process never opens it."""
    upload = SimpleUploadedFile("foto", picture(fmt, size=size))
    with monkeypatch.context() as here:
        here.setattr(Image, "open", not_here)
        safe = uploads.accept(upload)
    assert max(Image.open(safe.content).size) == 1600


def test_a_pdf_is_read_in_the_child_and_not_here(monkeypatch):
    monkeypatch.setattr(pikepdf, "open", not_here)
    assert uploads.accept(pdf()).content_type == "application/pdf"


def not_here(*arguments, **options):
    raise AssertionError("a file from outside is read in this process")


class TestManyAtOnce:
    def test_each_has_its_answer_in_order(self):
        sent = [
            jpeg("a.jpg"),
            pdf(name="b.pdf"),
            SimpleUploadedFile("c.txt", b"teks"),
            jpeg("d.jpg", size=(20, 10)),
            pdf(),
        ]
        a, b, c, d, e = uploads.accept_all(sent)
        assert (a.original_name, b.original_name, d.original_name, e.original_name) == (
            "a.jpg",
            "b.pdf",
            "d.jpg",
            "daftar.pdf",
        )
        assert a.is_image and d.is_image and not b.is_image and "c.txt" in c.messages[0]
        assert Image.open(d.content).size == (20, 10)
        assert uploads.accept_all([]) == []

    def test_they_share_a_budget_of_pixels(self, monkeypatch):
        """
        A JPEG is cheaper than a picture that must be read whole; what fits behind one that does not
        is taken.
        """
        monkeypatch.setattr(uploads, "MAX_PIXELS", 50_000)
        sent = [
            jpeg("a.jpg", size=(200, 200)),
            jpeg("b.jpg", size=(200, 200)),
            jpeg("c.jpg", size=(90, 100)),
        ]
        a, b, c = uploads.accept_all(sent)
        assert a.is_image and c.is_image
        assert b.messages == [f"b.jpg: {uploads.MESSAGES[uploads.PICTURE]['budget']}"]
        (png,) = uploads.accept_all([SimpleUploadedFile("d.png", picture("PNG", size=(200, 200)))])
        assert "d.png: belum diambil" in png.messages[0]

    def test_the_budget_goes_on_in_the_next_child(self, monkeypatch):
        monkeypatch.setattr(uploads, "MAX_PIXELS", 50_000)
        monkeypatch.setattr(uploads, "MAX_BATCH", 1)
        a, b = uploads.accept_all([jpeg("a.jpg", size=(200, 200)), jpeg("b.jpg", size=(200, 200))])
        assert a.is_image and "b.jpg: belum diambil" in b.messages[0]

    def test_one_that_ends_the_child_takes_no_other_with_it(self, monkeypatch):
        whole, asked = child.run, []

        def dying(worker, data, *arguments, **limits):
            """End the child of the first call at its second file."""
            asked.append(len(frames.unpack(data)))
            output = whole(worker, data, *arguments, **limits)
            if len(asked) == 1:
                raise child.TooMuchMemory(frames.pack(*frames.unpack(output)[:3]) + b"half a piece")
            return output

        monkeypatch.setattr(child, "run", dying)
        a, b, c = uploads.accept_all([jpeg("a.jpg"), jpeg("b.jpg"), jpeg("c.jpg")])
        assert a.is_image and c.is_image and asked == [3, 1]
        assert b.messages[0] == f"b.jpg: {uploads.MESSAGES[uploads.PICTURE]['memory']}"

    def test_when_time_is_up_the_rest_is_named(self, monkeypatch):
        monkeypatch.setattr(uploads, "SECONDS", 0)
        answers = uploads.accept_all([jpeg("a.jpg"), pdf(name="b.pdf")])
        assert [answer.messages[0].split(":")[0] for answer in answers] == ["a.jpg", "b.pdf"]
        assert all("belum diambil" in answer.messages[0] for answer in answers)

    @pytest.mark.parametrize(
        ("stopped", "says"),
        [(child.Busy, "sedang sibuk"), (child.TooLong, "terlalu besar"), (child.Crashed, "rusak")],
    )
    def test_however_the_child_ends_it_is_said(self, monkeypatch, stopped, says):
        def ends(*arguments, **limits):
            raise stopped

        monkeypatch.setattr(child, "run", ends)
        assert says in refused(jpeg())


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\kantor\\foto.jpg", "foto.jpg"),
        ("foto\r\nSet-Cookie: a=b.jpg", "fotoSet-Cookie: a=b.jpg"),
        ("....", "berkas"),
        ("", "berkas"),
        ("a" * 300 + ".jpg", "a" * 116 + ".jpg"),
    ],
)
def test_names_are_only_words(given_name, kept):
    assert uploads.clean_name(given_name) == kept


HEADS = st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF1234WEBP", b"%PDF-1.7", b""])
ANY_FILE = st.tuples(HEADS, st.binary(max_size=400)).map(b"".join)
A_CHANGE = st.tuples(st.integers(0, 200), st.integers(0, 255), st.integers(1, 30))


# Several files an example: each has an answer of its own, and a child process is begun for all of
# them.
@settings(max_examples=6, deadline=None)
@given(st.lists(ANY_FILE, min_size=4, max_size=8))
def test_no_bytes_crash_it(files):
    """Whatever is sent, it is stored safely or refused in words."""
    answers = uploads.accept_all([SimpleUploadedFile("berkas", data) for data in files])
    assert len(answers) == len(files)
    for answer in answers:
        assert answer.messages[0] if isinstance(answer, ValidationError) else answer.content.size


@settings(max_examples=6, deadline=None)
@given(st.lists(A_CHANGE, min_size=4, max_size=8))
def test_a_broken_picture_is_refused_in_words_or_stored(changes):
    exif = Image.Exif()
    exif[0x0112] = 6
    sent = []
    for position, value, length in changes:
        data = bytearray(picture(exif=exif))
        data[position + 3 : position + 3 + length] = bytes([value]) * length
        sent.append(SimpleUploadedFile("foto.jpg", bytes(data)))
    for answer in uploads.accept_all(sent):
        assert (
            "foto.jpg" in answer.messages[0]
            if isinstance(answer, ValidationError)
            else answer.is_image
        )
