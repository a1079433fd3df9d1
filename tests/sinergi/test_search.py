"""The search: what is found, where it says the words stand, and that nothing else is told."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.models import AdvocacyCase, AgendaItem, FollowUp, Meeting, Visit
from sinergi.kit.search import matches
from sinergi.kit.search.words import Words, runs_of
from sinergi.search import lexicon
from sinergi.search.kinds import KINDS, PREFIXES
from sinergi.search.queries import Viewer, common_sqls, keys_sql, with_typed
from sinergi.search.results import SHOWN, Results
from tests import factories
from villages.gazetteer import list_places

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both("words are looked up in the database"),
]


def hits_of(results):
    return [*results.exact, *(hit for group in results.groups for hit in group.hits)]


def titles(account, text):
    return [hit.title for hit in hits_of(Results(account, text))]


def quoted(hit):
    return f"{hit.where}: " + "".join(f"[{t}]" if marked else t for t, marked in hit.quotation)


class TestWhere:
    def test_a_decision_is_quoted_with_its_meeting(self):
        meeting = factories.meeting(title="Rapat triwulan")
        AgendaItem.objects.create(
            meeting=meeting, order=1, topic="Anggaran", decision="Desa menyisihkan dana buku."
        )
        (hit,) = hits_of(Results(factories.user("observer"), "menyisihkan dana"))
        assert (hit.title, hit.url) == ("Rapat triwulan", meeting.get_absolute_url())
        assert quoted(hit) == "Keputusan: Desa [menyisihkan] [dana] buku."
        assert "19 Juni 2019" in hit.about

    def test_findings_notes_and_progress(self):
        account, _ = factories.user("secretariat"), factories.team()
        visit = factories.visit(by=account)
        Visit.objects.filter(pk=visit.pk).update(findings="Rak buku rusak dimakan rayap.")
        followup = factories.followup(factories.meeting())
        FollowUp.objects.filter(pk=followup.pk).update(closing_note="Rayap sudah dibasmi.")
        case = factories.case()
        AdvocacyCase.objects.filter(pk=case.pk).update(note="Menunggu rayap pergi.")
        found = hits_of(Results(account, "rayap"))
        assert [(hit.kind.prefix, hit.where) for hit in found] == [
            ("tindak", "Hasil"),
            ("kunjungan", "Temuan"),
            ("kasus", "Catatan"),
        ]

    def test_a_title_with_all_words_is_not_quoted(self):
        factories.meeting(title="Rapat anggaran", place="Ruang anggaran")
        (hit,) = hits_of(Results(factories.user("observer"), "anggaran"))
        assert not hit.quotation

    def test_telephones_and_addresses_of_mail_are_not_searched(self):
        person = factories.person("Notulis", phone="0812 3456 7890", email="notulis@contoh.go.id")
        account = factories.user("administrator")
        assert titles(account, "notulis") == [person.name]
        for text in ("081234567890", "7890", "contoh", "notulis@contoh.go.id"):
            assert titles(account, text) == []


class TestDay:
    """The day of a meeting is that of its province, whoever reads."""

    @pytest.mark.parametrize(
        ("day_is_set", "told"), [(True, "1 November 2026"), (False, "November 2026")]
    )
    def test_in_the_zone_of_the_meeting(self, day_is_set, told):
        late = datetime(2026, 10, 31, 15, 30, tzinfo=UTC)  # 00.30 in WIT, 22.30 in WIB
        factories.meeting(
            factories.team("91"), title="Rapat zamrud", starts_at=late, day_is_set=day_is_set
        )
        (hit,) = hits_of(Results(factories.user("secretariat", province_code=None), "zamrud"))
        assert hit.about.split(", ")[-1] == told


class TestExact:
    def test_a_code_a_number_and_a_name_stand_alone_on_top(self):
        account = factories.user("secretariat")
        place, decree = factories.village(), factories.decree(number="188.44/12/SK")
        factories.village("19.01.06.2003", "Kapuk Barat")
        for text in (place.pk, place.pk.replace(".", ""), "kapuk", "Desa Kapuk", "desa: KAPUK"):
            assert [hit.url for hit in Results(account, text).exact] == [place.get_absolute_url()]
        for text in ("188.44/12/SK", "188.44/12/sk", "1884412SK"):
            assert [hit.url for hit in Results(account, text).exact] == [decree.get_absolute_url()]
        assert Results(account, "kapu").exact == []

    def test_what_stands_on_top_is_counted(self):
        factories.village()
        account = factories.user("observer")
        assert Results(account, "kapuk").number == "1"
        factories.village("19.01.06.2003", "Kapuk Barat")
        assert Results(account, "kapuk").number == "2"

    def test_many_of_the_same_name_are_hits_like_others(self):
        for n in range(4):
            factories.village(f"19.01.06.200{n}", "Sukamaju")
        results = Results(factories.user("observer"), "sukamaju")
        assert results.exact == [] and len(results.groups[0].hits) == 4

    @pytest.mark.parametrize("many", [20, 120])
    def test_it_comes_first_among_many(self, many):
        team = factories.team()
        for n in range(many):
            factories.village(f"19.01.06.2{n:03}", f"Suka {n:03}")
        place = factories.village("19.02.05.2001", "Suka")
        exact = factories.meeting(team, title="Rapat", invitation_number="005/1")
        moment = datetime(2026, 1, 1, tzinfo=UTC)
        Meeting.objects.bulk_create(
            Meeting(
                team=team,
                province=team.province,
                title=f"Rapat {n}",
                invitation_number=f"005/1{n:03}",
                starts_at=moment + timedelta(days=n),
            )
            for n in range(many)
        )
        account = factories.user("secretariat")
        for text in ("suka", "desa: SUKA"):
            assert [hit.url for hit in Results(account, text).exact] == [place.get_absolute_url()]
        for text in ("rapat", "005/1", "0051", "rapat: 005/1"):
            assert [hit.url for hit in Results(account, text).exact] == [exact.get_absolute_url()]

    def test_a_code_elsewhere_is_none(self):
        factories.village()
        factories.team("11")
        results = Results(factories.user("observer", province_code="11"), "19.01.06.2002")
        assert results.exact == [] and results.groups == []


class TestPrefixes:
    def test_a_prefix_searches_one_kind(self):
        factories.meeting(title="Rapat di Kapuk")
        place = factories.village()
        account = factories.user("observer")
        assert titles(account, "desa: kapuk") == [place.name]
        assert titles(account, "rapat:kapuk") == ["Rapat di Kapuk"]
        assert {"Rapat di Kapuk", "Kapuk"} <= set(titles(account, "kapuk"))

    def test_an_unknown_prefix_is_a_word(self):
        factories.meeting(title="Perihal undangan rapat")
        factories.meeting(title="Undangan rapat")
        account = factories.user("observer")
        assert titles(account, "Perihal: undangan rapat") == ["Perihal undangan rapat"]

    def test_the_page_names_those_that_one_may_use(self, client, sign_in):
        sign_in("regency_officer", regency_code=factories.regency().pk)
        page = client.get("/cari/").content.decode()
        assert "<b>desa:</b>" in page and "<b>rapat:</b>" not in page

    def test_one_without_its_permission_finds_nothing(self):
        factories.meeting(title="Rapat rahasia")
        officer = factories.user("regency_officer", regency_code=factories.regency().pk)
        results = Results(officer, "rapat: rahasia")
        assert results.groups == [] and results.missing == []


class TestCounts:
    @pytest.fixture
    def everything(self):
        """Seven of each kind that has a list, all with one word."""
        account, team = factories.user("administrator"), factories.team()
        for n in range(7):
            meeting = factories.meeting(title=f"Rapat {n}", place="Ruang zamrud" if n % 2 else "")
            AgendaItem.objects.create(meeting=meeting, order=1, topic="Zamrud", notes="zamrud")
            place = factories.village(f"19.01.06.20{n + 10}", f"Zamrud {n}")
            library = factories.library(place, by=account)
            visit = factories.visit(library, by=account)
            Visit.objects.filter(pk=visit.pk).update(findings="Buku zamrud" if n % 2 else "")
            factories.person(f"Juru Zamrud {n}")
            factories.institution(f"Dinas Zamrud {n}")
            factories.training(title=f"Bimtek zamrud {n}")
            factories.trip(title=f"Perjalanan zamrud {n}")
            factories.media(title=f"Berita zamrud {n}")
            factories.partnership(about=f"Kerja sama zamrud {n}")
            factories.commitment(team, by=account, description=f"Buku zamrud {n}")
            factories.realisation(
                factories.commitment(team, by=account), by=account, note=f"Zamrud {n}"
            )
            factories.case(team, asked=f"Dana zamrud {n}")
        return account

    def test_all_leads_to_a_list_of_exactly_so_many(self, client, sign_in, everything):
        sign_in(everything)
        groups = {group.kind.prefix: group for group in Results(everything, "zamrud").groups}
        listed = {kind.prefix for kind in KINDS if kind.list_page}
        assert listed <= set(groups)
        for prefix in listed:
            group = groups[prefix]
            assert (len(group.hits), group.count) == (SHOWN, 7), prefix
            page = client.get(group.url)
            assert len(page.context["page"].rows) == group.count, prefix
            assert "Memuat kata" in page.content.decode(), prefix
            assert "Memuat kata" not in client.get(group.url.split("?")[0]).content.decode()

    def test_without_a_list_it_leads_to_the_search_of_that_kind(self, client, sign_in):
        account = sign_in("secretariat")
        meeting = factories.meeting()
        for n in range(8):
            FollowUp.objects.filter(pk=factories.followup(meeting).pk).update(what=f"Zamrud {n}")
        group = Results(account, "zamrud").groups[0]
        assert (group.count, group.url) == (8, "/cari/?q=tindak%3A+zamrud")
        shown = client.get(group.url).context["results"].groups[0]
        assert len(shown.hits) == 8 and not shown.has_more

    def test_all_of_a_prefix_leads_to_its_list(self, client, sign_in, everything):
        sign_in(everything)
        for kind in KINDS:
            (group,) = Results(everything, f"{kind.prefix}: zamrud").groups or [None]
            if group and kind.list_page:
                assert group.leads_on and group.count == 7, kind.prefix
                assert len(client.get(group.url).context["page"].rows) == 7, kind.prefix
        page = client.get("/cari/?q=rapat: zamrud").content.decode()
        assert "/rapat/?kata=zamrud" in page and "Semua 7" in page

    def test_many_are_not_counted(self):
        factories.team()
        for n in range(101):
            factories.village(f"19.01.06.2{n:03}", f"Zamrud {n}")
        group = Results(factories.user("observer"), "zamrud").groups[0]
        assert group.count is None and group.count_text == "100+"
        assert [hit.title for hit in group.hits] == [f"Zamrud {n}" for n in range(SHOWN)]

    def test_the_latest_come_first_in_whatever_order_they_were_written(self, monkeypatch):
        """Of common words, too, of which SQLite reads few or walks through many."""
        team, moment = factories.team(), datetime(2019, 1, 1, tzinfo=UTC)
        latest = factories.meeting(team, title="Zamrud", starts_at=moment + timedelta(days=900))
        Meeting.objects.bulk_create(
            Meeting(
                team=team,
                province=team.province,
                title=f"Zamrud {n}",
                starts_at=moment + timedelta(days=n),
            )
            for n in range(1_100)
            if n != 900
        )
        Meeting.objects.filter(pk=latest.pk).update(starts_at=moment + timedelta(days=5_000))
        AgendaItem.objects.bulk_create(
            AgendaItem(meeting_id=pk, order=1, topic="Intan")
            for pk in Meeting.objects.order_by("pk").values_list("pk", flat=True)
        )
        account = factories.user("secretariat")
        wanted = ["Zamrud", "Zamrud 1099", "Zamrud 1098"]
        for few in (5_000, 10):
            monkeypatch.setattr(matches, "FEW_ROWS", few)
            common_sqls.cache_clear()
            for text in ("zamrud", "intan"):
                assert titles(account, text)[:3] == wanted, (few, text)
        common_sqls.cache_clear()

    def test_a_list_refuses_what_says_too_little(self, client, sign_in):
        factories.meeting()
        sign_in("secretariat")
        page = client.get("/rapat/?kata=a")
        assert not page.context["page"].rows and "Ketik paling sedikit" in page.content.decode()


class TestSlips:
    def test_what_was_meant_is_shown_and_told(self, client, sign_in):
        place = factories.village(name="Seliu")
        lexicon.rebuild_lexicon()
        account = sign_in("observer")
        results = Results(account, "siliu")
        assert (results.missing, results.instead) == (["siliu"], ["seliu"])
        page = client.get("/cari/?q=siliu").content.decode()
        assert "Tidak ada “siliu”" in page and place.get_absolute_url() in page

    def test_the_correction_keeps_the_prefix_and_the_other_words(self, client, sign_in):
        factories.meeting(title="Rapat anggaran di Seliu")
        lexicon.rebuild_lexicon()
        account = sign_in("observer")
        results = Results(account, "rapat: anggaran siliu")
        assert results.corrections == [("anggaran seliu", "rapat: anggaran seliu")]
        assert titles(account, results.corrections[0][1]) == ["Rapat anggaran di Seliu"]
        page = client.get("/cari/", {"q": "rapat: anggaran siliu"}).content.decode()
        assert "?q=rapat%3A%20anggaran%20seliu" in page

    def test_what_is_found_is_not_corrected(self):
        factories.village(name="Seliu")
        factories.village("19.01.06.2003", "Siliu")
        lexicon.rebuild_lexicon()
        results = Results(factories.user("observer"), "siliu")
        assert results.missing == [] and titles(factories.user("observer"), "siliu") == ["Siliu"]

    def test_a_word_of_another_province_is_not_suggested(self):
        """Else the answer would tell that it stands there."""
        factories.village("11.01.01.2001", "Seliu")
        factories.team()
        lexicon.rebuild_lexicon()
        here, there = factories.user("observer"), factories.user("observer", province_code="11")
        assert Results(there, "siliu").instead == ["seliu"]
        for text in ("siliu", "seliu"):
            results = Results(here, text)
            assert (results.missing, results.instead, results.groups) == ([], [], [])

    def test_short_words_and_numbers_are_left_alone(self):
        factories.village(name="Sel")
        lexicon.rebuild_lexicon()
        assert lexicon.neighbours(["sal", "s3liu", "12345"]) == {}

    def test_rebuilding_follows_the_words(self):
        place = factories.village(name="Seliu")
        lexicon.rebuild_lexicon()
        place.name = "Membalong"
        place.save()
        lexicon.rebuild_lexicon()
        assert lexicon.neighbours(["siliu", "membalng"]) == {
            "siliu": [],
            "membalng": [(1, "membalong")],
        }


def slip_of(word, chance):
    """Return the word with one slip: a letter lost, added or another, or two the other way."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    while True:
        n, other = chance.randrange(len(word)), chance.choice(letters)
        made = chance.choice(
            [
                word[:n] + word[n + 1 :],
                word[:n] + other + word[n:],
                word[:n] + other + word[n + 1 :],
                word[:n] + word[n + 1 : n + 2] + word[n] + word[n + 2 :],
            ]
        )
        if made != word and len(made) >= lexicon.SHORTEST:
            return made


