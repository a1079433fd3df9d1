"""The minutes of a meeting, with decisions and follow-ups."""

from advocacy.documents import word_parts
from advocacy.documents.attendance_sheets import attendee_data, total_text
from programs.documents import letterhead_data, letterhead_of
from sinergi.kit import dates
from sinergi.kit.documents import BLANK, DRAFT, Document
from sinergi.kit.text import joined
from sinergi.kit.word import blocks
from sinergi.kit.word.fields import WordField, WordList
from sinergi.kit.word.templates import WordForm


def minutes_data(meeting):
    """
    Return what the minutes of this meeting say.

    Once they are approved nothing in it is read from anywhere but what was kept with the approval
    and the rows that are frozen with it. A follow-up stands as it was agreed, whatever became of it
    since.
    """
    words = meeting.words
    approved = meeting.state == meeting.State.APPROVED
    people = [attendee_data(row) for row in meeting.attendance.all()]
    return letterhead_data(words["letterhead"]) | {
        "title": f"Notula: {meeting.title}",
        "subject": meeting.title,
        "mark": "" if approved else DRAFT,
        "details": [
            [label, told]
            for label, told in (
                ("Jenis", joined(", ", meeting.get_kind_display(), words["regency"])),
                ("Waktu", words["when"]),
                ("Tempat", meeting.place),
                ("Tautan", meeting.link),
                ("Surat undangan", meeting.invitation_number),
                ("Rencana kerja", words.get("paper_activity", words["activity"])),
                ("Pimpinan", name_in(words["chair"])),
                ("Notulis", name_in(words["note_taker"])),
            )
            if told
        ],
        "when": words["when"],
        "place": meeting.place,
        "chair": name_in(words["chair"]),
        "audience": audience_data(meeting, words),
        "agenda": agenda_data(meeting),
        "followups": [
            {"number": str(number), "what": row.what}
            | {"who": name_in(words["followups"][str(row.pk)])}
            | {"due": dates.long_date(row.due_in_minutes)}
            for number, row in enumerate(meeting.followups.order_by("order", "pk"), 1)
        ],
        "rows": [{"number": str(number)} | row for number, row in enumerate(people, 1)],
        "total": total_text(people),
        "note_taker": name_in(words["note_taker"]) or BLANK,
        "approved": f"Disahkan {dates.long_date(approved_on(meeting))}" if approved else "",
        "approver_position": "Mengesahkan" if approved else "Ketua Tim",
        "approver": words["by"].get("approved", "") if approved else BLANK,
    }


def agenda_data(meeting):
    """Return the items of the agenda, each decision with its number through the whole minutes."""
    items, decisions = [], 0
    for number, row in enumerate(meeting.agenda.all(), 1):
        decisions += bool(row.decision)
        items.append(
            {
                "number": str(number),
                "topic": row.topic,
                "notes": row.notes,
                "decision": row.decision,
                "decision_number": f"K{decisions}" if row.decision else "",
            }
        )
    return items


def audience_data(meeting, words):
    """Return the parts of an audience that stand in the place of an agenda; [] of others."""
    if not meeting.is_audience:
        return []
    cases = [
        f"{case['institution']}: {case['asked']}"
        for case in (words["cases"][str(row.pk)] for row in meeting.audience_cases.all())
    ]
    parts = (
        ("Diterima oleh", meeting.received_by),
        ("Sasaran yang dibahas", "\n".join(cases)),
        ("Pokok yang disampaikan", meeting.points),
        ("Jawaban", meeting.answer),
        ("Langkah berikutnya", meeting.next_step),
    )
    return [{"heading": heading, "text": text} for heading, text in parts if text]


def name_in(person):
    """Return the name in what minutes keep of a person, or ""."""
    return person["name"] if person else ""


def approved_on(meeting):
    """Return the day of the approval on the clock of the province."""
    return dates.in_zone(meeting.approved_at, meeting.province.time_zone).date()


