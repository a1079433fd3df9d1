"""
The sample checklist for village libraries.

Made from what the programme says of itself and no more: its five components (training of skills,
community involvement, advocacy, mentoring, monitoring and evaluation) and its three outcomes
(quality of service: competence of staff, infrastructure; use: visitors, participants of activities;
commitment: partnerships, media publications). It is to be changed: every page marks it as a sample.
"""

from advocacy.questions import Choice, Kind, Outcome, Question


def choices(*labels):
    """Choices that get their keys when they are first saved."""
    return tuple(Choice("", label) for label in labels)


SAMPLE = (
    Question(
        "",
        "Perpustakaan buka saat tim datang",
        section="Layanan",
        required=True,
        outcome=Outcome.SERVICE,
    ),
    Question(
        "",
        "Hari buka dalam sepekan",
        section="Layanan",
        kind=Kind.NUMBER,
        unit="hari",
        required=True,
        outcome=Outcome.SERVICE,
    ),
    Question(
        "",
        "Jam buka dalam sehari",
        section="Layanan",
        kind=Kind.DECIMAL,
        unit="jam",
        outcome=Outcome.SERVICE,
    ),
    Question(
        "",
        "Pengelola sudah mengikuti bimbingan teknis",
        section="Layanan",
        kind=Kind.SEVERAL,
        choices=choices("Strategi pengembangan perpustakaan", "TIK", "Belum pernah"),
        outcome=Outcome.SERVICE,
    ),
    Question(
        "",
        "Komputer yang berfungsi",
        section="Layanan",
        kind=Kind.NUMBER,
        unit="unit",
        required=True,
        help="Yang dapat dipakai pemustaka pada hari kunjungan.",
        outcome=Outcome.SERVICE,
    ),
    Question(
        "",
        "Internet dapat dipakai pemustaka",
        section="Layanan",
        outcome=Outcome.SERVICE,
    ),
    Question(
        "",
        "Pengunjung dicatat di buku tamu",
        section="Pemanfaatan",
        kind=Kind.ONE,
        choices=choices("Setiap hari", "Kadang-kadang", "Tidak"),
        required=True,
        outcome=Outcome.USE,
    ),
    Question(
        "",
        "Pengunjung sebulan terakhir",
        section="Pemanfaatan",
        kind=Kind.NUMBER,
        unit="orang",
        help="Kosong berarti belum tahu, 0 berarti memang tidak ada.",
        outcome=Outcome.USE,
    ),
    Question(
        "",
        "Peserta kegiatan pelibatan masyarakat sebulan terakhir",
        section="Pemanfaatan",
        kind=Kind.NUMBER,
        unit="orang",
        outcome=Outcome.USE,
    ),
    Question(
        "",
        "Kegiatan warga yang terakhir diadakan",
        section="Pemanfaatan",
        kind=Kind.TEXT,
        outcome=Outcome.USE,
    ),
    Question(
        "",
        "Dukungan yang sudah diperoleh dari advokasi",
        section="Komitmen",
        kind=Kind.SEVERAL,
        choices=choices(
            "Anggaran desa", "Kerja sama dengan mitra", "Barang", "Tenaga", "Publikasi media"
        ),
        outcome=Outcome.COMMITMENT,
    ),
    Question(
        "",
        "Perpustakaan masuk rancangan APBDes tahun depan",
        section="Komitmen",
        kind=Kind.ONE,
        choices=choices("Ya", "Tidak", "Belum tahu"),
        outcome=Outcome.COMMITMENT,
    ),
    Question(
        "",
        "Yang paling menghambat",
        section="Pendampingan",
        kind=Kind.TEXT,
        help="Satu hal yang perlu dibantu sebelum kunjungan berikutnya.",
    ),
)
