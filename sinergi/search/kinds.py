"""What is searched, in the order of the page: one SearchKind for each model that has pages."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse

from advocacy.expansion_stages import Stage
from advocacy.models import (
    AdvocacyCase,
    Commitment,
    ExpansionCase,
    ExpansionStep,
    FollowUp,
    MediaCoverage,
    Meeting,
    Partnership,
    Realisation,
    Training,
    Trip,
    Visit,
)
from programs.models import Decree, Institution, Person, PlannedActivity, WorkPlan
from sinergi.kit.search.sqlite import has_text_key
from sinergi.kit.text import joined
from villages.models import District, Library, Province, Regency, Village

#: Orders of the hits: of names the shortest first, of what has a day the latest.
BY_NAME, BY_DAY, BY_KEY = "name", "day", "key"


@dataclass(frozen=True, eq=False)
class SearchKind:
    """
    `prefix`: what is typed before the words to search this alone. `texts`: (label, column) of what
    a hit quotes. `related`: {relation: its (label, column)s}, whose words lead to this record too.
    `details`: columns told in small type below the title, through `labels` where they are choices.
    `day_terms`: the columns with the zone of a moment, and whether more than its month is set.
    `numbers`: columns of which an equal one stands alone on top, as an equal title does.
    `list_page`: the list that the words lead on to; without one they lead to the search of this
    kind. `has_own_words`: the model is indexed itself. `narrow`: a method of the queryset that
    leaves out what is not to be told, such as drafts, which are their author's; `list_terms`:
    the (filter, value)s of the list that leave out the same.
    """

    prefix: str
    label: str
    model: type
    page: str
    title: object = "title"
    texts: tuple = ()
    related: dict = None
    details: tuple = ()
    labels: dict = None
    day: object = ""
    day_word: str = ""
    day_terms: tuple = ()
    order: str = BY_DAY
    numbers: tuple = ()
    list_page: str = ""
    link_key: str = "pk"
    anchor: str = ""
    has_own_words: bool = True
    narrow: str = ""
    list_terms: tuple = ()

    @property
    def permission(self):
        return self.permissions[0]

    @cached_property
    def permissions(self):
        """Return what decides on the visible rows: to view the model, and each related one."""
        models = [self.model]
        models += [self.model._meta.get_field(one).related_model for one in self.related or ()]
        return tuple(f"{one._meta.app_label}.view_{one._meta.model_name}" for one in models)

    @cached_property
    def sources(self):
        """Return where the words may stand: in the own row (None), or in those of a relation."""
        return [*([None] if self.has_own_words else []), *(self.related or ())]

    @cached_property
    def has_text_key(self):
        return has_text_key(self.model)

    def rows(self):
        """Return the records that may be told of at all, whoever asks, in no order."""
        rows = self.model.objects.order_by()
        return getattr(rows, self.narrow)() if self.narrow else rows

    def url_of(self, key, link_key):
        return reverse(self.page, args=[link_key]) + (
            f"#{self.anchor}-{key}" if self.anchor else ""
        )

    def list_url(self, text):
        """Return where all hits of these words stand."""
        if self.list_page:
            return f"{reverse(self.list_page)}?{urlencode([('kata', text), *self.list_terms])}"
        return f"{reverse('search:search')}?{urlencode({'q': f'{self.prefix}: {text}'})}"

    def told(self, details):
        return joined(", ", *((self.labels or {}).get(one, one) for one in details))


def _last(column):
    steps = ExpansionStep.objects.filter(case=OuterRef("pk")).order_by("-number")
    return Subquery(steps.values(column)[:1])


KINDS = [
    SearchKind(
        "rapat",
        "Rapat",
        Meeting,
        "advocacy:meeting_detail",
        texts=(
            ("Nomor undangan", "invitation_number"),
            ("Tempat", "place"),
            ("Diterima oleh", "received_by"),
            ("Pokok yang disampaikan", "points"),
            ("Jawaban", "answer"),
            ("Langkah berikutnya", "next_step"),
            ("Alasan dibatalkan", "cancel_reason"),
        ),
        related={"agenda": (("Agenda", "topic"), ("Catatan", "notes"), ("Keputusan", "decision"))},
        details=("kind",),
        labels=dict(Meeting.Kind.choices),
        day="starts_at",
        day_terms=("province__time_zone", "day_is_set"),
        numbers=("invitation_number",),
        list_page="advocacy:meeting_list",
    ),
    SearchKind(
        "tindak",
        "Tindak lanjut",
        FollowUp,
        "advocacy:followup_detail",
        title="what",
        texts=(("Hasil", "closing_note"),),
        related={"progress": (("Perkembangan", "text"),)},
        details=("person_in_charge__name",),
        day="due_on",
        day_word="tenggat",
        narrow="without_cancelled",
    ),
    SearchKind(
        "kunjungan",
        "Kunjungan",
        Visit,
        "advocacy:visit_detail",
        title="library__name",
        texts=(("Yang ditemui", "met"), ("Temuan", "findings")),
        related={
            "library": (),
            "recommendation_answers": (("Yang terlihat", "note"),),
        },
        details=("regency__name",),
        day="visited_on",
        list_page="advocacy:visit_list",
        narrow="sent",
        list_terms=(("state", "sent"),),
    ),
    SearchKind(
        "perjalanan",
        "Perjalanan",
        Trip,
        "advocacy:trip_detail",
        texts=(
            ("Nomor surat tugas", "letter_number"),
            ("Catatan", "note"),
            ("Tugas", "task"),
            ("Dasar", "basis"),
        ),
        day="starts_on",
        numbers=("letter_number",),
        list_page="advocacy:trip_list",
    ),
    SearchKind(
        "bimtek",
        "Bimtek",
        Training,
        "advocacy:training_detail",
        texts=(("Tempat", "place"), ("Materi", "materials")),
        day="held_on",
        list_page="advocacy:training_list",
    ),
    SearchKind(
        "sk",
        "SK",
        Decree,
        "programs:decree_detail",
        title="about",
        texts=(
            ("Nomor", "number"),
            ("Ditetapkan oleh", "issuer"),
            ("Penanda tangan", "signer"),
            ("Menimbang", "considerations"),
            ("Mengingat", "legal_basis"),
            ("Diktum", "diktum"),
        ),
        details=("issuer", "number"),
        order=BY_KEY,
        numbers=("number",),
    ),
    SearchKind(
        "rencana",
        "Rencana kerja",
        WorkPlan,
        "programs:plan_detail",
        title="team__name",
        texts=(("Pengantar", "note"),),
        day="starts_on",
    ),
    SearchKind(
        "kegiatan",
        "Kegiatan dalam rencana kerja",
        PlannedActivity,
        "programs:activity_detail",
        texts=(("Keluaran", "output"), ("Satuan", "unit")),
        details=("plan__team__name",),
        day="plan__starts_on",
    ),
    SearchKind(
        "kasus",
        "Sasaran advokasi",
        AdvocacyCase,
        "advocacy:case_detail",
        title="asked",
        texts=(("Catatan", "note"),),
        related={"steps": (("Catatan tahap", "note"),)},
        details=("institution__name",),
        day="stage_since",
        day_word="pada tahap ini sejak",
        list_page="advocacy:case_list",
    ),
    SearchKind(
        "komitmen",
        "Komitmen",
        Commitment,
        "advocacy:commitment_detail",
        title="description",
        texts=(("Dijanjikan oleh", "promised_by"), ("Alasan ditarik", "withdraw_reason")),
        details=("institution__name",),
        day="promised_on",
        list_page="advocacy:commitment_list",
    ),
    SearchKind(
        "realisasi",
        "Realisasi",
        Realisation,
        "advocacy:commitment_detail",
        title="commitment__description",
        texts=(
            ("Nomor dokumen", "document_number"),
            ("Tentang", "document_about"),
            ("Keterangan", "note"),
        ),
        details=("commitment__institution__name",),
        day="realised_on",
        numbers=("document_number",),
        list_page="advocacy:realisation_list",
        link_key="commitment_id",
        anchor="realisasi",
    ),
    SearchKind(
        "kerjasama",
        "Kerja sama",
        Partnership,
        "advocacy:partnership_detail",
        title="about",
        texts=(("Nomor", "number"),),
        details=("institution__name",),
        day="starts_on",
        numbers=("number",),
        list_page="advocacy:partnership_list",
    ),
    SearchKind(
        "publikasi",
        "Publikasi media",
        MediaCoverage,
        "advocacy:media_detail",
        texts=(("Media", "outlet"),),
        details=("outlet",),
        day="published_on",
        list_page="advocacy:media_list",
    ),
    SearchKind(
        "perluasan",
        "Perluasan program",
        ExpansionCase,
        "advocacy:expansion_detail",
        title="village__name",
        related={"village": (), "steps": (("Catatan tahap", "note"),)},
        details=("regency__name", _last("stage")),
        day=_last("reached_on"),
        day_word="sejak",
        labels=dict(Stage.choices),
        order=BY_KEY,
        has_own_words=False,
    ),
    SearchKind(
        "perpustakaan",
        "Perpustakaan",
        Library,
        "villages:library_detail",
        title="name",
        texts=(("Alamat", "address"), ("Pengelola", "head")),
        details=("regency__name", "province__name"),
        order=BY_NAME,
        list_page="villages:library_list",
    ),
    SearchKind(
        "instansi",
        "Instansi dan mitra",
        Institution,
        "programs:institution_detail",
        title="name",
        texts=(("Singkatan", "abbreviation"), ("Alamat", "address")),
        details=("sector",),
        labels=dict(Institution.Sector.choices),
        order=BY_NAME,
        list_page="programs:institution_list",
    ),
    SearchKind(
        "orang",
        "Orang",
        Person,
        "programs:person_detail",
        title="name",
        texts=(("Jabatan", "position"),),
        details=("position", "institution__name"),
        order=BY_NAME,
        list_page="programs:person_list",
    ),
    SearchKind(
        "provinsi",
        "Provinsi",
        Province,
        "villages:region_detail",
        title="name",
        order=BY_NAME,
    ),
    SearchKind(
        "kabupaten",
        "Kabupaten dan kota",
        Regency,
        "villages:region_detail",
        title="name",
        details=("province__name",),
        order=BY_NAME,
    ),
    SearchKind(
        "kecamatan",
        "Kecamatan",
        District,
        "villages:region_detail",
        title="name",
        details=("regency__name", "province__name"),
        order=BY_NAME,
    ),
    SearchKind(
        "desa",
        "Desa dan kelurahan",
        Village,
        "villages:region_detail",
        title="name",
        details=("kind", "district__name", "regency__name"),
        labels=dict(Village.Kind.choices),
        order=BY_NAME,
        list_page="villages:village_list",
    ),
]
PREFIXES = {kind.prefix: kind for kind in KINDS}
#: Other words for the same.
PREFIXES |= {
    "tindak-lanjut": PREFIXES["tindak"],
    "advokasi": PREFIXES["kasus"],
    "kerja-sama": PREFIXES["kerjasama"],
    "mitra": PREFIXES["instansi"],
    "kota": PREFIXES["kabupaten"],
    "kelurahan": PREFIXES["desa"],
}
#: Regions by the length of their code without its points.
BY_CODE = {2: "provinsi", 4: "kabupaten", 6: "kecamatan", 10: "desa"}


def expression(path):
    return F(path) if isinstance(path, str) else path
