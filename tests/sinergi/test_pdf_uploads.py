"""
PDFs that people send: a plain one of an office is taken, whatever acts, hides or breaks is refused.
"""

import zlib
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, OutlineItem, Stream, String
from PIL import Image

from sinergi.kit import documents, pdf_worker, uploads
from tests.pdfs import CATALOG, written
from tests.sinergi.test_uploads import pdf, refused

ACTIVE = "memuat skrip, tindakan otomatis, atau berkas lain"


def script():
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def made(change=lambda pdf: None, **options):
    """Return the bytes of a PDF of two pages after this change."""
    document = pikepdf.new()
    document.add_blank_page()
    document.add_blank_page()
    change(document)
    buffer = BytesIO()
    document.save(buffer, **options)
    return buffer.getvalue()


def sent(data):
    return SimpleUploadedFile("sk.pdf", data)


def taken(data):
    safe = uploads.accept(sent(data))
    return safe.content_type == "application/pdf" and safe.content.read() == data


def link(action):
    """Return a change: a place on the first page to click on."""
    text = action.unparse()

    def change(document):
        rectangle = Array([0, 0, 100, 100])
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rectangle, A=Object.parse(text))
        document.pages[0].Annots = Array([document.make_indirect(note)])

    return change


def field(**entries):
    """Return a change: a form with one field."""
    text = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("nama"),
        Rect=Array([0, 0, 9, 9]),
        **entries,
    )
    text = text.unparse()

    def change(document):
        widget = document.make_indirect(Object.parse(text))
        document.pages[0].Annots = Array([widget])
        document.Root.AcroForm = Dictionary(Fields=Array([widget]))

    return change


def entry(name, value):
    """Return a change: an entry of the catalog."""
    text = value.unparse()
    return lambda document: document.Root.__setitem__(name, Object.parse(text))


def attach(document):
    document.attachments["daftar.xlsx"] = b"isi"


def outline(document):
    with document.open_outline() as tree:
        tree.root.append(OutlineItem("Bab 1", 0))


def page_entry(name, value):
    text = value.unparse()
    return lambda document: document.pages[1].obj.__setitem__(name, Object.parse(text))


def names_of_scripts(document):
    named = Array([String("mulai"), document.make_indirect(script())])
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=named))


def rich_media(document):
    note = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]))
    document.pages[0].Annots = Array([note])


def outside_stream(document):
    document.pages[0].Contents = Stream(document, b"", F=String("\\\\peladen\\berkas"))


def refers_to_another_file(document):
    form = Stream(
        document,
        b"",
        Type=Name.XObject,
        Subtype=Name.Form,
        Ref=Dictionary(F=String("lain.pdf"), Page=0),
    )
    document.pages[0].Resources = Dictionary(XObject=Dictionary(A=form))


def indirect_kind(document):
    """Give the action a kind that is an object of its own."""
    kind = document.make_indirect(Name.JavaScript)
    document.Root.Odd = Dictionary(S=kind, Script=1)


def unused(document):
    """No page uses the object, but the file has it."""
    document.Root.Odd = Array(
        [Array([Array([Dictionary(Deep=Dictionary(S=Name.Launch, F=String("cmd.exe")))])])]
    )


def first_view(document):
    document.Root.OpenAction = Array([document.pages[0].obj, Name.XYZ, None, None, 0])


