"""
A village on several rows of a list: rows that are one, and those that a person has to choose from.
"""

import hashlib
from collections import defaultdict

from villages import spelling
from villages.imports.problems import DISTRICTS, OFFERED, SAME, TWICE, Problem


def settle_repeats(planned, resolver, atlas):
    """
    Settle the villages that the list names more than once. Rows that say the same, or complete each
    other, are one; where they contradict each other, or write different districts, a person
    chooses.
    """
    by_code = defaultdict(list)
    for one in planned:
        if not one.outcome:
            by_code[one.code].append(one)
    for code, group in by_code.items():
        if len(group) > 1 and (group := _of_one_district(code, group, resolver, atlas)):
            _settle(code, group, resolver)


def _of_one_district(code, group, resolver, atlas):
    """
    Return the rows that are this village: all of them where they write one district, or a person
    says that they are one; else those that write the chosen one, or none. Nothing while it is not
    chosen.
    """
    firsts = {}
    for one in group:
        if district := _district_of(one, code, atlas):
            firsts.setdefault(district, str(one.number))
    if len(firsts) < 2:
        return group
    problem = _problem(DISTRICTS, "kembar", code, group, tuple(firsts.values()), resolver)
    accepted = {SAME, *firsts.values()}
    answers = [resolver.resolve(problem, one, accepted.__contains__) for one in group]
    if answers[0] in (None, SAME):
        return group if answers[0] else []
    meant = next(district for district, number in firsts.items() if number == answers[0])
    staying = []
    for one in group:
        if _district_of(one, code, atlas) in ("", meant):
            staying.append(one)
        else:
            one.skip(f"kecamatannya lain dari baris {resolver.label_of(answers[0])} yang dipakai")
    return staying


def _district_of(one, code, atlas):
    """Return the district that a row writes, in one form for all writings of the official name."""
    return (
        code[:8]
        if code[:8] in atlas.districts_named(one.row.district)
        else spelling.district_key(one.row.district)
    )


def _problem(kind, word, code, group, numbers, resolver):
    """
    Return a question over many rows: its key is short however many they are, and so are the rows
    that it offers.
    """
    digest = hashlib.sha256(",".join(str(one.number) for one in group).encode()).hexdigest()[:16]
    offered, more = numbers[:OFFERED], max(0, len(numbers) - OFFERED)
    labels = tuple(map(resolver.label_of, offered))
    return Problem(f"{word}|{code}|{digest}", kind, code[:5], offered, labels=labels, more=more)


def _settle(code, group, resolver):
    said = defaultdict(set)
    for one in group:
        for name, value in one.values.items():
            said[name].add(value)
    if any(len(values) > 1 for values in said.values()):
        rows = {str(one.number): one for one in group}
        problem = _problem(TWICE, "ganda", code, group, tuple(rows), resolver)
        answers = [resolver.resolve(problem, one, rows.__contains__) for one in group]
        chosen = rows.get(answers[0])
        if chosen is None:
            return
        for one in group:
            one.values = one.values if one is chosen else {}
        group = [chosen, *(one for one in group if one is not chosen)]
    first, years, values = group[0], {group[0].year}, {}
    for one in group:
        values |= one.values
        one.values = {}
        if one is not first and one.year in years:
            one.skip(f"baris {resolver.label_of(first.number)} yang dipakai")
        years.add(one.year)
    # What they say belongs to the library, which the earliest of them makes.
    min((one for one in group if not one.outcome), key=lambda one: one.number).values = values
