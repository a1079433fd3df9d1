"""The forms of a trip: when, which libraries on which of its days, and who; and of its letter."""

from django import forms
from django.utils.functional import cached_property

from advocacy.models import Trip
from programs.choices import FEW
from programs.models import Person
from sinergi.kit.forms import DateInput, PickField, RecordForm
from sinergi.kit.text import parse_number
from villages.models import Library

MAX_STOPS = 60


def library_choices(libraries, *, words="", chosen=()):
    """
    Return ([(regency, [(key, label)])], whether there are more): the libraries with these words,
    and the chosen ones (their keys).
    """
    shown = libraries.select_related("regency", "province").only(
        "name", "regency__name", "province__name"
    )
    ordered = shown.order_by("regency_id", "name", "pk")
    found = ordered.filter(name__icontains=words) if words else ordered
    listed = list(found[: FEW + 1])
    has_more, listed = len(listed) > FEW or bool(words), listed[:FEW]
    left = {parse_number(key) for key in chosen} - {row.pk for row in listed}
    if left:
        listed = [*ordered.filter(pk__in=left), *listed]
    groups = {}
    for row in listed:
        group = row.regency.name if row.regency_id else f"Provinsi {row.province.name}"
        groups.setdefault(group, []).append((row.pk, row.name))
    return list(groups.items()), has_more


