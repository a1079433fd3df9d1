"""
Whatever is written, sent, reopened, answered and closed, in whichever order: recommendations and
the visits that made and answered them agree.
"""

from contextlib import suppress
from datetime import date, timedelta
from itertools import count

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from advocacy.actions import (
    VisitReport,
    close_followup,
    record_visit,
    reopen_followup,
    reopen_visit,
    send_visit,
)
from advocacy.models import FollowUp, FollowUpNote, RecommendationAnswer, Visit, VisitAttendance
from sinergi.kit.models import FrozenRecord, StaleRecord
from sinergi.kit.transitions import TransitionError
from tests import factories

REFUSALS = (FrozenRecord, StaleRecord, TransitionError)
BEGIN = date(2019, 3, 1)
ANSWERS = ("done", "open", "dropped", "")
#: Steps by name, with whatever they choose by: a number, and an answer.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["draft", "draft", "write", "send", "send", "reopen", "close", "open", "drop", "rename"]
        ),
        st.integers(0, 7),
        st.sampled_from(ANSWERS),
    ),
    min_size=3,
    max_size=10,
)
FIRST = [("draft", 0, "done"), ("send", 0, "")]


def one_of(rows, which):
    """Return one of these rows, or None of none."""
    rows = list(rows.order_by("pk"))
    return rows[which % len(rows)] if rows else None


class Library:
    """A library, those who visit it, and what they do there. Each step is allowed or refused."""

    def __init__(self):
        self.team = factories.team(members=factories.ROSTER[:3])
        self.desk, self.member = factories.user("secretariat"), factories.user("member")
        self.holder = factories.person("Pelatih", account=self.member)
        self.row = factories.library(by=self.desk)
        self.said, self.days, self.texts = {}, count(), count()

    def draft(self, which, answer):
        """Write what is open down, each with an answer, and two recommendations."""
        day = BEGIN + timedelta(days=next(self.days))
        visit = Visit(team=self.team, visited_on=day, purpose="both")
        visit.set_library(self.row)
        person = self.team.memberships.first().person
        new = [
            FollowUp(
                what=f"Saran {next(self.texts)}", person_in_charge=holder, due_on=day + timedelta(9)
            )
            for holder in (None, self.holder)[: which % 3]
        ]
        report = VisitReport(
            visit=visit,
            attendance=[VisitAttendance(person=person, name=person.name)],
            recommendations=[
                RecommendationAnswer(followup=row, answer=answer, note=f"Kata {next(self.texts)}")
                for row in FollowUp.objects.recommended_to(self.row).open()
            ],
            followups=new,
        )
        record_visit(report, by=self.desk)

    def write(self, which, answer):
        if visit := one_of(Visit.objects.all(), which):
            rows = list(visit.recommendation_answers.select_related("followup"))
            for row in rows:
                row.answer, row.note = answer, f"Kata {next(self.texts)}"
                row.due_on = visit.visited_on + timedelta(90) if answer == "open" else None
            visit.findings = f"Temuan {next(self.texts)}"
            report = VisitReport(visit=visit, recommendations=rows, version=visit.version)
            record_visit(report, by=self.desk)

    def send(self, which, answer):
        if visit := one_of(Visit.objects.drafts(), which):
            send_visit(visit=visit, by=self.desk, version=visit.version)
            self.said[visit.pk] = visit.stored().words

    def reopen(self, which, answer):
        if visit := one_of(Visit.objects.all(), which):
            reopen_visit(visit=visit, by=self.desk, reason="Salah ketik.", version=visit.version)
            del self.said[visit.pk]

    def close(self, which, answer):
        if row := one_of(FollowUp.objects.with_names(), which):
            close_followup(followup=row, note="Ditutup.", by=self.by(which), version=row.version)

    def open(self, which, answer):
        if row := one_of(FollowUp.objects.with_names(), which):
            by = row.closed_by or self.desk
            reopen_followup(followup=row, reason="Belum.", by=by, version=row.version)

    def drop(self, which, answer):
        """Take a recommendation out of its visit."""
        if row := one_of(FollowUp.objects.select_related("visit"), which):
            visit = row.visit
            record_visit(
                VisitReport(visit=visit, removed=[row], version=visit.version), by=self.desk
            )

    def rename(self, which, answer):
        """Call everything that a report names something else."""
        for row in (self.row, self.holder):
            row.refresh_from_db()
            row.name = f"{row.name.split(' ke-')[0]} ke-{next(self.texts)}"
            row.save_as(by=self.desk)

    def by(self, which):
        return (self.desk, self.member)[which % 2]

    # What holds after every step ----------------------------------------------------------------
    def check(self):
        for row in FollowUp.objects.with_names():
            assert (row.closed_at is None) == (row.closed_as == "") == (not row.closing_note)
            assert (row.meeting_id is None) != (row.visit_id is None)
            turns = row.progress.exclude(kind=FollowUpNote.Kind.PROGRESS).order_by("pk")
            kinds = list(turns.values_list("kind", flat=True))
            assert kinds == ["closed", "reopened"] * (len(kinds) // 2) + ["closed"] * (
                len(kinds) % 2
            )
            assert row.is_open == (len(kinds) % 2 == 0), "its log says how it stands"
        for visit in Visit.objects.select_related("library"):
            assert (visit.pk in self.said) == (visit.state == "sent")
            if visit.pk in self.said:
                assert visit.words == self.said[visit.pk]
                answers = visit.recommendation_answers.values_list("answer", "note")
                assert all(answer and note for answer, note in answers)


class TestAnySequence(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.library = Library()

    @settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @example(steps=[("draft", 2, ""), ("send", 0, ""), ("draft", 0, "done"), ("send", 0, "")])
    @example(
        steps=[
            *(("draft", 2, ""), ("send", 0, ""), ("draft", 0, "done"), ("send", 0, "")),
            *(("reopen", 1, ""), ("write", 1, "open"), ("rename", 0, ""), ("send", 0, "")),
            *(("close", 0, ""), ("open", 0, ""), ("reopen", 0, ""), ("drop", 0, "")),
        ]
    )
    @given(steps=STEPS)
    def test_recommendations_and_visits_agree(self, steps):
        self.library.said.clear()
        for name, which, answer in [*FIRST, *steps]:
            with suppress(*REFUSALS):
                getattr(self.library, name)(which, answer)
            self.library.check()
