"""How texts, dates, places and blocked actions are shown, on whatever page."""

import re

import pytest
from django.template import Context, Template
from django.urls import reverse

from programs.actions import submit_plan
from sinergi.kit.forms import CrispyForm, DateInput, forms
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


class Dated(CrispyForm, forms.Form):
    day = forms.DateField(widget=DateInput(), required=False)


class TestDates:
    @pytest.mark.parametrize(
        ("typed", "words"),
        [("2018-11-28", "Rabu, 28 November 2018"), ("2019-02-30", ""), ("kemarin", ""), ("", "")],
    )
    def test_a_field_says_its_date_in_words(self, typed, words):
        page = str(Dated({"day": typed})["day"])
        assert f'<span class="form-text" id="id_day_words">{words}</span>' in page


def test_the_country_has_no_team(client, sign_in):
    factories.team()
    sign_in("observer", province_code=None)
    foot = client.get("/").content.decode().partition("s-rail__foot")[2].partition("</nav>")[0]
    assert "Semua provinsi" in foot and "Republik Indonesia" not in foot


def test_whoever_sees_one_regency_is_not_led_to_its_province(client, sign_in):
    factories.library()
    sign_in("regency_officer", regency_code="19.01")
    page = client.get(reverse("villages:regency_list")).content.decode()
    assert "Kabupaten Bangka" in page and 'href="/wilayah/19/"' not in page
    sign_in("observer")
    assert 'href="/wilayah/19/"' in client.get(reverse("villages:regency_list")).content.decode()


@pytest.mark.parametrize(
    "name", ["accounts:login", "accounts:forgotten_password", "accounts:welcome"]
)
def test_a_page_for_everyone_says_what_it_is(client, name):
    page = client.get(
        reverse(name, args=["MQ", "x"] if name.endswith("welcome") else [])
    ).content.decode()
    told = re.search(r'<meta name="description" content="([^"]+)">', page)
    assert told and 40 <= len(told[1]) <= 160 and "Sinergi" in told[1]


class TestBlockedActions:
    """What one may do but not yet: shown, with the reason it points at."""

    def assert_blocked(self, page, label):
        blocked = (
            r'<a class="btn[^"]*" href="#([\w-]+)" aria-disabled="true"'
            r' aria-describedby="\1">(?:<svg.*?</svg> )?'
        )
        found = re.search(blocked + label, page, re.DOTALL)
        assert found, label
        assert f'id="{found[1]}"' in page

    def test_a_plan_with_gaps(self, client, sign_in):
        account = sign_in("secretariat")
        plan = factories.plan(factories.team(), activities=0, by=account)
        self.assert_blocked(
            client.get(plan.get_absolute_url()).content.decode(), "Ajukan ke Ketua Tim"
        )

    def test_a_decree_with_gaps(self, client, sign_in):
        account = sign_in("secretariat")
        decree = factories.decree(
            factories.team(), state="drafting", level="governor", by=account, diktum=""
        )
        self.assert_blocked(client.get(decree.get_absolute_url()).content.decode(), "Ajukan")

    def test_minutes_and_a_plan_of_ones_own(self, client, sign_in):
        account = sign_in(factories.assign(factories.user("secretariat"), "chair"))
        team = factories.team()
        meeting = factories.minutes(team, by=account, state="submitted")
        self.assert_blocked(
            client.get(meeting.get_absolute_url()).content.decode(), "Sahkan notula"
        )
        plan = factories.plan(team, by=account)
        submit_plan(plan=plan, by=account)
        self.assert_blocked(
            client.get(f"{plan.get_absolute_url()}tinjau/").content.decode(), "Setujui rencana"
        )
