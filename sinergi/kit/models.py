"""The base of every record that a person edits: stamped, versioned, with its history kept."""

from collections import Counter
from contextlib import contextmanager

from django.conf import settings
from django.db import IntegrityError, OperationalError, models, transaction
from django.utils import timezone
from simple_history.models import HistoricalRecords

from sinergi.kit.history import with_parents


def broken_constraint(error, *tables):
    """The constraint of one of these models that this IntegrityError tells of, or None."""
    text = str(error)
    for model in tables:
        for constraint in model._meta.constraints:
            columns = [model._meta.get_field(name).column for name in getattr(constraint, "fields", ())]
            # SQLite names the columns of a unique constraint, not the constraint itself.
            listed = ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
            if constraint.name in text or (columns and text.endswith(f": {listed}")):
                return constraint
    return None


def told_by_constraint(error, *tables):
    """What the broken constraint says, if one of these models knows it; else that the same has just been stored."""
    constraint = broken_constraint(error, *tables)
    if constraint is not None:
        return constraint.violation_error_message
    return "Belum tersimpan: data yang sama baru saja disimpan. Periksa daftarnya, lalu coba lagi."


def told_by_reference(error):
    """What still refers to the record that was to be deleted (django.db.models.ProtectedError), counted by kind."""
    kinds = Counter(str(row._meta.verbose_name) for row in error.protected_objects)
    counted = ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items()))
    return f"Tidak dapat dihapus karena masih dirujuk: {counted}. Pindahkan atau hapus dulu yang merujuknya."


DEADLOCK = "40P01"  # PostgreSQL's own code


@contextmanager
def deadlock_as_conflict():
    """
    Two rows that an exclusion constraint keeps apart, inserted at the same moment, may each wait for the other: PostgreSQL
    then stops one of them. To whoever sent it that is the same as having come second: IntegrityError.
    """
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") != DEADLOCK:
            raise
        raise IntegrityError(str(error)) from error


LAST_VERSION = 2**31 - 1  # of the column


class StaleRecord(Exception):
    """The record was changed by somebody else since this copy of it was read. Nothing was written."""

    def __init__(self, record):
        self.record = record
        super().__init__("Catatan ini sudah diubah orang lain sejak Anda membukanya.")


class FrozenRecord(Exception):
    """The record is in a state in which its content is final. Nothing was written."""

    def __init__(self, record):
        self.record = record
        kind = str(record._meta.verbose_name)
        what = f"{kind[:1].upper()}{kind[1:]} ini"
        told = f"{what} sudah diajukan, disahkan, atau dibatalkan, sehingga isinya tidak dapat diubah."
        super().__init__(record.frozen_told or told)


class Duplicate(Exception):
    """This very sending has been stored already; `record` is what it made."""

    def __init__(self, record):
        self.record = record
        super().__init__("Kiriman ini sudah tersimpan.")


class History(HistoricalRecords):
    """
    The history of a model, with the indexes that a page of it walks: by the record itself, and by each record on whose page
    it is told too (`told_with`). Where rows of its own are told on those pages as well (`has_told_rows`), those deleted under
    a record are found by a third.
    """

    def get_meta_options(self, model):
        names = [model._meta.pk.name, *getattr(model, "told_with", ())]
        walked = [models.Index(fields=[name, "history_date", "history_id"]) for name in names]
        if getattr(model, "has_told_rows", False):
            gone = models.Q(history_type="-")
            walked.append(models.Index(fields=names[1:], condition=gone, name=f"{model._meta.db_table}_gone"))
        return super().get_meta_options(model) | {"indexes": walked}

    def get_extra_fields(self, model, fields):
        """`instance` with what it refers to, also where that is gone."""
        extra = super().get_extra_fields(model, fields)
        bare = extra["instance"].fget
        return extra | {"instance": property(lambda row: with_parents(bare(row)))}


