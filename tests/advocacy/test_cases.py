"""Advocacy cases: whom they are about, their way from stage to stage, and when they are stalled."""

import uuid
from datetime import date, timedelta

import pytest
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from advocacy.actions import delete_case, hold_meeting, move_case
from advocacy.models import AdvocacyCase, CasePlace, CaseStep
from sinergi.kit.models import StaleRecord
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.constraints import kept, refused
from tests.pages import html_of

pytestmark = pytest.mark.django_db
Stage = AdvocacyCase.Stage


def fresh(case):
    return AdvocacyCase.objects.with_names().get(pk=case.pk)


def case_data(team, **changes):
    office = factories.institution("Perusahaan swasta", "private")
    person = team.memberships.get(role="secretary").person
    return {
        "idempotency_key": str(uuid.uuid4()),
        "institution": office.pk,
        "aim": "goods",
        "asked": "Komputer",
        "note": "",
        "person_in_charge": person.pk,
        "since": "2019-07-01",
    } | changes


class TestForm:
    url = "/advokasi/baru/"

    def test_is_written_once_with_its_places_and_first_step(self, client, sign_in, team):
        account = sign_in("secretariat")
        library = factories.library()
        data = case_data(team, regencies=["19.01"], villages=[library.village_id])
        for _ in range(2):
            assert client.post(self.url, data).status_code == 302
        case = AdvocacyCase.objects.get()
        assert [str(place) for place in case.places.order_by("pk")] == [
            "Kabupaten Bangka",
            "Desa Kapuk",
        ]
        assert (case.stage, case.stage_since, case.created_by) == (
            Stage.IDENTIFIED,
            date(2019, 7, 1),
            account,
        )
        assert [(step.stage, step.on) for step in case.steps.all()] == [
            (Stage.IDENTIFIED, date(2019, 7, 1))
        ]

    def test_errors_stand_beside_their_fields_and_the_text_stays(self, client, sign_in, team):
        sign_in("secretariat")
        answer = client.post(
            self.url, case_data(team, institution="", asked="", note="Penting", since="2099-01-01")
        )
        page = html_of(answer)
        assert answer.status_code == 422 and not AdvocacyCase.objects.exists()
        for told in (
            "Pilih instansi atau mitranya.",
            "Tuliskan apa yang diminta.",
            "tanggal ini belum lewat.",
        ):
            assert page.count(told) == 2, told
        assert "Penting" in page

    def test_another_provinces_institution_person_or_village_is_no_choice(
        self, client, sign_in, team
    ):
        factories.province("11")
        other = factories.institution("Dinas lain", province_code="11")
        person = factories.person(province_code="11", institution=other)
        sign_in("secretariat")
        answer = client.post(
            self.url,
            case_data(team, institution=other.pk, person_in_charge=person.pk, regencies=["11.01"]),
        )
        page = html_of(answer)
        assert answer.status_code == 422 and "Instansi ini tidak ada dalam daftar." in page
        assert (
            "Orang ini tidak ada dalam daftar." in page
            and "Ada pilihan yang tidak ada lagi" in page
        )

    def test_of_two_people_the_second_is_shown_both_versions(
        self, client, sign_in, team, secretariat_account
    ):
        case = factories.case(team, by=secretariat_account, regencies=[factories.regency()])
        sign_in(secretariat_account)
        url, data = (
            reverse("advocacy:case_update", args=[case.pk]),
            case_data(team, version=case.version),
        )
        assert (
            client.post(url, data | {"asked": "Laptop", "regencies": ["19.01"]}).status_code == 302
        )
        late = client.post(url, data | {"asked": "Komputer bekas", "regencies": []})
        page = html_of(late)
        assert (
            late.status_code == 409
            and "Laptop" in page
            and "Komputer bekas" in page
            and "Kabupaten Bangka" in page
        )
        again = client.post(
            url, data | {"asked": "Komputer bekas", "regencies": [], "version": fresh(case).version}
        )
        assert again.status_code == 302 and not case.places.exists()

    def test_the_history_tells_places_and_steps(self, client, sign_in, team, secretariat_account):
        case = factories.case(team, by=secretariat_account, regencies=[factories.regency()])
        move_case(
            case=fresh(case),
            stage=Stage.CONTACTED,
            on=date(2019, 7, 5),
            note="Surat dikirim.",
            by=secretariat_account,
        )
        sign_in(secretariat_account)
        page = html_of(client.get(reverse("advocacy:case_history", args=[case.pk])))
        assert "Wilayah sasaran “Kabupaten Bangka” ditambahkan" in page and "Dihubungi" in page


