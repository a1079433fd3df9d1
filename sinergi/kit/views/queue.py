"""
Answers to the queue of a browser (static/js/queue.js), which sends a form when there is a signal.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse

from sinergi.kit.forms import error_links
from sinergi.kit.views.forms import StoredRedirect

JSON = "application/json"
#: What came with a form whose item waits in a queue that a person no longer looks at.
REFUSED = {
    403: "Akun Anda tidak diizinkan menyimpan ini.",
    404: "Data ini tidak ada lagi, atau tidak lagi dalam wilayah tugas Anda.",
}
OTHER_ACCOUNT = "Akun yang masuk sekarang bukan pemilik isian ini."
NOT_STORED = "Isian ini belum dapat disimpan. Buka, lalu kirim dari halamannya."
CONFLICT = "Yang tersimpan di Sinergi lain isinya. Buka isian ini dan bandingkan keduanya."


class QueueableMixin:
    """
    A form that the queue may send, besides the browser itself.

    A submission that asks for JSON is handled as any other; what would have been its page is told
    in words: `stored` (also when the same was stored before), `conflict` (409), `invalid` (422) or
    `refused`. Each answer repeats the key of the submission, without which the queue keeps it.
    """

    #: What the queue calls an item of this form, and the fields of its title and its day.
    queue_kind = queue_title_field = queue_day_field = ""

    def dispatch(self, request, *args, **kwargs):
        if request.method != "POST" or JSON not in request.headers.get("Accept", ""):
            return super().dispatch(request, *args, **kwargs)
        if request.headers.get("Queue-Account", str(request.user.pk)) != str(request.user.pk):
            return self._answer("refused", 401, message=OTHER_ACCOUNT)
        if "Queue-Open" not in request.headers:  # nobody sees the page that would show it
            messages.set_level(request, messages.ERROR + 1)
        try:
            response = super().dispatch(request, *args, **kwargs)
        except PermissionDenied:
            return self._answer("refused", 403, message=REFUSED[403])
        except Http404:
            return self._answer("refused", 404, message=REFUSED[404])
        if isinstance(response, StoredRedirect):
            return self._answer("stored", 200, url=response.url, photo_url=self.get_photo_url())
        return self._tell(response)

    def get_photo_url(self):
        """Return where the photos of what was just stored are sent, each by itself; "": nowhere."""
        return ""

    def get_queue_errors(self, context):
        """Return (label of the field or "", message) of everything that was refused."""
        form = context.get("form")
        if form is None:
            return []
        labels = {(bound.id_for_label or bound.auto_id): bound.label for bound in form}
        return [(labels.get(field, ""), message) for field, message in error_links(form)]

    def _tell(self, response):
        context = getattr(response, "context_data", None) or {}
        errors = [(str(label), str(text)) for label, text in self.get_queue_errors(context)]
        if response.status_code == 409 or getattr(self, "is_stale", False):
            rows = [[str(text) for text in row] for row in context.get("conflict") or ()]
            return self._answer(
                "conflict",
                409,
                message="" if errors else CONFLICT,
                errors=errors,
                differences=rows,
            )
        return self._answer("invalid", 422, message="" if errors else NOT_STORED, errors=errors)

    def _answer(self, status, code, **told):
        key = self.request.POST.get("idempotency_key", "")
        return JsonResponse({"key": key, "status": status} | told, status=code)
