"""The account with which a person signs in, its calendar's addresses, and its downloads."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import IntegrityError, models, transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from sinergi.accounts.roles import POWERFUL_ROLES, ROLES
from sinergi.kit.exports import ExportRunning
from sinergi.kit.fields import PlainCharField, PlainEmailField
from sinergi.kit.models import History, Record
from sinergi.kit.permissions import NOWHERE, scope_of
from sinergi.kit.status import Status, Tone
from sinergi.kit.transitions import TransitionError, stamp_at, stamp_by

#: How often the readings of a calendar are noted down.
FETCH_NOTED_EVERY = timedelta(minutes=10)


class UserQuerySet(models.QuerySet):
    def known_as(self, name):
        """
        Return the account with this e-mail, however it is written, or this user name; or None.
        """
        name = name.strip()
        by_email = self.filter(email__iexact=name).first() if "@" in name else None
        return by_email or self.filter(username=name).first()

    def visible_to(self, user, permission="accounts.view_user"):
        """
        Return the accounts that work only where this one administers, or worked there and nowhere
        else; national: all. Superusers are seen by superusers.
        """
        scope = user.scope(permission)
        if scope.national:
            return self if user.is_superuser else self.exclude(is_superuser=True)
        if not scope.provinces:
            return self.none()
        here = Q(assignments__province__in=scope.provinces)
        in_force = Q(assignments__ended_at__isnull=True)
        counted = self.model.objects.order_by().annotate(
            held=Count("assignments"),
            held_here=Count("assignments", filter=here),
            in_force=Count("assignments", filter=in_force),
            in_force_here=Count("assignments", filter=in_force & here),
        )
        works_here_alone = Q(in_force__gt=0, in_force_here=F("in_force"))
        worked_here_alone = Q(in_force=0, held__gt=0, held_here=F("held"))
        shown = counted.filter(works_here_alone | worked_here_alone)
        return self.exclude(is_superuser=True).filter(pk__in=shown.values("pk"))


class Accounts(UserManager.from_queryset(UserQuerySet)):
    use_in_migrations = False

    def create_superuser(self, username, email=None, password=None, **extra_fields):
        """Take the user name as e-mail too, if it is one and `createsuperuser` is given none."""
        email = email or (username if "@" in username else "")
        return super().create_superuser(username, email, password, **extra_fields)


class UserHistory(History):
    """
    History of names and addresses of accounts; never a password, nor when somebody signed in. That
    an account was closed or opened is told by its events, with the reason.
    """

    LEFT_OUT = ("password", "last_login", "date_joined", "is_active", "is_staff")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"excluded_fields": self.LEFT_OUT})

    def post_save(self, instance, created, using=None, update_fields=None, **kwargs):
        """Keep no row for signing in."""
        if not update_fields or set(update_fields) - set(self.LEFT_OUT):
            super().post_save(instance, created, using=using, update_fields=update_fields, **kwargs)


class User(AbstractUser):
    """
    An account, named for an office or a function, seldom for a person ("PIC Program DKPUS").

    What it may do follows from its assignments (`programs.Assignment`) alone: Django's groups and
    per-user permissions are not used.
    """

    first_name = PlainCharField("nama depan", max_length=150, blank=True)
    last_name = PlainCharField("nama belakang", max_length=150, blank=True)
    email = PlainEmailField("surel", blank=True)

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_unique",
                condition=~Q(email=""),
                violation_error_message="Surel ini sudah dipakai akun lain.",
            ),
            # With the constraint above: nobody's user name is another's e-mail, so that what is
            # typed to sign in names one account.
            models.CheckConstraint(
                name="accounts_user_name_is_no_others_email",
                condition=(
                    ~Q(username__contains="@")  # the own e-mail is meant, however it is written
                    | Q(Exact(Lower("username"), Lower("email")))
                ),
                violation_error_message=(
                    "Nama pengguna yang berisi @ harus sama dengan surel akun itu sendiri."
                ),
            ),
        ]

    objects = Accounts()
    history = UserHistory()

    def __str__(self):
        return self.get_full_name() or self.username

    @cached_property
    def held_roles(self):
        """Return the assignments in force, with their places: one query a request."""
        return list(self.assignments.in_force(timezone.localdate()))

    def scope(self, permission):
        """Return the Scope in which this account has the permission ("app.action_model")."""
        cache = self.__dict__.setdefault("_scopes", {})
        if permission not in cache:
            cache[permission] = scope_of(self, permission, ROLES) if self.is_active else NOWHERE
        return cache[permission]

    def lock(self):
        """
        Lock the account's row until the transaction ends, by an UPDATE that needs it to be open, so
        that changes of one account run one after the other. Raises TransitionError for a closed
        one.
        """
        if not type(self).objects.filter(pk=self.pk, is_active=True).update(is_active=True):
            raise TransitionError(f"Akun {self} sudah nonaktif.")

    def get_absolute_url(self):
        return reverse("programs:account_detail", args=[self.pk])

    @property
    def is_invited(self):
        """Return whether the account waits for its owner to open the invitation."""
        return not self.has_usable_password()

    @property
    def status(self):
        if not self.is_active:
            return Status("Nonaktif", Tone.LATE)
        if self.is_invited:
            return Status("Diundang", Tone.WAITING)
        return Status("Aktif", Tone.APPROVED)

    @property
    def assignment(self):
        """Return the assignment shown beside the name: the first one, or None."""
        return next(iter(self.held_roles), None)

    @property
    def is_administrator(self):
        """Return whether the admin pages are open to this account."""
        return self.is_active and (
            self.is_superuser or any(a.role == "administrator" for a in self.held_roles)
        )

    @property
    def holds_much(self):
        """Return whether a second factor may be required of this account."""
        return self.is_superuser or any(a.role in POWERFUL_ROLES for a in self.held_roles)


class CalendarFeedQuerySet(models.QuerySet):
    def visible_to(self, user, permission=None):
        """Return the addresses of this account: nobody reads those of another."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def in_use(self):
        return self.filter(revoked_at__isnull=True)

    def of_token(self, token):
        """
        Return the address in use with this token, of an account that is open and works somewhere,
        or None: in one query, whatever the reason.
        """
        works = Q(
            user__assignments__ended_at__isnull=True,
            user__assignments__starts_on__lte=timezone.localdate(),
        )
        rows = self.in_use().filter(token_hash=digest_of(token), user__is_active=True)
        return rows.filter(works | Q(user__is_superuser=True)).select_related("user").first()


