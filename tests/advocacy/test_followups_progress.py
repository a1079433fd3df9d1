"""
What becomes of a follow-up after the minutes: progress, another day or person, evidence, closed,
and opened again.
"""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from advocacy.actions import close_followup, note_progress, reopen_followup
from advocacy.models import FollowUp, FollowUpNote
from advocacy.models.minutes import words_of
from sinergi.kit.models import Duplicate, FrozenRecord, StaleRecord
from sinergi.kit.transitions import TransitionError
from tests.advocacy.test_minutes_form import edit_data
from tests.constraints import kept, refused
from tests.sinergi.test_uploads import jpeg, pdf
from tests.test_access import close_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def followup(make, team, secretariat):
    """Of approved minutes, in the hands of the team's secretary, due on 5 July 2019."""
    return make.minutes(
        team, by=secretariat, state="approved", chair=make.user("chair")
    ).followups.get()


def page_of(followup, name="detail"):
    return reverse(f"advocacy:followup_{name}", args=[followup.pk])


def entry(followup, **changes):
    return {
        "idempotency_key": str(uuid.uuid4()),
        "seen": followup.version,
        "text": "Draf selesai.",
        "due_on": "",
        "person": "",
    } | changes


def member(team, name="Perwakilan DPMD"):
    return team.memberships.get(person__name=name).person


