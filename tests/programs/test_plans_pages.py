"""
The pages of the work plan: nothing lost, nothing twice, nothing overwritten, and light at any size.
"""

import gzip
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.actions import save_activity, submit_plan
from programs.models import BudgetLine, PlanComment, PlannedActivity, WorkPlan
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


def of(plan, name, *more):
    return reverse(f"programs:{name}", args=[plan.pk, *more])


def activity_data(plan, **changes):
    """Return the form of an activity as a browser sends it."""
    source = factories.source(plan.team, year=plan.year)
    person = plan.team.memberships.get(role="secretary").person_id
    return {
        "idempotency_key": str(uuid.uuid4()),
        "role": "1",
        "title": "Audiensi penganggaran",
        "way": "audience",
        "output": "",
        "target": "3",
        "unit": "kabupaten",
        "counted": "regencies",
        "months": ["7", "8"],
        "regency": "",
        "village": "",
        "person_in_charge": str(person),
        f"dana-{source.pk}": "9.000.000",
    } | changes


class TestPlan:
    def test_is_begun_empty_or_as_a_copy(self, client, sign_in, team):
        sign_in("secretariat")
        earlier = factories.plan(team, activities=2)
        url = reverse("programs:plan_create", args=[team.pk])
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "year": "2020",
            "period": "second_half",
            "copied": earlier.pk,
            "note": "Tema",
        }
        answers = [client.post(url, data) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302] and answers[0][
            "Location"
        ] == answers[1]["Location"]
        plan = WorkPlan.objects.get(starts_on__year=2020)
        assert (plan.period_text, plan.note, plan.activities.count()) == (
            "Semester II 2020",
            "Tema",
            2,
        )

    def test_a_period_that_is_taken_is_told_beside_the_year(self, client, sign_in, team):
        sign_in("secretariat")
        factories.plan(team, period="first_half")
        url = reverse("programs:plan_create", args=[team.pk])
        answer = client.post(
            url,
            {
                "idempotency_key": str(uuid.uuid4()),
                "year": "2019",
                "period": "year",
                "note": "Teks saya",
            },
        )
        page = answer.content.decode()
        assert (
            answer.status_code == 422
            and "Rencana kerja Semester I 2019 sudah ada untuk masa itu." in page
        )
        assert 'id="id_year_error"' in page and "Teks saya" in page

    def test_another_teams_plan_is_not_copied(self, client, sign_in, team):
        sign_in("secretariat")
        other = factories.plan(factories.team("11"))
        url = reverse("programs:plan_create", args=[team.pk])
        data = {
            "idempotency_key": str(uuid.uuid4()),
            "year": "2020",
            "period": "year",
            "copied": other.pk,
        }
        assert client.post(url, data).status_code == 422 and WorkPlan.objects.count() == 1

    def test_says_what_is_missing_before_it_is_handed_in(self, client, sign_in, team):
        sign_in("secretariat")
        plan = factories.plan(team, activities=0)
        page = client.get(plan.get_absolute_url()).content.decode()
        assert "Tambahkan paling sedikit satu kegiatan." in page and 'aria-disabled="true"' in page
        answer = client.post(of(plan, "plan_submit"), {"version": plan.version})
        assert answer.status_code == 422 and factories.fresh(plan).state == "draft"

    def test_a_change_in_between_stops_the_handing_in(self, client, sign_in, team):
        sign_in("secretariat")
        plan = factories.plan(team)
        factories.activity(plan, title="Baru saja ditambah")
        answer = client.post(of(plan, "plan_submit"), {"version": plan.version})
        assert (
            answer.status_code == 422
            and "Isinya berubah sejak halaman ini dibuka" in answer.content.decode()
        )
        answer = client.post(of(plan, "plan_submit"), {"version": factories.fresh(plan).version})
        assert answer.status_code == 302 and factories.fresh(plan).round == 1


