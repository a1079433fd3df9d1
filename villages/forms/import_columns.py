"""Form that says which sheet, header and columns a village list is read from."""

from django import forms

from sinergi.kit.forms import CrispyForm
from villages.forms.participations import YearField
from villages.imports.columns import LABELS
from villages.models import Regency
from villages.row_numbers import row_label


def row_preview(cells):
    """Return the beginning of a row, as a choice shows it."""
    return " | ".join(filter(None, cells))[:70]


class ColumnsForm(CrispyForm, forms.Form):
    """Which sheet, which row is the header, and what each column holds."""

    asked = frozenset({"year"})  # where no column has it
    version = forms.IntegerField(widget=forms.HiddenInput)
    sheet = forms.TypedChoiceField(label="Lembar", coerce=int)
    header = forms.TypedChoiceField(label="Baris judul kolom", coerce=int)
    regency = forms.ModelChoiceField(
        label="Kabupaten/kota",
        queryset=Regency.objects.none(),
        required=False,
        empty_label="Menurut kolomnya",
        help_text="Untuk daftar yang tidak mempunyai kolom kabupaten/kota.",
    )
    year = YearField(required=False, help_text="Untuk baris yang tidak menyebut tahunnya.")

    def __init__(self, *args, batch, read, layout, **kwargs):
        super().__init__(*args, **kwargs)
        self.layout, sheet = layout, read[layout.sheet]
        self.fields["sheet"].choices = [(n, one.name or "Isi daftar") for n, one in enumerate(read)]
        self.fields["header"].choices = [
            (-1, "Tidak ada"),
            *(
                (
                    n,
                    f"Baris {row_label(number, sheet.tables)}: {row_preview(cells)}",
                )
                for n, (number, cells) in enumerate(sheet.rows[:40])
            ),
        ]
        regencies = Regency.objects.filter(gone_in="")
        self.fields["regency"].queryset = (
            regencies.filter(province=batch.province_id) if batch.province_id else regencies
        )
        self.initial |= {
            name: getattr(batch, name) for name in ("version", "sheet", "header", "year", "regency")
        }
        below = sheet.rows[layout.header + 1 : layout.header + 60]
        width = max([len(layout.parts), *(len(cells) for _, cells in below)], default=0)
        self.columns = [f"kolom-{column}" for column in range(width)]
        for column, name in enumerate(self.columns):
            samples = list(
                dict.fromkeys(
                    cells[column] for _, cells in below if column < len(cells) and cells[column]
                )
            )[:3]
            title = (
                layout.names[column]
                if column < len(layout.parts) and layout.names[column]
                else f"Kolom {column + 1}"
            )
            self.fields[name] = forms.ChoiceField(
                label=title[:80],
                required=False,
                choices=[("", "(diabaikan)"), *LABELS.items()],
                help_text=", ".join(samples)[:90],
            )
            self.initial[name] = layout.fields.get(column, "")

    @property
    def rereads(self):
        """Whether another sheet or header was chosen, so that the columns have to be read anew."""
        return (
            self.cleaned_data["sheet"] != self.layout.sheet
            or self.cleaned_data["header"] != self.layout.header
        )

    @property
    def chosen(self):
        """Column → field, as chosen."""
        return {
            int(name[6:]): field for name in self.columns if (field := self.cleaned_data.get(name))
        }

    def differences(self, saved):
        """
        Return (label, yours, theirs) for what differs from the batch as another person has saved
        it.
        """
        theirs = {f"kolom-{column}": field for column, field in saved.columns.items()}
        theirs |= {name: getattr(saved, name) for name in ("sheet", "header", "year", "regency")}
        rows = [
            (self.fields[name], self.cleaned_data.get(name), theirs.get(name))
            for name in self.fields
            if name != "version"
        ]
        return [
            (f.label, self._told(f, yours), self._told(f, other))
            for f, yours, other in rows
            if (yours or "") != (other or "")
        ]

    @staticmethod
    def _told(field, value):
        choices = (
            dict(field.choices)
            if isinstance(field, forms.ChoiceField) and not hasattr(field, "queryset")
            else {}
        )
        return str(choices.get(value) or value or "(kosong)")

    def clean(self):
        cleaned = super().clean()
        if self.errors or self.rereads:
            return cleaned
        fields = list(self.chosen.values())
        for name in self.columns:
            if (field := cleaned.get(name)) and fields.count(field) > 1:
                self.add_error(name, f"“{LABELS[field]}” dipilih untuk dua kolom.")
        if "village" not in fields:
            first = self.columns[0] if self.columns else None
            self.add_error(first, "Pilih kolom yang berisi nama desa atau kelurahan.")
        if not self.errors and "year" not in fields and cleaned.get("year") is None:
            self.add_error("year", "Isi tahun program; tidak ada kolom yang memuatnya.")
        return cleaned
