"""The form of media coverage."""

from django import forms

from advocacy.forms.activities import check_activity, offer_activities
from advocacy.forms.commitments import MEETING_LIMIT, offer_meetings
from advocacy.models import Commitment, MediaCoverage
from programs.choices import village_choices
from sinergi.kit.forms import DateInput, FileForm
from sinergi.kit.text import parse_number
from villages.models import Village


class MediaForm(FileForm):
    asked = frozenset({"link", "upload"})  # either of them

    class Meta:
        model = MediaCoverage
        fields = [
            "title",
            "outlet",
            "published_on",
            "link",
            "meeting",
            "village",
            "commitment",
            "activity",
        ]
        widgets = {
            "published_on": DateInput(),
            "link": forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
            "outlet": forms.TextInput(attrs={"list": "known-outlets", "autocomplete": "off"}),
        }
        error_messages = {
            "title": {"required": "Isi judulnya."},
            "outlet": {"required": "Isi nama medianya."},
            "published_on": {"required": "Isi tanggal terbitnya."},
            "meeting": {"invalid_choice": "Rapat ini tidak ada dalam daftar."},
            "village": {"invalid_choice": "Desa ini tidak ada dalam daftar perpustakaan desa."},
            "commitment": {"invalid_choice": "Komitmen ini tidak ada dalam daftar."},
            "activity": {
                "invalid_choice": (
                    "Kegiatan ini bukan bagian dari rencana pada tanggal itu. Pilih yang lain."
                )
            },
        }

    def __init__(self, *args, words="", **kwargs):
        super().__init__(*args, **kwargs)
        team = self.instance.team
        self.fields["upload"].label = "Kliping (foto atau PDF)"
        self.initial["published_on"] = self.initial.get("published_on") or team.today
        offer_meetings(self, empty="Bukan tentang satu rapat")
        chosen = self["village"].value()
        groups, more_villages = village_choices(
            team.province_id, words=words, chosen=[chosen] if chosen else []
        )
        self.fields["village"].queryset = Village.objects.to_choose(
            team.province_id, stored=[self.instance.village_id or ""]
        )
        self.fields["village"].choices = [("", "Bukan tentang satu desa"), *groups]
        self._offer_commitments(team)
        more_activities = offer_activities(self, log="media", words=words)
        self.has_more = more_villages or more_activities

    def _offer_commitments(self, team):
        field, chosen = self.fields["commitment"], parse_number(self["commitment"].value())
        field.queryset = Commitment.objects.filter(team=team).select_related("institution")
        rows = list(field.queryset.order_by("-promised_on", "-pk")[:MEETING_LIMIT])
        if chosen and chosen not in {row.pk for row in rows}:
            rows += field.queryset.filter(pk=chosen)
        field.choices = [
            ("", "Bukan tentang satu komitmen"),
            *((row.pk, f"{row.institution}: {row}") for row in rows),
        ]

    def clean(self):
        cleaned = super().clean()
        about = [name for name in ("meeting", "village", "commitment") if cleaned.get(name)]
        if len(about) > 1:
            self.add_error(about[1], "Pilih satu saja: rapat, desa, atau komitmen.")
        if (
            not cleaned.get("link")
            and not self.errors.get("link")
            and not self.safe
            and not self.instance.file
        ):
            self.add_error("link", "Isi tautannya, atau lampirkan klipingnya.")
        check_activity(self, cleaned.get("published_on"), log="media")
        return cleaned
