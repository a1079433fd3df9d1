"""
Histories: every change once and in order, with what stood there before, also of what is gone;
within one's places.
"""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.models import CaseStep
from programs.actions import merge_into, move_activity
from programs.models import AccountEvent, BudgetLine, Expense, PlannedActivity, WorkPlan
from sinergi.accounts.models import User
from sinergi.kit.history import HistoryPage, RowsUnder, keys_of, title_of
from tests import factories
from tests.pdfs import CATALOG, written
from tests.test_access import url_names
from villages.models import Library, Participation

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def page_of(*histories, size=50, **params):
    return HistoryPage(
        *histories,
        params=params,
        size=size,
        sentence=lambda row, name, verb: f"{title_of(row)} {verb}",
    )


def walk(*histories, size):
    """Return the pages read forwards, and those read back again."""
    page = page_of(*histories, size=size)
    forwards = [page]
    while page.next:
        page = page_of(*histories, size=size, setelah=page.next)
        forwards.append(page)
    backwards = [page]
    while page.previous:
        page = page_of(*histories, size=size, sebelum=page.previous)
        backwards.insert(0, page)
    assert page.is_first
    return forwards, backwards


def text_of(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())).split())


def many(record, number, **told):
    """
    Write so many more versions of a record, an hour apart; `told` is a column and what it says each
    time.
    """
    (name, make), *_ = told.items()
    first, history = record.history.first(), type(record).history
    columns = {field.attname: getattr(first, field.attname) for field in first.tracked_fields}
    history.bulk_create(
        history.model(
            **columns | {name: make(n)},
            history_date=first.history_date + (n + 1) * HOUR,
            history_type="~",
            history_user_id=first.history_user_id,
        )
        for n in range(number)
    )


