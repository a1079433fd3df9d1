"""
Word templates as people write them: what is filled in, and every fault with its place, in words.
"""

import io
import posixpath
import zipfile

import pytest
from docx import Document
from lxml import etree

from sinergi.kit import child
from sinergi.kit.word import templates
from sinergi.kit.word.templates import (
    UnfitTemplate,
    WordTemplateError,
    fill_sample,
    fill_word,
)
from tests.word_files import FORM, TYPE, W, box, docx, p, part, relation, relations, row, table

#: Parts, their types, and how they are reached, as Microsoft names them.
MICROSOFT_365 = [
    (
        "docMetadata/LabelInfo.xml",
        "vnd.ms-office.classificationlabels+xml",
        "2020/02/relationships/classificationlabels",
    ),
    (
        "word/intelligence2.xml",
        "vnd.ms-office.intelligence2+xml",
        "2020/10/relationships/intelligence",
    ),
    (
        "word/customizations.xml",
        "vnd.ms-word.keyMapCustomizations+xml",
        "2006/relationships/keyMapCustomizations",
    ),
]
LOOP, END = "{%p for butir in agenda %}", "{%p endfor %}"


def lines_of(content, form=FORM):
    """Return the lines of the letter, filled with the sample."""
    (told,) = [lines for where, lines in fill_sample(form, content).texts if where == "isi surat"]
    return told


def faults_of_letter(*body):
    with pytest.raises(UnfitTemplate) as unfit:
        fill_sample(FORM, docx(*body))
    return unfit.value.faults


