"""SeaweedFS on this machine: a service that speaks S3, for as long as the tests need one."""

import json
import os
import random
import signal
import socket
import subprocess
import sysconfig
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

PROGRAM = Path(sysconfig.get_path("scripts")) / "weed"
KEYS = {"access_key": "sinergi-uji-kunci", "secret_key": "sinergi-uji-rahasia"}
#: How long a server may take until it answers, and how long it lives when nobody stops it.
STARTS_WITHIN, LIVES_FOR = 60, 900
#: Each of its services has a second port, this much higher.
SECOND = 10_000


class S3Server:
    """A running server; `bucket()` makes an empty bucket."""

    def __init__(self, folder):
        self.folder, self.ports = folder, _free_ports(4)
        self.endpoint = f"http://127.0.0.1:{self.ports[0]}"
        self.process = None

    def start(self):
        s3, master, volume, filer = self.ports
        identity = {
            "name": "sinergi",
            "credentials": [{"accessKey": KEYS["access_key"], "secretKey": KEYS["secret_key"]}],
            "actions": ["Admin", "Read", "Write", "List"],
        }
        config = self.folder / "s3.json"
        config.write_text(json.dumps({"identities": [identity]}))
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [
                    *("timeout", str(LIVES_FOR), PROGRAM, "server"),
                    *("-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={self.folder}"),
                    *("-s3", f"-s3.port={s3}", f"-s3.config={config}", "-s3.iam=false"),
                    *("-s3.port.iceberg=0", f"-filer.port={filer}", f"-master.port={master}"),
                    *(f"-volume.port={volume}", "-volume.max=1000", "-metricsPort=0"),
                    *("-master.volumeSizeLimitMB=32", "-master.telemetry=false"),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def _wait(self):
        until, name = time.monotonic() + STARTS_WITHIN, self.bucket_name()
        while time.monotonic() < until and self.process.poll() is None:
            with suppress(ClientError, BotoCoreError):
                self.client.create_bucket(Bucket=name)
                self.client.put_object(Bucket=name, Key="satu", Body=b"isi")
                return
            time.sleep(0.1)
        raise RuntimeError((self.folder / "log").read_text()[-2000:])

    def stop(self):
        # Nothing of it is kept: there is no use in letting it end in order.
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    @property
    def client(self):
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id=KEYS["access_key"],
            aws_secret_access_key=KEYS["secret_key"],
            region_name="us-east-1",
            config=Config(retries={"total_max_attempts": 1}, connect_timeout=1, read_timeout=10),
        )

    @staticmethod
    def bucket_name():
        return f"uji-{uuid4().hex[:12]}"

    def bucket(self):
        name = self.bucket_name()
        self.client.create_bucket(Bucket=name)
        return name

    def storage(self, bucket, **options):
        """Return the portal's storage in a bucket, as STORAGES names it."""
        return {
            "BACKEND": "sinergi.kit.object_storage.BucketStorage",
            "OPTIONS": {
                "bucket_name": bucket,
                "endpoint_url": self.endpoint,
                "region_name": "us-east-1",
                **KEYS,
                **options,
            },
        }

    def environment(self, bucket):
        """Return the variables that lead a portal to a bucket."""
        return {
            "AWS_STORAGE_BUCKET_NAME": bucket,
            "AWS_S3_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": KEYS["access_key"],
            "AWS_SECRET_ACCESS_KEY": KEYS["secret_key"],
        }


@contextmanager
def running(folder):
    server = S3Server(folder)
    try:
        server.start()
        yield server
    finally:
        if server.process:
            server.stop()


@contextmanager
def closed_endpoint():
    """Give the address of a service that is not running, and keep others from its port."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


def _free_ports(number):
    """Return ports below those of clients that are free, as are those SECOND above them."""
    found = []
    for port in random.sample(range(20_000, 22_000), 200):
        with socket.socket() as one, socket.socket() as other, suppress(OSError):
            one.bind(("127.0.0.1", port))
            other.bind(("127.0.0.1", port + SECOND))
            found.append(port)
        if len(found) == number:
            return found
    raise RuntimeError("No port is free.")
