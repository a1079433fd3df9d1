"""Texts with addresses, as the template filters show them."""

import re

import pytest
from django.template import Context, Template

from tests import factories

pytestmark = pytest.mark.django_db


def drawn(source, **context):
    return Template(source).render(Context(context))


class TestTextsWithAddresses:
    TYPED = "Lihat https://example.com/a?b=1&c=2 dan <script>.\nBesok.\n\nSelesai."

    def test_an_address_is_a_link_and_all_else_is_text(self):
        page = drawn("{{ text|linked }}", text=self.TYPED)
        assert (
            '<a href="https://example.com/a?b=1&amp;c=2"'
            ' rel="nofollow">https://example.com/a?b=1&amp;c=2</a>' in page
        )
        assert "&lt;script&gt;" in page and "<script>" not in page

    def test_in_paragraphs_and_in_lines(self):
        whole = drawn("{{ text|prose }}", text=self.TYPED)
        assert whole.count("<p>") == 2 and whole.count("<br>") == 1 and whole.count("<a ") == 1
        lines = drawn("{{ text|prose_lines }}", text=self.TYPED.replace("\n", "\r\n"))
        assert "<p>" not in lines and lines.count("<br>") == 3 and lines.count("<a ") == 1

    @pytest.mark.parametrize(
        "text", ["javascript:alert(1)", 'https://x.id/"onmouseover="alert(1)', "<a href='x'>y</a>"]
    )
    def test_nothing_typed_becomes_a_tag(self, text):
        page = drawn("{{ text|prose }}", text=text)
        assert not re.search(r"<a [^>]*(javascript|onmouseover=|href='x')", page)

    def test_nothing_is_nothing(self):
        assert drawn("{{ text|linked }}{{ text|prose_lines }}", text=None) == ""

    def test_in_minutes(self, client, sign_in):
        account = sign_in("secretariat")
        meeting = factories.minutes(factories.team(), by=account)
        meeting.agenda.update(notes="Bahan: https://example.com/bahan")
        page = client.get(meeting.get_absolute_url()).content.decode()
        assert '<a href="https://example.com/bahan"' in page