def digest_of(token):
    """Return what is stored of a token; it is random, so nothing slower is needed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class CalendarFeed(Record):
    """
    A secret address at which the calendar of a person is read by a programme, without signing in.

    The token of the address is shown once and not stored, only its digest. What may be read there
    is asked anew at every reading: it is what the account may see at that moment.
    """

    class Client(models.TextChoices):
        GOOGLE = "google", "Google Kalender"
        APPLE = "apple", "kalender Apple"
        OUTLOOK = "outlook", "Outlook"
        OTHER = "other", "aplikasi lain"

    #: How many addresses in use a person may have.
    MOST = 10

    user = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name="akun",
        related_name="calendar_feeds",
        editable=False,
    )
    name = PlainCharField(
        "nama", max_length=60, help_text="Di mana alamatnya dipasang, misalnya telepon dinas."
    )
    token_hash = PlainCharField("sidik alamat", max_length=64, unique=True, editable=False)
    fetched_at = models.DateTimeField("terakhir dibaca pada", null=True, editable=False)
    fetched_by = PlainCharField(
        "terakhir dibaca oleh", max_length=10, choices=Client, blank=True, editable=False
    )
    revoked_at, revoked_by = stamp_at("dicabut pada"), stamp_by("dicabut oleh")

    objects = CalendarFeedQuerySet.as_manager()
    history_hidden = frozenset({"user", "token_hash", "fetched_at", "fetched_by"})
    history_title = ("name",)

    class Meta:
        verbose_name = "alamat kalender"
        verbose_name_plural = "alamat kalender"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "user",
                Lower("name"),
                name="accounts_calendarfeed_name_once",
                condition=Q(revoked_at__isnull=True),
                violation_error_message="Nama ini sudah dipakai alamat lain.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("home:calendar_feeds")

    def set_new_token(self):
        """Return a new token for an address that is not stored yet, of which the digest is kept."""
        token = secrets.token_urlsafe(32)
        self.token_hash = digest_of(token)
        return token

    def revoke(self, *, by, version=None):
        """Let the address lead nowhere from this moment on."""
        if self.revoked_at:
            raise TransitionError("Alamat ini sudah dicabut.")
        self.revoked_at, self.revoked_by = timezone.now(), by
        in_use = Q(revoked_at__isnull=True)
        return self.write_as("revoked_at", "revoked_by", by=by, version=version, when=in_use)

    def note_fetch(self, client, now):
        """
        Note down that a programme has read the calendar: no more than once in ten minutes, and no
        change of the record.
        """
        is_news = client != self.fetched_by or now - self.fetched_at > FETCH_NOTED_EVERY
        if is_news:
            rows = type(self).objects.filter(pk=self.pk)
            rows.update(fetched_at=now, fetched_by=client)


class ExportQuerySet(models.QuerySet):
    def visible_to(self, user, permission="accounts.view_export"):
        """Return those of the accounts that one administers; national: all."""
        scope = user.scope(permission)
        if scope.national:
            return self
        accounts = User.objects.visible_to(user, permission)
        return self.filter(user__in=accounts.order_by().values("pk"))

    def begin(self, user, *, title, path, query, form):
        """
        Note that this account begins a download. Raises ExportRunning while it makes another one;
        one that was broken off, with the process that made it, is given up after a while.
        """
        now = timezone.now()
        running = self.filter(user=user, finished_at__isnull=True)
        running.filter(started_at__lt=now - Export.LONGEST).update(finished_at=now)
        made = Export(
            user=user,
            account=user.username,
            title=title[:200],
            path=path[:200],
            query=query[:2000],
            form=form,
            started_at=now,
        )
        try:
            with transaction.atomic(using=self.db):
                made.save(force_insert=True, using=self.db)
        except IntegrityError:
            raise ExportRunning from None
        return made


class Export(models.Model):
    """
    A download of a list: who took what, by which filter, how many rows. Written once, and never
    changed but for its end; without `rows` it was broken off.
    """

    class Form(models.TextChoices):
        XLSX = "xlsx", "Excel"
        CSV = "csv", "CSV untuk Excel"
        SYSTEM = "csv-sistem", "CSV untuk sistem"

    #: After which a download without an end is taken for one that broke off.
    LONGEST = timedelta(minutes=2)

    user = models.ForeignKey(
        User,
        models.SET_NULL,
        verbose_name="akun",
        related_name="exports",
        null=True,
        editable=False,
    )
    account = PlainCharField("nama pengguna", max_length=150, editable=False)
    title = PlainCharField("daftar", max_length=200, editable=False)
    path = PlainCharField("alamat", max_length=200, editable=False)
    query = PlainCharField("saringan", max_length=2000, blank=True, editable=False)
    form = PlainCharField("bentuk", max_length=10, choices=Form, editable=False)
    rows = models.PositiveIntegerField("jumlah baris", null=True, editable=False)
    started_at = models.DateTimeField("mulai", editable=False)
    finished_at = models.DateTimeField("selesai", null=True, editable=False)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = "unduhan"
        verbose_name_plural = "unduhan"
        ordering = ["-pk"]
        permissions = [("export_contacts", "Dapat mengunduh telepon dan surel")]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(finished_at__isnull=True),
                name="accounts_export_one_at_a_time",
                violation_error_message="Akun ini masih membuat unduhan lain.",
            )
        ]

    def __str__(self):
        return f"{self.title}, {self.account}"

    def end(self, rows):
        """Note that it is over, with this number of rows; None: it was broken off."""
        self.rows, self.finished_at = rows, timezone.now()
        type(self).objects.filter(pk=self.pk).update(rows=rows, finished_at=self.finished_at)
