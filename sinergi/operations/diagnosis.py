"""
What a portal needs to run for years, looked at one by one: for `manage.py doctor` and for monitors
(`/sehat/lengkap/`).
"""

import contextlib
import shutil
import uuid
import zoneinfo
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from programs.models import Team
from sinergi.home.chores import BACKUP, BACKUP_LATE_AFTER, DAILY, LATE_AFTER
from sinergi.home.models import ChoreRun
from sinergi.kit.outages import has_pending_migrations
from sinergi.kit.storage import PROBE
from villages.models import Province

#: The oldest PostgreSQL that the portal is tried on, as its server says it.
OLDEST_POSTGRESQL = 140000
EXTENSIONS = ("btree_gist", "pg_trgm")
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
#: Free space below which a disk is told of, and below which it fails, in bytes.
LITTLE_SPACE, NO_SPACE = 2 * 1024**3, 200 * 1024**2
#: How far the clocks of the server and of PostgreSQL may differ.
CLOCKS_APART = timedelta(seconds=5)


class FindingState(StrEnum):
    GOOD = "baik"
    WARNING = "perhatikan"
    FAILED = "gagal"


@dataclass(frozen=True)
class Finding:
    """How one thing stands, and what to do about it."""

    name: str
    state: FindingState
    said: str


def good(name, said):
    return Finding(name, FindingState.GOOD, said)


def warning(name, said):
    return Finding(name, FindingState.WARNING, said)


def failed(name, said):
    return Finding(name, FindingState.FAILED, said)


def diagnose(*, connects_to_mail=False):
    """
    Return [Finding]. Without a database, what can be said without one. The mail server is only
    called where that is asked for: it may take EMAIL_TIMEOUT seconds.
    """
    database = check_database()
    findings = [database]
    if database.state != FindingState.FAILED:
        migrations = check_migrations()
        findings += [check_extensions(), migrations, check_clock()]
        if migrations.state != FindingState.FAILED:
            now = timezone.now()
            findings += [check_regions(), check_samples()]
            findings += [check_last_daily_run(now), check_last_backup(now)]
    findings += [check_zones(), check_static_files(), check_uploads(), check_disk()]
    findings.append(check_mail(connects=connects_to_mail))
    return [finding for finding in findings if finding]


def check_database():
    name = "Basis data"
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return failed(name, f"tidak menjawab ({_first_line(error)}); periksa DATABASE_URL.")
    if connection.vendor != "postgresql":
        return warning(name, "SQLite: untuk mencoba atau satu kantor; pakai PostgreSQL.")
    version = connection.pg_version
    told = f"PostgreSQL {version // 10000}.{version % 10000}."
    if version < OLDEST_POSTGRESQL:
        return failed(
            name, f"{told} Pakai PostgreSQL {OLDEST_POSTGRESQL // 10000} atau lebih baru."
        )
    return good(name, told)


def check_extensions():
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        there = {row[0] for row in cursor}
    if missing := [one for one in EXTENSIONS if one not in there]:
        commands = " ".join(f"CREATE EXTENSION {one};" for one in missing)
        return failed("Ekstensi", f"belum ada; jalankan sebagai pemilik basis data: {commands}")
    return good("Ekstensi", f"{', '.join(EXTENSIONS)}.")


def check_migrations():
    if has_pending_migrations():
        return failed("Migrasi", "belum lengkap; jalankan manage.py migrate.")
    return good("Migrasi", "lengkap.")