@pytest.mark.both("events of many tables are put in order by SQL")
class TestPages:
    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        rows=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=20),
        size=st.integers(1, 6),
    )
    def test_every_change_once_and_in_order_whatever_shares_a_moment(self, rows, size):
        libraries, years = Library.history, Participation.history
        libraries.all().delete()
        years.all().delete()
        start = timezone.now()
        for n, (table, hours) in enumerate(rows):
            common = {
                "id": 1,
                "version": n,
                "history_date": start + hours * HOUR,
                "history_type": "+",
            }
            if table:
                years.create(year=2010 + n, **common)
            else:
                libraries.create(name=f"{n}", level="village", **common)
        forwards, backwards = walk(libraries.all(), years.all(), size=size)
        expected = sorted(
            [
                (row.history_date, number, row.history_id)
                for number, of in enumerate((libraries, years))
                for row in of.all()
            ],
            reverse=True,
        )
        for pages in (forwards, backwards):
            found = [row for page in pages for row in page.rows]
            assert [
                (row.history_date, int(row.instance_type is Participation), row.history_id)
                for row in found
            ] == expected
            assert all(len(page.rows) <= size for page in pages)

    @pytest.mark.parametrize("size", [1, 7, 50])
    def test_old_and_new_are_right_at_the_edge_of_a_page(self, size):
        library = factories.library(head="awal")
        many(library, 120, head=str)
        told = [event for page in walk(library.history.all(), size=size)[0] for event in page]
        assert [(event.changes[0].old, event.changes[0].new) for event in told[:-1]] == [
            (str(n - 1) if n else "awal", str(n)) for n in reversed(range(120))
        ]
        assert told[-1].title == f"Perpustakaan “{library.name}” ditambahkan"

    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        rows=st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3)), max_size=25),
        size=st.integers(1, 4),
    )
    def test_rows_under_several_records_are_all_there_and_in_order(self, rows, size):
        """The activities 1 to 3 of a plan, one of them deleted; 4 belongs to another."""
        lines, activities = BudgetLine.history, PlannedActivity.history
        lines.all().delete()
        activities.all().delete()
        PlannedActivity.objects.all().delete()
        plan = WorkPlan.objects.first() or factories.plan(factories.team(), activities=0)
        start, common = (
            timezone.now(),
            {"plan": plan, "role": 1, "title": "Kegiatan", "way": "visit", "months": 64},
        )
        PlannedActivity.objects.bulk_create(PlannedActivity(pk=key, **common) for key in (1, 2))
        activities.create(id=3, version=1, history_date=start, history_type="-", **common)
        for n, (activity, hours) in enumerate(rows):
            lines.create(
                id=activity,
                activity_id=activity,
                version=n,
                amount=n,
                history_date=start + hours * HOUR,
                history_type="+",
            )
        under = RowsUnder(BudgetLine, "activity", sorted(keys_of(PlannedActivity, plan=plan)))
        expected = list(
            lines.filter(activity_id__in=[1, 2, 3]).order_by("-history_date", "-history_id")
        )
        assert under.keys == [1, 2, 3]
        for pages in walk(lines.none(), under, size=size):
            assert [row for page in pages for row in page.rows] == expected

    def test_a_record_of_its_own_on_each_page_has_its_own_version_before(self):
        one, other = (
            factories.library(head="A"),
            factories.library(factories.village("19.01.06.2003", "Dalil"), head="B"),
        )
        many(one, 3, head=lambda n: f"A{n}")
        many(other, 3, head=lambda n: f"B{n}")
        told = [
            change
            for page in walk(Library.history.all(), size=2)[0]
            for event in page
            for change in event.changes
        ]
        heads = [
            (change.old, change.new) for change in told if change.what == "kepala atau pengelola"
        ]
        assert all(old is None or old[0] == new[0] for old, new in heads) and len(heads) == 8

    def test_what_says_nothing_leaves_the_pager(self, client, sign_in):
        sign_in("secretariat")
        library = factories.library(head="Tetap")
        many(library, 60, head=lambda n: "Tetap")
        url = reverse("villages:library_history", args=[library.pk])
        assert "Tidak ada isi yang berubah pada halaman ini" in text_of(client, url)
        next_page = client.get(url).context["page"].next
        assert f"{library.name}” ditambahkan" in text_of(client, f"{url}?setelah={next_page}")

    @pytest.mark.parametrize(
        "cursor", ["x", "W10", "WyJhIiwiMSIsIjEiXQ", "é", "WyIyMDE5LTAxLTAxIiwiMSIsIjEiXQ"]
    )
    def test_a_cursor_made_by_hand_is_the_first_page(self, client, sign_in, cursor):
        sign_in("secretariat")
        library = factories.library()
        answer = client.get(
            reverse("villages:library_history", args=[library.pk]), {"setelah": cursor}
        )
        assert answer.status_code == 200 and len(answer.context["page"]) == 1

    def test_two_rows_and_two_hundred_ask_alike(self, client, sign_in):
        account = sign_in("secretariat")
        team = factories.team()
        meeting, plan = factories.minutes(team, by=account), factories.plan(team, by=account)
        activity = plan.activities.get()
        expense = factories.expense(activity, by=account)
        case = factories.case(team, by=account)
        commitment = factories.commitment(team, by=account)
        came = factories.realisation(commitment, by=account)
        library = factories.library(by=account)
        rows = [
            (meeting, {"title": lambda n: f"Rapat {n}"}),
            (meeting.agenda.first(), {"notes": lambda n: f"Catatan {n}"}),
            (meeting.attendance.first(), {"note": str}),
            (meeting.followups.get(), {"what": lambda n: f"Tugas {n}"}),
            (plan, {"note": str}),
            (activity, {"output": str}),
            (activity.lines.get(), {"amount": lambda n: n + 1}),
            (expense, {"what": str}),
            (case, {"note": str}),
            (case.steps.get(), {"note": lambda n: f"Langkah {n}"}),
            (commitment, {"description": str}),
            (came, {"note": str}),
            (library, {"head": str}),
            (team, {"name": str}),
            (team.memberships.first(), {"position": str}),
        ]
        urls = [
            reverse(f"{name}_history", args=[of.pk])
            for name, of in [
                ("advocacy:meeting", meeting),
                ("programs:plan", plan),
                ("programs:activity", activity),
                ("advocacy:case", case),
                ("advocacy:commitment", commitment),
                ("villages:library", library),
                ("programs:team", team),
            ]
        ]
        for record, told in rows:
            many(record, 2, **told)

        def asked():
            counts = {}
            for url in urls:
                with CaptureQueriesContext(connection) as captured:
                    answer = client.get(url)
                assert answer.status_code == 200 and len(answer.context["page"]) <= 50
                counts[url] = len(captured)
            return counts

        asked()
        few = asked()
        for record, told in rows:
            many(record, 200, **told)
        assert asked() == few


