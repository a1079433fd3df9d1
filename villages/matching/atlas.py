"""The places that a list may name, by their exact names."""

from collections import defaultdict
from functools import lru_cache

from villages import spelling
from villages.matching.similar import SimilarNames


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
        self._provinces = {
            spelling.province_key(name): code for code, name in self.provinces.items()
        }
        self._regencies = defaultdict(list)
        for code, name in self.regencies.items():
            kind, *names = spelling.regency_readings(name)[0]
            for key in set(names):
                self._regencies[key].append((kind, code))
        self._districts, self.district_keys = defaultdict(list), defaultdict(dict)
        for code, name in self.districts.items():
            self.district_keys[code[:5]][code] = spelling.district_keys(name)[1]
            for key in set(spelling.district_keys(name)):
                self._districts[key].append(code)
        self._district_aliases = defaultdict(set)
        for regency, key, code in district_aliases:
            if code in self.districts:
                self._district_aliases[regency, key].add(code)
        self.villages_of = defaultdict(list)
        for code in self.villages:
            self.villages_of[code[:5]].append(code)
        self._keys = {}
        self._aliases = {(regency, key): code for regency, key, code in aliases}
        self.regency_of = lru_cache(maxsize=10_000)(self._regency_of)
        self.similar = SimilarNames(self)

    # Regencies and districts --------------------------------------------------------------------
    @property
    def own_regencies(self):
        """The regencies that the list may write to: code → name."""
        return {
            code: name for code, name in self.regencies.items() if self.within in (None, code[:2])
        }

    def province_of(self, text):
        """
        Return the code of the province that a text names, "" for one that is not known; None for no
        text.
        """
        return self._provinces.get(spelling.province_key(text), "") if text else None

    def _regency_of(self, text, province_text=""):
        """
        Return the codes of the regencies that this text may name; none or several: not certain.
        """
        wanted = self.province_of(province_text) or self.within
        for kind, *names in spelling.regency_readings(text):
            for key in names:
                found = [
                    code
                    for known, code in self._regencies.get(key, ())
                    if (not kind or kind == known) and (wanted is None or code[:2] == wanted)
                ]
                if found:
                    return tuple(found)
        return ()

    def regency_titled(self, text):
        """
        Return the code of the one regency that a title names with its word, "DAFTAR DESA KABUPATEN
        BELITUNG TIMUR TAHUN 2019"; "" when it names none, or several.
        """
        words, found = spelling.plain_words(text).split(), set()
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

    def districts_named(self, text):
        """Return the codes of all districts with this name."""
        return next(
            (found for key in spelling.district_keys(text) if (found := self._districts.get(key))),
            [],
        )

    def districts_in(self, text, regency):
        """Return the codes of the districts with this name in the regency."""
        return [code for code in self.districts_named(text) if code[:5] == regency] if text else []

    def districts_elsewhere(self, text, regency):
        """
        Return the districts of this name elsewhere in the province, with which a row of the regency
        contradicts itself.
        """
        found = self.districts_named(text) if text else ()
        return [code for code in found if code[:2] == regency[:2] and code[:5] != regency]

    def districts_aliased(self, text, regency):
        """Return the codes of the districts that this name was once said to mean in the regency."""
        return (
            self._district_aliases.get((regency, spelling.district_key(text)), set())
            if text
            else set()
        )

    # Villages -----------------------------------------------------------------------------------
    def _keys_of(self, regency):
        """
        Return three dicts of this regency, from strict to lenient: key → village codes. Make them
        when they are first asked for.
        """
        if regency not in self._keys:
            tables = ({}, {}, {})
            for code in self.villages_of.get(regency, ()):
                for table, key in zip(
                    tables, self._keys_for(self.villages[code], regency), strict=True
                ):
                    table[key] = (*table.get(key, ()), code)
            self._keys[regency] = tables
        return self._keys[regency]

    @staticmethod
    def _keys_for(text, regency):
        key = spelling.plain_key(text)
        return (
            spelling.joined_key(key),
            spelling.modern_key(key),
            spelling.bare_key(key, regency[:2]),
        )

    def villages_named(self, text, regency, districts=()):
        """
        Return the villages of the regency with this name, under the strictest key that finds any;
        those in one of the `districts` (codes), where there are such: Huta Tinggi in one district,
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

    def village_aliased(self, text, regency):
        """Return the village that this name was once said to mean in the regency; "" for none."""
        code = self._aliases.get((regency, spelling.plain_key(text)), "")
        return code if code in self.villages else ""

    def is_called(self, code, text):
        """Return whether a village is written so, or was once said to be."""
        name, regency = self.villages[code], code[:5]
        if text == name:
            return True
        keys = zip(self._keys_for(text, regency), self._keys_for(name, regency), strict=True)
        return (
            any(mine == theirs for mine, theirs in keys)
            or self._aliases.get((regency, spelling.plain_key(text))) == code
        )