GO = Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]))
GO_AND_RUN = Dictionary(
    S=Name.GoTo,
    D=Array([0, Name.Fit]),
    Next=Dictionary(S=Name.URI, URI=String("https://a.example")),
)
REFUSED = {
    "opened by a script": entry("/OpenAction", script()),
    "opens a page of the web": entry(
        "/OpenAction", Dictionary(S=Name.URI, URI=String("https://a.example"))
    ),
    "prints by itself": entry("/OpenAction", Dictionary(S=Name.Named, N=Name.Print)),
    "a view, then the web": entry("/OpenAction", GO_AND_RUN),
    "scripts by name": names_of_scripts,
    "file acts when it is closed": entry(
        "/AA", Dictionary(WC=Dictionary(S=Name.URI, URI=String("https://a.example")))
    ),
    "page acts when it is shown": page_entry(
        "/AA", Dictionary(O=Dictionary(S=Name.Named, N=Name.Print))
    ),
    "field acts when it is changed": field(AA=Dictionary(K=script())),
    "field acts when it is entered": field(
        AA=Dictionary(Fo=Dictionary(S=Name.Hide, T=String("nama")))
    ),
    "sends the form": field(A=Dictionary(S=Name.SubmitForm, F=String("https://a.example"))),
    "takes data": link(Dictionary(S=Name.ImportData, F=String("data.fdf"))),
    "another file": link(
        Dictionary(S=Name.GoToR, F=String("\\\\peladen\\a.pdf"), D=Array([0, Name.Fit]))
    ),
    "a file inside": link(Dictionary(S=Name.GoToE, D=Array([0, Name.Fit]))),
    "a program": link(Dictionary(S=Name.Launch, F=String("cmd.exe"))),
    "a video": link(Dictionary(S=Name.Rendition, OP=0)),
    "a link that runs a script": link(Dictionary(S=Name.URI, URI=String("java\tscript:alert(1)"))),
    "a link to a file": link(Dictionary(S=Name.URI, URI=String("FILE:///c:/windows"))),
    "a link to the network": link(Dictionary(S=Name.URI, URI=String("\\\\peladen\\berkas"))),
    "a link to a handler": link(Dictionary(S=Name.URI, URI=String("ms-msdt:/id"))),
    "a click, then a script": link(
        Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Array([script()]))
    ),
    "a file attached": attach,
    "rich media": rich_media,
    "a form in XFA": entry("/AcroForm", Dictionary(XFA=String("<xdp/>"))),
    "bytes of another file": outside_stream,
    "drawn from another file": refers_to_another_file,
    "kind in an object of its own": indirect_kind,
    "an object no page uses": unused,
}
TAKEN = {
    "nothing special": lambda document: None,
    "a link to the web": link(
        Dictionary(S=Name.URI, URI=String("https://perpusnas.go.id/a?b=c:d"))
    ),
    "a link to an address": link(Dictionary(S=Name.URI, URI=String("mailto:dinas@example.go.id"))),
    "a link without a scheme": link(Dictionary(S=Name.URI, URI=String("www.example.go.id:8080/a"))),
    "a link inside": link(GO),
    "first view as Word writes it": first_view,
    "first view as an action": entry("/OpenAction", GO),
    "first view by name": entry("/OpenAction", String("bab1")),
    "an outline": outline,
    "a form to fill in": field(V=String("isi")),
    "an empty list of actions": page_entry("/AA", Dictionary()),
    "a base of addresses": entry("/URI", Dictionary(Base=String("https://example.go.id/"))),
    "the words in a text": (
        lambda document: document.pages[0].__setattr__(
            "Contents", Stream(document, b"BT (Belajar /JavaScript /Launch /AA) Tj ET")
        )
    ),
    "the words in a title": lambda document: document.docinfo.__setitem__(
        "/Title", "Belajar /JavaScript dan /OpenAction"
    ),
}


@pytest.mark.parametrize(
    "packed", [ObjectStreamMode.disable, ObjectStreamMode.generate], ids=["plain", "packed"]
)
@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_what_acts_or_reaches_out_is_refused(change, packed):
    assert pdf_worker.judge_pdf(made(change, object_stream_mode=packed)) == "active"


@pytest.mark.parametrize(
    "packed", [ObjectStreamMode.disable, ObjectStreamMode.generate], ids=["plain", "packed"]
)
@pytest.mark.parametrize("change", TAKEN.values(), ids=TAKEN)
def test_what_an_office_sends_is_taken(change, packed):
    assert pdf_worker.judge_pdf(made(change, object_stream_mode=packed)) is None


def test_the_person_is_told_and_a_plain_one_is_kept_as_it_is():
    assert ACTIVE in refused(sent(made(REFUSED["opened by a script"])))
    assert taken(made()) and taken(made(linearize=True))