FIELDS = (
    *word_parts.HEAD,
    WordField("judul", "subject", "judul rapat", "Rapat internal Juni"),
    word_parts.details("jenis, waktu, tempat, pimpinan, dan notulis, yang terisi saja"),
    WordField("waktu", "when", "hari dan jam rapat", "Rabu, 19 Juni 2019, pukul 09.00 WIB"),
    WordField("tempat", "place", "tempat rapat", "Aula"),
    WordField("pimpinan", "chair", "nama pimpinan rapat", "Nama Ketua Tim"),
    WordList(
        "audiensi",
        "audience",
        "bagian notula audiensi; kosong pada rapat lain",
        "bagian",
        (("Diterima oleh", "Bupati"),),
        (WordField("judul", "heading", "judul bagian"), WordField("isi", "text", "isinya")),
    ),
    WordList(
        "agenda",
        "agenda",
        "pokok yang dibicarakan",
        "butir",
        (
            ("1", "Kemajuan rencana kerja", "Tiga kegiatan selesai.", "K1", "Lanjut."),
            ("2", "Rencana kunjungan", "Dibahas.", "", ""),
        ),
        (
            WordField("nomor", "number", "nomor urut"),
            WordField("topik", "topic", "topiknya"),
            WordField("catatan", "notes", "jalannya pembicaraan"),
            WordField("nomor_keputusan", "decision_number", "K1, K2, dan seterusnya"),
            WordField("keputusan", "decision", "isi keputusan, bila ada"),
        ),
    ),
    WordList(
        "tindak_lanjut",
        "followups",
        "yang harus dikerjakan",
        "baris",
        (("1", "Menyusun usulan anggaran", "Nama Anggota", "5 Juli 2019"),),
        (
            WordField("nomor", "number", "nomor urut"),
            WordField("apa", "what", "apa yang dikerjakan"),
            WordField("siapa", "who", "siapa yang mengerjakan"),
            WordField("tenggat", "due", "paling lambat kapan"),
        ),
    ),
    WordField("rekap_kehadiran", "total", "berapa yang hadir", "Hadir 1 dari 2 orang."),
    WordList(
        "kehadiran",
        "rows",
        "yang diundang dan kehadirannya",
        "orang",
        (
            ("1", "Nama Ketua", "Bappeda", "Ketua Tim", "Hadir"),
            ("2", "Nama Anggota", "Dinas PMD", "Anggota", "Izin: tugas luar"),
        ),
        (
            WordField("nomor", "number", "nomor urut"),
            WordField("nama", "name", "namanya"),
            WordField("instansi", "institution", "instansinya"),
            WordField("jabatan", "position", "kedudukan dan jabatannya"),
            WordField("kehadiran", "presence", "hadir, izin, atau tidak"),
        ),
    ),
    WordField("notulis", "note_taker", "nama notulis", "Nama Notulis"),
    WordField("disahkan", "approved", "kapan disahkan, bila sudah", "Disahkan 21 Juni 2019"),
    WordField("jabatan_pengesah", "approver_position", "kedudukan yang mengesahkan", "Mengesahkan"),
    WordField("pengesah", "approver", "nama yang mengesahkan", "Nama Ketua Tim"),
)
PAPER = (
    word_parts.HEAD_BLOCKS,
    blocks.title("Notula"),
    blocks.line("{{ judul }}", align="center", bold=True),
    blocks.facts("baris", "rincian", "{{ baris.label }}", "{{ baris.isi }}"),
    blocks.repeated(
        "bagian",
        "audiensi",
        blocks.subheading("{{ bagian.judul }}"),
        blocks.line("{{ bagian.isi }}"),
    ),
    blocks.repeated(
        "butir",
        "agenda",
        blocks.subheading("{{ butir.nomor }}. {{ butir.topik }}"),
        blocks.given("butir.catatan", blocks.line("{{ butir.catatan }}")),
        blocks.given(
            "butir.keputusan",
            blocks.line("Keputusan {{ butir.nomor_keputusan }}. {{ butir.keputusan }}"),
        ),
    ),
    blocks.given(
        "tindak_lanjut",
        blocks.subheading("Tindak lanjut"),
        blocks.table(
            "baris",
            "tindak_lanjut",
            (
                ("No.", "{{ baris.nomor }}", 12),
                ("Apa", "{{ baris.apa }}", 73),
                ("Siapa", "{{ baris.siapa }}", 45),
                ("Kapan", "{{ baris.tenggat }}", 35),
            ),
        ),
    ),
    blocks.subheading("Kehadiran"),
    blocks.given("rekap_kehadiran", blocks.line("{{ rekap_kehadiran }}")),
    blocks.table(
        "orang",
        "kehadiran",
        (
            ("No.", "{{ orang.nomor }}", 12),
            ("Nama", "{{ orang.nama }}", 43),
            ("Instansi", "{{ orang.instansi }}", 45),
            ("Jabatan", "{{ orang.jabatan }}", 35),
            ("Kehadiran", "{{ orang.kehadiran }}", 30),
        ),
        empty="Belum ada yang dicatat.",
    ),
    blocks.line(""),
    blocks.sides(
        ("", "Notulis,", "", "{{ notulis }}"),
        ("{{ disahkan }}", "{{ jabatan_pengesah }},", "", "{{ pengesah }}"),
    ),
)
MINUTES = Document(
    slug="notula",
    label="Notula",
    template="minutes",
    get_data=minutes_data,
    get_letterhead=lambda meeting: letterhead_of(meeting.team, meeting.kept),
    is_available=lambda meeting: meeting.has_minutes,
    made_at=lambda meeting: meeting.approved_at,
    word=WordForm(FIELDS, PAPER),
)
