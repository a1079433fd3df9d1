"""Accounts: invited with a link that works once, assigned, and closed on record."""

import re
import uuid
from datetime import timedelta
from html import unescape
from urllib.parse import unquote

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from programs.models import Assignment
from sinergi.accounts.models import User
from sinergi.accounts.roles import ROLES
from sinergi.kit.models import FrozenRecord
from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "baca-tulis-hitung"


@pytest.fixture
def boss(sign_in):
    factories.team()
    return sign_in("administrator")


def invitation(**changes):
    data = {
        "idempotency_key": str(uuid.uuid4()),
        "name": "Petugas baru",
        "username": "petugas-baru",
        "email": "",
        "person": "",
    }
    return (
        data
        | {"role": "member", "province": "19", "regency": "", "starts_on": str(localdate())}
        | changes
    )


def invite(client, **changes):
    return client.post(reverse("programs:account_invite"), invitation(**changes))


def link_for(client, account):
    page = client.post(reverse("programs:account_link", args=[account.pk])).content.decode()
    return re.search(r'value="http://testserver(/undangan/[^"]+)"', page)[1]


def open_link(client, link, password=PASSWORD):
    form = client.get(link, follow=True)
    return client.post(
        form.request["PATH_INFO"], {"new_password1": password, "new_password2": password}
    )


