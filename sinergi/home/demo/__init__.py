"""
Load the demonstration data: the team of Kepulauan Bangka Belitung as its library office described
it in 2019, and how it might have gone on until the day of loading.

Source: "Peran Serta Tim Sinergi pada Program Revitalisasi Pengembangan Perpustakaan Umum …", an
article of the Dinas Kearsipan dan Perpustakaan of that province. From it: the regencies and
villages of 2019, the eight members by office and role, the day of founding, the tasks set then, the
stakeholder meetings planned for July and August 2019, that the Bappeda member was replaced. It
names no persons, so people here are offices and roles. Everything after it, and every hour, room,
amount, number and word of minutes, is a sample; every page says "Data percontohan" while the portal
holds it (`programs.Team.is_sample`).

Loading on the same day gives the same data. The modules define storylines, which `timeline` runs.
"""

from datetime import date

from django.conf import settings
from django.db import transaction

from programs.models import Team
from sinergi.accounts.models import User
from sinergi.accounts.roles import ROLES
from sinergi.home.demo.advocacy import advocacy_storylines
from sinergi.home.demo.cadence import cadence_storylines
from sinergi.home.demo.checklists import checklist_storylines
from sinergi.home.demo.expansion import expansion_storylines
from sinergi.home.demo.founding import ACCOUNTS, PASSWORD, founding_storylines
from sinergi.home.demo.plans import plan_storylines
from sinergi.home.demo.recent_meetings import recent_meeting_storylines
from sinergi.home.demo.reports import report_storylines
from sinergi.home.demo.thresholds import threshold_storylines
from sinergi.home.demo.timeline import ZONE, at, run_storylines, simulated_time
from sinergi.home.demo.trips import trip_storylines
from sinergi.home.demo.visits import visit_storylines
from sinergi.home.demo.world import FOUNDED, PROVINCE, World
from sinergi.home.demo.year_2019 import storylines_of_2019
from sinergi.kit.dates import today_in
from villages.actions import load_regions

__all__ = ["ACCOUNTS", "FOUNDED", "PASSWORD", "PROVINCE", "accounts_to_try", "is_loaded", "load"]

BEGINNING = date(2018, 11, 26)
#: In this order at the same moment.
STORYLINES = [
    founding_storylines,
    storylines_of_2019,
    plan_storylines,
    recent_meeting_storylines,
    advocacy_storylines,
    checklist_storylines,
    visit_storylines,
    trip_storylines,
    threshold_storylines,
    report_storylines,
    expansion_storylines,
    cadence_storylines,
]


def is_loaded():
    """Return whether the demonstration data is in this database."""
    return Team.objects.filter(province=PROVINCE, is_sample=True).exists()


def accounts_to_try():
    """
    Return [(user name, role)] of the accounts that the sign-in page offers at a tap: with DEBUG
    alone, and only into demonstration data.
    """
    if not settings.DEBUG or not is_loaded():
        return []
    open_ones = set(User.objects.filter(is_active=True).values_list("username", flat=True))
    return [
        (username, ROLES[role].label) for username, _, role, *_ in ACCOUNTS if username in open_ones
    ]


@transaction.atomic
def load(*, whole_country=True, today=None):
    """
    Load all of it, or nothing, as it stands in the morning of `today` (default: this day in the
    province's zone).
    """
    world = World(today=today or today_in(ZONE.key))
    load_regions(province=None if whole_country else PROVINCE)
    storylines = [storyline for storylines_of in STORYLINES for storyline in storylines_of(world)]
    with simulated_time(at(BEGINNING, "00.00")) as clock:
        run_storylines(storylines, clock=clock, until=at(world.today, "00.00"))
