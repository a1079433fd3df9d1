"""Files that people send: what is accepted, what of it is stored, and what is refused."""

import time
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sinergi.kit import uploads


def picture(fmt="JPEG", size=(40, 30), mode="RGB", **options):
    buffer = BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else None).save(buffer, fmt, **options)
    return buffer.getvalue()


def jpeg(name="foto.jpg", **options):
    return SimpleUploadedFile(name, picture(**options), content_type="image/jpeg")


def pdf(extra=b"", name="daftar.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + extra + b" >>\nendobj\ntrailer\n%%EOF\n")


def refused(upload):
    with pytest.raises(ValidationError) as error:
        uploads.accept(upload)
    return " ".join(error.value.messages)


@pytest.mark.parametrize(
    ("fmt", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("JPEG", "CMYK"), ("PNG", "1")]
)
def test_pictures_are_drawn_anew_as_jpeg(fmt, mode):
    safe = uploads.accept(SimpleUploadedFile("gambar.bin", picture(fmt, mode=mode)))
    assert safe.content_type == "image/jpeg"
    assert Image.open(safe.content).format == "JPEG" and Image.open(safe.thumbnail).format == "JPEG"


def test_no_metadata_comes_along():
    exif = Image.Exif()
    exif[0x0110] = "Kamera"
    exif.get_ifd(0x8825)[2] = (2.0, 8.0, 0.0)  # GPS latitude
    data = picture(exif=exif)
    assert dict(Image.open(BytesIO(data)).getexif()), "the test's own picture has metadata"
    safe = uploads.accept(SimpleUploadedFile("foto.jpg", data))
    assert not dict(Image.open(safe.content).getexif())


def test_the_picture_stands_upright_and_small():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    safe = uploads.accept(SimpleUploadedFile("foto.jpg", picture(size=(4000, 2000), exif=exif)))
    assert Image.open(safe.content).size == (800, 1600)
    assert max(Image.open(safe.thumbnail).size) <= uploads.THUMBNAIL_SIDE
    assert safe.thumbnail.size <= 20 * 1024


def test_something_hidden_behind_the_picture_is_gone():
    safe = uploads.accept(SimpleUploadedFile("foto.jpg", picture() + b"<script>alert(1)</script>"))
    assert b"script" not in safe.content.read()


def test_pdf_is_kept_as_it_is():
    safe = uploads.accept(pdf())
    assert safe.content_type == "application/pdf" and safe.content.read().startswith(b"%PDF-")


@pytest.mark.parametrize(
    "extra",
    [
        b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>",
        b"/S /J#61vaScript",
        b"/AA << /O << /S /Launch >> >>",
        b"/Names << /EmbeddedFiles 3 0 R >>",
        b"/AcroForm << /XFA 4 0 R >>",
    ],
)
def test_a_script_or_a_file_inside_a_pdf_is_refused(extra):
    assert "memuat skrip" in refused(pdf(extra))


def test_a_script_packed_inside_a_pdf_is_refused():
    packed = zlib.compress(b"<< /S /JavaScript /JS (app.alert(1)) >>")
    stream = b">>\nendobj\n2 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\nendobj\n<<"
    assert "memuat skrip" in refused(pdf(stream))


def test_the_word_in_a_page_is_no_script():
    packed = zlib.compress(b"BT (Belajar /JavaScript) Tj ET")
    stream = b">>\nendobj\n2 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\nendobj\n<<"
    assert uploads.accept(pdf(stream)).content_type == "application/pdf"


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
        ("sandi.pdf", b"%PDF-1.7 /Encrypt 5 0 R %%EOF", "bersandi"),
    ],
)
def test_refused_by_content(name, data, message):
    assert message in refused(SimpleUploadedFile(name, data))


def test_refused_by_size():
    big = SimpleUploadedFile("besar.jpg", b"\xff\xd8\xff" + b"\0" * uploads.MAX_BYTES)
    assert "lebih dari 10 MB" in refused(big)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked():
    bomb = picture("PNG", size=(20000, 4000), mode="1")
    assert len(bomb) < 100_000
    assert "terlalu besar" in refused(SimpleUploadedFile("bom.png", bomb))


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


@settings(max_examples=150, deadline=None)
@given(
    head=st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF1234WEBP", b"%PDF-1.7", b""]),
    tail=st.binary(max_size=400),
)
def test_no_bytes_crash_it(head, tail):
    """Whatever is sent, it is stored safely or refused in words."""
    try:
        assert uploads.accept(SimpleUploadedFile("berkas", head + tail)).content.size
    except ValidationError as error:
        assert error.messages[0]


def test_a_pdf_of_nothing_but_streams_is_read_in_one_walk():
    bomb = b"%PDF-1.4\n" + b"stream\n" * 300_000 + b"%%EOF"
    began = time.monotonic()
    uploads.accept(SimpleUploadedFile("bom.pdf", bomb))
    assert time.monotonic() - began < 2


@settings(max_examples=200, deadline=None)
@given(position=st.integers(0, 200), value=st.integers(0, 255), length=st.integers(1, 30))
def test_a_broken_picture_is_refused_in_words_or_stored(position, value, length):
    exif = Image.Exif()
    exif[0x0112] = 6
    data = bytearray(picture(exif=exif))
    data[position + 3 : position + 3 + length] = bytes([value]) * length
    try:
        assert uploads.accept(SimpleUploadedFile("foto.jpg", bytes(data))).is_image
    except ValidationError as error:
        assert "foto.jpg" in error.messages[0]
