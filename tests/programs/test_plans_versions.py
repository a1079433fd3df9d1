"""What changed from one version of a plan to the next: exactly that, quickly, whatever the size."""

import copy
import sys
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.models import PlannedActivity
from programs.plan_versions import changes_between, content_of, version_of
from programs.templatetags.funding import funding_bars
from tests import factories

pytestmark = pytest.mark.both("versions are compared from JSON")


def activity(key, **fields):
    return {
        "id": key,
        "role": 1,
        "title": f"Kegiatan {key}",
        "way": "other",
        "output": "",
        "target": 1,
        "unit": "SK",
        "counted": "logs",
        "months": 1,
        "place": "Provinsi",
        "regency": "",
        "person": "PIC",
        "shares": [],
        "done": None,
    } | fields


SOURCES = [
    {
        "id": 1,
        "label": "APBD provinsi",
        "kind": "apbd_province",
        "in_kind": False,
        "ceiling": None,
        "elsewhere": 0,
    },
    {
        "id": 2,
        "label": "Swasta/CSR, barang/jasa",
        "kind": "private",
        "in_kind": True,
        "ceiling": None,
        "elsewhere": 0,
    },
]


def version(*activities, sources=SOURCES):
    return version_of({"note": "", "activities": list(activities), "sources": sources})


class TestChanges:
    def test_added_removed_and_each_field(self):
        old = version(activity(1, shares=[[1, 20_000_000]]), activity(2), activity(3))
        new = version(
            activity(1, months=0b110, shares=[[1, 25_000_000]]), activity(3), activity(4, role=2)
        )
        changed, added, removed = changes_between(old, new)
        assert (changed.kind, changed.item.number) == ("changed", "1.1")
        assert [(f.label, f.old, f.new) for f in changed.fields] == [
            ("Bulan", "Januari", "Februari, Maret"),
            ("Anggaran APBD provinsi", "Rp20.000.000", "Rp25.000.000"),
        ]
        assert (added.kind, added.item.title, added.item.number) == ("added", "Kegiatan 4", "2.1")
        assert (removed.kind, removed.item.title) == ("removed", "Kegiatan 2")

    def test_what_was_empty_is_said_to_be(self):
        (changed,) = changes_between(
            version(activity(1, person="")), version(activity(1, shares=[[2, 500]]))
        )
        assert [(f.label, f.old, f.new) for f in changed.fields] == [
            ("Penanggung jawab", "(kosong)", "PIC"),
            ("Anggaran Swasta/CSR, barang/jasa", "(kosong)", "Rp500"),
        ]

    def test_another_place_in_the_list_is_no_change(self):
        assert (
            changes_between(version(activity(1), activity(2)), version(activity(2), activity(1)))
            == []
        )

    def test_the_words_before_it_are_compared_too(self):
        old, new = (
            version_of({"note": note, "activities": [activity(1)], "sources": SOURCES})
            for note in ("", "Tema baru")
        )
        (change,) = changes_between(old, new)
        assert (change.kind, change.fields[0].old, change.fields[0].new) == (
            "note",
            "(kosong)",
            "Tema baru",
        )

    @pytest.mark.parametrize(
        ("later", "expected"),
        [
            (
                {"label": "Swasta/CSR (Bank Z)", "kind": "private"},
                [
                    ("Sumber dana", "APBD provinsi", "Swasta/CSR (Bank Z)"),
                    ("Jenis", "APBD provinsi", "Swasta/CSR"),
                ],
            ),
            (
                {"label": "APBD provinsi (dinas)"},
                [("Sumber dana", "APBD provinsi", "APBD provinsi (dinas)")],
            ),
            (
                {"label": "APBD provinsi, barang/jasa", "in_kind": True},
                [
                    ("Sumber dana", "APBD provinsi", "APBD provinsi, barang/jasa"),
                    ("Bentuk", "Uang", "Barang atau jasa"),
                ],
            ),
        ],
    )
    def test_a_source_that_is_called_or_is_something_else_is_told(self, later, expected):
        rows = [activity(1, shares=[[1, 500]]), activity(2, shares=[[1, 7]])]
        old, new = version(*rows), version(*rows, sources=[SOURCES[0] | later, SOURCES[1]])
        (change,) = changes_between(old, new)
        assert (change.kind, change.item, change.about) == ("source", None, later["label"])
        assert [(f.label, f.old, f.new) for f in change.fields] == expected

    @pytest.mark.parametrize(("before", "after", "count"), [(5, 0, 1), (0, 5, 1), (0, 0, 0)])
    def test_only_of_a_source_that_one_of_the_two_uses(self, before, after, count):
        renamed = [SOURCES[0] | {"label": "Lain", "kind": "other"}, SOURCES[1]]
        old, new = (
            version(activity(1, shares=[[1, amount]] if amount else []), sources=sources)
            for amount, sources in ((before, SOURCES), (after, renamed))
        )
        assert [change.kind for change in changes_between(old, new)].count("source") == count

    def test_progress_is_no_change(self):
        assert changes_between(version(activity(1)), version(activity(1, done=5))) == []

    @given(
        st.lists(st.integers(1, 30), unique=True, max_size=12),
        st.lists(st.integers(1, 30), unique=True, max_size=12),
        st.sets(st.integers(1, 30)),
    )
    @settings(deadline=None)
    def test_against_a_plain_comparison(self, before, after, retitled):
        old = version(*map(activity, before))
        new = version(
            *(activity(key, **({"title": "Lain"} if key in retitled else {})) for key in after)
        )
        found = {
            kind: {c.item.id for c in changes_between(old, new) if c.kind == kind}
            for kind in ("added", "removed", "changed")
        }
        assert found == {
            "added": set(after) - set(before),
            "removed": set(before) - set(after),
            "changed": set(before) & set(after) & retitled,
        }


