"""
The pages for what is refused or not there: whoever is signed in keeps the menu, in production and
while trying out.
"""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseNotFound
from django.test import override_settings
from django.urls import path

from sinergi.urls import handler400, handler403, handler404
from sinergi.urls import urlpatterns as pages

pytestmark = pytest.mark.django_db

MENU = 'aria-label="Menu utama"'


@login_not_required
def breaks(request):
    raise ZeroDivisionError


@login_not_required
def says_so_itself(request):
    return HttpResponseNotFound("tidak ada berkas", content_type="text/plain")


urlpatterns = [
    *pages,
    path("rusak/", breaks),
    path("sendiri/", says_so_itself),
    path("baik/", login_not_required(lambda request: HttpResponse("baik"))),
]
__all__ = ["handler400", "handler403", "handler404", "urlpatterns"]


@pytest.fixture(params=[False, True], ids=["production", "debug"])
def debug(request):
    with override_settings(DEBUG=request.param):
        yield request.param


@pytest.mark.parametrize("url", ["/tidak-ada/", "/rapat/4711/"])
def test_not_found_keeps_the_menu(client, sign_in, debug, url):
    sign_in("secretariat")
    answer = client.get(url)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "<h1>Halaman tidak ditemukan</h1>" in page and MENU in page and 'href="/rapat/"' in page
    assert "URLconf" not in page


def test_forbidden_keeps_the_menu_of_the_role(client, sign_in, debug):
    sign_in("member")
    answer = client.get("/rapat/baru/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "<h1>Anda tidak berwenang untuk ini</h1>" in page and MENU in page
    assert "/akun/undang/" not in page and "Administrasi" not in page


def test_nobody_has_no_menu(client, debug):
    answer = client.get("/tidak-ada/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in page and MENU not in page


def test_an_address_without_its_last_stroke_still_leads_on(client, sign_in, debug):
    sign_in("secretariat")
    assert client.get("/rapat").headers["Location"] == "/rapat/"


@override_settings(ROOT_URLCONF=__name__)
def test_a_view_that_answers_not_found_itself_is_left_alone(client, debug):
    assert client.get("/sendiri/").content == b"tidak ada berkas"
    assert client.get("/baik/").content == b"baik"


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("shown", [False, True])
def test_a_fault_shows_its_trace_only_while_trying_out(client, shown):
    client.raise_request_exception = False
    with override_settings(DEBUG=shown):
        answer = client.get("/rusak/")
    assert answer.status_code == 500
    assert (b"ZeroDivisionError" in answer.content) is shown
    assert ("Terjadi gangguan" in answer.content.decode()) is not shown
