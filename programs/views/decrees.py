"""Decrees: drafting, handing in, noting the signature and the end, and the paper itself."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.views import View
from django.views.generic import TemplateView

from programs.actions import record_signature, roster_of
from programs.documents import decree_pdf, draft_of
from programs.forms.decrees import DecreeForm, RevokeForm, SignatureForm
from programs.models import Decree
from programs.views.teams import team_or_404
from sinergi.kit.documents import pdf_response, requested_paper_size
from sinergi.kit.forms import ReasonForm
from sinergi.kit.models import StaleRecord
from sinergi.kit.text import parse_number
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views import (
    CHANGED,
    PageMixin,
    RecordCreate,
    RecordDelete,
    RecordDetail,
    RecordHistory,
    RecordUpdate,
    TransitionView,
)


class DecreePage:
    model = Decree
    section = "team"
    related = (
        "team__province",
        "amends__amends",
        "replaces",
        "created_by",
        "submitted_by",
        "recorded_by",
        "revoked_by",
    )

    @cached_property
    def team(self):
        """That of the record, or of the URL."""
        record = self.get_page_record()
        return record.team if record else team_or_404(self.request.user, self.kwargs["team"])

    def get_parents(self):
        return [
            ("Tim & SK", self.team.get_absolute_url()),
            ("SK", reverse("programs:decree_list", args=[self.team.pk])),
        ]


class DecreeList(DecreePage, PageMixin, TemplateView):
    """Every decree of the team, by level; there are few."""

    title = "SK tim"
    template_name = "programs/decree_list.html"

    def get_parents(self):
        return [("Tim & SK", self.team.get_absolute_url())]

    def get_context_data(self, **kwargs):
        rows, today = (
            list(self.team.decrees.select_related("amends__amends", "replaces").order_by("-pk")),
            self.team.today,
        )
        for row in rows:
            row.word, row.chip = row.standing(today)
        levels = [
            (level, level.label, [row for row in rows if row.level == level])
            for level in reversed(Decree.Level)
        ]
        may_add = self.request.user.has_perm("programs.add_decree", self.team)
        return super().get_context_data(
            **kwargs | {"team": self.team, "levels": levels, "may_add": may_add}
        )


class DecreeDetail(DecreePage, RecordDetail):
    """The decree as it reads, its annex, and where it stands."""

    template_name = "programs/decree_detail.html"
    has_actions = True
    permitted_actions = ("change", "submit", "sign", "revoke", "add", "delete")

    def get_context_data(self, **kwargs):
        decree = self.object
        today = decree.team.today
        rows = roster_of(decree)
        return super().get_context_data(
            team=decree.team,
            words=decree.words,
            standing=decree.standing(today),
            rows=rows,
            today=today,
            missing=(
                decree.missing_for_submission() if decree.state == Decree.State.DRAFTING else []
            ),
            later=list(decree.amendments.all()) + list(decree.successors.all()),
            holds=decree.holds_on(today),
            may_be_followed=decree.team.decrees.may_be_followed(today)
            .filter(pk=decree.pk)
            .exists(),
            **kwargs,
        )


class DecreeHistory(DecreePage, RecordHistory):
    hidden_columns = frozenset({"kept"})


class DecreeCreate(DecreePage, RecordCreate):
    """
    A draft in the office's own wording: ?tingkat= names the level, ?mengubah= or ?menggantikan= the
    decree it follows.

    Which of these it is stands in the address, never in the form.
    """

    form_class = DecreeForm
    template_name = "programs/decree_form.html"
    crumb = "Susun SK"

    @cached_property
    def draft(self):
        self.check_object_permission(self.team)
        asked = self.request.GET
        amends, replaces = (self.earlier(asked.get(name)) for name in ("mengubah", "menggantikan"))
        if amends and replaces:
            raise Http404
        earlier = amends or replaces
        level = earlier.level if earlier else asked.get("tingkat", Decree.Level.OFFICE)
        if level not in Decree.Level.values:
            raise Http404
        return draft_of(self.team, level, amends=amends, replaces=replaces)

    def earlier(self, key):
        """The decree of this team with this key, while it may be followed by another."""
        if not key:
            return None
        rows = self.team.decrees.may_be_followed(self.team.today).select_related("team__province")
        return get_object_or_404(rows, pk=parse_number(key))

    def new_object(self):
        return self.draft

    def get_title(self):
        what = (
            "perubahan SK"
            if self.draft.amends_id
            else "SK pengganti"
            if self.draft.replaces_id
            else "SK"
        )
        return f"Susun {what} {self.draft.get_level_display().lower()}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(draft=self.draft, **kwargs)


class DecreeUpdate(DecreePage, RecordUpdate):
    form_class = DecreeForm
    template_name = "programs/decree_form.html"
    crumb = "Ubah"

    def get(self, request, *args, **kwargs):
        decree = self.object
        if decree.state != Decree.State.DRAFTING:
            messages.warning(
                request,
                f"SK ini {decree.get_state_display().lower()}, sehingga isinya tidak dapat diubah.",
            )
            return HttpResponseRedirect(decree.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(draft=self.object, **kwargs)


class DecreeSubmit(DecreePage, TransitionView):
    action = transition = "submit"
    question = "Ajukan {record}?"
    explanation = (
        "Selama diajukan, isinya tidak dapat diubah; bila perlu diperbaiki, tarik kembali."
    )
    crumb = button = "Ajukan"
    done = "Draf SK diajukan."


class DecreeReturn(DecreePage, TransitionView):
    action, transition = "submit", "send_back"
    form_class = ReasonForm
    question = "Kembalikan {record} ke penyusunan?"
    explanation = (
        "Untuk perbaikan yang diminta, misalnya oleh Biro Hukum. Alasannya tercatat, dan draf"
        " berikutnya dimulai."
    )
    crumb = button = "Kembalikan ke penyusunan"
    done = "Draf SK dapat diubah lagi."


class DecreeSign(DecreePage, TransitionView):
    """
    The signature, with its scan. A scan that has arrived is kept even when something else must be
    mended.
    """

    action = "sign"
    form_class = SignatureForm
    template_name = "programs/decree_sign.html"
    question = "Catat penetapan {record}"
    explanation = "Susunan tim dalam lampiran dibekukan, dan isi SK tidak dapat diubah lagi."
    crumb = button = "Catat penetapan"
    done = "Penetapan SK dicatat; lampirannya dibekukan."
    scan_is_kept = False

    def get_initial(self):
        return super().get_initial() | {
            "signed_in": self.record.team.seat,
            "signer": self.record.signer,
        }

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"decree": self.record}

    def get_context_data(self, **kwargs):
        return super().get_context_data(rows=roster_of(self.record), **kwargs)

    def perform(self, version, **sent):
        version = self.keep_scan(self.sent_form, version)
        record_signature(
            decree=self.record, by=self.request.user, version=version, **self.sent_form.signature
        )

    def form_valid(self, form):
        self.sent_form = form
        return super().form_valid(form)

    def keep_scan(self, form, version):
        """Store the scan that came along, once; the version the page goes on with."""
        if form.safe and not self.scan_is_kept:
            self.record.keep_scan(form.safe, by=self.request.user, version=version)
            self.scan_is_kept = True
            version = self.record.version
        return version

    def form_invalid(self, form):
        """
        The scan stays, and the page goes on with the decree as it is now: its annex is shown below
        the form. If the decree changed since the page was opened, that is said.
        """
        stored, seen = (
            get_object_or_404(self.get_queryset(), pk=self.record.pk),
            form.cleaned_data.get("version"),
        )
        if seen == stored.version:
            self.record = stored
            with suppress(StaleRecord, TransitionError):
                self.keep_scan(form, stored.version)
        elif not self.scan_is_kept and CHANGED not in form.non_field_errors():
            form.add_error(None, CHANGED)
        self.record = get_object_or_404(self.get_queryset(), pk=stored.pk)
        form.data = form.data.copy()
        form.data["version"] = self.record.version
        if self.record.file:
            form["scan"].help_text = SignatureForm.kept_text(self.record)
        return super().form_invalid(form)


class DecreeRevoke(DecreePage, TransitionView):
    action = transition = "revoke"
    form_class = RevokeForm
    question = "Catat pencabutan {record}?"
    explanation = "SK tetap tersimpan, dan tidak berlaku lagi sesudah hari terakhirnya."
    crumb = button = "Catat pencabutan"
    done = "Pencabutan SK dicatat."
    danger = True


class DecreeDiscard(DecreePage, RecordDelete):
    """Throw a draft away; what was handed in or signed is not."""

    question = "Hapus draf {record}?"
    explanation = "Draf ini hilang dari daftar. Riwayatnya tetap tersimpan."
    crumb = button = "Hapus draf"
    done = "Draf SK dihapus."
    history_name = "programs:decree_history"


class DecreePaper(DecreePage, PageMixin, View):
    """The PDF as it would be printed, on A4 or F4 (?kertas=f4); marked DRAF until it is signed."""

    def get(self, request, pk):
        decree = get_object_or_404(self.get_queryset(), pk=pk)
        name = slugify(f"sk {decree.get_level_display()} {decree.number or 'draf'}")
        return pdf_response(decree_pdf(decree, requested_paper_size(request)), f"{name}.pdf")
