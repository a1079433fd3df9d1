"""Files of a meeting, for those who may see the meeting; a waiting one, for whoever sent it."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views import View

from advocacy.models import Attachment
from sinergi.kit import uploads
from sinergi.kit.views import PageMixin


class AttachmentFile(PageMixin, View):
    model = Attachment
    thumbnail = False

    def get_queryset(self):
        visible, waiting = super().get_queryset(), Attachment.objects.waiting(self.request.user)
        return Attachment.objects.filter(
            Q(pk__in=visible.values("pk")) | Q(pk__in=waiting.values("pk"))
        )

    def get(self, request, key):
        row = get_object_or_404(self.get_queryset(), key=key)
        stored = row.thumbnail if self.thumbnail else row.file
        if not stored:
            raise Http404
        return uploads.serve(stored, content_type=row.content_type, name=row.download_name)
