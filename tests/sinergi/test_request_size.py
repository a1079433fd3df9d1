"""What is refused before a page sees it."""

from io import BytesIO

import pytest

from sinergi.kit.middleware import MAX_BODY

pytestmark = pytest.mark.django_db


class Unread(BytesIO):
    """A body of which nobody may read."""

    def read(self, *args):
        raise AssertionError("the body was read")


def post(client, length):
    body = {"wsgi.input": Unread(b"x"), "CONTENT_LENGTH": str(length)}
    return client.generic("POST", "/masuk/", b"x", "multipart/form-data; boundary=x", **body)


def test_a_body_larger_than_any_form_is_refused_unread(client):
    answer = post(client, 300 * 1024 * 1024)
    assert answer.status_code == 413
    assert "paling besar 60 MB" in answer.content.decode()


def test_a_body_of_the_largest_size_reaches_the_page(client):
    with pytest.raises(AssertionError, match="the body was read"):
        post(client, MAX_BODY)


@pytest.mark.parametrize("length", ["", "-1", "banyak", "²"])
def test_a_length_that_is_none_is_no_error(client, length):
    assert client.generic("GET", "/masuk/", CONTENT_LENGTH=length).status_code == 200
