"""Holidays and working days of the country."""

from datetime import date

from sinergi.kit.workdays import (
    holiday_of,
    holidays_are_set,
    holidays_of,
    is_workday,
    workday_on_or_after,
)


def test_a_holiday_has_its_name_in_bahasa_indonesia():
    assert holiday_of(date(2019, 11, 9)) == "Maulid Nabi Muhammad"
    assert holiday_of(date(2019, 6, 3)) == "Cuti Bersama Hari Raya Idul Fitri"
    assert holiday_of(date(2019, 11, 8)) == ""


def test_offices_are_closed_at_weekends_on_holidays_and_on_collective_leave():
    assert is_workday(date(2019, 11, 8))  # a Friday
    assert not is_workday(date(2019, 11, 10))  # a Sunday
    assert not is_workday(date(2019, 12, 25))  # a Wednesday
    assert not is_workday(date(2019, 12, 24))  # collective leave


def test_the_next_working_day_leaves_out_a_whole_leave():
    """Idul Fitri 2019: Monday the third to Friday the seventh, and the weekends around it."""
    assert workday_on_or_after(date(2019, 6, 1)) == date(2019, 6, 10)
    assert workday_on_or_after(date(2019, 6, 10)) == date(2019, 6, 10)


def test_a_year_without_a_joint_decree_is_an_estimate():
    assert holidays_are_set(2019) and holidays_are_set(2026)
    assert not holidays_are_set(2040)
    assert holiday_of(date(2040, 8, 17)), "what never moves is known all the same"


def test_a_year_is_no_part_of_another():
    """Asking for one year does not add to what another says."""
    before = dict(holidays_of(2019))
    holiday_of(date(2026, 1, 1))
    assert holidays_of(2019) == before
    assert {day.year for day in before} == {2019}
