"""Forms over a follow-up: its row in the meeting form, its progress, and closing it."""

from django import forms
from django.core.exceptions import ValidationError

from advocacy.models import FollowUp, FollowUpNote
from programs.models import Person
from sinergi.kit import dates, uploads
from sinergi.kit.forms import ConfirmForm, DateInput, FileForm
from sinergi.kit.formsets import RowForm, row_set

EVIDENCE = "Bukti (foto atau PDF)"


class CloseForm(ConfirmForm):
    """`safe` is the evidence that came along, or None."""

    idempotency_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label="Hasilnya",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        error_messages={"required": "Tuliskan apa hasilnya."},
    )
    upload = forms.FileField(
        label=EVIDENCE,
        required=False,
        help_text="Paling besar 10 MB.",
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPT}),
    )

    safe = None

    def clean_upload(self):
        upload = self.cleaned_data.get("upload")
        if upload:
            self.safe = uploads.accept(upload)
        return upload

    def matches(self, entry):
        """Return whether the closing in the log says the same; another file is a difference."""
        same_file = not self.safe or (
            bool(entry.file)
            and (self.safe.original_name, self.safe.content.size)
            == (entry.original_name, entry.file.size)
        )
        return same_file and self.cleaned_data["note"].strip() == entry.text


class ProgressForm(FileForm):
    """
    An entry in the log of the follow-up in the URL. `seen` is the version of it that the page
    shows.
    """

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ["text", "due_on", "person", "upload"]

    class Meta:
        model = FollowUpNote
        fields = ["text", "due_on", "person"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4}), "due_on": DateInput()}
        labels = {"text": "Perkembangannya"}
        help_texts = {"text": "Bila tenggat atau orangnya berubah, tuliskan sebabnya."}
        error_messages = {
            "text": {
                "required": "Tuliskan perkembangannya, atau sebab tenggat atau orangnya berubah."
            },
            "person": {"invalid_choice": "Pemegang baru dipilih dari anggota tim saat ini."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        followup = self.instance.followup
        team = followup.team
        self.initial["seen"] = followup.version
        members = team.memberships.on(team.today).in_order_of_role().select_related("person")
        people = {
            row.person_id: row.person.name
            for row in members
            if row.person_id != followup.person_in_charge_id
        }
        self.fields["person"].queryset = Person.objects.filter(pk__in=people)
        self.fields["person"].choices = [("", f"Tetap {followup.holder}"), *people.items()]
        self.fields["due_on"].help_text = f"Sekarang {dates.long_date(followup.due_on)}."
        self.fields["upload"].label = EVIDENCE

    def clean_due_on(self):
        due, followup = self.cleaned_data["due_on"], self.instance.followup
        if due is None or due == followup.due_on:
            return None
        if problem := followup.implausible_move(due):
            raise ValidationError(problem)
        return due

    def read_anew(self, followup):
        """
        Show the follow-up as it is now, so that the next sending is judged by what the page shows.
        """
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = followup.version


class FollowUpForm(RowForm):
    class Meta:
        model = FollowUp
        fields = ["what", "person_in_charge", "due_on"]
        widgets = {"due_on": DateInput()}
        error_messages = {
            "what": {"required": "Isi apa yang perlu dikerjakan."},
            "person_in_charge": {
                "required": "Pilih siapa yang memegang tindak lanjut ini.",
                "invalid_choice": (
                    "Yang memegang tindak lanjut dipilih dari anggota tim pada tanggal rapat."
                ),
            },
            "due_on": {"required": "Isi kapan tindak lanjut ini harus selesai."},
        }

    def __init__(self, *args, people, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        row = self.instance
        self.initial |= (
            {"person_in_charge": row.person_in_minutes_id, "due_on": row.due_in_minutes}
            if row.is_moved
            else {}
        )
        field = self.fields["person_in_charge"]
        field.queryset = Person.objects.filter(pk__in=[person.pk for person in people])
        field.choices = [
            ("", "Belum dipilih"),
            *((person.pk, person.name) for person in people),
        ]  # read once for all rows

    def _post_clean(self):
        """
        Write what the minutes say, not how things stand: of a follow-up that was moved since, the
        minuted columns alone change.
        """
        row = self.instance
        now = (row.person_in_charge_id, row.due_on)
        super()._post_clean()
        if row.is_moved:
            row.minuted_person_id, row.minuted_due_on = row.person_in_charge_id, row.due_on
            row.person_in_charge_id, row.due_on = now

    def clean_due_on(self):
        due = self.cleaned_data["due_on"]
        day = self.meeting.starts_at and self.meeting.starts.date()
        if day and (problem := FollowUp.implausible_due(due, day)):
            raise ValidationError(problem)
        return due

    def outline(self):
        row = self.instance
        who = str(row.person_in_minutes) if row.person_in_minutes_id else ""
        return {
            "apa": row.what,
            "siapa": who,
            "kapan": dates.long_date(row.due_in_minutes) if row.due_in_minutes else "",
        }


FollowUpRows = row_set(FollowUpForm, "tindak")