class TestFilled:
    def test_a_text_a_list_and_what_is_only_there_if_it_says_something(self):
        letter = docx(
            p("Hal: {{ judul }}."),
            p(LOOP),
            p("- {{ butir.topik }}{% if butir.catatan %} ({{ butir.catatan }}){% endif %}"),
            p(END),
            p("{%p if tempat %}"),
            p("Tempat: {{ tempat }}"),
            p("{%p else %}"),
            p("Tempat menyusul"),
            p("{%p endif %}"),
            p("{% for baris in tembusan %}{{ baris }};{% endfor %}"),
        )
        assert lines_of(letter) == [
            "Hal: Rapat Juni.",
            "- Satu (Baik)",
            "- Dua",
            "Tempat menyusul",
            "Gubernur;Sekda;Bappeda;",
        ]

    def test_rows_of_a_table(self):
        letter = docx(
            table(
                row("Topik", "Catatan"),
                row("{%tr for butir in agenda %}", ""),
                row("{{ butir.topik }}", "{{ butir.catatan }}"),
                row("{%tr endfor %}", ""),
            )
        )
        assert lines_of(letter) == ["Topik · Catatan", "Satu · Baik", "Dua"]

    @pytest.mark.parametrize(
        "runs",
        [
            ("{", "{ judul }", "}"),
            ("{{", " ju", "dul ", "}}"),
            ("{{ judul", "", " }}"),
            ("Hal {{ ju", "dul }} dan {{ tem", "pat }}."),
        ],
    )
    def test_a_placeholder_that_word_has_cut_into_runs(self, runs):
        assert "Rapat Juni" in lines_of(docx(p(*runs)))[0]

    def test_between_two_runs_there_may_be_what_word_puts_there(self):
        cut = (
            '<w:p><w:r><w:t>{{ ju</w:t></w:r><w:proofErr w:type="spellStart"/><w:bookmarkStart'
            ' w:id="0" w:name="x"/><w:hyperlink w:anchor="x"><w:r><w:rPr><w:b/></w:rPr><w:t>dul'
            "</w:t></w:r></w:hyperlink><w:r><w:t> }} ok</w:t></w:r></w:p>"
        )
        assert lines_of(docx(cut)) == ["Rapat Juni ok"]

    def test_headers_footers_footnotes_and_text_boxes(self):
        names = (("hdr", "header"), ("ftr", "footer"), ("footnotes", "footnotes"))
        files = [(f"word/{kind}1.xml", name, kind) for name, kind in names]
        inside = {"footnotes": f"<w:footnote>{p('{{ judul }}')}</w:footnote>"}
        letter = docx(
            box(p("Kotak {{ judul }}")),
            parts=[
                (path, part(name, inside.get(name, p("{{ judul }}")))) for path, name, _ in files
            ],
            types=[(path, f"{TYPE}.{kind}+xml") for path, _, kind in files],
            rels=[
                relation(kind, f"{kind}1.xml", number=n) for n, (_, _, kind) in enumerate(files, 1)
            ],
        )
        assert dict(fill_sample(FORM, letter).texts) == {
            "isi surat": ["Kotak Rapat Juni"],
            "kepala halaman": ["Rapat Juni"],
            "kaki halaman": ["Rapat Juni"],
            "catatan kaki": ["Rapat Juni"],
        }

    def test_what_srikandi_fills_in_stays_as_it_is(self):
        told = "Nomor ${nomor_naskah}, ${tanggal_naskah} {tetap} 100% # ${ttd_pengirim}"
        assert lines_of(docx(p(told), p("$", "{nomor_naskah}"))) == [told, "${nomor_naskah}"]

    def test_a_letter_without_any_placeholder_and_smart_quotes(self):
        assert lines_of(docx(p("Tetap."), p("{{ “judul” }}"))) == ["Tetap.", "judul"]

    def test_a_comment_is_not_printed(self):
        assert lines_of(docx(p("Satu{# untuk kami: {{ x }} #} dua"))) == ["Satu dua"]

    def test_what_is_left_out_leaves_what_word_asks_for(self):
        """A cell without a paragraph, or a table without rows, is a broken file to Word."""
        cell = f"<w:tr><w:tc>{p('{%p if tempat %}')}{p('x')}{p('{%p endif %}')}</w:tc></w:tr>"
        gone = table(row("{%tr if tempat %}"), row("x"), row("{%tr endif %}"))
        content = fill_sample(FORM, docx(table(cell), gone, p("ujung"))).content
        body = Document(io.BytesIO(content)).element.body
        (cell,) = body.iter(f"{{{W}}}tc")
        assert len(list(body.iter(f"{{{W}}}tbl"))) == 1
        assert cell[-1].tag == f"{{{W}}}p"

    def test_values_are_text_whatever_they_say(self):
        written = (
            "<w:p>&amp;</w:t> {{ judul }} {%p if x %} {_{ a }_} ${b} \u202e\U0001f600 \x00\x01"
        )
        values = {"title": written, "place": "a\nb\tc", "agenda": [], "copies": []}
        filled = fill_word(FORM, values, docx(p("{{ judul }}"), p("{{ tempat }}")))
        ((_, told),) = filled.texts
        assert told == [written.replace("\x00\x01", "").strip(), "a\nb\tc"]

    def test_the_same_text_is_the_same_file(self):
        letter = docx(p("{{ judul }}"))
        assert fill_sample(FORM, letter).content == fill_sample(FORM, letter).content

    @pytest.mark.parametrize(
        "told",
        [
            ' HYPERLINK "https://a.id/x?y=1" ',
            ' HYPERLINK "mailto:dinas@a.id" \\h ',
            ' HYPERLINK "https://a.id" \\l "bagian" \\o "Buka laman" \\t "_blank" ',
            ' HYPERLINK \\l "_Toc12" ',
        ],
    )
    def test_a_link_is_taken_as_word_writes_it(self, told):
        written = told.replace('"', "&quot;")
        link = f'<w:p><w:fldSimple w:instr="{written}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
        assert lines_of(docx(link)) == ["x"]

    @pytest.mark.parametrize(("name", "kind", "relating"), MICROSOFT_365)
    def test_what_microsoft_365_adds_for_itself_is_left_out(self, name, kind, relating):
        folder, base = posixpath.split(name)
        of_it = f"{folder}/_rels/{base}.rels"
        letter = docx(
            p("{{ judul }}"),
            parts=[(name, "<x/>"), (of_it, relations(relation("attachedToolbars", "x.bin")))],
            types=[(name, f"application/{kind}")],
            rels=[relation(f"http://schemas.microsoft.com/office/{relating}", f"/{name}")],
        )
        assert lines_of(letter) == ["Rapat Juni"]
        with zipfile.ZipFile(io.BytesIO(fill_sample(FORM, letter).content)) as archive:
            assert not {name, of_it} & set(archive.namelist())
            told = b"".join(archive.read(one) for one in archive.namelist())
        assert base.encode() not in told
        Document(io.BytesIO(fill_sample(FORM, letter).content))

    def test_everything_else_of_the_file_comes_along(self):
        letter = docx(
            p("x"),
            parts=[("word/media/a.png", b"\x89PNG\r\n\x1a\n123")],
            types=[("word/media/a.png", "image/png")],
            rels=[
                relation("image", "media/a.png"),
                relation("hyperlink", "https://x.id", "External"),
            ],
        )
        with zipfile.ZipFile(io.BytesIO(fill_sample(FORM, letter).content)) as archive:
            assert archive.read("word/media/a.png") == b"\x89PNG\r\n\x1a\n123"
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(archive.read(name))


