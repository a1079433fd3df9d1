"""One import: before it is applied, the preview with its questions; afterwards, what was done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.functional import cached_property

from sinergi.kit.database_errors import constraint_message
from sinergi.kit.models import StaleRecord
from sinergi.kit.transitions import TransitionError
from sinergi.kit.views import RecordDetail
from villages.imports.apply import PlanChanged, apply_batch
from villages.imports.lines import written_lines
from villages.imports.problems import CHANGED, NEW, PROBLEM, SKIPPED
from villages.imports.review import KINDS, SHOWN, ImportReview
from villages.models import DistrictAlias, ImportBatch, Library, Participation, VillageAlias
from villages.views.imports import DraftPage

UNDONE_KINDS = [("berubah", "Sempat diubah", CHANGED), ("baru", "Sempat ditambahkan", NEW)]


class ImportDetail(DraftPage, RecordDetail):
    action = "view"
    context_object_name = "batch"
    record_in_trail = False
    related = (*DraftPage.related, "created_by", "applied_by", "undone_by", "cancelled_by")

    @property
    def is_draft(self):
        return self.object.state == ImportBatch.State.DRAFT

    @property
    def has_actions(self):
        return self.is_draft

    @property
    def crumb(self):
        return "Pratinjau" if self.is_draft else ""

    def get_title(self):
        return "Periksa sebelum diterapkan" if self.is_draft else str(self.object)

    def get_template_names(self):
        return ["villages/import_review.html" if self.is_draft else "villages/import_result.html"]

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        if not self.is_draft:
            return self.render_to_response(self.get_context_data(**self.result()))
        if not self.object.finds_villages:
            return redirect("villages:import_columns", self.object.pk)
        return self.show(ImportReview(self.object))

    def show(self, review, status=200, **more):
        return self.render_to_response(
            self.get_context_data(**review.context(), **more), status=status
        )

    # The preview's answers ----------------------------------------------------------------------
    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        if not request.user.has_perm("villages.change_importbatch", self.object):
            raise PermissionDenied
        if not self.is_draft:
            return self.too_late()
        answers = any(name.startswith(("jawab-", "isi-")) for name in request.POST)
        if self.wants_to_apply and not answers and self.sent_version == self.object.version:
            return self.apply()  # there is nothing to read first
        review = ImportReview(self.object)
        review.read(request.POST)
        if review.errors:
            return self.show(review, status=422, summary=review.errors)
        return self.save(review)

    @cached_property
    def wants_to_apply(self):
        return self.request.POST.get("aksi") == "terapkan"

    @cached_property
    def sent_version(self):
        text = self.request.POST.get("version", "")
        return int(text) if text.isdecimal() and len(text) < 10 else -1

    def save(self, review):
        """Keep the answers. They are applied only once the person has seen what they lead to."""
        batch, before = self.object, self.object.answers
        batch.answers = review.answers
        if batch.answers == before and self.sent_version == batch.version:
            return self.apply() if self.wants_to_apply else redirect(batch)
        try:
            batch.save_as(by=self.request.user, version=self.sent_version)
        except StaleRecord:
            saved = self.get_object()
            batch.version = saved.version
            return self.show(review, status=409, conflict=review.differences(saved), saved=saved)
        if self.wants_to_apply:
            messages.success(
                self.request, "Pilihan disimpan. Periksa hasilnya di bawah, lalu terapkan."
            )
        return HttpResponseRedirect(
            batch.get_absolute_url() + ("" if self.wants_to_apply else "#masalah")
        )

    def apply(self):
        batch = self.object
        try:
            apply_batch(batch, by=self.request.user, shown=self.request.POST.get("rencana", ""))
        except (PlanChanged, TransitionError) as refused:
            return self.refused(str(refused))
        except IntegrityError as error:
            return self.refused(
                constraint_message(error, Library, Participation, VillageAlias, DistrictAlias)
            )
        except StaleRecord:
            return self.refused(
                "Orang lain mengubah data yang sama pada saat ini, jadi belum ada yang ditulis."
                " Periksa lagi."
            )
        written = batch.new_count + batch.changed_count
        messages.success(
            self.request, f"{written} baris diterapkan." if written else "Semua baris sudah sama."
        )
        return redirect(batch)

    def refused(self, why):
        """Show what is asked, or what would be written now; nothing was written."""
        self.object = self.get_object()
        if not self.is_draft:
            return self.too_late()
        review = ImportReview(self.object)
        if review.open:
            return self.show(review, status=422, summary=review.demand())
        return self.show(review, status=409, summary=[(None, why)])

    def too_late(self):
        messages.error(self.request, f"Impor ini sudah {self.object.get_state_display().lower()}.")
        return redirect(self.object)

    # The result ---------------------------------------------------------------------------------
    def result(self):
        batch = self.object
        rows = batch.rows.select_related("village__district", "village__regency").order_by("number")
        left_out = rows.filter(outcome__in=[SKIPPED, PROBLEM])[:SHOWN]
        counts, is_undone = batch.counts, batch.state == ImportBatch.State.UNDONE
        return {
            "counts": counts,
            "undone_rows": batch.restored_count,
            "tables": [
                (
                    name,
                    label,
                    written_lines(rows.filter(outcome=kind)[:SHOWN], is_undone=is_undone),
                    counts[kind],
                )
                for name, label, kind in (UNDONE_KINDS if is_undone else KINDS)
                if counts[kind]
            ],
            "aliases": [
                *(
                    (alias.written, alias.village)
                    for alias in batch.aliases.select_related("village")
                ),
                *(
                    (alias.written, alias.district)
                    for alias in batch.district_aliases.select_related("district")
                ),
            ],
            "left": rows.exclude(left_because="")[:SHOWN],
            **self.get_cases_left(batch),
            "skipped": [(row.label, row.written, row.note) for row in left_out],
            "may_undo": (
                batch.state == ImportBatch.State.APPLIED
                and self.request.user.has_perm("villages.change_importbatch", batch)
            ),
        }

    def get_cases_left(self, batch):
        """Return the cases of the expansion that an undone list has left, and their number."""
        if batch.state != ImportBatch.State.UNDONE:
            return {}
        rows = batch.expansion_cases.visible_to(self.request.user)
        return {"moved_on": list(rows.with_places()[:SHOWN]), "moved_on_count": rows.count()}
