"""The page of the queue: what it says and offers, files of it, photos, and without storage."""

import hashlib
import json
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from advocacy.models import Meeting
from tests import factories
from tests.browser.faults import fault_proxy
from tests.browser.queue_states import TRY, items, states, until
from tests.browser.test_queue import come

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["come"]  # a fixture
SCRIPTS = Path(__file__).parent / "scripts"
FILL = (SCRIPTS / "fill_queue.js").read_text()


@pytest.fixture
def team():
    return factories.team()


@pytest.fixture
def secretariat(team):
    return factories.user("secretariat")


@pytest.fixture
def someone(visitor, secretariat):
    one = visitor()
    one.sign_in(secretariat)
    return one


def test_it_says_what_waits_in_every_state(someone, team):
    page = someone.page
    page.goto("/antrean/")
    page.get_by_text("Tidak ada yang menunggu.").wait_for()
    someone.axe("antrean kosong", dark_too=True)
    page.evaluate(FILL)
    page.get_by_text("2 isian menunggu, 2 di antaranya perlu Anda periksa").wait_for()
    named = page.get_by_role("link", name="<img src=x> Badau", exact=True)
    expect(named, "as text").to_be_visible()
    expect(page.get_by_text("Tersimpan: Ruang rapat")).to_be_visible()
    page.get_by_text("1 isian milik akun lain").wait_for()
    expect(page.get_by_text("Rahasia")).to_have_count(0)
    expect(page.get_by_text("hilang dari perangkat ini setelah 7 hari")).to_be_visible()
    expect(page.locator("[data-queue-sign] b")).to_have_text("2")
    someone.axe("antrean", dark_too=True)
    someone.fits()
    someone.suits_a_phone()
    someone.listening = False  # a request without a line fails, as it must
    someone.context.set_offline(True)
    page.get_by_text("Tidak ada sinyal, dicoba lagi sendiri").wait_for()
    someone.axe("antrean luring", dark_too=True)
    someone.context.set_offline(False)


def test_something_is_dropped_only_after_asking(someone, team):
    page = someone.page
    page.goto("/antrean/")
    page.evaluate(FILL)
    drop = page.get_by_role("button", name="Buang Kunjungan Desa Sungai Samak")
    dialog = page.get_by_role("dialog", name="Buang Kunjungan Desa Sungai Samak?")
    drop.click()
    someone.axe("buang", dark_too=True)
    dialog.get_by_role("button", name="Batal").click()
    expect(dialog).to_be_hidden()
    assert len(items(page)) == 5
    drop.click()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert len(items(page)) == 5
    drop.click()
    dialog.get_by_role("button", name="Buang").click()
    until(page, lambda: len(items(page)) == 4, "it is gone")
    drop.wait_for(state="detached")


def saved_file(page):
    with page.expect_download() as download:
        page.get_by_role("button", name="Simpan semua sebagai berkas").click()
    return download.value.path().read_text()


def read_back(page, text):
    page.get_by_label("Masukkan berkas yang disimpan").set_input_files(
        {"name": "antrean.json", "mimeType": "application/json", "buffer": text.encode()}
    )


def test_a_file_of_the_queue_is_read_back_on_another_phone(visitor, someone, secretariat):
    page = someone.page
    page.goto("/antrean/")
    page.evaluate(FILL)
    page.get_by_text("2 isian menunggu").wait_for()
    text = saved_file(page)
    other = visitor().sign_in(secretariat)
    other.goto("/antrean/")
    read_back(other, text)
    other.get_by_text("3 isian dimasukkan").wait_for()
    shared = {item["key"] for item in items(page) if item["state"] != "stored"}
    assert {item["key"] for item in items(other)} < shared
    other.get_by_text("1 berkas").first.wait_for()
    read_back(other, text)
    other.get_by_text("0 isian dimasukkan; 3 sudah ada di sini").wait_for()
    assert len(items(other)) == 3


NO_ROOM_FOR_FILES = """() => {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...given) {
    const asked = put.apply(this, given);
    if (this.name === "files") this.transaction.abort(); // as a browser does without room
    return asked;
  };
}"""
EMPTY = """import('/static/js/queue.js').then(async (queue) => {
  for (const item of await queue.all()) await queue.remove(item.key);
})"""


def changed(text, old, new):
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: changed(text, "Sungai Samak", "Sungai Lain"),
        lambda text: text[:-20],
        lambda text: "<script>alert(1)</script>",
        lambda text: "[]",
        lambda text: json.dumps(json.loads(text) | {"content": "[{}]"}),
    ],
    ids=["by hand", "cut", "a page", "something else", "emptied"],
)
def test_a_file_that_was_changed_is_refused_whole(someone, spoil):
    page = someone.page
    page.goto("/antrean/")
    page.evaluate(FILL)
    page.get_by_text("2 isian menunggu").wait_for()
    spoilt = spoil(saved_file(page))
    page.evaluate(EMPTY)
    read_back(page, spoilt)
    page.get_by_text("Tidak ada yang dimasukkan.").wait_for()
    assert items(page) == []


