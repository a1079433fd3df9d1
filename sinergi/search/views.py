"""The page of the search, and its part that comes while somebody types."""

from django.utils.decorators import method_decorator
from django.views.decorators.vary import vary_on_headers
from django.views.generic import TemplateView

from sinergi.kit.views import PageMixin
from sinergi.search.kinds import KINDS
from sinergi.search.results import Results


@method_decorator(vary_on_headers("HX-Request"), name="dispatch")
class SearchPage(PageMixin, TemplateView):
    """
    Everything that has the words (`?q=`), six of each kind; asked by htmx, the results alone.
    """

    permission = None
    title = "Cari"

    @property
    def is_part(self):
        return "HX-Request" in self.request.headers

    def get_template_names(self):
        return ["search/_results.html" if self.is_part else "search/search.html"]

    def get_context_data(self, **kwargs):
        user = self.request.user
        results = Results(user, self.request.GET.get("q", ""))
        kinds = [kind for kind in KINDS if user.has_perm(kind.permission)]
        return super().get_context_data(
            results=results, kinds=kinds, is_part=self.is_part, **kwargs
        )
