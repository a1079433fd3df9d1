"""What makes a digest another than the last one, and on whose day things are told."""

from datetime import timedelta

import pytest

from advocacy.models import Meeting
from sinergi.home.digests import Digest, recipients
from tests import factories
from tests.sinergi.digest_world import MONDAY, SITE, assigned, at, in_charge, reader, send

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def mail_is_configured(settings):
    settings.EMAIL_HOST, settings.SITE_URL = "mail.example.go.id", SITE


def sent_on(days):
    """Return how many mails went out on each of so many days, from Monday on at seven o'clock."""
    return [send(at(7, day=MONDAY + n * DAY)).sent for n in range(days)]


def minutes_of_that_morning():
    made = factories.minutes(state="submitted", by=factories.user("secretariat"))
    Meeting.objects.filter(pk=made.pk).update(submitted_at=at(6, 30))
    reader("chair")


def meeting_to_write_up():
    factories.minutes(starts_at=at(6, 30), followups=[])
    reader("secretariat")


@pytest.mark.parametrize("make", [minutes_of_that_morning, meeting_to_write_up])
def test_what_is_never_late_is_told_once_also_when_it_is_of_that_day(make, mailoutbox):
    make()
    assert sent_on(3) == [1, 0, 0]
    assert len(mailoutbox) == 1


def test_beside_it_what_falls_due_and_is_late_is_news(mailoutbox):
    account = reader("chair")
    minutes = factories.minutes(state="submitted", by=factories.user("secretariat"))
    Meeting.objects.filter(pk=minutes.pk).update(submitted_at=at(6, 30))
    in_charge(account, due_on=MONDAY + 2 * DAY)
    assert sent_on(5) == [1, 0, 1, 1, 0]


@pytest.mark.parametrize(("hour", "days"), [(20, {MONDAY}), (23, {MONDAY, MONDAY + DAY})])
def test_each_team_is_told_of_on_its_own_day(hour, days):
    """At 23.00 WIB it is Tuesday in Papua: what ended on Monday is over there, and not here."""
    account = assigned(reader("secretariat"), "secretariat", province_code="91")
    for code in ("19", "91"):
        factories.partnership(factories.team(code), ends_on=MONDAY)
    (recipient,) = recipients(at(hour))
    assert (recipient.account, recipient.zone) == (account, "Asia/Jakarta")
    alerts = [task.alert for task in Digest(recipient).tasks if task.alert]
    ended = {one.team.province_id: one for one in alerts if one.rule.kind == "partnership"}
    assert {one.today for one in ended.values()} == days
    assert ended["19"].late_days == 0
    assert ended["91"].late_days == len(days) - 1


@pytest.mark.parametrize(
    ("late", "others", "subject"),
    [
        (30, 0, "30 hal menunggu Anda, 30 lewat tenggat"),
        (30, 1, "lebih dari 30 hal menunggu Anda, 30 lewat tenggat"),
        (31, 0, "lebih dari 30 hal menunggu Anda, sedikitnya 30 lewat tenggat"),
        (0, 31, "lebih dari 30 hal menunggu Anda"),
    ],
)
def test_the_subject_says_where_more_waits_and_more_is_late_than_is_shown(late, others, subject):
    account = reader("chair")
    meeting = factories.meeting(starts_at=at(9, day=MONDAY + 365 * DAY))
    for n in range(late + others):
        in_charge(account, of_meeting=meeting, due_on=MONDAY + (-DAY if n < late else 9 * DAY))
    assert Digest(recipients(at(8))[0]).subject == f"Sinergi: {subject}"
