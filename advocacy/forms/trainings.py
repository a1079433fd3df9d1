"""The form of a training, with its rows of participants."""

from django import forms
from django.db.models import Q
from django.db.models.functions import Lower

from advocacy.forms.activities import check_activity, offer_activities
from advocacy.models import Training, TrainingParticipant
from advocacy.models.trainings import MAX_ROWS, MOST_COUNTED
from programs.choices import FEW
from sinergi.kit.forms import DateInput, RecordForm, error_links, outline_differences
from sinergi.kit.formsets import RowForm, clear_errors, row_set, row_total
from sinergi.kit.text import plain_text
from villages.models import Regency, Village
from villages.spelling import VILLAGE_WORDS, plain_key

ROWS = "peserta"  # the prefix of the rows
COUNT_ERRORS = {
    "invalid": "Isi angka.",
    "min_value": "Isi 0 atau lebih.",
    "max_value": f"Paling banyak {MOST_COUNTED} untuk satu baris.",
}


def label_of(village):
    """Return how a village is written in a row: with its district and its regency."""
    return f"{village.name}, {village.district.name}, {village.regency.short_name}"


class VillageLookup:
    """
    The villages of a province that some texts may mean: by name, with the district or regency
    behind a comma where the name alone is of several, or by Kemendagri code. One query.
    """

    def __init__(self, province, texts):
        heads = {self.head(text) for text in texts if text}
        named = Village.objects.annotate(key=Lower("name")).filter(province=province)
        rows = named.filter(Q(key__in=heads) | Q(pk__in=heads)) if heads else []
        self.found = {}
        for village in rows and rows.select_related("district", "regency").order_by("pk"):
            for key in (village.name.casefold(), village.pk):
                self.found.setdefault(key, []).append(village)

    @staticmethod
    def head(text):
        name = plain_text(text).partition(",")[0].strip()
        return VILLAGE_WORDS.sub("", name.casefold())

    def candidates(self, text):
        """Return the villages that this text may mean; one that is gone, where no other is."""
        rows = self.found.get(self.head(text), [])
        behind = {plain_key(part) for part in text.split(",")[1:] if part.strip()}
        rows = [row for row in rows if behind <= self.names_of(row)]
        return [row for row in rows if not row.gone_in] or rows

    @staticmethod
    def names_of(village):
        """Return the keys of what may stand behind a village's name."""
        regency = village.regency
        district = village.district.name
        names = (district, f"Kecamatan {district}", regency.name, regency.short_name, village.pk)
        return {plain_key(name) for name in names}


class ParticipantForm(RowForm):
    """Who came from one village: somebody by name, or how many women and men."""

    place = forms.CharField(
        label="Desa atau kelurahan",
        max_length=200,
        widget=forms.TextInput(attrs={"list": "known-villages", "autocomplete": "off"}),
        error_messages={"required": "Isi desanya."},
    )
    women = forms.IntegerField(
        label="Perempuan",
        required=False,
        min_value=0,
        max_value=MOST_COUNTED,
        error_messages=COUNT_ERRORS,
    )
    men = forms.IntegerField(
        label="Laki-laki",
        required=False,
        min_value=0,
        max_value=MOST_COUNTED,
        error_messages=COUNT_ERRORS,
    )
    asked = frozenset({"name", "gender", "women", "men"})
    field_order = ["place", "women", "men", "name", "gender"]

    class Meta:
        model = TrainingParticipant
        fields = ["name", "gender", "women", "men"]

    def __init__(self, *args, lookup, **kwargs):
        super().__init__(*args, **kwargs)
        self.lookup = lookup
        self.fields["gender"].choices = [("", "Tidak dicatat"), *TrainingParticipant.Gender.choices]
        if self.instance.pk:
            self.initial["place"] = label_of(self.instance.village)

    def clean_place(self):
        text = self.cleaned_data["place"]
        found = self.lookup.candidates(text)
        stored = [row for row in found if row.pk == self.instance.village_id]
        if len(found) > 1 and not stored:
            named = "; ".join(f"{label_of(row)} ({row.pk})" for row in found[:5])
            raise forms.ValidationError(
                f"Ada {len(found)} yang bernama itu. Tulis salah satu: {named}."
            )
        if not found:
            raise forms.ValidationError(
                "Desa ini tidak ditemukan di provinsi tim. Periksa ejaannya, atau tulis kodenya."
            )
        self.instance.village = (stored or found)[0]
        return text

    def clean(self):
        cleaned = super().clean()
        counted = [cleaned[one] for one in ("women", "men") if cleaned.get(one) is not None]
        if {"women", "men"} & set(self.errors):
            return cleaned
        if cleaned.get("name") and counted:
            self.add_error("name", "Tulis namanya, atau banyaknya; tidak keduanya.")
        elif not cleaned.get("name") and cleaned.get("gender"):
            self.add_error("name", "Isi namanya, atau kosongkan jenis kelaminnya.")
        elif not cleaned.get("name") and not sum(counted):
            self.add_error("women", "Isi banyaknya, paling sedikit 1; atau isi satu nama.")
        return cleaned


