"""Problems in words: what is asked, what may be answered, and the rows to mend by hand."""

import re
from dataclasses import dataclass

from sinergi.kit.spreadsheets.write import write_xlsx
from villages import codes, spelling
from villages.imports.columns import LABELS
from villages.imports.problems import (
    ABOVE,
    ANSWERED_BY_REGENCY,
    ANSWERED_BY_ROW,
    CELL,
    DISTRICTS,
    KEEP,
    ONLY_SKIPPED,
    PROBLEM,
    SAME,
    SKIP,
    SWAP,
    SWAPPED,
    TWICE,
)
from villages.imports.rows import ListRow
from villages.matching import Match

#: Questions that stand for rows of different villages, or for rows of which one may be right.
OF_MANY_ROWS = {Match.UNLISTED, SWAPPED} | ANSWERED_BY_ROW

#: What people write before a district's name.
LEADING_WORD = re.compile(r"^kec(amatan|\.)?\s+", re.IGNORECASE)


@dataclass(frozen=True)
class ProblemChoice:
    value: str
    label: str
    hint: str = ""


def problem_title(problem, row, atlas):
    """Return what is wrong, in one line."""
    regency, name = atlas.regencies.get(problem.regency, ""), row.village
    written, cell = row.regency or row.regency_code, getattr(row, problem.field, "")
    several = len(problem.choices) > 1
    district = spelling.without_district_words(row.district)
    return {
        Match.NO_VILLAGE: "Nama desa kosong",
        Match.NO_REGENCY: f"Kabupaten/kota desa “{name}” tidak tertulis",
        Match.UNKNOWN_REGENCY: (
            f"Kabupaten/kota “{written}” {'dapat berarti beberapa' if several else 'tidak dikenal'}"
        ),
        Match.UNKNOWN: f"Desa “{name}” tidak ada dalam daftar wilayah {regency}",
        Match.AMBIGUOUS: f"Ada beberapa desa “{name}” di {regency}",
        Match.DISTRICT: f"Desa “{name}” tidak berada di Kecamatan {district}",
        Match.UNLISTED: f"Kecamatan “{district}” tidak ada dalam daftar wilayah {regency}",
        Match.NEARER: (
            f"Kecamatan “{district}” tidak ada dalam daftar, dan ada beberapa desa yang mungkin"
            f" dimaksud “{name}”"
        ),
        Match.OUTSIDE: f"{regency} berada di provinsi lain",
        CELL: (
            f"{LABELS.get(problem.field, '')} “{cell}” tidak dapat dipakai"
            if cell
            else "Tahun program tidak tertulis"
        ),
        TWICE: f"Desa “{name}” ditulis lebih dari sekali dengan isi yang berbeda",
        DISTRICTS: f"Desa “{name}” ditulis lebih dari sekali dengan kecamatan yang berbeda",
        SWAPPED: "Kolom desa dan kolom kecamatan tampaknya tertukar",
    }[problem.kind]


def problem_hint(problem, row, atlas, count=0):
    """
    Return the line above the choices. `count`: the rows of the question, where it is asked for all
    of them.
    """
    if problem.kind == CELL:
        return problem.message
    if problem.kind == TWICE:
        return "Baris mana yang dipakai?" + _not_offered(problem)
    if problem.kind == DISTRICTS:
        return "Satu desa berada di satu kecamatan. Baris mana yang benar?" + _not_offered(problem)
    if problem.kind == SWAPPED:
        return (
            "Nama kecamatan terbaca di kolom desa, dan sebaliknya. Pilihannya berlaku untuk semua"
            " baris:"
        )
    if problem.kind == Match.UNLISTED:
        own = atlas.districts[problem.choices[0]]
        where = f"{count} desa pada baris ini ada" if count > 1 else "Desanya ada"
        return (
            f"{where} di Kecamatan {own}. Terima, atau pilih kecamatan lain; pilihannya diingat"
            " untuk daftar berikutnya:"
        )
    if problem.kind == Match.NEARER:
        return "Pilih desanya; pilihannya hanya untuk baris ini:"
    if problem.kind == Match.UNKNOWN_REGENCY:
        return "Pilihannya berlaku untuk semua baris dengan tulisan ini. Mungkin maksudnya:"
    if problem.kind == Match.OUTSIDE:
        return "Impor ini hanya untuk satu provinsi."
    if problem.kind == Match.DISTRICT:
        here = [c for c in problem.choices if c[:5] == problem.regency]
        where = sorted({atlas.districts[c[:8]] for c in here if c[:8] in atlas.districts})
        return (
            f"Daftar wilayah menempatkannya di Kecamatan {' dan '.join(where)}. Pilih salah satu:"
        )
    if problem.kind == Match.UNKNOWN or (problem.kind == Match.NO_REGENCY and row.district):
        return "Mungkin maksudnya:"
    return "Pilih salah satu:"