def check_clock():
    """Compare the server's clock with PostgreSQL's; SQLite has none of its own."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs(timezone.now() - cursor.fetchone()[0])
    if apart > CLOCKS_APART:
        seconds = round(apart.total_seconds())
        return failed("Jam", f"peladen dan PostgreSQL berbeda {seconds} detik; nyalakan NTP.")
    return good("Jam", "peladen dan PostgreSQL sama.")


def check_regions():
    if not Province.objects.exists():
        return warning("Wilayah", "belum dimuat; jalankan manage.py load_regions --all.")
    return good("Wilayah", "sudah dimuat.")


def check_samples():
    """Warn of demonstration data in production: the password of its accounts is published."""
    if settings.DEBUG or not Team.objects.samples().exists():
        return None
    return warning("Data percontohan", "ada, dan sandi akunnya diketahui umum; pakai portal lain.")


def check_last_daily_run(now):
    row = ChoreRun.objects.filter(name=DAILY).first()
    if row is None:
        return warning("Tugas harian", "belum pernah; jadwalkan manage.py daily setiap jam.")
    if now - (row.succeeded_at or row.since) > LATE_AFTER:
        return failed("Tugas harian", f"terakhir berhasil {_moment(row.succeeded_at)}. {row.said}")
    return good("Tugas harian", f"terakhir berhasil {_moment(row.succeeded_at)}.")


def check_last_backup(now):
    row = ChoreRun.objects.filter(name=BACKUP).first()
    if row is None:
        return warning("Cadangan", "belum pernah; jadwalkan manage.py backup setiap hari.")
    if now - (row.succeeded_at or row.since) > BACKUP_LATE_AFTER:
        return failed("Cadangan", f"terakhir berhasil {_moment(row.succeeded_at)}. {row.said}")
    if row.is_ok is False:
        return warning("Cadangan", f"yang terakhir gagal. {row.said}")
    return good("Cadangan", f"terakhir berhasil {_moment(row.succeeded_at)}.")


def check_zones():
    missing = [zone for zone in ZONES if zone not in zoneinfo.available_timezones()]
    if missing:
        return failed("Zona waktu", f"{', '.join(missing)} tidak dikenal; pasang paket tzdata.")
    return good("Zona waktu", "WIB, WITA, dan WIT dikenal.")


def check_static_files():
    """Find the manifest that `collectstatic` writes; while trying out there is none."""
    if settings.DEBUG:
        return None
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        return failed("Berkas statis", "belum dikumpulkan; jalankan manage.py collectstatic.")
    return good("Berkas statis", "sudah dikumpulkan.")


def check_uploads():
    """Store a file, read it back and delete it, as uploads are; a stranger must not read it."""
    sent, is_public = uuid.uuid4().bytes, False
    try:
        with _no_new_folder(default_storage):
            name = default_storage.save(f"{PROBE}-{uuid.uuid4().hex}", ContentFile(sent))
            try:
                with default_storage.open(name) as file:
                    came_back = file.read()
                if hasattr(default_storage, "is_public"):
                    is_public = default_storage.is_public(name)
            finally:
                default_storage.delete(name)
    except Exception as error:  # a disk, or a service
        return failed("Unggahan", f"tidak dapat disimpan ({_first_line(error)}).")
    if came_back != sent:
        return failed("Unggahan", "yang terbaca bukan yang disimpan; periksa tempat berkas.")
    if is_public:
        return failed(
            "Unggahan", "terbuka bagi siapa pun; tutup akses publik dari bucket tempat berkas."
        )
    return good("Unggahan", "dapat disimpan, dibaca, dan dihapus.")


@contextlib.contextmanager
def _no_new_folder(storage):
    """Delete the folder of all files if this made it: one of root's is in the portal's way."""
    try:
        folder = Path(storage.path(""))
    except NotImplementedError:  # a service
        folder = None
    is_new = folder is not None and not folder.exists()
    try:
        yield
    finally:
        if is_new:
            with contextlib.suppress(OSError):
                folder.rmdir()


def check_disk():
    free = shutil.disk_usage(settings.DATA_DIR).free
    told = f"{filesizeformat(free)} kosong di {settings.DATA_DIR}."
    if free < NO_SPACE:
        return failed("Ruang simpan", told)
    return warning("Ruang simpan", told) if free < LITTLE_SPACE else good("Ruang simpan", told)


def check_mail(*, connects):
    if not settings.EMAIL_HOST or not settings.SITE_URL:
        return warning("Surel", "tidak dipasang (EMAIL_HOST, SITE_URL); tidak ada yang dikirim.")
    if connects:
        try:
            with get_connection():
                pass
        except Exception as error:
            told = f"{settings.EMAIL_HOST} tidak menerima ({_first_line(error)})."
            return failed("Surel", told)
    return good("Surel", f"lewat {settings.EMAIL_HOST}.")


def _first_line(error):
    return (str(error).splitlines() or [type(error).__name__])[0]


def _moment(moment):
    return f"{timezone.localtime(moment):%d-%m-%Y %H.%M}" if moment else "belum pernah"
