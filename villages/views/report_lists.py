"""Which libraries have reported of a quarter, and whom to ask for what is still to come."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from sinergi.kit.dates import long_date
from sinergi.kit.pagination import KeysetPage
from sinergi.kit.phones import whatsapp
from sinergi.kit.status import Status, Tone
from sinergi.kit.views import DownloadMixin, PageMixin
from villages.filters.reports import ReportFilter, quarter_asked
from villages.models import Library, LibraryReport, Regency
from villages.quarters import Quarter
from villages.querysets.reports import expected_in, states_of, with_reports
from villages.report_columns import report_columns
from villages.views.reports import due_text

PAGE = 60
#: The lists: (key, label, states it holds, tone); None is a library without a report, and of the
#: states: all of them.
LISTS = (
    ("belum", "Belum lapor", (None, "draft", "returned"), Tone.LATE),
    ("menunggu", "Menunggu", ("submitted",), Tone.WAITING),
    ("terverifikasi", "Terverifikasi", ("verified",), Tone.APPROVED),
    ("semua", "Semua", None, Tone.DRAFT),
)
#: With two of them together, to which the number of those handed in leads.
ALL_LISTS = (*LISTS, ("masuk", "Sudah mengirim", ("submitted", "verified"), Tone.APPROVED))


class ReportList(DownloadMixin, PageMixin, TemplateView):
    """
    The libraries that are expected to report of a quarter, in lists that add up; those still to
    come stand by whom to ask.
    """

    model = LibraryReport
    title, section = "Laporan triwulan", "libraries"
    parent = ("Perpustakaan", "villages:library_list")
    template_name = "villages/report_list.html"
    reads_whole_rows = True

    @property
    def today(self):
        return timezone.localdate()

    @cached_property
    def quarter(self):
        return quarter_asked(self.request.GET.get("triwulan"), self.today)

    @property
    def tab(self):
        asked = self.request.GET.get("daftar")
        return asked if asked in [key for key, *_ in ALL_LISTS] else "belum"

    def get_title(self):
        return f"Laporan {self.quarter.in_sentence}"

    @cached_property
    def filterset(self):
        user, days = self.request.user, {"today": self.today, "quarter": self.quarter}
        visible = Library.objects.visible_to(user, "villages.view_libraryreport").village()
        return ReportFilter(self.request.GET, visible, request=self.request, **days)

    def get_listed(self):
        chosen = next(states for key, _, states, _ in ALL_LISTS if key == self.tab)
        libraries = expected_in(self.filterset.qs, self.quarter)
        return in_states(libraries, self.quarter, chosen).with_place()

    def get_columns(self):
        return report_columns(self.quarter)

    def prepare_rows(self, rows):
        """Read the reports along; the figures of a draft are told to those who fill it in."""
        found = LibraryReport.objects.in_bulk([row.report_id for row in rows if row.report_id])
        mine = self.request.user.scope("villages.change_libraryreport")
        for row in rows:
            report = found.get(row.report_id)
            row.told = report if report and (not report.is_editable or mine.covers(row)) else None

    def get_filter_words(self):
        told = next(label for key, label, *_ in ALL_LISTS if key == self.tab)
        quarter = ("Triwulan", str(self.quarter))
        words = [one for one in super().get_filter_words() if one[0] != quarter[0]]
        return [quarter, ("Bagian", told), *words]

    def get_context_data(self, **kwargs):
        user, filterset = self.request.user, self.filterset
        rows, counts = self.get_listed(), states_of(filterset.qs, self.quarter)
        page = KeysetPage(rows, self.request.GET, order=self.order, size=PAGE)
        may_fill = user.has_perm("villages.change_libraryreport")
        for row in page:
            row.status = status_of(row, self.quarter, self.today)
            row.url = url_of(row, self.quarter, may_fill)
        return super().get_context_data(
            may_fill=may_fill,
            sheet_regency=self.get_regency(filterset) if may_fill else None,
            filterset=filterset,
            quarter=self.quarter,
            due_text=due_text(self.quarter, self.today),
            total=sum(counts.values()),
            handed_in=counts["submitted"] + counts["verified"],
            lists=[
                (key, label, tone.value, number_of(counts, states), note_of(key, counts))
                for key, label, states, tone in LISTS
            ],
            tab=self.tab,
            kept=[("daftar", self.tab)],
            page=page,
            contacts=contacts_of(self.with_siblings(page.rows, rows, may_fill), self.quarter)
            if self.tab == "belum"
            else [],
            **({} if page.rows else {"downloads": []}) | kwargs,
        )

    def get_regency(self, filterset):
        """Return the one regency that is shown and may be filled in, or None."""
        chosen = filterset.form.cleaned_data.get("regency") if filterset.form.is_valid() else None
        rows = Regency.objects.visible_to(self.request.user, "villages.change_libraryreport")
        rows = list(rows.filter(pk=chosen.pk) if chosen else rows.order_by("pk")[:2])
        return rows[0] if len(rows) == 1 else None

    def with_siblings(self, shown, rows, may_fill):
        """
        Return the rows of a page with all others of the same contacts, so that one text asks for
        everything.
        """
        phones = {row.phone for row in shown if row.phone}
        regencies = {row.regency_id for row in shown}
        others = rows.filter(phone__in=phones, regency__in=regencies)
        others = list(others.exclude(pk__in=[row.pk for row in shown]).order_by("name", "id")[:500])
        for row in others:
            row.status = status_of(row, self.quarter, self.today)
            row.url = url_of(row, self.quarter, may_fill)
        return [*shown, *others]


def in_states(libraries, quarter, states):
    """Return the libraries whose report stands in one of these states; None among them: none."""
    rows = with_reports(libraries, quarter)
    if states is None:
        return rows
    reports = LibraryReport.objects.of(quarter).filter(library=OuterRef("pk"))
    if None not in states:
        return rows.filter(Exists(reports.filter(state__in=states)))
    others = [state for state in LibraryReport.State.values if state not in states]
    return rows.filter(~Exists(reports.filter(state__in=others)))


def number_of(counts, states):
    if states is None:
        return sum(counts.values())
    return sum(counts[state or "none"] for state in states)


def note_of(key, counts):
    """Return what a number is made of."""
    waiting = [counts["none"] + counts["draft"] + counts["returned"]]
    waiting += [counts["submitted"], counts["verified"]]
    return {
        "belum": (
            f"{counts['none']} belum mulai, {counts['draft']} draf,"
            f" {counts['returned']} dikembalikan"
        ),
        "menunggu": "dikirim, belum diverifikasi",
        "terverifikasi": "dihitung dalam capaian",
        "semua": f"{' + '.join(map(str, waiting))} perpustakaan desa",
    }[key]


def status_of(row, quarter, today):
    """Return how the report of a library (`with_reports`) stands."""
    late = quarter.days_late(today)
    if row.report_state in ("submitted", "verified"):
        return LibraryReport.State(row.report_state).status
    if row.report_state == "returned":
        return LibraryReport.State.RETURNED.status
    if late:
        return Status(f"Terlambat {late} hari", Tone.LATE)
    return Status("Draf") if row.report_state else Status("Belum mulai")


def url_of(row, quarter, may_fill):
    if row.report_state in ("submitted", "verified"):
        return reverse("villages:report_detail", args=[row.report_id])
    if may_fill:
        return reverse("villages:report_update", args=[row.pk, quarter.key])
    return row.get_absolute_url()


@dataclass
class ReportContact:
    """Whom to ask, and for which libraries (`with_reports`), in one regency."""

    name: str
    phone: str
    regency: str
    quarter: Quarter
    libraries: list = field(default_factory=list)

    @property
    def message(self):
        """Return one text that asks for all of them."""
        lines = [
            f"{number}. {row.name} ({last_text(row)})"
            for number, row in enumerate(self.libraries, 1)
        ]
        head = (
            f"Dengan hormat, kami menunggu laporan {self.quarter.in_sentence}"
            f" ({self.quarter.months_text}) dari:"
        )
        foot = (
            f"Tenggatnya {long_date(self.quarter.due_on)}. Laporan dapat dikirim walau ada angka"
            " yang belum diketahui. Terima kasih."
        )
        return "\n".join([head, *lines, foot])

    @property
    def chat(self):
        """Return the address that opens a chat, or ""."""
        return whatsapp(self.phone) if self.phone else ""


def last_text(row):
    """belum pernah melapor; draf, belum dikirim; or terakhir Tw I 2019."""
    if row.report_state == "returned":
        return "dikembalikan, menunggu perbaikan"
    if row.report_state == "draft":
        return "draf, belum dikirim"
    if not row.last_reported:
        return "belum pernah melapor"
    return f"terakhir {Quarter(*divmod(row.last_reported, 10)).short}"


def contacts_of(rows, quarter):
    """
    Return [(regency, [ReportContact])] of these libraries: those of one telephone number, or where
    there is none of one name, are one contact's.
    """
    regencies = {}
    for row in rows:
        regency = row.regency.name if row.regency_id else row.province.name
        contacts = regencies.setdefault(regency, {})
        key = row.phone or row.head or row.pk
        name = row.head or f"Pengelola {row.name}"
        contacts.setdefault(key, ReportContact(name, row.phone, regency, quarter)).libraries.append(
            row
        )
        row.last_text = last_text(row)
    return [(name, list(contacts.values())) for name, contacts in sorted(regencies.items())]
