"""
Whatever is filled in, in whichever order of rows and columns: what can be read is a change of that
very library, what cannot is named at its cell, and nothing else is either.
"""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.villages.reporting import (
    CODES,
    HEADER,
    LAST,
    FilledSheet,
    handed_out,
    problems,
    regency,
    regency_with_reports,
)
from villages.imports.report_plan import plan_reports, standings
from villages.reports.fields import FIELDS

pytestmark = pytest.mark.django_db

#: What is written → the figure it means, or None for what is no figure.
WRITTEN = {
    0: 0,
    7: 7,
    "3": 3,
    "1.250": 1250,
    "1 250": 1250,
    "-": None,
    "tidak tahu": None,
    "nihil": None,
    "1.2": None,
    "=1+1": None,
    1.5: None,
    -1: None,
    "banyak": None,
    10**14: None,
}
OPEN = ["empty", "draft", "returned", "other"]
#: Of which no figure above is too many.
KEYS = [field.key for field in FIELDS if field.most > 1250 and not field.is_money]
CELLS = st.dictionaries(
    st.tuples(st.sampled_from(OPEN), st.sampled_from(KEYS)),
    st.sampled_from(list(WRITTEN)),
    max_size=12,
)


@pytest.fixture(scope="class")
def data(shared_world):
    officer = factories.user("regency_officer", regency_code="19.01")
    regency_with_reports(officer, factories.user("secretariat"))
    return handed_out()


def shuffle(sheet, chance):
    """Put rows and columns in another order; return {old address: new address}."""
    page, first, last = sheet.page, HEADER, HEADER + len(CODES)
    rows, columns = list(range(first + 1, last + 1)), list(range(1, page.max_column + 1))
    new_rows = [first, *chance.sample(rows, len(rows))]
    new_columns = chance.sample(columns, len(columns))
    moved, values = {}, {}
    for row, new_row in zip([first, *rows], new_rows, strict=True):
        for column, new_column in zip(columns, new_columns, strict=True):
            old, new = page.cell(row, column), page.cell(new_row, new_column)
            moved[old.coordinate], values[new.coordinate] = new.coordinate, old.value
    for address, value in values.items():
        page[address].value = value
    return moved


class TestWhateverIsFilledIn:
    @given(cells=CELLS, seed=st.integers(0, 2**32))
    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_it_is_that_librarys_or_named_at_its_cell(self, data, cells, seed):
        sheet = FilledSheet(data)
        addresses = {place: sheet.put(*place, written) for place, written in cells.items()}
        moved = shuffle(sheet, random.Random(seed))
        _, table = sheet.table()
        plan = plan_reports(table, regency(), LAST)
        wrong = {moved[addresses[place]] for place in cells if WRITTEN[cells[place]] is None}
        assert set(problems(plan)) == wrong
        known = standings(regency(), LAST)
        expected = {}
        for (state, key), written in cells.items():
            old, new = known[CODES[state]].figures.get(key), WRITTEN[written]
            if new is not None and new != old:
                expected.setdefault(CODES[state], {})[key] = new
        found = {one.standing.library.village_id: one.written for one in plan.rows if one.changes}
        assert found == expected
