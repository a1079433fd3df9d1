"""
The meetings of the twelve months before the day of loading, and the three that come: all of them
samples.

Days are counted back from that day; where one falls on a weekend, an office takes the working day
beside it.
"""

from datetime import timedelta

from sinergi.home.demo.founding import SUCCESSOR
from sinergi.home.demo.meetings import Kind, Occasion, State, Task, told
from sinergi.home.demo.plans import INTERNAL, STAKEHOLDERS
from sinergi.home.demo.telling import workday_after, workday_before

PIC, CHAIR, DPMD = "PIC Program DKPUS", "Sekretaris DKPUS", "Perwakilan DPMD"
UNIVERSITY, COMMUNITY, PRESS = (
    "Perwakilan perguruan tinggi",
    "Perwakilan komunitas baca",
    "Perwakilan media cetak",
)

#: Days ago, title, agenda, tasks (what, who, days ago due, days ago done or None, what came of it).
INTERNALS = [
    (
        350,
        "Rapat internal: pembagian tugas pendampingan",
        (
            (
                "Pembagian wilayah pendampingan",
                "Setiap anggota mendampingi satu kabupaten bersama petugasnya.",
                "Jadwal pendampingan disusun per triwulan.",
            ),
        ),
        (
            (
                "Menyusun jadwal pendampingan",
                PIC,
                336,
                338,
                "Jadwal dibagikan kepada semua anggota.",
            ),
        ),
    ),
    (
        312,
        "Rapat internal: persiapan audiensi dengan bank milik daerah",
        (
            (
                "Kebutuhan komputer perpustakaan desa",
                "Sembilan perpustakaan desa kekurangan komputer.",
                "Tim meminta komputer bekas layak pakai.",
            ),
            ("Bahan audiensi", "", "Bahan disusun sekretariat, ditinjau ketua."),
        ),
        (
            (
                "Mendata komputer di 16 perpustakaan desa",
                SUCCESSOR,
                303,
                304,
                "Data 16 desa lengkap.",
            ),
        ),
    ),
    (
        274,
        "Rapat internal: instrumen pemantauan",
        (
            (
                "Instrumen pemantauan perpustakaan desa",
                "Pertanyaan diringkas agar dapat dijawab dalam satu kunjungan.",
                "Instrumen dipakai mulai kunjungan berikutnya.",
            ),
        ),
        (
            (
                "Menguji instrumen di dua desa",
                COMMUNITY,
                258,
                255,
                "Diuji di Kapuk dan Badau; dua pertanyaan diubah.",
            ),
        ),
    ),
    (
        226,
        "Rapat internal: serah terima komputer dan pelatihan",
        (
            (
                "Serah terima komputer",
                "Komputer diterima di tiga desa di Kabupaten Bangka.",
                "Pengelola dilatih sebelum komputer dipakai warga.",
            ),
            ("Pelatihan TIK", "Perguruan tinggi menyediakan pelatih.", ""),
        ),
        (("Menyiapkan materi pelatihan TIK", UNIVERSITY, 210, 212, "Materi selesai, 24 halaman."),),
    ),
    (
        188,
        "Rapat internal: evaluasi setengah tahun",
        (
            (
                "Capaian rencana kerja",
                "Publikasi media di bawah target, kunjungan sesuai target.",
                "Media cetak memuat satu berita setiap bulan.",
            ),
        ),
        (
            (
                "Menyusun rencana peliputan",
                PRESS,
                174,
                171,
                "Rencana peliputan enam bulan disepakati.",
            ),
        ),
    ),
    (
        140,
        "Rapat internal: tindak lanjut pertemuan provinsi",
        (
            (
                "Usulan pemerintah kabupaten",
                "Tiga kabupaten meminta contoh peraturan bupati.",
                "Contoh peraturan dikumpulkan dari provinsi lain.",
            ),
        ),
        (("Mengumpulkan contoh peraturan bupati", SUCCESSOR, 126, 127, "Empat contoh terkumpul."),),
    ),
    (
        102,
        "Rapat internal: persiapan audiensi dengan pemerintah provinsi",
        (
            (
                "Mata anggaran pelatihan pengelola",
                "Pelatihan belum mempunyai mata anggaran sendiri.",
                "Ketua menyampaikan usulan dalam audiensi.",
            ),
        ),
        (
            (
                "Menghitung biaya pelatihan 16 pengelola",
                PIC,
                91,
                92,
                "Rp48.000.000 untuk dua angkatan.",
            ),
        ),
    ),
    (
        75,
        "Rapat internal: kerja sama dan publikasi",
        (
            (
                "Kerja sama dengan media cetak",
                "Nota kesepahaman berakhir dalam beberapa bulan.",
                "Perpanjangan dibicarakan dua bulan sebelum berakhir.",
            ),
        ),
        (
            (
                "Menyampaikan konsep kerja sama kepada perguruan tinggi",
                UNIVERSITY,
                60,
                61,
                "Konsep disampaikan.",
            ),
            ("Menyurati bupati tentang peraturan perpustakaan desa", CHAIR, -6, None, ""),
        ),
    ),
    (
        44,
        "Rapat internal: pemantauan anggaran perpustakaan desa",
        (
            (
                "Anggaran perpustakaan dalam APBDes",
                "Lima desa sudah menganggarkan, sebelas desa belum.",
                "DPMD menghubungi desa yang belum menganggarkan.",
            ),
            (
                "Data pengunjung",
                "Catatan pengunjung belum seragam.",
                "Formulir pengunjung dikirim ke semua desa.",
            ),
        ),
        (
            (
                "Menghubungi sebelas pemerintah desa tentang anggaran perpustakaan",
                DPMD,
                6,
                None,
                "",
            ),
            ("Mengirim formulir pengunjung ke semua desa", PIC, -4, None, ""),
            (
                "Memberi pendapat atas formulir pengunjung",
                COMMUNITY,
                30,
                31,
                "Dua kolom disederhanakan.",
            ),
        ),
    ),
]