def forged(text, **changes):
    """Return the file with its first item changed, and the right sum."""
    made = json.loads(text)
    content = json.loads(made["content"])
    content[0] |= changes
    content = json.dumps(content)
    return json.dumps(
        made | {"content": content, "sum": hashlib.sha256(content.encode()).hexdigest()}
    )


def test_a_file_that_leads_elsewhere_is_refused_though_its_sum_is_right(someone):
    page = someone.page
    page.goto("/antrean/")
    page.evaluate(FILL)
    page.get_by_text("2 isian menunggu").wait_for()
    read_back(page, forged(saved_file(page), url="//di-luar.example/"))
    page.get_by_text("Tidak ada yang dimasukkan.").wait_for()


def test_what_a_file_brings_is_sent_by_nobody_but_its_form(live_server, come, team, secretariat):
    with fault_proxy(live_server) as proxy:
        page = come(proxy).sign_in(secretariat)
        page.goto("/rapat/baru/")
        page.get_by_label("Judul").fill("Rapat dari berkas")
        page.get_by_label("Mulai").fill("09:00")
        page.get_by_text("Draf tersimpan").last.wait_for()
        page.goto("/antrean/")
        page.get_by_role("link", name="Lanjutkan Rapat dari berkas").wait_for()
        text = forged(
            saved_file(page),
            state="waiting",
            action="/kunjungan/1/buka-kembali/",
            photo_url="/kunjungan/1/foto/baru/",
        )
        page.evaluate(EMPTY)
        read_back(page, text)
        page.get_by_text("1 isian dimasukkan").wait_for()
        page.evaluate(TRY)
        page.goto("/antrean/")  # which tries by itself
        page.get_by_text("1 draf belum dikirim").wait_for()
        assert states(page) == ["draft"]
        expect(page.get_by_role("button", name="Kirim sekarang")).to_be_hidden()
        assert proxy.posts == []

        page.get_by_role("link", name="Lanjutkan Rapat dari berkas").click()
        expect(page.get_by_label("Judul")).to_have_value("Rapat dari berkas")
        page.get_by_role("button", name="Simpan draf").last.click()
        until(page, lambda: states(page) == ["stored"], "it is stored")
        assert proxy.posts == ["/rapat/baru/"]
    assert Meeting.objects.get().title == "Rapat dari berkas"


def test_a_file_is_read_in_with_all_its_photographs_or_not_at_all(visitor, someone, secretariat):
    someone.page.goto("/antrean/")
    someone.page.evaluate(FILL)
    someone.page.get_by_text("2 isian menunggu").wait_for()
    text = saved_file(someone.page)
    page = visitor().sign_in(secretariat)
    page.goto("/antrean/")
    page.evaluate(NO_ROOM_FOR_FILES)
    read_back(page, text)
    page.get_by_text("ruang di perangkat ini penuh").wait_for()
    assert not [item for item in items(page) if item["title"] == "Kunjungan Desa Sijuk"]
    page.goto("/antrean/")  # and there is room again
    read_back(page, text)
    until(page, lambda: len(items(page)) == 3, "what was missing is there")
    page.get_by_text("1 berkas").first.wait_for()


def test_a_file_of_another_account_is_kept_apart(visitor, someone):
    page = someone.page
    page.goto("/antrean/")
    page.evaluate(FILL)
    page.get_by_text("2 isian menunggu").wait_for()
    text = saved_file(page)
    other = visitor().sign_in(factories.user("administrator"))
    other.goto("/antrean/")
    read_back(other, text)
    other.get_by_text("Berkas ini milik akun lain.").wait_for()
    assert items(other) == []


def test_without_javascript_it_says_so(visitor, secretariat):
    page = visitor(java_script_enabled=False).sign_in(secretariat)
    page.goto("/antrean/")
    expect(page.get_by_text("Antrean memerlukan JavaScript.")).to_be_visible()
    expect(page.get_by_role("button", name="Kirim sekarang")).to_be_hidden()


NO_ROOM = """IDBObjectStore.prototype.put = function () {
  throw new DOMException("penuh", "QuotaExceededError");
};"""


def test_a_full_phone_says_so_at_once_and_offers_the_file(visitor, secretariat):
    someone = visitor()
    page = someone.sign_in(secretariat)
    page.add_init_script(NO_ROOM)
    page.goto("/rapat/baru/")
    page.get_by_label("Judul").fill("Rapat di desa")
    page.get_by_text("Draf tidak dapat disimpan di perangkat ini").last.wait_for()
    page.get_by_label("Mulai").fill("09:00")
    someone.listening = False
    someone.context.set_offline(True)
    page.get_by_role("button", name="Simpan draf").last.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Simpan berkas").click()
    assert "Rapat di desa" in download.value.path().read_text()
    someone.axe("penuh", dark_too=True)
    someone.context.set_offline(False)
    page.get_by_text("Tersambung kembali").last.wait_for()
    page.get_by_role("button", name="Simpan draf").last.click()
    page.get_by_text("Rapat disimpan.").wait_for()
    assert Meeting.objects.get().title == "Rapat di desa"


