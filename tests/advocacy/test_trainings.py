"""Trainings: who came from which village, and what they count for."""

import gzip
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advocacy.actions import save_training
from advocacy.forms.trainings import label_of
from advocacy.models import Training, TrainingParticipant
from sinergi.kit.models import StaleRecord
from sinergi.kit.transitions import TransitionError
from tests import factories
from tests.constraints import kept, refused
from tests.pages import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


@pytest.fixture
def villages(team):
    return [
        factories.village(f"19.01.06.200{n}", name)
        for n, name in enumerate(["Kapuk", "Merawang", "Rebo"], 2)
    ]


@pytest.fixture
def training(team, villages):
    came = [
        (villages[0], {"women": 3, "men": 2}),
        (villages[1], {"name": "Pengelola perpustakaan desa", "gender": "woman"}),
        (villages[1], {"name": "Kepala seksi"}),
    ]
    return factories.training(team, participants=came)


@pytest.mark.both("constraints are held by the database")
class TestConstraints:
    def test_a_row_has_a_name_or_counts_and_never_both(self, training):
        counted, named, _ = training.participants.order_by("pk")
        refused(counted, name="Seseorang")
        refused(counted, women=None, men=None)
        refused(counted, women=1001)
        refused(named, women=1)
        kept(counted, women=None, men=0)


class TestSums:
    def test_people_and_villages_of_a_list_are_those_of_its_rows(self, team, training):
        factories.training(team, title="Tanpa peserta")
        rows = {row.title: row for row in Training.objects.for_list()}
        assert (rows["Bimtek strategi"].people, rows["Bimtek strategi"].village_count) == (7, 2)
        assert (rows["Tanpa peserta"].people, rows["Tanpa peserta"].village_count) == (0, 0)

    def test_a_list_says_how_many_came_and_from_where(self, client, sign_in, training):
        sign_in("observer")
        page = html_of(client.get(reverse("advocacy:training_list")))
        assert "7 orang dari 2 desa" in page and training.title in page

    def test_the_same_number_of_queries_whatever_their_number(
        self, client, sign_in, team, training, villages, django_assert_max_num_queries
    ):
        sign_in("observer")
        with CaptureQueriesContext(connection) as few:
            client.get(reverse("advocacy:training_list"))
            client.get(training.get_absolute_url())
        for number in range(8):
            came = [(village, {"women": number + 1}) for village in villages]
            made = factories.training(team, title=f"Bimtek {number}", participants=came * 4)
        with django_assert_max_num_queries(len(few)):
            client.get(reverse("advocacy:training_list"))
            client.get(made.get_absolute_url())

    @pytest.mark.parametrize(
        ("shown", "rows"), [("perempuan", 2), ("laki-laki", 1), ("tidak-dicatat", 1), ("", 3)]
    )
    def test_each_sum_of_the_page_is_that_of_the_rows_it_leads_to(
        self, client, sign_in, training, shown, rows
    ):
        sign_in("observer")
        context = client.get(training.get_absolute_url() + f"?tampil={shown}").context
        sums = {key: number for key, _, number in context["sums"]}
        assert sums == {"perempuan": 4, "laki-laki": 2, "tidak-dicatat": 1}
        assert (context["people"], context["village_count"]) == (7, 2)
        assert sum(sums.values()) == context["people"]
        assert len(context["rows"]) == rows
        parts = {"perempuan": "women_count", "laki-laki": "men_count", "": "people"}
        part = parts.get(shown, "unknown_count")
        total = sums.get(shown, context["people"])
        assert sum(getattr(row, part) or 0 for row in context["rows"]) == total