class TestSteps:
    def test_each_is_dated_and_noted(self, team, secretariat_account):
        case = factories.case(team)
        move_case(
            case=fresh(case),
            stage=Stage.CONTACTED,
            on=date(2019, 7, 5),
            note=" Surat dikirim. ",
            by=secretariat_account,
        )
        case = fresh(case)
        assert (case.stage, case.stage_since, case.next_stage) == (
            Stage.CONTACTED,
            date(2019, 7, 5),
            Stage.AUDIENCE,
        )
        step = case.steps.last()
        assert (step.stage, step.on, step.note, step.created_by) == (
            Stage.CONTACTED,
            date(2019, 7, 5),
            "Surat dikirim.",
            secretariat_account,
        )

    @pytest.mark.parametrize(
        "stage", [Stage.DECLINED, Stage.DORMANT, Stage.REALISED, Stage.COMMITTED]
    )
    def test_it_may_come_to_any_other_stage_and_back(self, team, secretariat_account, stage):
        case = factories.case(team)
        for to in (stage, Stage.IDENTIFIED):
            move_case(
                case=fresh(case),
                stage=to,
                on=date(2019, 7, 5),
                note="Catatan.",
                by=secretariat_account,
            )
        assert [step.stage for step in case.steps.order_by("pk")] == [
            Stage.IDENTIFIED,
            stage,
            Stage.IDENTIFIED,
        ]

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"stage": Stage.IDENTIFIED}, "sudah pada tahap"),
            ({"on": date(2019, 6, 30)}, "tidak boleh sebelum tahap terakhir"),
            ({"on": date(2099, 1, 1)}, "belum lewat"),
            ({"note": "  "}, "Tuliskan catatannya"),
        ],
    )
    def test_what_cannot_be_is_refused(self, team, secretariat_account, changes, told):
        case = factories.case(team)
        given = {
            "stage": Stage.CONTACTED,
            "on": date(2019, 7, 5),
            "note": "Surat dikirim.",
        } | changes
        with pytest.raises(TransitionError, match=told):
            move_case(case=fresh(case), by=secretariat_account, **given)
        assert case.steps.count() == 1 and fresh(case).stage == Stage.IDENTIFIED

    def test_a_stale_page_writes_nothing(self, team, secretariat_account):
        case, old = (
            factories.case(team),
            {"stage": Stage.CONTACTED, "on": date(2019, 7, 5), "note": "Surat."},
        )
        move_case(case=fresh(case), by=secretariat_account, version=case.version, **old)
        with pytest.raises(StaleRecord):
            move_case(
                case=fresh(case),
                by=secretariat_account,
                version=case.version,
                **old | {"stage": Stage.AUDIENCE},
            )
        assert case.steps.count() == 2

    def test_the_person_in_charge_may_and_another_member_may_not(self, client, sign_in, team):
        account = sign_in("member")
        case = factories.case(team, person_in_charge=factories.person(account=account))
        other = factories.case(team, asked="Buku")
        data = {
            "version": case.version,
            "stage": Stage.CONTACTED,
            "on": "2019-07-05",
            "note": "Ditelepon.",
        }
        assert client.post(reverse("advocacy:case_move", args=[case.pk]), data).status_code == 302
        assert client.post(reverse("advocacy:case_move", args=[other.pk]), data).status_code == 403
        assert (fresh(case).stage, fresh(other).stage) == (Stage.CONTACTED, Stage.IDENTIFIED)

    def test_the_form_keeps_what_was_typed(self, client, sign_in, team):
        sign_in("secretariat")
        case = factories.case(team)
        data = {
            "version": case.version,
            "stage": Stage.CONTACTED,
            "on": "2019-01-01",
            "note": "Sudah ditelepon.",
        }
        answer = client.post(reverse("advocacy:case_move", args=[case.pk]), data)
        assert answer.status_code == 422 and "Sudah ditelepon." in html_of(answer)

    def test_the_board_names_the_stage_to_the_form(self, client, sign_in, team):
        sign_in("secretariat")
        case = factories.case(team)
        board = html_of(client.get("/advokasi/"))
        assert (
            f"/advokasi/{case.pk}/tahap/?ke=contacted" in board
            and f'data-move="/advokasi/{case.pk}/tahap/"' in board
        )
        page = html_of(client.get(f"/advokasi/{case.pk}/tahap/?ke=contacted"))
        assert (
            'value="contacted"'
            in page.partition(" checked")[0].rpartition("<input")[2]
            + page.partition(" checked")[0][-80:]
        )

    def test_who_may_not_move_sees_no_buttons(self, client, sign_in, team):
        factories.case(team)
        sign_in("observer")
        board = html_of(client.get("/advokasi/"))
        assert (
            "Komputer untuk perpustakaan desa" in board
            and "data-move" not in board
            and "/tahap/" not in board
        )

    def test_the_last_one_may_be_corrected(self, client, sign_in, team, secretariat_account):
        sign_in(secretariat_account)
        case = factories.case(team)
        move_case(
            case=fresh(case),
            stage="contacted",
            on=date(2020, 7, 5),
            note="Surat.",
            by=secretariat_account,
        )
        first, last = case.steps.order_by("pk")
        url = reverse("advocacy:step_update", args=[last.pk])
        early = client.post(url, {"version": last.version, "on": "2019-06-30", "note": "Surat."})
        assert early.status_code == 422 and "Tahap sebelumnya dicatat 1 Juli 2019" in html_of(early)
        old = client.post(
            url.replace(f"/{last.pk}/", f"/{first.pk}/"),
            {"version": 1, "on": "0019-07-01", "note": "x"},
        )
        assert old.status_code == 422 and "Periksa tahunnya" in html_of(old)
        assert (
            client.post(
                url, {"version": last.version, "on": "2019-07-05", "note": "Surat dikirim."}
            ).status_code
            == 302
        )
        assert fresh(case).stage_since == date(2019, 7, 5)
        data = {"version": first.version, "on": "2019-06-01", "note": "Dicatat."}
        refused = client.post(reverse("advocacy:step_update", args=[first.pk]), data)
        assert refused.status_code == 422 and "hanya tahap terakhir" in html_of(refused)
        stale = client.post(url, {"version": last.version, "on": "2019-07-06", "note": "Lain."})
        assert stale.status_code == 409 and fresh(case).stage_since == date(2019, 7, 5)