class TripForm(RecordForm):
    """
    A trip with its libraries. Those that are ticked are spread over its days; of those that it
    goes to already, each has its day and its place among those of the day, and leaves the trip when
    its day is emptied. Sent are members of the team on its first day.
    """

    travellers = PickField(
        Person.objects.none(),
        label="Yang ditugaskan",
        wide=True,
        help_text="Anggota tim pada hari pertama perjalanan; mereka disebut dalam surat tugas.",
        error_messages={
            "invalid_choice": (
                "Ada yang bukan anggota tim pada hari pertama perjalanan. Periksa lagi."
            )
        },
    )
    libraries = PickField(Library.objects.none(), label="Perpustakaan", wide=True)

    class Meta:
        model = Trip
        fields = ["title", "starts_on", "ends_on", "note"]
        widgets = {
            "starts_on": DateInput(),
            "ends_on": DateInput(),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages = {
            "title": {"required": "Isi tujuannya."},
            "starts_on": {"required": "Isi hari pertamanya."},
            "ends_on": {"required": "Isi hari terakhirnya."},
        }

    def __init__(self, *args, words="", **kwargs):
        super().__init__(*args, **kwargs)
        self.words = words
        for row in self.rows:
            self.fields[f"day_{row.pk}"] = forms.DateField(
                label="Hari",
                widget=DateInput(),
                required=False,
                initial=row.day,
                error_messages={"invalid": "Isi tanggal yang benar."},
            )
            self.fields[f"order_{row.pk}"] = forms.IntegerField(
                label="Urutan",
                required=False,
                min_value=1,
                max_value=MAX_STOPS,
                initial=row.order,
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"), f"Isi angka 1 sampai {MAX_STOPS}."
                ),
            )
        if self.rows:
            self.fields["libraries"].label = "Tambah perpustakaan"
        self._offer_travellers()
        own = {field for row in self.rows for field in (f"day_{row.pk}", f"order_{row.pk}")}
        self.asked = own or {"libraries"}
        here = Library.objects.filter(province=self.instance.team.province_id)
        here = here.exclude(pk__in=[row.library_id for row in self.rows])
        chosen = self["libraries"].value() or []
        groups, self.has_more = library_choices(here, words=words, chosen=chosen)
        self.fields["libraries"].offer(here.select_related("regency"), groups)

    def _offer_travellers(self):
        field, sent = self.fields["travellers"], self.sent_before
        members = self.members.values()
        gone = [row for row in sent if row.person_id not in self.members]
        choices = [(m.person_id, f"{m.person.name}, {m.institution.name}") for m in members]
        choices += [(row.person_id, f"{row.name}, {row.institution}") for row in gone]
        if choices:
            self.initial.setdefault("travellers", [row.person_id for row in sent])
            field.offer(Person.objects.filter(pk__in=[key for key, _ in choices]), choices)
        else:
            del self.fields["travellers"]

    @cached_property
    def members(self):
        """Return {person: membership} of the first day as it was typed; without one, of today."""
        team, day = self.instance.team, self["starts_on"].value()
        try:
            day = forms.DateField().clean(day)
        except forms.ValidationError:
            day = team.today
        return {row.person_id: row for row in team.members_on(day)}

    @cached_property
    def sent_before(self):
        return list(self.instance.travellers.all()) if self.instance.pk else []

    @property
    def travellers_sent(self):
        """Return (person, membership or None) in the order of the list, as `save_trip` takes it."""
        ticked = {person.pk: person for person in self.cleaned_data.get("travellers") or ()}
        order = [*self.members, *(row.person_id for row in self.sent_before)]
        keys = [key for key in dict.fromkeys(order) if key in ticked]
        return [(ticked[key], self.members.get(key)) for key in keys]

    @cached_property
    def rows(self):
        """Return the stored stops, in their order."""
        if not self.instance.pk:
            return []
        return list(self.instance.stops.with_places().order_by("day", "order", "pk"))

    @property
    def stop_fields(self):
        """Return (stop, its field of the day, its field of the order) of the stored stops."""
        return [(row, self[f"day_{row.pk}"], self[f"order_{row.pk}"]) for row in self.rows]

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        for row in self.rows:
            day = cleaned.get(f"day_{row.pk}")
            if first and last and day and not first <= day <= last:
                self.add_error(f"day_{row.pk}", "Hari ini di luar masa perjalanan.")
        kept = [row for row in self.rows if cleaned.get(f"day_{row.pk}")]
        count = len(kept) + len(cleaned.get("libraries") or ())
        if not count and "libraries" not in self.errors:
            self.add_error("libraries", "Pilih paling sedikit satu perpustakaan.")
        if count > MAX_STOPS:
            self.add_error("libraries", f"Paling banyak {MAX_STOPS} perpustakaan.")
        return cleaned

    @property
    def stops(self):
        """Return (library, day) in the order of the way, as `save_trip` takes them."""
        cleaned, days = self.cleaned_data, self.instance.days
        kept = []
        for number, row in enumerate(self.rows):
            if day := cleaned[f"day_{row.pk}"]:
                order = cleaned[f"order_{row.pk}"] or MAX_STOPS
                kept.append((day, order, number, row.library))
        added = sorted(cleaned["libraries"], key=lambda row: (row.regency_id or "", row.name))
        spread = [
            (days[number * len(days) // len(added)], MAX_STOPS + 1, number, library)
            for number, library in enumerate(added)
        ]
        way = sorted([*kept, *spread], key=lambda stop: stop[:3])
        return [(library, day) for day, _, _, library in way]

    def prepare_redisplay(self):
        """Show the stops that somebody else has added meanwhile as they are stored, not emptied."""
        for row in self.rows:
            for name, value in ((f"day_{row.pk}", row.day), (f"order_{row.pk}", row.order)):
                if self.add_prefix(name) not in self.data:
                    self.data = self.data.copy()
                    self.data[self.add_prefix(name)] = str(value)

    def stored_value(self, saved, name):
        if name == "travellers":
            rows = saved.travellers.select_related("person")
            return sorted((row.person for row in rows), key=lambda person: str(person.pk))
        if name == "libraries":
            if self.instance.pk and self.rows:
                raise AttributeError(name)
            rows = saved.stops.select_related("library")
            return sorted((row.library for row in rows), key=lambda library: str(library.pk))
        if name.startswith(("day_", "order_")):
            column, _, key = name.partition("_")
            row = saved.stops.filter(pk=key).first()
            return getattr(row, column, None)
        return super().stored_value(saved, name)


class TripLetterForm(RecordForm):
    """What the letter of a trip says beside the trip itself."""

    class Meta:
        model = Trip
        fields = ["letter_number", "letter_on", "task", "basis"]
        fields += ["signer_position", "signer_name", "copies_to"]
        widgets = {
            "letter_on": DateInput(),
            "basis": forms.Textarea(attrs={"rows": 3}),
            "copies_to": forms.Textarea(attrs={"rows": 3}),
        }