class TestSaving:
    def test_saved_unchanged_it_writes_no_participant(self, training):
        before = TrainingParticipant.history.count()
        rows = list(training.participants.select_related("village"))
        save_training(training=training, participants=rows, by=None, version=training.version)
        assert TrainingParticipant.history.count() == before

    def test_a_village_of_another_province_is_refused_with_all_else(self, training, villages):
        other = factories.village("11.01.01.2001", "Gampong")
        rows = [
            TrainingParticipant(village=villages[2], women=1),
            TrainingParticipant(village=other, women=1),
        ]
        with pytest.raises(TransitionError, match="tidak berada di provinsi tim"):
            save_training(training=training, participants=rows, by=None, version=training.version)
        assert training.participants.count() == 3

    def test_the_last_participant_of_a_village_whose_step_it_shows_stays(self, training, villages):
        step = factories.expansion(villages[0]).steps.get()
        step.training, step.reason = training, ""
        step.save_as(by=None)
        first, *others = training.participants.order_by("pk")
        with pytest.raises(TransitionError, match="bukti perluasan Desa Kapuk"):
            save_training(training=training, removed=[first], by=None, version=1)
        training = training.stored()
        save_training(training=training, removed=others, by=None, version=training.version)
        assert training.participants.get().village == villages[0]

    def test_of_two_who_change_it_the_second_is_told(self, training, villages):
        one, other = training.stored(), training.stored()
        row = TrainingParticipant(village=villages[2], women=1)
        save_training(training=one, participants=[row], by=None, version=one.version)
        with pytest.raises(StaleRecord):
            save_training(training=other, by=None, version=other.version)
        assert training.participants.count() == 4


