"""
What the Word templates of several documents share: the letterhead, rows of facts, and what
SRIKANDI, the government's system for letters, fills in once one is uploaded there.
"""

from sinergi.kit.documents import BLANK, DRAFT
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
    WordField(
        "tanda", "mark", "DRAF atau DIBATALKAN; kosong bila final atau untuk SRIKANDI", "DRAF"
    ),
)
HEAD_BLOCKS = (
    blocks.logo(),
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


# Letters that SRIKANDI numbers -------------------------------------------------------------------
NUMBER, DAY, SIGNATURE = "${nomor_naskah}", "${tanggal_naskah}", "${ttd_pengirim}"
SIGNED = WordField(
    "tanda_tangan", "signed", f"{SIGNATURE} selama nomor atau tanggalnya kosong; lalu kosong"
)
#: Stands above the room for a signature, in `blocks.sides`.
SIGNED_LINES = ("{%p if tanda_tangan %}", "{{ tanda_tangan }}", "{%p endif %}")


def asked_of_srikandi(data):
    """Return what SRIKANDI fills into a letter: nothing once it is numbered, or called off."""
    blank = [(NUMBER, data["number"]), (DAY, data["place_and_day"])]
    asked = [name for name, told in blank if BLANK in told]
    return [*asked, SIGNATURE] if asked and data["mark"] == DRAFT else []


def letter_in_word(data):
    """
    Return a letter's data with SRIKANDI's names where its number and its day are not written yet.
    It is no draft then: SRIKANDI signs the file as it is.
    """
    asked = asked_of_srikandi(data)
    if not asked:
        return data | {"signed": ""}
    told = {
        "mark": "",
        "signed": SIGNATURE,
        "number": data["number"].replace(BLANK, NUMBER),
        "place_and_day": data["place_and_day"].replace(BLANK, DAY),
    }
    if rows := data.get("reference"):
        told["reference"] = [[label, text.replace(BLANK, NUMBER)] for label, text in rows]
    return data | told


def letter_hint(data):
    """Return what the page of a letter says of its Word file."""
    asked = asked_of_srikandi(data)
    return f"Siap diunggah ke SRIKANDI, yang mengisi {', '.join(asked)}." if asked else ""
