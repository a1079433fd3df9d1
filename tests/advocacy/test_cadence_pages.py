"""The pages of a team's rhythm: what they list, who sets it, how a reminder is put off."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from advocacy.cadence.alerts import alerts_of
from advocacy.cadence.kinds import MEETINGS, CadenceKind
from advocacy.cadence.rhythm import rhythm_of
from advocacy.cadence.standings import asks_of, read_days, read_standings
from advocacy.models import CadenceRule, CadenceSnooze
from sinergi.accounts.models import User
from tests import factories
from tests.test_pages import queries
from villages.quarters import Quarter

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def busy(team, person=None):
    """Let something be late or soon of every kind that is about records."""
    desk, today = factories.user("secretariat"), team.today
    place = factories.village()
    for n in range(3):
        village = factories.village(f"19.01.06.21{n:02}", f"Desa {n}")
        library = factories.library(village, by=desk)
        factories.participation(library, today.year - 1, by=desk)
        if n:
            factories.visit(library, by=desk, visited_on=today - timedelta(days=300))
    factories.decree(team, until=today + 5 * DAY)
    factories.partnership(team, ends_on=today + 5 * DAY)
    given = {"person_in_charge": person} if person else {}
    factories.case(team, since=today - 100 * DAY, **given)
    factories.case(team, since=today - 90 * DAY, asked="Komputer")
    factories.commitment(team, due_on=today - DAY)
    factories.expansion(place, by=desk, day=today - 200 * DAY)


def fresh(account):
    """Return the account as the next request reads it."""
    return User.objects.get(pk=account.pk)


def count_on(page):
    """Return how many things a page of reminders or of reports says that its list holds."""
    found = re.search(r"([\d.]+) (pada daftar ini|perpustakaan)", page)
    return int(found[1].replace(".", "")) if found else 0


class TestNumbers:
    """Every number leads to a list with exactly that count."""

    @pytest.mark.parametrize(
        "role", ["administrator", "secretariat", "chair", "member", "regency_officer"]
    )
    def test_of_each_reminder(self, client, sign_in, team, role):
        where = {"regency_code": "19.01"} if role == "regency_officer" else {}
        account = sign_in(role, **where)
        busy(team, factories.person(account=account))
        alerts = alerts_of(fresh(account), team.today)
        assert alerts, role
        for alert in alerts:
            page = client.get(alert.list_url)
            assert page.status_code == 200, alert.list_url
            rows = page.context["rows"].paginator.count if "rows" in page.context else None
            listed = count_on(page.content.decode()) if rows is None else rows
            assert listed == alert.total, (alert.title, alert.list_url)
            assert client.get(alert.schedule_url).status_code == 200, alert.schedule_url
            if alert.snooze_url:
                assert client.get(alert.snooze_url).status_code == 200

    def test_the_secretariat_is_told_of_every_kind(self, sign_in, team):
        account = sign_in("secretariat")
        busy(team)
        kinds = {alert.rule.kind for alert in alerts_of(account, team.today)}
        assert kinds == set(CadenceKind)

    def test_of_each_tile(self, client, sign_in, team):
        sign_in("secretariat")
        busy(team)
        quarter = Quarter(2019, 2)
        at = datetime(2019, 5, 7, 2, tzinfo=UTC)
        for n in range(3):
            factories.minutes(team, title=f"Rapat {n}", starts_at=at + n * 7 * DAY)
        library = factories.library()
        for day in (8, 9):
            factories.visit(library, visited_on=quarter.starts_on + day * DAY)
        days = read_days([team], team.today)
        found = read_standings(asks_of(days[team.pk]), days)
        tiles = rhythm_of(team, quarter, {one.kind: one for one in found})
        numbers = {tile.rule.kind: tile.number for tile in tiles}
        assert numbers == {"internal": 3, "audience": 0, "visit": 1, "stakeholder": 0}
        for tile in tiles:
            rows = client.get(tile.list_url).context["rows"]
            assert rows.paginator.count == tile.number
        assert [n for n, week in enumerate(tiles[0].weeks) if week] == [5, 6, 7]


class TestLastTime:
    def test_of_what_does_not_come_back_there_is_none(self, client, sign_in, team):
        """A plan and a report are owed: that they never were is not said."""
        sign_in("secretariat")
        busy(team)
        for kind in ("plan", "report"):
            page = client.get(f"/irama/{team.pk}/{kind}/")
            assert page.context["rows"].paginator.count and page.status_code == 200
            assert "Belum pernah" not in page.content.decode(), kind
            assert "Terakhir" not in page.content.decode(), kind
        assert "Belum pernah" in client.get(f"/irama/{team.pk}/visit/").content.decode()

    def test_snoozes_of_many_records_are_read_at_once(self, client, sign_in, team):
        account = sign_in("secretariat")
        page = f"/irama/{team.pk}/expansion/"

        def put_off(number):
            place = factories.village(f"19.01.06.27{number:02}", f"Desa {number}")
            case = factories.expansion(place, by=account, day=team.today - 200 * DAY)
            factories.snooze(team, "expansion", subject=case, by=account)

        put_off(1)
        few = queries(client, page)
        for number in range(2, 6):
            put_off(number)
        assert queries(client, page, again=True) == few


class TestScope:
    def test_a_national_account_has_none(self, team):
        busy(team)
        account = factories.user("secretariat", province_code=None)
        assert alerts_of(account, team.today) == []

    def test_nor_has_whoever_only_reads(self, team):
        busy(team)
        assert alerts_of(factories.user("observer"), team.today) == []

    def test_nor_that_of_another_province(self, team):
        busy(team)
        factories.team("11")
        told = alerts_of(factories.user("secretariat", province_code="11"), team.today)
        assert {alert.team.province_id for alert in told} == {"11"}

    def test_an_officer_is_told_of_their_regency_alone(self, team):
        busy(team)
        (alert,) = alerts_of(factories.user("regency_officer", regency_code="19.01"), team.today)
        assert (alert.rule.kind, alert.total, alert.snooze_url) == ("report", 3, "")
        assert not alerts_of(factories.user("regency_officer", regency_code="19.02"), team.today)

    def test_a_member_is_told_of_the_cases_in_their_hands(self, team):
        account = factories.user("member")
        busy(team, factories.person(account=account))
        found = {alert.rule.kind: alert.total for alert in alerts_of(account, team.today)}
        assert found["case"] == 1

    def test_a_role_that_the_rule_does_not_name_is_not_told(self, team):
        busy(team)
        account = factories.user("chair")
        assert "visit" not in {alert.rule.kind for alert in alerts_of(account, team.today)}
        factories.cadence_rule(team, "visit", for_chair=True)
        assert "visit" in {alert.rule.kind for alert in alerts_of(account, team.today)}


class TestSchedule:
    def test_the_form_of_a_meeting_is_filled_in(self, client, sign_in, team):
        account = sign_in("secretariat")
        alerts = {alert.rule.kind: alert for alert in alerts_of(account, team.today)}
        for kind in MEETINGS:
            form = client.get(alerts[kind].schedule_url).context["multiform"]
            assert form.is_schedule
            assert form.form["kind"].value().startswith(kind)

    @pytest.mark.parametrize(("asked", "filled"), [("19.01", "19.01"), ("11.01", None)])
    def test_a_regency_of_another_province_is_not_taken(self, client, sign_in, team, asked, filled):
        sign_in("secretariat")
        factories.regency(asked)
        page = client.get(f"/rapat/baru/?untuk=jadwal&jenis=rahasia&kabupaten={asked}")
        form = page.context["multiform"].form
        assert form["regency"].value() == filled
        assert form["kind"].value() == "internal"

    def test_a_trip_goes_to_the_libraries(self, client, sign_in, team):
        account = sign_in("secretariat")
        busy(team)
        (alert,) = [one for one in alerts_of(account, team.today) if one.rule.kind == "visit"]
        chosen = client.get(alert.schedule_url).context["form"]["libraries"].value()
        assert sorted(chosen) == sorted(one.key for one in alert.subjects)


class TestRule:
    def data(self, **changes):
        return {
            "idempotency_key": str(uuid.uuid4()),
            "months": "2",
            "starts_on": "",
            "warn_days": "10",
            "is_active": "on",
        } | changes

    def url(self, team, kind="internal"):
        return reverse("advocacy:cadence_update", args=[team.pk, kind])

    def test_every_team_has_all_rules_without_a_row(self, client, sign_in, team):
        sign_in("observer")
        page = client.get("/irama/")
        ((_, standings, may_change),) = page.context["groups"]
        assert [one.rule.kind for one in standings] == list(CadenceKind)
        assert not may_change and not CadenceRule.objects.exists()

    def test_the_first_change_makes_one_row(self, client, sign_in, team):
        sign_in("chair")
        data = self.data()
        for _ in range(2):
            assert client.post(self.url(team), data).status_code == 302
        rule = CadenceRule.objects.get()
        assert (rule.months, rule.warn_days, rule.for_secretariat) == (2, 10, True)
        page = client.get(reverse("advocacy:cadence_history", args=[rule.pk]))
        assert page.status_code == 200

    def test_of_two_who_change_it_at_first_the_second_is_told(self, client, sign_in, team):
        sign_in("secretariat")
        assert client.post(self.url(team), self.data()).status_code == 302
        answer = client.post(self.url(team), self.data(months="5"))
        assert answer.status_code in (409, 422)
        assert CadenceRule.objects.get().months == 2

    def test_and_later_by_its_version(self, client, sign_in, team):
        sign_in("secretariat")
        rule = factories.cadence_rule(team)
        data = self.data(version=rule.version)
        rule.months = 3
        rule.save_as(by=None)
        answer = client.post(self.url(team), data)
        assert answer.status_code == 409 and CadenceRule.objects.get().months == 3

    @pytest.mark.parametrize(
        ("kind", "changes", "told"),
        [
            ("internal", {"months": ""}, "Isi jaraknya."),
            ("internal", {"months": "25"}, "24"),
            ("internal", {"warn_days": "56"}, "lebih pendek"),
            ("internal", {"starts_on": "1019-01-01"}, "Periksa tahunnya."),
            ("visit", {}, "Pilih siapa yang diingatkan."),
        ],
    )
    def test_what_is_wrong_is_told(self, client, sign_in, team, kind, changes, told):
        sign_in("secretariat")
        answer = client.post(self.url(team, kind), self.data(**changes))
        assert answer.status_code == 422 and told in answer.content.decode()
        assert not CadenceRule.objects.exists()

    def test_one_that_is_off_reminds_nobody(self, client, sign_in, team):
        account = sign_in("secretariat")
        assert client.post(self.url(team), self.data(is_active="")).status_code == 302
        assert "internal" not in {one.rule.kind for one in alerts_of(account, team.today)}
        page = client.get("/irama/").content.decode()
        assert "Tidak diingatkan" in page

    def test_what_is_no_rule_is_not_found(self, client, sign_in, team):
        sign_in("secretariat")
        assert client.get(f"/irama/{team.pk}/rahasia/").status_code == 404
        assert client.get(f"/irama/{team.pk}/internal/tunda/1/").status_code == 404


class TestSnooze:
    def data(self, team, **changes):
        return {
            "idempotency_key": str(uuid.uuid4()),
            "until": (team.today + 7 * DAY).isoformat(),
            "reason": "Kapal baru ada bulan depan",
            "number": "0",
        } | changes

    def url(self, team, kind="internal", subject=None):
        if subject:
            args = [team.pk, kind, subject.pk]
            return reverse("advocacy:snooze_create_subject", args=args)
        return reverse("advocacy:snooze_create", args=[team.pk, kind])

    def told(self, account, team):
        return {one.rule.kind: one for one in alerts_of(fresh(account), team.today)}

    def test_it_quiets_and_is_told_to_all(self, client, sign_in, team):
        account = sign_in("secretariat")
        assert self.told(account, team)["internal"].snooze is None
        data = self.data(team, dari="beranda")
        for _ in range(2):
            answer = client.post(self.url(team), data)
            assert (answer.status_code, answer.url) == (302, "/")
        snooze = CadenceSnooze.objects.get()
        assert self.told(account, team)["internal"].snooze == snooze
        sign_in("observer")
        page = client.get(snooze.get_absolute_url()).content.decode()
        assert "Kapal baru ada bulan depan" in page and "Ditunda 1 kali, terakhir oleh" in page
        assert "Akhiri penundaan" not in page
        assert "Kapal baru ada bulan depan" in client.get("/irama/").content.decode()

    def test_of_one_record_the_others_are_told(self, client, sign_in, team):
        account = sign_in("secretariat")
        busy(team)
        case = team.cases.first()
        assert self.told(account, team)["case"].total == 2
        assert client.post(self.url(team, "case", case), self.data(team)).status_code == 302
        alert = self.told(account, team)["case"]
        assert (alert.total, alert.snooze) == (1, None)
        assert alert.note.endswith("1 lagi ditunda.")
        page = client.get(f"/irama/{team.pk}/case/?daftar=ditunda")
        assert [one.key for one in page.context["rows"]] == [case.pk]

    def test_the_second_of_two_is_told_who_was_quicker(self, client, sign_in, team):
        sign_in("secretariat")
        assert client.post(self.url(team), self.data(team)).status_code == 302
        sign_in("chair")
        other = self.data(team, reason="Libur panjang")
        answer = client.post(self.url(team), other)
        page = answer.content.decode()
        assert answer.status_code == 422 and "baru saja ditunda orang lain" in page
        assert "Kapal baru ada bulan depan" in page and "Libur panjang" in page
        number = answer.context["form"]["number"].value()
        assert client.post(self.url(team), other | {"number": number}).status_code == 302
        assert [row.number for row in CadenceSnooze.objects.order_by("pk")] == [1, 2]

    def test_what_came_in_part_that_day_is_put_off_as_well(self, client, sign_in, team):
        account = sign_in("secretariat")
        row = factories.commitment(team, due_on=team.today - DAY)
        factories.realisation(row, amount=1_000_000, realised_on=team.today)
        assert self.told(account, team)["commitment"].total == 1
        answer = client.post(self.url(team, "commitment", row), self.data(team))
        assert answer.status_code == 302
        assert self.told(account, team)["commitment"].snooze == CadenceSnooze.objects.get()

    def test_years_after_the_last_nobody_was_quicker(self, client, sign_in, team):
        long_ago = team.today - 800 * DAY
        factories.snooze(team, starts_on=long_ago)
        account = sign_in("secretariat")
        number = self.told(account, team)["internal"].snooze_number
        answer = client.post(self.url(team), self.data(team, number=str(number)))
        assert answer.status_code == 302
        assert [row.number for row in CadenceSnooze.objects.order_by("pk")] == [1, 2]

    def test_forms_of_two_teams_have_names_of_their_own(self, client, sign_in, team):
        factories.team("11")
        account = factories.assign(factories.user("secretariat"), "secretariat", "11")
        client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
        ids = re.findall(r' id="([^"]+)"', client.get("/tugas/").content.decode())
        assert ids.count(f"alasan-{team.pk}-internal") == 1 and len(ids) == len(set(ids))

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"until": "2019-01-01"}, "sesudah hari ini"),
            ({"until": "2199-01-01"}, "Paling lama sampai"),
            ({"reason": ""}, "Tuliskan alasannya."),
            ({"until": ""}, "Pilih tanggalnya."),
        ],
    )
    def test_what_is_wrong_is_told(self, client, sign_in, team, changes, told):
        sign_in("secretariat")
        answer = client.post(self.url(team), self.data(team, **changes))
        assert answer.status_code == 422 and told in answer.content.decode()
        assert not CadenceSnooze.objects.exists()

    def test_it_can_be_ended_early_once(self, client, sign_in, team):
        account = sign_in("secretariat")
        snooze = factories.snooze(team, by=account)
        url = reverse("advocacy:snooze_end", args=[snooze.pk])
        data = {"version": snooze.version}
        assert client.post(url, data).status_code == 302
        assert self.told(account, team)["internal"].snooze is None
        answer = client.post(url, {"version": snooze.version + 1})
        assert answer.status_code == 422 and "sudah berakhir" in answer.content.decode()

    def test_a_record_out_of_scope_does_not_exist(self, client, sign_in, team):
        sign_in("secretariat")
        other = factories.case(factories.team("11"))
        assert client.get(self.url(team, "case", other)).status_code == 404
        assert client.get(self.url(other.team, "case", other)).status_code == 404

    def test_a_member_puts_nothing_off(self, client, sign_in, team):
        sign_in("member")
        assert client.post(self.url(team), self.data(team)).status_code == 403
        snooze = factories.snooze(team)
        url = reverse("advocacy:snooze_end", args=[snooze.pk])
        assert client.post(url, {"version": 1}).status_code == 403


@pytest.mark.parametrize("quarter", ["9999-4", "0001-1", "2019-5", "\u00b2-1", "%00"])
@pytest.mark.parametrize("kind", ["internal", "visit"])
def test_a_quarter_that_nobody_has_is_this_one(client, sign_in, kind, quarter):
    team = factories.team()
    sign_in("secretariat")
    response = client.get(f"/irama/{team.pk}/{kind}/?triwulan={quarter}")
    assert response.status_code == 200
