"""What is typed to sign in names one account: user names and e-mails are kept apart."""

import pytest
from django.urls import reverse

from sinergi.accounts.models import User
from tests import factories
from tests.constraints import kept, refused
from tests.sinergi.test_accounts import attempt

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("a constraint without regard to case, and a migration"),
]

ROOT = "kepala@dinas.go.id"


@pytest.fixture
def root():
    """As `createsuperuser` makes one, with a name and nothing else."""
    return User.objects.create_superuser(ROOT, "", "rahasia-benar")


class TestDatabase:
    @pytest.mark.parametrize("email", [ROOT, "Kepala@DINAS.go.id"])
    def test_no_email_is_anothers_user_name(self, root, email):
        refused(factories.user(), email=email)

    @pytest.mark.parametrize("name", ["rekan@dinas.go.id", "REKAN@dinas.go.id", "nama@lain.id"])
    def test_no_user_name_is_anothers_email(self, name):
        factories.user(email="rekan@dinas.go.id")
        refused(factories.user(email="sendiri@dinas.go.id"), username=name)

    def test_a_name_that_is_the_own_email_is_kept(self, root):
        kept(root, username="Kepala@Dinas.go.id")
        kept(root, username="baru@dinas.go.id", email="baru@dinas.go.id")
        refused(root, email="")
        kept(root, username="kepala", email="")

    def test_who_is_named_by_an_email_signs_in_as_before(self, client, root):
        for name in (ROOT, ROOT.upper()):
            assert attempt(client, name).status_code == 302
            client.logout()

    @pytest.mark.parametrize("name", ["pusat@dinas.go.id", "pusat"])
    def test_createsuperuser_without_an_email(self, client, name):
        made = User.objects.create_superuser(name, "", "rahasia-benar")
        assert made.email == (name if "@" in name else "")
        assert attempt(client, name).status_code == 302


class TestPages:
    def test_an_invitation_with_the_email_of_a_superusers_name(self, client, sign_in, root):
        factories.team()
        sign_in("administrator")
        data = {
            "name": "Petugas",
            "username": "petugas",
            "email": "KEPALA@dinas.go.id",
            "role": "member",
        }
        data |= {
            "province": "19",
            "starts_on": "2026-01-01",
            "regency": "",
            "person": "",
            "idempotency_key": "",
        }
        answer = client.post(reverse("programs:account_invite"), data)
        assert answer.status_code == 422
        assert answer.context["form"].errors["email"] == ["Surel ini sudah dipakai akun lain."]
        assert not User.objects.filter(username="petugas").exists()

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"email": ROOT.upper()}, "Surel ini sudah dipakai akun lain."),
            ({"username": ROOT}, "Nama pengguna yang berisi @ harus sama dengan surel"),
            ({"username": "orang@lain.id"}, "Nama pengguna yang berisi @ harus sama dengan surel"),
        ],
    )
    def test_the_admin_refuses_with_words(self, client, sign_in, root, changes, told):
        sign_in("administrator")
        account = factories.user("member", username="petugas", email="petugas@dinas.go.id")
        data = {"username": "petugas", "first_name": "P", "last_name": "", "email": account.email}
        answer = client.post(
            reverse("admin:accounts_user_change", args=[account.pk]), data | changes
        )
        assert answer.status_code == 200 and told in answer.content.decode()
        account.refresh_from_db()
        assert (account.username, account.email) == ("petugas", "petugas@dinas.go.id")
        client.logout()
        assert attempt(client, ROOT).status_code == 302, "nobody is locked out"