@pytest.mark.both("days are subtracted in SQL")
class TestStalled:
    def test_after_the_days_that_the_team_has_set(self, team):
        case, today = factories.case(team), date(2019, 7, 31)
        assert (case.days_in_stage(today), case.is_stalled(today)) == (30, False)
        assert case.is_stalled(today + timedelta(days=1))
        team.stall_days = 60
        team.save_as(by=None)
        assert not fresh(case).is_stalled(today + timedelta(days=1)) and fresh(case).is_stalled(
            today + timedelta(days=31)
        )

    @pytest.mark.parametrize("stage", Stage.values)
    def test_only_where_the_next_step_is_the_teams(self, team, stage):
        case = factories.case(team)
        AdvocacyCase.objects.filter(pk=case.pk).update(stage=stage)
        late = date(2020, 1, 1)
        assert fresh(case).is_stalled(late) == (stage in ("identified", "contacted", "audience"))
        assert AdvocacyCase.objects.stalled(late).exists() == fresh(case).is_stalled(late)

    @pytest.mark.parametrize("days", [1, 30, 365])
    def test_the_list_and_the_page_agree_on_the_day(self, team, days):
        team.stall_days = days
        team.save_as(by=None)
        case = factories.case(team)
        for late in (days, days + 1):
            today = case.stage_since + timedelta(days=late)
            assert (
                AdvocacyCase.objects.stalled(today).exists()
                == fresh(case).is_stalled(today)
                == (late > days)
            )

    def test_it_waits_on_the_home_page_of_whoever_holds_it(self, client, sign_in, team):
        account = sign_in("member")
        factories.case(team, person_in_charge=factories.person(account=account))
        factories.case(team, asked="Buku dari yang lain")
        home = html_of(client.get("/"))
        assert "Komputer untuk perpustakaan desa" in home and "Buku dari yang lain" not in home

    def test_the_list_filters(self, client, sign_in, team):
        account = sign_in("secretariat")
        library = factories.library()
        factories.case(
            team,
            asked="Macet sekali",
            villages=[library.village],
            person_in_charge=factories.person(account=account),
        )
        factories.case(team, asked="Baru kemarin", aim="regulation", since=timezone.localdate())
        for params, shown in (
            ("state=stalled", "Macet sekali"),
            ("state=mine", "Macet sekali"),
            ("regency=19.01", "Macet sekali"),
            ("aim=regulation", "Baru kemarin"),
            ("q=kemarin", "Baru kemarin"),
        ):
            page = html_of(client.get(f"/advokasi/daftar/?{params}"))
            other = {"Macet sekali", "Baru kemarin"} - {shown}
            assert shown in page and other.pop() not in page, params