class TestHistory:
    def test_says_what_was_budgeted_and_noted_and_for_what(self, client, sign_in, team):
        sign_in("chair")
        activity = factories.activity(
            factories.plan(team, activities=0), way="visit", title="Kunjungan ke desa"
        )
        factories.achievement(activity, note="Lima desa.")
        factories.expense(activity, what="Perjalanan")
        for url in (of(activity.plan, "plan_history"), of(activity, "activity_history")):
            page = client.get(url).content.decode()
            assert (
                "Anggaran Rp12.000.000 dari APBD provinsi untuk “Kunjungan ke desa” ditambahkan"
                in page
            )
            assert (
                "Capaian “Lima desa.” untuk “Kunjungan ke desa” ditambahkan" in page
                and "Pengeluaran “Perjalanan”" in page
            )


class TestActivityForm:
    def test_writes_an_activity_with_its_budget_once(self, client, sign_in, team):
        sign_in("secretariat")
        plan = factories.plan(team, activities=0)
        data = activity_data(plan)
        for _ in range(2):
            answer = client.post(of(plan, "activity_create"), data)
            assert answer.status_code == 302
        row = PlannedActivity.objects.get()
        assert (
            answer["Location"] == f"{plan.get_absolute_url()}?kegiatan={row.pk}#kegiatan-{row.pk}"
        )
        assert (row.months, row.counted, row.lines.get().amount) == (
            0b11000000,
            "regencies",
            9_000_000,
        )

    def test_save_and_add_another(self, client, sign_in, team):
        sign_in("secretariat")
        plan = factories.plan(team, activities=0)
        answer = client.post(of(plan, "activity_create"), activity_data(plan) | {"lagi": "1"})
        assert answer["Location"].endswith("/kegiatan/baru/?peran=1")
        page = client.get(answer["Location"]).content.decode()
        (chosen,) = re.findall('<input[^>]*name="role"[^>]*checked[^>]*>', page)
        assert 'value="1"' in chosen

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("title", " ", "Isi nama kegiatan."),
            ("role", "9", "Pilih"),
            ("way", "", "Pilih caranya."),
            ("target", "0", "paling sedikit 1"),
            ("target", "tiga", "Tulis target dengan angka."),
            ("unit", "", "Isi satuannya."),
            ("months", [], "Pilih paling sedikit satu bulan."),
            ("months", ["2"], "di luar masa rencana"),
            ("regency", "11.01", "tidak ada di provinsi tim"),
            ("village", "19.01.06.2002", "tidak ada dalam daftar perpustakaan desa"),
            ("person_in_charge", "999999", "tidak ada dalam daftar"),
            ("dana", "1.5", "Tulis jumlahnya dengan angka"),
            ("dana", "-5", "Tulis jumlahnya dengan angka"),
        ],
    )
    def test_what_is_wrong_is_told_beside_the_field_and_the_rest_stays(
        self, client, sign_in, team, field, value, message
    ):
        sign_in("secretariat")
        plan = factories.plan(team, period="second_half", activities=0)
        factories.village()
        factories.regency("11.01", "Kabupaten Aceh Selatan")
        data = activity_data(plan)
        name = next(key for key in data if key.startswith("dana-")) if field == "dana" else field
        answer = client.post(of(plan, "activity_create"), data | {name: value})
        page = answer.content.decode()
        assert (
            answer.status_code == 422
            and message in page
            and f'id="id_{name}' in page
            and f"id_{name}_error" in page
        )
        assert 'id="error-summary"' in page and ("9.000.000" in page or field == "dana")
        assert not PlannedActivity.objects.exists()

    def test_a_village_brings_its_regency(self, client, sign_in, team):
        sign_in("secretariat")
        plan = factories.plan(team, activities=0)
        village = factories.library().village
        client.post(of(plan, "activity_create"), activity_data(plan, village=village.pk))
        row = PlannedActivity.objects.get()
        assert (row.village, row.regency_id) == (village, "19.01")

    def test_of_two_people_the_second_is_told_also_of_the_budget(self, client, sign_in, team):
        sign_in("secretariat")
        plan = factories.plan(team)
        row = plan.activities.select_related("plan").get()
        source = factories.source(team)
        data = activity_data(plan) | {"version": row.version, f"dana-{source.pk}": "1.000.000"}
        save_activity(
            activity=row,
            budget={source: 2_000_000},
            by=factories.user("secretariat"),
            version=row.version,
        )
        answer = client.post(of(row, "activity_update"), data)
        page = answer.content.decode()
        assert (
            answer.status_code == 409
            and "Rp1.000.000" in page
            and "Rp2.000.000" in page
            and "Audiensi penganggaran" in page
        )
        assert BudgetLine.objects.get().amount == 2_000_000
        again = client.post(
            of(row, "activity_update"), data | {"version": PlannedActivity.objects.get().version}
        )
        assert again.status_code == 302 and BudgetLine.objects.get().amount == 1_000_000

    @pytest.mark.parametrize("state", ["submitted", "approved"])
    def test_no_form_while_the_plan_is_not_on_the_desk(self, client, sign_in, team, state):
        sign_in("secretariat")
        plan = factories.plan(team, state=state)
        row = plan.activities.get()
        for url in (
            of(plan, "activity_create"),
            of(row, "activity_update"),
            of(row, "activity_remove"),
            of(plan, "plan_import"),
        ):
            answer = client.get(url, follow=True)
            assert answer.redirect_chain and "tidak dapat diubah" in answer.content.decode(), url
        answer = client.post(
            of(row, "activity_update"), activity_data(plan) | {"version": row.version}
        )
        assert answer.status_code == 422 and "Audiensi penganggaran" in answer.content.decode()
        assert client.post(of(row, "activity_remove"), {"version": row.version}).status_code == 422
        assert plan.activities.get().title == "Kegiatan 1"

    def test_removing(self, client, sign_in, team):
        sign_in("secretariat")
        plan = factories.plan(team)
        row = plan.activities.get()
        factories.minutes(team, activity=row)
        answer = client.post(of(row, "activity_remove"), {"version": row.version})
        assert answer.status_code == 422 and "sudah mempunyai rapat" in answer.content.decode()
        other = factories.activity(plan)
        assert (
            client.post(of(other, "activity_remove"), {"version": other.version}).status_code == 302
        )
        assert plan.activities.get() == row


