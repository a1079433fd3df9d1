"""Tasks of expansion: to go on with the villages that stand still longer than their team allows."""

from datetime import date

from advocacy.expansion_coverage import village_list_url
from advocacy.filters.expansion import STILL
from advocacy.models import ExpansionStep
from advocacy.querysets.expansion_villages import still_by_province
from sinergi.home.first_steps import JSONRows
from sinergi.home.task import Task
from sinergi.kit.dates import long_date
from sinergi.kit.status import Status, Tone
from sinergi.kit.templatetags.sinergi import thousands

MOVE = "advocacy.move_expansioncase"


def still_annotation(user, today):
    """
    Return {"still": an expression}, or {} for a user who moves no villages. It gives, of each
    province, what `still_by_province` does, and is read along with another row, as the first steps
    are. Whoever works in the whole country finds these villages in the coverage.
    """
    scope = user.scope(MOVE)
    if scope.national or not scope:
        return {}
    return {
        "still": JSONRows(still_by_province(ExpansionStep.objects.visible_to(user, MOVE), today))
    }


def still_of(row):
    """Return the villages that stand still, by province, of a row that was read so, or None."""
    return sorted(getattr(row, "still", None) or [], key=lambda one: one["name"])


def expansion_tasks(still, today):
    """Yield one task for each province: its villages are gone through together."""
    for one in still:
        since = date.fromisoformat(one["earliest"])
        days, cases = thousands((today - since).days), thousands(one["cases"])
        yield Task(
            title=f"Lanjutkan {cases} desa menuju program",
            url=village_list_url(province=one["province"], keadaan=STILL),
            due=since,
            note=f"{one['name']}: di atas {one['limit']} hari tanpa langkah berikutnya, paling lama"
            f" {days} hari, sejak {long_date(since)}",
            button="Lihat desanya",
            status=Status("Belum ada kemajuan", Tone.WAITING),
            urgent=True,
        )
