"""The daily chores in one: each by itself, none twice at once, and missed when they stop."""

import io
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sinergi.accounts.models import Session
from sinergi.home import chores
from sinergi.home.chores import CHORES, DAILY, Chore, chore_warning, run_daily
from sinergi.home.models import ChoreRun, DigestMail
from sinergi.home.models.chores import STOPPED_AFTER
from tests import factories
from tests.constraints import kept, refused
from tests.pages import html_of
from tests.sinergi.digest_world import at, reader

pytestmark = pytest.mark.django_db

FIRST, HOUR = at(7, 5), timedelta(hours=1)


@pytest.fixture
def done(monkeypatch):
    """Return what is called in the place of the commands; those in `fails` raise."""
    told = SimpleNamespace(called=[], fails=set())

    def call(command, *, stdout, stderr):
        told.called.append(command)
        stdout.write(f"{command} selesai.\n")
        if command in told.fails:
            raise CommandError("tidak bisa")

    monkeypatch.setattr(chores, "call_command", call)
    return told


def daily(moment=FIRST):
    return run_daily(clock=lambda: moment)


ALL = [one.command for one in CHORES]


class TestDaily:
    def test_all_of_them_and_again_on_the_next_day(self, done):
        assert [one.chore.command for one in daily()] == ALL
        assert all(one.is_ok for one in daily(FIRST + 24 * HOUR))
        assert done.called == ALL * 2

    def test_hourly_only_what_knows_when(self, done):
        for hour in range(4):
            daily(FIRST + hour * HOUR)
        assert done.called == [*ALL, *["send_digest"] * 3]

    def test_a_new_day_begins_at_midnight_of_the_portals_zone(self, done):
        daily(at(23, 5))
        assert len(daily(at(23, 55))) == 1
        assert len(daily(at(0, 5) + 24 * HOUR)) == len(ALL)

    def test_one_that_fails_stops_no_other_and_is_tried_again(self, done):
        done.fails.add("purge_uploads")
        ended = {one.chore.command: one for one in daily()}
        assert list(ended) == ALL
        assert [name for name, one in ended.items() if not one.is_ok] == ["purge_uploads"]
        assert "CommandError: tidak bisa" in ended["purge_uploads"].said
        row = ChoreRun.objects.get(name="purge_uploads")
        assert (row.is_ok, row.is_running, row.succeeded_at) == (False, False, None)
        assert "tidak bisa" in row.said
        done.fails.clear()
        assert [one.chore.command for one in daily(FIRST + HOUR)] == [
            "send_digest",
            "purge_uploads",
        ]
        assert ChoreRun.objects.get(name=DAILY).is_ok

    def test_the_second_at_once_leaves(self, done):
        assert ChoreRun.objects.begin(DAILY, FIRST)
        assert daily(FIRST + timedelta(minutes=5)) is None and done.called == []

    def test_one_that_was_stopped_is_given_up_before_the_next_hour(self, done):
        stopped = ChoreRun.objects.begin(DAILY, FIRST)
        ChoreRun.objects.begin("purge_uploads", FIRST + timedelta(minutes=9))
        assert STOPPED_AFTER < HOUR
        assert len(daily(FIRST + HOUR)) == len(ALL)
        assert not stopped.end(is_ok=False, said="terlambat", now=FIRST + 2 * HOUR)
        assert ChoreRun.objects.get(name=DAILY).is_ok

    def test_the_real_ones_run(self, settings):
        settings.EMAIL_HOST = ""
        Session.objects.create(session_key="lama", expire_date=timezone.now() - HOUR)
        ended = run_daily()
        assert [(one.chore.command, one.is_ok) for one in ended] == [(name, True) for name in ALL]
        assert not Session.objects.exists()
        assert "belum diatur" in ended[0].said

    def test_a_chore_is_a_line(self, done):
        more = (*CHORES, Chore("axes_reset_logs", "catatan masuk yang lama"))
        run_daily(chores=more, clock=lambda: FIRST)
        assert done.called == [*ALL, "axes_reset_logs"]


class TestRefused:
    def test_mails_that_were_refused_for_good_are_told_for_three_days(self):
        """The run after the last try is well again; whoever looks later is told all the same."""
        account = factories.user("chair")
        mail = DigestMail.objects.create(account=account, day=FIRST.date(), claimed_at=FIRST)
        DigestMail.objects.filter(pk=mail.pk).update(state="failed", tries=2)
        ChoreRun.objects.filter(name=DAILY).update(finished_at=FIRST)
        assert chore_warning(FIRST + HOUR) == ""
        DigestMail.objects.filter(pk=mail.pk).update(tries=3)
        assert chore_warning(FIRST + HOUR) == "Ada ringkasan harian yang ditolak server surel."
        ChoreRun.objects.filter(name=DAILY).update(finished_at=FIRST + 96 * HOUR)
        assert chore_warning(FIRST + 97 * HOUR) == ""


