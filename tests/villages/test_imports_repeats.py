"""One village on very many rows: what it costs does not grow with the square of them."""

import pytest

from tests import factories
from tests.villages.importing import batch_of, outcomes, plan, row
from villages.imports import batches, questions
from villages.imports.problems import OFFERED
from villages.imports.wording import problem_reason

pytestmark = [pytest.mark.django_db, pytest.mark.both("thousands of rows in one query")]
MANY = 600


@pytest.fixture(autouse=True)
def babel():
    factories.regions()


@pytest.fixture
def rows():
    return [row("Kapuk", address=f"Jalan Desa {n}") for n in range(MANY)]


def test_a_question_offers_some_rows_and_counts_the_others(rows):
    ((problem, asked),) = plan(*rows).questions().items()
    assert len(asked) == MANY and len(problem.choices) == OFFERED and problem.more == MANY - OFFERED
    assert len(problem.key) < 60, "it is kept with the answers, and looked up for each row"


def test_its_choices_are_built_once_however_often_they_are_read(rows, monkeypatch):
    calls, build = [], questions.problem_choices
    monkeypatch.setattr(questions, "problem_choices", lambda *args: calls.append(1) or build(*args))
    (question,), _ = questions.questions_of(plan(*rows))
    marked = [choice for choice in question.choices if choice.value == question.checked]
    assert not marked and len(calls) == 1 and len(question.choices) == OFFERED + 1


def test_the_page_shows_no_more(rows, sign_in, client):
    batch = batch_of(*rows, by=sign_in("administrator"))
    page = client.get(batch.get_absolute_url()).content.decode()
    assert (
        page.count("Pakai baris") == OFFERED
        and f"{MANY - OFFERED} baris lain tidak ditawarkan" in page
    )


def test_looking_a_question_up_does_not_read_its_choices(rows):
    """Each of its rows looks it up: what that costs may not depend on how many rows there are."""
    made = plan(*rows)
    ((problem, _),) = made.questions().items()

    class Unread(tuple):
        def __hash__(self):
            raise AssertionError("the choices are hashed with every row")

    object.__setattr__(problem, "choices", Unread(problem.choices))
    assert hash(problem) and len(problem_reason(made.rows[-1], made)) < 1000


def test_an_answer_is_taken_for_all_of_them(rows):
    (problem,) = plan(*rows).questions()
    made = plan(*rows, answers={problem.key: "3"})
    assert outcomes(made)[1] == (3, "new") and made.counts["skipped"] == MANY - 1
    assert outcomes(plan(*rows, answers={problem.key: "99999"}))[0] == (2, "problem")


def test_another_row_is_another_question(rows):
    (problem,) = plan(*rows).questions()
    assert (
        batches.plan_of(batch_of(*rows[:-1], answers={problem.key: "3"})).counts["problem"]
        == MANY - 1
    )