def pdf(name, *, padding):
    """Return a PDF with a text of that many bytes in it."""
    return SimpleUploadedFile(
        name, written(CATALOG, b"(" + b"x" * padding + b")"), "application/pdf"
    )


class TestFiles:
    """What was approved rested on them."""

    def replaced(self, client, sign_in):
        sign_in("secretariat")
        row = factories.expense(factories.activity(factories.plan(factories.team(), activities=0)))
        data = {
            "source": row.source_id,
            "spent_on": "2019-07-22",
            "amount": "450.000",
            "what": row.what,
            "version": row.version,
        }
        url = reverse("programs:expense_update", args=[row.pk])
        assert (
            client.post(url, data | {"upload": pdf(row.original_name, padding=5000)}).status_code
            == 302
        )
        return Expense.objects.get()

    def test_another_file_of_the_same_name_is_told_with_both(
        self, client, sign_in, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            row = self.replaced(client, sign_in)
        new, old = row.history.all()[:2]
        assert (new.original_name, new.file != old.file) == (old.original_name, True)
        url = reverse("programs:activity_history", args=[row.activity_id])
        assert "Bukti : kuitansi.pdf (1 KB) kuitansi.pdf (5 KB)" in text_of(client, url)
        answers = [
            client.get(reverse("programs:expense_kept", args=[one.pk])) for one in (old, new)
        ]
        bodies = [b"".join(answer.streaming_content) for answer in answers]
        assert bodies[0] == b"%PDF-1.7 kuitansi" and len(bodies[1]) > 5000

    def test_of_what_was_deleted_it_stays_and_stays_within_the_place(
        self, client, sign_in, django_capture_on_commit_callbacks
    ):
        row = self.replaced(client, sign_in)
        version = row.history.first().pk
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("programs:expense_delete", args=[row.pk]), {"version": row.version})
        url = reverse("programs:expense_kept", args=[version])
        assert (
            not Expense.objects.exists() and len(b"".join(client.get(url).streaming_content)) > 5000
        )
        sign_in("observer")
        assert len(b"".join(client.get(url).streaming_content)) > 5000
        sign_in("regency_officer", regency_code="19.01")
        assert client.get(url).status_code == 403
        sign_in("secretariat", province_code="11")
        assert client.get(url).status_code == 404

    def test_a_file_that_is_lost_is_said_to_be(self, client, sign_in):
        row = self.replaced(client, sign_in)
        row.file.storage.delete(row.history.all()[1].file)
        page = text_of(client, reverse("programs:activity_history", args=[row.activity_id]))
        assert "kuitansi.pdf (tidak tersimpan lagi) kuitansi.pdf (5 KB)" in page
        assert (
            client.get(reverse("programs:expense_kept", args=[row.history.all()[1].pk])).status_code
            == 404
        )

    def test_the_scan_of_a_decree_sent_back_stays(
        self, client, sign_in, django_capture_on_commit_callbacks
    ):
        account = sign_in("secretariat")
        team = factories.team()
        decree = factories.decree(team, state="submitted", by=account)
        from_scan = SimpleUploadedFile("sk.pdf", b"%PDF-1.7 pindaian")
        with django_capture_on_commit_callbacks(execute=True):
            decree.keep_scan(factories.SafeFile(from_scan, "application/pdf", "sk.pdf"), by=account)
            decree.send_back(by=account, reason="Perbaiki.")
        page = client.get(reverse("programs:decree_history", args=[decree.pk])).content.decode()
        url = reverse("programs:decree_kept", args=[decree.history.exclude(file="").first().pk])
        assert url in page and b"".join(client.get(url).streaming_content) == b"%PDF-1.7 pindaian"


