"""Trainings: the list, the page of one with who came, and its form."""

from django.urls import reverse

from advocacy.actions import delete_training, save_training
from advocacy.filters.trainings import TrainingFilter
from advocacy.forms.trainings import ROWS, TrainingForm
from advocacy.models import Training, TrainingParticipant
from advocacy.models.trainings import MAX_ROWS
from advocacy.views.teams import TeamRecordCreate
from programs.models import PlannedActivity
from sinergi.kit.columns import Cell, Column, labels_of, page_column
from sinergi.kit.formsets import add_blank_row
from sinergi.kit.views import RecordDelete, RecordDetail, RecordHistory, RecordList, RecordUpdate


class TrainingPage:
    model = Training
    section = "libraries"
    parent = ("Bimtek", "advocacy:training_list")

    def get_queryset(self):
        return super().get_queryset().with_names()

    def get_parents(self):
        return [("Perpustakaan", reverse("villages:library_list")), *super().get_parents()]


class TrainingList(RecordList):
    """The latest on top."""

    model = Training
    section = "libraries"
    title = "Bimtek"
    parent = ("Perpustakaan", "villages:library_list")
    filterset_class = TrainingFilter
    order = ("-held_on", "-id")
    columns = (
        Column("Tanggal", "held_on", Cell.DATE),
        Column("Nama bimtek", "title"),
        Column("Pokok materi", "subject", read=labels_of(Training.Subject)),
        Column("Tempat", "place"),
        Column("Provinsi", "province__name"),
        Column("Kabupaten/kota", "regency__name"),
        Column("Peserta", "people", Cell.NUMBER, about="orang yang hadir, bernama atau dihitung"),
        Column("Desa asal", "village_count", Cell.NUMBER, about="banyaknya desa asal peserta"),
        page_column("advocacy:training_detail", label="Halaman"),
    )


#: What the rows of participants can be narrowed to: the word in the address → how many of them a
#: row has.
SHOWN = {
    "perempuan": ("perempuan", lambda row: row.women_count or 0),
    "laki-laki": ("laki-laki", lambda row: row.men_count or 0),
    "tidak-dicatat": ("jenis kelamin tidak dicatat", lambda row: row.unknown_count),
}


class TrainingDetail(TrainingPage, RecordDetail):
    """The training with its sums, each of which leads to the rows it is the sum of."""

    permitted_actions = ("change", "delete")

    def get_context_data(self, **kwargs):
        rows = sorted(
            self.object.participants.with_places(),
            key=lambda row: (row.village.name, row.village_id, row.pk),
        )
        asked = self.request.GET.get("tampil", "")
        word, part = SHOWN.get(asked, ("", None))
        return super().get_context_data(
            sums=[
                (key, word, sum(part(row) for row in rows)) for key, (word, part) in SHOWN.items()
            ],
            people=sum(row.people for row in rows),
            has_unknown=any(row.unknown_count for row in rows),
            village_count=len({row.village_id for row in rows}),
            rows=[row for row in rows if part is None or part(row)],
            shown=word and asked,
            shown_word=word,
            **kwargs,
        )


def render_rows(view):
    """Show the form with a row more or one fewer, without JavaScript; nothing is judged yet."""
    data = view.request.POST.copy()
    verb, _, row = data["aksi"].partition("-")
    if verb == "tambah":
        add_blank_row(data, ROWS, most=MAX_ROWS)
    elif verb == "hapus":
        data[f"{row}-DELETE"] = "on"
    form = view.form_class(**view.get_form_kwargs() | {"data": data})
    form.clear_errors()
    return view.render_to_response(view.get_context_data(form=form))


class TrainingCreate(TrainingPage, TeamRecordCreate):
    form_class = TrainingForm
    template_name = "advocacy/training_form.html"
    title = crumb = "Catat bimtek"
    success_message = "Bimtek dicatat."
    prefilled = {"kegiatan": ("activity", PlannedActivity)}

    def post(self, request, *args, **kwargs):
        return render_rows(self) if request.POST.get("aksi") else super().post(request)

    def save(self, form):
        return save_training(training=form.instance, by=self.request.user, **form.rows, **form.sent)


class TrainingUpdate(TrainingPage, RecordUpdate):
    form_class = TrainingForm
    template_name = "advocacy/training_form.html"
    searches_choices = True
    crumb = "Ubah"

    def post(self, request, *args, **kwargs):
        return render_rows(self) if request.POST.get("aksi") else super().post(request)

    def save(self, form):
        return save_training(training=form.instance, by=self.request.user, **form.rows, **form.sent)


class TrainingDelete(TrainingPage, RecordDelete):
    question = "Hapus bimtek “{record}”?"
    explanation = "Pesertanya ikut terhapus; riwayatnya tetap tersimpan."
    crumb = button = "Hapus bimtek"
    done = "Bimtek dihapus."
    history_name = "advocacy:training_history"

    def perform(self, version):
        delete_training(training=self.record, by=self.request.user, version=version)


class TrainingHistory(TrainingPage, RecordHistory):
    def get_histories(self):
        rows = TrainingParticipant.history.filter(training=self.object.pk)
        return [*super().get_histories(), rows]

    def title_of(self, row, name):
        if row.instance_type is TrainingParticipant:
            return f"Peserta dari {name('village')}"
        return super().title_of(row, name)
