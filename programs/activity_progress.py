"""One activity of a plan against what happened: its target, its months, its cost and its yield."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from programs.activity_logs import BY_HAND, Log
from programs.models import PlannedActivity
from programs.models.activities import REPORTS, quarters_due
from programs.months import months_of
from programs.support_totals import SupportTotals
from sinergi.kit.status import Status, Tone


@dataclass
class ActivityWork:
    """
    What was done of one activity of a plan, as of `today`.

    Results are cached, so all logs are taken (`take`) before anything is read.
    """

    item: object  # programs.plan_versions.Item
    year: int
    today: date
    logs: list[Log] = field(default_factory=list)
    achieved: list[tuple[date, int]] = field(default_factory=list)

    def take(self, log):
        if log.source == BY_HAND:
            self.achieved.append((log.day, log.amount))
        else:
            self.logs.append(log)

    @cached_property
    def source(self):
        """Where its progress is counted from; None where it is noted by hand."""
        return PlannedActivity.COUNTED_FROM.get(self.item.way)

    @cached_property
    def happened(self):
        return [log for log in self.logs if log.happened]

    @property
    def scheduled(self):
        return sum(not log.happened for log in self.logs)

    @cached_property
    def done(self):
        """
        How much is done: counted from the logs of its way, or noted by hand; both for a way that
        had no logs at first.
        """
        by_hand, logs = 0, [log for log in self.happened if log.source == self.source]
        if self.source is None or self.item.way in PlannedActivity.ONCE_BY_HAND:
            by_hand = sum(amount for _, amount in self.achieved)
        if self.item.counted == PlannedActivity.Counted.REGENCIES:
            return by_hand + len({log.regency for log in logs if log.regency})
        if self.item.counted == PlannedActivity.Counted.INSTITUTIONS:
            return by_hand + len(frozenset().union(*(log.institutions for log in logs)))
        return by_hand + len(logs)

    @property
    def percent(self):
        """Percent of the target, rounded down, and 100 at the most."""
        return min(100, self.done * 100 // self.item.target)

    @property
    def by_month(self):
        """{month: (what happened, what is scheduled)} within the plan's year."""
        found = defaultdict(lambda: (0, 0))
        for log in self.logs:
            if log.day.year == self.year:
                happened, ahead = found[log.day.month]
                found[log.day.month] = (happened + log.happened, ahead + (not log.happened))
        for day, amount in self.achieved:
            if day.year == self.year:
                happened, ahead = found[day.month]
                found[day.month] = (happened + amount, ahead)
        return dict(found)

    @property
    def is_complete(self):
        return self.done >= self.item.target

    @cached_property
    def started_on(self):
        days = [log.day for log in self.happened] + [day for day, _ in self.achieved]
        return min(days, default=None)

    def _end_of(self, month):
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def starts_late(self):
        """
        Whether its first month, or the first in which reports are due, is over, and nothing had
        happened by then.
        """
        first = months_of(self.item.months)[0]
        if self.source == REPORTS and (due := quarters_due(self.year, self.item.months)):
            first = due[0].due_on.month
        return (self.started_on or self.today) > self._end_of(first)

    @property
    def is_overdue(self):
        """Whether its last month is over, and the target is not reached."""
        return not self.is_complete and self.today > self._end_of(months_of(self.item.months)[-1])

    @property
    def due_quarter(self):
        return (months_of(self.item.months)[-1] + 2) // 3

    @property
    def status(self):
        if self.is_complete:
            return Status("Selesai", Tone.APPROVED)
        if self.is_overdue:
            return Status("Lewat tenggat", Tone.LATE)
        if self.started_on:
            return Status("Berjalan", Tone.CHANGED)
        if self.starts_late:
            return Status("Terlambat mulai", Tone.LATE)
        return Status("Belum mulai", Tone.DRAFT)


@dataclass
class ActivityProgress(ActivityWork):
    """
    The work done of one activity, with what it cost and brought. Amounts are whole rupiah; money
    and goods are never added.
    """

    cash_spent: int = 0
    in_kind_spent: int = 0
    supports: Callable[[], dict] = field(
        default=dict, compare=False
    )  # {activity: SupportTotals}, read when it is asked for

    @property
    def support(self):
        """What partners promised and gave for it."""
        return self.supports().get(self.item.id, SupportTotals())
