"""What a row means, by the rules of this package."""

from dataclasses import dataclass

from villages import codes, spelling


@dataclass(frozen=True, slots=True)
class WrittenPlace:
    """A place as a row writes it; what is not written is ""."""

    village: str
    district: str = ""
    regency: str = ""
    province: str = ""
    code: str = ""
    regency_code: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """
    `code`: the village, or "" for a problem. `how`: what it was found by, or what the problem is.
    `note`: what was written and not believed. `regency`: the regency it was looked for in.
    `choices`: the villages to choose from, where they are known without looking for similar names.
    """

    code: str
    how: str
    note: str = ""
    regency: str = ""
    choices: tuple[str, ...] = ()

    #: How a village is found …
    CODE, NAME, ALIAS, CHOICE = "code", "name", "alias", "choice"
    # … and why it is not. UNLISTED: the list has no such district, and the village lies in another;
    # NEARER: and it is written more like a third.
    (
        NO_VILLAGE,
        NO_REGENCY,
        UNKNOWN_REGENCY,
        UNKNOWN,
        AMBIGUOUS,
        DISTRICT,
        OUTSIDE,
        UNLISTED,
        NEARER,
    ) = (
        "no_village",
        "no_regency",
        "unknown_regency",
        "unknown",
        "ambiguous",
        "district",
        "outside",
        "unlisted",
        "nearer",
    )


def match_place(atlas, written, regency_choice="", district_choice=""):
    """
    Return the village that a row means. `regency_choice`, `district_choice`: the places that a
    person chose for it.
    """
    if regency_choice:
        named = (regency_choice,)
    else:
        named = atlas.regency_of(written.regency, written.province) if written.regency else ()
    code = codes.parse_village(written.code) if written.code else ""
    if code and _confirms(atlas, code, written, named, district_choice):
        return _within_district(atlas, (code,), Match.CODE, written, district_choice, "", code[:5])
    note = f"kode {written.code} tidak cocok dengan namanya, tidak dipakai" if written.code else ""
    if not spelling.plain_key(written.village):
        choices = (code,) if code in atlas.villages and (not named or code[:5] in named) else ()
        return Match(
            "",
            Match.NO_VILLAGE,
            note,
            regency=named[0] if len(named) == 1 else "",
            choices=choices,
        )
    if len(named) != 1:
        return _without_regency(atlas, written, named, note)
    regency = named[0]
    if atlas.within and regency[:2] != atlas.within:
        return Match("", Match.OUTSIDE, note, regency=regency)
    return _by_name(atlas, written, regency, note, district_choice)


def _confirms(atlas, code, written, named, district_choice):
    """Return whether the names written beside a code are those of its village."""
    if (
        code not in atlas.villages
        or not written.village
        or (atlas.within and code[:2] != atlas.within)
    ):
        return False
    if not atlas.is_called(code, written.village):
        return False
    if (written.regency and code[:5] not in named) or atlas.province_of(written.province) not in (
        None,
        code[:2],
    ):
        return False
    here = _here(atlas, written.district, code[:5], district_choice)
    # A district that the list does not have speaks neither for the code nor against it:
    # _within_district asks.
    return code[:8] in here if here else not atlas.districts_elsewhere(written.district, code[:5])


def _here(atlas, text, regency, choice=""):
    """
    Return the districts of the regency that a row writes, by their official name or as a person
    chose.
    """
    return [choice] if choice else atlas.districts_in(text, regency)


def _without_regency(atlas, written, named, note):
    """
    Match a row whose regency is not written, or not understood; it may still follow from a district
    that exists once.
    """
    if written.regency or written.regency_code:
        return Match("", Match.UNKNOWN_REGENCY, note, choices=named)
    wanted = atlas.province_of(written.province)
    wanted = atlas.within if wanted is None else wanted
    districts = [
        d
        for d in atlas.districts_named(written.district)
        if wanted in (None, d[:2]) and atlas.within in (None, d[:2])
    ]
    if len(districts) == 1:
        found = [
            c
            for c in atlas.villages_named(written.village, districts[0][:5], districts)
            if c[:8] == districts[0]
        ]
        if len(found) == 1:
            note = f"kabupaten/kota diketahui dari kecamatan {written.district}"
            return Match(found[0], Match.NAME, note, found[0][:5])
    return Match("", Match.NO_REGENCY, note)


def _by_name(atlas, written, regency, note, district_choice=""):
    here = _here(atlas, written.district, regency, district_choice)
    found = atlas.villages_named(
        written.village, regency, here or atlas.districts_aliased(written.district, regency)
    )
    if found:
        return _within_district(atlas, found, Match.NAME, written, district_choice, note, regency)
    alias = atlas.village_aliased(written.village, regency)
    if alias and (not here or alias[:8] in here):
        return _within_district(
            atlas, (alias,), Match.ALIAS, written, district_choice, note, regency
        )
    return Match("", Match.UNKNOWN, note, regency)


def _within_district(atlas, found, how, written, district_choice, note, regency):
    """
    Match what was `found` in the regency, if it lies in the district that the row writes; else say
    what has to be asked.
    """
    text = written.district
    here, aliased = (
        _here(atlas, text, regency, district_choice),
        atlas.districts_aliased(text, regency),
    )
    lies_there = found[0][:8] in (here or aliased)
    if here and not lies_there:
        return Match("", Match.DISTRICT, note, regency, choices=found)
    if not here and not lies_there and (elsewhere := atlas.districts_elsewhere(text, regency)):
        # The row contradicts itself: the regency is wrong, or the district. A person may choose
        # either village.
        there = [
            c
            for d in elsewhere
            for c in atlas.villages_named(written.village, d[:5], [d])
            if c[:8] == d
        ]
        return Match("", Match.DISTRICT, note, regency, choices=(*found, *there))
    if len(found) > 1:
        return Match("", Match.AMBIGUOUS, note, regency, choices=found)
    if not lies_there and spelling.district_key(text):
        return _unlisted(atlas, found[0], written, note, regency)
    if lies_there and (district_choice or not here):
        how_read = "dibaca sebagai" if district_choice else "dikenal sebagai"
        said = f"kecamatan “{text[:60]}” {how_read} {atlas.districts[found[0][:8]]}"
        note = "; ".join(filter(None, [note, said]))
    return Match(found[0], how, note, regency)


def _unlisted(atlas, code, written, note, regency):
    """
    Ask about a district that the list does not have. Where the village's own district is the
    likeliest to be meant, this is asked once for all rows that write the one and lie in the other;
    a row that may mean a namesake in another one is asked itself.
    """
    near = atlas.similar.districts(written.district, regency)
    others = [d for d, score in near.items() if d != code[:8] and score >= near.get(code[:8], 0)]
    if not others:
        return Match("", Match.UNLISTED, note, regency, choices=(code,))
    return Match(
        "",
        Match.NEARER,
        note,
        regency,
        choices=(code, *atlas.similar.villages_in(written.village, others)),
    )
