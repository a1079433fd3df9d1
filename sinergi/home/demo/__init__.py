"""
The demonstration data: the team of Kepulauan Bangka Belitung as its library office described it in
2019, and how it might have gone on until the day of loading.

Source: "Peran Serta Tim Sinergi pada Program Revitalisasi Pengembangan Perpustakaan Umum …", an
article of the Dinas Kearsipan dan Perpustakaan of that province. From it: the regencies and
villages of 2019, the eight members by office and role, the day of founding, the tasks set then, the
stakeholder meetings planned for July and August 2019, that the Bappeda member was replaced. It
names no persons, so people here are offices and roles. Everything after it, and every hour, room,
amount, number and word of minutes, is a sample; every page says "Data percontohan" while the portal
holds it (`programs.Team.is_sample`).

The same day gives the same data. How it is told: `telling`.
"""

from datetime import date

from django.conf import settings
from django.db import transaction

from programs.models import Team
from sinergi.accounts.models import User
from sinergi.accounts.roles import ROLES
from sinergi.home.demo import advocacy, checklists, founding, plans, twelve_months, year_2019
from sinergi.home.demo.founding import ACCOUNTS, PASSWORD
from sinergi.home.demo.telling import ZONE, at, clock_at, tell
from sinergi.home.demo.world import FOUNDED, PROVINCE, World
from sinergi.kit.dates import today_in
from villages.actions import load_regions

__all__ = ["ACCOUNTS", "FOUNDED", "PASSWORD", "PROVINCE", "accounts_to_try", "is_loaded", "load"]

BEGINNING = date(2018, 11, 26)


def is_loaded():
    return Team.objects.filter(province=PROVINCE, is_sample=True).exists()


def accounts_to_try():
    """
    [(user name, role)] that the sign-in page lets in at a tap: with DEBUG alone, and only into
    demonstration data.
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
    All of it, or nothing, as it stands in the morning of `today` (default: this day in the
    province's zone).
    """
    world = World(today=today or today_in(ZONE.key))
    load_regions(province=None if whole_country else PROVINCE)
    threads = [
        thread
        for part in (founding, year_2019, plans, twelve_months, advocacy, checklists)
        for thread in part.threads(world)
    ]
    with clock_at(at(BEGINNING, "00.00")) as clock:
        tell(threads, clock=clock, until=at(world.today, "00.00"))
