"""What forms offer to choose from: institutions, people and villages, a few and a search."""

from programs.models import Person
from sinergi.kit.text import parse_number
from villages.models import Library, Village

#: A list to choose from holds no more; who is not in it is looked for by name.
FEW = 150


def named_choices(rows, *, words="", chosen=None, fill=False):
    """
    Return ([(key, label)], whether there are more): the first rows by name of those with these
    words, and the one chosen.

    `fill`: after those with the words come the others, as far as there is room.
    """
    ordered = rows.to_choose().order_by("name", "pk")
    listed = list((ordered.filter(name__icontains=words) if words else ordered)[: FEW + 1])
    if fill and words and len(listed) <= FEW:
        listed += list(ordered.exclude(pk__in=[key for key, *_ in listed])[: FEW + 1 - len(listed)])
    has_more, listed = len(listed) > FEW or bool(words), listed[:FEW]
    wanted = parse_number(getattr(chosen, "pk", chosen))
    if wanted and wanted not in {key for key, *_ in listed}:
        listed = [*ordered.filter(pk=wanted), *listed]
    return [(key, choice_label(name, where)) for key, name, where in listed], has_more


def person_choices(team, *, words="", chosen=None):
    """
    Return ([(group, [(key, label)])], whether there are more): today's members of the team, then
    others of its province.
    """
    seats = list(
        team.memberships.on(team.today).in_order_of_role().values_list("person", flat=True)
    )
    names = {
        key: choice_label(name, where)
        for key, name, where in Person.objects.filter(pk__in=seats).to_choose()
    }
    members = {key: names[key] for key in seats}
    people = Person.objects.filter(province=team.province_id)
    listed, has_more = named_choices(people, words=words, chosen=chosen, fill=True)
    groups = [
        ("Anggota tim", list(members.items())),
        ("Lainnya", [(pk, label) for pk, label in listed if pk not in members]),
    ]
    return [group for group in groups if group[1]], has_more


def village_choices(province, *, regency=None, words="", chosen=()):
    """
    Return ([(regency, [(key, label)])], whether there are more): villages with a library, of those
    with these words, and the chosen ones.
    """
    rows = Library.objects.village().filter(
        **{"regency": regency} if regency else {"province": province}
    )
    # Said of the village, too: by it the database finds the few of the place, instead of going
    # through the country's.
    rows = rows.filter(
        **{"village__regency": regency} if regency else {"village__province": province}
    )
    rows = rows.filter(village__name__icontains=words) if words else rows
    shown = rows.select_related("village", "regency").only(
        "village__name", "village__kind", "regency__name"
    )
    listed = list(shown.order_by("regency", "village__name")[: FEW + 1])
    has_more, listed = len(listed) > FEW or bool(words), listed[:FEW]
    rows = [(row.regency.name, row.village) for row in listed]
    left = {str(key) for key in chosen if "\x00" not in str(key)} - {
        village.pk for _, village in rows
    }
    if left:  # not looked for, or its library is gone
        rows += [
            (village.regency.name, village)
            for village in Village.objects.filter(province=province, pk__in=left).select_related(
                "regency"
            )
        ]
    groups = {}
    for regency_name, village in rows:
        groups.setdefault(regency_name, []).append((village.pk, village.place_name))
    return list(groups.items()), has_more


def choice_label(name, where):
    """Return what a list of choices calls a person or an institution."""
    return f"{name} · {where}" if where else name


def choice_label_of(row):
    return choice_label(row.name, getattr(row, "institution", None) or row.regency)
