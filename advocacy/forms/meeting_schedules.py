"""The day on which a meeting that was called off takes place after all."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms

from advocacy.models import Meeting
from sinergi.kit.forms import ConfirmForm, DateInput, TimeInput


class ReplanForm(ConfirmForm):
    """Day and times are typed on the clock of the province; `cleaned_data` is what is written."""

    day = forms.DateField(
        label="Tanggal baru",
        widget=DateInput(),
        error_messages={"required": "Isi tanggal rapat."},
    )
    start = forms.TimeField(
        label="Mulai", widget=TimeInput(), error_messages={"required": "Isi waktu mulai."}
    )
    end = forms.TimeField(label="Selesai", widget=TimeInput(), required=False)
    place = forms.CharField(label="Tempat", max_length=200, required=False)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting = meeting

    def clean(self):
        cleaned = super().clean()
        day, start, end = (cleaned.get(name) for name in ("day", "start", "end"))
        if day and (problem := Meeting.unreplannable_day(day, self.meeting.team)):
            self.add_error("day", problem)
        if start and end and end <= start:
            self.add_error("end", "Waktu selesai harus sesudah waktu mulai.")
        if self.errors:
            return cleaned
        zone = ZoneInfo(self.meeting.province.time_zone)
        return {
            "version": cleaned["version"],
            "starts_at": datetime.combine(day, start, zone),
            "ends_at": datetime.combine(day, end, zone) if end else None,
            "place": cleaned["place"],
        }