def problem_choices(problem, row, atlas):
    """Return what may be answered, best first; leaving the row out always may."""
    choices = []
    if problem.kind == TWICE:
        choices = [
            ProblemChoice(number, f"Pakai baris {label}")
            for number, label in zip(problem.choices, problem.labels, strict=True)
        ]
    elif problem.kind == DISTRICTS:
        several = [
            ProblemChoice(number, f"Pakai baris {label}", "baris dengan kecamatan lain dikeluarkan")
            for number, label in zip(problem.choices, problem.labels, strict=True)
        ]
        choices = [ProblemChoice(SAME, "Semua baris ini desa yang sama"), *several]
    elif problem.kind == SWAPPED:
        choices = [
            ProblemChoice(SWAP, "Tukar: kolom kecamatan berisi desa, kolom desa berisi kecamatan"),
            ProblemChoice(KEEP, "Biarkan seperti tertulis"),
        ]
    elif problem.kind == Match.UNLISTED:
        own, *others = problem.choices
        choices = [ProblemChoice(own, f"Terima: Kecamatan {atlas.districts[own]}", f"kode {own}")]
        choices += [
            ProblemChoice(code, f"Kecamatan {atlas.districts[code]}", f"kode {code}")
            for code in others
        ]
    elif problem.kind in ANSWERED_BY_REGENCY:
        codes = dict.fromkeys([*problem.choices, *atlas.similar.regencies(row.written)])
        choices = [ProblemChoice(code, atlas.regencies[code], f"kode {code}") for code in codes]
    elif problem.kind not in {CELL} | ONLY_SKIPPED:
        choices = [_village(code, atlas) for code in _villages(problem, row, atlas)]
    if problem.above:
        choices.insert(
            0, ProblemChoice(ABOVE, "Sama seperti baris di atasnya", atlas.regencies[problem.above])
        )
    rows = "semua baris ini" if problem.kind in OF_MANY_ROWS else "baris ini"
    return [*choices, ProblemChoice(SKIP, f"Keluarkan {rows}", "tidak ikut diimpor")]


def _not_offered(problem):
    return (
        f" {problem.more} baris lain tidak ditawarkan; betulkan daftarnya bila itu yang dimaksud."
        if problem.more
        else ""
    )


def _villages(problem, row, atlas):
    if problem.choices:
        return problem.choices
    if problem.kind == Match.NO_REGENCY:
        regencies = atlas.similar.regencies(row.written)
        named = [
            code for regency in regencies for code in atlas.villages_named(row.village, regency)
        ]
        return named[:4] or _nearest_in_district(row, atlas)
    return (
        atlas.similar.villages(row.village, problem.regency, row.district)
        if problem.regency
        else []
    )


def _nearest_in_district(row, atlas):
    """
    Return, for a row without a regency, the nearest names in that of the district it writes, if
    only one has such a district.
    """
    regencies = (
        {code[:5] for code in atlas.districts_named(row.district)} & set(atlas.own_regencies)
        if row.district
        else ()
    )
    return (
        atlas.similar.villages(row.village, *regencies, row.district) if len(regencies) == 1 else []
    )


def _village(code, atlas):
    district, regency = atlas.districts.get(code[:8], ""), atlas.regencies.get(code[:5], "")
    return ProblemChoice(
        code, atlas.villages[code], f"Kec. {district}, {regency.removeprefix('Kabupaten ')}, {code}"
    )


def takes_other(problem):
    """Return whether a place that is not among the choices may be named."""
    return problem.kind not in {CELL, SWAPPED} | ANSWERED_BY_ROW | ONLY_SKIPPED


def place_named(text, problem, atlas):
    """
    Return the village, or for a question about the regency or the district that, which a person
    wrote instead of choosing: a code, or a name that is unique where the row may lie; as (code, "")
    or ("", what is wrong).
    """
    regency, text = atlas.regencies.get(problem.regency, ""), codes.parse_village(text) or text
    if problem.kind in ANSWERED_BY_REGENCY:
        text = text[:5] if text in atlas.villages else text
        found = (
            [text]
            if text in atlas.own_regencies
            else [c for c in atlas.regency_of(text) if c in atlas.own_regencies]
        )
        what, where = "kabupaten/kota", "daftar wilayah"
    elif problem.kind == Match.UNLISTED:
        text = codes.parse_district(text) or LEADING_WORD.sub("", text)
        named = [text] if text in atlas.districts else atlas.districts_named(text)
        found = [code for code in named if code[:5] == problem.regency]
        what, where = "kecamatan", regency
    else:
        found = [text] if text in atlas.villages else _named_in(text, problem, atlas)
        what, where = "desa", regency or "daftar wilayah"
    if len(found) != 1:
        return (
            "",
            (
                f"{'Ada beberapa' if found else 'Tidak ada'} {what} “{text}” di {where}. Tulis kode"
                " Kemendagrinya."
            ),
        )
    if problem.regency and found[0][:5] != problem.regency and found[0] not in problem.choices:
        return "", f"Desa itu tidak berada di {regency}."
    return found[0], ""


def _named_in(text, problem, atlas):
    regencies = [problem.regency] if problem.regency else atlas.own_regencies
    return [code for regency in regencies for code in atlas.villages_named(text, regency)]


def problem_reason(one, plan):
    """
    Return a problem in one sentence, with the nearest names, for a list that is mended by hand.
    """
    problem, atlas = one.problem, plan.atlas
    title = problem_title(problem, one.row, atlas)
    if problem.kind == CELL:
        return f"{title}. {problem.message}"
    near = [
        choice.label
        for choice in problem_choices(problem, one.row, atlas)
        if choice.value not in (SKIP, ABOVE)
    ]
    return (
        f"{title}. {problem_hint(problem, one.row, atlas).rstrip(':')}: {', '.join(near)}."
        if near
        else f"{title}."
    )


def problem_sheet(plan, layout):
    """Return the rows that are open, as xlsx with a reason, ready to be mended and sent again."""
    open_rows = plan.of(PROBLEM)
    fields = [
        field
        for field in ListRow._fields[1:]
        if field in layout.fields.values() or any(getattr(one.row, field) for one in open_rows)
    ]
    head = ["Baris", *(LABELS[field] for field in fields), "Alasan"]
    rows = (
        [
            plan.label_of(one.number) if plan.tables else one.number,
            *(getattr(one.row, field) for field in fields),
            problem_reason(one, plan),
        ]
        for one in open_rows
    )
    return write_xlsx(head, rows, title="Bermasalah")
