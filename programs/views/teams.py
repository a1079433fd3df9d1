"""
The team: its legal basis, its members on a day, who they are and what they did; its membership
through time.
"""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import RedirectView

from programs.actions import form_team, save_letterhead
from programs.decree_coverage import coverage_on, terms_of
from programs.decree_steps import legal_steps, road_to_next
from programs.documents import LETTERHEAD_SAMPLE
from programs.forms.teams import DayForm, LetterheadForm, TeamForm, TeamSettingsForm
from programs.models import Decree, Institution, Membership, Team
from programs.representation import Representation
from programs.team_timeline import team_timeline
from sinergi.kit.columns import CONTACTS, Cell, Column, first_known, labels_of
from sinergi.kit.dates import long_date
from sinergi.kit.exports import FORMATS, PARAMETER
from sinergi.kit.prerequisites import Prerequisite
from sinergi.kit.views import (
    DocumentView,
    DownloadMixin,
    PageMixin,
    RecordCreate,
    RecordDetail,
    RecordHistory,
    RecordUpdate,
    search_terms,
)
from villages.models import Province
from villages.views.regions import regions_first

CHANGES = (
    "change_team",
    "add_membership",
    "change_membership",
    "add_decree",
    "add_wordtemplate",
)
OUTSIDE_GOVERNMENT = "Luar pemerintah"
FORM_FIRST = (
    "Rapat, rencana kerja, SK, dan catatan advokasi adalah milik sebuah tim. Bentuk dulu tim"
    " provinsinya."
)


def team_or_404(user, pk):
    """Return the team with this key, if the user may see it."""
    return get_object_or_404(Team.objects.visible_to(user).select_related("province"), pk=pk)


def team_first(view):
    """
    Return the answer of a page that needs a team where there is none yet: who makes it, and where.
    """
    options = {
        "title": view.get_title(),
        "section": view.section,
        "heading": "Tim provinsi belum dibentuk",
    }
    if view.request.user.has_perm("programs.add_team"):
        options |= {
            "text": FORM_FIRST,
            "url": reverse("programs:team_create"),
            "button": "Bentuk tim",
        }
    else:
        options |= {
            "text": (
                "Administrator portal di dinas perpustakaan provinsi membentuknya; sesudah itu"
                " halaman ini terisi."
            )
        }
    return Prerequisite.as_view(**options)(view.request)


class MyTeam(PageMixin, RedirectView):
    """Lead to the team of the province one works in; with several, the first."""

    model = Team
    title, section = "Tim & SK", "team"

    def get(self, request, *args, **kwargs):
        team = self.get_queryset().order_by("province").first()
        return HttpResponseRedirect(team.get_absolute_url()) if team else team_first(self)


class TeamCreate(RecordCreate):
    """A new team for a province that has none; its page then asks for the members."""

    model = Team
    section = "team"
    form_class = TeamForm
    title = "Bentuk tim"
    success_message = "Tim dibentuk. Sekarang tambahkan anggotanya."

    @cached_property
    def provinces(self):
        """Those without a team in which this person may make one."""
        return (
            Province.objects.visible_to(self.request.user, self.permission)
            .filter(team=None, gone_in="")
            .order_by("name")
        )

    def get(self, request, *args, **kwargs):
        if self.provinces.exists():
            return super().get(request, *args, **kwargs)
        if not Province.objects.exists():
            return regions_first(self)
        options = {
            "heading": "Timnya sudah ada",
            "text": "Setiap provinsi di wilayah Anda sudah mempunyai tim.",
        }
        options |= {"url": reverse("programs:my_team"), "button": "Buka tim"}
        return Prerequisite.as_view(title=self.title, section=self.section, **options)(request)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"provinces": self.provinces}

    def get_initial(self):
        """
        Add the province that the address names, or the only one; and the name that follows from it.
        """
        near = list(self.provinces.filter(pk=search_terms(self.request, "provinsi"))[:1]) or list(
            self.provinces[:2]
        )
        if len(near) != 1:
            return super().get_initial()
        return super().get_initial() | {
            "province": near[0].pk,
            "name": f"Tim Sinergi Provinsi {near[0].name}",
        }

    def save(self, form):
        return form_team(
            team=form.instance, by=self.request.user, idempotency_key=form.sent["idempotency_key"]
        )

    def add_constraint_error(self, form, error):
        if Team.objects.filter(province=form.cleaned_data["province"]).exists():
            form.add_error("province", "Tim provinsi ini baru saja dibentuk orang lain.")
        else:
            super().add_constraint_error(form, error)

    def get_cancel_url(self):
        return reverse("home:home")


