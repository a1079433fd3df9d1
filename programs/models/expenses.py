"""What was spent on the activities of a plan."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from programs.models.activities import PlannedActivity
from programs.models.funding import FundingSource
from programs.querysets.activities import ActivityRelatedQuerySet
from sinergi.kit import dates, uploads
from sinergi.kit.fields import PlainCharField
from sinergi.kit.files import FileRecord
from sinergi.kit.money import RupiahField, rupiah


class Expense(FileRecord):
    """
    What was spent on an activity from one source, in whole rupiah, with its receipt.

    From an in-kind source it is the value of what was used. It is entered while the plan is carried
    out, so the plan's freeze does not hold it.
    """

    activity = models.ForeignKey(
        PlannedActivity,
        models.PROTECT,
        verbose_name="kegiatan",
        related_name="expenses",
        editable=False,
    )
    source = models.ForeignKey(
        FundingSource, models.PROTECT, verbose_name="sumber dana", related_name="expenses"
    )
    spent_on = models.DateField("tanggal")
    amount = RupiahField("jumlah", least=1)
    what = PlainCharField(
        "untuk", max_length=200, help_text="Misalnya konsumsi peserta, perjalanan dinas, sewa alat."
    )
    receipt_number = PlainCharField(
        "nomor bukti", max_length=100, blank=True, help_text="Nomor kuitansi, SPJ, atau BAST."
    )
    file = models.FileField("bukti", upload_to=uploads.random_path, blank=True, editable=False)

    objects = ActivityRelatedQuerySet.as_manager()
    history_parents = ("activity",)
    history_title = ("what", "original_name")
    kept_file = "programs:expense_kept"

    class Meta:
        verbose_name = "pengeluaran"
        verbose_name_plural = "pengeluaran"
        ordering = ["-spent_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="programs_expense_positive",
                condition=Q(amount__gte=1),
                violation_error_message="Pengeluaran paling sedikit satu rupiah.",
            ),
        ]

    def __str__(self):
        return f"Pengeluaran {dates.long_date(self.spent_on)}"

    def get_absolute_url(self):
        return self.activity.get_absolute_url()

    @property
    def province_id(self):
        return self.activity.province_id

    @property
    def receipt_url(self):
        return reverse("programs:expense_receipt", args=[self.key]) if self.file else ""

    @property
    def warnings(self):
        """
        Sentences about a ceiling or a budget that it exceeds: a warning, because what was spent was
        spent.
        """
        source, sentences = FundingSource.objects.with_sums().get(pk=self.source_id), []
        if source.ceiling is not None and source.spent > source.ceiling:
            sentences.append(
                f"Pengeluaran dari {source} melampaui pagunya: {rupiah(source.spent)} dari"
                f" {rupiah(source.ceiling)}."
            )
        planned, spent = (
            sum(rows.filter(source=source).values_list("amount", flat=True))
            for rows in (self.activity.lines, self.activity.expenses)
        )
        if spent > planned:
            amounts = f"{rupiah(spent)} dari {rupiah(planned)}"
            sentences.append(
                f"Pengeluaran kegiatan ini dari {source} melampaui anggarannya: {amounts}."
            )
        return sentences

    def clean(self):
        """
        Check that the day has come and is of the year of the source, and that the source is the
        team's.
        """
        if not self.spent_on or not self.source_id:
            return
        if self.source.team_id != self.activity.plan.team_id:
            raise ValidationError({"source": "Sumber dana ini milik tim lain."})
        if self.spent_on.year != self.source.year:
            raise ValidationError({"spent_on": f"Sumber dana ini untuk tahun {self.source.year}."})
        if self.spent_on > self.activity.plan.team.today:
            raise ValidationError(
                {"spent_on": "Pengeluaran dicatat setelah terjadi; tanggal ini belum lewat."}
            )