def calls_to_compare(count):
    """Return how many calls it takes to compare so many activities, each of which changed."""
    rows = [
        activity(n, role=n % 3 + 1, shares=[[1, n * 1000], [2, n]]) for n in range(1, count + 1)
    ]
    later = copy.deepcopy(rows)
    for row in later:
        row |= {"title": f"{row['title']} baru", "target": 7, "months": 0b1111, "shares": [[1, 5]]}
    old, new = ({"note": "", "activities": some, "sources": SOURCES} for some in (rows, later))
    calls = Counter()
    sys.setprofile(lambda frame, event, argument: calls.update([event]))
    try:
        changes = changes_between(version_of(old), version_of(new))
    finally:
        sys.setprofile(None)
    assert len(changes) == count and all(len(change.fields) == 5 for change in changes)
    return calls["call"] + calls["c_call"]


def test_300_activities_are_compared_one_by_one():
    """Counted in calls, which no load of the machine changes: some 130 for each activity."""
    assert calls_to_compare(300) < 10.1 * calls_to_compare(30) < 300 * 200


class TestMoney:
    def test_goods_are_never_in_the_money(self):
        one = version(activity(1, shares=[[1, 100], [2, 7]]), activity(2, role=2, shares=[[2, 50]]))
        assert (one.cash, one.in_kind) == (100, 57)
        assert [(s.label, s.amount) for s in one.money] == [("APBD provinsi", 100)]
        assert [(s.label, s.amount) for s in one.goods] == [("Swasta/CSR, barang/jasa", 57)]
        assert [(s.role, s.cash, s.in_kind) for s in one.sections] == [
            (1, 100, 7),
            (2, 0, 50),
            (3, 0, 0),
        ]

    @pytest.mark.parametrize(
        ("ceiling", "elsewhere", "over"), [(100, 0, 0), (99, 0, 1), (100, 5, 5), (None, 900, 0)]
    )
    def test_above_the_ceiling_is_told(self, ceiling, elsewhere, over):
        source = SOURCES[0] | {"ceiling": ceiling, "elsewhere": elsewhere}
        one = version(activity(1, shares=[[1, 100]]), sources=[source])
        assert [s.over for s in one.over] == ([over] if over else [])

    def test_a_source_that_the_plan_does_not_use_is_not_its_worry(self):
        one = version(activity(1), sources=[SOURCES[0] | {"ceiling": 10, "elsewhere": 15}])
        assert one.over == []

    def test_the_bar_covers_the_line_once(self):
        sources = [SOURCES[0], SOURCES[0] | {"id": 3, "label": "APBN", "kind": "apbn"}]
        bars = funding_bars(version(activity(1, shares=[[1, 750], [3, 250]]), sources=sources))
        assert [(source.label, *rest) for source, *rest in bars] == [
            ("APBD provinsi", "0.0", "74.7", "75"),
            ("APBN", "75.0", "24.7", "25"),
        ]
        ((_, _, _, third),) = funding_bars(version(activity(1, shares=[[1, 1]])))
        assert third == "100"
        assert funding_bars(version(activity(1))) == []


@pytest.mark.django_db
class TestContent:
    def test_the_plan_as_it_reads(self):
        plan = factories.plan(activities=0)
        goods = factories.source(kind="private", support="in_kind")
        village = factories.village()
        factories.activity(
            plan,
            role=1,
            title="Pertama",
            village=village,
            regency=village.regency,
            budget={goods: 5},
        )
        factories.activity(plan, role=1, title="Kedua", target=1250, unit="buku")
        one = version_of(content_of(plan))
        assert [(i.number, i.title, i.place, i.target_text) for i in one.items] == [
            ("1.1", "Pertama", "Desa Kapuk, Kabupaten Bangka", "3 pertemuan"),
            ("1.2", "Kedua", "Provinsi", "1.250 buku"),
        ]
        assert (one.cash, one.in_kind) == (12_000_000, 5)

    def test_what_the_years_other_plan_takes_counts_towards_the_ceiling(self):
        source = factories.source(ceiling=20_000_000)
        first = factories.plan(period="first_half", activities=0)
        second = factories.plan(period="second_half", activities=0)
        factories.activity(first, months=[2], budget={source: 15_000_000})
        factories.activity(second, budget={source: 6_000_000})
        (exceeded,) = version_of(content_of(second)).over
        assert (exceeded.amount, exceeded.elsewhere, exceeded.over) == (
            6_000_000,
            15_000_000,
            1_000_000,
        )

    def test_asks_as_often_for_two_as_for_many(self, django_assert_num_queries):
        plan = factories.plan(activities=2)
        with django_assert_num_queries(4):
            content_of(plan)
        for n in range(8):
            factories.activity(
                plan, title=f"Lagi {n}", budget={factories.source(kind="private", name=str(n)): 5}
            )
        with django_assert_num_queries(4):
            content_of(plan)
        assert PlannedActivity.objects.count() == 10
