"""Administration of places: regions are looked up, libraries edited."""

from django import forms
from django.contrib import admin, messages
from django.core.signing import BadSignature, Signer
from django.core.validators import RegexValidator
from django.shortcuts import redirect
from import_export.admin import ImportMixin
from import_export.forms import ConfirmImportForm, ImportForm

from sinergi.kit.admin import HistoryAdmin, ReadOnlyAdmin, RecordAdmin, ScopedFilter, SharedAdmin
from villages.models import (
    District,
    DistrictAlias,
    ImportBatch,
    Library,
    LibraryReport,
    Participation,
    ProgramReference,
    Province,
    Regency,
    ReportSubmission,
    Threshold,
    ThresholdSet,
    Village,
    VillageAlias,
)
from villages.resources import Spreadsheet, VillageListResource


@admin.register(Province)
class ProvinceAdmin(ReadOnlyAdmin):
    list_display = ["code", "name", "time_zone"]
    search_fields = ["name", "=code"]


@admin.register(Regency)
class RegencyAdmin(ReadOnlyAdmin):
    list_display = ["code", "name", "province"]
    list_select_related = ["province"]
    list_filter = [("province", ScopedFilter)]
    search_fields = ["name", "=code"]


@admin.register(District)
class DistrictAdmin(ReadOnlyAdmin):
    list_display = ["code", "name", "regency", "province"]
    list_select_related = ["regency", "province"]
    list_filter = [("province", ScopedFilter)]
    search_fields = ["name", "=code"]


@admin.register(Village)
class VillageAdmin(ReadOnlyAdmin):
    list_display = ["code", "name", "kind", "district", "regency", "postal_code"]
    list_select_related = ["district", "regency"]
    list_filter = ["kind", ("province", ScopedFilter)]
    search_fields = ["name", "=code"]


