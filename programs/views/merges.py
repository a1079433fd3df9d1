"""Putting together what was written down twice."""

from django.db.models import Q

from programs.actions import MergeRefused, merge_into
from programs.forms.merges import MergeForm
from programs.models import Merge
from sinergi.kit.history import ADDED, VERBS
from sinergi.kit.views import (
    RecordDetail,
    RecordHistory,
    TransitionView,
    search_terms,
)


class RegisterDetail(RecordDetail):
    permitted_actions = ("change", "merge")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            twins=self.model.objects.visible_to(self.request.user)
            .twins_of(self.object)
            .with_place()[:5],
            merges=self.object.merges.select_related("created_by"),
            **kwargs,
        )


class RegisterHistory(RecordHistory):
    """A history that includes what was merged into the record, or what it was merged into."""

    merged_as = ""  # the merge's foreign key to what was kept

    def get_histories(self):
        key = self.object.pk
        kept, gone = (
            Q(**{self.merged_as: key}),
            Q(**{f"{self.merged_as}__isnull": False}, removed_id=key),
        )
        return [*super().get_histories(), Merge.history.filter(kept | gone)]

    def sentence(self, row, name, verb):
        if row.instance_type is not Merge or verb != VERBS[ADDED]:
            return super().sentence(row, name, verb)
        if row.removed_id == self.object.pk:
            return f"Digabungkan ke “{name(self.merged_as)}”"
        return f"“{row.removed_name}” digabungkan ke data ini"


class RegisterMerge(TransitionView):
    """
    Merge this record into another one; an administrator's decision, and it cannot be taken back.
    """

    action = "merge"
    form_class = MergeForm
    question = "Gabungkan {record} ke data lain?"
    explanation = (
        "Semua rujukan (rapat, keanggotaan, tindak lanjut) pindah ke data yang Anda pertahankan,"
        " dan data ini dihapus dari daftar. Penggabungan tercatat dan tidak dapat dibatalkan."
    )
    crumb = button = "Gabungkan"
    done = "Data digabungkan; semua rujukannya pindah ke sini."
    danger = True

    def get_form_kwargs(self):
        own = {
            "record": self.record,
            "user": self.request.user,
            "words": search_terms(self.request),
        }
        return super().get_form_kwargs() | own

    def form_invalid(self, form):
        # Read anew: a write that was taken back has left its traces on the one at hand.
        self.record = self.get_queryset().filter(pk=self.kwargs["pk"]).first() or self.record
        return super().form_invalid(form)

    def form_valid(self, form):
        self.kept = form.cleaned_data["kept"]
        try:
            return super().form_valid(form)
        except MergeRefused as refused:
            form.add_error("kept", str(refused))
            return self.form_invalid(form)

    def perform(self, version, kept):
        self.check_object_permission(kept)
        merge_into(kept=kept, removed=self.record, version=version, by=self.request.user)

    def get_success_url(self):
        return self.kept.get_absolute_url()
