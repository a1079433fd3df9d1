"""When a meeting is: on the clock of its province; and its way onto the calendar and off it."""

from datetime import timedelta

from django.utils import timezone

from advocacy.querysets.meetings import is_still_ahead
from sinergi.kit import dates
from sinergi.kit.transitions import TransitionError


class ScheduleMixin:
    """
    What makes a meeting a date on the calendar.

    planned → held; planned or held may be cancelled (for a reason); cancelled before it was held it
    may be put back on the calendar with a day.
    """

    @property
    def starts(self):
        return dates.in_zone(self.starts_at, self.province.time_zone)

    @property
    def ends(self):
        return self.ends_at and dates.in_zone(self.ends_at, self.province.time_zone)

    @property
    def zone(self):
        """WIB, WITA or WIT."""
        return dates.ZONE_NAMES[self.province.time_zone]

    @property
    def when_text(self):
        """Rabu, 19 Juni 2019, pukul 09.00–11.15 WIB"""
        if not self.day_is_set:
            return f"{dates.month_year(self.starts)}, tanggal belum ditetapkan"
        if not self.time_is_set:
            return f"{dates.full_date(self.starts)}, waktu mulai belum diisi"
        until = f"–{dates.clock(self.ends)}" if self.ends_at else ""
        return (
            f"{dates.full_date(self.starts)}, pukul {dates.clock(self.starts)}{until} {self.zone}"
        )

    @property
    def is_ahead(self):
        """Whether it is still to come; without a day, until its month is over."""
        return self.is_ahead_at(self.starts, day_is_set=self.day_is_set)

    def is_ahead_at(self, starts, *, day_is_set):
        """
        Return whether a moment on the province's clock is still to come; without a day, whether its
        month is not over.
        """
        zone_name = self.province.time_zone
        return is_still_ahead(starts, zone_name, timezone.now(), day_is_set=day_is_set)

    @staticmethod
    def implausible_day(day, team):
        """
        Return what is wrong with a meeting of this team on that day, or "": most often a mistyped
        year.
        """
        today = dates.today_in(team.province.time_zone)
        if team.formed_on - day > timedelta(days=366):
            return f"Periksa tahunnya: tim dibentuk {dates.long_date(team.formed_on)}."
        if day > today + timedelta(days=2 * 366):
            return "Periksa tahunnya: rapat dijadwalkan paling jauh dua tahun ke depan."
        return ""

    @classmethod
    def unreplannable_day(cls, day, team):
        """Return why a meeting of this team is not put back on the calendar on that day, or ""."""
        if problem := cls.implausible_day(day, team):
            return problem
        if day < dates.today_in(team.province.time_zone):
            return "Tanggal ini sudah lewat. Rapat yang sudah berlangsung dicatat sebagai baru."
        return ""

    @property
    def is_cancellable(self):
        return self.state in (self.State.PLANNED, self.State.HELD)

    @property
    def is_cancelled(self):
        return self.state == self.State.CANCELLED

    @property
    def is_replannable(self):
        """Whether it was called off before anything was written down of how it went."""
        return self.is_cancelled and self.held_at is None

    def hold(self, *, by, version=None):
        """Note down that the meeting has taken place; its minutes are being written."""
        stored = self.stored()
        if not stored.day_is_set or stored.starts_at > timezone.now() + timedelta(minutes=30):
            raise TransitionError(
                "Rapat ini belum berlangsung. Tetapkan dulu tanggal dan waktunya."
            )
        return self.move(
            self.State.HELD, by=by, version=version, sources=[self.State.PLANNED], stamp="held"
        )

    def cancel(self, *, by, reason, version=None):
        """Call off a meeting that did not take place, also one that was written down by mistake."""
        if self.commitments.exists():
            raise TransitionError(
                "Ada komitmen yang dicatat dari rapat ini. Ubah atau hapus dulu komitmennya."
            )
        return self.move(
            self.State.CANCELLED,
            by=by,
            version=version,
            sources=[self.State.PLANNED, self.State.HELD],
            stamp="cancelled",
            reason_field="cancel_reason",
            reason=reason,
        )

    def replan(self, *, by, starts_at, ends_at=None, place=None, version=None):
        """
        Put a meeting that was called off back on the calendar: it is the same meeting, with its
        invitation, agenda and files. Why it was called off stays on record. Not one that was held:
        its attendance and minutes are of the day that it had.
        """
        if self.is_cancelled and not self.is_replannable:
            raise TransitionError(
                "Rapat ini sudah pernah dicatat berlangsung. Jadwalkan rapat baru."
            )
        day = dates.in_zone(starts_at, self.province.time_zone).date()
        if self.is_cancelled and (problem := self.unreplannable_day(day, self.team)):
            raise TransitionError(problem)
        self.starts_at, self.ends_at, self.day_is_set, self.time_is_set = (
            starts_at,
            ends_at,
            True,
            True,
        )
        self.place = self.place if place is None else place
        return self.move(
            self.State.PLANNED,
            by=by,
            version=version,
            sources=[self.State.CANCELLED],
            stamp="replanned",
            also=["starts_at", "ends_at", "day_is_set", "time_is_set", "place"],
        )