class VillageListForm(ImportForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["import_file"].label = "Berkas"
        self.fields["format"].widget = forms.HiddenInput()
        self.initial["format"] = "0"


class VillageListConfirmForm(ConfirmImportForm):
    """
    Its hidden fields come back as they were given out: the name of the stored file is signed for
    the administrator.
    """

    resource = forms.CharField(
        widget=forms.HiddenInput, required=False, validators=[RegexValidator("^0?$")]
    )
    format = forms.CharField(widget=forms.HiddenInput, validators=[RegexValidator("^0$")])
    shown = forms.CharField(widget=forms.HiddenInput)  # the fingerprint of what the page shows
    signer = None

    def clean_import_file_name(self):
        try:
            return self.signer.unsign(self.cleaned_data["import_file_name"])
        except BadSignature:
            raise forms.ValidationError(
                "Berkas ini bukan dari pratinjau Anda. Unggah sekali lagi."
            ) from None


@admin.register(Library)
class LibraryAdmin(ImportMixin, RecordAdmin):
    list_display = ["name", "level", "village", "regency", "province", "updated_at"]
    list_select_related = ["village", "regency", "province"]
    list_filter = ["level", ("province", ScopedFilter)]
    search_fields = ["name"]
    readonly_fields = ["level", "village", "regency", "province", *RecordAdmin.readonly_fields]
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    import_formats = [Spreadsheet]
    import_form_class = VillageListForm
    confirm_form_class = VillageListConfirmForm
    skip_admin_log = True  # the batch itself says who wrote what

    def has_add_permission(self, request):
        """Refuse: a library is made on the page of its place."""
        return False

    def has_import_permission(self, request):
        """
        Allow it in one province, or everywhere; who works in several provinces chooses one in the
        portal's import.
        """
        scope = request.user.scope("villages.add_importbatch")
        return scope.national or len(scope.provinces) == 1

    def get_import_resource_classes(self, request):
        return [VillageListResource]

    def get_import_resource_kwargs(self, request, *args, **kwargs):
        scope = request.user.scope("villages.add_importbatch")
        return {
            "user": request.user,
            "province_id": None if scope.national else next(iter(scope.provinces)),
        }

    def import_action(self, request, **kwargs):
        response = super().import_action(request, **kwargs)
        response.context_data["title"] = "Impor daftar desa"
        if form := response.context_data.get("confirm_form"):
            form.initial["shown"] = response.context_data["result"].fingerprint
        return response

    def process_import(self, request, **kwargs):
        try:
            return super().process_import(request, **kwargs)
        except FileNotFoundError:
            messages.error(
                request,
                "Berkasnya tidak ada lagi, jadi tidak ada yang ditulis. Unggah sekali lagi.",
            )
            return redirect("admin:villages_library_import")

    def create_confirm_form(self, request, import_form=None):
        form, signer = (
            super().create_confirm_form(request, import_form),
            Signer(salt=f"impor-{request.user.pk}"),
        )
        form.signer = signer
        if import_form:
            form.initial["import_file_name"] = signer.sign(form.initial["import_file_name"])
        return form

    def get_import_data_kwargs(self, *, form=None, **kwargs):
        return {"shown": form.cleaned_data.get("shown")} if form else {}

    def add_data_read_fail_error_to_form(self, form, e):
        form.add_error("import_file", getattr(e, "messages", ["Berkas ini tidak dapat dibaca."])[0])

    def add_success_message(self, result, request):
        totals = result.totals
        if totals["error"] or result.base_errors:
            messages.error(
                request, "Tidak ada yang ditulis: datanya berubah sejak pratinjau. Ulangi impornya."
            )
        else:
            messages.success(
                request,
                f"{totals['new']} baris baru, {totals['update']} berubah, {totals['skip']} tetap.",
            )


@admin.register(Participation)
class ParticipationAdmin(RecordAdmin):
    list_display = ["library", "year", "updated_at"]
    list_select_related = ["library"]
    list_filter = ["year"]
    search_fields = ["library__name"]
    autocomplete_fields = ["library"]


class AliasAdmin(RecordAdmin):
    """
    Names that lists use for a place; a wrong one is removed here, and the next list asks again.
    """

    def has_add_permission(self, request):
        return False


@admin.register(VillageAlias)
class VillageAliasAdmin(AliasAdmin):
    list_display = ["written", "village", "regency", "updated_at"]
    list_select_related = ["village", "regency"]
    search_fields = ["written", "village__name"]
    readonly_fields = ["written", "village", "regency", *RecordAdmin.readonly_fields]


@admin.register(DistrictAlias)
class DistrictAliasAdmin(AliasAdmin):
    list_display = ["written", "district", "regency", "updated_at"]
    list_select_related = ["district", "regency"]
    search_fields = ["written", "district__name"]
    readonly_fields = ["written", "district", "regency", *RecordAdmin.readonly_fields]


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    """Looked up here, worked with in the portal (Impor data)."""

    list_display = [
        "file_name",
        "province",
        "state",
        "new_count",
        "changed_count",
        "unchanged_count",
        "created_at",
    ]
    list_select_related = ["province"]
    list_filter = ["state", ("province", ScopedFilter)]
    search_fields = ["file_name", "source"]


@admin.register(LibraryReport)
class LibraryReportAdmin(ReadOnlyAdmin, HistoryAdmin):
    """Looked up and exported here, filled and verified in the portal (Laporan triwulan)."""

    list_display = ["library", "year", "quarter_number", "state", "submitted_at", "verified_at"]
    list_select_related = ["library"]
    list_filter = ["state", "year", "quarter_number", ("province", ScopedFilter)]
    search_fields = ["library__name"]
    ordering = ["-year", "-quarter_number", "-id"]


@admin.register(ReportSubmission)
class ReportSubmissionAdmin(ReadOnlyAdmin, HistoryAdmin):
    list_display = ["report", "number", "created_by", "created_at"]
    list_select_related = ["report__library", "created_by"]
    ordering = ["-id"]


@admin.register(ProgramReference)
class ProgramReferenceAdmin(ReadOnlyAdmin, HistoryAdmin):
    """Looked up here, written in the portal (Tentang program)."""

    list_display = ["title", "kind", "source", "order"]
    list_filter = ["kind"]
    search_fields = ["title"]


@admin.register(ThresholdSet)
class ThresholdSetAdmin(SharedAdmin):
    list_display = ["year", "province", "state", "published_at"]
    list_select_related = ["province"]
    list_filter = ["state", ("province", ScopedFilter)]
    ordering = ["-year", "id"]


@admin.register(Threshold)
class ThresholdAdmin(SharedAdmin):
    list_display = ["threshold_set", "indicator", "green", "yellow", "weight"]
    list_select_related = ["threshold_set"]
    ordering = ["threshold_set", "id"]
