"""A proxy between browser and server that goes wrong on demand, as lines and servers do."""

from contextlib import closing, contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep
from urllib.parse import urlsplit

OWN_TO_A_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class FaultProxy(BaseHTTPRequestHandler):
    """
    Pass requests on, except submissions for as long as `faults` has one: "cut" ends the connection
    once the server has answered, "500" and "302" answer instead of it.

    `patches`: (file, old, new) of scripts as they are served; `slow`: seconds that a submission
    takes; `posts`: the paths of those that came.
    """

    def do_GET(self):
        setup = self.server
        fault = setup.faults.pop(0) if self.command == "POST" and setup.faults else ""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.command == "POST":
            setup.posts.append(self.path)
            sleep(setup.slow)
        if fault in {"500", "302"}:
            return self.reply(int(fault), [("Location", "/masuk/")], b"<p>tidak bisa</p>")
        with closing(HTTPConnection(setup.target, timeout=30)) as upstream:
            plain = dict(self.headers) | {"Accept-Encoding": "identity"}  # to be patched
            upstream.request(self.command, self.path, body, plain)
            answer = upstream.getresponse()
            content = answer.read()
        for name, old, new in setup.patches:
            if self.path.endswith(name):
                assert old.encode() in content, f"{name} has no {old}"
                content = content.replace(old.encode(), new.encode())
        if fault == "cut":
            self.close_connection = True
            return None
        return self.reply(answer.status, answer.getheaders(), content)

    do_POST = do_GET

    def reply(self, status, headers, content):
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in OWN_TO_A_CONNECTION:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        """Say nothing."""


class FaultServer(ThreadingHTTPServer):
    """Takes as many connections at once as a page with all its scripts opens."""

    request_queue_size, daemon_threads = 64, True


@contextmanager
def fault_proxy(live_server, *, patches=(), slow=0):
    """Yield the running proxy; its `url` is what a browser opens."""
    proxy = FaultServer(("localhost", 0), FaultProxy)
    proxy.target, proxy.faults, proxy.posts = urlsplit(live_server.url).netloc, [], []
    proxy.patches, proxy.slow, proxy.url = patches, slow, f"http://localhost:{proxy.server_port}"
    Thread(target=proxy.serve_forever, daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        proxy.server_close()