@pytest.mark.both("what stood there before is read back from each type of column")
class TestValues:
    def test_what_is_added_and_taken_away_is_told_with_what_it_said(self, client, sign_in):
        account = sign_in("secretariat")
        commitment = factories.commitment(factories.team(), by=account)
        factories.realisation(commitment, by=account, amount=7_000_000, note="BAST 4").delete_as(
            by=account
        )
        page = text_of(client, reverse("advocacy:commitment_history", args=[commitment.pk]))
        gone, made = page.split("dihapus oleh")[1].split("ditambahkan oleh")[:2]
        for told in (
            "Tanggal : 5 September 2019",
            "Jumlah : Rp7.000.000",
            "Keterangan : BAST 4",
            "Bukti : bast.pdf (1 KB)",
        ):
            assert told in gone and told in made

    def test_what_was_not_filled_in_is_not_told(self):
        library = factories.library(head="Ibu kepala")
        (event,) = page_of(library.history.all())
        assert "kepala atau pengelola" in {change.what for change in event.changes}
        assert "jam buka" not in {change.what for change in event.changes}

    def test_agenda_in_another_order_is_told(self, client, sign_in):
        account = sign_in("secretariat")
        meeting = factories.minutes(factories.team(), by=account)
        first, second = meeting.agenda.all()
        for row, order in ((first, 1), (second, 0)):
            row.order = order
            row.save_as(by=account)
        page = text_of(client, reverse("advocacy:meeting_history", args=[meeting.pk]))
        assert "Agenda “Dasar hukum” berubah urutannya oleh" in page
        assert "Agenda “Belum dibahas” berubah urutannya oleh" in page

    def test_activities_in_another_order_are_one_event_of_the_plan(self, client, sign_in):
        account = sign_in("secretariat")
        plan = factories.plan(factories.team(), by=account, activities=4)
        last = plan.activities.get(title="Kegiatan 4")
        move_activity(activity=last, by=account, before=plan.activities.get(title="Kegiatan 1").pk)
        page = text_of(client, reverse("programs:plan_history", args=[plan.pk]))
        assert page.count("dipindahkan dari nomor") == 1 and "berubah urutannya" not in page
        assert "Kegiatan “Kegiatan 4” dipindahkan dari nomor 4 ke 1 oleh" in page
        own = text_of(client, reverse("programs:activity_history", args=[last.pk]))
        assert "Kegiatan “Kegiatan 4” berubah urutannya oleh" in own

    def test_an_activity_put_where_it_was_is_no_event(self, client, sign_in):
        account = sign_in("secretariat")
        plan = factories.plan(factories.team(), by=account, activities=2)
        first = plan.activities.get(title="Kegiatan 1")
        before = plan.history.count()
        move_activity(activity=first, by=account, steps=-1)
        assert plan.history.count() == before

    @pytest.mark.parametrize("kind", ["person", "institution"])
    def test_a_merge_is_told_on_both_pages(self, client, sign_in, kind):
        account = sign_in("administrator")
        kept, gone = (getattr(factories, kind)(name) for name in ("Dinas Utama", "Dinas Kembar"))
        key = gone.pk
        merge_into(kept=kept, removed=gone, by=account)
        page = text_of(client, reverse(f"programs:{kind}_history", args=[kept.pk]))
        assert f"“Dinas Kembar” digabungkan ke data ini oleh {account}" in page
        old = text_of(client, reverse(f"programs:{kind}_history", args=[key]))
        assert (
            f"Digabungkan ke “Dinas Utama” oleh {account}" in old
            and "Data ini sudah dihapus" in old
        )


class TestAccounts:
    def rename(self, client, account, **changes):
        data = {
            "username": account.username,
            "first_name": account.first_name,
            "last_name": "",
            "email": account.email,
        }
        return client.post(reverse("admin:accounts_user_change", args=[account.pk]), data | changes)

    def test_another_name_or_address_is_told(self, client, sign_in):
        by = sign_in("administrator")
        account = factories.user("member", username="pic-lama", email="lama@example.go.id")
        assert (
            self.rename(
                client, account, username="pic-baru", email="baru@example.go.id"
            ).status_code
            == 302
        )
        page = text_of(client, reverse("programs:account_history", args=[account.pk]))
        assert f"Akun diubah oleh {by}" in page and "pic-lama pic-baru" in page
        assert "lama@example.go.id baru@example.go.id" in page

    def test_no_password_is_kept_and_signing_in_leaves_no_row(self, client):
        account = factories.user("member", username="pic")
        columns = {field.name for field in User.history.model._meta.get_fields()}
        assert not columns & {"password", "last_login"}
        before = account.history.count()
        answer = client.post(
            reverse("accounts:login"), {"username": "pic", "password": "rahasia-benar"}
        )
        assert answer.status_code == 302 and User.objects.get(pk=account.pk).last_login
        assert account.history.count() == before

    def test_another_province_does_not_see_it(self, client, sign_in):
        account = factories.user("member")
        sign_in("administrator", province_code="11")
        assert client.get(reverse("programs:account_history", args=[account.pk])).status_code == 404


