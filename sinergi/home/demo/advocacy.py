"""
Storylines of advocacy before the day of loading: cases in every column of the board, commitments in
every state, agreements and publications. All of it is sample; institutions are named by what they
are.
"""

from datetime import timedelta

from advocacy.actions import withdraw_commitment
from advocacy.models import Commitment, Partnership
from sinergi.home.demo.advocacy_records import (
    Aim,
    Basis,
    Promise,
    Stage,
    add_case,
    add_commitment,
    add_media_coverage,
    add_partnership,
    add_realisation,
    change_stage,
    sample_audience,
)
from sinergi.home.demo.founding import SUCCESSOR
from sinergi.home.demo.meetings import meeting_storyline
from sinergi.home.demo.plans import AGREEMENT, AUDIENCES, MEDIA, SUPPORT, half_year
from sinergi.home.demo.timeline import at, workday_before

CHAIR, PIC, DPMD = "Sekretaris DKPUS", "PIC Program DKPUS", "Perwakilan DPMD"
UNIVERSITY, COMMUNITY = "Perwakilan perguruan tinggi", "Perwakilan komunitas baca"
HANDOVER, RECEIPT = "Contoh berita acara serah terima", "Contoh kuitansi"


def advocacy_storylines(world):
    """Yield the storylines of this module."""
    for storyline in (
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
        yield storyline(world)
    yield from agreement_storylines(world)
    for days, *row in PUBLISHED:
        yield publication_storyline(world, days, *row)


def moment_days_ago(world, days, clock):
    """Return the moment so many days before the day of loading, on a working day."""
    return at(workday_before(world.days_ago(days)), clock)


# Cases ------------------------------------------------------------------------------------------
def computers(world):
    """Tell a case that was realised: second-hand computers of a bank."""
    key = "computers"
    yield moment_days_ago(world, 334, "09.10")
    asked = "Komputer bekas layak pakai"
    add_case(
        world, key, "bank", Aim.GOODS, asked, UNIVERSITY, villages=["Kapuk", "Rebo", "Merawang"]
    )
    yield moment_days_ago(world, 318, "10.30")
    change_stage(world, key, Stage.CONTACTED, "Bagian umum bank dihubungi.")
    yield from meeting_storyline(
        world,
        sample_audience(
            key,
            "Audiensi dengan bank milik daerah",
            workday_before(world.days_ago(298)),
            [key],
            place="Kantor pusat bank",
            received_by="Kepala divisi sekretariat perusahaan",
            points="Sembilan perpustakaan desa kekurangan komputer.",
            answer="Enam komputer dapat dihibahkan tahun ini.",
            next_step="Menyusun berita acara hibah.",
        ),
    )
    yield moment_days_ago(world, 288, "09.30")
    add_commitment(
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
        due_on=world.days_ago(230),
    )
    yield moment_days_ago(world, 239, "14.00")
    add_realisation(
        world,
        key,
        amount=18_000_000,
        note="Enam komputer, BAST",
        villages=["Kapuk", "Rebo", "Merawang"],
        evidence=HANDOVER,
    )


def training_money(world):
    """Tell a case that is committed, half of whose money has come."""
    key = "training money"
    yield moment_days_ago(world, 205, "11.00")
    add_case(world, key, "bank", Aim.MONEY, "Dana pelatihan pengelola", UNIVERSITY)
    yield moment_days_ago(world, 160, "09.40")
    change_stage(world, key, Stage.CONTACTED, "Proposal disampaikan.")
    yield moment_days_ago(world, 72, "10.15")
    add_commitment(
        world,
        key,
        key,
        Promise.MONEY,
        "Bantuan dana pelatihan pengelola",
        activity=SUPPORT,
        value=15_000_000,
        due_on=world.days_ago(-80),
    )
    yield moment_days_ago(world, 25, "13.30")
    add_realisation(world, key, amount=7_500_000, note="Tahap pertama", evidence=RECEIPT)


def internet(world):
    """Tell a case that is committed, of which nothing is due yet."""
    key = "internet"
    yield moment_days_ago(world, 240, "09.00")
    asked = "Sambungan internet perpustakaan desa"
    add_case(
        world, key, "network", Aim.SERVICES, asked, SUCCESSOR, villages=["Pemali", "Kimak", "Rebo"]
    )
    yield moment_days_ago(world, 228, "15.00")
    change_stage(world, key, Stage.CONTACTED, "Surat permohonan audiensi diterima.")
    yield from meeting_storyline(
        world,
        sample_audience(
            key,
            "Audiensi dengan perusahaan telekomunikasi",
            workday_before(world.days_ago(210)),
            [key],
            activity=AUDIENCES,
            place="Kantor cabang perusahaan",
            received_by="Kepala cabang",
            points="Tiga desa belum mempunyai sambungan.",
            answer="Dipelajari bersama kantor pusat.",
            next_step="Mengirim titik koordinat.",
        ),
    )
    yield moment_days_ago(world, 33, "10.00")
    add_commitment(
        world,
        key,
        key,
        Promise.SERVICES,
        "Sambungan internet satu tahun untuk tiga desa",
        activity=SUPPORT,
        value=10_800_000,
        value_basis=Basis.STANDARD,
        due_on=world.days_ago(-45),
        regency_id="19.01",
    )


def budget_of_province(world):
    """Tell a case that is committed and twelve days late."""
    key = "budget"
    yield moment_days_ago(world, 118, "09.20")
    asked = "Mata anggaran pelatihan pengelola"
    add_case(
        world, key, "province", Aim.BUDGET_LINE, asked, PIC, regencies=["19.01", "19.02", "19.06"]
    )
    yield moment_days_ago(world, 112, "09.50")
    change_stage(world, key, Stage.CONTACTED, "Bahan disampaikan kepada biro.")
    yield from meeting_storyline(
        world,
        sample_audience(
            key,
            "Audiensi dengan pemerintah provinsi",
            workday_before(world.days_ago(96)),
            [key],
            activity=AUDIENCES,
            place="Kantor gubernur",
            received_by="Asisten sekretaris daerah",
            points="Pelatihan belum dianggarkan.",
            answer="Diusulkan dalam perubahan anggaran.",
            next_step="Menyampaikan rincian biaya.",
        ),
    )
    yield moment_days_ago(world, 87, "08.40")
    asked = "Mata anggaran pelatihan pengelola dalam perubahan APBD"
    add_commitment(
        world,
        key,
        key,
        Promise.POLICY,
        asked,
        meeting=key,
        value=48_000_000,
        due_on=world.days_ago(12),
    )


def regulation(world):
    """Tell a case of the chair that has not moved since its audience."""
    key = "regulation"
    yield moment_days_ago(world, 84, "10.40")
    asked = "Peraturan bupati tentang perpustakaan desa"
    add_case(world, key, "bangka", Aim.REGULATION, asked, CHAIR, regencies=["19.01"])
    yield moment_days_ago(world, 69, "11.10")
    change_stage(world, key, Stage.CONTACTED, "Contoh peraturan disampaikan.")
    yield from meeting_storyline(
        world,
        sample_audience(
            key,
            "Audiensi dengan Pemerintah Kabupaten Bangka",
            workday_before(world.days_ago(40)),
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
    """Tell a case of a member that was contacted and then left for too long."""
    yield moment_days_ago(world, 58, "13.15")
    asked = "Anggaran perpustakaan desa dalam APBDes"
    add_case(world, "apbdes", "belitung", Aim.BUDGET_LINE, asked, DPMD, regencies=["19.02"])
    yield moment_days_ago(world, 41, "14.30")
    change_stage(world, "apbdes", Stage.CONTACTED, "Dinas pemberdayaan desa kabupaten dihubungi.")


def staff(world):
    yield moment_days_ago(world, 13, "10.25")
    add_case(
        world,
        "staff",
        "east",
        Aim.STAFF,
        "Honor pengelola perpustakaan desa",
        SUCCESSOR,
        regencies=["19.06"],
    )


def books(world):
    """Tell a case that was realised at once: the policy of a publisher to give books."""
    key = "books"
    yield moment_days_ago(world, 128, "09.15")
    add_case(world, key, "publisher", Aim.GOODS, "Buku bacaan anak", COMMUNITY)
    yield moment_days_ago(world, 99, "10.05")
    change_stage(world, key, Stage.CONTACTED, "Daftar judul diminta.")
    yield moment_days_ago(world, 74, "11.45")
    add_commitment(
        world,
        key,
        key,
        Promise.GOODS,
        "Dua ratus buku bacaan anak",
        activity=SUPPORT,
        value=6_000_000,
        value_basis=Basis.INVOICE,
        due_on=world.days_ago(45),
    )
    yield moment_days_ago(world, 48, "14.20")
    add_realisation(
        world,
        key,
        amount=6_000_000,
        note="Dua ratus buku, BAST",
        villages=["Pemali"],
        evidence=HANDOVER,
    )


def building(world):
    yield moment_days_ago(world, 165, "10.00")
    add_case(
        world,
        "building",
        "east",
        Aim.INFRASTRUCTURE,
        "Ruang baca di kantor kecamatan",
        DPMD,
        regencies=["19.06"],
    )
    yield moment_days_ago(world, 143, "09.30")
    change_stage(world, "building", Stage.CONTACTED, "Disampaikan dalam rapat koordinasi.")
    yield moment_days_ago(world, 70, "16.00")
    change_stage(world, "building", Stage.DECLINED, "Ruang dipakai untuk pelayanan lain.")


def furniture(world):
    """Tell a case whose commitment was withdrawn, and that was put off."""
    key = "furniture"
    yield moment_days_ago(world, 171, "09.00")
    add_case(world, key, "company", Aim.GOODS, "Rak dan meja baca", COMMUNITY, villages=["Kimak"])
    yield moment_days_ago(world, 152, "13.00")
    change_stage(world, key, Stage.CONTACTED, "Bagian tanggung jawab sosial dihubungi.")
    yield moment_days_ago(world, 133, "10.45")
    add_commitment(
        world,
        key,
        key,
        Promise.GOODS,
        "Sepuluh rak buku",
        value=9_000_000,
        value_basis=Basis.GIVER,
        due_on=world.days_ago(60),
        regency_id="19.01",
    )
    yield moment_days_ago(world, 85, "09.05")
    commitment = Commitment.objects.select_related("team__province").get(
        pk=world.commitments[key].pk
    )
    reason = "Perusahaan mengubah anggaran tanggung jawab sosialnya."
    withdraw_commitment(commitment=commitment, by=world.secretariat, reason=reason)
    yield moment_days_ago(world, 53, "15.45")
    change_stage(world, key, Stage.DORMANT, "Dibicarakan lagi pada tahun anggaran berikutnya.")


# The network ------------------------------------------------------------------------------------
def agreement_storylines(world):
    """Yield a storyline of an agreement that ends in fifty days, and one of each half-year."""
    ends = world.days_ago(-50)
    yield agreement_storyline(
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
        yield agreement_storyline(
            world,
            of,
            Partnership.Kind.PKS,
            about,
            starts_on=first,
            ends_on=ends_on,
            activity=AGREEMENT,
        )


def agreement_storyline(world, of, kind, about, *, starts_on, **parts):
    """Tell an agreement that is recorded two weeks before it begins."""
    yield at(workday_before(starts_on - timedelta(days=14)), "11.30")
    add_partnership(world, of, kind, about, starts_on=starts_on, **parts)


PUBLISHED = [
    (326, "Warga Mayang belajar menjahit di perpustakaan desa", "Media cetak", "gathering 0"),
    (238, "Enam komputer untuk perpustakaan desa", "Media daring", "gathering 1"),
    (148, "Tim Sinergi bertemu pemangku kepentingan provinsi", "Media cetak", "gathering 2"),
    (117, "Kelas komputer di perpustakaan desa diminati warga", "Radio", ""),
    (62, "Koleksi anak di Belitung bertambah", "Media cetak", "gathering 3"),
    (38, "Kabupaten Bangka siapkan peraturan perpustakaan desa", "Media daring", "regulation"),
    (6, "Enam desa dikunjungi tim pendamping", "Media cetak", ""),
]


def publication_storyline(world, days, title, outlet, meeting):
    yield moment_days_ago(world, days, "09.45")
    link = f"contoh/{days}"
    add_media_coverage(world, title, outlet, link=link, meeting=meeting, activity=MEDIA)
