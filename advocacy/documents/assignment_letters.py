"""The letter (surat tugas) that sends people on a trip."""

from advocacy.documents import word_parts
from advocacy.documents.letters import letter_data, letter_letterhead, plain
from sinergi.kit import dates
from sinergi.kit.documents import BLANK, Document, facts_of
from sinergi.kit.text import joined, number_in_words
from sinergi.kit.word import blocks
from sinergi.kit.word.fields import WordField, WordList
from sinergi.kit.word.templates import WordForm

USUAL_TASK = "Melaksanakan pendampingan dan monitoring perpustakaan"


def assignment_letter_data(trip):
    """Return what the letter for this trip says; a draft until that is kept."""
    return letter_data(trip, get_words=assignment_letter_words)


def assignment_letter_to_keep(trip):
    """Return what is kept of the letter for this trip, or None: it lacks something."""
    words = plain(assignment_letter_words(trip))
    return words if trip.is_letter_complete and words["rows"] else None


def assignment_letter_words(trip):
    """
    Return what the letter for this trip would say now: who is sent, as they were on its first day,
    on what basis, where and when.
    """
    head = trip.team.letterhead_words
    days = len(trip.days)
    return head | {
        "title": f"Surat tugas: {trip.full_text}",
        "number": trip.letter_number or BLANK,
        "basis": basis_of(trip),
        "rows": [
            {"number": str(number), "name": row.name, "position": row.position or row.role}
            | {"institution": row.institution}
            for number, row in enumerate(trip.travellers.all(), 1)
        ],
        "subject": trip.title,
        "details": facts_of(
            ("Untuk", trip.task or USUAL_TASK),
            ("Tujuan", trip.title),
            ("Waktu", trip.period_text),
            ("Lamanya", f"{days} ({number_in_words(days)}) hari"),
        ),
        "period": trip.period_text,
        "stops": [
            {
                "number": str(number),
                "day": dates.full_date(stop.day),
                "library": stop.library.name,
                "place": stop.library.place_words,
            }
            for number, stop in enumerate(stops_in_order(trip), 1)
        ],
        "closing": (
            "Surat tugas ini dibuat untuk dilaksanakan dengan penuh tanggung jawab, dan hasilnya"
            " dilaporkan."
        ),
        "place_and_day": joined(
            ", ", head["seat"], dates.long_date(trip.letter_on) if trip.letter_on else BLANK
        ),
        "signer_position": trip.signer_position or f"Kepala {head['office']}",
        "signer_name": trip.signer_name or BLANK,
        "copies_to": [line for line in trip.copies_to.splitlines() if line.strip()],
    }


def basis_of(trip):
    """Return what the letter rests on: the team's decrees of that day, and what was written."""
    decrees = trip.team.decrees.in_force_on(trip.letter_on or trip.starts_on).order_by("pk")
    named = [f"{decree.full_name} tentang {decree.about}" for decree in decrees]
    return named + [line for line in trip.basis.splitlines() if line.strip()]


def stops_in_order(trip):
    """Return the stops by day, with their places."""
    rows = trip.stops.with_places().select_related("library__province")
    return rows.order_by("day", "order", "pk")


FIELDS = (
    *word_parts.HEAD,
    WordField("nomor", "number", "nomor surat, atau ${nomor_naskah}", "090/45/DKPUS/2019"),
    WordList(
        "dasar", "basis", "dasar penugasan", "baris", ("Keputusan Gubernur Nomor 1 Tahun 2019",)
    ),
    WordList(
        "petugas",
        "rows",
        "yang ditugaskan",
        "orang",
        (("1", "Nama Anggota", "Pustakawan", "Dinas Perpustakaan"),),
        (
            WordField("nomor", "number", "nomor urut"),
            WordField("nama", "name", "namanya"),
            WordField("jabatan", "position", "jabatannya"),
            WordField("instansi", "institution", "instansinya"),
        ),
    ),
    WordField("judul", "subject", "tujuan perjalanan", "Kabupaten Contoh"),
    word_parts.details("untuk apa, tujuan, waktu, dan lamanya"),
    WordField("waktu", "period", "tanggal perjalanan", "1 sampai 3 Juli 2019"),
    WordList(
        "perhentian",
        "stops",
        "perpustakaan yang dikunjungi, menurut hari",
        "baris",
        (("1", "Senin, 1 Juli 2019", "Perpustakaan Desa Contoh", "Kecamatan Contoh"),),
        (
            WordField("nomor", "number", "nomor urut"),
            WordField("hari", "day", "hari dan tanggalnya"),
            WordField("perpustakaan", "library", "nama perpustakaan"),
            WordField("tempat", "place", "desa, kecamatan, dan kabupatennya"),
        ),
    ),
    WordField("penutup", "closing", "kalimat penutup", "Surat tugas ini untuk dilaksanakan."),
    WordField(
        "tempat_tanggal",
        "place_and_day",
        "kota dan tanggal surat, atau ${tanggal_naskah}",
        "Kota, 24 Juni 2019",
    ),
    WordField("jabatan_penugas", "signer_position", "jabatan penanda tangan", "Kepala Dinas"),
    WordField("nama_penugas", "signer_name", "nama penanda tangan", "Nama Kepala Dinas"),
    word_parts.SIGNED,
    WordList("tembusan", "copies_to", "penerima tembusan", "baris", ("Gubernur",)),
)
LETTER = (
    word_parts.HEAD_BLOCKS,
    blocks.title("Surat tugas"),
    blocks.line("Nomor: {{ nomor }}", align="center"),
    blocks.given(
        "dasar", blocks.subheading("Dasar"), blocks.numbered("baris", "dasar", "{{ baris }}")
    ),
    blocks.subheading("Menugaskan"),
    blocks.table(
        "orang",
        "petugas",
        (
            ("No.", "{{ orang.nomor }}", 12),
            ("Nama", "{{ orang.nama }}", 51),
            ("Jabatan", "{{ orang.jabatan }}", 47),
            ("Instansi", "{{ orang.instansi }}", 55),
        ),
        empty="Belum ada yang ditugaskan.",
    ),
    blocks.subheading("Perjalanan"),
    blocks.facts("baris", "rincian", "{{ baris.label }}", "{{ baris.isi }}"),
    blocks.given(
        "perhentian",
        blocks.line(""),
        blocks.table(
            "baris",
            "perhentian",
            (
                ("No.", "{{ baris.nomor }}", 12),
                ("Hari, tanggal", "{{ baris.hari }}", 45),
                ("Perpustakaan", "{{ baris.perpustakaan }}", 50),
                ("Tempat", "{{ baris.tempat }}", 58),
            ),
        ),
    ),
    blocks.line("{{ penutup }}", space=8),
    blocks.sides(
        (),
        (
            "{{ tempat_tanggal }}",
            "{{ jabatan_penugas }},",
            *word_parts.SIGNED_LINES,
            "",
            "{{ nama_penugas }}",
        ),
    ),
    blocks.given(
        "tembusan",
        blocks.subheading("Tembusan"),
        blocks.numbered("baris", "tembusan", "{{ baris }}"),
    ),
)
ASSIGNMENT_LETTER = Document(
    slug="surat-tugas",
    label="Surat tugas",
    template="assignment_letter",
    get_data=assignment_letter_data,
    get_letterhead=letter_letterhead,
    word=WordForm(FIELDS, LETTER, word_parts.letter_in_word, word_parts.letter_hint),
)