class TestOrder:
    def titles(self, plan):
        return [row.title.removeprefix("Kegiatan ") for row in plan.activities.in_order()]

    def test_by_buttons_and_by_dragging(self, client, sign_in, team):
        sign_in("secretariat")
        plan = factories.plan(team, activities=3)
        first, second, third = plan.activities.in_order()
        answer = client.post(of(plan, "plan_order"), {"geser": f"{third.pk}-naik"})
        assert answer["Location"].endswith(f"#kegiatan-{third.pk}") and self.titles(plan) == [
            "1",
            "3",
            "2",
        ]
        client.post(of(plan, "plan_order"), {"geser": f"{first.pk}-turun"})
        assert self.titles(plan) == ["3", "1", "2"]
        for edge in (f"{second.pk}-turun", f"{third.pk}-naik"):
            client.post(of(plan, "plan_order"), {"geser": edge})
        assert self.titles(plan) == ["3", "1", "2"]
        client.post(of(plan, "plan_order"), {"geser": second.pk, "sebelum": third.pk})
        assert self.titles(plan) == ["2", "3", "1"]
        client.post(of(plan, "plan_order"), {"geser": second.pk, "sebelum": ""})
        assert self.titles(plan) == ["3", "1", "2"]

    @pytest.mark.parametrize("sent", [{}, {"geser": "x"}, {"geser": "99999999999999999999-naik"}])
    def test_nonsense_moves_nothing(self, client, sign_in, team, sent):
        sign_in("secretariat")
        plan = factories.plan(team, activities=2)
        assert client.post(of(plan, "plan_order"), sent).status_code == 404
        assert self.titles(plan) == ["1", "2"]

    def test_not_by_others(self, client, sign_in, team):
        plan = factories.plan(team, activities=2)
        first = plan.activities.in_order()[0]
        for role, where, status in (
            ("chair", {}, 403),
            ("secretariat", {"province_code": "11"}, 404),
        ):
            sign_in(role, **where)
            assert (
                client.post(of(plan, "plan_order"), {"geser": f"{first.pk}-turun"}).status_code
                == status
            )
        assert self.titles(plan) == ["1", "2"]


