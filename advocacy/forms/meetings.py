"""The first section of the meeting form: kind, title, when, where, who leads."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django import forms

from advocacy.forms.activities import activity_choices
from advocacy.forms.cases import cases_to_choose
from advocacy.models import AdvocacyCase, Meeting
from programs.models import Person, PlannedActivity
from sinergi.kit import dates
from sinergi.kit.forms import DateInput, PickField, RecordForm, TimeInput
from sinergi.kit.text import parse_number
from villages.models import Regency

#: What only an audience has.
AUDIENCE_COLUMNS = ("received_by", "points", "answer", "next_step")
AUDIENCE_FIELDS = ("cases", *AUDIENCE_COLUMNS)


class MeetingForm(RecordForm):
    """Date and times are typed on the clock of the team's province and stored in UTC."""

    asked = frozenset({"start", "chair", "note_taker", *AUDIENCE_FIELDS}) - {
        "next_step"
    }  # when the minutes are sent

    day = forms.DateField(
        label="Tanggal", widget=DateInput(), error_messages={"required": "Isi tanggal rapat."}
    )
    month_only = forms.BooleanField(
        label="Tanggalnya belum ditetapkan, baru bulannya", required=False
    )
    start = forms.TimeField(label="Mulai", widget=TimeInput(), required=False)
    end = forms.TimeField(label="Selesai", widget=TimeInput(), required=False)
    cases = PickField(AdvocacyCase.objects.none(), label="Sasaran advokasi yang dibahas", wide=True)

    class Meta:
        model = Meeting
        fields = [
            "kind",
            "title",
            "place",
            "link",
            "regency",
            "chair",
            "note_taker",
            "invitation_number",
            "activity",
            "received_by",
            "points",
            "answer",
            "next_step",
        ]
        widgets = {
            "kind": forms.RadioSelect(attrs={"class": "form-check-input"}),
            "link": forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
            "points": forms.Textarea(attrs={"rows": 3}),
            "answer": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {"kind": "Jenis rapat"}
        error_messages = {
            "title": {"required": "Isi judul rapat."},
            "kind": {"required": "Pilih jenis rapat."},
            "regency": {"invalid_choice": "Kabupaten/kota ini tidak dikenal di provinsi tim."},
            "chair": {
                "invalid_choice": "Pimpinan rapat dipilih dari anggota tim pada tanggal rapat."
            },
            "note_taker": {
                "invalid_choice": "Notulis dipilih dari anggota tim pada tanggal rapat."
            },
            "activity": {
                "invalid_choice": (
                    "Kegiatan ini bukan bagian dari rencana pada tanggal rapat. Pilih yang lain."
                )
            },
        }

    def __init__(self, *args, people, day, is_schedule=False, **kwargs):
        super().__init__(*args, **kwargs)
        team, self.is_schedule = self.instance.team, is_schedule
        if is_schedule:
            self.asked = frozenset({"start"})
            for name in AUDIENCE_COLUMNS:
                del self.fields[name]
        activities = PlannedActivity.objects.offered_to(
            team, day, log="meetings", chosen=self.instance.activity_id
        )
        self.fields["activity"].queryset = activities
        self.fields["activity"].choices = [("", "Di luar rencana"), *activity_choices(activities)]
        self._offer_cases(team)
        self.zone = ZoneInfo(team.province.time_zone)
        self.fields["kind"].choices = Meeting.Kind.choices
        self.fields["regency"].queryset = Regency.objects.filter(province=team.province_id)
        self.fields["regency"].label = "Tingkat"
        self.fields["regency"].empty_label = "Provinsi"
        for name in ("chair", "note_taker"):
            self.fields[name].queryset = Person.objects.filter(
                pk__in=[person.pk for person in people]
            )
            self.fields[name].choices = [
                ("", "Belum dipilih"),
                *((person.pk, person.name) for person in people),
            ]
        if self.instance.starts_at:
            meeting = self.instance
            self.initial |= {"day": meeting.starts.date(), "month_only": not meeting.day_is_set}
            if meeting.day_is_set and meeting.time_is_set:
                self.initial |= {
                    "start": meeting.starts.time(),
                    "end": meeting.ends and meeting.ends.time(),
                }
        if not is_schedule:
            self.initial.setdefault("day", dates.today_in(team.province.time_zone))

    def _offer_cases(self, team):
        stored = (
            [row.case_id for row in self.instance.audience_cases.all()] if self.instance.pk else []
        )
        self.initial.setdefault("cases", stored)
        chosen = [str(getattr(one, "pk", one)) for one in self["cases"].value() or []]
        keys = {parse_number(key) for key in chosen} - {0}
        listed, _ = cases_to_choose(team, chosen=keys)
        self.fields["cases"].offer(
            AdvocacyCase.objects.filter(team=team).select_related("institution"), listed
        )

    @property
    def says_audience(self):
        """
        Whether there is something in the parts that only an audience has; then they are shown,
        whatever its kind.
        """
        return any(self[name].value() for name in AUDIENCE_FIELDS if name in self.fields)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") != Meeting.Kind.AUDIENCE and any(
            cleaned.get(name) for name in AUDIENCE_FIELDS
        ):
            self.add_error(
                "kind",
                "Ada isian audiensi di bawah. Pilih jenis Audiensi, atau kosongkan dulu isiannya.",
            )
        return cleaned | self._clean_times(cleaned)

    def _clean_times(self, cleaned):
        """
        Return the columns of the meeting ({name: value}) that day, start and end stand for, as far
        as they are in order.
        """
        day, start, end = cleaned.get("day"), cleaned.get("start"), cleaned.get("end")
        if not day or "start" in self.errors or "end" in self.errors:
            return {}
        meeting, day_is_set = self.instance, not cleaned.get("month_only")
        columns = {"day_is_set": day_is_set, "time_is_set": not day_is_set or bool(start)}
        if not day_is_set:
            if meeting.state != Meeting.State.PLANNED:
                self.add_error(
                    "month_only", "Rapat ini sudah berlangsung, jadi tanggalnya perlu ditetapkan."
                )
            day, start, end = day.replace(day=1), time(0), None
        elif not start and (
            end or self.is_schedule or day > dates.today_in(meeting.team.province.time_zone)
        ):
            # Only a draft of what took place may go without.
            self.add_error("start", "Isi waktu mulai.")
            return columns
        if end and end <= start:
            self.add_error("end", f"Waktu selesai harus sesudah waktu mulai, {dates.clock(start)}.")
        starts = datetime.combine(day, start or time(0), self.zone)
        if problem := Meeting.implausible_day(day, meeting.team):
            self.add_error("day", problem)
        elif self.is_schedule and not meeting.is_ahead_at(starts, day_is_set=day_is_set):
            self.add_error(
                "day",
                "Tanggal ini sudah lewat. Untuk rapat yang sudah berlangsung, pilih Catat rapat di"
                " atas.",
            )
        elif not self.errors.get("end"):
            columns["starts_at"] = starts
            columns["ends_at"] = datetime.combine(day, end, self.zone) if end else None
        return columns

    def _post_clean(self):
        """Construct the meeting with its times, too, which are no fields of the form."""
        for name in ("day_is_set", "time_is_set", "starts_at", "ends_at"):
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        super()._post_clean()

    def outline(self):
        """(label, text) of each field, for the comparison of two versions."""
        cleaned = getattr(self, "cleaned_data", {})
        values = {
            name: cleaned.get(name) if name in self.fields else getattr(self.instance, name)
            for name in self.Meta.fields
        }
        return outline_of_meeting(self.instance, values, cleaned.get("cases") or [])


def outline_of_meeting(meeting, values, cases):
    kinds = dict(Meeting.Kind.choices)
    return {
        "Jenis rapat": kinds.get(values["kind"], ""),
        "Judul": values["title"] or "",
        "Waktu": meeting.when_text if meeting.starts_at else "",
        "Tempat": values["place"] or "",
        "Tautan rapat daring": values["link"] or "",
        "Tingkat": str(values["regency"] or "Provinsi"),
        "Pimpinan rapat": str(values["chair"] or ""),
        "Notulis": str(values["note_taker"] or ""),
        "Nomor surat undangan": values["invitation_number"] or "",
        "Kegiatan dalam rencana": str(values["activity"] or "Di luar rencana"),
        "Sasaran advokasi": "; ".join(sorted(case.full_text for case in cases)),
        "Diterima oleh": values["received_by"] or "",
        "Pokok yang disampaikan": values["points"] or "",
        "Jawaban": values["answer"] or "",
        "Langkah berikutnya": values["next_step"] or "",
    }