def plan_of(sql, params):
    """Return the database's plan of a query, where it has an index for everything it may."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}", params)
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return [str(row[-1]).strip() for row in cursor.fetchall()]


@pytest.mark.parametrize("place", ["19", None])
def test_words_that_are_rare_are_found_without_reading_a_table(place):
    """Rows are reached by the index of words and by keys; SCAN is a table read from its start."""
    account = factories.user("observer", province_code=place)
    read = {}
    for kind in KINDS:
        for name in kind.sources:
            sql, params = keys_sql(kind, name, Viewer.of(account, kind), connection.vendor)
            plan = plan_of(sql, with_typed(params, words=Words.of("zamrud")))
            assert plan
            read[kind.prefix, name] = [
                step
                for step in plan
                if step.startswith(("SCAN", "Seq Scan", "->  Seq Scan"))
                and "VIRTUAL TABLE" not in step
            ]
    assert not any(read.values()), {name: steps for name, steps in read.items() if steps}


def test_500_village_names_with_a_slip():
    """The right word is among the first five for 95 of a hundred names, of the whole country's."""
    names = sorted({place.name for place in list_places() if place.level == 4})
    words = {name: [w for w in runs_of(name) if lexicon.is_word(w)] for name in names}
    lexicon.keep_words(word for some in words.values() for word in some)
    chance = random.Random(2019)
    slips = []
    while len(slips) < 500:
        if some := words[chance.choice(names)]:
            word = chance.choice(some)
            slips.append((word, slip_of(word, chance)))
    near = lexicon.neighbours([slip for _, slip in slips])
    met = sum(word in [one for _, one in near[slip]][:5] for word, slip in slips)
    assert met >= 475, met


