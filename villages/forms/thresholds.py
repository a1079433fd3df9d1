"""The forms of thresholds: for which year, and the limits of every indicator."""

from django import forms
from django.core.exceptions import ValidationError

from sinergi.kit.forms import RecordForm
from sinergi.kit.money import read_rupiah
from sinergi.kit.text import thousands
from villages.models import Province, ThresholdSet
from villages.reports.fields import Outcome
from villages.reports.indicators import decimal_text, largest_limit
from villages.reports.reading import read_limit


class ThresholdSetForm(RecordForm):
    """For which year a set is, and where; it cannot be changed afterwards."""

    class Meta:
        model = ThresholdSet
        fields = ["year", "province"]
        labels = {"province": "Berlaku di"}
        help_texts = {"year": "Berlaku untuk keempat triwulannya, dan hanya untuk itu."}
        error_messages = {
            "year": {"required": "Isi tahunnya.", "invalid": "Tulis tahunnya, misalnya 2020."},
            "province": {
                "required": "Pilih provinsinya.",
                "invalid_choice": "Provinsi ini tidak ada dalam daftar.",
            },
        }

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.province_id:
            del self.fields["province"]
        elif scope.national:
            self.fields["province"].empty_label = "Seluruh Indonesia"
        else:
            self.fields["province"].queryset = Province.objects.filter(pk__in=scope.provinces)
            self.fields["province"].required = True


class LimitField(forms.CharField):
    """A limit as people write it: 100, 12,5, or an amount of money."""

    def __init__(self, indicator, label):
        self.indicator = indicator
        widget = forms.TextInput(
            {"inputmode": "decimal", "autocomplete": "off", "class": "figures"}
        )
        super().__init__(label=label, max_length=40, widget=widget)
        self.error_messages["required"] = f"Isi {label.lower()}."

    def clean(self, value):
        text = super().clean(value)
        try:
            found = read_rupiah(text) if self.indicator.is_money else read_limit(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        most = largest_limit(is_money=self.indicator.is_money)
        if found >= most:
            raise ValidationError(f"Periksa lagi: di bawah {thousands(most)}.")
        return found

    def prepare_value(self, value):
        return value if isinstance(value, str) or value is None else self.display_value(value)

    def display_value(self, value):
        return thousands(int(value)) if self.indicator.is_money else decimal_text(value)


class ThresholdForm(RecordForm):
    """The percents of a set and the limits of all its indicators, on one page."""

    class Meta:
        model = ThresholdSet
        fields = ["green_from", "yellow_from", "minimum"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.thresholds = list(self.instance.thresholds.order_by("id"))
        for name, field in self.fields.items():
            if name in self.Meta.fields:
                field.widget.attrs |= {"inputmode": "numeric", "class": "figures"}
                field.error_messages |= {
                    "required": "Isi persennya.",
                    "invalid": "Tulis bilangan bulat, 1 sampai 100.",
                    "min_value": "Paling sedikit 1 persen.",
                    "max_value": "Paling banyak 100 persen.",
                }
        for row in self.thresholds:
            indicator = row.definition
            for part, word in (("green", "hijau mulai"), ("yellow", "kuning mulai")):
                self.fields[f"{part}_{row.indicator}"] = LimitField(
                    indicator, f"{indicator.label}, {word}"
                )
            self.fields[f"weight_{row.indicator}"] = forms.IntegerField(
                label=f"{indicator.label}, bobot",
                min_value=0,
                max_value=100,
                widget=forms.TextInput({"inputmode": "numeric", "class": "figures"}),
                error_messages={
                    "required": f"Isi bobot {indicator.label.lower()}.",
                    "invalid": "Tulis bilangan bulat, 0 sampai 100.",
                    "min_value": "Bobot tidak boleh kurang dari 0.",
                    "max_value": "Bobot paling banyak 100 persen.",
                },
            )
            for part in ("green", "yellow", "weight"):
                self.initial[f"{part}_{row.indicator}"] = getattr(row, part)

    def clean(self):
        data = super().clean()
        for row in self.thresholds:
            green, yellow = (data.get(f"{part}_{row.indicator}") for part in ("green", "yellow"))
            if green is None or yellow is None:
                continue
            worse = yellow < green if row.definition.lower_is_better else yellow > green
            if worse:
                side = "di atas" if row.definition.lower_is_better else "di bawah"
                self.add_error(
                    f"yellow_{row.indicator}",
                    f"Kuning {row.definition.label.lower()} mulai {side} hijau, atau sama.",
                )
        for outcome in Outcome:
            weights = [
                data.get(f"weight_{row.indicator}")
                for row in self.thresholds
                if row.definition.outcome == outcome
            ]
            if None not in weights and weights and sum(weights) != 100:
                first = next(row for row in self.thresholds if row.definition.outcome == outcome)
                self.add_error(
                    f"weight_{first.indicator}",
                    f"Bobot {outcome.label.lower()} berjumlah {sum(weights)}%, seharusnya 100%.",
                )
        return data

    @property
    def rows(self):
        """Return the thresholds (Threshold) with what was typed."""
        for row in self.thresholds:
            for part in ("green", "yellow", "weight"):
                setattr(row, part, self.cleaned_data[f"{part}_{row.indicator}"])
        return self.thresholds

    def stored_value(self, saved, name):
        part, _, key = name.partition("_")
        found = saved.limits.get(key) if part in ("green", "yellow", "weight") else None
        return getattr(found, part) if found else super().stored_value(saved, name)

    @property
    def sections(self):
        """Return [(outcome, [(threshold, its three fields)])] in the order of the registry."""
        return [
            (
                outcome,
                [
                    (
                        row,
                        [self[f"{part}_{row.indicator}"] for part in ("green", "yellow", "weight")],
                    )
                    for row in self.thresholds
                    if row.definition.outcome == outcome
                ],
            )
            for outcome in Outcome
        ]
