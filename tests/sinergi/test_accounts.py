"""Signing in, roles, and the end of a session."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.test import override_settings
from django.urls import reverse
from openpyxl import load_workbook

from sinergi.accounts.models import User
from sinergi.accounts.roles import ROLES
from tests import factories
from villages.models import Village

pytestmark = pytest.mark.django_db

LOGIN = "/masuk/"


def attempt(client, username, password="rahasia-benar", **extra):
    return client.post(
        LOGIN, {"username": username, "password": password} | extra.pop("data", {}), **extra
    )


class TestSignIn:
    @pytest.mark.parametrize("name", ["petugas", "petugas@dinas.go.id", "PETUGAS@DINAS.GO.ID"])
    def test_by_name_or_email(self, client, name):
        factories.user(username="petugas", email="petugas@dinas.go.id")
        assert attempt(client, name).status_code == 302

    def test_wrong_password_keeps_the_name(self, client):
        factories.user(username="petugas")
        page = attempt(client, "petugas", "salah").content.decode()
        assert "tidak cocok" in page and 'value="petugas"' in page

    def test_throttled_by_account_and_address_together(self, client):
        factories.user(username="petugas")
        factories.user(username="lain")
        for _ in range(5):
            response = attempt(client, "petugas", "salah")
        assert response.status_code == 429
        assert "Terlalu banyak percobaan" in response.content.decode()
        assert attempt(client, "petugas").status_code == 429, "even with the right password"
        assert attempt(client, "lain").status_code == 302, "another account from here"
        client.logout()
        assert attempt(client, "petugas", REMOTE_ADDR="10.0.0.9").status_code == 302, (
            "this account from elsewhere"
        )

    @override_settings(PROXY_COUNT=1)
    def test_a_visitor_cannot_choose_the_address_that_is_counted(self, client):
        factories.user(username="petugas")
        for n in range(5):
            response = attempt(
                client, "petugas", "salah", HTTP_X_FORWARDED_FOR=f"1.2.3.{n}, 203.0.113.7"
            )
        assert response.status_code == 429

    @pytest.mark.parametrize(
        ("target", "leads"),
        [("/rapat/", "/rapat/"), ("https://jahat.example/", "/"), ("//jahat.example", "/")],
    )
    def test_next_stays_in_the_house(self, client, target, leads):
        factories.user(username="petugas")
        assert attempt(client, "petugas", data={"next": target}).url == leads

    def test_two_weeks_or_until_the_browser_closes(self, client):
        factories.user(username="petugas")
        attempt(client, "petugas", data={"remember": "on"})
        assert client.session.get_expire_at_browser_close() is False
        client.logout()
        attempt(client, "petugas")
        assert client.session.get_expire_at_browser_close() is True

    def test_a_disabled_account_is_out_at_once(self, client, sign_in):
        account = sign_in("secretariat")
        assert client.get("/rapat/").status_code == 200
        User.objects.filter(pk=account.pk).update(is_active=False)
        assert client.get("/rapat/").status_code == 302
        assert "tidak cocok" in attempt(client, account.username).content.decode()

    def test_the_cover_names_the_villages_of_the_only_team(self, client):
        factories.team()
        factories.library()
        factories.library(factories.village("19.02.05.2001", "Badau"))
        page = client.get(LOGIN).content.decode()
        assert "Dua perpustakaan desa, satu catatan kerja bersama." in page and "Badau" in page

    def test_the_cover_names_nobody_among_several_teams(self, client):
        factories.team()
        factories.team("11")
        factories.library()
        page = client.get(LOGIN).content.decode()
        assert "Kapuk" not in page and "Kepulauan Bangka Belitung" not in page

    def test_change_of_password(self, client, sign_in):
        account = sign_in("member")
        url = reverse("accounts:password_change")
        data = {
            "old_password": "rahasia-benar",
            "new_password1": "12345678",
            "new_password2": "12345678",
        }
        assert "terlalu pendek" in client.post(url, data).content.decode()
        data |= {"new_password1": "baca-tulis-hitung", "new_password2": "baca-tulis-hitung"}
        assert client.post(url, data).status_code == 302
        account.refresh_from_db()
        assert account.check_password("baca-tulis-hitung")


class TestRoles:
    def test_every_permission_exists(self):
        rows = Permission.objects.select_related("content_type")
        existing = {f"{p.content_type.app_label}.{p.codename}" for p in rows}
        named = set().union(*(role.permissions for role in ROLES.values()))
        assert named <= existing, named - existing

    def test_nobody_but_the_chair_approves(self):
        assert [
            name for name, role in ROLES.items() if "advocacy.approve_meeting" in role.permissions
        ] == ["chair"]

    def test_permission_anywhere_and_at_a_record(self):
        account = factories.user("chair", province_code="19")
        factories.assign(account, "member", "11")
        here, there = (
            factories.meeting(factories.team("19")),
            factories.meeting(factories.team("11")),
        )
        assert account.has_perm("advocacy.approve_meeting") and account.has_perm(
            "advocacy.approve_meeting", here
        )
        assert not account.has_perm("advocacy.approve_meeting", there)
        assert account.has_perm("advocacy.view_meeting", there)
        assert not account.has_perm("advocacy.add_meeting")

    def test_without_an_assignment_nothing(self):
        account = factories.user()
        assert not account.get_all_permissions() and not account.is_administrator

    @pytest.mark.parametrize(
        ("role", "place", "seen"),
        [
            (None, {}, set()),
            ("observer", {"province_code": None}, {"Pulau Seliu", "Kace", "Lamreng"}),
            ("observer", {}, {"Pulau Seliu", "Kace"}),
            ("regency_officer", {"regency_code": "19.01"}, {"Kace"}),
        ],
    )
    def test_rows_are_those_of_the_assignments(self, role, place, seen):
        """Whoever has no place sees none, on whatever page they ask."""
        for code, name in (
            ("19.02.01.2001", "Pulau Seliu"),
            ("19.01.01.2001", "Kace"),
            ("11.06.01.2001", "Lamreng"),
        ):
            factories.village(code, name)
        account = factories.user(role, **place)
        assert {row.name for row in Village.objects.visible_to(account)} == seen

    def test_a_national_observer_sees_every_province(self, client, sign_in):
        factories.meeting(factories.team("19"), title="Rapat Babel")
        factories.meeting(factories.team("11"), title="Rapat Aceh")
        sign_in("observer", province_code=None)
        page = client.get("/rapat/").content.decode()
        assert "Rapat Babel" in page and "Rapat Aceh" in page


class TestAdministration:
    """The administrator of a province administers that province."""

    def test_cannot_give_rights_beyond_the_own_province(self, client, sign_in):
        sign_in("administrator")
        factories.province("11")
        someone = factories.user("observer")
        url = reverse("admin:programs_assignment_add")
        for province in ("", "11"):
            response = client.post(
                url,
                {
                    "user": someone.pk,
                    "role": "administrator",
                    "province": province,
                    "regency": "",
                    "starts_on": "2026-01-01",
                },
            )
            assert response.status_code == 200, "refused"
            assert someone.assignments.count() == 1
        client.post(
            url,
            {
                "user": someone.pk,
                "role": "member",
                "province": "19",
                "regency": "",
                "starts_on": "2026-01-01",
            },
        )
        assert set(someone.assignments.values_list("role", flat=True)) == {"observer", "member"}

    def test_cannot_touch_an_account_that_works_elsewhere_too(self, client, sign_in):
        sign_in("administrator")
        national = factories.assign(factories.user("member"), "observer", None)
        root = factories.user(is_superuser=True)
        own = factories.user("member")
        for account, status in ((national, 302), (root, 302), (own, 200)):
            assert (
                client.get(reverse("admin:accounts_user_change", args=[account.pk])).status_code
                == status
            )
            expected = 200 if status == 200 else 404
            assert (
                client.get(
                    reverse("admin:auth_user_password_change", args=[account.pk])
                ).status_code
                == expected
            )

    def test_sees_only_the_own_province(self, client, sign_in):
        sign_in("administrator")
        factories.meeting(factories.team("11"), title="Rapat Aceh")
        factories.person("Orang Aceh", province_code="11")
        assert (
            "Rapat Aceh"
            not in client.get(reverse("admin:advocacy_meeting_changelist")).content.decode()
        )
        assert (
            "Orang Aceh"
            not in client.get(reverse("admin:programs_person_changelist")).content.decode()
        )

    def test_two_administrators_do_not_overwrite_each_other(self, client, sign_in):
        sign_in("administrator")
        person = factories.person("Perwakilan DPMD")
        url = reverse("admin:programs_person_change", args=[person.pk])
        data = {
            "province": "19",
            "name": "Satu",
            "institution": person.institution_id,
            "position": "",
            "phone": "",
            "email": "",
            "user": "",
        }
        assert client.post(url, data | {"read_version": 1}).status_code == 302
        response = client.post(url, data | {"name": "Dua", "read_version": 1})
        assert response.status_code == 200
        assert (
            "baru saja diubah" in response.content.decode()
            and 'value="Dua"' in response.content.decode()
        )
        person.refresh_from_db()
        assert person.name == "Satu"

    def test_an_export_is_scoped_and_holds_no_password(self, client, sign_in):
        account = sign_in("administrator")
        factories.user("member", province_code="11", username="orang-aceh")
        url = reverse("admin:accounts_user_export")
        assert "Unduh" in client.get(url).content.decode()
        response = client.post(url, {"format": "0", "resource": "0"})
        head, *rows = load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)
        assert "username" in head and "password" not in head
        assert "orang-aceh" not in [row[head.index("username")] for row in rows]
        assert not any(str(cell).startswith("md5$") for row in rows for cell in row)
        made = account.exports.get()
        assert made.rows == len(rows) and made.path == url and made.finished_at

    def test_an_export_waits_for_the_one_before(self, client, sign_in):
        account = sign_in("administrator")
        account.exports.begin(account, title="x", path="/x/", query="", form="csv")
        url = reverse("admin:accounts_user_export")
        page = client.post(url, {"format": "0", "resource": "0"})
        assert "Unduhan Anda yang lain masih dibuat" in page.content.decode()
        assert account.exports.count() == 1

    def test_an_old_version_is_not_put_back(self, client, sign_in):
        sign_in("administrator")
        meeting = factories.minutes(factories.team(), state="approved")
        records = {
            "advocacy_meeting": meeting,
            "advocacy_followup": meeting.followups.get(),
            "programs_person": meeting.chair,
        }
        for name, record in records.items():
            url = reverse(
                f"admin:{name}_simple_history", args=[record.pk, record.history.last().history_id]
            )
            assert client.get(url).status_code == 200
            assert (
                client.post(url, {"title": "Lain", "what": "Lain", "name": "Lain"}).status_code
                == 403
            )
        meeting.refresh_from_db()
        assert (meeting.state, meeting.title) == ("approved", "Rapat internal")

    def test_offers_only_accounts_within_reach_and_never_the_own(self, client, sign_in):
        own = sign_in("administrator")
        root = factories.user(is_superuser=True)
        elsewhere = factories.user("member", province_code="11")
        colleague = factories.user("member")
        url = reverse("admin:programs_assignment_add")
        offered = set(client.get(url).context["adminform"].form.fields["user"].queryset)
        assert colleague in offered and root not in offered and elsewhere not in offered
        client.post(
            url,
            {
                "user": own.pk,
                "role": "chair",
                "province": "19",
                "regency": "",
                "starts_on": "2026-01-01",
            },
        )
        assert not own.assignments.filter(role="chair").exists()

    @pytest.mark.parametrize("name", ["agendaitem", "attendance", "followup"])
    def test_the_rows_of_own_meetings_can_be_looked_up(self, client, sign_in, name):
        sign_in("administrator")
        meeting = factories.minutes(factories.team())
        row = {
            "agendaitem": meeting.agenda,
            "attendance": meeting.attendance,
            "followup": meeting.followups,
        }[name].first()
        assert (
            client.get(reverse(f"admin:advocacy_{name}_change", args=[row.pk])).status_code == 200
        )
