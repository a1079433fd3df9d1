"""The base of every record that a person edits: stamped, versioned, with its history kept."""

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from simple_history.models import HistoricalRecords

from sinergi.kit.database_errors import (
    deadlock_as_conflict,
    references_message,
    references_to,
)
from sinergi.kit.deleted import with_parents

LAST_VERSION = 2**31 - 1  # of the column


class StaleRecord(Exception):
    """
    The record was changed by somebody else since this copy was read. Nothing was written.
    """

    def __init__(self, record):
        self.record = record
        super().__init__("Catatan ini sudah diubah orang lain sejak Anda membukanya.")


class FrozenRecord(Exception):
    """The record is in a state in which its content is final. Nothing was written."""

    def __init__(self, record):
        self.record = record
        kind = str(record._meta.verbose_name)
        what = f"{kind[:1].upper()}{kind[1:]} ini"
        told = (
            f"{what} sudah diajukan, disahkan, atau dibatalkan, sehingga isinya tidak dapat diubah."
        )
        super().__init__(record.frozen_message or told)


class Duplicate(Exception):
    """A form with this key was stored already; `record` is what it made."""

    def __init__(self, record):
        self.record = record
        super().__init__("Kiriman ini sudah tersimpan.")


class History(HistoricalRecords):
    """
    The history of a model, with the indexes that a page of it walks: by the record itself, and by
    each record on whose page it is told too (`history_parents`). Where rows of its own are told on
    those pages as well (`has_child_history`), those deleted under a record are found by a third.
    """

    def get_meta_options(self, model):
        names = [model._meta.pk.name, *getattr(model, "history_parents", ())]
        walked = [models.Index(fields=[name, "history_date", "history_id"]) for name in names]
        if getattr(model, "has_child_history", False):
            gone = models.Q(history_type="-")
            for number, name in enumerate(names[1:]):
                ending = f"gone_{name}" if number else "gone"
                walked.append(
                    models.Index(
                        fields=[name], condition=gone, name=f"{model._meta.db_table}_{ending}"
                    )
                )
        return super().get_meta_options(model) | {"indexes": walked}

    def get_extra_fields(self, model, fields):
        """`instance` with what it refers to, also where that is gone."""
        extra = super().get_extra_fields(model, fields)
        bare = extra["instance"].fget
        return extra | {"instance": property(lambda row: with_parents(bare(row)))}


