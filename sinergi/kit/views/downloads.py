"""Lists that can be downloaded as they are filtered."""

from django.db.models import Model
from django.http import Http404
from django.shortcuts import render

from sinergi.kit.columns import open_columns
from sinergi.kit.dates import long_date
from sinergi.kit.exports import FORMATS, PARAMETER, ExportRunning, ListExport, export_response

#: Parameters that say which page is shown, not of what.
OF_THE_PAGE = ("setelah", "sebelum", "mengapa", "hal", PARAMETER)


class DownloadMixin:
    """
    A list that answers `?unduh=xlsx`, `csv` or `csv-sistem` with all its rows, as they are filtered
    and in the scope of the reader.

    The list says what a row is told by (`columns`, or `get_columns` where they depend on the
    request) and which rows there are (`get_listed`): those of all its pages together.

    Where a column takes more than the database knows, `reads_whole_rows`: they are read as the list
    reads them (or by `get_export_rows`), and handed to `prepare_rows`, some thousand at a time.
    """

    columns = ()
    reads_whole_rows = False
    order = ("name", "id")

    def get(self, request, *args, **kwargs):
        kind = request.GET.get(PARAMETER)
        if kind is None or request.method != "GET":
            return super().get(request, *args, **kwargs)
        if kind not in FORMATS:
            raise Http404
        return self.download(kind) if self.is_readable() else super().get(request, *args, **kwargs)

    def download(self, kind):
        request = self.request
        export = ListExport(
            title=self.get_title(),
            columns=open_columns(self.get_columns(), request.user),
            rows=self.get_export_rows(),
            order=self.get_order(),
            prepare=self.prepare_rows if self.reads_whole_rows else None,
            filters=self.get_filter_words(),
            host=f"{request.scheme}://{request.get_host()}",
            user=request.user,
        )
        asked = self.get_asked()
        try:
            log = request.user.exports.begin(
                request.user,
                title=export.title,
                path=request.path,
                query=asked.urlencode(),
                form=kind,
            )
        except ExportRunning:
            context = {"back": self.get_back_url(), "again": request.get_full_path()}
            response = render(request, "export_running.html", context, status=429)
            response["Retry-After"] = "15"
            return response
        return export_response(export, kind, log)

    def get_columns(self):
        return self.columns

    def get_listed(self):
        """Return every row of the list: a queryset, or dictionaries of the columns' sources."""
        raise NotImplementedError

    def get_export_rows(self):
        return self.get_listed()

    def prepare_rows(self, rows):
        """Read along what the columns tell of these rows, in a fixed number of queries."""

    def get_order(self):
        return self.order

    def get_asked(self):
        """Return the parameters by which the rows are chosen."""
        asked = self.request.GET.copy()
        for name in OF_THE_PAGE:
            asked.pop(name, None)
        return asked

    def get_back_url(self):
        """Return the address of the list as it was asked for, without the download."""
        asked = self.get_asked().urlencode()
        return f"{self.request.path}?{asked}" if asked else self.request.path

    def is_readable(self):
        """Return whether the filter can be read; one that cannot is shown with its error."""
        filterset = self.get_filterset()
        return filterset is None or filterset.form.is_valid()

    def get_filterset(self):
        """Return the filter of the list as it was set, or None."""
        return getattr(self, "filterset", None)

    def get_filter_words(self):
        """Return [(label, words)] of what the rows were chosen by."""
        filterset = self.get_filterset()
        return filter_words(filterset.form) if filterset is not None else []

    def get_downloads(self):
        """Return (label, address) of the ways to download what is shown."""
        asked, found = self.get_asked(), []
        for kind, label in FORMATS.items():
            asked[PARAMETER] = kind
            found.append((label, f"?{asked.urlencode()}"))
        return found

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"downloads": self.get_downloads()} | kwargs)


def filter_words(form):
    """Return [(label, words)] of the fields of a valid filter form that were set."""
    if not form.is_valid():
        return []
    return [
        (str(form.fields[name].label or name), value_words(form.fields[name], value))
        for name, value in form.cleaned_data.items()
        if value not in (None, "", [], False) and name in form.fields
    ]


def value_words(field, value):
    """Return what was chosen in a field, as its form shows it."""
    if value is True:
        return "ya"
    if isinstance(value, Model):
        return str(value)
    if hasattr(value, "strftime"):
        return long_date(value)
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return ", ".join(value_words(field, one) for one in value)
    return str(dict(getattr(field, "choices", ())).get(value, value))
