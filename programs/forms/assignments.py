"""The form over an assignment."""

from django.utils.html import format_html_join

from programs.models import Assignment
from sinergi.accounts.roles import ROLE_CHOICES, ROLES
from sinergi.kit.forms import DateInput, RecordForm
from villages.models import Province, Regency


class AssignmentForm(RecordForm):
    """A role at a place, within what the administrator administers."""

    class Meta:
        model = Assignment
        fields = ["role", "province", "regency", "starts_on"]
        widgets = {"starts_on": DateInput()}
        error_messages = {
            "role": {"required": "Pilih perannya."},
            "starts_on": {"required": "Isi hari pertamanya."},
            "province": {"required": "Pilih provinsinya."},
        }

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.actor = actor
        scope = actor.scope("programs.add_assignment")
        self.fields["role"].choices = [("", "Pilih peran"), *ROLE_CHOICES]
        roles = [(role.label, role.words) for role in ROLES.values()]
        self.fields["role"].help_text = format_html_join(
            "", '<span class="d-block"><b>{}</b>: {}</span>', roles
        )
        province, regency = self.fields["province"], self.fields["regency"]
        province.queryset = Province.objects.visible_to(actor, "programs.add_assignment")
        province.required = not scope.national
        province.help_text = "Kosongkan untuk seluruh Indonesia." if scope.national else ""
        if len(scope.provinces) == 1 and not scope.national:
            self.initial.setdefault("province", next(iter(scope.provinces)))
        regency.queryset = Regency.objects.visible_to(actor, "programs.add_assignment").order_by(
            "code"
        )
        regency.empty_label, regency.help_text = (
            "Seluruh provinsi",
            "Wajib untuk petugas kabupaten/kota.",
        )

    def clean(self):
        cleaned = super().clean()
        if (
            cleaned.get("role") == "regency_officer"
            and not cleaned.get("regency")
            and "regency" not in self.errors
        ):
            self.add_error("regency", "Pilih kabupaten/kotanya.")
        place = Assignment(province=cleaned.get("province"), regency=cleaned.get("regency"))
        if not self.errors and not self.actor.has_perm("programs.add_assignment", place):
            self.add_error("province", "Wilayah ini di luar wilayah Anda.")
        return cleaned
