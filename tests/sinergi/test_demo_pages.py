"""How the portal shows that it holds demonstration data, and lets in who tries it."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from programs.models import Team
from sinergi.accounts.models import User
from sinergi.accounts.roles import ROLES
from sinergi.home import demo
from sinergi.home.library_tasks import MOST
from sinergi.search.lexicon import neighbours
from tests import factories
from tests.test_pages import queries
from villages.models import Library

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent.parent
MARK, TRY = "Data percontohan", "Masuk sebagai"


@pytest.fixture
def sample():
    """
    Return a portal with demonstration data, as far as its pages look: the team's mark and the
    accounts.
    """
    team = factories.team()
    Team.objects.filter(pk=team.pk).update(is_sample=True)
    for username, _, role, _, regency in demo.ACCOUNTS:
        factories.assign(User.objects.create(username=username), role, regency_code=regency)
    return team


class TestMark:
    def test_on_every_page_of_everybody(self, client, sample):
        assert MARK in client.get("/masuk/").content.decode()
        assert MARK in client.get("/lupa-sandi/").content.decode()
        for account in [*User.objects.all(), factories.user(is_superuser=True), factories.user()]:
            client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
            for url in (
                "/",
                "/bantuan/",
                "/desa/",
                "/tidak-ada/",
            ):  # not all may see the third: 403 says so too
                assert MARK in client.get(url).content.decode(), (account, url)

    def test_seen_from_another_province_and_in_the_admin(self, client, sample, sign_in):
        sign_in("administrator", province_code="11")
        assert (
            MARK in client.get("/").content.decode()
            and MARK in client.get("/admin/").content.decode()
        )

    def test_not_without_it(self, client, sign_in):
        team = factories.team()
        assert MARK not in client.get("/masuk/").content.decode()
        sign_in("secretariat")
        assert MARK not in client.get("/").content.decode() and not team.is_sample

    def test_it_asks_nothing_more(self, client, sign_in):
        team = factories.team()
        sign_in("secretariat")
        without = queries(client, "/bantuan/")
        Team.objects.filter(pk=team.pk).update(is_sample=True)
        assert (
            MARK in client.get("/bantuan/").content.decode()
            and queries(client, "/bantuan/") == without
        )


class TestSignIn:
    @override_settings(DEBUG=True)
    def test_a_tap_lets_in_as_each_role(self, client, sample):
        page = client.get("/masuk/").content.decode()
        for username, _, role, *_ in demo.ACCOUNTS:
            assert f'name="akun" value="{username}">{TRY} {ROLES[role].label}<' in page
            answer = client.post("/masuk/percontohan/", {"akun": username})
            assert (answer.status_code, answer.url) == (302, "/")
            assert client.get("/").context["user"].username == username
            client.logout()

    def test_impossible_without_debug(self, client, sample):
        assert TRY not in client.get("/masuk/").content.decode()
        assert client.post("/masuk/percontohan/", {"akun": "ketua"}).status_code == 404
        assert client.get("/").status_code == 302, "nobody is signed in"

    @override_settings(DEBUG=True)
    def test_impossible_in_a_real_portal(self, client):
        factories.team()
        factories.assign(User.objects.create(username="admin"), "administrator")
        assert TRY not in client.get("/masuk/").content.decode()
        assert client.post("/masuk/percontohan/", {"akun": "admin"}).status_code == 404

    @override_settings(DEBUG=True)
    def test_only_as_one_of_these_and_only_while_open(self, client, sample):
        factories.user(username="lain")
        User.objects.filter(username="ketua").update(is_active=False)
        for username in ("lain", "ketua", "", "tidak-ada"):
            assert client.post("/masuk/percontohan/", {"akun": username}).status_code == 404, (
                username
            )
        assert f"{TRY} Ketua" not in client.get("/masuk/").content.decode()

    @override_settings(DEBUG=True)
    def test_not_by_a_link_nor_from_elsewhere(self, sample, client):
        assert client.get("/masuk/percontohan/?akun=ketua").status_code == 405
        client.handler.enforce_csrf_checks = True
        assert client.post("/masuk/percontohan/", {"akun": "ketua"}).status_code == 403


class TestCommand:
    @pytest.fixture(autouse=True)
    def _loads(self, monkeypatch):
        self.loads = []
        monkeypatch.setattr(demo, "load", lambda: self.loads.append(1))

    @override_settings(DEBUG=True)
    def test_loads_once_and_prints_the_accounts_last(self, capsys, monkeypatch):
        call_command("load_demo", address="http://127.0.0.1:8000")
        monkeypatch.setattr(demo, "is_loaded", lambda: True)
        call_command("load_demo", address="http://127.0.0.1:8000")
        assert self.loads == [1]
        told = capsys.readouterr().out.strip().splitlines()
        last = told[-len(demo.ACCOUNTS) - 1 :]
        assert demo.PASSWORD in last[0] and told[-len(last) - 2].startswith(
            "Sinergi: http://127.0.0.1:8000"
        )
        assert [line.split()[0] for line in last[1:]] == [
            username for username, *_ in demo.ACCOUNTS
        ]

    @override_settings(DEBUG=True)
    def test_its_words_are_known_to_the_search(self, monkeypatch):
        monkeypatch.setattr(demo, "load", lambda: factories.village(name="Seliu"))
        call_command("load_demo")
        assert neighbours(["siliu"]) == {"siliu": [(1, "seliu")]}

    @override_settings(DEBUG=True)
    def test_leaves_a_team_alone_that_is_there(self, capsys):
        factories.team()
        call_command("load_demo")
        assert self.loads == [] and "data percontohan tidak dimuat" in capsys.readouterr().out
        assert demo.PASSWORD not in capsys.readouterr().out

    def test_refused_in_production(self):
        with pytest.raises(CommandError, match="DEBUG"):
            call_command("load_demo")


def test_the_server_of_make_run_writes_no_line_for_a_request():
    """With the product's own settings; what failed is still told."""
    code = (
        "import logging.config; from sinergi.settings import LOGGING;"
        " logging.config.dictConfig(LOGGING);log = logging.getLogger('django.server');"
        " log.info('GET / 200'); log.warning('GET /x 404'); log.error('GET /y 500')"
    )
    environment = {"DEBUG": "1", "PATH": "", "DATA_DIR": "/tmp"}
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line[-10:] for line in ended.stderr.splitlines()] == ["GET /y 500"]


