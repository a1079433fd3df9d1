"""
Whom the team asks for what today, counted back from the day of loading: every column of the board,
commitments in every standing, agreements and publications. All of it is sample; institutions are
named by what they are.
"""

from datetime import timedelta

from advocacy.actions import withdraw_commitment
from advocacy.models import Commitment, Partnership
from sinergi.home.demo.asking import (
    Aim,
    Basis,
    Promise,
    Stage,
    agreed,
    audience,
    came,
    identify,
    move,
    promise,
    published,
)
from sinergi.home.demo.founding import SUCCESSOR
from sinergi.home.demo.meetings import told
from sinergi.home.demo.plans import AGREEMENT, AUDIENCES, MEDIA, SUPPORT, half_year
from sinergi.home.demo.telling import at, workday_before

CHAIR, PIC, DPMD = "Sekretaris DKPUS", "PIC Program DKPUS", "Perwakilan DPMD"
UNIVERSITY, COMMUNITY = "Perwakilan perguruan tinggi", "Perwakilan komunitas baca"
HANDOVER, RECEIPT = "Contoh berita acara serah terima", "Contoh kuitansi"


def threads(world):
    for thread in (
        computers,
        training_money,
        internet,
        budget_of_province,
        regulation,
        budget_of_belitung,
        staff,
        books,
        building,
        furniture,
    ):
        yield thread(world)
    yield from agreements(world)
    for days, *row in PUBLISHED:
        yield publication(world, days, *row)


def on(world, days, clock):
    """The moment so many days before the day of loading, in office hours."""
    return at(workday_before(world.ago(days)), clock)


def due(world, days):
    return world.ago(days)


# Cases ------------------------------------------------------------------------------------------
def computers(world):
    """Realised: second-hand computers of a bank."""
    key = "computers"
    yield on(world, 334, "09.10")
    asked = "Komputer bekas layak pakai"
    identify(
        world, key, "bank", Aim.GOODS, asked, UNIVERSITY, villages=["Kapuk", "Rebo", "Merawang"]
    )
    yield on(world, 318, "10.30")
    move(world, key, Stage.CONTACTED, "Bagian umum bank dihubungi.")
    yield from told(
        world,
        audience(
            key,
            "Audiensi dengan bank milik daerah",
            workday_before(world.ago(298)),
            [key],
            place="Kantor pusat bank",
            received_by="Kepala divisi sekretariat perusahaan",
            points="Sembilan perpustakaan desa kekurangan komputer.",
            answer="Enam komputer dapat dihibahkan tahun ini.",
            next_step="Menyusun berita acara hibah.",
        ),
    )
    yield on(world, 288, "09.30")
    promise(
        world,
        key,
        key,
        Promise.GOODS,
        "Enam komputer bekas layak pakai",
        meeting=key,
        activity=SUPPORT,
        regency_id="19.01",
        value=18_000_000,
        value_basis=Basis.GIVER,
        due_on=due(world, 230),
    )
    yield on(world, 239, "14.00")
    came(
        world,
        key,
        amount=18_000_000,
        note="Enam komputer, BAST",
        villages=["Kapuk", "Rebo", "Merawang"],
        evidence=HANDOVER,
    )


def training_money(world):
    """Committed, and half of it has come."""
    key = "training money"
    yield on(world, 205, "11.00")
    identify(world, key, "bank", Aim.MONEY, "Dana pelatihan pengelola", UNIVERSITY)
    yield on(world, 160, "09.40")
    move(world, key, Stage.CONTACTED, "Proposal disampaikan.")
    yield on(world, 72, "10.15")
    promise(
        world,
        key,
        key,
        Promise.MONEY,
        "Bantuan dana pelatihan pengelola",
        activity=SUPPORT,
        value=15_000_000,
        due_on=due(world, -80),
    )
    yield on(world, 25, "13.30")
    came(world, key, amount=7_500_000, note="Tahap pertama", evidence=RECEIPT)