class TestInvitation:
    def test_from_the_invitation_to_the_first_page(self, client, boss):
        person = factories.person("Petugas baru")
        answer = invite(client, person=person.pk)
        account = User.objects.get(username="petugas-baru")
        assert answer.url == reverse("programs:account_link", args=[account.pk])
        assert (
            account.is_invited and account.person == person and account.assignment.role == "member"
        )
        link = link_for(client, account)
        client.logout()
        assert (
            client.post("/masuk/", {"username": "petugas-baru", "password": ""}).status_code == 200
        )
        assert open_link(client, link).status_code == 302
        assert (
            client.post("/masuk/", {"username": "petugas-baru", "password": PASSWORD}).status_code
            == 302
        )
        assert client.get("/rapat/").status_code == 200

    def test_each_role_is_explained_where_it_is_chosen(self, client, boss):
        account = factories.user("member")
        for url in (
            reverse("programs:account_invite"),
            reverse("programs:assignment_create", args=[account.pk]),
        ):
            page = client.get(url).content.decode()
            for role in ROLES.values():
                assert role.words and f"<b>{role.label}</b>: {role.words}" in page

    @pytest.mark.parametrize(
        ("phone", "chat"),
        [("", "https://wa.me/?text="), ("+6281234567890", "https://wa.me/6281234567890?text=")],
    )
    def test_the_link_is_sent_by_whatsapp_with_its_words(self, client, boss, phone, chat):
        invite(client, person=factories.person("Petugas baru", phone=phone).pk)
        account = User.objects.get(username="petugas-baru")
        page = client.post(reverse("programs:account_link", args=[account.pk])).content.decode()
        address = unescape(re.search(r'href="(https://wa\.me[^"]+)"', page)[1])
        link = re.search(r'value="(http://testserver/undangan/[^"]+)"', page)[1]
        words = unquote(address.removeprefix(chat))
        assert (
            address.startswith(chat)
            and link in words
            and "petugas-baru" in words
            and "Petugas baru" in words
        )
        assert (
            'data-copy="link" hidden' in page
            and unescape(re.search('data-share="([^"]+)"', page)[1]) == words
        )

    def test_a_landline_is_no_chat(self, client, boss):
        invite(client, person=factories.person("Petugas baru", phone="+62717422222").pk)
        account = User.objects.get(username="petugas-baru")
        assert (
            "https://wa.me/?text="
            in client.post(reverse("programs:account_link", args=[account.pk])).content.decode()
        )

    def test_the_user_name_is_filled_in_after_the_password_is_chosen(self, client, boss):
        invite(client)
        link = link_for(client, User.objects.get(username="petugas-baru"))
        client.logout()
        assert 'value="petugas-baru"' not in client.get("/masuk/").content.decode()
        open_link(client, link)
        assert 'value="petugas-baru"' in client.get("/masuk/").content.decode()
        client.post("/masuk/", {"username": "petugas-baru", "password": PASSWORD})
        assert "chosen_for" not in client.session
        client.logout()
        assert 'value="petugas-baru"' not in client.get("/masuk/").content.decode(), (
            "not for whoever comes next"
        )

    def test_the_link_works_once(self, client, boss):
        invite(client)
        account = User.objects.get(username="petugas-baru")
        first, second = link_for(client, account), link_for(client, account)
        client.logout()
        open_link(client, second)
        for link in (first, second):
            page = client.get(link, follow=True)
            assert "Tautan ini tidak berlaku lagi" in page.content.decode()
        account.refresh_from_db()
        assert account.check_password(PASSWORD)

    def test_a_weak_password_is_refused_and_the_link_stays(self, client, boss):
        invite(client)
        link = link_for(client, User.objects.get(username="petugas-baru"))
        client.logout()
        page = open_link(client, link, "").content.decode()
        assert page.count("Isi kata sandi.") == 2 and page.count("Isi kata sandi sekali lagi.") == 2
        page = open_link(client, link, "12345678").content.decode()
        assert "terlalu pendek" in page and "error-summary" in page
        assert open_link(client, link).status_code == 302

    def test_a_closed_account_has_no_link(self, client, boss):
        invite(client)
        account = User.objects.get(username="petugas-baru")
        link = link_for(client, account)
        url = reverse("programs:account_disable", args=[account.pk])
        assert client.post(url, {"version": 1, "reason": "Keliru diundang."}).status_code == 302
        assert (
            client.post(reverse("programs:account_link", args=[account.pk])).status_code == 302
        ), "no new one"
        client.logout()
        assert "Tautan ini tidak berlaku lagi" in client.get(link, follow=True).content.decode()

    def test_after_seven_days_it_is_worthless(self, client, boss, settings):
        invite(client)
        link = link_for(client, User.objects.get(username="petugas-baru"))
        settings.PASSWORD_RESET_TIMEOUT = -1
        client.logout()
        assert "Tautan ini tidak berlaku lagi" in client.get(link, follow=True).content.decode()

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"name": ""}, "Isi nama yang ditampilkan."),
            ({"username": "dua kata"}, "Hanya huruf, angka, garis bawah, dan tanda hubung."),
            ({"username": "SUDAH-ADA"}, "Nama pengguna ini sudah dipakai."),
            ({"email": "ADA@dinas.go.id"}, "Surel ini sudah dipakai akun lain."),
            ({"role": ""}, "Pilih perannya."),
            ({"role": "regency_officer"}, "Pilih kabupaten/kotanya."),
            ({"province": ""}, "Pilih provinsinya."),
        ],
    )
    def test_what_is_wrong_is_told_and_nobody_is_invited(self, client, boss, changes, message):
        factories.user(username="sudah-ada", email="ada@dinas.go.id")
        before = User.objects.count()
        answer = invite(client, **changes)
        assert answer.status_code == 422 and answer.content.decode().count(message) >= 2
        assert User.objects.count() == before

    def test_sent_twice_is_one(self, client, boss):
        key = str(uuid.uuid4())
        invite(client, idempotency_key=key)
        account = User.objects.get(username="petugas-baru")
        assert invite(client, idempotency_key=key).status_code == 302, (
            "the name is taken by this very account"
        )
        assert (
            User.objects.filter(username__startswith="petugas-baru").count() == 1
            and account.assignments.count() == 1
        )
        assert invite(client).status_code == 422

    @pytest.mark.parametrize(
        "changes",
        [{"province": "11"}, {"province": "", "role": "administrator"}, {"regency": "11.01"}],
    )
    def test_not_beyond_the_own_province(self, client, boss, changes):
        factories.regency("11.01", "Kabupaten Aceh Selatan")
        assert invite(client, **changes).status_code == 422
        assert not User.objects.filter(username="petugas-baru").exists()

    def test_a_national_administrator_invites_for_the_country(self, client, sign_in):
        factories.team()
        sign_in("administrator", province_code=None)
        assert invite(client, province="", role="observer").status_code == 302
        assert User.objects.get(username="petugas-baru").assignment.place_name == "nasional"


