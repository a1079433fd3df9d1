"""What the programme is, in the words of its sources: read by everybody, kept by administrators."""

from django.views.generic import TemplateView

from sinergi.kit.views import (
    PageMixin,
    RecordCreate,
    RecordDelete,
    RecordHistory,
    RecordUpdate,
)
from villages.forms.references import ReferenceForm
from villages.models import ProgramReference


class ReferencePage:
    model = ProgramReference
    section = "libraries"
    parent = ("Tentang program", "villages:reference_list")
    record_in_trail = False


class ReferenceList(PageMixin, TemplateView):
    """All of it on one page, which every account may read."""

    model = ProgramReference
    permission = None
    title, section = "Tentang program", "libraries"
    template_name = "villages/reference_list.html"

    def get_context_data(self, **kwargs):
        rows = list(ProgramReference.objects.all())
        kinds = ProgramReference.Kind
        return super().get_context_data(
            kinds=[(kind, [row for row in rows if row.kind == kind]) for kind in kinds],
            may_add=self.request.user.has_perm("villages.add_programreference"),
            may_change=self.request.user.has_perm("villages.change_programreference"),
            may_delete=self.request.user.has_perm("villages.delete_programreference"),
            may_see_history=self.request.user.has_perm("villages.view_programreference"),
            **kwargs,
        )


class ReferenceCreate(ReferencePage, RecordCreate):
    form_class = ReferenceForm
    title = crumb = "Tambah rujukan"
    lead = "Yang ditulis di sini dibaca semua akun, di semua provinsi."


class ReferenceUpdate(ReferencePage, RecordUpdate):
    form_class = ReferenceForm
    crumb = "Ubah rujukan"
    lead = ReferenceCreate.lead


class ReferenceDelete(ReferencePage, RecordDelete):
    question = "Hapus rujukan “{record}”?"
    crumb = button = "Hapus rujukan"
    done = "Rujukan dihapus."
    history_name = "villages:reference_history"


class ReferenceHistory(ReferencePage, RecordHistory):
    pass
