"""
A page that something has to come before says what, and who brings it about, instead of refusing.
"""

from django.views.generic import TemplateView

from sinergi.kit.views import PageMixin


class Prerequisite(PageMixin, TemplateView):
    """
    What has to be there before the page asked for is of use. Another view answers with it:

        return Prerequisite.as_view(title="Catat rapat", heading="Belum ada tim", text="…")(request)
    """

    template_name = "generic/prerequisite.html"
    permission = None
    heading = text = url = button = ""

    def get_context_data(self, **kwargs):
        told = {"heading": self.heading, "text": self.text, "url": self.url, "button": self.button}
        return super().get_context_data(**told | kwargs)
