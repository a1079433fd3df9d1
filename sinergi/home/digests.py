"""
The daily digest: who is due one, and the mail that tells what waits for them.

It tells what home shows, on working days from seven o'clock on the clock of the team, and only when
something waits and it is not what was told last.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from advocacy.cadence.alerts import alerts_of
from programs.models import Assignment
from sinergi.accounts.models import User
from sinergi.home.models import DigestPreference
from sinergi.home.tasks import read_rows_of_home, waiting_of
from sinergi.kit.dates import full_date, in_zone
from sinergi.kit.text import plain_text
from sinergi.kit.workdays import is_workday

#: From when, on the clock of the team; whoever works nationally goes by WIB.
FROM = time(7)
NATIONAL_ZONE = "Asia/Jakarta"
#: Things a mail tells; home has the rest.
MOST_TOLD = 10
#: Who gets it without having asked.
ON_BY_DEFAULT = {"chair", "secretariat"}
ONE_DAY = timedelta(days=1)
SIGNER = signing.Signer(salt="sinergi.home.digests.stop")


def lacking_settings():
    """Return the names of the settings without which no mail is sent."""
    return [name for name in ("EMAIL_HOST", "SITE_URL") if not getattr(settings, name)]


def is_on_by_default(account):
    return any(held.role in ON_BY_DEFAULT for held in account.held_roles)


def is_wanted_by(account):
    """Return whether this account is to get the digest: as it chose, else by its roles."""
    chosen = getattr(account, "digest_preference", None)
    return chosen.is_wanted if chosen else is_on_by_default(account)


def is_wanted_still_by(account):
    """
    Return whether the account of a Recipient is open and wants the digest at this very moment; both
    may have changed since the run began. One query.
    """
    rows = User.objects.filter(pk=account.pk, is_active=True)
    known = rows.select_related("digest_preference").first()
    if known is None:
        return False
    known.held_roles = account.held_roles
    return is_wanted_by(known)


@transaction.atomic
def choose_digest(*, account, is_wanted, by):
    """Keep what a person chose; choosing the same once more changes nothing."""
    account.lock()
    chosen = DigestPreference.objects.filter(account=account).first()
    if chosen is None:
        chosen = DigestPreference(account=account)
    elif chosen.is_wanted == is_wanted:
        return chosen
    chosen.is_wanted = is_wanted
    return chosen.save_as(by=by)


def stop_token(account):
    """Return what stands in the address that stops the digest of this account, and no more."""
    return SIGNER.sign(str(account.pk))


def account_of(token):
    """Return the open account whose digest this token stops, or None."""
    try:
        key = int(SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return User.objects.filter(pk=key, is_active=True).first()


@dataclass(frozen=True)
class Recipient:
    """An account that is due a digest at a moment, which is this day in its zone."""

    account: User
    zone: str
    day: date
    now: datetime


def recipients(now):
    """
    Return those who are due a digest at this moment: an open account in use, with an address and a
    role in force, on a working day, from seven o'clock on. One query.
    """
    rows = Assignment.objects.in_force(in_zone(now, NATIONAL_ZONE).date() + ONE_DAY)
    rows = rows.filter(user__is_active=True).exclude(user__email="")
    rows = rows.select_related("province", "regency", "user__digest_preference")
    by_account = groupby(rows.order_by("user", "pk"), key=lambda row: row.user)
    found = (_recipient(account, list(held), now) for account, held in by_account)
    return [one for one in found if one]


def _recipient(account, assignments, now):
    provinces = (one.province for one in assignments if one.province)
    zone = next((province.time_zone for province in provinces), NATIONAL_ZONE)
    here = in_zone(now, zone)
    day = here.date()
    account.held_roles = [one for one in assignments if one.starts_on <= day]
    is_due = here.time() >= FROM and is_workday(day)
    if not (is_due and account.held_roles and not account.is_invited and is_wanted_by(account)):
        return None
    return Recipient(account, zone, day, now)


class Digest:
    """
    What waits for a person on that day, and the mail that tells it. Reminders stand on the clock of
    their team, as on home.
    """

    def __init__(self, recipient):
        self.account, self.day = recipient.account, recipient.day
        with timezone.override(recipient.zone):
            rows = read_rows_of_home(self.account, self.day)
            alerts = alerts_of(self.account, self.day, recipient.now)
            self.waiting = waiting_of(self.account, self.day, rows, alerts)
        self.tasks = self.waiting.own

    @cached_property
    def fingerprint(self):
        """
        Return a digest of what waits: another as soon as something comes, goes, falls due or is
        late, but not because a day has passed. What is never late stays due, as on home.
        """
        told = sorted((one.title, one.url, one.button, self._stage(one)) for one in self.tasks)
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def _stage(self, task):
        return "late" if task.late_days else "today" if task.due <= self.day else "later"

    @property
    def subject(self):
        least = "sedikitnya " if self.waiting.late_is_cut else ""
        late = f", {least}{self.waiting.late} lewat tenggat" if self.waiting.late else ""
        return f"Sinergi: {self.number} hal menunggu Anda{late}"

    @property
    def number(self):
        """How much waits, with words where more does than is shown."""
        return f"{'lebih dari ' if self.waiting.is_cut else ''}{len(self.tasks)}"

    @cached_property
    def content(self):
        """Return what both forms of the mail tell."""
        return {
            "heading": f"{self.number} hal menunggu Anda",
            "day": full_date(self.day),
            "tasks": self.tasks[:MOST_TOLD],
            "more": max(len(self.tasks) - MOST_TOLD, 0),
            "site": settings.SITE_URL,
            "home": _address("home:home"),
            "preference": _address("home:digest_preference"),
            "stop": _address("home:digest_stop", stop_token(self.account)),
        }

    @property
    def text(self):
        told = self.content
        lines = [told["day"], f"{told['heading']}:"]
        for number, task in enumerate(told["tasks"], 1):
            status = f" ({task.status.label})" if task.status else ""
            note = f"\n   {plain_text(task.note)}" if task.note else ""
            url = f"\n   {told['site']}{task.url}"
            lines.append(f"{number}. {plain_text(task.title)}{status}{note}{url}")
        if told["more"]:
            lines.append(f"Dan {told['more']} lagi di beranda:\n{told['home']}")
        lines.append(
            "--\nSurel ini dikirim pada hari kerja, hanya bila ada yang menunggu Anda dan berubah"
            f" sejak yang terakhir.\nPengaturan: {told['preference']}\nBerhenti: {told['stop']}"
        )
        return "\n\n".join(lines) + "\n"

    @cached_property
    def mail(self):
        """Return the mail. Of what people type, nothing stands in its header but the address."""
        host = urlsplit(settings.SITE_URL).hostname
        mail = EmailMultiAlternatives(
            self.subject,
            self.text,
            to=[self.account.email],
            headers={
                "Message-ID": f"<ringkasan.{self.account.pk}.{self.day:%Y%m%d}@{host}>",
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{self.content['stop']}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
        mail.attach_alternative(
            render_to_string("home/digest_mail.html", self.content), "text/html"
        )
        return mail


def _address(name, *arguments):
    return f"{settings.SITE_URL}{reverse(name, args=arguments)}"
