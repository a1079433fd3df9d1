"""What migrations need beside Django's own operations."""

from types import SimpleNamespace

import pytest

from sinergi.kit.indexes import BtreeGistExtension, TrigramExtension


@pytest.mark.parametrize("operation", [BtreeGistExtension(), TrigramExtension()])
def test_an_extension_leaves_another_database_alone_in_both_directions(operation):
    def refuse(*arguments):
        raise AssertionError(f"asked the database: {arguments}")

    editor = SimpleNamespace(
        connection=SimpleNamespace(vendor="sqlite", alias="default", cursor=refuse), execute=refuse
    )
    operation.database_forwards("villages", editor, None, None)
    operation.database_backwards("villages", editor, None, None)