def internet(world):
    """Committed; nothing is due yet."""
    key = "internet"
    yield on(world, 240, "09.00")
    asked = "Sambungan internet perpustakaan desa"
    identify(
        world, key, "network", Aim.SERVICES, asked, SUCCESSOR, villages=["Pemali", "Kimak", "Rebo"]
    )
    yield on(world, 228, "15.00")
    move(world, key, Stage.CONTACTED, "Surat permohonan audiensi diterima.")
    yield from told(
        world,
        audience(
            key,
            "Audiensi dengan perusahaan telekomunikasi",
            workday_before(world.ago(210)),
            [key],
            activity=AUDIENCES,
            place="Kantor cabang perusahaan",
            received_by="Kepala cabang",
            points="Tiga desa belum mempunyai sambungan.",
            answer="Dipelajari bersama kantor pusat.",
            next_step="Mengirim titik koordinat.",
        ),
    )
    yield on(world, 33, "10.00")
    promise(
        world,
        key,
        key,
        Promise.SERVICES,
        "Sambungan internet satu tahun untuk tiga desa",
        activity=SUPPORT,
        value=10_800_000,
        value_basis=Basis.STANDARD,
        due_on=due(world, -45),
        regency_id="19.01",
    )


def budget_of_province(world):
    """Committed, and twelve days late."""
    key = "budget"
    yield on(world, 118, "09.20")
    asked = "Mata anggaran pelatihan pengelola"
    identify(
        world, key, "province", Aim.BUDGET_LINE, asked, PIC, regencies=["19.01", "19.02", "19.06"]
    )
    yield on(world, 112, "09.50")
    move(world, key, Stage.CONTACTED, "Bahan disampaikan kepada biro.")
    yield from told(
        world,
        audience(
            key,
            "Audiensi dengan pemerintah provinsi",
            workday_before(world.ago(96)),
            [key],
            activity=AUDIENCES,
            place="Kantor gubernur",
            received_by="Asisten sekretaris daerah",
            points="Pelatihan belum dianggarkan.",
            answer="Diusulkan dalam perubahan anggaran.",
            next_step="Menyampaikan rincian biaya.",
        ),
    )
    yield on(world, 87, "08.40")
    asked = "Mata anggaran pelatihan pengelola dalam perubahan APBD"
    promise(
        world, key, key, Promise.POLICY, asked, meeting=key, value=48_000_000, due_on=due(world, 12)
    )


def regulation(world):
    """The chair's, waiting since its audience."""
    key = "regulation"
    yield on(world, 84, "10.40")
    asked = "Peraturan bupati tentang perpustakaan desa"
    identify(world, key, "bangka", Aim.REGULATION, asked, CHAIR, regencies=["19.01"])
    yield on(world, 69, "11.10")
    move(world, key, Stage.CONTACTED, "Contoh peraturan disampaikan.")
    yield from told(
        world,
        audience(
            key,
            "Audiensi dengan Pemerintah Kabupaten Bangka",
            workday_before(world.ago(40)),
            [key],
            activity=AUDIENCES,
            regency="19.01",
            place="Kantor bupati",
            received_by="Sekretaris daerah kabupaten",
            points="Perpustakaan desa memerlukan dasar hukum.",
            answer="Rancangan dibahas bersama bagian hukum.",
            next_step="Menyampaikan rancangan.",
        ),
    )


def budget_of_belitung(world):
    """A member's, contacted and then left for too long."""
    yield on(world, 58, "13.15")
    asked = "Anggaran perpustakaan desa dalam APBDes"
    identify(world, "apbdes", "belitung", Aim.BUDGET_LINE, asked, DPMD, regencies=["19.02"])
    yield on(world, 41, "14.30")
    move(world, "apbdes", Stage.CONTACTED, "Dinas pemberdayaan desa kabupaten dihubungi.")


def staff(world):
    yield on(world, 13, "10.25")
    identify(
        world,
        "staff",
        "east",
        Aim.STAFF,
        "Honor pengelola perpustakaan desa",
        SUCCESSOR,
        regencies=["19.06"],
    )


def books(world):
    """Realised: a policy of giving, in one go."""
    key = "books"
    yield on(world, 128, "09.15")
    identify(world, key, "publisher", Aim.GOODS, "Buku bacaan anak", COMMUNITY)
    yield on(world, 99, "10.05")
    move(world, key, Stage.CONTACTED, "Daftar judul diminta.")
    yield on(world, 74, "11.45")
    promise(
        world,
        key,
        key,
        Promise.GOODS,
        "Dua ratus buku bacaan anak",
        activity=SUPPORT,
        value=6_000_000,
        value_basis=Basis.INVOICE,
        due_on=due(world, 45),
    )
    yield on(world, 48, "14.20")
    came(
        world,
        key,
        amount=6_000_000,
        note="Dua ratus buku, BAST",
        villages=["Pemali"],
        evidence=HANDOVER,
    )


