"""Format dates and times as Indonesians write them: 28 November 2018, pukul 09.00–11.15 WIB."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from sinergi.kit.text import number_in_words

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des")

#: The three zones of the country (Keppres 41/1987) and their abbreviations.
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def in_zone(moment, zone_name):
    """Return an aware moment in the zone of this name."""
    return moment.astimezone(ZoneInfo(zone_name))


def today_in(zone_name):
    return in_zone(timezone.now(), zone_name).date()


def long_date(day):
    """Return a day as 28 November 2018."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def full_date(day):
    """Return a day as Rabu, 28 November 2018."""
    return f"{DAYS[day.weekday()]}, {long_date(day)}"


def day_in_words(day):
    """Return a day as Rabu tanggal sembilan belas bulan Juni tahun dua ribu sembilan belas."""
    number, year = number_in_words(day.day), number_in_words(day.year)
    return f"{DAYS[day.weekday()]} tanggal {number} bulan {MONTHS[day.month - 1]} tahun {year}"


def month_year(day):
    """Return the month of a day as November 2018."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def clock(moment):
    """Return the time of a moment as 09.00."""
    return f"{moment:%H.%M}"


def clock_for(moment, zone_name, own):
    """
    Return the time of a moment in a zone as 09.00, for somebody whose clock is in their `own`: with
    the zone where it is another, as 09.00 WIT.
    """
    told = clock(in_zone(moment, zone_name))
    return told if zone_name == own else f"{told} {ZONE_NAMES[zone_name]}"


def moment_text(moment):
    """Return a moment as 28 November 2018, 09.00."""
    return f"{long_date(moment)}, {clock(moment)}"