#: What may be deleted on a page of its own: (URL of the deletion, how to make it, what its history
#: says afterwards).
DELETABLE = {
    "advocacy:case_delete": lambda team, by: factories.case(team, by=by),
    "advocacy:commitment_delete": lambda team, by: factories.commitment(team, by=by),
    "advocacy:realisation_delete": lambda team, by: factories.realisation(
        factories.commitment(team, by=by), by=by
    ),
    "advocacy:partnership_delete": lambda team, by: factories.partnership(team, by=by),
    "advocacy:media_delete": lambda team, by: factories.media(team, by=by),
    "advocacy:visit_delete": lambda team, by: factories.visit(by=by, send=False),
    "advocacy:trip_delete": lambda team, by: factories.trip(team, by=by),
    "villages:threshold_set_delete": lambda team, by: factories.thresholds(
        2019, by=by, publish=False
    ),
    "villages:reference_delete": lambda team, by: factories.reference(key="coba", title="Coba"),
    "programs:activity_remove": lambda team, by: factories.plan(team, by=by).activities.get(),
    "programs:achievement_delete": lambda team, by: factories.achievement(
        factories.activity(way="training", by=by), by=by
    ),
    "programs:expense_delete": lambda team, by: factories.expense(factories.activity(by=by), by=by),
    "programs:plan_discard": lambda team, by: factories.plan(team, by=by),
    "programs:decree_discard": lambda team, by: factories.decree(team, state="drafting", by=by),
}


#: What the officer of a regency sees of the library there.
SEEN_BY_THE_REGENCY = {
    "advocacy:visit_delete",
    "villages:threshold_set_delete",
    "villages:reference_delete",
}
#: What is the same in every province.
SEEN_EVERYWHERE = {"villages:reference_delete"}
#: Who may delete what the secretariat may not.
DELETED_BY = {
    "villages:threshold_set_delete": "administrator",
    "villages:reference_delete": "administrator",
}


class TestDeleted:
    def delete(self, client, sign_in, name, make):
        account = sign_in(DELETED_BY.get(name, "secretariat"))
        record = make(factories.team(), account)
        page = text_of(client, reverse(name, args=[record.pk]))
        assert "iwayat" in page and "tetap tersimpan" in page
        version = type(record)._base_manager.get(pk=record.pk).version
        answer = client.post(reverse(name, args=[record.pk]), {"version": version}, follow=True)
        assert (
            answer.status_code == 200
            and not type(record)._base_manager.filter(pk=record.pk).exists()
        )
        (url,) = re.findall(r'<a href="([^"]+)">Lihat riwayatnya</a>', answer.content.decode())
        return url

    @pytest.mark.parametrize("name", DELETABLE)
    def test_its_history_stays_for_whoever_could_see_it(self, client, sign_in, name):
        url = self.delete(client, sign_in, name, DELETABLE[name])
        assert "dihapus oleh" in text_of(client, url)
        sign_in("observer")
        assert "dihapus oleh" in text_of(client, url)
        sign_in("secretariat", province_code="11")
        assert client.get(url).status_code == (200 if name in SEEN_EVERYWHERE else 404)
        sign_in("regency_officer", regency_code="19.01")
        seen = name in SEEN_BY_THE_REGENCY
        assert client.get(url).status_code == (200 if seen else 403)

    def test_no_deletion_is_forgotten_here(self):
        pages = {name for name in url_names() if not name.startswith("admin:")}
        from_urls = {
            name for name in pages if name.rpartition("_")[2] in ("delete", "remove", "discard")
        }
        assert from_urls == set(DELETABLE)

    def test_of_an_activity_whose_plan_is_gone_too(self, client, sign_in):
        account = sign_in("secretariat")
        plan = factories.plan(factories.team(), by=account)
        activity = plan.activities.get()
        client.post(reverse("programs:plan_discard", args=[plan.pk]), {"version": plan.version})
        url = reverse("programs:activity_history", args=[activity.pk])
        assert not PlannedActivity.objects.exists() and "dihapus oleh" in text_of(client, url)
        assert plan.get_absolute_url() not in re.findall(
            r'href="([^"]+)"', client.get(url).content.decode()
        )
        sign_in("secretariat", province_code="11")
        assert client.get(url).status_code == 404

    def test_what_never_was_is_not_found(self, client, sign_in):
        sign_in("secretariat")
        factories.team()
        assert client.get(reverse("advocacy:commitment_history", args=[4711])).status_code == 404
        assert client.get(reverse("advocacy:commitment_history", args=[10**30])).status_code == 404