#: Days ago, kind, regency, title, place, agenda, guests, tasks.
GATHERINGS = [
    (
        330,
        Kind.STAKEHOLDER_REGENCY,
        "19.06",
        "Pertemuan pemangku kepentingan Kabupaten Belitung Timur",
        "Perpustakaan Kabupaten Belitung Timur",
        (
            (
                "Keadaan perpustakaan desa",
                "Jam buka bergantung pada satu pengelola.",
                "Desa menunjuk pengelola cadangan.",
            ),
        ),
        (
            ("Perwakilan pemerintah kabupaten", "Pemerintah Kabupaten Belitung Timur"),
            ("Pengelola perpustakaan desa", "Pemerintah Desa Mayang"),
        ),
        (
            (
                "Mengirim contoh keputusan kepala desa tentang pengelola",
                DPMD,
                315,
                317,
                "Contoh dikirim ke lima desa.",
            ),
        ),
    ),
    (
        240,
        Kind.STAKEHOLDER_REGENCY,
        "19.01",
        "Pertemuan pemangku kepentingan Kabupaten Bangka",
        "Perpustakaan Kabupaten Bangka",
        (
            (
                "Dukungan swasta",
                "Bank milik daerah menyerahkan komputer.",
                "Pemerintah kabupaten mendukung pelatihan.",
            ),
        ),
        (
            ("Perwakilan pemerintah kabupaten", "Pemerintah Kabupaten Bangka"),
            ("Perwakilan bank", "Bank milik daerah"),
        ),
        (),
    ),
    (
        150,
        Kind.STAKEHOLDER_PROVINCE,
        None,
        "Pertemuan pemangku kepentingan tingkat provinsi",
        "Aula dinas di Pangkalpinang",
        (
            (
                "Hasil pendampingan di tiga kabupaten",
                "Kunjungan warga naik di sebagian besar desa.",
                "Hasil disampaikan kepada gubernur.",
            ),
            (
                "Peraturan dan anggaran",
                "Kabupaten meminta contoh peraturan bupati.",
                "Tim mengumpulkan contohnya.",
            ),
        ),
        (
            ("Perwakilan pemerintah kabupaten", "Pemerintah Kabupaten Belitung"),
            ("Perwakilan organisasi profesi", "Organisasi profesi pustakawan"),
        ),
        (
            (
                "Menyampaikan hasil pertemuan kepada gubernur",
                CHAIR,
                136,
                138,
                "Surat disampaikan melalui sekretaris daerah.",
            ),
        ),
    ),
    (
        65,
        Kind.STAKEHOLDER_REGENCY,
        "19.02",
        "Pertemuan pemangku kepentingan Kabupaten Belitung",
        "Perpustakaan Kabupaten Belitung",
        (
            (
                "Buku bacaan anak",
                "Koleksi anak paling banyak dipinjam dan paling cepat rusak.",
                "Kebutuhan buku didata per desa.",
            ),
        ),
        (
            ("Perwakilan pemerintah kabupaten", "Pemerintah Kabupaten Belitung"),
            ("Pengelola perpustakaan desa", "Pemerintah Desa Sijuk"),
        ),
        (
            ("Menyusun daftar kebutuhan buku lima desa", DPMD, -11, None, ""),
            ("Menyusun rencana pendampingan semester depan", UNIVERSITY, -17, None, ""),
        ),
    ),
]


