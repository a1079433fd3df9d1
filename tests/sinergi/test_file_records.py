"""A file that takes the place of another has an address of its own."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from advocacy.actions import save_realisation
from sinergi.kit.models import StaleRecord
from sinergi.kit.uploads import SafeFile
from tests import factories
from tests.sinergi.test_caching import PRIVATE, kept_by

pytestmark = pytest.mark.django_db


def safe_file(name="bukti.pdf"):
    return SafeFile(ContentFile(b"%PDF-1.7 lain"), "application/pdf", name)


def replace(record):
    """Put another file of the same name into the record."""
    if hasattr(record, "keep_scan"):
        return record.keep_scan(safe_file(record.original_name), by=None)
    if hasattr(record, "beneficiaries"):
        villages = [row.village for row in record.beneficiaries.all()]
        file = safe_file(record.original_name)
        return save_realisation(
            realisation=record, villages=villages, safe=file, by=None, version=record.version
        )
    return record.save_submission(
        safe=safe_file(record.original_name), by=None, version=record.version
    )


def decree_with_scan():
    made = factories.decree(state="submitted")
    return made.keep_scan(safe_file("sk.pdf"), by=None)


def with_file(make):
    made = make()
    return made.save_submission(safe=safe_file(), by=None, version=made.version)


class TestReplacing:
    KINDS = {
        "programs:expense_receipt": lambda: factories.expense(factories.activity()),
        "programs:decree_scan": decree_with_scan,
        "advocacy:realisation_evidence": lambda: factories.realisation(factories.commitment()),
        "advocacy:partnership_paper": lambda: with_file(factories.partnership),
        "advocacy:media_clipping": lambda: with_file(factories.media),
    }

    @pytest.mark.parametrize("name", KINDS)
    def test_the_old_address_leads_nowhere(
        self, client, sign_in, name, django_capture_on_commit_callbacks
    ):
        sign_in("secretariat")
        record = self.KINDS[name]()
        old = reverse(name, args=[record.key])
        assert kept_by(client.get(old)) == PRIVATE
        with django_capture_on_commit_callbacks(execute=True):
            replace(record)
        record.refresh_from_db()
        new = reverse(name, args=[record.key])
        assert new != old and client.get(old).status_code == 404
        answer = client.get(new)
        assert b"".join(answer.streaming_content) == b"%PDF-1.7 lain" and kept_by(answer) == PRIVATE

    def test_a_change_without_a_file_keeps_its_address(self):
        record = factories.expense(factories.activity())
        key = record.key
        record.what = "Konsumsi rapat"
        record.save_submission(by=None, version=record.version)
        record.refresh_from_db()
        assert record.key == key and record.file

    def test_what_was_not_stored_leaves_the_record_as_it_was(self):
        record = factories.expense(factories.activity())
        before = (record.key, record.file.name, record.original_name)
        with pytest.raises(StaleRecord):
            record.save_submission(safe=safe_file("lain.pdf"), by=None, version=record.version + 1)
        assert (record.key, record.file.name, record.original_name) == before
        assert record.file.storage.exists(record.file.name)
