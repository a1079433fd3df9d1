"""The letter that invites to a meeting."""

from advocacy.documents import word_parts
from advocacy.documents.letters import letter_data, letter_letterhead, plain
from advocacy.models import Attendance
from sinergi.kit import dates
from sinergi.kit.documents import BLANK, Document
from sinergi.kit.text import joined
from sinergi.kit.word import blocks
from sinergi.kit.word.fields import WordField, WordList
from sinergi.kit.word.templates import WordForm

#: Above so many the letter names its guests on a page of their own.
MOST_IN_LETTER = 8


def invitation_data(meeting):
    """
    Return what the letter of invitation to this meeting says; a draft until that is kept, or the
    meeting is final with a letter that was complete.
    """
    return letter_data(
        meeting,
        get_words=invitation_words,
        is_final=meeting.is_invitation_complete and not meeting.is_editable,
        is_called_off=meeting.is_cancelled,
    )


def invitation_to_keep(meeting):
    """Return what is kept of the letter of this meeting, or None: it lacks something."""
    words = plain(invitation_words(meeting))
    named = words["in_letter"] or words["enclosed"]
    return words if meeting.is_invitation_complete and named else None


def invitation_words(meeting):
    """Return what the letter of invitation to this meeting would say now."""
    words = meeting.words
    head = words["letterhead"]
    agenda = [item.topic for item in meeting.agenda.all()]
    day = dates.long_date(meeting.invited_on) if meeting.invited_on else BLANK
    guests = [guest_data(row) for row in invited_to(meeting)]
    enclosed = len(guests) > MOST_IN_LETTER
    return head | {
        "title": f"Undangan: {meeting.title}",
        "reference": [
            ["Nomor", meeting.invitation_number or BLANK],
            ["Hal", f"Undangan {kind_text(meeting)}"],
        ],
        "number": meeting.invitation_number or BLANK,
        "place_and_day": joined(", ", head["seat"], day),
        "in_letter": [] if enclosed else guests,
        "enclosed": guests if enclosed else [],
        "subject": meeting.title,
        "opening": (
            f"Dengan hormat, kami mengundang Bapak/Ibu menghadiri {kind_text(meeting)}"
            f" {words['team']}, yang diadakan pada:"
        ),
        "details": [
            [label, told]
            for label, told in (
                ("Hari, tanggal", day_text(meeting)),
                ("Waktu", hours_text(meeting)),
                ("Tempat", meeting.place),
                ("Tautan", meeting.link),
                ("Pimpinan", words["chair"]["name"] if words["chair"] else ""),
            )
            if told
        ],
        "day": day_text(meeting),
        "hours": hours_text(meeting),
        "place": meeting.place,
        "link": meeting.link,
        "agenda": agenda,
        "closing": "Atas perhatian dan kehadiran Bapak/Ibu, kami mengucapkan terima kasih.",
        "inviter_position": meeting.inviter_position or f"Kepala {words['letterhead']['office']}",
        "inviter_name": meeting.inviter_name or BLANK,
        "copies_to": [line for line in meeting.copies_to.splitlines() if line.strip()],
    }


def kind_text(meeting):
    """Return the kind of meeting within a sentence; one without a kind of its own is a rapat."""
    is_other = meeting.kind == meeting.Kind.OTHER
    return "rapat" if is_other else meeting.get_kind_display().lower()


def invited_to(meeting):
    """
    Return who is invited, as Attendance: those that the meeting names, but for guests who merely
    came; or else, as long as it has not been held, the members of the team on its day.
    """
    named = list(meeting.attendance.all())
    if meeting.state != meeting.State.PLANNED:
        return [row for row in named if not merely_came(row, meeting)]
    if named:
        return named
    members = []
    for membership in meeting.team.members_on(meeting.starts.date()):
        member = Attendance()
        member.take_from(membership)
        members.append(member)
    return members


def merely_came(row, meeting):
    """
    Return whether this guest of a meeting that was held was written down because they came: after
    it was noted as held, or, of one that was on the calendar, after it began.
    """
    if not row.is_guest or meeting.held_at is None:
        return False
    was_planned = meeting.created_at < meeting.starts_at
    return row.created_at > (meeting.starts_at if was_planned else meeting.held_at)


def guest_data(row):
    """Return who is invited, by parts, and `full`: as the letter addresses them."""
    return {
        "name": row.name,
        "position": row.position,
        "institution": row.institution,
        "full": joined(", ", row.name, row.position, row.institution),
    }


def day_text(meeting):
    """Return the day in words; of a meeting without one its month, and that it is not set."""
    if meeting.day_is_set:
        return dates.full_date(meeting.starts)
    return f"{dates.month_year(meeting.starts)}, tanggal belum ditetapkan"