ROLES = ["secretariat", "member", "regency_officer", "observer"]


@pytest.fixture(scope="class")
def world(shared_world):
    """Two provinces with the same words everywhere."""
    for code in ("19", "11"):
        team = factories.team(code)
        meeting = factories.meeting(team, title=f"Rapat zamrud {code}")
        AgendaItem.objects.create(meeting=meeting, order=1, topic=f"Intan {code}")
        for regency in ("01", "02"):
            place = factories.village(f"{code}.{regency}.06.2002", f"Zamrud {regency}")
            library = factories.library(place)
            visit = factories.visit(library)
            Visit.objects.filter(pk=visit.pk).update(findings=f"Intan {code}")
            factories.expansion(place)
        factories.person(f"Juru zamrud {code}", province_code=code)
        factories.commitment(team, description=f"Intan {code}")
    lexicon.rebuild_lexicon()
    return {
        (role, code): factories.user(
            role,
            province_code=code,
            regency_code=f"{code}.01" if role == "regency_officer" else None,
        )
        for role in ROLES
        for code in ("19", "11")
    }


class TestScope:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        role=st.sampled_from(ROLES),
        code=st.sampled_from(["19", "11"]),
        text=st.sampled_from(
            ["zamrud", "intan", "za", "zamrd", "intn", "rapat zamrud", "juru", "19", "11", "02"]
            + ["19.01.06.2002", "11.02.06.2002", "zamrud 11", "intan 19"]
        ),
        prefix=st.sampled_from(["", *(f"{prefix}: " for prefix in PREFIXES)]),
    )
    def test_nothing_outside_ones_places(self, world, role, code, text, prefix):
        account = world[role, code]
        results = Results(account, prefix + text)
        for group in results.groups:
            visible = group.kind.model.objects.visible_to(account)
            keys = [hit.row.key for hit in group.hits]
            assert visible.filter(pk__in=keys).count() == len(keys)
            assert group.count is not None and group.count <= visible.count()
        for hit in hits_of(results):
            assert hit.kind.model.objects.visible_to(account).filter(pk=hit.row.key).exists()
        shown = " ".join(hit.title for hit in hits_of(results))
        shown += " " + " ".join(text for hit in hits_of(results) for text, _ in hit.quotation)
        for word in results.instead:
            assert Words.of(word).found_in(shown)

    def test_the_world_can_show_a_leak(self, world):
        """Its own negative control: without the places everybody would find both provinces."""
        everywhere = factories.user("secretariat", province_code=None)
        assert len(titles(everywhere, "rapat: zamrud")) == 2
        assert len(titles(world["secretariat", "19"], "rapat: zamrud")) == 1


