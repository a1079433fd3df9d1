"""
Uploads in a bucket of a service that speaks S3, for web processes on several machines.

Nothing is public: files are read here, behind the portal's permissions, and no address of the
bucket is ever given out. What the service fails at is raised as the OSError that a folder raises,
so that pages, backups and the doctor tell of it in the same words.
"""

import errno
from contextlib import contextmanager
from http import HTTPStatus

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from sinergi.kit.storage import StorageUnreachable

#: Seconds to wait for the service, for each of TRIES; a request must end before gunicorn ends
#: its worker: after 30 s by itself, 90 s as deploy/ starts it.
CONNECT_SECONDS, READ_SECONDS, TRIES = 3, 5, 2
#: Codes of services that are full, or of an account that is.
FULL = {"QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded"}
READ_ONLY = {"AccessDenied", "AllAccessDisabled", "MethodNotAllowed"}


class BucketStorage(S3Storage):
    """Keep files in a bucket. A file is there whole, or not at all; none is written over."""

    def get_default_settings(self):
        return super().get_default_settings() | {
            "file_overwrite": False,
            "querystring_auth": True,
            # Objects belong to nobody else unless the bucket says so; many services know no ACL.
            "default_acl": None,
            "transfer_config": TransferConfig(use_threads=False),
        }

    def __init__(self, *, addressing_style="auto", **options):
        client_config = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": TRIES},
            s3={"addressing_style": addressing_style},
            # Checksums that only Amazon's own service knows are left out.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(client_config=client_config, **options)

    def _open(self, name, mode="rb"):
        """
        Read the whole file (at most sinergi.kit.uploads.MAX_BYTES) now: what fails is told before
        the answer has begun.
        """
        if mode != "rb":
            raise ValueError("Stored files are opened for reading only.")
        key = self._normalize_name(name)
        with told_as_system_error(name):
            answer = self.connection.meta.client.get_object(Bucket=self.bucket_name, Key=key)
            return ContentFile(answer["Body"].read(), name)

    def _save(self, name, content):
        with told_as_system_error(name, writes=True):
            return super()._save(name, content)

    def delete(self, name):
        with told_as_system_error(name, writes=True):
            super().delete(name)

    def exists(self, name):
        with told_as_system_error(name):
            return super().exists(name)

    def listdir(self, name):
        with told_as_system_error(name):
            return super().listdir(name)

    def size(self, name):
        with told_as_system_error(name):
            return super().size(name)

    def get_modified_time(self, name):
        with told_as_system_error(name):
            return super().get_modified_time(name)

    def url(self, name, parameters=None, expire=None, http_method=None):
        """Refuse: a file is reached through the page that asks who may see it."""
        raise ValueError("Stored files have no address of their own.")

    def is_public(self, name):
        """Return whether a stranger can read this file from the service."""
        client = self.unsigned_connection.meta.client
        try:
            with told_as_system_error(name):
                client.get_object(Bucket=self.bucket_name, Key=self._normalize_name(name))
        except (StorageUnreachable, FileNotFoundError):
            return False
        return True


@contextmanager
def told_as_system_error(name, *, writes=False):
    """Raise what the service refuses or fails at as FileNotFoundError or another OSError."""
    try:
        yield
    except ClientError as error:
        raise _system_error(error, name, writes) from error
    except (BotoCoreError, Boto3Error) as error:
        raise StorageUnreachable(f"{type(error).__name__}: {error}") from error


def _system_error(error, name, writes):
    code = error.response.get("Error", {}).get("Code", "")
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    # A HEAD has no body that could say which 404 it is. Any other without the service's own word
    # for a file that is not there is a proxy's, which stands before a service that is away.
    if code == "NoSuchKey" or (
        status == HTTPStatus.NOT_FOUND and error.operation_name == "HeadObject"
    ):
        return FileNotFoundError(errno.ENOENT, "No such file", name)
    if writes and (code in FULL or status == HTTPStatus.INSUFFICIENT_STORAGE):
        return OSError(errno.ENOSPC, str(error))
    if writes and code in READ_ONLY:
        return OSError(errno.EACCES, str(error))
    return StorageUnreachable(str(error))