class TestReview:
    @pytest.fixture
    def plan(self, team):
        return factories.plan(
            team, activities=2, by=factories.user("secretariat"), state="submitted"
        )

    def sent(self, plan, **more):
        return {"version": plan.version, "idempotency_key": str(uuid.uuid4())} | more

    def test_comments_are_kept_once(self, client, sign_in, plan):
        sign_in("member")
        row = plan.activities.in_order()[0]
        data = self.sent(
            plan, aksi="catat", catatan="Untuk semua.", **{f"catatan-{row.pk}": "Mengapa Juli?"}
        )
        for _ in range(2):
            assert client.post(of(plan, "plan_review"), data).status_code == 302
        assert sorted(PlanComment.objects.values_list("text", "about", "activity", "round")) == [
            ("Mengapa Juli?", "2.1 Kegiatan 1", row.pk, 1),
            ("Untuk semua.", "", None, 1),
        ]

    def test_an_empty_sending_and_a_long_text_are_told(self, client, sign_in, plan):
        sign_in("chair")
        answer = client.post(of(plan, "plan_review"), self.sent(plan, aksi="catat", catatan=" "))
        assert answer.status_code == 409 and "Tuliskan catatannya dulu." in answer.content.decode()
        row = plan.activities.in_order()[0]
        answer = client.post(
            of(plan, "plan_review"),
            self.sent(plan, aksi="kembalikan", **{f"catatan-{row.pk}": "x" * 2001}),
        )
        page = answer.content.decode()
        assert (
            answer.status_code == 422 and "paling panjang 2000 huruf" in page and "x" * 2001 in page
        )
        assert f'href="#id_catatan-{row.pk}"' in page and factories.fresh(plan).state == "submitted"

    def test_asking_for_corrections_keeps_comments_and_reason(self, client, sign_in, plan):
        sign_in("chair")
        row = plan.activities.in_order()[0]
        data = self.sent(
            plan, aksi="kembalikan", catatan="Lengkapi.", **{f"catatan-{row.pk}": "Jadwalnya?"}
        )
        for _ in range(2):  # a second tap: done already
            assert client.post(of(plan, "plan_review"), data).status_code == 302
        plan = factories.fresh(plan)
        assert (plan.state, plan.return_reason, plan.comments.get().text) == (
            "returned",
            "Lengkapi.",
            "Jadwalnya?",
        )

    def test_asking_for_corrections_needs_words(self, client, sign_in, plan):
        sign_in("chair")
        answer = client.post(of(plan, "plan_review"), self.sent(plan, aksi="kembalikan"))
        assert answer.status_code == 409 and "Tuliskan alasannya." in answer.content.decode()
        assert factories.fresh(plan).state == "submitted"

    def test_approving_asks_first_and_keeps_what_was_typed(self, client, sign_in, plan):
        sign_in("chair")
        row = plan.activities.in_order()[0]
        answer = client.post(
            of(plan, "plan_review"),
            self.sent(plan, aksi="setujui", **{f"catatan-{row.pk}": "Bagus."}),
        )
        assert answer["Location"] == f"{of(plan, 'plan_approve')}?versi={plan.version}"
        page = client.get(answer["Location"]).content.decode()
        assert (
            "2 kegiatan senilai Rp24.000.000" in page
            and "1 catatan yang belum ditandai selesai" in page
        )
        assert client.post(of(plan, "plan_approve"), {"version": plan.version}).status_code == 302
        assert factories.fresh(plan).state == "approved"

    def test_what_was_not_seen_is_not_approved(self, client, sign_in, plan):
        """Returned and handed in again since the page was opened."""
        chair = sign_in("chair")
        seen = plan.version
        plan.send_back(by=chair, reason="Lengkapi.")
        plan.submit(by=factories.user("secretariat"))
        answer = client.post(of(plan, "plan_approve"), {"version": seen})
        assert answer.status_code == 422 and "Isinya berubah" in answer.content.decode()
        assert factories.fresh(plan).state == "submitted"

    def test_nobody_approves_their_own(self, client, sign_in, team):
        both = sign_in(factories.assign(factories.user("secretariat"), "chair"))
        plan = factories.plan(team, by=both, state="submitted")
        page = client.get(of(plan, "plan_review")).content.decode()
        assert "yang menyetujui harus orang lain" in page and "data-approve" not in page
        answer = client.post(of(plan, "plan_approve"), {"version": plan.version})
        assert answer.status_code == 422 and "orang lain" in answer.content.decode()
        assert factories.fresh(plan).state == "submitted"

    @pytest.mark.parametrize(
        ("role", "action"),
        [("secretariat", "kembalikan"), ("member", "setujui"), ("observer", "catat")],
    )
    def test_only_who_may(self, client, sign_in, plan, role, action):
        sign_in(role)
        answer = client.post(of(plan, "plan_review"), self.sent(plan, aksi=action, catatan="Teks"))
        assert answer.status_code == 403 and not PlanComment.objects.exists()
        page = client.get(of(plan, "plan_review")).content.decode()
        assert ("Minta perbaikan" in page) is False and ("Simpan catatan" in page) is (
            role != "observer"
        )

    def test_answers_and_resolving(self, client, sign_in, plan):
        chair = factories.user("chair")
        comment = PlanComment(
            plan=plan, activity=plan.activities.first(), about="2.1", round=1, text="Mengapa?"
        ).save_as(by=chair)
        sign_in("secretariat")
        client.post(
            of(plan, "plan_review"),
            self.sent(plan, aksi="catat", **{f"jawab-{comment.pk}": "Karena."}),
        )
        answer = comment.replies.get()
        assert (answer.text, answer.activity_id, answer.about) == (
            "Karena.",
            comment.activity_id,
            "2.1",
        )
        assert (
            client.post(
                of(plan, "plan_review"), self.sent(plan, aksi=f"selesai-{comment.pk}")
            ).status_code
            == 403
        )
        sign_in(chair)
        data = self.sent(plan, aksi=f"selesai-{comment.pk}", catatan="Ketikan ini ikut tersimpan.")
        for _ in range(2):
            assert client.post(of(plan, "plan_review"), data).status_code == 302
        comment.refresh_from_db()
        assert (
            comment.resolved_by == chair
            and plan.comments.filter(text="Ketikan ini ikut tersimpan.").count() == 1
        )

    @pytest.mark.parametrize("action", ["selesai-999999", "selesai-x", "selesai-"])
    def test_resolving_what_is_not_there(self, client, sign_in, plan, action):
        sign_in("chair")
        assert client.post(of(plan, "plan_review"), self.sent(plan, aksi=action)).status_code == 404

    def test_a_comment_of_another_plan_is_not_answered_here(self, client, sign_in, plan):
        other = factories.plan(plan.team, year=2020, by=plan.submitted_by, state="submitted")
        comment = PlanComment(plan=other, round=1, text="Di tempat lain.").save_as(by=None)
        sign_in("chair")
        data = self.sent(plan, aksi="catat", catatan="x", **{f"jawab-{comment.pk}": "Karena."})
        client.post(of(plan, "plan_review"), data)
        assert not comment.replies.exists()
        assert (
            client.post(
                of(plan, "plan_review"), self.sent(plan, aksi=f"selesai-{comment.pk}")
            ).status_code
            == 404
        )

    def test_exactly_what_changed_is_shown(self, client, sign_in, team):
        desk, chair = factories.user("secretariat"), factories.user("chair")
        plan = factories.plan(team, activities=3, by=desk, chair=chair, state="returned")
        one, two, _ = plan.activities.in_order().select_related("plan")
        one.target = 5
        save_activity(activity=one, budget={}, by=desk, version=one.version)
        two.plan = plan
        client.force_login(desk, backend="sinergi.accounts.backends.RoleBackend")
        client.post(of(two, "activity_remove"), {"version": two.version})
        client.post(of(plan, "plan_submit"), {"version": factories.fresh(plan).version})
        sign_in(chair)
        page = client.get(of(plan, "plan_review")).content.decode()
        assert (
            "Target <del>3 pertemuan</del> <ins>5 pertemuan</ins>" in page
            and "<del>Kegiatan 2, Rp12.000.000</del>" in page
        )
        assert (
            page.count('s-activity s-activity--changed"') == 1
            and page.count("s-chip--changed") == 2
        )  # list and item
        first = client.get(of(plan, "plan_version", 1)).content.decode()
        assert (
            "Kegiatan 2" in first and "5 pertemuan" not in first and "Lengkapi jadwalnya." in first
        )
        assert client.get(of(plan, "plan_version", 3)).status_code == 404
        assert client.get(f"{of(plan, 'plan_review')}?banding=abc").status_code == 200

    def test_a_source_that_became_another_is_shown(self, client, sign_in, team):
        desk, chair = factories.user("secretariat"), factories.user("chair")
        plan = factories.plan(team, by=desk, chair=chair, state="returned")
        source = factories.source(team)
        source.kind, source.name = "private", "Bank Z"
        source.save_as(by=desk)
        submit_plan(plan=factories.fresh(plan), by=desk)
        sign_in(chair)
        page = client.get(of(plan, "plan_review")).content.decode()
        assert "Tidak ada yang berubah" not in page
        assert "Sumber dana <del>APBD provinsi</del> <ins>Swasta/CSR (Bank Z)</ins>" in page
        assert "Jenis Swasta/CSR (Bank Z) <del>APBD provinsi</del> <ins>Swasta/CSR</ins>" in page

    def test_a_plan_never_handed_in_leads_back(self, client, sign_in, team):
        sign_in("chair")
        plan = factories.plan(team)
        assert client.get(of(plan, "plan_review"))["Location"] == plan.get_absolute_url()
        assert client.post(of(plan, "plan_review"), self.sent(plan, catatan="x")).status_code == 404