class TeamPage:
    model = Team
    section = "team"
    related = ("province",)
    record_in_trail = False  # the team's page is the first of its menu entry

    def read_day(self):
        """Return the day asked for (?per=), else today, with the form that asks."""
        given = self.request.GET.get("per")
        form = DayForm(
            {"per": given} if given is not None else None, initial={"per": self.object.today}
        )
        asked = form.cleaned_data.get("per") if form.is_bound and form.is_valid() else None
        return asked or self.object.today, form


class TeamDetail(TeamPage, RecordDetail):
    """Who is in the team, on what legal basis, and what follows from it: today, or on any day."""

    template_name = "programs/team_detail.html"
    crumb = "Tim & SK"

    def get_title(self):
        return "Tim Sinergi dan dasar hukumnya"

    def get_context_data(self, **kwargs):
        team, user = self.object, self.request.user
        day, form = self.read_day()
        memberships, decrees = team.all_memberships(), team.decrees.linked()
        members = [one for one in memberships if one.is_on(day)]
        coverage = coverage_on(team, day, members, decrees=decrees)
        mark_work(team, members, coverage)
        return super().get_context_data(
            today=team.today,
            day=day,
            day_form=form,
            members=members,
            groups=group_members(members),
            coverage=coverage,
            attendance_year=members[0].attendance_year if members else None,
            representation=Representation(members),
            expiring=[
                (decree, decree.days_left(team.today))
                for decree in team.decrees.expiring(team.today)
            ],
            stairs=legal_steps(team, decrees, day),
            road=road_to_next(team, decrees, team.today),
            timeline=team_timeline(team, memberships, decrees),
            without_basis=meetings_without_basis(team, terms_of([team.pk])),
            may={name: user.has_perm(f"programs.{name}", team) for name in CHANGES},
            **kwargs,
        )


def mark_work(team, members, coverage):
    """
    Set beside each member: meetings attended in the last year the team met and visits made in it,
    open follow-ups, and whether the decree covers them.
    """
    last = (
        team.meetings.took_place()
        .order_by("-starts_at", "-pk")
        .values_list("starts_at", flat=True)
        .first()
    )
    zone = ZoneInfo(team.province.time_zone)
    year = last.astimezone(zone).year if last else team.today.year
    came = team.meetings.attendance_by_person(year, zone) if last else {}
    people = [member.person_id for member in members]
    tasks = team.meetings.open_followups_by_person(people, team.today, team.province_id)
    visits = team.visits.count_by_person(people, year)
    for member in members:
        member.visits = visits.get(member.person_id, 0)
        member.attendance_year = year
        member.present, member.marked = came.get(member.person_id, (0, 0))
        member.tasks, member.late_tasks = tasks.get(member.person_id, (0, 0))
        member.is_covered = coverage.covers(member)


def group_members(members):
    """
    Return [(heading, members)]: the library office, the other offices of government by level, those
    outside it.
    """
    groups = {}
    for member in members:
        office = member.institution
        heading = OUTSIDE_GOVERNMENT if not office.is_government else office.get_sector_display()
        if office.affair == office.Affair.LIBRARY:
            heading = office.name
        elif office.sector == office.Sector.GOV_PROVINCE:
            heading = "Pemerintah provinsi lain"
        groups.setdefault(heading, []).append(member)
    outside = groups.pop(OUTSIDE_GOVERNMENT, None)
    return [*groups.items(), *([(OUTSIDE_GOVERNMENT, outside)] if outside else [])]


#: Where a member's telephone and mail lie: with the person.
OF_PERSON = {"permission": CONTACTS, "places": ("person__province_id", "person__regency_id")}


