"""
What an approved plan says stays what it says: on its pages, on paper and in the sheet, whatever is
renamed afterwards.
"""

import re
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from openpyxl import load_workbook

from programs.actions import merge_into, replace_member, return_plan, save_activity, submit_plan
from programs.documents import plan_data
from programs.models import FundingSource, Membership, Person, PlanComment, PlanSubmission
from programs.plan_versions import version_in_force, version_of
from programs.progress import PlanProgress
from sinergi.accounts.models import User
from sinergi.kit import documents
from tests import factories
from tests.constraints import refused
from villages.models import Province, Regency, Village

PAGES = ("detail", "months", "outcome", "review")


class World:
    """
    A plan that was returned, commented on and approved, and everything on which its words depend.
    """

    def __init__(self):
        self.team = factories.team(members=factories.ROSTER[:4])
        self.team.letterhead, self.team.seat = "Jalan Merdeka 1\nTelepon 0717", "Pangkalpinang"
        self.team.save_as(by=None)
        self.desk, self.chair = factories.user("secretariat"), factories.user("chair")
        self.source = factories.source(self.team)
        self.person, self.twin = factories.person("Kepala Bidang"), factories.person("Kabid")
        village = factories.village()
        self.plan = factories.plan(self.team, activities=0)
        self.activity = factories.activity(
            self.plan,
            person_in_charge=self.person,
            village=village,
            regency=village.regency,
            budget={self.source: 5_000_000},
        )
        self.hand_in()
        comment = PlanComment(
            plan=self.plan, activity=self.activity, about="2.1", round=1, text="Mengapa Juli?"
        )
        comment.save_as(by=self.chair)
        PlanComment(
            plan=self.plan, activity=self.activity, round=1, text="Karena libur.", answers=comment
        ).save_as(by=self.desk)
        comment.resolve(by=self.chair)
        return_plan(plan=factories.fresh(self.plan), by=self.chair, reason="Lengkapi.")
        self.hand_in()
        self.reader = Client()
        self.reader.force_login(
            factories.user("observer"), backend="sinergi.accounts.backends.RoleBackend"
        )

    def hand_in(self):
        submit_plan(plan=factories.fresh(self.plan), by=self.desk)

    def approve(self):
        client = Client()
        client.force_login(self.chair, backend="sinergi.accounts.backends.RoleBackend")
        url = reverse("programs:plan_approve", args=[self.plan.pk])
        assert client.post(url, {"version": factories.fresh(self.plan).version}).status_code == 302

    def url(self, name, *more):
        return reverse(f"programs:{name}", args=[self.plan.pk, *more])

    def drawn(self):
        """Everything that is drawn of it."""
        urls = [self.url(f"plan_{name}") for name in PAGES] + [
            self.url("plan_version", n) for n in (1, 2)
        ]
        urls.append(reverse("programs:activity_detail", args=[self.activity.pk]))
        pages = {url: words_of(self.reader.get(url)) for url in urls}
        book = load_workbook(BytesIO(self.reader.get(self.url("plan_export")).content))
        sheets = [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
        plan = factories.fresh(self.plan)
        holding = plan.holding
        return pages | {
            "xlsx": sheets,
            "pdf": plan_data(plan, version_of(holding.content), approved=holding),
        }

    # What may happen afterwards -----------------------------------------------------------------
    def rename_team(self, word):
        self.team.refresh_from_db()
        for name in ("name", "office", "letterhead", "seat"):
            setattr(self.team, name, f"{name} {word}")
        self.team.save_as(by=None)

    def rename_accounts(self, word):
        User.objects.filter(pk__in=[self.desk.pk, self.chair.pk]).update(
            first_name=f"Akun {word}", last_name=""
        )

    def rename_places(self, word):
        for model in (Province, Regency, Village):
            model.objects.update(name=f"Tempat {word}")

    def rename_source(self, word):
        source = FundingSource.objects.get(pk=self.source.pk)
        source.kind, source.name = "other", word
        source.save_as(by=None)

    def rename_person(self, word):
        Person.objects.filter(pk__in=[self.person.pk, self.twin.pk]).update(name=f"Orang {word}")

    def merge_person(self, word):
        if removed := Person.objects.filter(pk=self.person.pk).first():
            merge_into(kept=Person.objects.get(pk=self.twin.pk), removed=removed, by=None)

    def move_person(self, word):
        office = factories.institution(f"Kantor {word}")
        for person in Person.objects.filter(pk__in=[self.person.pk, self.twin.pk]):
            person.institution, person.position = office, word
            person.save_as(by=None)

    def end_membership(self, word):
        member = self.team.memberships.filter(ends_on=None, role="member").first()
        if member:
            member.ends_on, member.end_reason = date(2019, 12, 1), word
            member.save_as(by=None)

    def replace_chair(self, word):
        chair = self.team.memberships.filter(ends_on=None, role="chair").get()
        if chair.starts_on < date(2020, 1, 1):
            successor = Membership(
                person=factories.person(word), role="chair", starts_on=date(2020, 1, 1)
            )
            successor.institution = chair.institution
            replace_member(membership=chair, successor=successor, reason="Pindah", by=None)


EVENTS = [
    name
    for name in vars(World)
    if name.startswith(("rename_", "merge_", "move_", "end_", "replace_"))
]


def words_of(answer):
    """Return the page between its frame, without the keys of its form and without addresses."""
    assert answer.status_code == 200
    page = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    page = re.sub(r'name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"', "", page)
    return re.sub(r'href="/orang/\d+/"', "", page)


class TestFrozen(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = World()
        cls.world.approve()
        cls.before = cls.world.drawn()

    @settings(max_examples=5, deadline=None)
    @given(
        st.lists(
            st.tuples(st.sampled_from(EVENTS), st.sampled_from(["Baru", "Lain"])),
            min_size=1,
            max_size=6,
        )
    )
    def test_whatever_is_renamed_merged_or_moved(self, events):
        for name, word in events:
            getattr(self.world, name)(word)
        after = self.world.drawn()
        for what in self.before:
            self.assertEqual(after[what], self.before[what], what)

    def test_each_of_them(self):
        """None is left to chance; and each would be seen on a plan that is not approved."""
        for name in EVENTS:
            getattr(self.world, name)("Baru")
            self.assertEqual(self.world.drawn(), self.before, name)

    def test_control_without_what_was_kept_the_paper_changes(self):
        world, before = self.world, self.before
        world.rename_team("Baru")
        world.rename_accounts("Baru")
        plan = factories.fresh(world.plan)
        names = {str(one.pk): str(one) for one in User.objects.all()}
        paper = plan.holding.paper | plan.letterhead | {"accounts": names}
        PlanSubmission.objects.filter(pk=plan.holding.pk).update(paper=paper)
        after = world.drawn()
        changed = {what for what in before if before[what] != after[what]}
        kept = {world.url(f"plan_{name}") for name in ("months", "outcome")}
        kept |= {reverse("programs:activity_detail", args=[world.activity.pk])}
        assert set(before) - kept == changed


@pytest.mark.both("papers are kept as JSON, with a constraint")
@pytest.mark.django_db
class TestPaper:
    def test_the_pdf_is_drawn_from_it(self, client, sign_in, monkeypatch):
        handed = []
        monkeypatch.setattr(
            documents,
            "render_pdf",
            lambda template, data: handed.append((template, data)) or b"%PDF",
        )
        world = World()
        world.approve()
        for word in ("Baru", "Lain"):
            world.rename_team(word)
            assert world.reader.get(world.url("plan_paper")).status_code == 200
        assert handed[0] == handed[1] and handed[0][0] == "plan"
        data = handed[0][1]
        assert (data["office"], data["letterhead"]) == (
            "Dinas Perpustakaan Kepulauan Bangka Belitung",
            ["Jalan Merdeka 1", "Telepon 0717"],
        )
        assert (
            data["signer"] == str(world.chair)
            and data["place_and_day"].startswith("Pangkalpinang, ")
            and data["mark"] == ""
        )

    def test_also_while_a_revision_is_under_way(self):
        world = World()
        world.approve()
        before = world.drawn()["pdf"]
        factories.fresh(world.plan).revise(by=world.desk, reason="Anggaran berubah.")
        world.rename_team("Baru")
        world.rename_accounts("Baru")
        row = world.plan.activities.select_related("plan").get()
        row.title = "Judul baru"
        save_activity(activity=row, budget={}, by=None, version=row.version)
        assert world.drawn()["pdf"] == before

    def test_a_draft_is_drawn_from_what_is_so_today(self):
        world = World()
        plan = factories.fresh(world.plan)
        version = version_of(plan.submissions.first().content)
        world.rename_team("Baru")
        data = plan_data(factories.fresh(plan), version, PlanProgress(plan, version))
        assert (data["office"], data["mark"], data["signer"]) == ("office Baru", "DRAF", "")

    def test_what_lies_with_the_chair_is_what_was_handed_in(self):
        world = World()
        before = words_of(world.reader.get(world.url("plan_detail")))
        world.rename_person("Baru")
        world.rename_source("Baru")
        assert words_of(world.reader.get(world.url("plan_detail"))) == before

    def test_progress_of_that_day_is_on_it(self):
        """What came of it afterwards stands on the plan's own pages."""
        plan = factories.plan(factories.team(), activities=0)
        visits = factories.activity(plan, way="visit", target=5, unit="kunjungan")
        factories.achievement(visits, amount=2)
        submit_plan(plan=factories.fresh(plan), by=factories.user())
        plan = factories.fresh(plan)
        plan.approve(by=None)
        plan.submissions.get().decide("approved", by=None)
        factories.achievement(visits, amount=1)
        data = plan_data(plan, version_in_force(plan), approved=plan.holding)
        assert [item["done"] for section in data["sections"] for item in section["items"]] == [
            "terlaksana 2 saat diajukan"
        ]

    def test_an_approval_without_it_is_refused_by_the_database(self):
        plan = factories.plan(factories.team(), by=factories.user(), state="submitted")
        submission = plan.submissions.get()
        refused(submission, outcome="approved")
        submission.decide("returned", by=None, reason="Lengkapi.")
        assert submission.paper is None