class TestAtSize:
    def test_300_activities_in_six_queries_and_60_kb(self, client, sign_in, team):
        """Also with their second version, comments and answers."""
        desk, chair = factories.user("secretariat"), factories.user("chair")
        plan = factories.plan(team, activities=0)
        sources = [
            factories.source(team),
            factories.source(team, kind="apbd_regency", name="Bangka"),
        ]
        for n in range(300):
            factories.activity(
                plan,
                role=n % 3 + 1,
                title=f"Kegiatan nomor {n} tentang perpustakaan desa ke-{n * 7919 % 1000}",
                output=f"Keluaran {n}",
                budget={sources[n % 2]: 1_000_000 + n},
                months=[n % 12 + 1, 12],
            )
        client.force_login(desk, backend="sinergi.accounts.backends.RoleBackend")
        client.post(of(plan, "plan_submit"), {"version": factories.fresh(plan).version})
        sign_in(chair)
        data = {
            "version": factories.fresh(plan).version,
            "idempotency_key": str(uuid.uuid4()),
            "aksi": "kembalikan",
            "catatan": "Ubah.",
        }
        data |= {f"catatan-{row.pk}": f"Catatan {row.title}" for row in plan.activities.all()[:40]}
        assert client.post(of(plan, "plan_review"), data).status_code == 302
        for row in plan.activities.select_related("plan")[:60]:
            row.target += 1
            save_activity(activity=row, budget={sources[0]: 5}, by=desk, version=row.version)
        client.force_login(desk, backend="sinergi.accounts.backends.RoleBackend")
        client.post(of(plan, "plan_submit"), {"version": factories.fresh(plan).version})
        sign_in(chair)
        client.get(of(plan, "plan_review"))
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(of(plan, "plan_review"))
        assert answer.status_code == 200 and answer.content.count(b'class="s-activity') >= 300
        assert len(captured) <= 6, [query["sql"][:80] for query in captured]
        weight = len(gzip.compress(answer.content, 6))
        assert weight <= 60_000, weight
