"""
Base classes of Django's admin, for administrators: the same row scope, no slow counts, exports
without formulas.
"""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from import_export.admin import ExportMixin
from import_export.forms import ExportForm
from simple_history.admin import SimpleHistoryAdmin

from sinergi.kit.database_errors import constraint_message, deadlock_as_conflict
from sinergi.kit.deleted import get_deleted
from sinergi.kit.exports import ExportRunning
from sinergi.kit.forms import PlainText
from sinergi.kit.models import FrozenRecord, StaleRecord
from sinergi.kit.spreadsheets.write import ExportResource, XlsxFormat
from sinergi.kit.transitions import TransitionError


class SinergiAdminSite(admin.AdminSite):
    site_header = site_title = "Administrasi Sinergi"
    index_title = "Data"
    site_url = "/"

    def has_permission(self, request):
        return request.user.is_authenticated and request.user.is_administrator

    def login(self, request, extra_context=None):
        """Redirect to the portal's own sign-in page and its throttle."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path(), reverse("accounts:login"))


class ScopedFilter(admin.RelatedFieldListFilter):
    """A filter by a foreign key that offers only what the administrator may see."""

    def field_choices(self, field, request, model_admin):
        return [
            (row.pk, str(row))
            for row in field.remote_field.model._default_manager.visible_to(request.user)
        ]


class ScopedAdmin(ExportMixin, admin.ModelAdmin):
    """
    A ModelAdmin that limits rows, and the choices of every foreign key, to the administrator's own
    assignments.
    """

    # No CSV: a spreadsheet program that splits at ";" makes a formula of what follows one in a
    # cell, quoted or not.
    formats = [XlsxFormat]
    export_form_class = ExportForm
    not_exported = ("idempotency_key",)
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        queryset = db_field.remote_field.model._default_manager.all()
        if hasattr(queryset, "visible_to"):
            kwargs.setdefault("queryset", queryset.visible_to(request.user))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_export_data(self, file_format, request, queryset, **kwargs):
        """Note the download as every other; a second one of the account is told to wait."""
        try:
            log = request.user.exports.begin(
                request.user,
                title=f"{self.opts.verbose_name_plural} (administrasi)",
                path=request.path,
                query=request.GET.urlencode(),
                form="xlsx",
            )
        except ExportRunning:
            # The library shows a ValueError on the page it came from.
            raise ValueError("Unduhan Anda yang lain masih dibuat. Coba sebentar lagi.") from None
        number = None
        try:
            data = super().get_export_data(file_format, request, queryset, **kwargs)
            number = queryset.count()
        finally:
            log.end(number)
        return data

    def get_resource_classes(self, request):
        meta = type("Meta", (), {"model": self.model, "exclude": self.not_exported})
        return [type(f"{self.model.__name__}Export", (ExportResource,), {"Meta": meta})]

    def get_valid_export_item_pks(self, request):
        """Return the chosen rows that may be exported: those within the scope."""
        return self.get_queryset(request).values_list("pk", flat=True)

    def has_object_permission(self, request, action, obj):
        name = f"{self.opts.app_label}.{action}_{self.opts.model_name}"
        return request.user.has_perm(name, obj) if obj is not None else request.user.has_perm(name)

    def has_view_permission(self, request, obj=None):
        return self.has_object_permission(request, "view", obj)

    def has_change_permission(self, request, obj=None):
        return self.has_object_permission(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_object_permission(request, "delete", obj)

    def has_export_permission(self, request):
        return self.has_view_permission(request)


class RefusalMixin:
    """
    Mixin that shows what the database or the record refused while it was written as an error of the
    form, and keeps what was typed.
    """

    def changeform_view(self, request, *args, **kwargs):
        try:
            with deadlock_as_conflict():
                return super().changeform_view(request, *args, **kwargs)
        except (StaleRecord, FrozenRecord, TransitionError) as refused:
            request.refusal = str(refused)
        except IntegrityError as error:
            request.refusal = constraint_message(error, self.model)
        return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        refusal = getattr(request, "refusal", "")
        return (
            type(form.__name__, (RefusedFormMixin, form), {"refusal": refusal}) if refusal else form
        )


class RefusedFormMixin:
    """Mixin of a form that is shown once more, because writing it was refused."""

    refusal = ""

    def clean(self):
        super().clean()
        raise forms.ValidationError(self.refusal)


class RecordAdminForm(PlainText, forms.ModelForm):
    """
    A form that carries the version which was read. A change that somebody else saved since is
    reported, and what was typed stays.
    """

    read_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    actor = None  # the administrator; set by RecordAdmin.get_form

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["read_version"] = self.instance.version

    def clean(self):
        super().clean()
        saved = type(self.instance)._base_manager.filter(pk=self.instance.pk).first()
        if saved and self.cleaned_data.get("read_version") != saved.version:
            self.data = self.data.copy()
            self.data["read_version"] = saved.version
            raise forms.ValidationError(
                f"Data ini baru saja diubah oleh {saved.updated_by or 'orang lain'}. Isian Anda"
                " tetap di bawah dan belum disimpan; bandingkan dengan riwayatnya, lalu simpan"
                " lagi bila tetap ingin menggantinya."
            )

    def _post_clean(self):
        super()._post_clean()
        action = "change" if self.instance.pk else "add"
        if not self.actor.has_perm(
            f"{self._meta.model._meta.app_label}.{action}_{self._meta.model._meta.model_name}",
            self.instance,
        ):
            self.add_error(None, "Data ini berada di luar wilayah kerja Anda.")


class HistoryAdmin(SimpleHistoryAdmin):
    """
    The history, read-only: putting an old version back would pass by versions, stamps and frozen
    records. It is scoped as the rows are, also for those that were deleted.
    """

    def check_reach(self, request, object_id):
        try:
            key = self.opts.pk.to_python(unquote(object_id))
        except ValidationError:
            raise Http404 from None
        if not (
            self.get_queryset(request).filter(pk=key).exists()
            or get_deleted(request.user, self.model, key)
        ):
            raise Http404

    def history_view(self, request, object_id, extra_context=None):
        self.check_reach(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if request.method != "GET":
            raise PermissionDenied
        self.check_reach(request, object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)


class RecordAdmin(RefusalMixin, ScopedAdmin, HistoryAdmin):
    """
    The admin of a Record, which saves by its own method, so that it is stamped and its version
    checked.

    `fixed` columns are chosen once: what refers to the record relies on them.
    """

    fixed = ()

    form = RecordAdminForm
    readonly_fields = ("created_at", "created_by", "updated_at", "updated_by")

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.actor = request.user
        return form

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(self.fixed if obj else ())]

    def save_model(self, request, obj, form, change):
        obj.save_as(by=request.user, version=form.cleaned_data["read_version"] if change else None)

    def delete_model(self, request, obj):
        obj.delete_as(by=request.user)


class ReadOnlyAdmin(ScopedAdmin):
    """
    A ScopedAdmin for looking up and exporting rows that are written elsewhere. What its list holds
    can be opened: not every such row has a place of its own.
    """

    def has_view_permission(self, request, obj=None):
        if super().has_view_permission(request, obj):
            return True
        is_listed = obj is not None and super().has_view_permission(request)
        return is_listed and self.get_queryset(request).filter(pk=obj.pk).exists()

    def save_model(self, request, obj, form, change):
        raise PermissionDenied

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class SharedAdmin(ReadOnlyAdmin, HistoryAdmin):
    """Rows that may be the whole country's: those are looked up by every administrator."""