class TestAssignments:
    def test_given_and_taken_back_on_record(self, client, boss):
        account = factories.user("member")
        one = account.assignments.get()
        data = {
            "role": "chair",
            "province": "19",
            "regency": "",
            "starts_on": str(localdate()),
            "idempotency_key": uuid.uuid4(),
        }
        assert (
            client.post(reverse("programs:assignment_create", args=[account.pk]), data).status_code
            == 302
        )
        again = data | {"idempotency_key": uuid.uuid4()}
        answer = client.post(reverse("programs:assignment_create", args=[account.pk]), again)
        assert answer.status_code == 422 and "sudah mempunyai peran itu" in answer.content.decode()
        end = reverse("programs:assignment_end", args=[one.pk])
        assert client.post(end, {"version": one.version, "reason": ""}).status_code == 422
        assert (
            client.post(end, {"version": one.version, "reason": "Pindah tugas."}).status_code == 302
        )
        one.refresh_from_db()
        assert (one.ended_by, one.end_reason) == (boss, "Pindah tugas.") and one.ended_at
        assert [
            a.role for a in User.objects.get(pk=account.pk).assignments.in_force(localdate())
        ] == ["chair"]
        page = client.get(account.get_absolute_url()).content.decode()
        assert "Pindah tugas." in page and "Ketua Tim" in page

    def test_what_ended_gives_nothing_and_may_be_given_again(self, client, sign_in):
        factories.team()
        account = sign_in("member")
        assert client.get("/rapat/").status_code == 200
        account.assignments.get().end(by=factories.user("administrator"), reason="Selesai.")
        assert client.get("/rapat/").status_code == 403
        one = account.assignments.get()
        one.role = "chair"
        with pytest.raises(FrozenRecord):
            one.save_as(by=None)
        factories.assign(account, "member")
        assert client.get("/rapat/").status_code == 200

    def test_what_begins_tomorrow_gives_nothing_today(self, client, sign_in):
        account = sign_in("member")
        Assignment.objects.update(starts_on=localdate() + timedelta(days=1))
        assert client.get("/rapat/").status_code == 403 and account

    def test_nobody_ends_or_closes_their_own(self, client, boss):
        own = boss.assignments.get()
        answer = client.post(
            reverse("programs:assignment_end", args=[own.pk]),
            {"version": own.version, "reason": "x"},
        )
        assert answer.status_code == 422 and "administrator lain" in answer.content.decode()
        answer = client.post(
            reverse("programs:account_disable", args=[boss.pk]), {"version": 1, "reason": "x"}
        )
        assert answer.status_code == 422
        assert client.get(reverse("programs:assignment_create", args=[boss.pk])).status_code == 404
        assert client.post(reverse("programs:account_link", args=[boss.pk])).status_code == 302

    @pytest.mark.both("a constraint")
    def test_the_database_wants_a_reason(self):
        factories.user("member")
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.update(ended_at="2026-01-01T00:00:00Z")


class TestClosing:
    def test_out_at_once_with_every_assignment_ended(self, client, boss, sign_in):
        account = factories.assign(factories.user("member"), "chair")
        url = reverse("programs:account_disable", args=[account.pk])
        assert client.post(url, {"version": 1, "reason": "Pensiun."}).status_code == 302
        account.refresh_from_db()
        event = account.events.get()
        assert not account.is_active and not account.has_usable_password()
        assert (event.kind, event.reason, event.created_by) == ("disabled", "Pensiun.", boss)
        assert (
            account.assignments.filter(ended_at__isnull=False, end_reason="Pensiun.").count() == 2
        )
        assert client.post(url, {"version": 1, "reason": "Lagi."}).status_code == 422
        assert "Pensiun." in client.get(account.get_absolute_url()).content.decode()
        assert (
            client.post(
                reverse("programs:account_enable", args=[account.pk]), {"version": 1}
            ).status_code
            == 302
        )
        account.refresh_from_db()
        assert account.is_active and [e.kind for e in account.events.all()] == [
            "enabled",
            "disabled",
        ], "both on record"
        assert (
            client.post(
                reverse("programs:account_enable", args=[account.pk]), {"version": 1}
            ).status_code
            == 422
        )
        sign_in(User.objects.get(pk=account.pk))
        assert client.get("/rapat/").status_code == 403, "open, with no assignment yet"

    def test_another_provinces_accounts_do_not_exist(self, client, boss):
        there = factories.user("member", province_code="11")
        national = factories.assign(factories.user("member"), "observer", None)
        root = factories.user(is_superuser=True)
        for account in (there, national, root):
            for name in (
                "account_detail",
                "account_link",
                "assignment_create",
                "account_disable",
                "account_enable",
            ):
                assert (
                    client.get(reverse(f"programs:{name}", args=[account.pk])).status_code == 404
                ), name
            for name in ("account_link", "account_disable"):
                assert (
                    client.post(
                        reverse(f"programs:{name}", args=[account.pk]),
                        {"version": 1, "reason": "x"},
                    ).status_code
                    == 404
                )
        assert (
            client.get(
                reverse("programs:assignment_end", args=[there.assignments.get().pk])
            ).status_code
            == 404
        )
        listed = client.get(reverse("programs:account_list")).content.decode()
        assert there.username not in listed and national.username not in listed

    def test_who_left_another_province_and_works_here_now(self, client, boss):
        account = factories.user("member", province_code="11")
        account.assignments.get().end(by=factories.user("administrator"), reason="Pindah.")
        assert client.get(account.get_absolute_url()).status_code == 404, (
            "not ours because they left there"
        )
        factories.assign(account, "member")
        assert client.get(account.get_absolute_url()).status_code == 200