# Photos -----------------------------------------------------------------------------------------
SHRINK = (SCRIPTS / "shrink_photos.js").read_text()


def photo(size=(4000, 3000)):
    """Return a noisy photo on its side, as a phone writes it, with the place where it was taken."""
    noise = Image.effect_noise(size, 60).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif.get_ifd(0x8825)[1] = "S"
    buffer = BytesIO()
    noise.save(buffer, "JPEG", quality=90, exif=exif)
    return buffer.getvalue()


def test_a_photo_is_made_small_and_upright_and_tells_no_place(someone, tmp_path):
    page = someone.page
    page.goto("/bantuan/")
    page.evaluate(
        "document.querySelector('main').append(Object.assign(document.createElement('input'),"
        " {id: 'uji', type: 'file', multiple: true}))"
    )
    big = photo()
    assert len(big) > 2_000_000
    files = {
        "besar.JPG": big,
        "bukan.jpg": b"bukan foto",
        "berat.jpg": big + b"\0" * (20 * 1024 * 1024),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    page.locator("#uji").set_input_files([tmp_path / name for name in files])
    small, wrong, heavy = page.evaluate(SHRINK)
    assert small["size"] <= 500_000 and small["name"] == "besar.jpg" and not small["exif"]
    assert small["height"] > small["width"], "upright"
    assert "bukan foto" in wrong["error"] and "20 MB" in heavy["error"]


PHOTO_FORM = (SCRIPTS / "photo_form.js").read_text()


class PhotoServer:
    """Stands in for a view that takes a visit and then its photos; answers get lost on demand."""

    def __init__(self, page):
        self.lost, self.photos, self.visits, self.tried = [], set(), set(), 0
        page.route("**/uji/", self.take_visit)
        page.route("**/uji/foto/", self.take_photo)

    def key_of(self, route):
        body = route.request.post_data_buffer
        return body.split(b'name="idempotency_key"\r\n\r\n')[1].split(b"\r\n")[0].decode()

    def take_visit(self, route):
        self.visits.add(key := self.key_of(route))
        told = {"key": key, "status": "stored", "url": "/bantuan/", "photo_url": "/uji/foto/"}
        self.answer(route, told)

    def take_photo(self, route):
        self.tried += 1
        self.photos.add(key := self.key_of(route))
        self.answer(route, {"key": key, "status": "stored"})

    def answer(self, route, told):
        if self.lost and self.lost.pop(0):
            return route.abort()
        return route.fulfill(json=told)


def test_photos_follow_one_by_one_and_each_once(someone):
    page = someone.page
    page.goto("/antrean/")
    server = PhotoServer(page)
    page.evaluate(PHOTO_FORM)
    page.get_by_label("jawaban").fill("ya")
    files = [
        {"name": f"foto {n}.jpg", "mimeType": "image/jpeg", "buffer": photo((400, 300))}
        for n in range(4)
    ]
    page.get_by_label("photos").set_input_files(files)
    page.get_by_text("Paling banyak 3 foto.").wait_for()
    expect(page.locator("form .s-gallery img")).to_have_count(3)
    page.get_by_role("button", name="Buang foto 1, foto 0.jpg").click()
    expect(page.locator("form .s-gallery img")).to_have_count(2)
    someone.listening = False
    server.lost += [False, False, True]  # the visit and a photo arrive; the answer to the last not
    with page.expect_navigation(url="**/bantuan/"):  # the visit has arrived
        page.get_by_role("button", name="Kirim", exact=True).click()
    until(page, lambda: server.tried >= 2, "one photo is lost")
    page.goto("/antrean/")  # which tries again
    until(page, lambda: states(page) == ["stored"], "all of it has arrived")
    assert (len(server.visits), len(server.photos)) == (1, 2) and server.tried >= 3


def test_a_browser_that_keeps_nothing_says_so_and_forms_work(visitor, secretariat):
    someone = visitor()
    page = someone.sign_in(secretariat)
    refused = "throw new DOMException('tidak boleh', 'SecurityError')"
    page.add_init_script(f"IDBFactory.prototype.open = () => {{ {refused}; }}")
    page.goto("/antrean/")
    page.get_by_text("tidak mengizinkan Sinergi menyimpan isian").wait_for()
    someone.axe("antrean tanpa ruang", dark_too=True)
    someone.fits()
    page.goto("/rapat/baru/")
    page.get_by_label("Judul").fill("Rapat di desa")
    page.get_by_label("Mulai").fill("09:00")
    page.get_by_role("button", name="Simpan draf").last.click()
    page.get_by_text("Rapat disimpan.").wait_for()
