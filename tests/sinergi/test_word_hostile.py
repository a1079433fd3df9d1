"""
Word templates that somebody has prepared: nothing in them is run, nothing is fetched, none takes
more memory than a letter may, and each is told in words.
"""

import functools
import io
import json
import select
import socket
import subprocess
import sys
import zipfile

import pytest
from django.conf import settings
from jinja2.exceptions import TemplateError

from sinergi.kit import frames
from sinergi.kit.word.fields import field_outline, sample_of
from sinergi.kit.word.language import ClosedEnvironment
from sinergi.kit.word.templates import UnfitTemplate, fill_sample
from tests.hostile_files import LAUGHS, zip_of
from tests.word_files import FORM, OFFICE, TYPE, docx, p, part, relation, relations, table

#: Would leave this file behind, if it ran; the port would be knocked at, if it fetched.
CANARY = settings.BASE_DIR / "var" / "word-canary"
PORT = 18105
URL = f"http://127.0.0.1:{PORT}/x"
RUN = f"touch {CANARY}"
MEGABYTES = 200

#: What injects code into Jinja as it comes, and what others have tried where that was closed.
INJECTIONS = [
    "{{ cycler.__init__.__globals__.os.popen('RUN').read() }}",
    "{{ joiner.__init__.__globals__.os.popen('RUN').read() }}",
    "{{ namespace.__init__.__globals__.os.popen('RUN').read() }}",
    "{{ lipsum.__globals__['os'].popen('RUN').read() }}",
    "{{ lipsum.__globals__.__builtins__.open('RUN') }}",
    "{{ self.__init__.__globals__.__builtins__.__import__('os').system('RUN') }}",
    "{{ request.application.__globals__ }}",
    "{{ config.items() }}",
    "{{ dict(a=1) }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ judul.__class__ }}",
    "{{ judul|attr('__class__') }}",
    "{{ judul['__class__'] }}",
    "{{ judul.format.__globals__ }}",
    "{{ judul.upper() }}",
    "{{ agenda.append }}",
    "{{ agenda[0] }}",
    "{{ judul|map('attr', '__class__')|list }}",
    "{{ 'a' * 100000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ judul ~ judul }}",
    "{{ range(100000000)|list }}",
    "{{ (judul, judul) }}",
    "{{ '\\u005f\\u005fclass\\u005f\\u005f'|attr(judul) }}",
    "{{ judul.\\u005f\\u005fclass__ }}",
    "{% for x in range(100000000) %}x{% endfor %}",
    "{% for x in judul %}{{ x }}{% endfor %}",
    "{% for a, b in agenda %}{{ a }}{% endfor %}",
    "{% for butir in agenda recursive %}{{ loop(agenda) }}{% endfor %}",
    "{% for butir in agenda if cycler %}x{% endfor %}",
    "{% for butir in agenda %}{{ loop.__init__ }}{% endfor %}",
    "{% for butir in agenda %}{{ butir.__class__ }}{% endfor %}",
    "{% for butir in agenda %}{{ butir.items }}{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% from 'os' import system %}",
    "{% extends 'x' %}",
    "{% block x %}{{ cycler }}{% endblock %}",
    "{% set x = cycler %}",
    "{% set x %}y{% endset %}",
    "{% macro x() %}{% endmacro %}",
    "{% call x() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% raw %}{{ cycler }}{% endraw %}",
    "{% with x = cycler %}{{ x }}{% endwith %}",
    "{% do cycler %}",
    "{% autoescape false %}{{ judul }}{% endautoescape %}",
    "{% if judul is defined %}x{% endif %}",
    "{% if judul == 'x' %}x{% endif %}",
    "{{ judul if judul else cycler }}",
    "{{ debug() }}{% debug %}",
    "{{p subdoc }}",
    "{{r judul }}",
    "{% colspan judul %}",
    "{% cellbg judul %}",
    "{% hm %}",
    "{% vm %}",
]
NESTED = "{% for a in agenda %}" * 6 + "{% endfor %}" * 6
DTD = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
SSTI = INJECTIONS[0]


def letter(prolog, inside):
    head = (
        f'<w:document xmlns:w="http://schemas.openxmlformats.org/{"wordprocessingml/2006/main"}">'
    )
    return f"{prolog}{head}<w:body>{p(inside)}</w:body></w:document>"