ParticipantRows = row_set(ParticipantForm, ROWS, MAX_ROWS)


def line_of(row):
    """Return a row of participants in words, as two versions are compared."""
    who = row.name and ", ".join(filter(None, [row.name, row.get_gender_display()]))
    counts = [(row.women, "perempuan"), (row.men, "laki-laki")]
    counted = " dan ".join(f"{n} {word}" for n, word in counts if n is not None)
    return f"{row.village.name}: {who or counted}"


class TrainingForm(RecordForm):
    class Meta:
        model = Training
        fields = ["title", "subject", "held_on", "place", "regency", "materials", "activity"]
        widgets = {"held_on": DateInput(), "materials": forms.Textarea(attrs={"rows": 3})}
        error_messages = {
            "title": {"required": "Isi nama bimteknya."},
            "subject": {"required": "Pilih pokok materinya."},
            "held_on": {"required": "Isi tanggalnya."},
            "regency": {"invalid_choice": "Kabupaten/kota ini tidak ada dalam daftar."},
            "activity": {
                "invalid_choice": (
                    "Kegiatan ini bukan bagian dari rencana pada tanggal itu. Pilih yang lain."
                )
            },
        }

    def __init__(self, *args, words="", **kwargs):
        super().__init__(*args, **kwargs)
        team = self.instance.team
        self.fields["subject"].choices = [("", "Pilih pokok materi"), *Training.Subject.choices]
        regencies = Regency.objects.filter(province=team.province_id)
        self.fields["regency"].queryset = regencies
        self.fields["regency"].empty_label = "Seluruh provinsi"
        self.has_more = offer_activities(self, log="trainings", words=words)
        self.participants = self._rows()

    def _rows(self):
        stored, province = stored_rows(self.instance), self.instance.team.province_id
        texts = [
            self.data.get(f"{ROWS}-{number}-place", "")
            for number in range(row_total(self.data, ROWS, MAX_ROWS))
        ]
        return ParticipantRows(
            self.data if self.is_bound else None,
            rows=stored,
            offered=[{}] if not stored and not self.is_bound else (),
            new=TrainingParticipant,
            form_kwargs={"lookup": VillageLookup(province, texts)},
        )

    @property
    def known_villages(self):
        """Return the villages to be offered while one is typed: with a library, or on the way."""
        rows = Village.objects.filter(
            Q(library__isnull=False) | Q(expansion_case__isnull=False),
            province=self.instance.team.province_id,
        )
        rows = rows.select_related("district", "regency").order_by("name", "pk")
        return [label_of(row) for row in rows[: 2 * FEW]]

    def clean(self):
        cleaned = super().clean()
        check_activity(self, cleaned.get("held_on"), log="trainings")
        return cleaned

    def is_valid(self):
        valid = super().is_valid() & self.participants.is_valid()
        return valid & (not self._refuse_twins()) if valid else False

    def _refuse_twins(self):
        """Add an error to who stands there twice; return whether somebody does."""
        seen, found = set(), False
        for form in self.participants.live:
            key = (form.instance.village_id, form.instance.name.casefold())
            if form.instance.name and key in seen:
                form.add_error("name", "Nama ini sudah tertulis untuk desa yang sama.")
                found = True
            seen.add(key)
        return found

    @property
    def rows(self):
        """Return the rows as `save_training` takes them."""
        return {
            "participants": [form.instance for form in self.participants.live],
            "removed": self.participants.removed,
        }

    @property
    def summary(self):
        if not self.is_bound:
            return []
        shown = [form for form in self.participants.forms if not form.is_removed]
        told = [(None, message) for message in self.participants.non_form_errors()]
        return super().summary + error_links(*shown) + told

    def clear_errors(self):
        for form in (self, *self.participants.forms):
            clear_errors(form)

    # Two versions -------------------------------------------------------------------------------
    def outline(self):
        return participants_outline(form.instance for form in self.participants.live)

    def matches(self, saved):
        if not super().matches(saved) or not self.participants.is_valid():
            return False
        return self.outline() == participants_outline(stored_rows(saved))

    def differences(self, saved):
        return super().differences(saved) + outline_differences(
            self.outline(), participants_outline(stored_rows(saved))
        )

    def prepare_redisplay(self):
        """
        Give rows without a key the stored rows that say the same: an earlier sending of this page
        may have made them, and they would be stored twice.
        """
        if not self.instance.pk or not self.participants.is_valid():
            return
        on_page = {form.instance.pk for form in self.participants.forms}
        free = [row for row in stored_rows(self.instance) if row.pk not in on_page]
        data = self.data.copy()
        for form in self.participants.live:
            same = [row for row in free if line_of(row) == line_of(form.instance)]
            if form.instance.pk is None and same:
                data[f"{form.prefix}-id"] = str(same[0].pk)
                free.remove(same[0])
        self.data = data
        self.participants = self._rows()


def stored_rows(training):
    return list(training.participants.with_places().order_by("pk")) if training.pk else []


def participants_outline(rows):
    return {"Peserta": "; ".join(sorted(line_of(row) for row in rows))}
