"""Forms over advocacy cases and their way from stage to stage."""

from django import forms
from django.db.models import Q

from advocacy.models import AdvocacyCase, CaseStep
from programs.choices import named_choices, person_choices, village_choices
from programs.models import Institution, Person
from sinergi.kit.forms import ConfirmForm, DateInput, PickField, RecordForm
from villages.models import Regency, Village

AIMS = [
    (
        label,
        [
            (aim.value, aim.label)
            for aim in AdvocacyCase.Aim
            if (aim in AdvocacyCase.POLICIES) == policy
        ],
    )
    for label, policy in (("Kebijakan", True), ("Sumber daya", False))
]


def offer_institutions(form, province, words, *, empty="Pilih instansi atau mitra"):
    """
    Fill the form's field `institution` with those of that province; return whether there are more
    than the list holds.
    """
    field = form.fields["institution"]
    field.queryset = Institution.objects.filter(province=province)
    listed, has_more = named_choices(
        field.queryset, words=words, chosen=form["institution"].value(), fill=True
    )
    field.choices = [("", empty), *listed]
    return has_more


CASE_LIMIT = 100  # to choose from: those that moved last, and those chosen


def cases_to_choose(team, *, chosen=(), words=""):
    """
    Return ([(key, text)], whether there are more): the cases that an audience or a commitment may
    be about, by institution.

    Those that moved last are listed, of those with these words first, and the chosen ones (their
    keys).
    """
    of_team = (
        AdvocacyCase.objects.filter(team=team)
        .select_related("institution")
        .only("asked", "institution__name")
    )
    named = list(of_team.filter(pk__in=chosen)) if chosen else []
    rows = of_team.offered_to(team).exclude(pk__in=chosen).order_by("-stage_since", "-pk")
    listed = []
    if words:
        listed = list(
            rows.filter(Q(asked__icontains=words) | Q(institution__name__icontains=words))[
                : CASE_LIMIT + 1
            ]
        )
    if len(listed) <= CASE_LIMIT:
        listed += list(
            rows.exclude(pk__in=[row.pk for row in listed])[: CASE_LIMIT + 1 - len(listed)]
        )
    has_more, listed = len(listed) > CASE_LIMIT or bool(words), listed[:CASE_LIMIT]
    listed = sorted([*named, *listed], key=lambda row: (row.institution.name, row.pk))
    return [(row.pk, row.full_text) for row in listed], has_more


def offer_villages(form, name, province, words, *, regency=None):
    """
    Fill the form's field of tick boxes with villages that have a library; return whether there are
    more than the list holds.
    """
    chosen = form[name].value() or []
    groups, has_more = village_choices(province, regency=regency, words=words, chosen=chosen)
    form.fields[name].offer(
        Village.objects.to_choose(province, stored=form.initial.get(name, [])), groups
    )
    return has_more


class CaseForm(RecordForm):
    """A case with its places; a new one says since when it stands at its first stage."""

    since = forms.DateField(
        label="Teridentifikasi pada",
        widget=DateInput(),
        error_messages={"required": "Isi tanggalnya."},
    )
    regencies = PickField(Regency.objects.none(), label="Untuk kabupaten/kota")
    villages = PickField(Village.objects.none(), label="Untuk desa/kelurahan")

    class Meta:
        model = AdvocacyCase
        fields = ["institution", "aim", "asked", "person_in_charge", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        error_messages = {
            "institution": {
                "required": "Pilih instansi atau mitranya.",
                "invalid_choice": "Instansi ini tidak ada dalam daftar.",
            },
            "aim": {"required": "Pilih bentuk dukungannya."},
            "asked": {"required": "Tuliskan apa yang diminta."},
            "person_in_charge": {
                "required": "Pilih penanggung jawabnya.",
                "invalid_choice": "Orang ini tidak ada dalam daftar.",
            },
        }

    def __init__(self, *args, words="", **kwargs):
        super().__init__(*args, **kwargs)
        case, team = self.instance, self.instance.team
        if case.pk:
            del self.fields["since"]
            places = list(case.places.all())
            self.initial.setdefault(
                "regencies", [row.regency_id for row in places if not row.village_id]
            )
            self.initial.setdefault(
                "villages", [row.village_id for row in places if row.village_id]
            )
        else:
            self.initial.setdefault("since", team.today)
        self.fields["aim"].choices = [("", "Pilih bentuk dukungan"), *AIMS]
        more = offer_institutions(self, team.province_id, words)
        groups, more_people = person_choices(
            team, words=words, chosen=self["person_in_charge"].value()
        )
        self.fields["person_in_charge"].queryset = Person.objects.filter(province=team.province_id)
        self.fields["person_in_charge"].choices = [("", "Pilih penanggung jawab"), *groups]
        regencies = Regency.objects.filter(province=team.province_id)
        self.fields["regencies"].offer(regencies, [(row.pk, row.name) for row in regencies])
        more_villages = offer_villages(self, "villages", team.province_id, words)
        self.has_more = more or more_people or more_villages

    def clean_since(self):
        day = self.cleaned_data["since"]
        if problem := AdvocacyCase.implausible_day(day, self.instance.team):
            raise forms.ValidationError(problem)
        return day

    def _post_clean(self):
        super()._post_clean()
        if day := self.cleaned_data.get("since"):
            self.instance.stage_since = day

    @property
    def places(self):
        """Return the regencies and villages chosen, as `save_case` takes them."""
        return {name: self.cleaned_data[name] for name in ("regencies", "villages")}

    def stored_value(self, saved, name):
        if name == "since":
            return saved.steps.earliest("pk").on
        if name == "regencies":
            rows = saved.places.filter(village__isnull=True).select_related("regency")
            return sorted((row.regency for row in rows), key=lambda place: place.pk)
        if name == "villages":
            rows = saved.places.filter(village__isnull=False).select_related("village")
            return sorted((row.village for row in rows), key=lambda place: place.pk)
        return super().stored_value(saved, name)


class StepForm(ConfirmForm):
    stage = forms.ChoiceField(
        label="Ke tahap",
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": "Pilih tahapnya.", "invalid_choice": "Pilih salah satu tahap."},
    )
    on = forms.DateField(
        label="Tanggal", widget=DateInput(), error_messages={"required": "Isi tanggalnya."}
    )
    note = forms.CharField(
        label="Catatan",
        max_length=CaseStep._meta.get_field("note").max_length,
        help_text="Apa yang terjadi: siapa yang dihubungi, apa jawabannya, mengapa ditunda.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tuliskan catatannya: apa yang terjadi."},
    )

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [
            choice for choice in AdvocacyCase.Stage.choices if choice[0] != case.stage
        ]


class CorrectionForm(RecordForm):
    class Meta:
        model = CaseStep
        fields = ["on", "note"]
        widgets = {"on": DateInput(), "note": forms.Textarea(attrs={"rows": 3})}
        error_messages = {
            "on": {"required": "Isi tanggalnya."},
            "note": {"required": "Tuliskan catatannya: apa yang terjadi."},
        }
