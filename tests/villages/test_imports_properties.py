"""
What holds for any list: applying and undoing restores the database, twice is once, and nothing
leaves its regency.
"""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.villages.importing import applied, batch_of, row, stored
from villages.imports import batches
from villages.imports.apply import apply_batch
from villages.imports.undo import undo_batch
from villages.models import Library, Participation, Village

pytestmark = pytest.mark.django_db

TEXT = st.sampled_from(["", "Jalan Desa 1", "Pengelola", "=1+1", "\\N", "a\tb", "“é”", "x" * 151])
ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(
            [
                "Kapuk",
                "Desa KIMAK",
                "Siliu",
                "Kayu Besi",
                "Air Duren",
                "Dendang",
                "Sijuk",
                "",
                "Jumlah",
            ]
        ),
        st.sampled_from(["Bangka", "KAB. BELITUNG", "Belitung Timur", "Bangka Blt", ""]),
        district=st.sampled_from(["", "", "Bakam", "Namang", "Dendang"]),
        code=st.sampled_from(["", "", "1901062002", "19.02.04.2001", "1903012001"]),
        name=TEXT,
        address=TEXT,
        head=TEXT,
        phone=st.sampled_from(["", "81234567890", "0717-422123", "8,1E+11"]),
        year=st.sampled_from(["", "", "2019", "2020", "x"]),
    ),
    max_size=8,
)
#: Which answer each question gets: the first choice, the second, or leaving the rows out.
ANSWERS = st.lists(st.integers(0, 3), min_size=12, max_size=12)
once = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def babel():
    factories.regions()
    kapuk = factories.library(
        Village.objects.get(pk="19.01.06.2002"), head="Lama", phone="0812-0000-0000"
    )
    Participation(library=kapuk, year=2019).save_as(by=None)
    factories.library(Village.objects.get(pk="19.02.04.2001"), address="Jalan Lama")


def prepared(rows, numbers):
    """
    Save a draft whose questions are answered, as far as these numbers go; leave out what stays
    open.
    """
    batch = batch_of(*rows)
    for number in numbers:
        questions = list(batches.plan_of(batch).questions())
        if not questions:
            break
        problem = questions[0]
        choices = [
            *problem.choices,
            *(["19.01", "19.02.02.2009"] if problem.kind != "twice" else []),
            "lewati",
        ]
        batch.answers = batch.answers | {problem.key: choices[min(number, len(choices) - 1)]}
        if problem in batches.plan_of(batch).questions():
            batch.answers = batch.answers | {problem.key: "lewati"}
    return batch.save_as(by=None)


@pytest.mark.both("bulk writes and their undoing")
@once
@given(rows=ROWS, numbers=ANSWERS)
def test_apply_then_undo_restores_the_database(babel, rows, numbers):
    with transaction.atomic():
        before = stored()
        batch = prepared(rows, numbers)
        apply_batch(batch, by=None, leave_problems=True)
        undo_batch(batch, by=None)
        assert stored() == before and batch.left_count == 0
        transaction.set_rollback(True)


@pytest.mark.both("bulk writes and their undoing")
@once
@given(rows=ROWS, numbers=ANSWERS)
def test_apply_twice_equals_once(babel, rows, numbers):
    with transaction.atomic():
        batch = prepared(rows, numbers)
        apply_batch(batch, by=None, leave_problems=True)
        once_stored = stored()
        again = applied(*rows, answers=batch.answers, leave_problems=True)
        assert stored() == once_stored
        assert (again.new_count, again.changed_count) == (0, 0)
        transaction.set_rollback(True)


@once
@given(rows=ROWS, numbers=ANSWERS)
def test_what_is_written_lies_where_the_rows_say(babel, rows, numbers):
    with transaction.atomic():
        batch = prepared(rows, numbers)
        plan = apply_batch(batch, by=None, leave_problems=True)
        for one in plan.ready:
            named = plan.atlas.regency_of(one.row.regency) if one.row.regency else ()
            # Only a person may say that the district is right and the regency wrong.
            contradicts = one.how == "choice" and one.row.district
            assert len(named) != 1 or contradicts or one.code[:5] == named[0]
        for library in Library.objects.select_related("village"):
            assert library.regency_id == library.village.regency_id
        transaction.set_rollback(True)


@once
@given(rows=ROWS)
def test_a_plan_is_the_same_twice_and_writes_nothing(babel, rows):
    with transaction.atomic():
        batch, before = batch_of(*rows), stored()
        first, second = batches.plan_of(batch), batches.plan_of(batch)
        assert first.fingerprint == second.fingerprint and first.counts == second.counts
        assert sum(first.counts.values()) == len(first.rows) + len(first.skipped)
        assert stored() == before
        transaction.set_rollback(True)