def field(told):
    """Return a field of Word, its instruction cut into two."""
    half = len(told) // 2
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    texts = "".join(
        f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in (told[:half], told[half:])
    )
    return f"<w:p>{char('begin')}{texts}{char('separate')}{char('end')}</w:p>"


def outside(kind, target=URL, mode="External"):
    return docx(p("x"), rels=[relation(kind, target, mode)])


def with_part(name, kind, content=b"x", relating="image"):
    rels = [relation(relating, name.removeprefix("word/"))]
    return docx(p("x"), parts=[(name, content)], types=[(name, kind)], rels=rels)


def settings_with(inside):
    kind = f"{TYPE}.settings+xml"
    content = part("settings", inside)
    return with_part("word/settings.xml", kind, content, relating="settings")


def lying_zip():
    """Return a zip whose table of contents says that a part of 200 MB has a few bytes."""
    whole = docx(p("x"), parts=[("word/media/a.xml", b"a" * 200_000_000)])
    size = (200_000_000).to_bytes(4, "little")
    return whole.replace(size, (10).to_bytes(4, "little"))


def encrypted():
    whole = bytearray(docx(p("x")))
    at = 0
    while (at := whole.find(b"PK\x01\x02", at)) >= 0:
        whole[at + 8] |= 1
        at += 4
    return bytes(whole)


def of_type(main):
    return docx(p("x"), main=main)


def in_part(name, kind, inside):
    """Return a placeholder in a part beside the letter."""
    path = f"word/{kind}1.xml"
    return docx(
        p("x"),
        parts=[(path, part(name, inside))],
        types=[(path, f"{TYPE}.{kind}+xml")],
        rels=[relation(kind, f"{kind}1.xml")],
    )


def note(name):
    return in_part(f"{name}s", f"{name}s", f"<w:{name}>{p(SSTI)}</w:{name}>")


def hundred_thousand_parts():
    return zip_of({f"{n}": "" for n in range(100_000)})