class TestFaults:
    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("{{ judull }}", "Isian judull tidak dikenal. Mungkin maksudnya judul?"),
            ("{{ Tempat }}", "Isian Tempat tidak dikenal. Mungkin maksudnya tempat?"),
            ("{{ qwertz }}", "Isian qwertz tidak dikenal."),
            ("{{ agenda }}", "agenda adalah daftar. Ulangi dengan {%p for butir in agenda %}."),
            ("{% for a in agendaa %}{% endfor %}", "Mungkin maksudnya agenda?"),
            (
                "{% for butir in agenda %}{{ butir.topic }}{% endfor %}",
                "Isian butir.topic tidak dikenal. Mungkin maksudnya butir.topik?",
            ),
            (
                "{% for butir in agenda %}{{ butir }}{% endfor %}",
                "Tulis bagiannya: butir.topik, butir.catatan.",
            ),
            ("{% for b in tembusan %}{{ b.nama }}{% endfor %}", "b tidak punya bagian nama."),
            ("{{ judul", "Kurung kurawalnya tidak ditutup."),
            ("judul }}", "Kurung kurawalnya tidak dibuka."),
            ("{% if judul", "Kurung kurawalnya tidak ditutup."),
            ("{% if judul %}", "if ini tidak ditutup dengan endif."),
            ("{% endif %}", "endif ini tanpa pembuka."),
            ("{% if judul %}{% endfor %}", "endfor ini menutup if"),
            ("{{ }}", "Tidak terbaca."),
            ("{{ nomor surat }}", "Tidak terbaca."),
            ("{{- judul }}", "Tanda - atau + di tepi isian tidak dapat dipakai."),
            ("Hal {%p if judul %}", "harus sendiri di paragrafnya"),
            ("{%tr for butir in agenda %}", "hanya untuk baris tabel"),
            ("{% p if judul %}", "Tulis {%p tanpa spasi"),
            ("{%tc if judul %}", "pakai {%p atau {%tr"),
            ("{% if judul %}{% else %}{% else %}{% endif %}", "else ini tidak pada tempatnya"),
        ],
    )
    def test_it_is_told_in_words(self, line, told):
        messages = [fault.message for fault in faults_of_letter(p(line))]
        assert any(told in message for message in messages), messages

    def test_all_of_them_at_once_each_with_its_place_and_the_text_around(self):
        inner = f"<w:tr><w:tc>{p('ok')}</w:tc><w:tc>{p('Nama {{ nma }} di sini')}</w:tc></w:tr>"
        faults = faults_of_letter(
            p("Baris pertama"),
            p("Hal {{ jdul }} yang panjang"),
            table(row("a"), inner),
            box(p("{{ x1 }}")),
            p("{{ agenda.topik }}"),
        )
        assert [(fault.place, fault.around) for fault in faults] == [
            ("isi surat, paragraf 2", "Hal {{ jdul }} yang panjang"),
            ("isi surat, tabel 1, baris 2, kolom 2", "Nama {{ nma }} di sini"),
            ("isi surat, kotak teks", "{{ x1 }}"),
            ("isi surat, paragraf 4", "{{ agenda.topik }}"),
        ]

    @pytest.mark.parametrize(
        "body",
        [
            (p("{% if judul %}"), p("x"), p("{% endif %}")),
            (p("{%p if judul %}"), table(f"<w:tr><w:tc>{p('{%p endif %}')}</w:tc></w:tr>")),
            (p("{{ ju"), p("dul }}")),
            (p("a {"), p("{ judul }}")),
            (table(row("{%tr if judul %}"), row("x")), table(row("{%tr endif %}"))),
            (table(row("{%tr if judul %}", "hilang"), row("{%tr endif %}")),),
        ],
    )
    def test_what_would_tear_the_file_apart(self, body):
        assert faults_of_letter(*body)

    def test_a_loop_in_a_loop(self):
        faults = faults_of_letter(p(LOOP), p("{%p for b in tembusan %}"), p(END), p(END))
        assert [fault.message for fault in faults] == [
            "Perulangan di dalam perulangan tidak dapat dipakai."
        ]

    def test_not_more_than_can_be_read(self):
        assert len(faults_of_letter(*[p(f"{{{{ x{n} }}}}") for n in range(500)])) == 50


def test_a_template_that_fits_no_more_is_told_on_the_page():
    with pytest.raises(WordTemplateError) as told:
        fill_word(FORM, {"title": "", "place": "", "agenda": [], "copies": []}, docx(p("{{ x }}")))
    assert told.value.reason == "template" and told.value.status == 422


def test_a_file_that_breaks_its_reader(monkeypatch):
    for stopped in (child.TooLong, child.TooMuchMemory, child.Crashed):

        def run(*args, stopped=stopped, **limits):
            raise stopped

        monkeypatch.setattr(templates.child, "run", run)
        with pytest.raises(UnfitTemplate) as unfit:
            fill_sample(FORM, b"x")
        assert unfit.value.faults[0].message.endswith("Word.")
