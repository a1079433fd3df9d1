"""Names that are written alike, for a person to choose from; no row is found by them."""

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


class SimilarNames:
    """The regencies, districts and villages of an Atlas whose names are like a written one."""

    def __init__(self, atlas):
        self.atlas, self._names = atlas, {}
        self.districts = lru_cache(maxsize=10_000)(self._districts)

    def regencies(self, written):
        """
        Return the regencies to choose from when it is not certain: the one a code names first, then
        those that have such a village or, where a regency is written, those written most alike.
        """
        mine = self.atlas.own_regencies
        said = codes.parse_regency(written.regency_code or written.regency, mine)
        if readings := spelling.regency_readings(written.regency):
            pool = {code: spelling.regency_readings(name)[0][2] for code, name in mine.items()}
            alike = [
                code
                for _, _, code in process.extract(
                    readings[0][2], pool, scorer=fuzz.ratio, limit=NEAREST
                )
            ]
            alike = [*self.atlas.regency_of(written.regency, written.province), *alike]
        else:
            alike = [code for code in mine if self.atlas.villages_named(written.village, code)]
        return tuple(dict.fromkeys([*([said] if said else []), *alike]))[: NEAREST + 1]

    def _districts(self, text, regency):
        """
        Return district code → how much it is written like this name (of 100), best first, of those
        that are near it in the regency.
        """
        key, names = spelling.district_keys(text)[1], self.atlas.district_keys.get(regency, {})
        found = (
            process.extract(
                key, names, scorer=fuzz.ratio, limit=NEAREST, score_cutoff=NEAR_DISTRICT
            )
            if key
            else ()
        )
        return {code: score for _, score, code in found}

    def villages(self, text, regency, district=""):
        """
        Return the three villages of the regency whose names are most like this one, best first;
        those of the district that is written, beside the name or behind it, come before others that
        are as like.
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
        here = set(self.atlas.districts_named(district or said)) if district or said else set()
        order = sorted(
            scores, key=lambda c: (-scores[c] - 5 * (c[:8] in here), self.atlas.villages[c], c)
        )
        return tuple(order[:NEAREST])

    def villages_in(self, text, districts):
        """
        Return the three villages of these districts of one regency whose names are most like this
        one, best first.
        """
        scores = self._likeness(text, districts[0][:5], within=set(districts))
        return tuple(
            sorted(scores, key=lambda c: (-scores[c], self.atlas.villages[c], c))[:NEAREST]
        )

    def _apart(self, text, regency):
        """
        Return (name, district, whether a word says so) of a cell that holds both: "Siliu, Kec.
        Membalong", "Siliu (Membalong)". Only what is left to choose from is looked up by it; no row
        is found so.
        """
        words = spelling.plain_key(text).split()
        for n in range(1, len(words)):
            is_certain = words[n] in DISTRICT_WORDS
            tail = " ".join(words[n + 1 :] if is_certain else words[n:])
            if tail and self.atlas.districts_in(tail, regency):
                return " ".join(words[:n]), tail, is_certain
        return text, "", False

    def _likeness(self, text, regency, within=None):
        """
        Return village code → how much its name is like this one (of 100), for the best of the
        regency or of the districts `within`.
        """
        if regency not in self._names:
            names = {}
            for code in self.atlas.villages_of.get(regency, ()):
                key = spelling.plain_key(self.atlas.villages[code])
                names[code, 0] = spelling.modern_key(key)
                if len(words := key.split()) > 1 and words[0] in COMMON_WORDS:
                    names[code, 1] = spelling.modern_key(" ".join(words[1:]))
            self._names[regency] = names
        key = spelling.plain_key(text)
        words = key.split()
        wanted = {spelling.modern_key(key)}
        if len(words) > 1 and words[0] in COMMON_WORDS:
            wanted.add(spelling.modern_key(" ".join(words[1:])))
        names, scores = self._names[regency], {}
        if within is not None:
            names = {place: name for place, name in names.items() if place[0][:8] in within}
        for one in sorted(wanted - {""}):
            found = process.extract(one, names, scorer=fuzz.ratio, limit=12, score_cutoff=30)
            for _, score, (code, _) in found:
                scores[code] = max(score, scores.get(code, 0))
        return scores
