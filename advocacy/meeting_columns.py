"""What a download of the list of meetings tells of each."""

from advocacy.models import Meeting
from sinergi.kit.columns import Cell, Column, first_known, labels_of, page_column
from sinergi.kit.dates import ZONE_NAMES, clock, in_zone

WHEN = ("starts_at", "province__time_zone", "day_is_set", "time_is_set")
#: Label, the name of a count (MeetingCounts), and how it is counted.
COUNTS = (
    ("Anggota yang diharapkan", "members", ""),
    ("Anggota yang hadir", "present", "tamu tidak dihitung"),
    ("Tindak lanjut", "followups", ""),
    ("Tindak lanjut selesai", "done", ""),
    ("Tindak lanjut terlambat", "overdue", "pada hari data ini diunduh"),
)


def told_day(moment, zone, day_is_set, _time_is_set):
    """Return the day of a meeting, None where it is not fixed yet."""
    return in_zone(moment, zone).date() if day_is_set else None


def told_start(moment, zone, day_is_set, time_is_set):
    """09.00 WIB, or None where it is not known."""
    if not (day_is_set and time_is_set):
        return None
    return f"{clock(in_zone(moment, zone))} {ZONE_NAMES[zone]}"


def meeting_columns(count):
    """
    Return the columns of the rows of `MeetingQuerySet.for_export`. `count(key, name)` is what the
    list counts of a meeting.
    """
    return [
        Column("Tanggal", WHEN, Cell.DATE, told_day, "kosong selama tanggalnya belum ditetapkan"),
        Column("Mulai", WHEN, read=told_start, about="pukul, waktu setempat"),
        Column("Judul", "title"),
        Column("Jenis", "kind", read=labels_of(Meeting.Kind)),
        Column("Provinsi", "province__name"),
        Column("Kabupaten/kota", ("kept__regency", "regency__name"), read=first_known),
        Column("Tempat", "place"),
        Column("Status", "state", read=labels_of(Meeting.State)),
        *(
            Column(label, "id", Cell.NUMBER, lambda key, name=name: count(key, name), about)
            for label, name, about in COUNTS
        ),
        page_column("advocacy:meeting_detail", "id", label="Halaman"),
    ]
