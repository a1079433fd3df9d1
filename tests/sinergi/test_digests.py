"""The daily digest: who is due one, when, and what it says."""

import re
from datetime import date, timedelta
from email import message_from_bytes, policy
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programs.actions import disable_account
from sinergi.accounts.models import User
from sinergi.home.digests import Digest, Recipient, choose_digest, recipients, stop_token
from sinergi.home.models import DigestMail, DigestPreference
from tests import factories
from tests.constraints import kept, refused
from tests.sinergi.digest_world import MONDAY, SITE, assigned, at, in_charge, reader, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_is_configured(settings):
    settings.EMAIL_HOST, settings.SITE_URL = "mail.example.go.id", SITE


def names(moment):
    return {one.account.username for one in recipients(moment)}


class TestWhen:
    @pytest.mark.parametrize(
        ("province_code", "zone"),
        [("19", "Asia/Jakarta"), ("51", "Asia/Makassar"), ("91", "Asia/Jayapura")],
    )
    def test_from_seven_on_the_clock_of_the_team(self, province_code, zone):
        account = reader(province_code=province_code)
        assert names(at(6, 59, zone=zone)) == set()
        assert names(at(7, 0, zone=zone)) == {account.username}
        (one,) = recipients(at(7, 0, zone=zone))
        assert one.day == MONDAY and one.zone == zone

    def test_three_zones_come_one_after_the_other(self):
        wib, wita, wit = (reader(province_code=code) for code in ("19", "51", "91"))
        assert names(at(5, 30)) == {wit.username}
        assert names(at(6, 30)) == {wit.username, wita.username}
        assert names(at(7, 30)) == {wit.username, wita.username, wib.username}

    def test_nationally_by_the_clock_of_the_west(self):
        account = reader(province_code=None)
        assert names(at(6, 59)) == set() and names(at(7)) == {account.username}

    @pytest.mark.parametrize(
        ("day", "is_due"),
        [
            (date(2026, 11, 27), True),  # a Friday
            (date(2026, 11, 28), False),
            (date(2026, 11, 29), False),
            (date(2026, 12, 25), False),  # Christmas, a Friday
            (date(2026, 8, 17), False),  # Independence Day, a Monday
        ],
    )
    def test_on_working_days(self, day, is_due):
        reader()
        assert bool(names(at(7, day=day))) == is_due

    def test_monday_begins_in_papua_while_it_is_sunday_elsewhere(self):
        """Monday, 07.00 WIT is 05.00 WIB; Friday, 23.30 WIB is Saturday in Papua."""
        papua = reader(province_code="91")
        friday_night = at(23, 30, day=date(2026, 11, 27))
        assert papua.username not in names(friday_night)
        assert reader().username in names(friday_night)

    def test_a_role_counts_from_its_day_on_the_own_clock(self):
        account = reader(province_code="91")
        account.assignments.update(starts_on=MONDAY)
        assert names(at(7, zone="Asia/Jayapura")) == {account.username}
        account.assignments.update(starts_on=MONDAY + timedelta(days=1))
        assert names(at(7, zone="Asia/Jayapura")) == set()


