"""
Whatever the district column holds, nobody's library is written into another district without a
person's word for it.
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.villages.test_imports_matching import atlas
from villages import gazetteer, spelling
from villages.imports.plan import make_plan
from villages.imports.problems import SKIP
from villages.imports.rows import ListRow
from villages.matching import Match

REGENCY, OTHER = "11.08", "11.11"
PLACES = [
    place
    for place in gazetteer.list_places("11")
    if place.level < 3 or place.code[:5] in (REGENCY, OTHER)
]
NAMES = {level: [(p.code, p.name) for p in PLACES if p.level == level] for level in (3, 4)}
DISTRICTS = [code for code, _ in NAMES[3] if code.startswith(REGENCY)]


@st.composite
def misspelt(draw, names):
    """Leave out, double or replace one letter of a name."""
    name = draw(names)
    at = draw(st.integers(0, len(name) - 1))
    return name[:at] + draw(st.sampled_from(["", name[at] * 2, "a", "eu", " "])) + name[at + 1 :]


DISTRICT_NAMES = st.sampled_from([name for _, name in NAMES[3]])
VILLAGE_NAMES = st.sampled_from([name for _, name in NAMES[4]])
WRITTEN_DISTRICTS = st.one_of(
    st.just(""),
    DISTRICT_NAMES,
    DISTRICT_NAMES.map("KEC. {}".format),
    misspelt(DISTRICT_NAMES),
    VILLAGE_NAMES,
    st.text(max_size=12),
)
#: A village as the list has it, misspelt, or the end of its name left out ("Meunasah Dayah SPK").
WRITTEN_VILLAGES = st.one_of(
    VILLAGE_NAMES, misspelt(VILLAGE_NAMES), VILLAGE_NAMES.map(lambda name: name.rpartition(" ")[0])
)
ROWS = st.lists(
    st.builds(
        ListRow,
        number=st.just(0),
        regency=st.sampled_from(["Aceh Utara", "Kab. Aceh Utara", "Bireuen", ""]),
        district=WRITTEN_DISTRICTS,
        village=WRITTEN_VILLAGES,
        code=st.one_of(st.just(""), st.sampled_from([code for code, _ in NAMES[4]])),
    ),
    min_size=1,
    max_size=6,
)
#: A village's own name and code beside any district: rows that are certain but for the district.
CERTAIN = st.lists(
    st.builds(
        lambda place, district, with_code: ListRow(
            0,
            regency="Aceh Utara",
            district=district,
            village=place[1],
            code=place[0] if with_code else "",
        ),
        st.sampled_from([place for place in NAMES[4] if place[0].startswith(REGENCY)]),
        WRITTEN_DISTRICTS,
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)
ALIASES = st.lists(
    st.tuples(WRITTEN_DISTRICTS.map(spelling.district_key), st.sampled_from(DISTRICTS)), max_size=3
)
VILLAGE_ALIASES = st.lists(
    st.tuples(
        WRITTEN_VILLAGES.map(spelling.plain_key),
        st.sampled_from([code for code, _ in NAMES[4] if code.startswith(REGENCY)]),
    ),
    max_size=3,
)


def places_with(aliases, village_aliases):
    return atlas(
        "11",
        places=PLACES,
        aliases=[(REGENCY, key, code) for key, code in village_aliases],
        district_aliases=[(REGENCY, key, code) for key, code in aliases],
    )


def planned(rows, places, answers):
    rows = [row._replace(number=number) for number, row in enumerate(rows, 2)]
    return make_plan(
        rows, [], atlas=places, libraries={}, participations=set(), answers=answers, year=2019
    )


def vouched(one, made, aliases):
    """
    Whether the row, an alias or an answer says that the village lies in the district that is
    written.
    """
    own, key = one.code[:8], spelling.district_key(one.row.district)
    if (
        not key
        or own in made.atlas.districts_named(one.row.district)
        or (one.code[:5] == REGENCY and (key, own) in aliases)
    ):
        return True
    answered = [
        made.answers[problem]
        for problem, rows in made.settled.items()
        if any(one is other for other in rows)
    ]
    return own in answered or (one.how == Match.CHOICE and one.code in answered)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.one_of(ROWS, CERTAIN),
    aliases=ALIASES,
    village_aliases=VILLAGE_ALIASES,
    choices=st.lists(st.integers(0, 3), max_size=8),
)
def test_no_row_is_written_into_another_district_unsaid(rows, aliases, village_aliases, choices):
    places, answers = places_with(aliases, village_aliases), {}
    made = planned(rows, places, answers)
    assert all(vouched(one, made, aliases) for one in made.found), "nothing has been answered yet"
    for choice in choices:
        if not (questions := list(made.questions())):
            break
        problem = questions[0]
        offered = [*problem.choices, SKIP]
        answers = answers | {problem.key: offered[min(choice, len(offered) - 1)]}
        made = planned(rows, places, answers)
        assert all(vouched(one, made, aliases) for one in made.found)


@settings(max_examples=100, deadline=None)
@given(rows=st.one_of(ROWS, CERTAIN), aliases=ALIASES)
def test_rows_of_two_districts_never_become_one_village_unsaid(rows, aliases):
    places = places_with(aliases, [])
    made = planned(rows, places, {})
    by_code = {}
    for one in made.rows:
        if one.code and one.problem is None and one.row.district:
            own = one.code[:8] in places.districts_named(one.row.district)
            by_code.setdefault(one.code, set()).add(
                one.code[:8] if own else spelling.district_key(one.row.district)
            )
    assert all(len(districts - {""}) < 2 for districts in by_code.values())
