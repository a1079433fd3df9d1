"""What the Word templates of several documents share: the letterhead, and rows of facts."""

from sinergi.kit.word import blocks
from sinergi.kit.word.fields import WordField, WordList

HEAD = (
    WordField("pemerintah", "government", "baris pertama kop surat", "Pemerintah Provinsi Contoh"),
    WordField("dinas", "office", "nama dinas", "Dinas Kearsipan dan Perpustakaan"),
    WordList(
        "baris_kop",
        "letterhead",
        "baris kop di bawah nama dinas",
        "baris",
        ("Jalan Contoh Nomor 1", "Telepon 0717 000000"),
    ),
    WordField("tim", "team", "nama tim", "Tim Sinergi Provinsi Contoh"),
    WordField("kota", "seat", "tempat kedudukan tim", "Kota"),
    WordField("tanda", "mark", "DRAF atau DIBATALKAN; kosong bila sudah final", "DRAF"),
)
HEAD_BLOCKS = (
    blocks.line("{{ pemerintah }}", align="center", capitals=True),
    blocks.line("{{ dinas }}", align="center", bold=True, capitals=True, size=13),
    blocks.repeated("baris", "baris_kop", blocks.line("{{ baris }}", align="center", size=9.5)),
    blocks.rule(),
    blocks.given("tanda", blocks.line("{{ tanda }}", align="right", bold=True)),
)
PAIR = (WordField("label", 0, "nama rinciannya"), WordField("isi", 1, "isinya"))


def details(words):
    """Return the list of facts that stand at the head of a document."""
    samples = (("Waktu", "Rabu, 19 Juni 2019, pukul 09.00 WIB"), ("Tempat", "Aula"))
    return WordList("rincian", "details", words, "baris", samples, PAIR)
