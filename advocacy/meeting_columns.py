"""What a download of the list of meetings tells of each."""

from advocacy.models import Meeting
from sinergi.kit.columns import ROW, Cell, Column, first_known, labels_of, page_column


def told_day(row):
    """Return the day of a meeting, None where it is not fixed yet."""
    return row.starts.date() if row.day_is_set else None


def told_start(row):
    return f"{row.starts:%H.%M} {row.zone}" if row.day_is_set and row.time_is_set else None


#: Attendance and follow-ups are counted as the list counts them (MeetingCounts).
MEETING_COLUMNS = (
    Column("Tanggal", ROW, Cell.DATE, told_day, "kosong selama tanggalnya belum ditetapkan"),
    Column("Mulai", ROW, read=told_start, about="pukul, waktu setempat"),
    Column("Judul", "title"),
    Column("Jenis", "kind", read=labels_of(Meeting.Kind)),
    Column("Provinsi", "province__name"),
    Column("Kabupaten/kota", ("kept_regency", "regency__name"), read=first_known),
    Column("Tempat", "place"),
    Column("Status", "state", read=labels_of(Meeting.State)),
    Column("Anggota yang diharapkan", "told__members", Cell.NUMBER),
    Column("Anggota yang hadir", "told__present", Cell.NUMBER, about="tamu tidak dihitung"),
    Column("Tindak lanjut", "told__followups", Cell.NUMBER),
    Column("Tindak lanjut selesai", "told__done", Cell.NUMBER),
    Column("Tindak lanjut terlambat", "told__overdue", Cell.NUMBER, about="pada hari diunduh"),
    page_column("advocacy:meeting_detail", label="Halaman"),
)
