"""What may be written only while the plan lies on the secretariat's desk."""

from django.contrib import messages
from django.http import HttpResponseRedirect

CLOSED = "Rencana ini {state}, sehingga isinya tidak dapat diubah."


class WhileEditable:
    """Opening a form of a plan that lies with the chair, or is approved, leads back to the plan and says why."""

    def dispatch(self, request, *args, **kwargs):
        answer = super().dispatch(request, *args, **kwargs)
        plan = getattr(self, "plan", None) if request.method == "GET" and answer.status_code == 200 else None
        if plan and not plan.is_editable:
            messages.warning(request, CLOSED.format(state=plan.get_state_display().lower()))
            return HttpResponseRedirect(plan.get_absolute_url())
        return answer