class TestDrafts:
    """A visit that is not sent is its author's, and so is what hangs on it."""

    TEXTS = ("rapuh", "menambal", "rapoh", "kunjungan: zamrud")

    def visit_of(self, author, *, send):
        factories.team()
        library = factories.library(name="Pustaka Zamrud")
        visit = factories.visit(library, by=author, send=send, findings="Rak rapuh")
        followup = factories.followup(factories.meeting(), what="Menambal atap")
        FollowUp.objects.filter(pk=followup.pk).update(meeting=None, visit=visit)
        lexicon.rebuild_lexicon()

    def test_is_not_found_counted_or_suggested(self):
        author, other = factories.user("secretariat"), factories.user("secretariat")
        self.visit_of(author, send=False)
        for text in self.TEXTS:
            results = Results(other, text)
            assert (hits_of(results), results.instead, results.number) == ([], [], "0"), text

    def test_is_found_once_it_is_sent(self):
        """The negative control: it is the state that hides it."""
        author, other = factories.user("secretariat"), factories.user("secretariat")
        self.visit_of(author, send=True)
        for text in self.TEXTS:
            assert len(hits_of(Results(other, text))) == 1, text

    def test_all_leads_to_the_sent_alone(self, client, sign_in):
        author, other = factories.user("secretariat"), sign_in("secretariat")
        self.visit_of(author, send=False)
        url = PREFIXES["kunjungan"].list_url("rapuh")
        assert not client.get(url).context["page"].rows
        assert Results(other, "rapuh").groups == []

    def test_followups_of_a_cancelled_meeting(self):
        meeting = factories.meeting()
        factories.followup(meeting, what="Menambal atap")
        account = factories.user("secretariat")
        assert titles(account, "menambal") == ["Menambal atap"]
        Meeting.objects.filter(pk=meeting.pk).update(state="cancelled", cancel_reason="Banjir")
        assert titles(account, "menambal") == []