CORE = "application/vnd.openxmlformats-package.core-properties+xml"
FILES = {
    # In other places than the letter, or cut up
    "split over runs": lambda: docx(p("{", "{ cyc", "ler.__in", "it__ }", "}")),
    "as references": lambda: docx(p("&#123;&#123; cycler &#x7d;}")),
    "in CDATA": lambda: docx(p("<![CDATA[{{ cycler }}]]>")),
    "in a table": lambda: docx(table(f"<w:tr><w:tc>{p(SSTI)}</w:tc></w:tr>")),
    "in a header": lambda: in_part("hdr", "header", p(SSTI)),
    "in a footer": lambda: in_part("ftr", "footer", p(SSTI)),
    "in a footnote": lambda: in_part(
        "footnotes", "footnotes", f"<w:footnote>{p(SSTI)}</w:footnote>"
    ),
    "in an endnote": lambda: in_part("endnotes", "endnotes", f"<w:endnote>{p(SSTI)}</w:endnote>"),
    "in a comment": lambda: in_part("comments", "comments", f"<w:comment>{p(SSTI)}</w:comment>"),
    "in a text box": lambda: docx(
        "<w:p><w:r><w:pict><v:textbox><w:txbxContent>"
        f"{p(SSTI)}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    ),
    "in an attribute": lambda: docx(f'<w:p w:rsidR="{SSTI}"/>'),
    "in deleted text": lambda: docx(
        f"<w:p><w:del><w:r><w:delText>{SSTI}</w:delText></w:r></w:del></w:p>"
    ),
    "in text of no paragraph": lambda: docx(f"<w:r><w:t>{SSTI}</w:t></w:r>"),
    "in the properties": lambda: with_part(
        "docProps/core.xml",
        CORE,
        "<cp:coreProperties xmlns:cp='x' xmlns:dc='y'><dc:title>{{ cycler }}</dc:title>"
        "</cp:coreProperties>",
        f"{OFFICE}/../docProps/core-properties",
    ),
    "in custom XML": lambda: docx(p("x"), parts=[("customXml/item1.xml", "<a>{{ cycler }}</a>")]),
    # What leads elsewhere
    "attached template": lambda: outside("attachedTemplate"),
    "attached template of the settings": lambda: docx(
        p("x"),
        parts=[
            ("word/settings.xml", part("settings", '<w:attachedTemplate r:id="rId9"/>')),
            (
                "word/_rels/settings.xml.rels",
                relations(relation("attachedTemplate", URL, "External")),
            ),
        ],
        types=[("word/settings.xml", f"{TYPE}.settings+xml")],
        rels=[relation("settings", "settings.xml", number=2)],
    ),
    "linked picture": lambda: outside("image"),
    "linked picture, in small letters": lambda: outside("image", mode="external"),
    "linked picture as an own part": lambda: outside("image", mode="Internal"),
    "picture of a share": lambda: outside("image", "\\\\10.0.0.1\\share\\x.png", "Internal"),
    "picture of VML": lambda: docx(
        f'<w:p><w:r><w:pict><v:shape><v:imagedata src="{URL}"/></v:shape></w:pict></w:r></w:p>'
    ),
    "frame": lambda: outside("frame"),
    "linked object": lambda: outside("oleObject"),
    "linked document": lambda: outside("subDocument"),
    "mail merge": lambda: settings_with("<w:mailMerge><w:connectString/></w:mailMerge>"),
    "transformation": lambda: settings_with('<w:saveThroughXslt r:id="rId1"/>'),
    "link that runs": lambda: outside("hyperlink", "javascript:alert(1)"),
    "link to a file": lambda: outside("hyperlink", "file:///c:/windows/system32/calc.exe"),
    "link to a handler": lambda: outside("hyperlink", "ms-msdt:/id"),
    "a path upwards": lambda: outside("image", "../../../etc/passwd", "Internal"),
    "field that starts a program": lambda: docx(field(' DDEAUTO c:\\\\windows\\\\cmd.exe "/k" ')),
    "field that fetches": lambda: docx(field(f' INCLUDEPICTURE "{URL}" ')),
    "field that reads": lambda: docx(field(' INCLUDETEXT "/etc/passwd" ')),
    "simple field": lambda: docx('<w:p><w:fldSimple w:instr="DDE x y"/></w:p>'),
    "field that is never closed": lambda: docx(
        "<w:p><w:r><w:instrText>DDE x</w:instrText></w:r></w:p>"
    ),
    "field that hides a file": lambda: docx(field(' HYPERLINK "file:///etc/passwd" ')),
    "field whose address is not quoted": lambda: docx(
        field(' HYPERLINK file:\\\\evil\\x.exe "https://a.id" ')
    ),
    "field with an address behind a place": lambda: docx(
        field(' HYPERLINK \\l "a" "file:///c:/x.exe" ')
    ),
    "field with an address behind a switch": lambda: docx(
        field(' HYPERLINK "https://a.id" \\n "file:///c:/x.exe" ')
    ),
    "field with an address behind a quote": lambda: docx(
        field(' HYPERLINK \\l "a\\" \\o "file:///c:/x.exe" ')
    ),
    "other picture of VML": lambda: docx(
        f'<w:p><w:r><w:pict><v:shape><v:fill o:althref="{URL}"/></v:shape></w:pict></w:r></w:p>'
    ),
    "link of a picture of VML": lambda: docx(
        f'<w:p><w:r><w:pict><v:shape><v:imagedata o:href="{URL}"/></v:shape></w:pict></w:r></w:p>'
    ),
    "relationships in capitals": lambda: zip_of(
        parts_of(docx(p("x"), rels=[relation("image", URL, "External")]), rels="RELS")
    ),
    # What holds something else
    "macros": lambda: with_part("word/vbaProject.bin", "application/vnd.ms-office.vbaProject"),
    "macros as a picture": lambda: with_part("word/vbaProject.bin", "image/png"),
    "letter with macros": lambda: of_type("application/vnd.ms-word.document.macroEnabled.main+xml"),
    "template of Word": lambda: of_type(f"{TYPE}.template.main+xml"),
    "another document inside": lambda: docx('<w:altChunk r:id="rId9"/>', p("x")),
    "another document as a part": lambda: with_part(
        "word/afchunk.html", "text/html", b"<html>", "aFChunk"
    ),
    "object": lambda: with_part(
        "word/embeddings/a.bin", f"{TYPE[:-18]}.oleObject", b"x", "oleObject"
    ),
    "object without a part": lambda: docx("<w:p><w:r><w:object/><o:OLEObject/></w:r></w:p>"),
    "sheet inside": lambda: with_part(
        "word/embeddings/a.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        b"PK",
        "package",
    ),
    "control": lambda: with_part(
        "word/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml"
    ),
    "program as a picture": lambda: with_part("word/media/a.png", "image/png", b"MZ\x90\x00"),
    "picture with a script": lambda: with_part("word/media/a.svg", "image/svg+xml", b"<svg/>"),
    # XML
    "entity of a file": lambda: docx(root=letter(DTD, "&e;")),
    "entity of the network": lambda: docx(
        root=letter(DTD.replace("file:///etc/passwd", URL), "&e;")
    ),
    "billion laughs": lambda: docx(root=letter(LAUGHS, "&l9;")),
    "DTD in the styles": lambda: with_part(
        "word/styles.xml", f"{TYPE}.styles+xml", f"{DTD}<w:styles/>", "styles"
    ),
    "DTD in the table of types": lambda: of_types(DTD),
    "another encoding": lambda: docx(
        root=letter('<?xml version="1.0" encoding="utf-16"?>', "x").encode("utf-16")
    ),
    "the encoding that hides brackets": lambda: docx(
        root=letter('<?xml version="1.0" encoding="utf-7"?>', "+ADw-x")
    ),
    "not XML": lambda: docx(root="<w:document"),
    "a depth of 100,000": lambda: docx("<w:p>" * 100_000 + "</w:p>" * 100_000),
    "the strict dialect": lambda: docx(
        root="<w:document xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'><w:body/>"
        "</w:document>"
    ),
    # Size
    "bomb": lambda: docx(p("x"), parts=[("word/media/a.xml", b"\0" * 60_000_000)]),
    "bomb that lies": lying_zip,
    "letter of 30 MB": lambda: docx(p("x" * 30_000_000)),
    "letter of small elements": lambda: docx("<w:p/>" * 700_000),
    "headers without end": lambda: docx(
        p("x"),
        parts=[(f"word/header{n}.xml", part("hdr", "<w:p/>" * 300_000)) for n in range(10)],
        types=[(f"word/header{n}.xml", f"{TYPE}.header+xml") for n in range(10)],
    ),
    "loops in loops": lambda: docx(p(NESTED)),
    "conditions in conditions": lambda: docx(p("{% if judul %}" * 500 + "{% endif %}" * 500)),
    "placeholders without end": lambda: docx(p("{{ judul }}" * 100_000)),
    "a placeholder of 1 MB": lambda: docx(p("{{ " + "(" * 1_000_000 + " }}")),
    "a loop over a long text": lambda: docx(
        p("{%p for baris in tembusan %}"), p("x" * 1_900_000), p("{%p endfor %}")
    ),
    "100,000 parts": hundred_thousand_parts,
    "600 parts": lambda: docx(p("x"), parts=[(f"word/{n}.xml", "<a/>") for n in range(600)]),
    # The zip
    "twice the same part": lambda: docx(p("x"), parts=[("word/documenX.xml", "<x/>")]).replace(
        b"documenX", b"document"
    ),
    "the same part in capitals": lambda: docx(p("x"), parts=[("word/Document.xml", "<x/>")]),
    "a part upwards": lambda: docx(p("x"), parts=[("../../etc/cron.d/x", "x")]),
    "a part from the root": lambda: docx(p("x"), parts=[("/etc/x", "x")]),
    "a part with a backslash": lambda: docx(p("x"), parts=[("word\\\\..\\\\x", "x")]),
    "encrypted": encrypted,
    "cut off": lambda: docx(p("x"))[:-200],
    "old Word": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000,
    "PDF": lambda: b"%PDF-1.7",
    "empty": lambda: b"\n",
    "another zip": lambda: zip_of({"a.txt": "x"}),
    "a sheet": lambda: of_type(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    ),
}


#: Those of which nothing better is known than that they are broken.
BROKEN = {"bomb that lies", "not XML", "a depth of 100,000", "cut off"}


def parts_of(content, rels="rels"):
    """Return {name: content} of a .docx; the letter's relationships end with `rels`."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {"word/_rels/document.xml.rels": f"word/_rels/document.xml.{rels}"}
        return {names.get(name, name): archive.read(name) for name in archive.namelist()}


def of_types(prolog):
    """Return a .docx whose table of types begins with this."""
    files = parts_of(docx(p("x")))
    files["[Content_Types].xml"] = (
        prolog.encode() + files["[Content_Types].xml"].partition(b"?>")[2]
    )
    return zip_of(files)


@functools.cache
def made(name):
    """Return this file, or a letter with this line."""
    return FILES[name]() if name in FILES else docx(p(name))


@pytest.fixture
def knocked():
    """Whether anybody has come to the port."""
    with socket.create_server(("127.0.0.1", PORT)) as server:
        yield lambda: bool(select.select([server], [], [], 0)[0])


def told_of(content):
    """Return what is told of a template that is refused."""
    with pytest.raises(UnfitTemplate) as refused:
        fill_sample(FORM, content)
    assert all(fault.place and fault.message.endswith((".", "?")) for fault in refused.value.faults)
    return refused.value.faults


@pytest.mark.parametrize("injection", INJECTIONS)
def test_nothing_is_run(injection):
    CANARY.unlink(missing_ok=True)
    written = injection.replace("RUN", RUN).replace("&", "&amp;")
    faults = told_of(docx(p(written)))
    assert not CANARY.exists()
    assert faults[0].place == "isi surat, paragraf 1" and faults[0].around


@pytest.mark.parametrize("name", FILES)
def test_no_file_is_taken_that_runs_fetches_hides_or_never_ends(name, knocked):
    CANARY.unlink(missing_ok=True)
    told = " ".join(fault.message for fault in told_of(made(name)))
    assert not CANARY.exists() and not knocked()
    assert ("rusak" in told) == (name in BROKEN)


def test_the_list_is_long_enough():
    assert len(INJECTIONS) + len(FILES) > 100


@pytest.mark.parametrize("injection", INJECTIONS)
def test_nothing_is_compiled_even_if_nobody_had_looked_at_it_before(injection):
    """The environment refuses it by itself; what it lets through is text that stays text."""
    environment = ClosedEnvironment(field_outline(FORM.fields))
    values = sample_of(FORM.fields)
    try:
        told = environment.from_string(injection).render(values)
    except (TemplateError, SyntaxError):
        return
    assert told == injection.removeprefix("{% raw %}").removesuffix("{% endraw %}")


def test_the_environment_lets_a_letter_through():
    """Its own positive control."""
    environment = ClosedEnvironment(field_outline(FORM.fields))
    source = (
        "{% for butir in agenda %}{% if butir.catatan %}{{ butir.topik }}{% endif %}{% endfor %}"
    )
    assert environment.from_string(source).render(sample_of(FORM.fields)) == "Satu"


#: What takes most, of what is refused; and a letter as long as one may be.
HEAVY = ["bomb that lies", "a loop over a long text", "100,000 parts"]
LONGEST = (p("{% if judul %}{{ judul }}{% endif %}") * 600, "<w:p/>" * 250_000)
MEASURE = """
import resource, sys
from pathlib import Path
sys.path.append(sys.argv[1])
from sinergi.kit import child
for path in sorted(Path(sys.argv[2]).iterdir()):
    try:
        child.run("sinergi.kit.word.worker:fill", path.read_bytes(), seconds=10)
    except child.Stopped:
        pass
    print(path.name, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def test_none_takes_more_memory_than_a_letter_may(tmp_path):
    told = (b"[]", json.dumps(field_outline(FORM.fields)), json.dumps(sample_of(FORM.fields)))
    more = [one if isinstance(one, bytes) else one.encode() for one in told]
    for number, content in enumerate([*map(made, HEAVY), docx(*LONGEST)]):
        (tmp_path / f"{number:02}").write_bytes(frames.pack(content, *more, b""))
    command = [sys.executable, "-I", "-c", MEASURE, str(settings.BASE_DIR), str(tmp_path)]
    output = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    peaks = dict(line.split() for line in output.splitlines())
    assert len(peaks) == len(HEAVY) + 1
    assert max(int(peak) for peak in peaks.values()) < MEGABYTES, peaks
