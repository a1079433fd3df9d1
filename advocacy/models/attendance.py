"""Who is invited to a meeting and who came, and who went on a visit, as they were that day."""

from django.db import models
from django.db.models import Q

from advocacy.models.meetings import Meeting
from advocacy.models.visits import Visit
from advocacy.querysets.attendance import AttendanceQuerySet, VisitAttendanceQuerySet
from programs.models import Institution, Person
from sinergi.kit.fields import PlainCharField
from sinergi.kit.models import Record

#: Sectors as they are called now, and as they stand in minutes that were approved before government
#: had levels.
SECTORS = dict(Institution.Sector.choices) | {"government": "Pemerintah"}


class Attendee(Record):
    """
    One person on a list of those who were there, with name, institution, position and role as they
    were that day.

    `person` links to the register; what is shown is what stands here, whatever becomes of the
    person later.
    """

    order = models.PositiveSmallIntegerField("urutan", default=0, editable=False)
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        verbose_name="orang",
        null=True,
        blank=True,
        related_name="%(class)s",
        editable=False,
    )
    is_guest = models.BooleanField("tamu", default=False, editable=False)
    name = PlainCharField("nama atau jabatan", max_length=150)
    institution = PlainCharField("instansi", max_length=200, blank=True)
    sector = PlainCharField("sektor", max_length=20, blank=True, editable=False)
    position = PlainCharField("jabatan", max_length=150, blank=True)
    role = PlainCharField("peran dalam tim", max_length=50, blank=True, editable=False)
    label = PlainCharField("label", max_length=10, blank=True, editable=False)

    history_title = ("name",)
    history_position = "order"

    class Meta:
        abstract = True
        ordering = ["is_guest", "order", "pk"]

    def __str__(self):
        return self.name

    def take_from(self, membership):
        """Copy who the member is on that day."""
        self.name = membership.person.name
        self.institution = membership.institution.name
        self.sector = membership.institution.sector
        self.position = membership.position or membership.person.position
        self.role = membership.get_role_display()
        self.label = membership.label

    @property
    def sector_name(self):
        return SECTORS.get(self.sector, "")


class Attendance(Attendee):
    """One person's presence at a meeting."""

    class Presence(models.TextChoices):
        PRESENT = "present", "Hadir"
        EXCUSED = "excused", "Izin"
        ABSENT = "absent", "Tidak"

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name="rapat", related_name="attendance", editable=False
    )
    presence = PlainCharField("kehadiran", max_length=10, choices=Presence, blank=True)
    note = PlainCharField("keterangan", max_length=100, blank=True)

    objects = AttendanceQuerySet.as_manager()
    history_parents = ("meeting",)
    frozen_when = Q(meeting__state__in=Meeting.FROZEN)

    class Meta(Attendee.Meta):
        abstract = False
        verbose_name = "kehadiran"
        verbose_name_plural = "kehadiran"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="advocacy_attendance_once",
                violation_error_message="Orang ini sudah ada dalam daftar hadir.",
            ),
            models.CheckConstraint(
                name="advocacy_attendance_guest_has_institution",
                condition=Q(is_guest=False) | ~Q(institution=""),
                violation_error_message="Isi instansi tamu.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-id"], condition=Q(is_guest=True), name="advocacy_attendance_guest"
            ),
            models.Index(fields=["institution", "meeting"], name="advocacy_attendance_from"),
        ]

    @property
    def province_id(self):
        return self.meeting.province_id

    def institution_known_for(self, name):
        """
        Return the institution under which a guest of this name came before, or None when there is
        none or several.
        """
        guests = Attendance.objects.filter(
            is_guest=True, name__iexact=name, meeting__province=self.meeting.province_id
        )
        found = list(guests.order_by().values_list("institution", flat=True).distinct()[:2])
        return found[0] if len(found) == 1 else None


class VisitAttendance(Attendee):
    """One person who went on a visit, a member of the team or a guest."""

    visit = models.ForeignKey(
        Visit, models.CASCADE, verbose_name="kunjungan", related_name="attendance", editable=False
    )

    objects = VisitAttendanceQuerySet.as_manager()
    history_parents = ("visit",)
    frozen_when = Q(visit__state=Visit.State.SENT)

    class Meta(Attendee.Meta):
        abstract = False
        verbose_name = "yang berkunjung"
        verbose_name_plural = "yang berkunjung"
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "person"],
                condition=Q(person__isnull=False),
                name="advocacy_visitattendance_once",
                violation_error_message="Orang ini sudah ada dalam daftar yang berkunjung.",
            ),
            models.CheckConstraint(
                name="advocacy_visitattendance_guest_has_institution",
                condition=Q(is_guest=False) | ~Q(institution=""),
                violation_error_message="Isi instansi tamu.",
            ),
        ]

    @property
    def province_id(self):
        return self.visit.province_id
