"""What the search is measured on beside data.py: an agenda for each meeting, and 5,000 people."""

from django.db import connection

from advocacy.models import AgendaItem, Meeting
from programs.models import Person
from tests.benchmarks import data
from villages.models import Village

PEOPLE = 5_000
BATCH = 5_000
TOPICS = (
    "pembagian tugas tim sinergi",
    "anggaran peningkatan kapasitas pengelola",
    "draf keputusan gubernur tentang tim",
    "jadwal kunjungan ke kabupaten",
    "kerja sama dengan perguruan tinggi",
)
NOTES = (
    "Dinas menyampaikan kemajuan rencana kerja dan kendala jaringan internet di desa. Peserta"
    " meminta daftar koleksi buku pertanian diperbarui sebelum triwulan berakhir, pelatihan"
    " komputer bagi ibu rumah tangga dijadwalkan, dan perangkat yang rusak didata. Bappeda"
    " mengingatkan batas waktu pengusulan kegiatan, dinas pemberdayaan masyarakat desa akan"
    " menyurati kepala desa agar dana desa menyisihkan belanja perpustakaan. Perwakilan"
    " universitas menawarkan mahasiswa kuliah kerja nyata sebagai relawan."
)


def fill():
    """Once for a database; a second call finds everything there."""
    data.fill()
    if AgendaItem.objects.count() < data.MEETINGS:
        _agenda()
    if Person.objects.count() < PEOPLE:
        _people()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _agenda():
    names = list(Village.objects.order_by("pk").values_list("name", flat=True))
    meetings = Meeting.objects.order_by("pk").values_list("pk", flat=True)
    AgendaItem.objects.bulk_create(
        (
            AgendaItem(
                meeting_id=pk,
                order=1,
                topic=f"Membahas {TOPICS[n % len(TOPICS)]}",
                notes=f"{NOTES} Desa {names[n * 7919 % len(names)]} menjadi contoh.",
                decision=f"Disepakati usulan nomor {n} diteruskan kepada sekretariat.",
            )
            for n, pk in enumerate(meetings)
        ),
        batch_size=BATCH,
    )


def _people():
    names = list(Village.objects.order_by("pk").values_list("name", flat=True))
    Person.objects.bulk_create(
        (
            Person(
                name=f"Pengelola {names[n * 104729 % len(names)]} {n}",
                name_key=f"pengelola {n}",
                position="Pengelola perpustakaan",
                province_id="19",
            )
            for n in range(PEOPLE)
        ),
        batch_size=BATCH,
    )
