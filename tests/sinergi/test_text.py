"""Text as it is kept: plain, and whole."""

import pytest

from sinergi.kit import text
from sinergi.kit.forms import ReasonForm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Surat tugas: Belitung, 3–4 Desember 2026", "surat-tugas-belitung-3-4-desember-2026"),
        ("Rencana 2019–2020", "rencana-2019-2020"),
        ("Nomor 090/47", "nomor-090-47"),
        ("漢字", "naskah"),
        ("a" * 99 + " bb", "a" * 99),
    ],
)
def test_a_file_is_called_what_its_title_says(title, stem):
    assert text.file_stem(title, "naskah") == stem


class TestPlainText:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("Nama\x0bAneh\x01", "Nama Aneh"),
            ("Baris satu\r\nBaris dua", "Baris satu Baris dua"),
            ("\u200b", ""),
            ("\uf0b7 butir", "• butir"),
            ("  dua   kata ", "dua kata"),
            ("“é” – ✓", "“é” – ✓"),
        ],
    )
    def test_what_is_kept_of_a_line(self, typed, kept):
        assert text.plain_text(typed) == kept

    def test_a_line_break_by_any_name_is_one(self):
        assert text.plain_text("a\x0bb\x0cc\x85d\u2028e", multiline=True) == "a\nb\nc\nd\ne"

    def test_lines_stay_in_a_text(self):
        assert text.plain_text("a\r\nb\x00\x1b c", multiline=True) == "a\nb c"


class TestReason:
    def test_a_line_break_counts_once(self):
        reason = "\r\n".join(["x" * 99] * 19 + ["y" * 100])
        form = ReasonForm({"version": 1, "reason": reason})
        assert len(reason) > 2000 and form.is_valid(), form.errors
        assert (
            form.cleaned_data["reason"].count("\n") == 19
            and "\r" not in form.cleaned_data["reason"]
        )
