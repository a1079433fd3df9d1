"""Help: by role and by section, with links that lead there, one tap from every page."""

import re

import pytest
from django.urls import reverse

from sinergi.accounts.roles import ROLES
from sinergi.home.context import ADMIN_MENU, MENU
from sinergi.home.help import help_for, help_topics
from tests import factories
from tests.test_access import TABLE, World, account_for, close_files

pytestmark = pytest.mark.django_db


def jobs_of(role):
    return [job for _, own, _ in help_for(ROLES[role].permissions.__contains__) for job in own]


class TestWords:
    def test_every_section_of_the_menu_has_its_help(self):
        keys = [topic.key for topic in help_topics()]
        assert len(set(keys)) == len(keys)
        assert {entry.key for entry in [*MENU, *ADMIN_MENU]} <= set(keys)

    def test_every_permission_is_somebodys(self):
        known = set().union(*(role.permissions for role in ROLES.values()))
        assert [
            job.title
            for topic in help_topics()
            for job in topic.jobs
            if job.permission and job.permission not in known
        ] == []

    def test_jobs_are_short(self):
        long = [
            job.title
            for topic in help_topics()
            for job in topic.jobs
            if not 1 <= len(job.steps) <= 4
        ]
        long += [
            step
            for topic in help_topics()
            for job in topic.jobs
            for step in job.steps
            if len(step) > 140
        ]
        assert long == []

    def test_every_role_has_jobs_of_its_own(self):
        found = {role: {job.title for job in jobs_of(role)} for role in ROLES}
        assert (
            "Mengesahkan notula" in found["chair"]
            and "Mengesahkan notula" not in found["secretariat"]
        )
        assert "Mencatat rapat" in found["secretariat"] and "Mencatat rapat" not in found["chair"]
        assert found["regency_officer"] and "Mencatat perpustakaan" in found["regency_officer"]
        assert len(found["administrator"]) > len(found["secretariat"]) > len(found["observer"])


@pytest.mark.parametrize("role", ROLES)
def test_every_link_opens_for_whom_it_is_meant(client, sign_in, role):
    factories.team()
    sign_in(account_for(role))
    pages = {job.page for job in jobs_of(role)}
    answers = {page: client.get(reverse(page), follow=True).status_code for page in pages}
    assert answers == dict.fromkeys(pages, 200)


class TestPage:
    def test_says_what_one_may_and_who_does_the_rest(self, client, sign_in):
        sign_in("chair")
        page = client.get("/bantuan/").content.decode()
        assert "<h3>Mengesahkan notula</h3>" in page and "sebagai Ketua Tim" in page
        assert "<h3>Mencatat rapat</h3>" not in page
        assert "mencatat rapat (Administrator, Sekretariat)" in page
        assert 'id="accounts"' not in page, "nothing of theirs is there"

    def test_of_another_role_without_its_links(self, client, sign_in):
        sign_in("chair")
        page = client.get("/bantuan/?peran=secretariat").content.decode()
        assert "<h3>Mencatat rapat</h3>" in page and 'href="/rapat/baru/"' not in page

    @pytest.mark.parametrize("role", ["", "kepala", "x" * 500, "\x00"])
    def test_of_no_role_is_ones_own(self, client, sign_in, role):
        sign_in("chair")
        answer = client.get("/bantuan/", {"peran": role})
        assert answer.status_code == 200 and answer.context["role"] is None


@pytest.mark.parametrize("role", ROLES)
def test_the_help_of_each_page_is_one_tap_away(client, role):
    """In the shell of every page that has one stands a link to a heading that is there."""
    world, account = World(), account_for(role)
    client.force_login(account, backend="sinergi.accounts.backends.RoleBackend")
    headings = set(re.findall(r'<h2 id="(\w+)"', client.get("/bantuan/").content.decode()))
    seen, lost = 0, {}
    for name, (_, arguments) in TABLE.items():
        answer = client.get(reverse(name, args=arguments(world) if arguments else []))
        shell = (
            answer.status_code == 200 and not answer.streaming and b's-topbar"' in answer.content
        )
        if shell:
            found = re.findall(
                r's-topbar__help" href="/bantuan/(?:#(\w+))?"', answer.content.decode()
            )
            seen += 1
            if len(found) != 1 or (found[0] and found[0] not in headings):
                lost[name] = found
        close_files(answer)
    assert lost == {} and seen > 3
