"""
Which village of the official list a row means: found for certain, or asked of a person. Never a
guess.

In this order: a Kemendagri code that the names beside it confirm; the name within its regency (and
district, where one is written), exact under villages.spelling and unique; a name that a person has
once said what it means (VillageAlias). All else is a problem, with the nearest names of that
regency to choose from. So is a district that the list does not have, however certain the name
beside it is, unless a person has once said what it means (DistrictAlias). Pure: no database, no
clock, no chance.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from villages import codes, spelling

#: Words that many names of a region begin with, and that lists leave out or add: "Siliu" for "Pulau
#: Seliu".
COMMON_WORDS = {
    "pulau",
    "sungai",
    "air",
    "aik",
    "tanjung",
    "batu",
    "bukit",
    "gunung",
    "kampung",
    "teluk",
    "muara",
    "ujung",
}
NEAREST = 3
#: Before a district's name, in a cell with the village's.
DISTRICT_WORDS = {"kec", "kecamatan", "distrik", "kapanewon", "kemantren"}
#: What a name loses (of 100) that is compared with the district behind it.
WHOLE = 15
#: How alike (of 100) two names of districts are that may be one, misspelt: Simpang Keramat, Simpang
#: Keuramat.
NEAR_DISTRICT = 80


@dataclass(frozen=True, slots=True)
class Written:
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


class Atlas:
    """
    The places that a list may name, with their keys. `provinces`, `regencies`, `districts`,
    `villages` are (code, name); `aliases` (regency code, plain key, village code);
    `district_aliases` (regency code, district key, district code), of which a name may have
    several; `within` the province that the list is for (None: the country).
    """

    def __init__(
        self,
        *,
        provinces,
        regencies,
        districts,
        villages,
        aliases=(),
        district_aliases=(),
        within=None,
    ):
        self.within = within
        self.provinces, self.regencies, self.districts = (
            dict(provinces),
            dict(regencies),
            dict(districts),
        )
        self.villages = dict(villages)
        self._provinces = {spelling.province(name): code for code, name in self.provinces.items()}
        self._regencies = defaultdict(list)
        for code, name in self.regencies.items():
            kind, *names = spelling.regency(name)[0]
            for key in set(names):
                self._regencies[key].append((kind, code))
        self._districts, self._district_names = defaultdict(list), defaultdict(dict)
        for code, name in self.districts.items():
            self._district_names[code[:5]][code] = spelling.district(name)[1]
            for key in set(spelling.district(name)):
                self._districts[key].append(code)
        self._district_aliases = defaultdict(set)
        for regency, key, code in district_aliases:
            if code in self.districts:
                self._district_aliases[regency, key].add(code)
        self._names = defaultdict(list)
        for code in self.villages:
            self._names[code[:5]].append(code)
        self._keys = {}
        self._aliases = {(regency, key): code for regency, key, code in aliases}
        self._choices = {}
        self.regency_of = lru_cache(maxsize=10_000)(self._regency_of)
        self.districts_near = lru_cache(maxsize=10_000)(self._districts_near)

    # Regencies and districts --------------------------------------------------------------------
    def province_of(self, text):
        """
        The province that a row writes, "" for one that is not known; None when it writes none.
        """
        return self._provinces.get(spelling.province(text), "") if text else None

    def _regency_of(self, text, province_text=""):
        """The codes of the regencies that this text may name; none or several: not certain."""
        wanted = self.province_of(province_text) or self.within
        for kind, *names in spelling.regency(text):
            for key in names:
                found = [
                    code
                    for known, code in self._regencies.get(key, ())
                    if (not kind or kind == known) and (wanted is None or code[:2] == wanted)
                ]
                if found:
                    return tuple(found)
        return ()

    def districts_named(self, text):
        """The codes of all districts with this name."""
        return next(
            (found for key in spelling.district(text) if (found := self._districts.get(key))), []
        )

    def districts_aliased(self, text, regency):
        """The codes of the districts that this name was once said to mean in the regency."""
        return (
            self._district_aliases.get((regency, spelling.district_key(text)), set())
            if text
            else set()
        )

    def _districts_near(self, text, regency):
        """
        District code → how much it is written like this name, best first, of those that are near it
        in the regency.
        """
        key, names = spelling.district(text)[1], self._district_names.get(regency, {})
        found = (
            process.extract(
                key, names, scorer=fuzz.ratio, limit=NEAREST, score_cutoff=NEAR_DISTRICT
            )
            if key
            else ()
        )
        return {code: score for _, score, code in found}

    # Villages -----------------------------------------------------------------------------------
    def _keys_of(self, regency):
        """
        Three dicts of this regency, from strict to lenient: key → village codes. Made when it is
        first asked for.
        """
        if regency not in self._keys:
            tables = ({}, {}, {})
            for code in self._names.get(regency, ()):
                for table, key in zip(
                    tables, self._keys_for(self.villages[code], regency), strict=True
                ):
                    table[key] = (*table.get(key, ()), code)
            self._keys[regency] = tables
        return self._keys[regency]

    @staticmethod
    def _keys_for(text, regency):
        key = spelling.plain(text)
        return spelling.joined(key), spelling.modern(key), spelling.bare(key, regency[:2])

    def villages_named(self, text, regency, districts=()):
        """
        The villages of the regency with this name, under the strictest key that finds any. Those in
        one of the `districts` (codes), where there are such: Huta Tinggi in one district,
        Hutatinggi in the next.
        """
        found = [
            table.get(key, ())
            for table, key in zip(
                self._keys_of(regency), self._keys_for(text, regency), strict=True
            )
        ]
        here = [tuple(code for code in codes if code[:8] in districts) for codes in found]
        return next(filter(None, [*here, *found]), ())

    def is_called(self, code, text):
        """Whether a village is written so, or was once said to be."""
        name, regency = self.villages[code], code[:5]
        if text == name:
            return True
        keys = zip(self._keys_for(text, regency), self._keys_for(name, regency), strict=True)
        return (
            any(mine == theirs for mine, theirs in keys)
            or self._aliases.get((regency, spelling.plain(text))) == code
        )

    def nearest(self, text, regency, district=""):
        """
        The three villages of the regency whose names are most like this one, best first; those of
        the district that is written, beside the name or behind it, come before others that are as
        like.
        """
        name, said, is_certain = self._apart(text, regency)
        scores = self._likeness(name, regency)
        if (
            said and not is_certain
        ):  # "Siliu Membalong": of a name that ends as a district is called
            whole = self._likeness(text, regency)
            scores |= {
                code: max(score - WHOLE, scores.get(code, 0)) for code, score in whole.items()
            }
        here = set(self.districts_named(district or said)) if district or said else set()
        order = sorted(
            scores, key=lambda c: (-scores[c] - 5 * (c[:8] in here), self.villages[c], c)
        )
        return tuple(order[:NEAREST])

    def _apart(self, text, regency):
        """
        (name, district, whether a word says so) of a cell that holds both: "Siliu, Kec. Membalong",
        "Siliu (Membalong)". Only what is left to choose from is looked up by it; no row is found
        so.
        """
        words = spelling.plain(text).split()
        for n in range(1, len(words)):
            is_certain = words[n] in DISTRICT_WORDS
            tail = " ".join(words[n + 1 :] if is_certain else words[n:])
            if tail and self._districts_in(tail, regency):
                return " ".join(words[:n]), tail, is_certain
        return text, "", False

    def nearest_in(self, text, districts):
        """
        The three villages of these districts of one regency whose names are most like this one,
        best first.
        """
        scores = self._likeness(text, districts[0][:5], within=set(districts))
        return tuple(sorted(scores, key=lambda c: (-scores[c], self.villages[c], c))[:NEAREST])

    def _likeness(self, text, regency, within=None):
        """
        Village code → how much its name is like this one (of 100), for the best of the regency or
        those districts.
        """
        if regency not in self._choices:
            names = {}
            for code in self._names.get(regency, ()):
                key = spelling.plain(self.villages[code])
                names[code, 0] = spelling.modern(key)
                if len(words := key.split()) > 1 and words[0] in COMMON_WORDS:
                    names[code, 1] = spelling.modern(" ".join(words[1:]))
            self._choices[regency] = names
        key = spelling.plain(text)
        words = key.split()
        wanted = {spelling.modern(key)}
        if len(words) > 1 and words[0] in COMMON_WORDS:
            wanted.add(spelling.modern(" ".join(words[1:])))
        names, scores = self._choices[regency], {}
        if within is not None:
            names = {place: name for place, name in names.items() if place[0][:8] in within}
        for one in sorted(wanted - {""}):
            found = process.extract(one, names, scorer=fuzz.ratio, limit=12, score_cutoff=30)
            for _, score, (code, _) in found:
                scores[code] = max(score, scores.get(code, 0))
        return scores

    # One row ------------------------------------------------------------------------------------
    def match(self, written, regency_choice="", district_choice=""):
        """
        The village that a row means. `regency_choice`, `district_choice`: the places that a person
        chose for it.
        """
        if regency_choice:
            named = (regency_choice,)
        else:
            named = self.regency_of(written.regency, written.province) if written.regency else ()
        code = codes.village(written.code) if written.code else ""
        if code and self._confirms(code, written, named, district_choice):
            return self._within_district(
                (code,), Match.CODE, written, district_choice, "", code[:5]
            )
        note = (
            f"kode {written.code} tidak cocok dengan namanya, tidak dipakai" if written.code else ""
        )
        if not spelling.plain(written.village):
            choices = (code,) if code in self.villages and (not named or code[:5] in named) else ()
            return Match(
                "",
                Match.NO_VILLAGE,
                note,
                regency=named[0] if len(named) == 1 else "",
                choices=choices,
            )
        if len(named) != 1:
            return self._without_regency(written, named, note)
        regency = named[0]
        if self.within and regency[:2] != self.within:
            return Match("", Match.OUTSIDE, note, regency=regency)
        return self._by_name(written, regency, note, district_choice)

    def _confirms(self, code, written, named, district_choice):
        """Whether the names written beside a code are those of its village."""
        if (
            code not in self.villages
            or not written.village
            or (self.within and code[:2] != self.within)
        ):
            return False
        if not self.is_called(code, written.village):
            return False
        if (written.regency and code[:5] not in named) or self.province_of(
            written.province
        ) not in (None, code[:2]):
            return False
        here = self._here(written.district, code[:5], district_choice)
        # A district that the list does not have speaks neither for the code nor against it:
        # _within_district asks.
        return code[:8] in here if here else not self._elsewhere(written.district, code[:5])

    def _here(self, text, regency, choice=""):
        """
        The districts of the regency that a row writes, by their official name or as a person chose.
        """
        return [choice] if choice else self._districts_in(text, regency)

    def _districts_in(self, text, regency):
        return [code for code in self.districts_named(text) if code[:5] == regency] if text else []

    def _elsewhere(self, district, regency):
        """
        The districts of this name elsewhere in the province, with which the row contradicts itself.
        """
        found = self.districts_named(district) if district else ()
        return [code for code in found if code[:2] == regency[:2] and code[:5] != regency]

    def _without_regency(self, written, named, note):
        """
        A regency that is not written, or not understood, may still follow from a district that
        exists once.
        """
        if written.regency or written.regency_code:
            return Match("", Match.UNKNOWN_REGENCY, note, choices=named)
        wanted = self.province_of(written.province)
        wanted = self.within if wanted is None else wanted
        districts = [
            d
            for d in self.districts_named(written.district)
            if wanted in (None, d[:2]) and self.within in (None, d[:2])
        ]
        if len(districts) == 1:
            found = [
                c
                for c in self.villages_named(written.village, districts[0][:5], districts)
                if c[:8] == districts[0]
            ]
            if len(found) == 1:
                note = f"kabupaten/kota diketahui dari kecamatan {written.district}"
                return Match(found[0], Match.NAME, note, found[0][:5])
        return Match("", Match.NO_REGENCY, note)

    def _by_name(self, written, regency, note, district_choice=""):
        here = self._here(written.district, regency, district_choice)
        found = self.villages_named(
            written.village, regency, here or self.districts_aliased(written.district, regency)
        )
        if found:
            return self._within_district(found, Match.NAME, written, district_choice, note, regency)
        alias = self._aliases.get((regency, spelling.plain(written.village)))
        if alias in self.villages and (not here or alias[:8] in here):
            return self._within_district(
                (alias,), Match.ALIAS, written, district_choice, note, regency
            )
        return Match("", Match.UNKNOWN, note, regency)

    def _within_district(self, found, how, written, district_choice, note, regency):
        """
        What was `found` in the regency, if it lies in the district that the row writes; else what
        has to be asked.
        """
        text = written.district
        here, aliased = (
            self._here(text, regency, district_choice),
            self.districts_aliased(text, regency),
        )
        lies_there = found[0][:8] in (here or aliased)
        if here and not lies_there:
            return Match("", Match.DISTRICT, note, regency, choices=found)
        if not here and not lies_there and (elsewhere := self._elsewhere(text, regency)):
            # The row contradicts itself: the regency is wrong, or the district. A person may choose
            # either village.
            there = [
                c
                for d in elsewhere
                for c in self.villages_named(written.village, d[:5], [d])
                if c[:8] == d
            ]
            return Match("", Match.DISTRICT, note, regency, choices=(*found, *there))
        if len(found) > 1:
            return Match("", Match.AMBIGUOUS, note, regency, choices=found)
        if not lies_there and spelling.district_key(text):
            return self._unlisted(found[0], written, note, regency)
        if lies_there and (district_choice or not here):
            how_read = "dibaca sebagai" if district_choice else "dikenal sebagai"
            said = f"kecamatan “{text[:60]}” {how_read} {self.districts[found[0][:8]]}"
            note = "; ".join(filter(None, [note, said]))
        return Match(found[0], how, note, regency)

    def _unlisted(self, code, written, note, regency):
        """
        The list has no such district. Where the village's own district is the likeliest to be
        meant, this is asked once for all rows that write the one and lie in the other; a row that
        may mean a namesake in another one is asked itself.
        """
        near = self.districts_near(written.district, regency)
        others = [
            d for d, score in near.items() if d != code[:8] and score >= near.get(code[:8], 0)
        ]
        if not others:
            return Match("", Match.UNLISTED, note, regency, choices=(code,))
        return Match(
            "",
            Match.NEARER,
            note,
            regency,
            choices=(code, *self.nearest_in(written.village, others)),
        )

    # Choices for a person -----------------------------------------------------------------------
    @property
    def own_regencies(self):
        """The regencies that the list may write to: code → name."""
        return {
            code: name for code, name in self.regencies.items() if self.within in (None, code[:2])
        }

    def regencies_for(self, written):
        """
        The regencies to choose from when it is not certain: the one a code names first, then those
        that have such a village or, where a regency is written, those written most alike.
        """
        mine = self.own_regencies
        said = codes.regency(written.regency_code or written.regency, mine)
        if readings := spelling.regency(written.regency):
            pool = {code: spelling.regency(name)[0][2] for code, name in mine.items()}
            alike = [
                code
                for _, _, code in process.extract(
                    readings[0][2], pool, scorer=fuzz.ratio, limit=NEAREST
                )
            ]
            alike = [*self.regency_of(written.regency, written.province), *alike]
        else:
            alike = [code for code in mine if self.villages_named(written.village, code)]
        return tuple(dict.fromkeys([*([said] if said else []), *alike]))[: NEAREST + 1]

    def regency_titled(self, text):
        """
        The one regency that a title names with its word: "DAFTAR DESA KABUPATEN BELITUNG TIMUR
        TAHUN 2019" → its code; "" when it names none, or several.
        """
        words, found = spelling.words(text).split(), set()
        for n, word in enumerate(words):
            kind = "kota" if word == "kota" else "kabupaten" if word in ("kabupaten", "kab") else ""
            readings = (
                ("".join(words[n + 1 : end]) for end in range(n + 5, n + 1, -1)) if kind else ()
            )  # the longest first
            named = (
                code
                for key in readings
                for known, code in self._regencies.get(key, ())
                if known == kind
            )
            found.add(next((code for code in named if code in self.own_regencies), ""))
        found.discard("")
        return found.pop() if len(found) == 1 else ""