def rows_of(*rows):
    """Return these rows of participants, as the form sends them."""
    data = {"peserta-TOTAL_FORMS": len(rows), "peserta-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"peserta-{number}-{name}": value for name, value in row.items()}
    return data


def stored_rows_of(training):
    return [
        {
            "id": row.pk,
            "place": label_of(row.village),
            "name": row.name,
            "gender": row.gender,
            "women": "" if row.women is None else row.women,
            "men": "" if row.men is None else row.men,
        }
        for row in training.participants.order_by("pk")
    ]


class TestForm:
    def data(self, *rows, **changes):
        given = {
            "idempotency_key": str(uuid.uuid4()),
            "title": "Bimtek TIK",
            "subject": "ict",
            "held_on": "2019-08-20",
        }
        return given | rows_of(*rows) | changes

    def change(self, training, *added, **changes):
        given = {
            "version": training.version,
            "title": training.title,
            "subject": training.subject,
            "held_on": training.held_on.isoformat(),
        }
        return given | rows_of(*stored_rows_of(training), *added) | changes

    def test_is_written_once(self, client, sign_in, villages):
        sign_in("secretariat")
        data = self.data(
            {"place": "Kapuk", "women": 2, "men": 0},
            {"place": label_of(villages[1]), "name": "Pengelola", "gender": "man"},
            {"place": "desa rebo", "name": "Staf"},
            {"place": "19.01.06.2004", "women": 1},
            {"place": ""},
        )
        for _ in range(2):
            assert client.post(reverse("advocacy:training_create"), data).status_code == 302
        rows = Training.objects.get().participants.order_by("pk")
        assert [(row.village.name, row.people) for row in rows] == [
            ("Kapuk", 2),
            ("Merawang", 1),
            ("Rebo", 1),
            ("Rebo", 1),
        ]

    def test_sent_again_with_other_rows_it_is_asked_about(self, client, sign_in, villages):
        sign_in("secretariat")
        data = self.data({"place": "Kapuk", "women": 2})
        client.post(reverse("advocacy:training_create"), data)
        answer = client.post(reverse("advocacy:training_create"), data | {"peserta-0-women": 3})
        assert answer.status_code == 409 and Training.objects.count() == 1

    @pytest.mark.parametrize(
        ("row", "told"),
        [
            ({"place": "", "women": 1}, "Isi desanya."),
            ({"place": "Kapuk"}, "Isi banyaknya, paling sedikit 1; atau isi satu nama."),
            ({"place": "Kapuk", "women": 0, "men": 0}, "Isi banyaknya, paling sedikit 1"),
            ({"place": "Kapuk", "women": 1, "name": "Staf"}, "tidak keduanya"),
            ({"place": "Kapuk", "gender": "man", "women": 1}, "kosongkan jenis kelaminnya"),
            ({"place": "Kapuk", "women": -1}, "Isi 0 atau lebih."),
            ({"place": "Kapuk", "women": 1001}, "Paling banyak 1000 untuk satu baris."),
            ({"place": "Kapuk", "women": "x"}, "Isi angka."),
            ({"place": "Gampong", "women": 1}, "tidak ditemukan di provinsi tim"),
            ({"place": "11.01.01.2001", "women": 1}, "tidak ditemukan di provinsi tim"),
            ({"place": "x\x00", "women": 1}, "Karakter null"),
            ({"place": "Kapuk, Jebus", "women": 1}, "tidak ditemukan di provinsi tim"),
        ],
    )
    def test_what_is_wrong_with_a_row_is_told_and_its_text_stays(
        self, client, sign_in, villages, row, told
    ):
        factories.village("11.01.01.2001", "Gampong")
        sign_in("secretariat")
        answer = client.post(reverse("advocacy:training_create"), self.data(row))
        assert answer.status_code == 422
        assert told in html_of(answer)
        assert answer.context["form"].participants[0]["place"].value() == row["place"]
        assert not Training.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"title": " "}, "Isi nama bimteknya."),
            ({"subject": ""}, "Pilih pokok materinya."),
            ({"held_on": ""}, "Isi tanggalnya."),
            ({"held_on": "1919-08-20"}, "Periksa tahunnya."),
            ({"regency": "11.01"}, "tidak ada dalam daftar"),
            ({"peserta-TOTAL_FORMS": "999"}, "Paling banyak 300 baris."),
        ],
    )
    def test_what_is_wrong_is_told(self, client, sign_in, villages, changes, told):
        factories.regency("11.01")
        sign_in("secretariat")
        data = self.data({"place": "Kapuk", "women": 1}, **changes)
        answer = client.post(reverse("advocacy:training_create"), data)
        assert answer.status_code == 422 and told in html_of(answer)
        assert not Training.objects.exists()

    @pytest.mark.parametrize(
        ("row", "changes"),
        [
            ({"name": "a" * 10_000}, {}),
            ({"name": "Nama\x00"}, {}),
            ({"women": "-1"}, {}),
            ({"women": "9" * 30}, {}),
            ({"women": "1,5"}, {}),
            ({"women": 1, "place": ","}, {}),
            ({"women": 1, "place": "a" * 10_000}, {}),
            ({"women": 1, "place": "11.01.01.2001"}, {}),
            ({"name": "Nama", "gender": "lain"}, {}),
            ({"women": 1}, {"peserta-TOTAL_FORMS": "banyak"}),
            ({"women": 1}, {"title": "a" * 10_000}),
            ({"women": 1}, {"idempotency_key": "bukan-kunci"}),
        ],
    )
    def test_hostile_rows_are_refused_in_words(self, client, sign_in, villages, row, changes):
        factories.village("11.01.01.2001", "Gampong")
        sign_in("secretariat")
        data = self.data({"place": "Kapuk"} | row, **changes)
        answer = client.post(reverse("advocacy:training_create"), data)
        assert answer.status_code == 422 and answer.context["form"].summary
        assert not Training.objects.exists()

    def test_a_row_of_another_training_is_left_alone(self, client, sign_in, team, training):
        sign_in("secretariat")
        theirs = training.participants.order_by("pk").first()
        data = self.data({"id": theirs.pk, "place": "Rebo", "women": 9, "DELETE": ""})
        assert client.post(reverse("advocacy:training_create"), data).status_code == 302
        assert theirs.stored().village_id == theirs.village_id and theirs.stored().women == 3
        assert training.participants.count() == 3

    def test_a_day_to_come_is_refused(self, client, sign_in, team):
        sign_in("secretariat")
        day = (team.today + timedelta(days=1)).isoformat()
        answer = client.post(reverse("advocacy:training_create"), self.data(held_on=day))
        assert answer.status_code == 422 and "dicatat setelah berlangsung" in html_of(answer)

    def test_of_several_of_one_name_it_asks_which(self, client, sign_in, villages):
        twin = factories.village("19.01.07.2009", "Kapuk")
        sign_in("secretariat")
        data = self.data({"place": "Kapuk", "women": 1})
        answer = client.post(reverse("advocacy:training_create"), data)
        assert answer.status_code == 422
        assert "Ada 2 yang bernama itu" in html_of(answer) and f"({twin.pk})" in html_of(answer)
        data["peserta-0-place"] = f"Kapuk, {twin.pk}"
        assert client.post(reverse("advocacy:training_create"), data).status_code == 302
        assert TrainingParticipant.objects.get().village == twin

    def test_a_village_that_is_gone_does_not_make_its_namesake_doubtful(
        self, client, sign_in, villages
    ):
        gone = factories.village("19.01.07.2009", "Kapuk")
        gone.gone_in = "2025"
        gone.save()
        sign_in("secretariat")
        data = self.data({"place": "Kapuk", "women": 1}, {"place": gone.pk, "women": 1})
        assert client.post(reverse("advocacy:training_create"), data).status_code == 302
        came = TrainingParticipant.objects.order_by("pk").values_list("village", flat=True)
        assert list(came) == [villages[0].pk, gone.pk]

    def test_a_name_stands_once_for_a_village(self, client, sign_in, villages):
        sign_in("secretariat")
        rows = [{"place": place, "name": "Staf"} for place in ("Kapuk", "Rebo", "kapuk")]
        answer = client.post(reverse("advocacy:training_create"), self.data(*rows))
        assert answer.status_code == 422 and "sudah tertulis" in html_of(answer)
        assert [bool(row.errors) for row in answer.context["form"].participants] == [
            False,
            False,
            True,
        ]

    def test_rows_change_are_added_and_taken_away(self, client, sign_in, training):
        sign_in("secretariat")
        data = self.change(training, {"place": "Rebo", "men": 4})
        data |= {"peserta-0-women": 5, "peserta-1-DELETE": "on"}
        url = reverse("advocacy:training_update", args=[training.pk])
        before = TrainingParticipant.history.count()
        assert client.post(url, data).status_code == 302
        rows = training.participants.order_by("pk")
        assert [(row.village.name, row.people) for row in rows] == [
            ("Kapuk", 7),
            ("Merawang", 1),
            ("Rebo", 4),
        ]
        assert TrainingParticipant.history.count() == before + 3

    def test_without_javascript_a_button_adds_a_row_and_another_takes_one_away(
        self, client, sign_in, training
    ):
        sign_in("secretariat")
        url = reverse("advocacy:training_update", args=[training.pk])
        data = self.change(training, title="")
        answer = client.post(url, data | {"aksi": "tambah-peserta"})
        form = answer.context["form"]
        assert answer.status_code == 200 and not form.errors and len(form.participants) == 4
        answer = client.post(url, data | {"aksi": "hapus-peserta-1"})
        form = answer.context["form"]
        assert [bool(row["DELETE"].value()) for row in form.participants] == [False, True, False]
        assert training.participants.count() == 3

    def test_what_somebody_else_has_added_meanwhile_stays(
        self, client, sign_in, training, villages
    ):
        sign_in("secretariat")
        data = self.change(training, title="Bimtek lain")
        save_training(
            training=training.stored(),
            participants=[TrainingParticipant(village=villages[2], women=9)],
            by=factories.user("secretariat"),
            version=training.version,
        )
        url = reverse("advocacy:training_update", args=[training.pk])
        answer = client.post(url, data)
        assert answer.status_code == 409 and "Rebo: 9 perempuan" in html_of(answer)
        data["version"] = answer.context["form"]["version"].value()
        assert client.post(url, data).status_code == 302
        assert training.participants.count() == 4
        assert training.stored().title == "Bimtek lain"

    def test_a_change_that_arrived_before_is_not_stored_twice(self, client, sign_in, training):
        """The answer to the first sending was lost; its row has a key that this page never saw."""
        sign_in("secretariat")
        data = self.change(training, {"place": "Rebo", "men": 4})
        url = reverse("advocacy:training_update", args=[training.pk])
        assert client.post(url, data).status_code == 302
        answer = client.post(url, data)
        assert answer.status_code == 409
        form = answer.context["form"]
        data |= {
            "version": form["version"].value(),
            "peserta-3-id": form.participants[3]["id"].value(),
        }
        assert client.post(url, data).status_code == 302
        assert training.participants.count() == 4

    def test_the_address_fills_in_the_activity(self, client, sign_in, team):
        sign_in("secretariat")
        activity = factories.activity(factories.plan(team, activities=0), way="training")
        url = reverse("advocacy:training_create") + f"?kegiatan={activity.pk}"
        assert client.get(url).context["form"]["activity"].value() == activity.pk