def building(world):
    yield on(world, 165, "10.00")
    identify(
        world,
        "building",
        "east",
        Aim.INFRASTRUCTURE,
        "Ruang baca di kantor kecamatan",
        DPMD,
        regencies=["19.06"],
    )
    yield on(world, 143, "09.30")
    move(world, "building", Stage.CONTACTED, "Disampaikan dalam rapat koordinasi.")
    yield on(world, 70, "16.00")
    move(world, "building", Stage.DECLINED, "Ruang dipakai untuk pelayanan lain.")


def furniture(world):
    """Promised, taken back, and put off."""
    key = "furniture"
    yield on(world, 171, "09.00")
    identify(world, key, "company", Aim.GOODS, "Rak dan meja baca", COMMUNITY, villages=["Kimak"])
    yield on(world, 152, "13.00")
    move(world, key, Stage.CONTACTED, "Bagian tanggung jawab sosial dihubungi.")
    yield on(world, 133, "10.45")
    promise(
        world,
        key,
        key,
        Promise.GOODS,
        "Sepuluh rak buku",
        value=9_000_000,
        value_basis=Basis.GIVER,
        due_on=due(world, 60),
        regency_id="19.01",
    )
    yield on(world, 85, "09.05")
    commitment = Commitment.objects.select_related("team__province").get(
        pk=world.commitments[key].pk
    )
    reason = "Perusahaan mengubah anggaran tanggung jawab sosialnya."
    withdraw_commitment(commitment=commitment, by=world.desk, reason=reason)
    yield on(world, 53, "15.45")
    move(world, key, Stage.DORMANT, "Dibicarakan lagi pada tahun anggaran berikutnya.")


# The network ------------------------------------------------------------------------------------
def agreements(world):
    """One that ends in fifty days, and one of each half-year."""
    ends = world.ago(-50)
    yield agreement(
        world,
        "press",
        Partnership.Kind.MOU,
        "Publikasi kegiatan perpustakaan desa",
        starts_on=ends - timedelta(days=364),
        ends_on=ends,
    )
    for later, of, about in (
        (-2, "university", "Kuliah kerja nyata di perpustakaan desa"),
        (-1, "community", "Kelas membaca bersama di perpustakaan desa"),
        (0, "librarians", "Pendampingan pengelola oleh pustakawan"),
    ):
        first = half_year(world.today, later)
        ends_on = half_year(first, 4) - timedelta(days=1)
        yield agreement(
            world,
            of,
            Partnership.Kind.PKS,
            about,
            starts_on=first,
            ends_on=ends_on,
            activity=AGREEMENT,
        )


def agreement(world, of, kind, about, *, starts_on, **parts):
    """Signed and written down two weeks before it begins."""
    yield at(workday_before(starts_on - timedelta(days=14)), "11.30")
    agreed(world, of, kind, about, starts_on=starts_on, **parts)


PUBLISHED = [
    (326, "Warga Mayang belajar menjahit di perpustakaan desa", "Media cetak", "gathering 0"),
    (238, "Enam komputer untuk perpustakaan desa", "Media daring", "gathering 1"),
    (148, "Tim Sinergi bertemu pemangku kepentingan provinsi", "Media cetak", "gathering 2"),
    (117, "Kelas komputer di perpustakaan desa diminati warga", "Radio", ""),
    (62, "Koleksi anak di Belitung bertambah", "Media cetak", "gathering 3"),
    (38, "Kabupaten Bangka siapkan peraturan perpustakaan desa", "Media daring", "regulation"),
    (6, "Enam desa dikunjungi tim pendamping", "Media cetak", ""),
]


def publication(world, days, title, outlet, meeting):
    yield on(world, days, "09.45")
    link = f"contoh/{days}"
    published(world, title, outlet, link=link, meeting=meeting, activity=MEDIA)