class TestAudiences:
    def test_one_that_took_place_brings_its_cases_forward(self, team):
        identified, later = (
            factories.case(team),
            factories.case(team, asked="Buku", since=date(2019, 9, 1)),
        )
        factories.audience(team, [identified, later])
        assert (fresh(identified).stage, fresh(identified).stage_since) == (
            Stage.AUDIENCE,
            date(2019, 8, 13),
        )
        assert (fresh(later).stage, fresh(later).stage_since) == (
            Stage.AUDIENCE,
            date(2019, 9, 1),
        ), "steps stay in order"
        assert "Audiensi dengan perusahaan" in identified.steps.last().note

    @pytest.mark.parametrize("stage", [Stage.COMMITTED, Stage.REALISED, Stage.DECLINED])
    def test_never_back_and_not_out_of_a_refusal(self, team, secretariat_account, stage):
        case = factories.case(team)
        move_case(
            case=fresh(case),
            stage=stage,
            on=date(2019, 7, 2),
            note="Catatan.",
            by=secretariat_account,
        )
        factories.audience(team, [fresh(case)])
        assert fresh(case).stage == stage

    def test_out_of_a_delay_by_what_came_after_it(self, team, secretariat_account):
        before, after = factories.case(team), factories.case(team, asked="Buku")
        for case, on in ((before, date(2019, 8, 20)), (after, date(2019, 7, 20))):
            move_case(
                case=fresh(case),
                stage=Stage.DORMANT,
                on=on,
                note="Ditunda.",
                by=secretariat_account,
            )
        factories.audience(team, [fresh(before), fresh(after)])
        assert (fresh(before).stage, fresh(after).stage) == (Stage.DORMANT, Stage.AUDIENCE)

    def test_a_planned_one_moves_nothing_until_it_is_held(self, team, monkeypatch):
        case = factories.case(team)
        meeting = factories.audience(team, [case])
        type(meeting).objects.filter(pk=meeting.pk).update(state="planned")
        AdvocacyCase.objects.filter(pk=case.pk).update(
            stage="identified", stage_since=date(2019, 7, 1)
        )
        meeting.refresh_from_db()
        hold_meeting(meeting=meeting, by=None)
        assert fresh(case).stage == Stage.AUDIENCE


