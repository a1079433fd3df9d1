"""The pages on which an administrator replaces a Word template."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from programs.models import Team, WordTemplate
from tests import factories
from tests.pages import html_of
from tests.test_pages import queries
from tests.word_files import docx, p

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return factories.team()


def url_of(team, name, document="undangan"):
    return reverse(f"advocacy:word_template_{name}", args=[team.pk, document])


def send(client, team, content, name="kop dinas.docx", **fields):
    upload = SimpleUploadedFile(name, content)
    url = url_of(team, "create")
    return client.post(url, {"upload": upload, "note": "Kop baru"} | fields)


def text_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return "\n".join(one.text for one in Document(io.BytesIO(content)).paragraphs)


def test_the_whole_way(client, sign_in, team):
    """Download, edit, upload, look at the sample, put in use, print, take back, restore."""
    account = sign_in("administrator")
    shipped = client.get(url_of(team, "download"))
    assert "{{ judul }}" in text_of(shipped) and "attachment" in shipped["Content-Disposition"]
    document = Document(io.BytesIO(shipped.content))
    document.add_paragraph("Nomor naskah ${nomor_naskah}, tim {{ tim }}")
    edited = io.BytesIO()
    document.save(edited)

    answer = send(client, team, edited.getvalue())
    template = WordTemplate.objects.get()
    assert answer.status_code == 302 and answer.url == template.get_absolute_url()
    assert (template.state, template.created_by, template.note) == ("uploaded", account, "Kop baru")
    page = html_of(client.get(answer.url))
    assert "Nomor naskah ${nomor_naskah}, tim Tim Sinergi Provinsi Contoh" in page
    sample = client.get(reverse("advocacy:word_template_sample", args=[template.pk]))
    assert "tim Tim Sinergi Provinsi Contoh" in text_of(sample)

    meeting = factories.meeting(team)
    word = reverse("advocacy:meeting_word", args=[meeting.pk, "undangan"])
    assert "Nomor naskah" not in text_of(client.get(word))
    use = reverse("advocacy:word_template_use", args=[template.pk])
    assert client.post(use, {"version": template.version}).status_code == 302
    assert f"Nomor naskah ${{nomor_naskah}}, tim {team.name}" in text_of(client.get(word))
    letter = reverse("advocacy:meeting_document", args=[meeting.pk, "undangan"])
    assert "kop dinas.docx, dipakai sejak" in html_of(client.get(letter))
    assert "Nomor naskah" in text_of(client.get(url_of(team, "download")))
    assert "Nomor naskah" not in text_of(client.get(url_of(team, "download"), {"bawaan": "1"}))

    template.refresh_from_db()
    back = reverse("advocacy:word_template_withdraw", args=[template.pk])
    assert client.post(back, {"version": template.version}).status_code == 302
    assert "Nomor naskah" not in text_of(client.get(word))
    template.refresh_from_db()
    assert client.post(use, {"version": template.version}).status_code == 302
    assert "Nomor naskah" in text_of(client.get(word))
    history = html_of(client.get(reverse("advocacy:word_template_history", args=[template.pk])))
    assert "Tidak dipakai lagi" in history


def test_every_fault_is_listed_and_the_file_is_not_kept(client, sign_in, team):
    sign_in("administrator")
    letter = docx(p("Hal {{ judull }}"), p("{{ lipsum() }}"), p("{% include 'x' %}"))
    answer = send(client, team, letter)
    page = html_of(answer)
    assert answer.status_code == 422 and not WordTemplate.objects.exists()
    for told in (
        "Isi surat, paragraf 1",
        "Hal {{ judull }}",
        "Mungkin maksudnya judul?",
        "Isi surat, paragraf 2",
        "Fungsi dengan kurung",
        "Perintah include",
        "Ada 3 hal yang perlu diperbaiki",
    ):
        assert told in page, told
    assert 'value="Kop baru"' in page


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7", "Ini bukan Dokumen Word"),
        (b"x" * (10 * 1024 * 1024 + 1), "lebih dari 10 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Ini Word lama"),
        (b"", "kosong"),
    ],
)
def test_what_is_no_word_file(client, sign_in, team, content, told):
    sign_in("administrator")
    answer = send(client, team, content, name="<b>surat</b>.docx")
    page = html_of(answer)
    assert answer.status_code == 422 and told in page and "<b>surat" not in page
    assert not WordTemplate.objects.exists()


def test_nothing_is_sent_without_a_file(client, sign_in, team):
    sign_in("administrator")
    assert client.post(url_of(team, "create"), {"note": "x"}).status_code == 422


def test_sent_twice_is_one_template(client, sign_in, team):
    sign_in("administrator")
    key = "7d3c4e1e-5f0a-4c55-9c0e-0d8f3a3b5d11"
    for _ in range(2):
        assert send(client, team, factories.word_file(), idempotency_key=key).status_code == 302
    assert WordTemplate.objects.count() == 1


def test_another_province_and_another_role(client, sign_in, team):
    template = factories.word_template(team)
    use = reverse("advocacy:word_template_use", args=[template.pk])
    sign_in("administrator", province_code="11")
    for url in (use, template.get_absolute_url(), url_of(team, "create"), url_of(team, "download")):
        assert client.get(url).status_code == 404, url
    assert client.post(use, {"version": 1}).status_code == 404
    sign_in("secretariat")
    assert client.post(use, {"version": 1}).status_code == 403
    template.refresh_from_db()
    assert template.state == "uploaded"


def test_a_document_without_word_has_no_template(client, sign_in, team):
    sign_in("administrator")
    assert client.get(url_of(team, "document", "daftar-hadir")).status_code == 404


def test_a_template_of_another_document_does_not_replace_it(client, sign_in, team):
    sign_in("administrator")
    factories.word_template(team, document="notula", use=True, text="Lain")
    meeting = factories.meeting(team)
    word = reverse("advocacy:meeting_word", args=[meeting.pk, "undangan"])
    assert "Lain" not in text_of(client.get(word))


def test_one_that_fits_no_more_is_told_where_it_is_used_and_where_it_is_mended(
    client, sign_in, team
):
    """As after a release that gave up a field."""
    sign_in("administrator")
    template = factories.word_template(team, use=True, text="{{ isian_lama }}")
    meeting = factories.meeting(team)
    answer = client.get(reverse("advocacy:meeting_word", args=[meeting.pk, "undangan"]))
    assert answer.status_code == 422 and "tidak lagi cocok" in html_of(answer)
    page = html_of(client.get(template.get_absolute_url()))
    assert "tidak lagi cocok" in page and "isian_lama" in page
    sample = reverse("advocacy:word_template_sample", args=[template.pk])
    assert client.get(sample).status_code == 404


@pytest.mark.parametrize("told", ["Isian isian_lama tidak dikenal", "tidak ditemukan"])
def test_one_that_fits_no_more_is_not_put_in_use(client, sign_in, team, told):
    sign_in("administrator")
    before = factories.word_template(team, use=True)
    template = factories.word_template(team, text="{{ isian_lama }}")
    if told == "tidak ditemukan":
        template.file.storage.delete(template.file.name)
    use = reverse("advocacy:word_template_use", args=[template.pk])
    answer = client.post(use, {"version": template.version})
    assert answer.status_code == 422 and told in html_of(answer)
    assert list(WordTemplate.objects.in_use()) == [before]


def test_one_whose_file_is_lost_is_told_where_it_is_used_and_where_it_is_mended(
    client, sign_in, team
):
    """As after a store was restored in part."""
    sign_in("administrator")
    template = factories.word_template(team, use=True)
    template.file.storage.delete(template.file.name)
    meeting = factories.meeting(team)
    answer = client.get(reverse("advocacy:meeting_word", args=[meeting.pk, "undangan"]))
    assert answer.status_code == 422 and "tidak ditemukan" in html_of(answer)
    assert "Berkas templat tidak ditemukan" in html_of(client.get(template.get_absolute_url()))
    sample = reverse("advocacy:word_template_sample", args=[template.pk])
    assert client.get(sample).status_code == 404
    withdraw = reverse("advocacy:word_template_withdraw", args=[template.pk])
    assert client.post(withdraw, {"version": template.version}).status_code == 302


def test_the_page_lists_every_field(client, sign_in, team):
    sign_in("administrator")
    page = html_of(client.get(url_of(team, "document", "notula")))
    for told in ("{{ judul }}", "{{ butir.keputusan }}", "{%p for orang in kehadiran %}"):
        assert told in page, told


def test_as_many_queries_with_many_templates(client, sign_in, team):
    account = sign_in("administrator")
    template = factories.word_template(team, by=account, use=True)
    pages = [url_of(team, "document"), reverse("advocacy:word_template_list", args=[team.pk])]
    pages.append(template.get_absolute_url())
    few = [queries(client, url) for url in pages]
    for _ in range(5):
        factories.word_template(team, by=account)
        factories.word_template(team, by=account, document="notula")
    assert [queries(client, url, again=True) for url in pages] == few


def test_the_team_page_leads_there(client, sign_in, team):
    url = reverse("advocacy:word_template_list", args=[team.pk])
    sign_in("administrator")
    assert url in html_of(client.get(team.get_absolute_url()))
    assert "bawaan portal" in html_of(client.get(url)).lower()
    sign_in("secretariat")
    assert url not in html_of(client.get(Team.objects.get().get_absolute_url()))