class TestNoting:
    def test_progress_with_evidence(self, client, followup, secretariat):
        assert "Belum ada perkembangan" in client.get(page_of(followup)).content.decode()
        response = client.post(
            page_of(followup, "progress"), entry(followup, upload=pdf(name="berita acara.pdf"))
        )
        assert response.url == page_of(followup)
        note = followup.progress.get()
        assert (note.text, note.created_by, note.kind, note.original_name) == (
            "Draf selesai.",
            secretariat,
            "progress",
            "berita acara.pdf",
        )
        page = client.get(page_of(followup)).content.decode()
        assert (
            "Draf selesai." in page
            and note.evidence_url in page
            and f"Perkembangan oleh {secretariat}" in page
        )
        answer = client.get(note.evidence_url)
        assert (
            answer["Content-Type"] == "application/pdf"
            and "attachment" in answer["Content-Disposition"]
        )
        close_files(answer)
        stored = followup.stored()
        assert stored.is_open and not stored.is_moved and stored.due_on == date(2019, 7, 5)

    def test_another_day_and_another_person_with_the_reason(self, client, followup, team):
        due, to = team.today + timedelta(days=20), member(team)
        data = entry(
            followup, text="Menunggu biro hukum.", due_on=due.isoformat(), person=str(to.pk)
        )
        assert client.post(page_of(followup, "progress"), data).status_code == 302
        stored = FollowUp.objects.get()
        assert (stored.due_on, stored.person_in_charge) == (due, to)
        assert (stored.minuted_due_on, stored.minuted_person.name) == (
            date(2019, 7, 5),
            "PIC Program DKPUS",
        )
        page = client.get(page_of(followup)).content.decode()
        assert "Dipegang Perwakilan DPMD, tenggat" in page and "Menunggu biro hukum." in page
        aside = page[page.index("Menurut notula") :]
        assert "PIC Program DKPUS" in aside and "5 Juli 2019" in aside

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"text": " "}, "Tuliskan perkembangannya"),
            ({"due_on": "2019-08-01"}, "Tenggat baru tidak boleh sebelum hari ini"),
            ({"due_on": "2099-08-01"}, "Periksa tahunnya"),
            ({"person": "999999"}, "dipilih dari anggota tim saat ini"),
        ],
    )
    def test_what_is_wrong_is_said_beside_the_field(self, client, followup, changes, message):
        response = client.post(page_of(followup, "progress"), entry(followup) | changes)
        page = response.content.decode()
        assert response.status_code == 422
        assert message in page[: page.index("</h2>") + 3000] and page.count(message) == 2
        assert not FollowUpNote.objects.exists() and not followup.stored().is_moved

    def test_a_refused_file_loses_no_text(self, client, followup):
        broken = jpeg("foto.jpg")
        broken.file.truncate(40)
        response = client.post(page_of(followup, "progress"), entry(followup, upload=broken))
        page = response.content.decode()
        assert response.status_code == 422 and "foto.jpg" in page and "Draf selesai." in page

    def test_sent_twice_is_one_entry(self, client, followup):
        data = entry(followup)
        answers = [client.post(page_of(followup, "progress"), data) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert FollowUpNote.objects.count() == 1
        again = client.post(page_of(followup, "progress"), data | {"text": "Lain lagi."})
        assert again.status_code == 409 and "Lain lagi." in again.content.decode()

    def test_what_changed_meanwhile_is_told_and_the_text_kept(self, client, followup, team, make):
        data = entry(followup, text="Punya saya.")
        make.progress(
            followup, due_on=team.today + timedelta(days=9), text="Orang lain lebih dulu."
        )
        response = client.post(page_of(followup, "progress"), data)
        page = response.content.decode()
        assert (
            response.status_code == 422
            and "baru saja diubah orang lain" in page
            and "Punya saya." in page
        )
        stored = followup.stored()
        assert f'name="seen" value="{stored.version}"' in page and stored.progress.count() == 1
        assert (
            client.post(page_of(followup, "progress"), data | {"seen": stored.version}).status_code
            == 302
        )

    def test_without_the_version_it_is_stale(self, followup, secretariat):
        with pytest.raises(StaleRecord):
            note_progress(
                note=FollowUpNote(followup=followup, text="Tanpa versi."), seen=None, by=secretariat
            )

    def test_a_second_sending_at_the_same_moment_is_a_duplicate(self, followup, secretariat):
        key, seen = uuid.uuid4(), followup.version
        note_progress(
            note=FollowUpNote(followup=followup, text="Satu."),
            seen=seen,
            by=secretariat,
            idempotency_key=key,
        )
        with pytest.raises(Duplicate):
            note_progress(
                note=FollowUpNote(followup=followup, text="Satu."),
                seen=seen,
                by=secretariat,
                idempotency_key=key,
            )

    def test_an_entry_is_written_once(self, followup, make):
        note = make.progress(followup)
        note.text = "Lain."
        with pytest.raises(FrozenRecord):
            note.save_as(by=None)
        with pytest.raises(FrozenRecord):
            note.delete_as(by=None)

    def test_the_history_of_the_meeting_tells_it(self, client, followup, make):
        note = make.progress(followup)
        page = client.get(
            reverse("advocacy:meeting_history", args=[followup.meeting_id])
        ).content.decode()
        assert "Perkembangan “Menyusun usulan” ditambahkan" in page and note.text in page
        kept_url = reverse("advocacy:followup_kept", args=[note.history.get().pk])
        assert kept_url in page
        close_files(client.get(kept_url))


@pytest.mark.both("a constraint refuses rows without the words of the minutes")
class TestTheMinutesStay:
    """
    Whatever becomes of a follow-up, approved minutes read as they did; so do those that wait, or
    were reopened.
    """

    def moved(self, followup, team, make):
        make.progress(followup, due_on=team.today + timedelta(days=20), person=member(team))
        return followup.stored()

    def minutes(self, client, meeting):
        page = client.get(meeting.get_absolute_url()).content.decode()
        row = page[page.index('id="tindak-lanjut-') :]
        return row[: row.index("</tr>")]

    @pytest.mark.parametrize("state", ["held", "submitted", "returned", "approved"])
    def test_in_every_state(self, client, team, secretariat, make, state):
        meeting = make.minutes(team, by=secretariat, state=state, chair=make.user("chair"))
        before = words_of(meeting.stored())
        self.moved(meeting.followups.get(), team, make)
        stored = meeting.stored()
        assert words_of(stored) == before and (stored.kept is None or stored.kept == before)
        row = self.minutes(client, meeting)
        who, rest = row.index("PIC Program DKPUS"), row.index("Sekarang Perwakilan DPMD")
        assert who < row.index("5 Juli 2019") < rest, "as minuted, and beside it how it stands"

    def test_reopened_and_approved_again(self, followup, team, secretariat, make):
        meeting = followup.meeting
        self.moved(followup, team, make)
        before = meeting.kept["followups"]
        meeting.reopen(by=make.user("chair"), reason="Keputusan kurang.")
        meeting.submit(by=secretariat)
        meeting.approve(by=make.user("chair"))
        assert meeting.stored().kept["followups"] == before

    def test_the_form_writes_what_the_minutes_say_and_not_how_it_stands(
        self, client, team, secretariat, make, meeting_data
    ):
        meeting = make.minutes(team, by=secretariat)
        row = self.moved(meeting.followups.get(), team, make)
        due, holder = row.due_on, row.person_in_charge
        url = reverse("advocacy:meeting_update", args=[meeting.pk])
        form = client.get(url).content.decode()
        assert 'name="tindak-0-due_on" value="2019-07-05"' in form
        minuted = {
            "tindak-0-person_in_charge": str(row.minuted_person_id),
            "tindak-0-due_on": "2019-07-05",
        }
        assert client.post(url, edit_data(meeting, meeting_data, **minuted)).status_code == 302
        assert (row.stored().due_on, row.stored().minuted_due_on) == (due, date(2019, 7, 5))
        meeting.refresh_from_db()
        corrected = minuted | {"tindak-0-due_on": "2019-07-10"}
        assert client.post(url, edit_data(meeting, meeting_data, **corrected)).status_code == 302
        row = row.stored()
        assert (row.minuted_due_on, row.due_on, row.person_in_charge) == (
            date(2019, 7, 10),
            due,
            holder,
        )

    def test_one_with_a_log_is_not_taken_out_of_the_minutes(
        self, client, team, secretariat, make, meeting_data
    ):
        meeting = make.minutes(team, by=secretariat, state="held")
        followup = meeting.followups.get()
        make.progress(followup)
        url = reverse("advocacy:meeting_update", args=[meeting.pk])
        response = client.post(url, edit_data(meeting, meeting_data, **{"tindak-0-DELETE": "on"}))
        assert "sudah ada perkembangannya, jadi tidak dapat dihapus" in response.content.decode()
        assert FollowUpNote.objects.get().followup == followup

    def test_one_without_a_log_is(self, client, team, secretariat, make, meeting_data):
        meeting = make.minutes(team, by=secretariat, state="held")
        url = reverse("advocacy:meeting_update", args=[meeting.pk])
        assert (
            client.post(
                url, edit_data(meeting, meeting_data, **{"tindak-0-DELETE": "on"})
            ).status_code
            == 302
        )
        assert not FollowUp.objects.exists()

    def test_moved_twice_it_is_the_first_that_the_minutes_say(self, followup, team, make):
        row = self.moved(followup, team, make)
        make.progress(row, due_on=team.today + timedelta(days=40))
        row = row.stored()
        assert row.due_on == team.today + timedelta(days=40)
        assert (row.due_in_minutes, row.person_in_minutes.name) == (
            date(2019, 7, 5),
            "PIC Program DKPUS",
        )

    @pytest.mark.both("a constraint")
    def test_both_are_kept_or_neither(self, followup):
        refused(followup, minuted_due_on=date(2019, 7, 5))
        kept(followup, minuted_due_on=date(2019, 7, 5), minuted_person=followup.person_in_charge)


class TestClosing:
    def test_with_the_result_and_its_evidence(self, client, followup, secretariat):
        data = {"version": followup.version, "note": "SK terbit.", "upload": jpeg("sk.jpg")}
        assert client.post(page_of(followup, "close"), data).status_code == 302
        note = followup.progress.get()
        assert (note.kind, note.text, note.original_name) == ("closed", "SK terbit.", "sk.jpg")
        assert followup.stored().closing_note == "SK terbit."
        page = client.get(page_of(followup)).content.decode()
        assert page.count("SK terbit.") == 1 and note.evidence_url in page

    def test_without_a_log_it_says_the_same(self, client, followup, secretariat):
        """What was closed before there was a log."""
        followup.close(by=secretariat, note="SK terbit.")
        page = client.get(page_of(followup)).content.decode()
        assert f"Diselesaikan oleh {secretariat}" in page and page.count("SK terbit.") == 1

    def test_nothing_more_is_noted_then(self, client, followup, secretariat, make):
        close_followup(followup=followup, note="SK terbit.", by=secretariat)
        assert client.get(page_of(followup, "progress")).status_code == 302
        response = client.post(page_of(followup, "progress"), entry(followup))
        assert response.status_code == 422 and "sudah diselesaikan" in response.content.decode()
        assert followup.progress.count() == 1

    def test_a_refused_file_closes_nothing(self, client, followup):
        broken = jpeg("foto.jpg")
        broken.file.truncate(40)
        data = {"version": followup.version, "note": "SK terbit.", "upload": broken}
        response = client.post(page_of(followup, "close"), data)
        assert response.status_code == 422 and "SK terbit." in response.content.decode()
        assert followup.stored().is_open and not FollowUpNote.objects.exists()


class TestReopening:
    @pytest.fixture
    def closed(self, followup, secretariat):
        return close_followup(followup=followup, note="SK terbit.", by=secretariat)

    def test_by_who_closed_it(self, client, closed):
        assert page_of(closed, "reopen") in client.get(page_of(closed)).content.decode()
        data = {"version": closed.version, "reason": "Ternyata belum ditandatangani."}
        assert client.post(page_of(closed, "reopen"), data).status_code == 302
        row = closed.stored()
        assert row.is_open and row.closing_note == "" and row.closed_by is None
        page = client.get(page_of(closed)).content.decode()
        assert page.index("Ternyata belum ditandatangani.") < page.index("SK terbit."), (
            "what was said stays, newest on top"
        )

    def test_not_by_another(self, client, closed, sign_in):
        for role in ("secretariat", "administrator", "chair", "member"):
            account = sign_in(role)
            assert page_of(closed, "reopen") not in client.get(page_of(closed)).content.decode()
            assert client.get(page_of(closed, "reopen")).status_code == 403
            with pytest.raises(TransitionError, match="yang menyelesaikannya"):
                reopen_followup(followup=closed, reason="Belum.", by=account)
        assert not closed.stored().is_open and closed.progress.count() == 1

    def test_whose_account_is_gone_leaves_it_to_the_desk(self, closed, secretariat, make):
        secretariat.is_active = False
        secretariat.save()
        row = closed.stored()
        assert row.may_be_reopened_by(make.user("secretariat")) and not row.may_be_reopened_by(
            make.user("member")
        )

    def test_not_without_a_reason_nor_what_is_open(self, client, closed, secretariat):
        assert (
            client.post(
                page_of(closed, "reopen"), {"version": closed.version, "reason": " "}
            ).status_code
            == 422
        )
        closed.reopen(by=secretariat)
        with pytest.raises(TransitionError, match="masih terbuka"):
            closed.reopen(by=secretariat)

    def test_changed_meanwhile(self, client, closed, secretariat):
        data = {"version": closed.version - 1, "reason": "Belum."}
        assert client.post(page_of(closed, "reopen"), data).status_code == 422
        assert not closed.stored().is_open


class TestWho:
    def test_whoever_holds_it_now(self, client, followup, team, sign_in, make):
        """Handed over: the new one may, the one of the minutes no longer."""
        before, after = make.user("member"), make.user("member")
        for person, account in ((followup.person_in_charge, before), (member(team), after)):
            person.user = account
            person.save_as(by=None)
        note_progress(
            note=FollowUpNote(followup=followup, text="Pindah tugas.", person=member(team)),
            seen=followup.version,
            by=before,
        )
        row = followup.stored()
        assert row.may_be_closed_by(after) and not row.may_be_closed_by(before)
        sign_in(after)
        assert client.post(page_of(row, "progress"), entry(row)).status_code == 302
        sign_in(before)
        assert client.post(page_of(row, "progress"), entry(row)).status_code == 403

    def test_another_province_does_not_exist(self, client, followup, sign_in, make):
        note = make.progress(followup)
        make.team("11")
        sign_in("secretariat", province_code="11")
        urls = [page_of(followup, name) for name in ("detail", "progress", "close", "reopen")]
        urls += [note.evidence_url, reverse("advocacy:followup_kept", args=[note.history.get().pk])]
        assert {client.get(url).status_code for url in urls} == {404}

    def test_a_meeting_that_was_called_off_leaves_nothing_to_do(
        self, client, team, secretariat, make
    ):
        meeting = make.minutes(team, by=secretariat)
        row = meeting.followups.get()
        meeting.cancel(by=secretariat, reason="Keliru dicatat.")
        row = row.stored()
        assert not row.may_be_closed_by(secretariat)
        with pytest.raises(TransitionError):
            note_progress(
                note=FollowUpNote(followup=row, text="Lain."), seen=row.version, by=secretariat
            )


@pytest.mark.both("constraints")
class TestConstraints:
    def test_an_entry_says_something(self, followup, make):
        refused(make.progress(followup), text="")

    def test_only_progress_moves(self, followup, make):
        note = make.progress(followup)
        refused(note, kind="closed", due_on=date(2019, 8, 1))
        kept(note, due_on=date(2019, 8, 1))
