import pytest


@pytest.fixture
def team(make):
    return make.team()


@pytest.fixture
def secretariat(sign_in):
    return sign_in("secretariat")