class Record(models.Model):
    """
    A record a person edits.

    `save_as(by=user)` is the way to write one: it stamps who and when, and its UPDATE names the
    version that was read, so of two people saving the same version the second gets StaleRecord. A
    transition writes with `write_as`, what is written once with `save_new`. `idempotency_key` is
    the idempotency key of the form that created the record: the database lets it in once.
    """

    created_at = models.DateTimeField("dibuat pada", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="dibuat oleh",
        null=True,
        editable=False,
        related_name="+",
    )
    updated_at = models.DateTimeField("diubah pada", default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="diubah oleh",
        null=True,
        editable=False,
        related_name="+",
    )
    version = models.PositiveIntegerField("versi", default=1, editable=False)
    idempotency_key = models.UUIDField("kunci kiriman", null=True, unique=True, editable=False)

    history = History(inherit=True, excluded_fields=["idempotency_key"])
    #: The foreign keys to the records on whose pages its history is told.
    history_parents = ()
    has_child_history = False
    #: Columns its history leaves out: made by the portal, or shown along with another.
    history_hidden = frozenset()
    #: The columns by which a person knows a row of it: the first that says something.
    history_title = ()
    #: The column of a row's place among others, shown as "berubah urutannya".
    history_position = ""

    #: Which rows may no longer be written, as a Q; None: all may. What is told then, where the
    #: usual words do not fit.
    frozen_when = None
    frozen_message = ""
    #: What it is to whoever asks why the record that it refers to cannot be deleted, where its own
    #: name would be a riddle.
    reference_label = ""

    class Meta:
        abstract = True

    def save_as(self, *, by, version=None):
        """
        Write the record on behalf of `by`; `version` is the version the person was looking at
        (default: the loaded one).

        Raises StaleRecord, FrozenRecord or IntegrityError, and then has written nothing. Neither a
        frozen record is written, nor one that would be frozen from then on: a row cannot be put
        into approved minutes.
        """
        self._stamp(by)
        with deadlock_as_conflict(), transaction.atomic():
            if self._state.adding:
                self.created_by, self.created_at = by, self.updated_at
                self.save(force_insert=True)
            else:
                self._claim(self.version if version is None else version)
                self.save(force_update=True)
            if self._is_frozen():
                raise FrozenRecord(self)
        return self

    def save_new(self, *, by):
        """
        Add a record that is final from its first moment, or joins one that is: what is written
        once, and kept.
        """
        self._stamp(by)
        self.created_by, self.created_at = by, self.updated_at
        with deadlock_as_conflict(), transaction.atomic():
            self.save(force_insert=True)
        return self

    def write_as(self, *names, by, version=None, when=None):
        """
        Write these columns, the stamps and the version, of a frozen record too: for a transition
        alone (sinergi.kit.transitions). `when` is what the stored row must be (Q), checked in the
        same UPDATE that takes the version.

        Whatever else was set on this copy is put back to what is stored, so that neither the row
        nor its history can carry a changed text along. Raises StaleRecord or IntegrityError, and
        then has written nothing.
        """
        self._stamp(by)
        written = {*names, "version", "updated_at", "updated_by"}
        with deadlock_as_conflict(), transaction.atomic():
            self._claim(self.version if version is None else version, when or models.Q())
            self._put_back_all_but(written)
            self.save(force_update=True, update_fields=written)
        return self

    def save_submission(self, *, by, version=None, idempotency_key=None):
        """
        Write what a form sent: a change with the version it was made on, a new record with its
        idempotency key.

        Raises StaleRecord, FrozenRecord, or Duplicate when this key of this person has made a
        record already. A change without a version is stale by definition: nobody can say what it
        was a change of.
        """
        if not self._state.adding:
            return self.save_as(by=by, version=-1 if version is None else version)
        self.idempotency_key = idempotency_key
        self.refuse_duplicate(by=by, idempotency_key=idempotency_key)
        try:
            with transaction.atomic():
                return self.save_as(by=by)
        except IntegrityError:
            self.pk, self._state.adding = None, True
            self.refuse_duplicate(
                by=by, idempotency_key=idempotency_key
            )  # the other sending was quicker
            raise

    @classmethod
    def refuse_duplicate(cls, *, by, idempotency_key):
        """Raise Duplicate if this person's form with this key has made a record already."""
        if idempotency_key and (
            record := cls._base_manager.filter(
                idempotency_key=idempotency_key, created_by=by
            ).first()
        ):
            raise Duplicate(record)

    def stored(self):
        """
        Return another copy, as it is stored: what a transition checks, since it writes nothing else
        that was set on this one.
        """
        return type(self)._base_manager.get(pk=self.pk)

    def differs_from_stored(self, *names):
        """
        Return whether a save would change one of these columns (default: any that a person sees).
        """
        stored = self.stored()
        silent = {"version", "updated_at", "updated_by_id"}
        names = names or [f.attname for f in self._meta.concrete_fields if f.attname not in silent]
        return any(getattr(stored, name) != getattr(self, name) for name in names)

    def delete_as(self, *, by, version=None):
        """Delete the record on behalf of `by`, under the same two conditions as `save_as`."""
        self._history_user = by
        with transaction.atomic():
            self._claim(self.version if version is None else version)
            return self.delete()

    def why_kept(self):
        """
        Return the reason why it cannot be deleted, or "": what `delete_as` would raise, found out
        beforehand and without writing.
        """
        if self._is_frozen():
            return str(FrozenRecord(self))
        rows = references_to([self])
        return references_message(rows) if rows else ""

    def claim(self):
        """
        Take the record's next version: whoever else has read it comes second. Raises StaleRecord or
        FrozenRecord.
        """
        self._claim(self.version)

    def _stamp(self, by):
        self.updated_by, self.updated_at, self._history_user = by, timezone.now(), by

    def _is_frozen(self):
        """Return whether the stored row may not be written any more."""
        return (
            bool(self.frozen_when)
            and type(self)._base_manager.filter(self.frozen_when, pk=self.pk).exists()
        )

    def _put_back_all_but(self, names):
        """
        Set every other column of this copy to what is stored; relations that were read stay where
        they fit.
        """
        others = [
            f.attname
            for f in self._meta.concrete_fields
            if f.name not in names and not f.primary_key
        ]
        for name, value in (
            type(self)._base_manager.filter(pk=self.pk).values(*others).get().items()
        ):
            if getattr(self, name) != value:
                setattr(self, name, value)

    def _claim(self, version, when=None):
        """
        Take the next version in one UPDATE: whoever comes second finds no row to take. A frozen row
        is none, unless `when` (Q) says what it must be instead.
        """
        if not -1 <= version < LAST_VERSION:  # nobody has read such a version
            raise StaleRecord(self)
        rows = type(self)._base_manager.filter(pk=self.pk, version=version)
        if when is not None:
            rows = rows.filter(when)
        elif self.frozen_when:
            rows = rows.exclude(self.frozen_when)
        if not rows.update(version=version + 1):
            raise FrozenRecord(self) if when is None and self._is_frozen() else StaleRecord(self)
        self.version = version + 1