class TestWho:
    @pytest.mark.parametrize(
        ("role", "by_default"),
        [
            ("chair", True),
            ("secretariat", True),
            ("administrator", False),
            ("member", False),
            ("regency_officer", False),
            ("observer", False),
        ],
    )
    def test_on_for_chair_and_secretariat_and_as_each_chose(self, role, by_default):
        where = {"regency_code": "19.01"} if role == "regency_officer" else {}
        account = reader(role, **where)
        assert bool(names(at(8))) == by_default
        for is_wanted in (not by_default, by_default):
            choose_digest(account=account, is_wanted=is_wanted, by=account)
            assert bool(names(at(8))) == is_wanted

    def test_not_who_is_closed_without_a_role_without_an_address_or_not_in_yet(self):
        closed, retired, invited = reader(), reader(), reader()
        disable_account(account=closed, reason="Pindah.", by=factories.user("administrator"))
        retired.assignments.get().end(by=factories.user("administrator"), reason="Selesai.")
        User.objects.filter(pk=invited.pk).update(password="!")
        factories.user("secretariat")
        nobody = factories.user(email="tanpa-peran@example.go.id")
        choose_digest(account=nobody, is_wanted=True, by=nobody)
        assert names(at(8)) == set()

    def test_two_roles_are_one_recipient(self):
        account = assigned(reader("member"), "chair", province_code="11")
        assert [one.account for one in recipients(at(8))] == [account]

    def test_one_query_however_many(self):
        reader()
        with CaptureQueriesContext(connection) as few:
            recipients(at(8))
        for _ in range(8):
            assigned(reader(), "member", province_code="11")
        with CaptureQueriesContext(connection) as many:
            assert len(recipients(at(8))) == 9
        assert len(few) == len(many) == 1


class TestWhatIsNew:
    def test_nothing_waits_nothing_is_sent_and_the_day_is_settled(self, mailoutbox):
        account = reader("chair")
        factories.team()
        assert send().quiet == 1 and mailoutbox == []
        assert DigestMail.objects.get().state == "quiet"
        in_charge(account)
        assert send(at(11)).sent == 0, "once a day, not at every new thing"

    def test_told_once_a_day(self, mailoutbox):
        in_charge(reader("chair"))
        assert send().sent == 1
        again = send(at(9))
        assert (again.sent, again.quiet, len(mailoutbox)) == (0, 0, 1)

    def test_the_next_day_only_what_changed(self, mailoutbox):
        account = reader("chair")
        late = in_charge(account, due_on=MONDAY - timedelta(days=3))
        days = [at(7, day=MONDAY + timedelta(days=n)) for n in range(5)]
        assert send(days[0]).sent == 1
        assert send(days[1]).quiet == 1, "one more day late is not news"
        in_charge(account, "Menyurati Bappeda", of_meeting=late.meeting)
        assert send(days[2]).sent == 1
        assert send(days[3]).quiet == 1
        late.delete()
        assert send(days[4]).sent == 1
        assert len(mailoutbox) == 3

    def test_falling_due_and_being_late_are_news(self, mailoutbox):
        in_charge(reader("chair"), due_on=MONDAY + timedelta(days=2))
        sent = [send(at(7, day=MONDAY + timedelta(days=n))).sent for n in range(5)]
        assert sent == [1, 0, 1, 1, 0]

    def test_who_acts_and_has_nothing_left_is_left_alone(self, mailoutbox):
        row = in_charge(reader("chair"))
        send()
        row.delete()
        assert send(at(7, day=MONDAY + timedelta(days=1))).quiet == 1
        assert len(mailoutbox) == 1

    def test_what_was_gone_and_comes_again_is_news(self, mailoutbox):
        account, days = (
            reader("chair"),
            [at(7, day=MONDAY + timedelta(days=n)) for n in range(4)],
        )
        row = in_charge(account)
        assert send(days[0]).sent == 1
        factories.FollowUp.objects.update(person_in_charge=factories.person())
        assert send(days[1]).quiet == 1
        factories.FollowUp.objects.update(person_in_charge=row.person_in_charge)
        assert send(days[2]).sent == 1 and send(days[3]).quiet == 1
        assert len(mailoutbox) == 2

    def test_what_failed_and_needs_no_telling_any_more_is_settled(self, mailoutbox):
        account = reader("chair")
        row = in_charge(account)
        failed = DigestMail.objects.claim(account, MONDAY, fingerprint="x", now=at(7))
        failed.mark_failed(ValueError())
        row.delete()
        assert send(at(8)).quiet == 1
        assert DigestMail.objects.get().state == "quiet" and mailoutbox == []


