"""Of the Word templates of a team, one is in use for each document."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from programs.actions import use_template
from programs.models import WordTemplate
from sinergi.kit.models import StaleRecord
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.constraints import kept, refused

pytestmark = pytest.mark.django_db


@pytest.mark.both("what the database itself refuses")
class TestConstraints:
    def test_one_in_use_of_each_document_of_a_team(self):
        factories.word_template(use=True)
        second = factories.word_template()
        now = timezone.now()
        refused(second, state="in_use", used_at=now)
        kept(second, state="in_use", used_at=now, document="notula")

    def test_what_is_in_use_says_since_when(self):
        template = factories.word_template()
        refused(template, state="in_use")
        refused(template, used_at=timezone.now())
        refused(template, state="withdrawn")

    def test_a_template_is_a_file_for_a_document(self):
        template = factories.word_template()
        refused(template, file="")
        refused(template, document="")


class TestUse:
    def test_the_next_takes_the_place_of_the_one_before(self):
        account = factories.user("administrator")
        first = factories.word_template(by=account, use=True)
        second = factories.word_template(by=account)
        use_template(template=second, by=account)
        first.refresh_from_db()
        assert (first.state, first.withdrawn_by, second.used_by) == ("withdrawn", account, account)
        assert WordTemplate.objects.in_use().get() == second

    def test_an_earlier_one_comes_back(self):
        first = factories.word_template(use=True)
        factories.word_template(use=True)
        first.refresh_from_db()
        use_template(template=first, by=None)
        assert WordTemplate.objects.in_use().get() == first

    def test_other_documents_and_other_teams_keep_theirs(self):
        there = factories.word_template(factories.team("11"), use=True)
        minutes = factories.word_template(factories.team(), document="notula", use=True)
        mine = factories.word_template(minutes.team, use=True)
        assert set(WordTemplate.objects.in_use()) == {there, minutes, mine}

    def test_what_is_in_use_is_not_put_in_use_again(self):
        template = factories.word_template(use=True)
        with pytest.raises(TransitionError):
            use_template(template=template, by=None)

    def test_who_was_slower_is_told_and_nothing_changes(self):
        first, second = factories.word_template(use=True), factories.word_template()
        with pytest.raises(StaleRecord):
            use_template(template=second, by=None, version=second.version + 1)
        assert WordTemplate.objects.in_use().get() == first

    @pytest.mark.both("the constraint is the database's")
    def test_two_at_the_same_moment(self, monkeypatch):
        """The one that does not see the other's row is held by the constraint."""
        factories.word_template(use=True)
        second = factories.word_template()
        monkeypatch.setattr(
            WordTemplate.objects._queryset_class, "in_use", lambda self: self.none()
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            use_template(template=second, by=None)

    def test_without_one_the_shipped_template_is_in_use(self):
        template = factories.word_template(use=True)
        template.withdraw(by=None)
        assert not WordTemplate.objects.in_use().exists()
