"""What is written and broadcast about the programme."""

import re
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from advocacy.models.commitments import EARLIEST_YEAR, Commitment
from advocacy.models.meetings import Meeting
from advocacy.querysets.media import MediaQuerySet
from programs.models import PlannedActivity, Team
from sinergi.kit import dates, uploads
from sinergi.kit.fields import PlainCharField
from sinergi.kit.files import FileRecord
from sinergi.kit.links import record_url
from villages.models import Province, Village

#: What an address carries only to count visitors.
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id")


LINK_KEY_LENGTH = 500  # characters of a key


def link_key(link):
    """
    Return the address in one form, without how it was fetched, shared or counted, so that one
    article is noted once.
    """
    try:
        parts = urlsplit(link.strip())
        port = parts.port
    except ValueError:  # no address at all; the validator says so
        return link.strip()[:LINK_KEY_LENGTH]
    host = re.sub(r"^(www|m|amp)\.(?=.+\.)", "", parts.hostname or "") + (
        f":{port}" if port not in (None, 80, 443) else ""
    )
    path = re.sub(r"/(amp|index\.html?)?/*$", "", parts.path)
    asked = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not TRACKING.fullmatch(pair[0])
    ]
    place = (
        f"#{parts.fragment}" if parts.fragment.startswith(("/", "!")) else ""
    )  # a page drawn by a script
    key = f"{host}{path}{f'?{urlencode(sorted(asked))}' if asked else ''}{place}"
    return key if len(key) <= LINK_KEY_LENGTH else f"sha256:{sha256(key.encode()).hexdigest()}"


class LinkKeyField(PlainCharField):
    """The key of the row's `link`, taken anew with each save."""

    def pre_save(self, model_instance, add):
        key = link_key(model_instance.link) if model_instance.link else ""
        setattr(model_instance, self.attname, key)
        return key


class MediaCoverage(FileRecord):
    """
    Something that a medium published about the programme: in general, or about one meeting, village
    or commitment.
    """

    team = models.ForeignKey(
        Team, models.PROTECT, verbose_name="tim", related_name="media", editable=False
    )
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name="provinsi", related_name="+", editable=False
    )
    title = PlainCharField("judul", max_length=300)
    outlet = PlainCharField(
        "media",
        max_length=150,
        help_text="Surat kabar, situs, radio, atau televisi yang memuatnya.",
    )
    published_on = models.DateField("tanggal terbit")
    link = PlainCharField(
        "tautan",
        max_length=500,
        blank=True,
        validators=[
            URLValidator(
                ["http", "https"],
                message="Tulis tautan lengkap, misalnya https://contoh.id/berita.",
            )
        ],
    )
    link_key = LinkKeyField("kunci tautan", max_length=500, default="", editable=False)
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        verbose_name="tentang rapat",
        null=True,
        blank=True,
        related_name="media",
    )
    village = models.ForeignKey(
        Village,
        models.PROTECT,
        verbose_name="tentang desa",
        null=True,
        blank=True,
        related_name="media",
    )
    commitment = models.ForeignKey(
        Commitment,
        models.PROTECT,
        verbose_name="tentang komitmen",
        null=True,
        blank=True,
        related_name="media",
    )
    activity = models.ForeignKey(
        PlannedActivity,
        models.PROTECT,
        verbose_name="kegiatan dalam rencana",
        null=True,
        blank=True,
        related_name="media",
        help_text="Publikasi ini dihitung sebagai kemajuan kegiatan itu.",
    )
    file = models.FileField("kliping", upload_to=uploads.random_path, blank=True, editable=False)

    history_title = ("title", "original_name")
    history_hidden = FileRecord.history_hidden | {"link_key"}
    objects = MediaQuerySet.as_manager()
    kept_file = "advocacy:media_kept"

    class Meta:
        verbose_name = "publikasi media"
        verbose_name_plural = "publikasi media"
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "link_key"],
                condition=~Q(link_key=""),
                name="advocacy_media_link_once",
                violation_error_message="Publikasi dengan tautan ini sudah dicatat.",
            ),
            models.CheckConstraint(
                name="advocacy_media_about_one_thing",
                condition=Q(meeting__isnull=True, village__isnull=True)
                | Q(meeting__isnull=True, commitment__isnull=True)
                | Q(village__isnull=True, commitment__isnull=True),
                violation_error_message="Pilih satu saja: rapat, desa, atau komitmen.",
            ),
            models.CheckConstraint(
                name="advocacy_media_can_be_seen",
                condition=~Q(link="") | ~Q(file=""),
                violation_error_message="Isi tautannya, atau lampirkan klipingnya.",
            ),
        ]
        indexes = [
            models.Index(fields=["-published_on", "-id"], name="advocacy_media_recent"),
            models.Index(fields=["province", "-published_on", "-id"], name="advocacy_media_prov"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return record_url("advocacy:media_detail", self.pk)

    @property
    def about(self):
        """The meeting, village or commitment it is about, or None."""
        return self.meeting or self.village or self.commitment

    @property
    def clipping_url(self):
        return reverse("advocacy:media_clipping", args=[self.key]) if self.file else ""

    def clean(self):
        """Refuse a day still to come, and an address that is noted down already."""
        errors = {}
        if self.published_on and self.published_on > self.team.today:
            errors["published_on"] = "Publikasi dicatat setelah terbit; tanggal ini belum lewat."
        if self.published_on and self.published_on.year < EARLIEST_YEAR:
            errors["published_on"] = "Periksa tahunnya."
        if twin := self.twin():
            errors["link"] = (
                f"Tautan ini sudah dicatat: “{twin.title}”, {twin.outlet},"
                f" {dates.long_date(twin.published_on)}."
            )
        if errors:
            raise ValidationError(errors)

    def twin(self):
        """Return another row of the team under the same address, or None."""
        key = link_key(self.link) if self.link else ""
        same = MediaCoverage.objects.filter(team=self.team_id, link_key=key).exclude(pk=self.pk)
        return same.first() if key else None