class Links(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.tags = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.links += [value for name, value in attrs if name == "href"]


class TestContent:
    def mail(self, account, **row):
        in_charge(account, **row)
        return Digest(next(one for one in recipients(at(8)) if one.account == account)).mail

    def test_text_to_read(self):
        mail = self.mail(reader("chair"), due_on=MONDAY - timedelta(days=3))
        assert mail.subject == "Sinergi: 1 hal menunggu Anda, 1 lewat tenggat"
        row = reverse("advocacy:followup_detail", args=[factories.FollowUp.objects.get().pk])
        lines = mail.body.splitlines()
        assert lines[:3] == ["Senin, 23 November 2026", "", "1 hal menunggu Anda:"]
        assert lines[4] == "1. Menyusun usulan (Terlambat 3 hari)"
        assert lines[6] == f"   {SITE}{row}"
        assert "<" not in mail.body and "&" not in mail.body

    def test_both_forms_tell_the_same_and_lead_to_the_portal_alone(self):
        account = reader("chair")
        mail = self.mail(account)
        (html,) = (part.content for part in mail.alternatives)
        page = Links(html)
        assert len(page.links) == 4 and set(page.links) == {
            link.strip() for link in re.findall(r"https://\S+", mail.body)
        } | {f"{SITE}/"}
        assert all(link.startswith(f"{SITE}/") for link in page.links)
        assert not [tag for tag, attrs in page.tags if "style" in attrs or tag in ("img", "script")]

    def test_ten_and_how_many_more(self):
        account = reader("chair")
        mail = self.mail(account)
        meeting = factories.meeting(starts_at=at(9, day=date(2099, 1, 2)))
        for number in range(9):
            in_charge(account, f"Usulan {number}", of_meeting=meeting)
        assert " lagi" not in Digest(recipients(at(8))[0]).mail.body
        assigned(account, "secretariat")
        for number in range(4):
            factories.minutes(title=f"Rapat {number}")
        (recipient,) = recipients(at(8))
        digest = Digest(recipient)
        own = [task.title for task in digest.tasks if not task.alert]
        assert len(own) == 1 + 9 + 4 and not any(task.waits_for_others for task in digest.tasks)
        number = len(digest.tasks)
        assert digest.subject.startswith(f"Sinergi: {number} hal menunggu Anda")
        assert "10. " in digest.text and "11. " not in digest.text
        rest = f"Dan {number - 10} lagi di beranda"
        assert f"{rest}:\n{SITE}/" in digest.text
        assert f'<a href="{SITE}/">{rest}</a>' in digest.mail.alternatives[0].content
        assert mail.to == digest.mail.to == [account.email]

    def test_headers(self, mailoutbox):
        account = reader("chair")
        in_charge(account)
        send()
        sent = message_from_bytes(mailoutbox[0].message().as_bytes(), policy=policy.default)
        assert sent["Message-ID"] == f"<ringkasan.{account.pk}.20261123@sinergi.example.go.id>"
        assert sent["Auto-Submitted"] == "auto-generated"
        stop = f"{SITE}{reverse('home:digest_stop', args=[stop_token(account)])}"
        assert sent["List-Unsubscribe"].strip() == f"<{stop}>", "folded, for it is long"
        assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert sent["To"] == account.email and not sent["Cc"] and not sent["Bcc"]
        assert sent.get_content_type() == "multipart/alternative"

    HOSTILE = 'Rapat</a><script>alert(1)</script> "& & <b>\r\nBcc: semua@example.go.id'

    def test_what_people_type_is_text_and_nothing_else(self, mailoutbox):
        account = reader("chair")
        User.objects.filter(pk=account.pk).update(first_name=self.HOSTILE)
        in_charge(account, self.HOSTILE)
        assert send().sent == 1
        sent = message_from_bytes(mailoutbox[0].message().as_bytes(), policy=policy.default)
        assert not sent["Bcc"] and "Bcc" not in sent["Subject"]
        html = sent.get_body(["html"]).get_content()
        assert "<script>" not in html and "&lt;script&gt;alert(1)" in html
        text = sent.get_body(["plain"]).get_content()
        assert '1. Rapat</a><script>alert(1)</script> "& & <b> Bcc: semua@example.go.id' in text

    def test_an_address_with_a_line_break_is_refused_with_words(self, mailoutbox):
        """Past every check: as a row of an old database might have it."""
        account = reader("chair")
        in_charge(account)
        table = User._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET email = %s WHERE id = %s",
                ["a@example.go.id\nBcc: b@example.go.id", account.pk],
            )
        result = send()
        assert mailoutbox == [] and result.sent == 0
        row = DigestMail.objects.get()
        assert row.state == "failed" and "ganti baris" in row.error_words
        assert account.username in result.words

    def test_it_tells_what_its_reader_may_see(self):
        here, elsewhere = reader(), reader(province_code="11")
        factories.minutes(factories.team(), title="Rapat di sini")
        factories.minutes(factories.team("11"), title="Rapat di Aceh")
        found = {one.account: Digest(one).text for one in recipients(at(8))}
        assert "Rapat di sini" in found[here] and "Rapat di Aceh" not in found[here]
        assert "Rapat di Aceh" in found[elsewhere] and "Rapat di sini" not in found[elsewhere]

    @pytest.mark.both("what waits is read by SQL of either database")
    def test_a_person_costs_no_more_queries_with_more_rows(self):
        account = reader()
        in_charge(account)
        team = factories.minutes().team

        def asked():
            DigestMail.objects.all().delete()
            with CaptureQueriesContext(connection) as queries:
                assert send().sent == 1
            return len(queries)

        asked()
        few = asked()
        for number in range(12):
            factories.minutes(team, title=f"Rapat {number}")
        assert asked() == few
        reader("chair")
        several = asked()
        # Home's own fifteen; the last mail, whether it is wanted still, the claim, and the end.
        assert several - few <= 15 + 8


