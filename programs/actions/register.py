"""Writes that span people, membership and decrees."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from programs.models import Decree, DecreeMember, Institution, Membership, Merge, Person
from sinergi.kit import bulk, dates
from sinergi.kit.models import broken_constraint
from sinergi.kit.periods import ONE_DAY
from sinergi.kit.transitions import TransitionError


class MergeRefused(Exception):
    """The two cannot be one; the message says why. Nothing was written."""


# Membership -------------------------------------------------------------------------------------
@transaction.atomic
def add_member(*, membership, newcomer=None, by, idempotency_key=None):
    """Let somebody into the team; `newcomer` is a person who is not in the register yet."""
    Membership.refuse_duplicate(by=by, idempotency_key=idempotency_key)
    if newcomer is not None:
        membership.person = newcomer.save_as(by=by)
    return membership.save_submission(by=by, idempotency_key=idempotency_key)


@transaction.atomic
def replace_member(
    *, membership, successor, reason, newcomer=None, by, version=None, idempotency_key=None
):
    """
    End a membership with the day before its successor's first, and begin that one: both, or
    neither. One that has ended already keeps its last day and its reason.

    The successor may be the same person in another office. Past attendance stays with whoever
    attended. Raises Duplicate, StaleRecord, TransitionError, or IntegrityError when the new period
    meets another one.
    """
    Membership.refuse_duplicate(by=by, idempotency_key=idempotency_key)
    if earlier := Membership.objects.filter(replaces=membership).select_related("person").first():
        raise TransitionError(f"{membership.person} sudah digantikan {earlier.person}.")
    if membership.ends_on is None:
        membership.ends_on, membership.end_reason = successor.starts_on - ONE_DAY, reason
    if successor.starts_on <= max(membership.starts_on, membership.ends_on):
        last = max(membership.starts_on, membership.ends_on)
        raise TransitionError(f"Pengganti mulai sesudah {dates.long_date(last)}.")
    membership.save_as(by=by, version=version)
    if newcomer is not None:
        successor.person = newcomer.save_as(by=by)
    successor.team, successor.replaces = membership.team, membership
    return successor.save_submission(by=by, idempotency_key=idempotency_key)


# Decrees ----------------------------------------------------------------------------------------
@transaction.atomic
def record_signature(*, decree, by, version=None, **signature):
    """
    Note down that a decree was signed: its roster is frozen as it was on `roster_on`, and the
    decree that it replaces ends the day before. Raises StaleRecord, TransitionError, or
    IntegrityError when another of its level is in force.
    """
    if decree.replaces_id and decree.state == Decree.State.SUBMITTED:
        earlier = decree.replaces
        last_day = signature["effective_from"] - ONE_DAY
        if earlier.is_binding and (
            earlier.in_force_until is None or earlier.in_force_until > last_day
        ):
            replaced_by = (
                f"Digantikan dengan Keputusan {decree.issuer} Nomor {signature['number']}."
            )
            earlier.revoke(
                by=by, last_day=last_day, reason=f"{earlier.revoke_reason} {replaced_by}".strip()
            )
    if decree.amends_id and not decree.amends.holds_on(signature["effective_from"]):
        raise TransitionError(
            f"{decree.amends} tidak berlaku pada {dates.long_date(signature['effective_from'])}."
        )
    rows = roster_of(decree)
    if not rows:
        raise TransitionError(
            f"Tidak ada anggota tim pada {dates.long_date(decree.roster_on)}; kembalikan ke"
            " penyusunan."
        )
    decree.sign(by=by, version=version, **signature)
    for row in rows:
        row.decree = decree
        row.save_new(by=by)
    return decree


def roster_of(decree):
    """
    The annex: frozen rows of a signed decree, else as it would be with today's membership on
    `roster_on`.
    """
    if decree.is_binding:
        return list(decree.members.all())
    members = decree.team.members_on(decree.roster_on)
    return [DecreeMember.of(membership, order) for order, membership in enumerate(members, 1)]


# Merging ----------------------------------------------------------------------------------------
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
    for relation in references_to(type(kept)):
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
            told = (
                constraint.violation_error_message
                if constraint
                else "Rujukan keduanya bertabrakan."
            )
            raise MergeRefused(f"Keduanya tidak dapat digabungkan. {told}") from error
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


def references_to(model):
    """
    The foreign keys of living rows that point to this model; those of history tables are no
    references.
    """
    relations = (
        field
        for field in model._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete
    )
    return [relation for relation in relations if relation.field.db_constraint]
