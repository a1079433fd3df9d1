"""Letting in, replacing, ending and correcting membership."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from programs.actions import add_member, replace_member
from programs.forms.memberships import (
    MembershipChangeForm,
    MembershipEndForm,
    MembershipForm,
    ReplaceForm,
)
from programs.models import Membership, Person, Team
from programs.representation import LARGEST_TEAM
from sinergi.kit.periods import ONE_DAY
from sinergi.kit.text import parse_number
from sinergi.kit.views import RecordCreate, RecordHistory, RecordUpdate


class MembershipPage:
    model = Membership
    section = "team"
    related = ("team__province", "person", "institution", "replaces__person")
    record_in_trail = False

    @property
    def team(self):
        return self.object.team

    def get_parents(self):
        return [("Tim & SK", self.team.get_absolute_url())]

    def get_success_url(self):
        return self.object.team.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(team=self.team, **kwargs)


class MembershipCreate(MembershipPage, RecordCreate):
    template_name = "programs/membership_form.html"
    form_class = MembershipForm
    title = "Tambah anggota"
    searches_choices = True

    @cached_property
    def team(self):
        teams = Team.objects.visible_to(self.request.user).select_related("province")
        return self.check_object_permission(get_object_or_404(teams, pk=self.kwargs["team"]))

    def new_object(self):
        return Membership(team=self.team)

    def get_initial(self):
        people = Person.objects.visible_to(self.request.user).filter(province=self.team.province_id)
        person = people.filter(pk=parse_number(self.request.GET.get("orang"))).first()
        known = (
            {"person": person.pk, "institution": person.institution_id, "position": person.position}
            if person
            else {}
        )
        if office := parse_number(self.request.GET.get("instansi")):
            known |= {"institution": office}
        return super().get_initial() | {"starts_on": self.first_day()} | known

    def first_day(self):
        """
        Return the team's day of founding while the team is being entered for the first time, else
        today.
        """
        later = self.team.memberships.exclude(starts_on=self.team.formed_on)
        return self.team.today if later.exists() else self.team.formed_on

    def get_context_data(self, **kwargs):
        now = self.team.memberships.on(self.team.today).count()
        return super().get_context_data(
            full=now if now >= LARGEST_TEAM else 0, many=LARGEST_TEAM, **kwargs
        )

    def save(self, form):
        return add_member(
            membership=form.instance,
            newcomer=form.newcomer,
            by=self.request.user,
            idempotency_key=form.sent["idempotency_key"],
        )


class MembershipReplace(MembershipPage, RecordCreate):
    """A successor in somebody's place, or the same person in another office."""

    action = "change"
    template_name = "programs/membership_form.html"
    form_class = ReplaceForm
    crumb = "Ganti"
    searches_choices = True

    @cached_property
    def replaced(self):
        return self.check_object_permission(
            get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
        )

    @property
    def team(self):
        return self.replaced.team

    def new_object(self):
        return Membership(team=self.team)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"replaced": self.replaced}

    def get(self, request, *args, **kwargs):
        if hasattr(self.replaced, "replaced_by"):
            messages.warning(
                request,
                f"{self.replaced.person} sudah digantikan {self.replaced.replaced_by.person}.",
            )
            return HttpResponseRedirect(self.replaced.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def form_invalid(self, form):
        form.replaced = self.get_queryset().get(
            pk=self.replaced.pk
        )  # as it is stored, not as it would have been
        return super().form_invalid(form)

    def get_initial(self):
        old = self.replaced
        return super().get_initial() | {
            "role": old.role,
            "is_coordinator": old.is_coordinator,
            "institution": old.institution_id,
            "starts_on": old.ends_on + ONE_DAY if old.ends_on else self.team.today,
        }

    def get_title(self):
        return f"Ganti {self.replaced.person}"

    def save(self, form):
        return replace_member(
            membership=self.replaced,
            successor=form.instance,
            newcomer=form.newcomer,
            reason=form.cleaned_data.get("reason", ""),
            by=self.request.user,
            version=form.cleaned_data.get("replaced_version") or -1,
            idempotency_key=form.sent["idempotency_key"],
        )

    def stale(self, form, stale):
        """
        Show the membership to be replaced, which was changed meanwhile, beside the form; the next
        save is a decision.
        """
        saved = form.replaced = (
            self.get_queryset().select_related("updated_by").get(pk=self.replaced.pk)
        )
        form.data = form.data.copy()
        form.data["replaced_version"] = saved.version
        difference = [
            ("Keanggotaan yang digantikan", str(saved), f"{saved.period_text}; {saved.institution}")
        ]
        return self.render_to_response(
            self.get_context_data(form=form, conflict=difference, saved=saved), status=409
        )

    def form_valid(self, form):
        answer = super().form_valid(form)
        if answer.status_code == 302:
            messages.info(
                self.request,
                "Susunan tim berubah. Periksa di halaman ini apakah SK-nya perlu direvisi.",
            )
        return answer


class MembershipUpdate(MembershipPage, RecordUpdate):
    form_class = MembershipChangeForm
    crumb = "Ubah keanggotaan"
    searches_choices = True

    def get_title(self):
        return f"Ubah keanggotaan {self.object.person}"


class MembershipEnd(MembershipPage, RecordUpdate):
    form_class = MembershipEndForm
    crumb = "Akhiri keanggotaan"

    def get_title(self):
        return f"Akhiri keanggotaan {self.object.person}"

    def get_initial(self):
        return super().get_initial() | {"ends_on": self.object.ends_on or self.object.team.today}


class MembershipHistory(MembershipPage, RecordHistory):
    def title_of(self, row, name):
        return "Keanggotaan"