class TestDeleting:
    def test_a_case_without_anything_goes_with_its_rows(self, client, sign_in, team):
        sign_in("secretariat")
        case = factories.case(team, regencies=[factories.regency()])
        url = reverse("advocacy:case_delete", args=[case.pk])
        assert client.post(url, {"version": case.version}).status_code == 302
        assert (
            not AdvocacyCase.objects.exists()
            and not CaseStep.objects.exists()
            and not CasePlace.objects.exists()
        )
        assert AdvocacyCase.history.filter(id=case.pk, history_type="-").exists()

    @pytest.mark.parametrize("hangs", ["audience", "commitment"])
    def test_one_that_something_refers_to_stays(self, client, sign_in, team, hangs):
        sign_in("secretariat")
        case = factories.case(team, regencies=[factories.regency()])
        made = (
            factories.audience(team, [case])
            if hangs == "audience"
            else factories.commitment(team, case=case)
        )
        answer = client.post(
            reverse("advocacy:case_delete", args=[case.pk]), {"version": fresh(case).version}
        )
        assert answer.status_code == 422 and "masih dirujuk" in html_of(answer)
        assert case.steps.exists() and case.places.exists() and made.pk
        with pytest.raises(ProtectedError):
            delete_case(case=fresh(case), by=None)


@pytest.mark.both("constraints")
class TestTheDatabaseItself:
    def test_a_place_is_one_regency_or_a_village_in_it_once(self, team):
        village = factories.village()
        case = factories.case(team, regencies=[village.regency], villages=[village])
        whole, single = case.places.order_by("pk")
        refused(single, village=None)
        refused(whole, village=village)
        other = factories.regency("19.02", "Kabupaten Belitung")
        refused(single, regency=other)
        kept(whole, regency=other)

    def test_a_step_has_a_note(self, team):
        step = factories.case(team).steps.get()
        refused(step, note="")
        kept(step, note="Ditelepon.")


def test_a_person_to_be_merged_takes_the_cases_along(client, sign_in, team):
    sign_in("administrator")
    gone, kept_one = factories.person("Perwakilan A"), factories.person("Perwakilan B")
    case = factories.case(team, person_in_charge=gone)
    url = reverse("programs:person_merge", args=[gone.pk])
    assert client.post(url, {"version": gone.version, "kept": kept_one.pk}).status_code == 302
    case.refresh_from_db()
    assert case.person_in_charge == kept_one


class TestPages:
    def test_a_stale_step_is_told_and_may_be_sent_again(self, client, sign_in, team):
        sign_in("secretariat")
        case = factories.case(team)
        fresh(case).save_as(by=None)
        data = {
            "version": case.version,
            "stage": "contacted",
            "on": "2019-07-05",
            "note": "Ditelepon.",
        }
        url = reverse("advocacy:case_move", args=[case.pk])
        answer = client.post(url, data)
        version = fresh(case).version
        assert answer.status_code == 422 and f'name="version" value="{version}"' in html_of(answer)
        assert client.post(url, data | {"version": version}).status_code == 302

    def test_contacts_are_those_of_the_day(self, client, sign_in, team):
        sign_in("secretariat")
        moved_person = team.memberships.get(person__name="Perwakilan Bappeda").person
        before, after = moved_person.institution, factories.institution("Kantor baru")
        factories.minutes(team, title="Rapat lama")
        there = factories.team("71")
        factories.minutes(there, title="Rapat di provinsi lain")  # of an office with the same name
        moved_person.institution = after
        moved_person.save_as(by=None)
        before.name = "Bappeda berganti nama"
        before.save_as(by=None)
        page = html_of(client.get(before.get_absolute_url()))
        assert "Rapat lama" in page and "Rapat di provinsi lain" not in page
        assert "Rapat lama" not in html_of(client.get(after.get_absolute_url()))
