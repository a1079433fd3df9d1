import pytest


@pytest.fixture
def team(make):
    return make.team()


@pytest.fixture
def secretariat(sign_in):
    return sign_in("secretariat")


@pytest.fixture
def secretariat_account(team, make):
    """Return an account of the secretariat that is not signed in."""
    return make.user("secretariat")