class TestLibrariesOnHome:
    """What is missing in the profiles of a regency asks its officer, and nobody else."""

    def test_the_officer_is_asked_for_what_is_missing(self, client, sign_in):
        gap, full = (
            factories.library(phone="0000", head=""),
            factories.library(factories.village("19.01.06.2003", "Dalil")),
        )
        elsewhere = factories.library(factories.village("19.02.01.2001", "Sijuk"))
        Library.objects.filter(pk=full.pk).update(
            head="Pengelola", phone="0000", opening_hours="Senin"
        )
        sign_in("regency_officer", regency_code="19.01")
        page = client.get("/")
        assert [task.url for task in page.context["tasks"]] == [f"/perpustakaan/{gap.pk}/ubah/"]
        assert page.context["tasks"][0].note == "Belum diisi: kepala atau pengelola, jam buka."
        assert elsewhere.get_absolute_url() not in page.content.decode()

    def test_others_find_them_in_the_list(self, client, sign_in):
        factories.library()
        for role in ("secretariat", "observer"):
            sign_in(role)
            assert client.get("/").context["tasks"] == []

    def test_a_regency_full_of_gaps_does_not_fill_the_page(self, client, sign_in):
        for n in range(MOST + 3):
            factories.library(factories.village(f"19.01.06.2{n:03}", f"Desa {n}"))
        sign_in("regency_officer", regency_code="19.01")
        assert len(client.get("/").context["tasks"]) == MOST
