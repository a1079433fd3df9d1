"""What the page of a record says of its reminders."""

from django import template

from advocacy.cadence.reminders import reminders_of

register = template.Library()


@register.inclusion_tag("advocacy/_cadence_reminders.html", takes_context=True)
def reminders(context, record):
    """
    Draw how a record stands in the rhythm of its team, where there is something to say and the
    reader sees the team's rules.
    """
    may = context["request"].user.has_perm
    if not may("advocacy.view_cadencerule", record):
        return {"reminders": []}
    return {
        "reminders": reminders_of(record),
        "may_snooze": may("advocacy.add_cadencesnooze", record),
    }
