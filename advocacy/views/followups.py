"""Follow-ups: the list, and closing one."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from advocacy.filters import FollowUpFilter
from advocacy.forms.followups import CloseForm
from advocacy.models import FollowUp
from sinergi.kit.querysets import bounded_counts
from sinergi.kit.views import RecordList, TransitionView


class FollowUpList(RecordList):
    """Mine, the team's, the overdue and the done; the first due on top."""

    model = FollowUp
    title, section = "Tindak lanjut", "followups"
    filterset_class = FollowUpFilter
    order = ("due_on", "id")
    TABS = [("saya", "Milik saya"), ("tim", "Semua terbuka"), ("terlambat", "Terlambat"), ("selesai", "Selesai")]

    def lists(self):
        rows = FollowUp.objects.visible_to(self.request.user).of_the_record()
        today = timezone.localdate()
        return {
            "saya": rows.open().in_charge(self.request.user),
            "tim": rows.open(),
            "terlambat": rows.overdue(today),
            "selesai": rows.closed(),
        }

    @property
    def tab(self):
        """The list asked for; without a word, one's own, or the team's for whoever holds none."""
        asked = self.request.GET.get("daftar")
        if asked in dict(self.TABS):
            return asked
        return "saya" if hasattr(self.request.user, "person") else "tim"

    def get_queryset(self):
        return self.lists()[self.tab].for_list()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        counts = bounded_counts(self.request.user, self.lists())
        today = timezone.localdate()
        for row in context["page"]:
            row.late, row.closable = row.days_late(today), row.may_be_closed_by(self.request.user)
        kept = [("daftar", self.tab)]
        return context | {
            "kept": kept,
            "tab": self.tab,
            "tabs": [(key, label, counts[key]) for key, label in self.TABS],
            "today": today,
        }


class FollowUpClose(TransitionView):
    """Done, with a note of what came of it: by the person in charge or by the secretariat."""

    model = FollowUp
    section = "followups"
    action = transition = "close"
    form_class = CloseForm
    question = "Selesaikan “{record}”?"
    explanation = "Catat apa hasilnya, supaya terbaca pada rapat berikutnya."
    crumb = button = "Selesai"
    done = "Tindak lanjut selesai."

    def get_queryset(self):
        return super().get_queryset().select_related("meeting__province", "province", "person_in_charge")

    def check(self, record):
        if record.is_open and not record.may_be_closed_by(self.request.user):
            raise PermissionDenied
        return super().check(record)

    def get_trail(self):
        return [("Tindak lanjut", reverse("advocacy:followup_list"))]
