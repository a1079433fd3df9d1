"""Who gets a digest, and for whom something waits: what tests of the daily digest begin with."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from programs.models import Person
from sinergi.home.digest_sending import Round
from tests import factories

SITE = "https://sinergi.example.go.id"
MONDAY = date(2026, 11, 23)


def at(hour, minute=0, day=MONDAY, zone="Asia/Jakarta"):
    """Return that moment on the clock of a zone."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))


def send(moment=None):
    """Send what is due at a moment, by default Monday at half past seven, and return the result."""
    moment = moment or at(7, 30)
    return Round(clock=lambda: moment).run()


def reader(role="secretariat", *, email="", **where):
    """Return an account with an address that gets digests by its role, unless told otherwise."""
    name = f"pembaca{next(factories.counter)}"
    made = factories.user(username=name, email=email or f"{name}@example.go.id")
    return assigned(made, role, **where)


def assigned(account, role, **where):
    """Give an account a role that it has held since the team was formed."""
    factories.assign(account, role, **where)
    account.assignments.update(starts_on=factories.FOUNDED)
    return account


def in_charge(account, what="Menyusun usulan", *, due_on=date(2026, 12, 24), of_meeting=None):
    """Put a follow-up into the hands of an account."""
    holder = Person.objects.filter(user=account).first() or factories.person(account=account)
    meeting = of_meeting or factories.meeting(starts_at=at(9, day=date(2099, 1, 2)))
    return factories.followup(meeting, person_in_charge=holder, what=what, due_on=due_on)