def hours_text(meeting):
    """Return pukul 09.00–11.15 WIB; without an end "sampai selesai", without a day nothing."""
    if not meeting.day_is_set or not meeting.time_is_set:
        return ""
    until = f"–{dates.clock(meeting.ends)}" if meeting.ends_at else ""
    after = "" if meeting.ends_at else " sampai selesai"
    return f"pukul {dates.clock(meeting.starts)}{until} {meeting.zone}{after}"


GUEST = (
    WordField("nama", "name", "nama orang yang diundang"),
    WordField("jabatan", "position", "jabatannya"),
    WordField("instansi", "institution", "instansinya"),
    WordField("lengkap", "full", "nama, jabatan, dan instansi sekaligus"),
)
GUESTS = tuple(
    (f"Ibu {name}", "Kepala Bidang", office, f"Ibu {name}, Kepala Bidang, {office}")
    for name, office in (("Contoh Satu", "Bappeda"), ("Contoh Dua", "Dinas PMD"))
)
FIELDS = (
    *word_parts.HEAD,
    WordField("nomor", "number", "nomor surat, atau ${nomor_naskah}", "005/123/DKPUS/2019"),
    WordList(
        "rujukan",
        "reference",
        "Nomor dan Hal, baris demi baris",
        "baris",
        (("Nomor", "005/123/DKPUS/2019"), ("Hal", "Undangan rapat internal")),
        word_parts.PAIR,
    ),
    WordField(
        "tempat_tanggal",
        "place_and_day",
        "kota dan tanggal surat, atau ${tanggal_naskah}",
        "Kota, 10 Juni 2019",
    ),
    WordList(
        "undangan", "in_letter", "yang diundang, bila paling banyak delapan", "tamu", GUESTS, GUEST
    ),
    WordList(
        "undangan_terlampir",
        "enclosed",
        "yang diundang, bila lebih dari delapan",
        "tamu",
        (),
        GUEST,
    ),
    WordField("judul", "subject", "judul rapat", "Rapat internal Juni"),
    WordField("pembuka", "opening", "kalimat pembuka", "Dengan hormat, kami mengundang Bapak/Ibu."),
    word_parts.details("hari, waktu, tempat, tautan, dan pimpinan, yang terisi saja"),
    WordField("hari", "day", "hari dan tanggal rapat", "Rabu, 19 Juni 2019"),
    WordField("waktu", "hours", "jam rapat", "pukul 09.00 WIB sampai selesai"),
    WordField("tempat", "place", "tempat rapat", "Aula"),
    WordField("tautan", "link", "alamat rapat daring, bila ada", ""),
    WordList(
        "agenda",
        "agenda",
        "pokok yang dibicarakan",
        "butir",
        (("Kemajuan rencana kerja",), ("Rencana kunjungan",)),
        (WordField("topik", None, "topiknya"),),
    ),
    WordField("penutup", "closing", "kalimat penutup", "Atas kehadirannya kami berterima kasih."),
    WordField("jabatan_pengundang", "inviter_position", "jabatan penanda tangan", "Kepala Dinas"),
    WordField("nama_pengundang", "inviter_name", "nama penanda tangan", "Nama Kepala Dinas"),
    word_parts.SIGNED,
    WordList(
        "tembusan", "copies_to", "penerima tembusan", "baris", ("Gubernur", "Sekretaris Daerah")
    ),
)
LETTER = (
    word_parts.HEAD_BLOCKS,
    blocks.facts("baris", "rujukan", "{{ baris.label }}", "{{ baris.isi }}"),
    blocks.line("{{ tempat_tanggal }}", align="right"),
    blocks.line("Kepada Yth.", space=8),
    blocks.given("undangan_terlampir", blocks.line("daftar undangan terlampir")),
    blocks.numbered("tamu", "undangan", "{{ tamu.lengkap }}"),
    blocks.line("di tempat"),
    blocks.line("{{ judul }}", align="center", bold=True, space=8),
    blocks.line("{{ pembuka }}"),
    blocks.facts("baris", "rincian", "{{ baris.label }}", "{{ baris.isi }}"),
    blocks.given(
        "agenda",
        blocks.subheading("Agenda"),
        blocks.numbered("butir", "agenda", "{{ butir.topik }}"),
    ),
    blocks.line("{{ penutup }}", space=8),
    blocks.sides(
        (), ("{{ jabatan_pengundang }},", *word_parts.SIGNED_LINES, "", "{{ nama_pengundang }}")
    ),
    blocks.given(
        "tembusan",
        blocks.subheading("Tembusan"),
        blocks.numbered("baris", "tembusan", "{{ baris }}"),
    ),
    blocks.given(
        "undangan_terlampir",
        blocks.next_page(),
        blocks.subheading("Daftar undangan"),
        blocks.numbered("tamu", "undangan_terlampir", "{{ tamu.lengkap }}"),
    ),
)
INVITATION = Document(
    slug="undangan",
    label="Surat undangan",
    template="invitation",
    get_data=invitation_data,
    get_letterhead=letter_letterhead,
    word=WordForm(FIELDS, LETTER, word_parts.letter_in_word, word_parts.letter_hint),
)