class TestManyRows:
    """A province's largest training: up to 300 rows, each somebody by name."""

    def data(self, number):
        rows = [
            {"place": f"Kapuk, {code}", "name": f"Pengelola {n}"} for n, code in self.of(number)
        ]
        return TestForm().data(*rows)

    def of(self, number):
        return ((n, f"19.01.06.200{n % 3 + 2}") for n in range(number))

    @pytest.fixture
    def namesakes(self, team):
        for _, code in self.of(3):
            factories.village(code, "Kapuk")

    @pytest.mark.both("rows are copied in by other means there")
    def test_as_many_as_it_takes_are_written_with_as_few_queries(self, client, sign_in, namesakes):
        account, url = sign_in("secretariat"), reverse("advocacy:training_create")

        def write(number):
            with CaptureQueriesContext(connection) as captured:
                assert client.post(url, self.data(number)).status_code == 302
            made = Training.objects.order_by("-pk").first()
            assert made.participants.filter(created_by=account).count() == number
            kept = TrainingParticipant.history.filter(training=made.pk, history_type="+")
            assert kept.filter(history_user=account).count() == number
            return len(captured)

        write(2)
        assert write(300) <= write(2) + 5  # rows go in by parts

    def test_one_more_is_refused_in_words_and_nothing_is_lost(self, client, sign_in, namesakes):
        sign_in("secretariat")
        answer = client.post(reverse("advocacy:training_create"), self.data(301))
        assert answer.status_code == 422 and not Training.objects.exists()
        html = html_of(answer)
        assert "Paling banyak 300 baris." in html and "Pengelola 300" in html

    def test_the_usual_page_is_small(self, client, sign_in, team, villages):
        sign_in("secretariat")
        came = [(villages[n % 3], {"name": f"Pengelola {n}"}) for n in range(30)]
        made = factories.training(team, participants=came)
        for url in ("create", "update", "detail"):
            args = [] if url == "create" else [made.pk]
            page = client.get(reverse(f"advocacy:training_{url}", args=args))
            assert len(gzip.compress(page.content, 6)) <= 15_000