def test_our_own_papers_and_scans_are_taken():
    buffer = BytesIO()
    Image.new("RGB", (400, 600), "teal").save(buffer, "PDF")
    assert taken(buffer.getvalue())
    lines = [
        "title",
        "team",
        "issuer",
        "number",
        "about",
        "cost",
        "term",
        "signed_on",
        "signed_in",
        "signer",
        "roster_on",
    ]
    lists = ["considerations", "legal_basis", "diktum", "roster"]
    paper = documents.render_pdf(
        "decree",
        {"mark": "DRAF", "paper": "a4"}
        | dict.fromkeys(lines, "isi")
        | {name: [] for name in lists},
    )
    assert taken(paper)


@pytest.mark.parametrize("password", ["", "rahasia"])
def test_an_encrypted_file_is_refused(password):
    data = made(encryption=pikepdf.Encryption(user=password, owner="pemilik"))
    assert "bersandi" in refused(sent(data))


ENCRYPTED = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"00" * 32, b"00" * 32)


@pytest.mark.parametrize("key", [b"/Encrypt", b"/Encr#79pt", b"/#45#6ecrypt"])
def test_encryption_by_another_spelling_is_refused(key):
    data = written(CATALOG, ENCRYPTED, trailer=b"/ID [<00><00>] " + key + b" 4 0 R")
    assert "bersandi" in refused(sent(data))


@pytest.mark.parametrize(
    "extra",
    [
        b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>",
        b"/OpenAction << /S /J#61vaScript /J#53 (1) >>",
        b"/Open#41ction << /S /URI /URI (https://a.example) >>",
        b"/OpenAction << /S % catatan\n/JavaScript /JS (1) >>",
        b"/OpenAction<</S/JavaScript/JS(1)>>",
        b"/OpenAction << /Note (stream) /S /JavaScript /JS (1) /Other (endstream endobj) >>",
        b"/OpenAction << /S /JavaScript /JS <6170702e616c6572742831 29> >>",
        b"/A#41 << /O << /S /Launch >> >>",
        b"/Names << /EmbeddedFiles << /Names [] >> >>",
        b"/AcroForm << /XFA (x) >>",
    ],
)
def test_however_it_is_spelled(extra):
    assert ACTIVE in refused(pdf(extra))


@pytest.mark.parametrize(
    "head", [b"/Type /ObjStm", b"/Type/Obj#53tm", b"/Type % catatan\n/ObjStm /Note (endobj stream)"]
)
def test_a_script_packed_into_objects(head):
    """
    However the head of the packed objects is written; the table says in which object the catalog
    lies.
    """
    body = (
        b"1 0 << /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\))"
        b" >> >>"
    )
    packed = zlib.compress(body)
    pieces = [
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n",
        b"4 0 obj\n<< %s /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n"
        % (head, len(packed))
        + packed
        + b"\nendstream\nendobj\n",
    ]
    data, rows = b"%PDF-1.7\n", [(0, 0, 255), (2, 4, 0)]
    for piece in pieces:
        rows.append((1, len(data), 0))
        data += piece
    rows.append((1, len(data), 0))
    table = b"".join(
        bytes([kind]) + place.to_bytes(4, "big") + bytes([last]) for kind, place, last in rows
    )
    start = len(data)
    data += b"5 0 obj\n<< /Type /XRef /Size 6 /Root 1 0 R /W [1 4 1] /Length %d >>\nstream\n" % len(
        table
    )
    data += table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
    assert pdf_worker.judge_pdf(data) == "active"
    assert pdf_worker.judge_pdf(data.replace(b"/W [1 4 1]", b"/W [1 4 2]")) == "broken"


def test_what_stands_in_the_trailer_is_judged_too():
    trailer = b"/Odd << /S /Launch /F (cmd.exe) >>"
    assert pdf_worker.judge_pdf(written(CATALOG, trailer=trailer)) == "active"


