"""
A team in the week of Wednesday, 24 July 2019, with one of each kind of thing that home tells of:
papers that wait for somebody, and what the team's rhythm reminds of.
"""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from advocacy.cadence.kinds import CadenceKind
from advocacy.models import FollowUp
from programs.models import Membership
from tests import factories

TODAY = date(2019, 7, 24)
#: Who works in the week, and which of the team's people they are.
PEOPLE = {
    "secretariat": "PIC Program DKPUS",
    "chair": "Sekretaris DKPUS",
    "member": "Perwakilan DPMD",
}


def morning(day, month=7):
    """Return nine o'clock in the west of Indonesia on a day of 2019."""
    return datetime(2019, month, day, 2, tzinfo=UTC)


class Clock:
    """The clock that Django tells; `monkeypatch` gives the real one back."""

    def __init__(self, monkeypatch):
        monkeypatch.setattr(timezone, "now", lambda: self.now)
        self.now = morning(24)

    def turn_to(self, day, month=7):
        self.now = morning(day, month)


class Week:
    """
    The team with its accounts, and on Wednesday what `papers` and `reminders` have left for them.
    Without reminders the team has turned them off.
    """

    def __init__(self, clock, *, papers=False, reminders=False):
        self.clock = clock
        clock.turn_to(28, 5)
        self.team = factories.team()
        self.people = {
            role: self.team.memberships.get(person__name=name).person
            for role, name in PEOPLE.items()
        }
        self.accounts = {
            role: factories.user(role, regency_code="19.01" if role == "regency_officer" else None)
            for role in (*PEOPLE, "administrator", "regency_officer", "observer")
        }
        for role, person in self.people.items():
            person.user = self.accounts[role]
            person.save_as(by=None)
        self.libraries = {}
        self.decree = factories.decree(
            self.team, number="1/2018", until=date(2019, 8, 31) if reminders else None
        )
        clock.turn_to(20, 6)
        followups = self.followups() if papers else []
        self.minutes("Rapat Juni", morning(19, 6), state="approved", followups=followups)
        if papers:
            self.leave_papers()
        if reminders:
            self.leave_reminders()
        else:
            for kind in CadenceKind:
                factories.cadence_rule(self.team, kind, is_active=False)
        clock.turn_to(24)

    @property
    def desk(self):
        return self.accounts["secretariat"]

    def minutes(self, title, starts_at, **fields):
        given = {"by": self.desk, "chair": self.accounts["chair"], "followups": []} | fields
        return factories.minutes(self.team, title=title, starts_at=starts_at, **given)

    def library(self, code, name, **profile):
        """Return a library of the programme, whose profile is whole unless it says otherwise."""
        whole = {"head": "Kepala", "phone": "0717 1234", "opening_hours": "Senin sampai Jumat"}
        made = factories.library(factories.village(code, name), by=self.desk, **whole | profile)
        factories.participation(made, by=self.desk)
        self.libraries[name] = made
        return made

    def leave_papers(self):
        self.leave_minutes()
        self.leave_plans()
        self.leave_decrees()
        self.leave_reports()

    def followups(self):
        """Return those that the meeting of June leaves."""
        held = {
            ("member", "Menyusun usulan anggaran"): date(2019, 7, 5),
            ("member", "Mengirim undangan"): TODAY,
            ("chair", "Menghubungi DPMD"): date(2019, 7, 26),
            ("secretariat", "Menyusun jadwal"): date(2019, 7, 31),
        }
        return [
            FollowUp(what=what, person_in_charge=self.people[role], due_on=day)
            for (role, what), day in held.items()
        ]

    def leave_minutes(self):
        turn = self.clock.turn_to
        turn(20)
        returned = self.minutes("Rapat Mei", morning(8, 5), state="submitted")
        turn(22)
        self.minutes("Rapat evaluasi", morning(16), state="submitted")
        turn(23)
        returned.send_back(by=self.accounts["chair"], reason="Tulis keputusannya.")
        self.minutes("Rapat anggaran", morning(10))
        factories.meeting(self.team, title="Sosialisasi", starts_at=morning(18), by=self.desk)

    def leave_plans(self):
        people = {"by": self.desk, "chair": self.accounts["chair"]}
        self.clock.turn_to(21)
        factories.plan(self.team, year=2020, state="submitted", **people)
        self.clock.turn_to(23)
        factories.plan(self.team, year=2021, state="returned", **people)

    def leave_decrees(self):
        """Leave a draft, one that is being signed, and a member whom the one in force lacks."""
        self.clock.turn_to(19)
        factories.decree(
            self.team, level="governor", state="submitted", by=self.desk, roster_on=TODAY
        )
        factories.decree(
            self.team,
            level="national",
            state="drafting",
            by=self.desk,
            roster_on=TODAY,
            submit_by=date(2019, 7, 26),
        )
        person = factories.person("Perwakilan penerbit")
        Membership(
            team=self.team,
            person=person,
            institution=person.institution,
            role="member",
            starts_on=date(2019, 7, 1),
        ).save_as(by=self.desk)

    def leave_reports(self):
        """Of three libraries: sent, sent back, and one whose profile has gaps; and a visit."""
        officer, turn = self.accounts["regency_officer"], self.clock.turn_to
        turn(3)
        sent = self.library("19.01.06.2001", "Kimak")
        mended = self.library("19.01.06.2002", "Rebo")
        profile = self.library("19.01.06.2003", "Kapuk", phone="", opening_hours="")
        for library in (sent, mended):
            turn(8)
            report = factories.report(library, by=officer)
        turn(10)
        report.send_back(by=self.desk, reason="Periksa jumlah pengunjungnya.")
        factories.visit(
            profile, by=self.accounts["member"], visited_on=date(2019, 7, 20), send=False
        )

    def leave_reminders(self):
        self.clock.turn_to(28, 6)
        self.leave_rhythm_of_meetings()
        self.leave_promises()
        self.leave_rhythm_of_libraries()
        factories.plan(self.team, by=self.desk)

    def leave_rhythm_of_meetings(self):
        self.minutes(
            "Pertemuan provinsi",
            morning(30, 4),
            state="approved",
            kind="stakeholder_province",
        )
        self.clock.turn_to(22)
        factories.snooze(self.team, "audience", until=date(2019, 9, 20), by=self.desk)

    def leave_promises(self):
        for role in ("member", "chair"):
            factories.case(
                self.team,
                asked=f"Komputer dari {role}",
                person_in_charge=self.people[role],
                since=date(2019, 6, 1 if role == "member" else 10),
                by=self.desk,
            )
        factories.commitment(
            self.team, promised_on=date(2019, 6, 3), due_on=date(2019, 7, 10), by=self.desk
        )
        factories.partnership(
            self.team, starts_on=date(2018, 8, 16), ends_on=date(2019, 8, 15), by=self.desk
        )

    def leave_rhythm_of_libraries(self):
        visited = self.library("19.01.06.2004", "Pemali")
        factories.visit(visited, by=self.desk, visited_on=date(2018, 12, 10))
        factories.report(
            visited, by=self.accounts["regency_officer"], state="verified", verified_by=self.desk
        )
        unsent = self.library("19.01.06.2005", "Merawang")
        factories.visit(unsent, by=self.desk, visited_on=TODAY - timedelta(days=40))
        factories.expansion(
            factories.village("19.01.06.2006", "Dalil"), by=self.desk, day=date(2019, 5, 1)
        )
