"""The pages of the form of a visit."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from advocacy.actions import record_visit
from advocacy.forms.visit_reports import VisitMultiForm
from advocacy.models import ChecklistVersion, FollowUp, Visit, VisitAttendance
from advocacy.querysets.visits import VISIT_NAMES
from advocacy.views.visits import VisitPage
from programs.models import Team
from programs.views.teams import team_first
from sinergi.kit.database_errors import constraint_message
from sinergi.kit.deleted import get_deleted
from sinergi.kit.formsets import add_blank_row
from sinergi.kit.models import Duplicate, FrozenRecord, StaleRecord
from sinergi.kit.text import parse_number
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views import DRAFT_SENT, PageMixin, QueueableMixin, StoredRedirect
from sinergi.kit.views.forms import GONE
from villages.models import Library

WRITES = ("simpan", "kirim")
SAVED, SENT = "Kunjungan disimpan sebagai draf.", "Kunjungan dikirim."


class VisitFormPage(QueueableMixin, VisitPage, PageMixin, TemplateView):
    """
    The form, once for a new visit and once for a draft.

    The button pressed comes as `aksi`: those of WRITES write; every other one changes the page and
    shows it again, which is how rows are added and last answers taken over without JavaScript.
    """

    has_actions = True
    template_name = "advocacy/visit_form.html"
    queue_kind, queue_day_field = "kunjungan", "visited_on"

    def get(self, request, *args, **kwargs):
        return self.render_page(VisitMultiForm(user=request.user, visit=self.get_visit()))

    def post(self, request, *args, **kwargs):
        visit = self.get_visit()
        action = request.POST.get("aksi", "simpan")
        if action not in WRITES:
            return self.change_page(visit, action)
        if action == "kirim" and not request.user.has_perm("advocacy.send_visit", visit.library):
            raise PermissionDenied
        multiform = self.bind(visit)
        multiform.take_photos()
        valid = multiform.is_valid(send=action == "kirim")
        if visit.pk and multiform.form.cleaned_data.get("version") != visit.version:
            return self.render_conflict(multiform, self.get_stored(visit.pk), action)
        if not valid:
            return self.render_page(multiform, status=422)
        return self.write(multiform, action)

    def bind(self, visit, data=None):
        return VisitMultiForm(
            user=self.request.user,
            visit=visit,
            data=self.request.POST.copy() if data is None else data,
            files=self.request.FILES,
        )

    def write(self, multiform, action):
        try:
            visit = record_visit(
                multiform.get_report(), by=self.request.user, send=action == "kirim"
            )
        except Duplicate as duplicate:
            return self.render_conflict(multiform, self.get_stored(duplicate.record.pk), action)
        except StaleRecord as stale:
            if isinstance(stale.record, Visit):
                return self.render_conflict(multiform, self.get_stored(stale.record.pk), action)
            problem = f"{stale.record} baru saja diubah orang lain. Periksa lagi, lalu kirim."
        except (FrozenRecord, TransitionError) as refused:
            problem = str(refused)
        except IntegrityError as error:
            problem = constraint_message(error, Visit, FollowUp, VisitAttendance)
        else:
            return self.redirect_to_saved(visit, action)
        multiform = self.rebuild(multiform, self.get_visit())
        multiform.problems.append(problem)
        return self.render_page(multiform, status=422)

    def rebuild(self, multiform, visit):
        """
        Return the same page on fresh records: those of a write that was rolled back still carry
        what was taken back.
        """
        fresh = self.bind(visit, multiform.data)
        fresh.file_problems = list(multiform.file_problems)
        fresh.is_valid()
        return fresh

    def redirect_to_saved(self, visit, action):
        messages.success(self.request, SENT if action == "kirim" else SAVED, DRAFT_SENT)
        if other := visit.same_day().select_related("created_by").first():
            messages.warning(
                self.request,
                f"{other.created_by or 'Orang lain'} juga mencatat kunjungan ke sini pada hari yang"
                " sama. Bila ini satu kunjungan bersama, cukup satu yang dikirim.",
            )
        self.stored = visit
        return StoredRedirect(visit.get_absolute_url())

    def get_photo_url(self):
        return reverse("advocacy:photo_create", args=[self.stored.pk])

    def get_queue_errors(self, context):
        return [("", message) for _, message in context["multiform"].summary]

    def change_page(self, visit, action):
        """
        Show the page with another row, one row fewer, or an answer taken over from last time;
        nothing is judged.
        """
        data = self.request.POST.copy()
        data["idempotency_key"] = data.get("idempotency_key") or str(uuid.uuid4())
        verb, _, what = action.partition("-")
        if verb == "tambah" and f"{what}-TOTAL_FORMS" in data:
            add_blank_row(data, what)
        elif verb == "hapus":
            data[f"{what}-DELETE"] = "on"
        elif verb == "sama":
            for one in self.bind(visit, data).questions:
                if one.question.key == what and one.same_texts:
                    data.setlist(one.name, one.same_texts)
        multiform = self.bind(visit, data)
        multiform.clear_errors()
        return self.render_page(multiform)

    def render_conflict(self, multiform, saved, action):
        """
        Show both versions: somebody saved in between, or this sending is stored already and says
        something else now. The person's text stays, and the next save is a decision.
        """
        arrived = saved.state == Visit.State.SENT if action == "kirim" else True
        differences = multiform.differences(saved)
        own = self.request.user.pk in (saved.updated_by_id, saved.created_by_id)
        if arrived and own and not differences:
            return self.redirect_to_saved(saved, action)
        data = multiform.data.copy()
        data["version"] = str(saved.version)
        match_rows(data, multiform, saved)
        multiform = self.rebuild(self.bind(saved, data), self.get_stored(saved.pk))
        if not saved.is_draft:
            multiform.problems.append(
                "Kunjungan ini sudah dikirim; isian di bawah belum tersimpan."
            )
        return self.render_page(multiform, status=409, conflict=differences, saved=saved)

    def get_stored(self, pk):
        rows = Visit.objects.select_related(*VISIT_NAMES, "updated_by")
        return rows.get(pk=pk)

    def render_page(self, multiform, *, status=200, **context):
        visit = multiform.visit
        context = self.get_context_data(
            multiform=multiform,
            visit=visit,
            library=visit.library,
            form_url=self.get_form_url(visit),
            last_visit=multiform.last_visit,
            **context,
        )
        return self.render_to_response(context, status=status)


class VisitCreate(VisitFormPage):
    action = "add"
    crumb = "Catat kunjungan"

    @cached_property
    def library(self):
        rows = Library.objects.visible_to(self.request.user).with_place()
        library = get_object_or_404(rows, pk=self.kwargs["library"])
        return self.check_object_permission(library)

    @cached_property
    def team(self):
        return (
            Team.objects.select_related("province")
            .filter(province=self.library.province_id)
            .first()
        )

    def get_title(self):
        return f"Kunjungan ke {self.library}"

    def get_early_response(self):
        return None if self.team else team_first(self)

    def get_visit(self):
        visit = Visit(team=self.team)
        visit.set_library(self.library)
        if self.request.method == "GET":
            visit.visited_on = self.team.today
            offered = self.offered
            asked = parse_number(self.request.GET.get("daftar"))
            chosen = [row for row in offered if row.pk == asked] or offered[:1]
            visit.checklist_version = chosen[0] if chosen else None
        elif key := parse_number(self.request.POST.get("daftar")):
            rows = ChecklistVersion.objects.for_library(self.library).select_related("checklist")
            visit.checklist_version = get_object_or_404(rows, pk=key)
        return visit

    @cached_property
    def offered(self):
        return ChecklistVersion.objects.offered_to(self.library)

    def get_form_url(self, visit):
        """Return where the form leads: once it has made a visit, to that one."""
        if visit.pk:
            return reverse("advocacy:visit_update", args=[visit.pk])
        return self.request.get_full_path()

    def get_parents(self):
        return [*super().get_parents(), (str(self.library), self.library.get_absolute_url())]

    def get_context_data(self, **kwargs):
        others = self.offered if self.request.method == "GET" else []
        return super().get_context_data(offered=others, **kwargs)


class VisitUpdate(VisitFormPage):
    action = "change"
    crumb = "Ubah"

    is_deleted = False

    @cached_property
    def record(self):
        record = self.get_queryset().filter(pk=self.kwargs["pk"]).first()
        if record is None and self.request.method == "POST":
            record = get_deleted(self.request.user, Visit, self.kwargs["pk"], self.permission)
            self.is_deleted = record is not None
        if record is None:
            raise Http404
        self.check_object_permission(record)
        if record.is_draft and not record.may_be_changed_by(self.request.user):
            raise PermissionDenied
        return record

    def get_page_record(self):
        return self.record

    def get_visit(self):
        return self.record

    def get_title(self):
        return f"Ubah {self.record}"

    def get(self, request, *args, **kwargs):
        if not self.record.is_draft:
            messages.warning(request, "Kunjungan ini sudah dikirim, tidak dapat diubah.")
            return HttpResponseRedirect(self.record.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.record and self.is_deleted:
            return self.render_deleted()
        return super().post(request, *args, **kwargs)

    def render_deleted(self):
        """Show what was typed, to be copied from: the draft was deleted meanwhile."""
        multiform = self.bind(self.record)
        multiform.is_valid()
        multiform.problems.append(f"Kunjungan ini {GONE}")
        return self.render_page(multiform, status=409)

    def get_form_url(self, visit):
        return self.request.path


def match_rows(data, multiform, saved):
    """
    Give rows without an id the stored rows that an earlier sending of this page made, in their
    order. Without this they would be stored twice.
    """
    stored = {
        "tamu": saved.attendance.filter(is_guest=True),
        "tindak": saved.followups.order_by("order", "pk"),
    }
    for prefix, row_set in multiform.row_sets.items():
        on_page = {form.instance.pk for form in row_set.forms}
        free = [row for row in stored[prefix] if row.pk not in on_page]
        for form, row in zip(
            [form for form in row_set.live if not form.instance.pk], free, strict=False
        ):
            data[f"{form.prefix}-id"] = str(row.pk)