class TestAdmin:
    def test_an_account_event_of_another_province_does_not_exist(self, client, sign_in):
        by = factories.user("administrator")
        event = AccountEvent.objects.note(
            factories.user("member"), AccountEvent.Kind.DISABLED, by=by, reason="Pindah tugas"
        )
        urls = [
            reverse("admin:programs_accountevent_history", args=[event.pk]),
            reverse(
                "admin:programs_accountevent_simple_history",
                args=[event.pk, event.history.get().pk],
            ),
        ]
        sign_in(by)
        assert [client.get(url).status_code for url in urls] == [200, 200]
        sign_in("administrator", province_code="11")
        assert [client.get(url).status_code for url in urls] == [404, 404]

    def test_the_history_of_a_deleted_step_is_read_here_and_nowhere_else(self, client, sign_in):
        account = sign_in("administrator")
        case = factories.case(factories.team(), by=account)
        step = CaseStep.objects.get()
        client.post(reverse("advocacy:case_delete", args=[case.pk]), {"version": case.version})
        urls = [
            reverse("admin:advocacy_casestep_history", args=[step.pk]),
            reverse(
                "admin:advocacy_casestep_simple_history", args=[step.pk, step.history.last().pk]
            ),
        ]
        assert not CaseStep.objects.exists() and [client.get(url).status_code for url in urls] == [
            200,
            200,
        ]
        sign_in("administrator", province_code="11")
        assert [client.get(url).status_code for url in urls] == [404, 404]

    @pytest.mark.parametrize("key", ["x", "0", "9" * 30])
    def test_what_is_no_key_is_not_found(self, client, sign_in, key):
        sign_in("administrator")
        assert client.get(f"/admin/advocacy/meeting/{key}/history/").status_code == 404

    def test_every_model_opens_its_row_and_its_history_within_reach_alone(self, client, sign_in):
        account = sign_in("administrator")
        team = factories.team()
        factories.minutes(team, by=account)
        factories.decree(team, by=account)
        plan = factories.plan(team, by=account, state="submitted")
        factories.expense(plan.activities.get())
        visit = factories.activity(factories.plan(team, year=2020, activities=0), way="visit")
        factories.achievement(visit, achieved_on=visit.plan.starts_on)
        case = factories.case(team, regencies=[factories.regency()], by=account)
        factories.audience(team, [case], by=account)
        factories.realisation(factories.commitment(team, case=case), villages=[factories.village()])
        factories.partnership(team)
        factories.media(team)
        Participation(library=factories.library(), year=2019).save_as(by=account)
        merge_into(kept=factories.person("Satu"), removed=factories.person("Dua"), by=account)
        AccountEvent.objects.note(factories.user("member"), AccountEvent.Kind.ENABLED, by=account)
        factories.reference()
        told, elsewhere = {}, {}
        urls = {}
        for model in admin.site._registry:
            row = model._base_manager.order_by("pk").first()
            if row is None or not hasattr(model, "history"):
                continue
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            urls[model.__name__] = [
                reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "history")
            ]
        assert len(urls) >= 25
        for name, pages in urls.items():
            told[name] = [client.get(url).status_code for url in pages]
        sign_in("administrator", province_code="11")
        for name, pages in urls.items():
            elsewhere[name] = {client.get(url).status_code for url in pages}
        assert {name for name, statuses in told.items() if statuses != [200, 200]} == set()
        assert {
            name for name, statuses in elsewhere.items() if 200 in statuses or 500 in statuses
        } == {"ProgramReference"}  # the same in every province
