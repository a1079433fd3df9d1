"""The rhythm of teams: their rules with how they stand, one of them, and what is put off."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from advocacy.actions.cadence import put_off_reminder, snoozes_of
from advocacy.cadence.alerts import snooze_choices
from advocacy.cadence.kinds import SUBJECTS, CadenceKind
from advocacy.cadence.rhythm import events_of
from advocacy.cadence.standings import Standing, asks_of, read_days, read_standings
from advocacy.cadence.states import State
from advocacy.cadence.steps import ASLEEP, LATE, SCHEDULED, SOON
from advocacy.forms.cadence import CadenceRuleForm, SnoozeForm
from advocacy.models import CadenceRule, CadenceSnooze
from programs.models import Team
from sinergi.kit.pagination import KeysetPage
from sinergi.kit.views import (
    PageMixin,
    RecordCreate,
    RecordFormView,
    RecordHistory,
    TransitionView,
)
from villages.quarters import Quarter

TEAMS, ROWS, SNOOZES = 5, 50, 20  # on a page
TABS = {
    LATE: ("Lewat", State.LATE),
    SOON: ("Segera", State.SOON),
    SCHEDULED: ("Terjadwal", State.SCHEDULED),
    ASLEEP: ("Ditunda", None),
}


class CadencePage:
    """A page of one rule of a team; a rule that the team has not changed has no row yet."""

    model = CadenceRule
    section = "team"
    parent = ("Irama tim", "advocacy:cadence_list")

    @cached_property
    def team(self):
        rows = Team.objects.visible_to(self.request.user, "advocacy.view_cadencerule")
        return get_object_or_404(rows.select_related("province"), pk=self.kwargs["team"])

    @cached_property
    def kind(self):
        if self.kwargs["kind"] not in CadenceKind.values:
            raise Http404
        return CadenceKind(self.kwargs["kind"])

    @cached_property
    def days(self):
        return read_days([self.team], timezone.localdate(), timezone.now())

    @property
    def day(self):
        return self.days[self.team.pk]

    @cached_property
    def rule(self):
        return self.day.rule(self.kind)

    def get_parents(self):
        rule = self.rule
        return [*super().get_parents(), (f"{rule}, {self.team}", rule.get_absolute_url())]


class CadenceList(PageMixin, TemplateView):
    """All rules of the teams in sight, with how each stands today."""

    model = CadenceRule
    section = "team"
    title = "Irama tim"
    template_name = "advocacy/cadence_list.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        teams = Team.objects.visible_to(user, self.permission).select_related("province")
        page = KeysetPage(teams, self.request.GET, order=("province", "id"), size=TEAMS)
        days = read_days(page.rows, timezone.localdate(), timezone.now())
        asked = [ask for day in days.values() for ask in asks_of(day)]
        found = {(one.rule.team_id, one.rule.kind): one for one in read_standings(asked, days)}
        groups = [
            (
                day,
                [
                    found.get((day.team.pk, kind)) or Standing(day.rule(kind), day.today)
                    for kind in CadenceKind
                ],
                user.has_perm("advocacy.change_cadencerule", day.team),
            )
            for day in days.values()
        ]
        return super().get_context_data(page=page, groups=groups, **kwargs)


class CadenceDetail(CadencePage, PageMixin, TemplateView):
    """
    How one rule stands, and each thing it is about: late, soon, planned or put off, as the tabs
    say. `triwulan` lists what took place in a quarter instead; `milik=saya` leaves what is in one's
    own hands.
    """

    template_name = "advocacy/cadence_detail.html"

    @cached_property
    def standing(self):
        asked = asks_of(self.day, [self.kind])
        if not asked:
            return Standing(self.rule, self.day.today)
        (found,) = read_standings(asked, self.days)
        if self.request.GET.get("milik") == "saya":
            return found.held_by(self.request.user)
        return found

    @cached_property
    def quarter(self):
        return Quarter.read(self.request.GET.get("triwulan"))

    @cached_property
    def parts(self):
        """Return {tab: what it lists}."""
        standing = self.standing
        return {
            key: standing.asleep if state is None else standing.of(state)
            for key, (_, state) in TABS.items()
        }

    @cached_property
    def tab(self):
        asked = self.request.GET.get("daftar")
        if asked in TABS:
            return asked
        return next((key for key, rows in self.parts.items() if rows), LATE)

    def get_title(self):
        return str(self.rule)

    def get_parents(self):
        return super().get_parents()[:-1]

    def get_context_data(self, **kwargs):
        may = self.request.user.has_perm
        rows = self.parts[self.tab]
        snoozes = CadenceSnooze.objects.filter(team=self.team, kind=self.kind).latest_first()
        if self.quarter:
            rows = events_of(self.team, self.kind, self.quarter)
        shown = {
            "rule": self.rule,
            "team": self.team,
            "standing": self.standing,
            "quarter": self.quarter,
            "tab": "" if self.quarter else self.tab,
            "tabs": [(key, label, len(self.parts[key])) for key, (label, _) in TABS.items()],
            "rows": Paginator(rows, ROWS).get_page(self.request.GET.get("halaman")),
            "snoozes": snoozes.with_subjects()[:SNOOZES],
            "may_change": may("advocacy.change_cadencerule", self.team),
            "may_snooze": may("advocacy.add_cadencesnooze", self.team),
        }
        return super().get_context_data(**kwargs | shown)


class CadenceUpdate(CadencePage, RecordFormView):
    """Change a rule of the team; the first change makes its row."""

    action = "change"
    form_class = CadenceRuleForm
    crumb = "Atur"
    success_message = "Pengingat disimpan."

    @cached_property
    def object(self):
        self.check_object_permission(self.team)
        return self.rule

    def stale(self, form, stale):
        """Answer the first change, sent again, as done: meanwhile it has made the row."""
        sent = self.request.POST.get("idempotency_key")
        made = self.request.user.pk, sent
        stored = stale.record.stored()
        if made == (stored.created_by_id, str(stored.idempotency_key)) and form.matches(stored):
            return self.saved(stored)
        return super().stale(form, stale)

    def get_title(self):
        return f"Atur pengingat: {self.rule}"

    def get_trail(self):
        return self.get_parents()


class CadenceHistory(CadencePage, RecordHistory):
    hidden_columns = frozenset({"team"})
    related = ("team",)

    def get_parents(self):
        return [(self.parent[0], reverse(self.parent[1]))]


class SnoozeCreate(CadencePage, RecordCreate):
    """Put off a reminder, as a whole or of one record (its key)."""

    model = CadenceSnooze
    form_class = SnoozeForm
    template_name = "advocacy/cadence_snooze.html"
    title = crumb = "Tunda pengingat"

    @cached_property
    def subject(self):
        """Return the record whose reminder is put off, or None: the rule as a whole."""
        key, column = self.kwargs.get("subject"), SUBJECTS.get(self.kind)
        if key is None:
            return None
        if column is None:
            raise Http404
        model = CadenceSnooze._meta.get_field(column).related_model
        rows = model.objects.visible_to(self.request.user)
        where = {"province": self.team.province_id} if column == "library" else {"team": self.team}
        return get_object_or_404(rows.filter(**where), pk=key)

    def new_object(self):
        self.check_object_permission(self.team)
        made = CadenceSnooze(team=self.team, kind=self.kind, starts_on=self.day.today)
        made.set_subject(self.subject and self.subject.pk)
        return made

    @cached_property
    def last(self):
        """Return the last snooze of the same thing, or None."""
        return snoozes_of(self.new_object()).latest_first().first()

    def get_initial(self):
        choices = snooze_choices(self.rule, self.day.today)
        return super().get_initial() | {
            "number": self.last.number if self.last else 0,
            "until": choices[-1][0] if choices else None,
        }

    def get_form_kwargs(self):
        last_day = self.rule.last_day_of_snooze(self.day.today)
        return super().get_form_kwargs() | {"last_day": last_day}

    def get_trail(self):
        return self.get_parents()

    def save(self, form):
        return put_off_reminder(
            snooze=form.instance, seen=form.seen, by=self.request.user, **form.sent
        )

    def add_constraint_error(self, form, error):
        """Show who was quicker, and take that for seen: the next sending is a decision."""
        super().add_constraint_error(form, error)
        self.__dict__.pop("last", None)
        form.data = form.data.copy()
        form.data["number"] = self.last.number if self.last else 0

    def get_success_url(self):
        if self.request.POST.get("dari") == "beranda":
            return reverse("home:home")
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs):
        told = {"last": self.last, "subject": self.subject, "rule": self.rule, "team": self.team}
        return super().get_context_data(**told | kwargs)


class SnoozeEnd(TransitionView):
    """Be reminded again."""

    model = CadenceSnooze
    action = "change"
    section = "team"
    related = ("team__province",)
    parent = CadencePage.parent
    transition = "end"
    question = "Akhiri penundaan {record}?"
    explanation = "Pengingatnya muncul lagi hari ini bagi semua yang diingatkan."
    crumb = button = "Akhiri penundaan"
    done = "Penundaan diakhiri."