class TestPage:
    @pytest.mark.parametrize(
        "text", ['"', "* NEAR ( :", "x" * 5_000, "a\x00b", "%", "_", "😀", "rapat:", ":", "a", "'"]
    )
    def test_odd_input_is_no_error(self, client, sign_in, text):
        factories.meeting()
        sign_in("secretariat")
        assert client.get("/cari/", {"q": text}).status_code == 200

    def test_htmx_gets_the_results_alone(self, client, sign_in):
        factories.meeting(title="Rapat zamrud")
        sign_in("secretariat")
        part = client.get("/cari/?q=zamrud", headers={"HX-Request": "true"}).content.decode()
        assert "Rapat zamrud" in part and "<html" not in part
        assert "Hasil untuk “zamrud”" in part, "what the results are of follows the typing"

    def test_a_part_is_not_kept_for_the_page(self, client, sign_in):
        sign_in("secretariat")
        assert "HX-Request" in client.get("/cari/")["Vary"]

    def test_at_most_14_queries(self, client, sign_in, django_assert_max_num_queries):
        account = sign_in("secretariat")
        factories.team()
        factories.visit(by=account)
        lexicon.rebuild_lexicon()
        for text in ("perpustakaan", "prpustakaan", "19.01.06.2002", "kapuk kaupk"):
            with django_assert_max_num_queries(14):
                client.get("/cari/", {"q": text})

    def test_what_was_typed_is_escaped(self, client, sign_in):
        sign_in("secretariat")
        factories.meeting(title="Rapat <b>zamrud</b>")
        page = client.get("/cari/?q=<script>zamrud").content.decode()
        assert "<script>zamrud" not in page and "<b>zamrud</b>" not in page


def test_the_page_stands_where_it_stood():
    assert reverse("search:search") == "/cari/"