class TeamRoster(DownloadMixin, TeamPage, RecordDetail):
    """The members of a day as a download: a workbook, if no other form is asked for."""

    columns = (
        Column("No.", "number", Cell.NUMBER),
        Column("Nama/Jabatan", "person__name"),
        Column("Kedudukan dalam tim", "role_text"),
        Column("Instansi", "institution__name"),
        Column("Jabatan", ("position", "person__position"), read=first_known),
        Column("Sektor", "institution__sector", read=labels_of(Institution.Sector)),
        Column("Mulai", "starts_on", Cell.DATE),
        Column("Sampai", "ends_on", Cell.DATE),
        Column("Telepon", "person__phone", Cell.PHONE, **OF_PERSON),
        Column("Surel", "person__email", **OF_PERSON),
    )

    def get(self, request, *args, **kwargs):
        kind = request.GET.get(PARAMETER, "xlsx")
        if kind not in FORMATS:
            raise Http404
        self.object = self.get_object()
        return self.download(kind)

    def get_back_url(self):
        """Return the team's page of the same day: this address is the download itself."""
        asked = self.get_asked().urlencode()
        url = self.object.get_absolute_url()
        return f"{url}?{asked}" if asked else url

    def get_title(self):
        return "Susunan tim"

    def get_listed(self):
        members = list(self.object.members_on(self.read_day()[0]))
        for number, member in enumerate(members, 1):
            member.number = number
        return members

    def get_filter_words(self):
        return [("Tim", self.object.name), ("Pada tanggal", long_date(self.read_day()[0]))]


class TeamUpdate(TeamPage, RecordUpdate):
    """The team's name and limits. What was signed or approved keeps the words of its day."""

    form_class = TeamSettingsForm
    crumb = "Ubah"
    lead = "Surat yang sudah disahkan atau ditandatangani tetap memakai nama pada waktu itu."
    success_message = "Data tim disimpan."

    def get_title(self):
        return "Ubah data tim"

    def get_parents(self):
        return [("Tim & SK", self.object.get_absolute_url())]


class LetterheadUpdate(TeamPage, RecordUpdate):
    """
    The office, its address and its logo, as papers draw them. What was signed, sent or approved
    keeps those of its day.
    """

    form_class = LetterheadForm
    template_name = "programs/team_letterhead.html"
    crumb = "Kop surat"
    lead = (
        "Surat yang sudah bernomor, serta notula, laporan, dan rencana yang sudah disahkan atau"
        " dikirim tetap memakai kop pada waktu itu. Berita acara memakai kop saat dicetak."
    )
    success_message = "Kop surat disimpan."

    def get_title(self):
        return "Kop surat"

    def get_parents(self):
        return [("Tim & SK", self.object.get_absolute_url())]

    def get_success_url(self):
        return reverse("programs:team_letterhead", args=[self.object.pk])

    def save(self, form):
        return save_letterhead(team=form.instance, by=self.request.user, **form.sent)

    def get_context_data(self, **kwargs):
        stored = self.object.stored()
        stored.province = self.object.province
        logo_url = reverse("programs:team_logo", args=[stored.pk])
        paper = stored.letterhead_words
        return super().get_context_data(paper=paper, logo_url=logo_url, **kwargs)


class LetterheadSample(TeamPage, DocumentView):
    """The letterhead as a PDF, or its logo alone."""

    documents = (LETTERHEAD_SAMPLE,)


class TeamHistory(TeamPage, RecordHistory):
    """Every change to the team, its membership and its decrees."""

    def get_histories(self):
        return [
            *super().get_histories(),
            *(model.history.filter(team=self.object.pk) for model in (Membership, Decree)),
        ]

    def title_of(self, row, name):
        if row.instance_type is Membership:
            return f"Keanggotaan {name('person')}"
        if row.instance_type is Decree:
            return Decree.__str__(row)  # row.instance would ask the database
        return super().title_of(row, name)


BASELESS_SHOWN = 5  # meetings without a basis, by name


def meetings_without_basis(team, terms):
    """
    Return the latest meetings that took place while no decree was in force, BASELESS_SHOWN at the
    most, and whether there are more.
    """
    outside = team.meetings.outside(terms.get(team.pk, []), ZoneInfo(team.province.time_zone))
    rows = list(
        outside.select_related("province").order_by("-starts_at", "-pk")[: BASELESS_SHOWN + 1]
    )
    return {"meetings": rows[:BASELESS_SHOWN], "more": len(rows) > BASELESS_SHOWN}