def threads(world):
    for n, (days, title, agenda, tasks) in enumerate(INTERNALS):
        yield _told(world, f"internal {n}", days, title, agenda, tasks, activity=INTERNAL)
    for n, (days, kind, regency, title, place, agenda, guests, tasks) in enumerate(GATHERINGS):
        yield _told(
            world,
            f"gathering {n}",
            days,
            title,
            agenda,
            tasks,
            kind=kind,
            regency=regency,
            place=place,
            guests=guests,
            activity=STAKEHOLDERS,
        )
    yield from _unfinished(world)
    yield from _ahead(world)


def _told(world, key, days, title, agenda, tasks, **parts):
    tasks = tuple(
        Task(
            what,
            who,
            world.ago(due),
            None if done is None else workday_after(world.ago(done)),
            came,
        )
        for what, who, due, done, came in tasks
    )
    return told(
        world, Occasion(key, title, workday_before(world.ago(days)), agenda, tasks, **parts)
    )


def _unfinished(world):
    """One returned, one waiting for the chair, one still a draft."""
    agenda = (
        (
            "Pelibatan masyarakat di perpustakaan desa",
            "Peserta membagikan pengalaman kelas menjahit dan kelas komputer.",
            "Setiap desa menyusun satu kegiatan sebulan.",
        ),
    )
    yield _told(
        world,
        "returned",
        22,
        "Pertemuan pemangku kepentingan Kabupaten Belitung Timur",
        agenda,
        (),
        kind=Kind.STAKEHOLDER_REGENCY,
        regency="19.06",
        place="Perpustakaan Kabupaten Belitung Timur",
        activity=STAKEHOLDERS,
        guests=(("Perwakilan pemerintah kabupaten", "Pemerintah Kabupaten Belitung Timur"),),
        until=State.RETURNED,
        asked_to_mend="Tambahkan desa yang hadir, dan tulis siapa yang menyusun kegiatannya.",
    )
    agenda = (
        (
            "Catatan pengunjung",
            "Sepuluh desa sudah mengirim catatan.",
            "Enam desa lain dihubungi petugas kabupaten.",
        ),
        (
            "Persiapan pertemuan berikutnya",
            "Tempat dan undangan dibahas.",
            "Undangan dikirim sepuluh hari sebelumnya.",
        ),
    )
    tasks = (("Menghubungi enam desa yang belum mengirim catatan", COMMUNITY, -20, None, ""),)
    yield _told(
        world,
        "waiting",
        9,
        "Rapat internal: catatan pengunjung",
        agenda,
        tasks,
        activity=INTERNAL,
        until=State.SUBMITTED,
    )
    agenda = (("Peer learning antarpengelola", "Usulan tempat: Perpustakaan Desa Kapuk.", ""),)
    yield _told(
        world,
        "draft",
        2,
        "Rapat internal: persiapan saling belajar antarpengelola",
        agenda,
        (),
        activity=INTERNAL,
        until=State.HELD,
    )


def _ahead(world):
    for n, (days, kind, regency, title, place, activity) in enumerate(
        (
            (
                4,
                Kind.INTERNAL,
                None,
                "Rapat internal: kemajuan rencana kerja",
                Occasion.place,
                INTERNAL,
            ),
            (
                12,
                Kind.PEER_LEARNING,
                "19.01",
                "Saling belajar antarpengelola",
                "Perpustakaan Desa Kapuk",
                "",
            ),
            (
                26,
                Kind.STAKEHOLDER_PROVINCE,
                None,
                "Pertemuan pemangku kepentingan tingkat provinsi",
                "Aula dinas di Pangkalpinang",
                STAKEHOLDERS,
            ),
        )
    ):
        planned = workday_before(world.ago(8) + timedelta(days=n))
        yield told(
            world,
            Occasion(
                f"ahead {n}",
                title,
                workday_after(world.ago(-days)),
                kind=kind,
                regency=regency,
                place=place,
                activity=activity,
                planned=planned,
            ),
        )