class TestCommand:
    def test_it_says_what_each_did(self, done):
        told = io.StringIO()
        call_command("daily", stdout=told)
        assert re.findall(r"^(\w+): \w+ selesai\.$", told.getvalue(), re.MULTILINE) == ALL

    def test_it_fails_when_one_does(self, done):
        done.fails.add("purge_imports")
        told = io.StringIO()
        with pytest.raises(CommandError, match=r"Gagal: purge_imports\."):
            call_command("daily", stdout=told)
        assert "purge_imports: GAGAL." in told.getvalue() and "clearsessions" in told.getvalue()

    def test_the_second_says_that_another_runs(self, done):
        ChoreRun.objects.begin(DAILY, timezone.now())
        told = io.StringIO()
        call_command("daily", stdout=told)
        assert "sedang berjalan" in told.getvalue() and done.called == []


class TestWarning:
    def test_after_26_hours(self, done):
        daily(FIRST)
        assert chore_warning(FIRST + 25 * HOUR) == ""
        assert chore_warning(FIRST + 26 * HOUR) == ""
        told = "Tugas harian terakhir: 23 Nov 07.05."
        assert chore_warning(FIRST + 27 * HOUR) == told

    def test_while_one_runs_the_last_that_ended_counts(self, done):
        daily(FIRST)
        ChoreRun.objects.begin(DAILY, FIRST + 30 * HOUR)
        assert "23 Nov 07.05" in chore_warning(FIRST + 30 * HOUR)

    def test_never_counts_from_the_installation(self):
        ChoreRun.objects.update_or_create(name=DAILY, defaults={"since": FIRST})
        assert chore_warning(FIRST + 25 * HOUR) == ""
        assert chore_warning(FIRST + 27 * HOUR) == "Tugas harian terakhir: belum pernah."

    def test_the_migration_begins_to_count(self):
        """As the template of the test database was migrated."""
        assert ChoreRun.objects.get(name=DAILY).since <= timezone.now()

    def test_not_while_the_portal_is_tried_out(self, settings):
        ChoreRun.objects.update_or_create(name=DAILY, defaults={"since": FIRST})
        settings.DEBUG = True
        assert chore_warning(FIRST + 27 * HOUR) == ""

    def test_one_that_failed_is_named_until_it_succeeds(self, done):
        done.fails.add("purge_uploads")
        daily(FIRST)
        told = "Tugas harian yang gagal: berkas yang tidak jadi disimpan."
        assert chore_warning(FIRST + HOUR) == told
        done.fails.clear()
        daily(FIRST + HOUR)
        assert chore_warning(FIRST + HOUR) == ""

    def test_a_lost_mail_is_told_for_some_days(self, done):
        daily(FIRST)
        DigestMail.objects.claim(reader(), FIRST.date(), fingerprint="x", now=FIRST)
        assert chore_warning(FIRST + timedelta(minutes=5)) == ""
        assert "tidak diketahui terkirim" in chore_warning(FIRST + HOUR)
        daily(FIRST + 90 * HOUR)
        assert chore_warning(FIRST + 91 * HOUR) == ""

    def test_one_query(self, done):
        daily(FIRST)
        with CaptureQueriesContext(connection) as asked:
            chore_warning(FIRST)
        assert len(asked) == 1

    def test_its_words_on_a_page(self):
        page = render_to_string("home/_chore_warning.html", {"chore_warning": "Tugas <gagal>."})
        assert "Tugas &lt;gagal&gt;." in page and "/admin/home/chorerun/" in page
        assert not render_to_string("home/_chore_warning.html", {"chore_warning": ""}).strip()


class TestAdmin:
    @pytest.mark.parametrize("name", ["digestmail", "chorerun"])
    def test_administrators_look_and_change_nothing(self, client, sign_in, name):
        account = sign_in("administrator")
        DigestMail.objects.claim(account, FIRST.date(), fingerprint="x", now=FIRST)
        url = f"/admin/home/{name}/"
        assert client.get(url).status_code == 200
        assert client.get(f"{url}add/").status_code == 403
        row = {"digestmail": DigestMail, "chorerun": ChoreRun}[name].objects.first()
        assert client.get(f"{url}{row.pk}/change/").status_code == 200
        assert client.post(f"{url}{row.pk}/change/", {}).status_code == 403
        assert client.post(f"{url}{row.pk}/delete/", {"post": "yes"}).status_code == 403

    def test_mails_of_the_own_place_alone(self, client, sign_in):
        here, elsewhere = reader(), reader(province_code="11")
        for account in (here, elsewhere):
            DigestMail.objects.claim(account, FIRST.date(), fingerprint="x", now=FIRST)
        sign_in("administrator")
        page = html_of(client.get("/admin/home/digestmail/"))
        assert str(here) in page and "Tidak diketahui terkirim" in page
        (row,) = DigestMail.objects.filter(account=elsewhere)
        assert client.get(f"/admin/home/digestmail/{row.pk}/change/").status_code == 302

    def test_the_secretariat_has_no_such_list(self, client, sign_in):
        account = sign_in("secretariat")
        assert not DigestMail.objects.visible_to(account).exists()
        assert not ChoreRun.objects.visible_to(account).exists()
        assert client.get("/admin/home/chorerun/").status_code in (302, 403)


@pytest.mark.both("a constraint")
def test_what_runs_runs_since_a_moment():
    row = ChoreRun.objects.create(name="tugas", since=FIRST)
    refused(row, is_running=True)
    kept(row, is_running=True, started_at=FIRST)