@pytest.mark.both("constraints")
class TestConstraints:
    def row(self, **fields):
        account = fields.pop("account", None) or reader()
        row = DigestMail(account=account, day=MONDAY, claimed_at=timezone.now(), **fields)
        row.save()
        return row

    def test_one_mail_a_day(self):
        row = self.row()
        assert DigestMail.objects.claim(row.account, MONDAY, fingerprint="", now=at(8)) is None
        assert DigestMail.objects.claim(reader(), MONDAY, fingerprint="", now=at(8))
        other = self.row()
        refused(other, account=row.account)
        kept(other, account=row.account, day=MONDAY + timedelta(days=1))

    def test_claimed_before_sending(self):
        row = self.row()
        refused(row, claimed_at=None)
        kept(row, claimed_at=None, state="quiet")

    def test_sent_at_a_moment_and_nothing_else_is(self):
        row = self.row()
        refused(row, state="sent")
        refused(row, sent_at=at(8))
        kept(row, state="sent", sent_at=at(8))

    def test_one_choice_an_account(self):
        one, other = reader(), reader()
        for account in (one, other):
            choose_digest(account=account, is_wanted=False, by=account)
        refused(DigestPreference.objects.get(account=one), account=other)


class TestDayAlone:
    def test_an_agreement_that_ends_soon_is_no_news_the_day_after(self):
        """What is told of it is its day, not how many days are left."""
        team = factories.team()
        account = reader("secretariat")
        factories.partnership(team, ends_on=MONDAY + timedelta(days=40))
        days = [MONDAY + timedelta(days=n) for n in (0, 1)]
        first, second = (
            Digest(Recipient(account, "Asia/Jakarta", day, at(8, day=day))) for day in days
        )
        assert any("Kerja sama berakhir" in task.title for task in first.tasks)
        assert first.fingerprint == second.fingerprint