class TestCounting:
    def test_it_counts_towards_its_activity_and_stands_on_its_page(self, client, sign_in, team):
        plan = factories.plan(team, activities=0)
        activity = factories.activity(plan, way="training", target=2)
        made = factories.training(team, activity=activity, held_on=plan.starts_on)
        factories.training(team, held_on=plan.starts_on, title="Di luar rencana")
        sign_in("observer")
        context = client.get(activity.get_absolute_url()).context
        assert context["progress"].done == 1
        assert [(title, url) for _, title, url in context["named_logs"]] == [
            (made.title, made.get_absolute_url())
        ]

    def test_an_activity_of_another_way_is_not_offered(self, client, sign_in, team):
        sign_in("secretariat")
        factories.activity(factories.plan(team, activities=0), way="visit")
        assert (
            "activity" not in client.get(reverse("advocacy:training_create")).context["form"].fields
        )


class TestPageOfTheLibrary:
    def test_shows_the_trainings_its_village_took_part_in(
        self, client, sign_in, team, training, villages
    ):
        library = factories.library(villages[1])
        later = [(villages[1], {"women": 4}), (villages[0], {"men": 9})]
        factories.training(team, title="Bimtek TIK", held_on=team.today, participants=later)
        sign_in("observer")
        rows = client.get(library.get_absolute_url()).context["trainings"]
        assert [(row["title"], row["people"]) for row in rows] == [
            ("Bimtek TIK", 4),
            ("Bimtek strategi", 2),
        ]

    def test_not_to_the_officer_of_the_regency(self, client, sign_in, training, villages):
        library = factories.library(villages[1])
        sign_in("regency_officer", regency_code="19.01")
        assert "Bimtek yang diikuti" not in html_of(client.get(library.get_absolute_url()))


class TestDeletion:
    def test_goes_with_its_participants_whose_history_stays(self, client, sign_in, training):
        sign_in("secretariat")
        url = reverse("advocacy:training_delete", args=[training.pk])
        assert client.post(url, {"version": training.version}).status_code == 302
        assert not Training.objects.exists()
        page = client.get(reverse("advocacy:training_history", args=[training.pk]))
        assert "Peserta dari Merawang" in html_of(page)

    def test_what_shows_a_step_of_a_village_is_kept(self, client, sign_in, training, villages):
        case = factories.expansion(villages[0])
        step = case.steps.get()
        step.training, step.reason = training, ""
        step.save_as(by=None)
        assert training.why_kept()


class TestScope:
    def test_of_another_province_it_does_not_exist(self, client, sign_in, training):
        factories.team("11")
        sign_in("secretariat", province_code="11")
        assert client.get(training.get_absolute_url()).status_code == 404
        assert client.get(reverse("advocacy:training_list")).context["page"].rows == []

    def test_a_regencys_officer_sees_none(self, client, sign_in, training):
        sign_in("regency_officer", regency_code="19.01")
        assert client.get(training.get_absolute_url()).status_code == 403