def test_a_script_that_came_with_a_later_change():
    """Such a change is written behind the file, with a table of its own."""
    data = written(CATALOG)
    assert pdf_worker.judge_pdf(data) is None
    table, begin = data.rindex(b"xref\n0"), len(data)
    data += (
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (1) >>"
        b" >>\nendobj\n"
    )
    start = len(data)
    data += b"xref\n1 1\n%010d 00000 n \ntrailer << /Size 4 /Root 1 0 R /Prev %d >>\n" % (
        begin,
        table,
    )
    data += b"startxref\n%d\n%%%%EOF\n" % start
    assert pdf_worker.judge_pdf(data) == "active"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 tanpa akhir",
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n",
        written(CATALOG)[:-60],
        written(CATALOG).replace(b"startxref\n", b"startxref\n9"),
        written(CATALOG).replace(b"/Root 1 0 R", b"/Root 9 0 R"),
        written(CATALOG, b"<< /A /B /A /C >>"),
        written(CATALOG, b"<< /Broken"),
        b"%PDF-1.4\n" + b"stream\n" * 300_000 + b"%%EOF",
    ],
    ids=[
        "no end",
        "no table",
        "cut off",
        "table elsewhere",
        "no catalog",
        "a name twice",
        "an open object",
        "only streams",
    ],
)
def test_what_every_viewer_would_read_in_its_own_way_is_refused(data):
    assert "tidak lengkap" in refused(sent(data))


class TestBombs:
    """The child ends or refuses; here nothing happens but a sentence."""

    def test_nested_a_thousand_times_a_thousand(self):
        deep = written(CATALOG, b"[" * 1_000_000 + b"]" * 1_000_000)
        assert refused(sent(deep))
        deep = written(CATALOG, b"<< /A " * 100_000 + b"1" + b" >>" * 100_000)
        assert refused(sent(deep))

    def test_deep_but_read(self):
        """As deep as the reader itself goes."""
        nested = b"<< /A " * 400 + b"<< /S /Launch >>" + b" >>" * 400
        assert pdf_worker.judge_pdf(written(CATALOG, nested)) in ("active", "broken")

    @pytest.mark.parametrize(
        "kids", [b"[2 0 R]", b"[3 0 R 4 0 R]"], ids=["itself", "its own parent"]
    )
    def test_pages_in_a_circle(self, kids):
        data = written(CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 9 /Parent 2 0 R >>")
        assert "tidak lengkap" in refused(sent(data.replace(b"[3 0 R]", kids.ljust(7))))

    def test_objects_in_a_circle(self):
        assert (
            pdf_worker.judge_pdf(
                written(CATALOG, b"<< /Self 4 0 R /All [4 0 R << /Self 4 0 R >>] >>")
            )
            is None
        )
        assert (
            pdf_worker.judge_pdf(
                written(CATALOG, b"<< /Self 4 0 R /AA << /O << /S /Launch >> >> >>")
            )
            == "active"
        )

    def test_a_stream_of_a_kilobyte_that_unpacks_beyond_the_limit(self):
        """Twice packed: objects are in it, the table says."""
        bomb = zlib.compress(zlib.compress(b"\0" * 700_000_000, 1), 9)
        assert len(bomb) < 20_000
        body = (
            b"<< /Type /ObjStm /N 9 /First 90 /Filter [/FlateDecode /FlateDecode] /Length %d"
            b" >>\nstream\n" % len(bomb)
        )
        data = b"%PDF-1.7\n1 0 obj\n" + body + bomb + b"\nendstream\nendobj\n"
        start = len(data)
        table = bytes([0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 9, 0, 2, 0, 0, 0, 1, 0])
        data += (
            b"2 0 obj\n<< /Type /XRef /Size 3 /Root 2 0 R /W [1 4 1] /Length 18 >>\nstream\n"
            + table
        )
        data += b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
        assert refused(sent(data))


@settings(max_examples=150, deadline=None)
@given(position=st.integers(0, 1500), value=st.binary(min_size=1, max_size=12))
def test_a_changed_file_is_judged_or_refused(position, value):
    """In this process, past the child."""
    data = made(REFUSED["opened by a script"], object_stream_mode=ObjectStreamMode.disable)
    assert pdf_worker.judge_pdf(data[:position] + value + data[position + len(value) :]) in (
        None,
        *uploads.MESSAGES[uploads.PDF],
    )


def test_no_error_but_words():
    with pytest.raises(ValidationError, match=r"sk\.pdf: PDF-nya rusak"):
        uploads.accept(sent(b"%PDF-"))
