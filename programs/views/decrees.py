"""Decrees: drafting, handing in, noting the signature and the end, and the paper itself."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.views import View
from django.views.generic import TemplateView

from programs.actions import annex_of
from programs.documents import decree_pdf, draft_of
from programs.forms.decrees import DecreeForm, RevokeForm
from programs.models import Decree
from programs.views.teams import team_or_404
from sinergi.kit.columns import ROW, Cell, Column, labels_of, page_column
from sinergi.kit.documents import pdf_response, requested_paper_size
from sinergi.kit.forms import ReasonForm
from sinergi.kit.text import parse_number
from sinergi.kit.views import (
    DownloadMixin,
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
        """Return the team of the record, or of the URL."""
        record = self.get_page_record()
        return record.team if record else team_or_404(self.request.user, self.kwargs["team"])

    def get_parents(self):
        return [
            ("Tim & SK", self.team.get_absolute_url()),
            ("SK", reverse("programs:decree_list", args=[self.team.pk])),
        ]


class DecreeList(DownloadMixin, DecreePage, PageMixin, TemplateView):
    """Every decree of the team, by level; there are few."""

    title = "SK tim"
    template_name = "programs/decree_list.html"
    columns = (
        Column("SK", ROW, read=str),
        Column("Tingkat", "level", read=labels_of(Decree.Level)),
        Column("Tentang", "about"),
        Column("Ditetapkan pada", "signed_on", Cell.DATE),
        Column("Berlaku sejak", "effective_from", Cell.DATE),
        Column("Berlaku sampai", "in_force_until", Cell.DATE),
        Column("Status", "status", read=lambda status: status.label),
        page_column("programs:decree_detail", label="Halaman"),
    )

    def get_listed(self):
        """Return them from the highest level down, with how they stand today."""
        rows = list(self.team.decrees.select_related("amends__amends", "replaces").order_by("-pk"))
        for row in rows:
            row.status = row.status_on(self.team.today)
        order = list(reversed(Decree.Level))
        return sorted(rows, key=lambda row: order.index(row.level))

    def get_filter_words(self):
        return [("Tim", self.team.name)]

    def get_parents(self):
        return [("Tim & SK", self.team.get_absolute_url())]

    def get_context_data(self, **kwargs):
        rows = self.get_listed()
        levels = [
            (level, level.label, [row for row in rows if row.level == level])
            for level in reversed(Decree.Level)
        ]
        may_add = self.request.user.has_perm("programs.add_decree", self.team)
        return super().get_context_data(
            **kwargs | {"team": self.team, "levels": levels, "may_add": may_add}
        )


class DecreeDetail(DecreePage, RecordDetail):
    """The decree as it reads, its annex, and its status."""

    template_name = "programs/decree_detail.html"
    has_actions = True
    permitted_actions = ("change", "submit", "sign", "revoke", "add", "delete")

    def get_context_data(self, **kwargs):
        decree = self.object
        today = decree.team.today
        rows = annex_of(decree)
        return super().get_context_data(
            team=decree.team,
            words=decree.words,
            status=decree.status_on(today),
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
        """Return the decree of this team with this key, while it may be followed by another."""
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
