"""Writes of Word templates that concern more than one."""

from django.db import transaction

from programs.models import WordTemplate


@transaction.atomic
def use_template(*, template, by, version=None):
    """
    Put this template in use in the place of the one before. Raises StaleRecord, TransitionError or
    IntegrityError when somebody else was quicker.
    """
    rows = WordTemplate.objects.filter(team=template.team_id).for_document(template.document)
    if before := rows.in_use().exclude(pk=template.pk).first():
        before.withdraw(by=by)
    return template.use(by=by, version=version)
