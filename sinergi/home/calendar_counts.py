"""
The numbers of a month in a calendar, each with where exactly so many stand: a list, or the calendar
of nothing else.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from sinergi.kit.text import thousands


@dataclass(frozen=True)
class Count:
    number: int
    words: str
    url: str = ""
    before: str = ""  # what parts it from the one before

    @property
    def text(self):
        return f"{thousands(self.number)} {self.words}"


@dataclass(frozen=True)
class Counted:
    """
    Parts that are counted together; the kind of the calendar that is these and no others; and the
    list that has them: its page, what else it is filtered by, and whether it is filtered by
    regency. Where no list has them, the calendar of that kind does.
    """

    parts: tuple[str, ...]
    words: str
    kind: str
    page: str = ""
    asked: tuple[tuple[str, str], ...] = ()
    by_regency: bool = False


COUNTED = [
    Counted(("meetings", "months_meetings"), "rapat", "rapat", "advocacy:meeting_list", (), True),
    Counted(
        ("visits",),
        "kunjungan",
        "kunjungan-terkirim",
        "advocacy:visit_list",
        (("state", "sent"),),
        True,
    ),
    Counted(("visit_drafts",), "draf kunjungan", "draf-kunjungan"),
    Counted(("trips",), "perjalanan", "perjalanan", "advocacy:trip_list"),
    Counted(("trainings",), "bimtek", "bimtek", "advocacy:training_list"),
    Counted(
        ("followups",),
        "tenggat tindak lanjut",
        "tindak-lanjut-terbuka",
        "advocacy:followup_list",
        (("daftar", "tim"),),
    ),
    Counted(
        ("closed_followups",),
        "tindak lanjut selesai",
        "tindak-lanjut-selesai",
        "advocacy:followup_list",
        (("daftar", "selesai"),),
    ),
    Counted(
        ("commitments",),
        "tenggat komitmen",
        "komitmen",
        "advocacy:commitment_list",
        (("standing", "open"),),
        True,
    ),
    Counted(("decrees",), "SK berakhir", "sk-berakhir"),
    Counted(
        ("partnerships",),
        "kerja sama berakhir",
        "kerja-sama-berakhir",
        "advocacy:partnership_list",
    ),
]


def counts_of(totals, month, place, address):
    """
    Return [Count] of {part: how many} in a month at a place ({"province": key, "regency": key});
    `address` makes that of the calendar with a kind alone.
    """
    found = []
    for one in COUNTED:
        if number := sum(totals.get(part, 0) for part in one.parts):
            found.append((number, one.words, _url_of(one, month, place, address)))
    last = len(found) - 1
    return [Count(*one, _before(at, last)) for at, one in enumerate(found)]


def _before(at, last):
    """Return what stands before the number at this place: 4 rapat, 4 kunjungan, dan 6 tenggat."""
    if at == 0:
        return ""
    if at < last:
        return ", "
    return " dan " if last == 1 else ", dan "


def _url_of(counted, month, place, address):
    if not counted.page or ("regency" in place and not counted.by_regency):
        return address(jenis=counted.kind)
    span = {"since": month.first.isoformat(), "until": month.last.isoformat()}
    return f"{reverse(counted.page)}?{urlencode(dict(counted.asked) | span | place)}"
