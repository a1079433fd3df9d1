"""A mail server of a few lines: it keeps what it took, and fails as it is told."""

import contextlib
import socketserver
import threading


class MailServer(socketserver.ThreadingTCPServer):
    """
    `refused`: addresses that it does not know. `hangs_up_at`: "DATA" (before the mail), "." (after
    it took the mail, without an answer) or "MAIL". `silent_at`: the same, but it keeps the line.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.refused, self.taken, self.connections = set(), [], 0
        self.hangs_up_at = self.silent_at = None
        self.times = 1  # how often it fails so
        self.over = threading.Event()

    @property
    def port(self):
        return self.server_address[1]

    def fails_at(self, step):
        """Return "hang up" or "silent" where it is to fail at this step, so often, else ""."""
        for failure, at in (("hang up", self.hangs_up_at), ("silent", self.silent_at)):
            if step == at and self.times > 0:
                self.times -= 1
                return failure
        return ""


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.connections += 1
        self.say("220 peladen siap")
        with contextlib.suppress(ConnectionError):
            self.converse()

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def converse(self):
        while line := self.rfile.readline().decode().strip():
            step = line.split(":")[0].split()[0].upper()
            if self.fails(step):
                return
            if step == "DATA":
                self.say("354 silakan")
                mail = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.taken.append((self.to, mail))
                if self.fails("."):
                    return
            if step == "RCPT":
                self.to = line.partition("<")[2].partition(">")[0]
            unknown = step == "RCPT" and self.to in self.server.refused
            self.say("550 tidak dikenal" if unknown else "250 baik")

    def fails(self, step):
        failure = self.server.fails_at(step)
        if failure == "silent":
            self.server.over.wait(10)
        return bool(failure)


@contextlib.contextmanager
def mail_server(settings):
    """Run one, and let the settings lead to it."""
    server = MailServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 1
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