class Record(models.Model):
    """
    A record a person edits.

    `save_as(by=user)` is the way to write one: it stamps who and when, and its UPDATE names the version that was
    read, so of two people saving the same version the second gets StaleRecord. `client_key` is the idempotency key
    of the form that created the record: the database lets it in once.
    """

    created_at = models.DateTimeField("dibuat pada", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="dibuat oleh", null=True, editable=False, related_name="+"
    )
    updated_at = models.DateTimeField("diubah pada", default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="diubah oleh", null=True, editable=False, related_name="+"
    )
    version = models.PositiveIntegerField("versi", default=1, editable=False)
    client_key = models.UUIDField("kunci kiriman", null=True, unique=True, editable=False)

    history = History(inherit=True, excluded_fields=["client_key"])
    #: The foreign keys to the records on whose pages its history is told.
    told_with = ()
    has_told_rows = False

    #: Which rows may no longer be written, as a Q; None: all may. What is told then, where the usual words do not fit.
    frozen_when = None
    frozen_told = ""

    class Meta:
        abstract = True

    def save_as(self, *, by, version=None, thaw=False):
        """
        Write the record on behalf of `by`; `version` is the version the person was looking at (default: the loaded one).

        Raises StaleRecord, FrozenRecord or IntegrityError, and then has written nothing. `thaw` writes a frozen record: for a
        transition (sinergi.kit.transitions) alone.
        """
        self.updated_by, self.updated_at, self._history_user = by, timezone.now(), by
        with deadlock_as_conflict(), transaction.atomic():
            if self._state.adding:
                self.created_by = by
                self.save(force_insert=True)
                if self.frozen_when and not thaw and type(self)._base_manager.filter(self.frozen_when, pk=self.pk).exists():
                    raise FrozenRecord(self)
            else:
                self._claim(self.version if version is None else version, thaw)
                self.save(force_update=True)
        return self

    def save_sent(self, *, by, version=None, client_key=None):
        """
        Write what a form sent: a change with the version it was made on, a new record with its idempotency key.

        Raises StaleRecord, FrozenRecord, or Duplicate when this key of this person has made a record already. A change
        without a version is stale by definition: nobody can say what it was a change of.
        """
        if not self._state.adding:
            return self.save_as(by=by, version=-1 if version is None else version)
        self.client_key = client_key
        self.refuse_resent(by=by, client_key=client_key)
        try:
            with transaction.atomic():
                return self.save_as(by=by)
        except IntegrityError:
            self.pk, self._state.adding = None, True
            self.refuse_resent(by=by, client_key=client_key)  # the other sending was quicker
            raise

    @classmethod
    def refuse_resent(cls, *, by, client_key):
        """Raises Duplicate if this sending of this person has made a record already."""
        if client_key and (record := cls._base_manager.filter(client_key=client_key, created_by=by).first()):
            raise Duplicate(record)

    def differs_from_stored(self, *names):
        """Whether a save would change one of these columns, or, without names, any that a person sees."""
        stored = type(self)._base_manager.get(pk=self.pk)
        silent = {"version", "updated_at", "updated_by_id"}
        names = names or [f.attname for f in self._meta.concrete_fields if f.attname not in silent]
        return any(getattr(stored, name) != getattr(self, name) for name in names)

    def delete_as(self, *, by, version=None):
        """Delete the record on behalf of `by`, under the same two conditions as `save_as`."""
        self._history_user = by
        with transaction.atomic():
            self._claim(self.version if version is None else version)
            return self.delete()

    def _claim(self, version, thaw=False):
        """Take the next version in one UPDATE: whoever comes second finds no row to take."""
        if not -1 <= version < LAST_VERSION:  # nobody has read such a version
            raise StaleRecord(self)
        rows = type(self)._base_manager.filter(pk=self.pk)
        frozen = self.frozen_when if self.frozen_when and not thaw else models.Q(pk__in=[])
        if not rows.filter(version=version).exclude(frozen).update(version=version + 1):
            raise FrozenRecord(self) if rows.filter(frozen).exists() else StaleRecord(self)
        self.version = version + 1
