"""Forms over the register of people and institutions."""

from django import forms

from programs.models import Institution, Person
from sinergi.kit.forms import CrispyForm, RecordForm
from sinergi.kit.text import parse_number
from villages.models import Library, Regency, Village


class RegisterForm(RecordForm):
    """
    A row of the register. Whoever looks like somebody already there is shown beside it, and saved
    only once the person at the form has said that they are somebody else.
    """

    distinct = forms.BooleanField(label="Bukan data yang sama, tetap simpan", required=False)
    twins = ()

    def __init__(self, *args, words="", **kwargs):
        super().__init__(*args, **kwargs)
        province = self.instance.province_id
        self.fields["regency"].queryset = Regency.objects.filter(province=province)
        self.fields["regency"].empty_label = "Tingkat provinsi"
        if "institution" in self.fields:
            offices = Institution.objects.filter(province=province)
            self.fields["institution"].queryset = offices
            listed, self.has_more = choices_of(
                offices, words=words, chosen=self["institution"].value(), fill=True
            )
            self.fields["institution"].choices = [("", "Tanpa instansi"), *listed]

    def _post_clean(self):
        super()._post_clean()
        changed = not self.instance.pk or {"name", "phone"} & set(self.changed_data)
        if changed and not self.errors.get("name") and not self.errors.get("phone"):
            self.twins = list(self._meta.model.objects.twins_of(self.instance).with_place()[:5])
            if self.twins and not self.cleaned_data.get("distinct"):
                self.add_error(
                    "distinct",
                    "Mirip dengan yang sudah terdaftar. Periksa dulu; bila memang berbeda, beri"
                    " tanda.",
                )


class InstitutionForm(RegisterForm):
    class Meta:
        model = Institution
        fields = [
            "name",
            "abbreviation",
            "sector",
            "affair",
            "regency",
            "phone",
            "email",
            "address",
        ]
        error_messages = {
            "name": {"required": "Isi nama instansi."},
            "sector": {"required": "Pilih sektornya."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["affair"].choices = [("", "Bukan salah satunya"), *Institution.Affair.choices]
        self.fields["sector"].choices = [("", "Pilih sektor"), *Institution.Sector.choices]


class PersonForm(RegisterForm):
    class Meta:
        model = Person
        fields = ["name", "institution", "position", "regency", "phone", "email"]
        error_messages = {
            "name": {"required": "Isi nama atau sebutannya."},
            "institution": {"invalid_choice": "Instansi ini tidak ada dalam daftar."},
        }


class MergeForm(CrispyForm, forms.Form):
    """Which one is kept; the page's own record is the one that is taken away."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    kept = forms.ModelChoiceField(
        label="Pertahankan",
        queryset=None,
        empty_label="Pilih data yang dipertahankan",
        error_messages={
            "required": "Pilih data yang dipertahankan.",
            "invalid_choice": "Data itu tidak ada lagi.",
        },
    )

    def __init__(self, *args, record, user, words="", **kwargs):
        super().__init__(*args, **kwargs)
        model = type(record)
        near = model.objects.visible_to(user).twins_of(record)
        others = (
            model.objects.visible_to(user).filter(province=record.province_id).exclude(pk=record.pk)
        )
        self.fields["kept"].queryset = others
        twins = [(row.pk, label_of(row)) for row in near.with_place()]
        chosen, self.has_more = choices_of(others, words=words, chosen=self["kept"].value())
        known = {pk for pk, _ in twins}
        groups = [("Mirip", twins)] if twins else []
        rest = [choice for choice in chosen if choice[0] not in known]
        self.fields["kept"].choices = [
            ("", "Pilih data yang dipertahankan"),
            *groups,
            ("Lainnya", rest),
        ]


#: A list to choose from holds no more; who is not in it is looked for by name.
FEW = 150


def choices_of(rows, *, words="", chosen=None, fill=False):
    """
    ([(key, label)], whether there are more): the first rows by name, of those with these words, and
    the one chosen.

    `fill`: after those with the words come the others, as far as there is room.
    """
    ordered = rows.to_choose().order_by("name", "pk")
    listed = list((ordered.filter(name__icontains=words) if words else ordered)[: FEW + 1])
    if fill and words and len(listed) <= FEW:
        listed += list(ordered.exclude(pk__in=[key for key, *_ in listed])[: FEW + 1 - len(listed)])
    has_more, listed = len(listed) > FEW or bool(words), listed[:FEW]
    wanted = parse_number(getattr(chosen, "pk", chosen))
    if wanted and wanted not in {key for key, *_ in listed}:
        listed = [*ordered.filter(pk=wanted), *listed]
    return [(key, label(name, where)) for key, name, where in listed], has_more


def people_of(team, *, words="", chosen=None):
    """
    ([(group, [(key, label)])], whether there are more): today's members of the team, then others of
    its province.
    """
    seats = list(
        team.memberships.on(team.today).in_order_of_role().values_list("person", flat=True)
    )
    names = {
        key: label(name, where)
        for key, name, where in Person.objects.filter(pk__in=seats).to_choose()
    }
    members = {key: names[key] for key in seats}
    people = Person.objects.filter(province=team.province_id)
    listed, has_more = choices_of(people, words=words, chosen=chosen, fill=True)
    groups = [
        ("Anggota tim", list(members.items())),
        ("Lainnya", [(pk, label) for pk, label in listed if pk not in members]),
    ]
    return [group for group in groups if group[1]], has_more


def villages_of(province, *, regency=None, words="", chosen=()):
    """
    ([(regency, [(key, label)])], whether there are more): villages with a library; those looked
    for, and those chosen.
    """
    rows = Library.objects.village().filter(
        **{"regency": regency} if regency else {"province": province}
    )
    # Said of the village, too: by it the database finds the few of the place, instead of going
    # through the country's.
    rows = rows.filter(
        **{"village__regency": regency} if regency else {"village__province": province}
    )
    rows = rows.filter(village__name__icontains=words) if words else rows
    shown = rows.select_related("village", "regency").only(
        "village__name", "village__kind", "regency__name"
    )
    listed = list(shown.order_by("regency", "village__name")[: FEW + 1])
    has_more, listed = len(listed) > FEW or bool(words), listed[:FEW]
    rows = [(row.regency.name, row.village) for row in listed]
    left = {str(key) for key in chosen if "\x00" not in str(key)} - {
        village.pk for _, village in rows
    }
    if left:  # not looked for, or its library is gone
        rows += [
            (village.regency.name, village)
            for village in Village.objects.filter(province=province, pk__in=left).select_related(
                "regency"
            )
        ]
    groups = {}
    for regency_name, village in rows:
        groups.setdefault(regency_name, []).append((village.pk, village.place_name))
    return list(groups.items()), has_more


def label(name, where):
    """A row of the register in a list of choices."""
    return f"{name} · {where}" if where else name


def label_of(row):
    return label(row.name, getattr(row, "institution", None) or row.regency)
