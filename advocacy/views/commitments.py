"""The ledger of commitments: what was promised, what came of it, and the sums of both."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from advocacy.actions import (
    delete_commitment,
    renew_commitment,
    save_commitment,
    withdraw_commitment,
)
from advocacy.documents import OF_REALISATION
from advocacy.filters.commitments import CommitmentFilter
from advocacy.forms.commitments import CommitmentForm
from advocacy.models import AdvocacyCase, Beneficiary, Commitment, Meeting, Realisation
from advocacy.models.commitments import WITHDRAWN
from advocacy.sums import SumsTable, sums_by
from advocacy.views.teams import TeamRecordCreate
from programs.models import Institution
from programs.support_totals import UNITS
from sinergi.kit.columns import Cell, Column, labels_of, page_column
from sinergi.kit.dates import long_date
from sinergi.kit.forms import ReasonForm
from sinergi.kit.history import RowsUnder, keys_of
from sinergi.kit.views import (
    DownloadMixin,
    PageMixin,
    RecordDelete,
    RecordDetail,
    RecordHistory,
    RecordList,
    RecordUpdate,
    TransitionView,
    search_terms,
)
from villages.filters import PlaceFilter, provinces
from villages.models.regions import PROVINCE_LENGTH


def kept_unit(request):
    """
    Money, goods or policies alone, where a sum led here: it stays while the list is filtered
    further.
    """
    unit = request.GET.get("unit")
    return [("unit", unit)] if unit in UNITS else []


class CommitmentPage:
    model = Commitment
    section = "partners"
    parent = ("Komitmen", "advocacy:commitment_list")

    def get_queryset(self):
        return super().get_queryset().with_names()


class LedgerList(RecordList):
    """
    A list with the sums of whatever it is filtered to, within one province. Those of many take
    every row of the country, and have a page of their own (`CommitmentSums`).
    """

    section = "partners"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        in_one = not PlaceFilter.spans_provinces(self.request) or self.filterset.is_within_province
        sums = self.filterset.qs.order_by().support() if in_one and context["page"].rows else None
        return context | {"sums": sums, "kept": kept_unit(self.request)}


class CommitmentList(LedgerList):
    """The ledger, newest promise first."""

    model = Commitment
    title = "Komitmen"
    filterset_class = CommitmentFilter
    order = ("-promised_on", "-id")
    columns = (
        Column("Yang dijanjikan", "description"),
        Column("Bentuk", "kind", read=labels_of(Commitment.Kind)),
        Column("Oleh", "institution__name"),
        Column("Provinsi", "province__name"),
        Column("Kabupaten/kota", "regency__name"),
        Column("Dijanjikan pada", "promised_on", Cell.DATE),
        Column("Nilai", "value", Cell.RUPIAH, about="rupiah; barang dan jasa menurut taksiran"),
        Column("Dasar nilai", "value_basis", read=labels_of(Commitment.Basis)),
        Column(
            "Terealisasi",
            ("came", "times"),
            Cell.RUPIAH,
            lambda came, times: came if times else None,
            "rupiah, jumlah semua realisasinya; kosong bila belum ada",
        ),
        Column("Banyaknya realisasi", "times", Cell.NUMBER),
        Column("Tenggat", "due_on", Cell.DATE),
        Column(
            "Keadaan", "state", read=labels_of(Commitment.State), about="pada hari data ini diunduh"
        ),
        page_column("advocacy:commitment_detail", label="Halaman"),
    )

    def get_queryset(self):
        visible = Commitment.objects.visible_to(self.request.user)
        return visible.with_state(timezone.localdate()).for_list()


def _sum_columns(label, amount, times):
    """Return the columns of a sum and of how many rows it is made; without any there is no sum."""
    paths = (f"tally__{amount}", f"tally__{times}")
    return (
        Column(label, paths, Cell.RUPIAH, lambda sum_, number: sum_ if number else None, "rupiah"),
        Column(f"{label} (banyaknya)", paths[1], Cell.NUMBER),
    )


SUMS = (
    *_sum_columns("Dijanjikan", "promised", "commitments"),
    *_sum_columns("Terealisasi", "realised", "realisations"),
    *_sum_columns("Ditarik", "withdrawn", "taken_back"),
    *_sum_columns("Belum", "outstanding", "open"),
)


class CommitmentSums(DownloadMixin, PageMixin, TemplateView):
    """
    Promised against realised by kind, sector, place or year; each number leads to its rows. Who
    sees several provinces sees them side by side, and the regencies of one at a time.
    """

    model = Commitment
    section = "partners"
    parent = CommitmentPage.parent
    title = crumb = "Komitmen dan realisasi"
    template_name = "advocacy/commitment_sums.html"
    BY = {
        "jenis": "Bentuk",
        "sektor": "Sektor",
        "provinsi": "Provinsi",
        "kabupaten": "Kabupaten/kota",
        "tahun": "Tahun",
    }

    def get_columns(self):
        return [Column("Satuan", "unit"), Column(self.tabs[self.by], "label"), *SUMS]

    def get_listed(self):
        return [
            {"unit": table.label, "label": row.label, "tally": row.tally}
            for table in self.get_tables()
            for row in table.rows
        ]

    def get_filter_words(self):
        return [("Provinsi", str(self.province))] if self.province else []

    @cached_property
    def province(self):
        """Return the province asked for, of several; or None."""
        if PlaceFilter.spans_provinces(self.request):
            return (
                provinces(self.request)
                .filter(pk=search_terms(self.request, "province")[:PROVINCE_LENGTH])
                .first()
            )
        return None

    @cached_property
    def several(self):
        return PlaceFilter.spans_provinces(self.request) and not self.province

    @cached_property
    def tabs(self):
        left_out = "kabupaten" if self.several else "provinsi"
        return {by: label for by, label in self.BY.items() if by != left_out}

    @property
    def by(self):
        by = self.request.GET.get("menurut")
        return (
            by if by in self.tabs else "provinsi" if self.several and by == "kabupaten" else "jenis"
        )

    def get_tables(self):
        rows = [model.objects.visible_to(self.request.user) for model in (Commitment, Realisation)]
        within = {"province": self.province.pk} if self.province else {}
        commitments, realisations = (found.filter(**within) for found in rows)
        sums = sums_by(self.by, commitments=commitments, realisations=realisations)
        return SumsTable.of(sums, within)

    def get_context_data(self, **kwargs):
        tables = self.get_tables()
        return super().get_context_data(
            by=self.by,
            head=self.tabs[self.by],
            tabs=self.tabs.items(),
            tables=tables,
            province=self.province,
            **({} if tables else {"downloads": []}) | kwargs,
        )


class CommitmentDetail(CommitmentPage, RecordDetail):
    template_name = "advocacy/commitment_detail.html"
    related = ("case", "meeting__province", "activity", "withdrawn_by")
    permitted_actions = ("change", "delete")

    def get_queryset(self):
        return super().get_queryset().with_state(timezone.localdate())

    def get_context_data(self, **kwargs):
        commitment, user = self.object, self.request.user
        came = commitment.realisations.prefetch_related("beneficiaries__village__regency").order_by(
            "realised_on", "pk"
        )
        may = self.get_permitted_actions() | {
            "realise": user.has_perm("advocacy.add_realisation", commitment)
        }
        return super().get_context_data(
            commitment=commitment,
            came=came,
            may=may,
            status=commitment.status_on(timezone.localdate()),
            media=commitment.media.all()[:50],
            documents=OF_REALISATION,
            **kwargs,
        )


class CommitmentCreate(CommitmentPage, TeamRecordCreate):
    """
    From nothing, or from the page of a case, a meeting or an institution, which it then starts
    from.
    """

    form_class = CommitmentForm
    title = crumb = "Catat komitmen"
    success_message = "Komitmen dicatat."
    prefilled = {
        "instansi": ("institution", Institution),
        "sasaran": ("case", AdvocacyCase),
        "rapat": ("meeting", Meeting),
    }

    def save(self, form):
        return save_commitment(commitment=form.instance, by=self.request.user, **form.sent)

    def get_initial(self):
        found = super().get_initial()
        case = self.team.cases.filter(pk=found.get("case")).first()
        meeting = (
            self.team.meetings.filter(pk=found.get("meeting")).select_related("province").first()
        )
        if meeting:
            about = meeting.audience_cases.select_related("case")[:2]
            case = case or (about[0].case if len(about) == 1 else None)
            found |= {"promised_on": meeting.starts.date(), "promised_by": meeting.received_by}
        if case:
            places = set(case.places.values_list("regency", flat=True))
            found |= {"case": case.pk, "institution": case.institution_id}
            found |= {"kind": case.aim if case.aim in Commitment.Kind else Commitment.Kind.POLICY}
            found |= {"regency": places.pop()} if len(places) == 1 else {}
        return found


class CommitmentUpdate(CommitmentPage, RecordUpdate):
    form_class = CommitmentForm
    searches_choices = True
    crumb = "Ubah"

    def get(self, request, *args, **kwargs):
        if self.object.is_withdrawn:
            messages.warning(request, WITHDRAWN)
            return HttpResponseRedirect(self.object.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def save(self, form):
        return save_commitment(commitment=form.instance, by=self.request.user, **form.sent)


class CommitmentWithdraw(CommitmentPage, TransitionView):
    action = "change"
    form_class = ReasonForm
    question = "Catat bahwa “{record}” ditarik?"
    explanation = "Yang sudah terealisasi tetap dihitung; sisanya tidak lagi ditunggu."
    crumb = button = "Catat penarikan"
    done = "Komitmen dicatat ditarik."
    danger = True

    def perform(self, **sent):
        withdraw_commitment(commitment=self.record, by=self.request.user, **sent)


class CommitmentRenew(CommitmentPage, TransitionView):
    action = "change"
    question = "Pulihkan “{record}”?"
    explanation = "Komitmen ini berlaku lagi dan sisanya kembali ditunggu."
    crumb = button = "Pulihkan komitmen"
    done = "Komitmen berlaku lagi."

    def perform(self, **sent):
        renew_commitment(commitment=self.record, by=self.request.user, **sent)


class CommitmentDelete(CommitmentPage, RecordDelete):
    question = "Hapus komitmen “{record}”?"
    explanation = (
        "Hanya untuk yang keliru dicatat; riwayatnya tetap tersimpan. Komitmen yang tidak ditepati"
        " dicatat sebagai ditarik."
    )
    crumb = button = "Hapus komitmen"
    done = "Komitmen dihapus."
    history_name = "advocacy:commitment_history"

    def perform(self, version):
        delete_commitment(commitment=self.record, by=self.request.user, version=version)


class CommitmentHistory(CommitmentPage, RecordHistory):
    #: What came is told by its own rows, not by their sums.
    hidden_columns = frozenset({"team", "province", "came", "times", "came_on"})

    def get_histories(self):
        commitment = self.object.pk
        villages = RowsUnder(
            Beneficiary, "realisation", keys_of(Realisation, commitment=commitment)
        )
        return [
            *super().get_histories(),
            Realisation.history.filter(commitment=commitment),
            villages,
        ]

    def title_of(self, row, name):
        if row.instance_type is Beneficiary:
            return f"Desa penerima “{name('village')}”"
        if row.instance_type is Realisation:
            return f"Realisasi {long_date(row.realised_on)}"
        return super().title_of(row, name)
