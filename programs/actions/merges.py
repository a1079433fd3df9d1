"""Putting together two people or institutions that are one."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from programs.models import Institution, Merge, Person
from sinergi.kit import bulk
from sinergi.kit.database_errors import broken_constraint


class MergeRefused(Exception):
    """The two cannot be one; the message says why. Nothing was written."""


@transaction.atomic
def merge_into(*, kept, removed, by, version=None):
    """
    Move every reference from `removed` to `kept`, take `removed` away, and note down the merge.

    References are found through the models, whatever floor they are on. Two that stood in one
    meeting, or in the team at one time, or have an account each, are two people: MergeRefused.
    Raises StaleRecord if one of them changed or went meanwhile.
    """
    if (
        type(kept) is not type(removed)
        or kept.pk == removed.pk
        or kept.province_id != removed.province_id
    ):
        raise MergeRefused("Pilih dua data yang berbeda dari provinsi yang sama.")
    if version is not None:
        removed.version = version
    for record in sorted([kept, removed], key=lambda record: record.pk):
        record.claim()  # in one order, so that two merges never wait for each other
    if getattr(removed, "user_id", None):
        if kept.user_id:
            raise MergeRefused("Keduanya mempunyai akun. Lepaskan dulu akun salah satunya.")
        account, removed.user = removed.user, None
        removed.save_as(by=by)
        kept.user = account
        kept.save_as(by=by)
    moved = {}
    for relation in foreign_keys_to(type(kept)):
        rows = relation.related_model._base_manager.filter(**{relation.field.name: removed})
        keys = list(rows.values_list("pk", flat=True))
        if not keys:
            continue
        try:
            with transaction.atomic():
                # Past the freeze of minutes and decrees, on purpose: what they say stays, only the
                # link behind it moves.
                stamps = {
                    "version": F("version") + 1,
                    "updated_at": timezone.now(),
                    "updated_by": by,
                }
                rows.update(**{relation.field.name: kept} | stamps)
        except IntegrityError as error:
            constraint = broken_constraint(error, relation.related_model)
            message = (
                constraint.violation_error_message
                if constraint
                else "Rujukan keduanya bertabrakan."
            )
            raise MergeRefused(f"Keduanya tidak dapat digabungkan. {message}") from error
        bulk.keep_history(relation.related_model._base_manager.filter(pk__in=keys), "~", by=by)
        label = str(relation.related_model._meta.verbose_name)
        moved[label] = moved.get(label, 0) + len(keys)
    fillable = [
        "institution_id",
        "position",
        "phone",
        "email",
        "abbreviation",
        "address",
        "regency_id",
    ]
    if isinstance(kept, Institution) and kept.is_government:
        fillable.append("affair")  # of government alone
    filled = [
        name
        for name in fillable
        if hasattr(kept, name) and not getattr(kept, name) and getattr(removed, name)
    ]
    for name in filled:
        setattr(kept, name, getattr(removed, name))
    if filled:
        kept.save_as(by=by)
    record = Merge(
        province_id=kept.province_id,
        removed_id=removed.pk,
        removed_name=removed.name,
        moved=moved,
        **{"person" if isinstance(kept, Person) else "institution": kept},
    )
    removed.delete_as(by=by)
    return record.save_as(by=by)


def foreign_keys_to(model):
    """
    Return the foreign keys of living rows that point to this model, without those of history
    tables.
    """
    relations = (
        field
        for field in model._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete
    )
    return [relation for relation in relations if relation.field.db_constraint]
