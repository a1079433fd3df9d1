"""What somebody sees of a deployed portal over HTTPS, its proxy included."""

import contextlib
import gzip
import http.client
import re
import socket
import ssl
from urllib.parse import urlencode

HOST = "sinergi.example.go.id"
MEGABYTE = 1024 * 1024
#: Larger than anything the portal takes, and than the proxy may pass on.
TOO_LARGE = 61 * MEGABYTE
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
STYLESHEET = re.compile(r'"(/static/css/sinergi\.[0-9a-f]+\.css)"')
#: A portal with data: the demonstration's, which the command refuses in production, and a file.
DATA = (
    "from sinergi.home import demo; from django.core.files.base import ContentFile;"
    " from django.core.files.storage import default_storage;"
    " demo.load(); default_storage.save('latihan/berkas.txt', ContentFile(b'latihan'))"
)
COUNTS = (
    "from pathlib import Path; from django.conf import settings;"
    " from advocacy.models import Meeting; from sinergi.accounts.models import User;"
    " files = [path for path in Path(settings.MEDIA_ROOT).rglob('*') if path.is_file()];"
    " print(User.objects.count(), Meeting.objects.count(), len(files))"
)
NAME, PASSWORD = "sekretariat", "perpustakaan-2019"
TEAM = re.compile(r"/tim/\d+/")
SECRET = "rahasia-yang-tidak-dicatat"
ADDRESSES_WITH_SECRET = (
    f"/undangan/MQ/{SECRET}/",
    f"/kalender/{SECRET}.ics",
    f"/ringkasan/berhenti/{SECRET}/",
)


class Answer:
    def __init__(self, answer):
        self.status, self.headers, self.body = answer.status, answer.headers, answer.read()

    @property
    def text(self):
        packed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


class Visitor:
    """Somebody with a browser, whose certificates are those in the file `trusted`."""

    def __init__(self, port, trusted, plain_port=None):
        self.port, self.plain_port = port, plain_port
        self.context = ssl.create_default_context(cafile=trusted)
        self.cookies = {}

    def ask(self, path, fields=None, *, method=None, body=None, headers=None):
        """Return the Answer; redirects are not followed."""
        connection = http.client.HTTPConnection(HOST, 443, timeout=120)
        # The name is only this drill's: the connection goes to 127.0.0.1, and the certificate has
        # to be for the name.
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=120)
        connection.sock = self.context.wrap_socket(plain, server_hostname=HOST)
        told = {"Host": HOST, "Referer": f"https://{HOST}/"} | (headers or {})
        if self.cookies:
            told["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if fields is not None:
            body = urlencode(fields).encode()
            told["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            return self._send(
                connection, method or ("GET" if body is None else "POST"), path, body, told
            )
        finally:
            connection.close()

    def _send(self, connection, method, path, body, headers):
        # It may be refused before all of it was sent: what was answered is there to read.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError, ssl.SSLError):
            connection.request(
                method, path, body, headers, encode_chunked="Transfer-Encoding" in headers
            )
        answer = Answer(connection.getresponse())
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def plainly(self, path):
        """Return (status, Location) of a request without TLS."""
        connection = http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=30)
        try:
            connection.request("GET", path, headers={"Host": HOST})
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location")
        finally:
            connection.close()

    def status(self, path):
        """Return the status, or 0 where nobody answers."""
        try:
            return self.ask(path).status
        except (OSError, http.client.HTTPException):
            return 0

    def sign_in(self, username, password, **headers):
        token = TOKEN.search(self.ask("/masuk/").text)[1]
        fields = {"csrfmiddlewaretoken": token, "username": username, "password": password}
        return self.ask("/masuk/", fields, headers=headers)


def row(what, expected, found):
    """Return the row of a drill for what has to be exactly so."""
    return what, str(expected), str(found), expected == found


def rows(visitor):
    """Yield (what, expected, found, is right) of what every deployment has to answer."""
    yield row("/sehat/", 200, visitor.status("/sehat/"))
    page = visitor.ask("/masuk/", headers={"Accept-Encoding": "gzip"})
    yield row("halaman masuk", 200, page.status)
    yield row("halaman masuk dipadatkan", "gzip", page.headers.get("Content-Encoding"))
    yield row("HSTS", True, "max-age=31536000" in page.headers.get("Strict-Transport-Security", ""))
    status, location = visitor.plainly("/masuk/?a=1")
    yield row("tanpa TLS: dialihkan", True, status in {301, 308})
    yield row("ke alamat https", True, location == f"https://{HOST}/masuk/?a=1")
    static = visitor.ask(STYLESHEET.search(page.text)[1], headers={"Accept-Encoding": "br"})
    kept = static.headers.get("Cache-Control", "")
    yield row("berkas statis", 200, static.status)
    yield row("berkas statis: disimpan peramban selamanya", True, "immutable" in kept)
    yield row("berkas statis: dipadatkan", "br", static.headers.get("Content-Encoding"))
    yield row("unggahan tidak terjangkau lewat proksi", 404, visitor.status("/media/"))
    large = visitor.ask("/masuk/", method="POST", headers={"Content-Length": str(TOO_LARGE)})
    yield row("kiriman 61 MB", 413, large.status)
    yield row("dijawab dengan kata-kata", True, "Kiriman terlalu besar" in large.text)
    pieces = (b"x" * MEGABYTE for _ in range(61))
    endless = visitor.ask("/masuk/", body=pieces, headers={"Transfer-Encoding": "chunked"})
    # nginx says what is the matter; behind Caddy 2.6 the portal may have refused first (403), or
    # the rest could not be passed on (502).
    is_refused = endless.status in {403, 413, 502}
    yield "61 MB tanpa menyebut panjangnya", "ditolak", str(endless.status), is_refused


def ask_with_secrets(visitor):
    """Ask for addresses that open something by themselves, also named as where one comes from."""
    for path in ADDRESSES_WITH_SECRET:
        visitor.ask(path)
        visitor.ask("/masuk/", headers={"Referer": f"https://{HOST}{path}"})
