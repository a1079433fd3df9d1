"""
Storylines of advocacy in the year of the article, and what came of it until 2020.

From the article: government is asked for policies, the private sector for goods, money and
services; the governor's decree is to come. Which offices were asked on which day, every amount,
agreement and publication are samples.
"""

from datetime import date

from advocacy.models import Partnership
from sinergi.home.demo.advocacy_records import (
    Aim,
    Basis,
    Document,
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
from sinergi.home.demo.meetings import meeting_storyline
from sinergi.home.demo.timeline import at

AUDIENCES, SUPPORT = (
    "Audiensi penganggaran ke pemerintah kabupaten",
    "Dukungan komputer, buku, dan tenaga pelatih",
)
MEDIA = "Publikasi kegiatan perpustakaan desa"


def advocacy_storylines_of_2019(world):
    """Yield the storylines of this module."""
    yield decree(world)
    yield budget(world)
    yield regulation_of_east(world)
    yield company(world)
    yield trainers(world)
    yield partnership_and_media(world)


def decree(world):
    yield at(date(2019, 1, 16), "10.00")
    add_case(
        world,
        "2019 decree",
        "province",
        Aim.REGULATION,
        "SK Gubernur pembentukan tim",
        "PIC Program DKPUS",
    )
    yield at(date(2019, 2, 4), "11.00")
    change_stage(
        world, "2019 decree", Stage.CONTACTED, "Draf keputusan disampaikan untuk diharmonisasi."
    )
    yield at(date(2019, 10, 4), "13.00")
    change_stage(world, "2019 decree", Stage.REALISED, "SK Gubernur Nomor Contoh/2019 ditetapkan.")


def budget(world):
    key = "2019 budget"
    yield at(date(2019, 6, 24), "09.00")
    asked = "Mata anggaran perpustakaan desa dalam APBD 2020"
    add_case(world, key, "bangka", Aim.BUDGET_LINE, asked, "Perwakilan DPMD", regencies=["19.01"])
    yield at(date(2019, 7, 15), "14.20")
    change_stage(world, key, Stage.CONTACTED, "Surat permohonan audiensi dikirim.")
    meeting = sample_audience(
        key,
        "Audiensi dengan Pemerintah Kabupaten Bangka",
        date(2019, 8, 20),
        [key],
        activity=AUDIENCES,
        regency="19.01",
        received_by="Sekretaris daerah kabupaten",
        points="Anggaran perpustakaan desa belum ada.",
        answer="Diusulkan dalam APBD 2020.",
        next_step="Menyampaikan rincian kebutuhan.",
        place="Kantor bupati",
    )
    yield from meeting_storyline(world, meeting)
    yield at(date(2019, 8, 26), "08.00")
    add_commitment(
        world,
        key,
        key,
        Promise.POLICY,
        asked,
        meeting=key,
        value=150_000_000,
        due_on=date(2019, 12, 31),
        regency_id="19.01",
    )
    yield at(date(2019, 12, 23), "10.30")
    add_realisation(
        world,
        key,
        amount=150_000_000,
        document_kind=Document.BUDGET,
        document_number="Contoh/2019",
        document_about="APBD 2020",
    )


def regulation_of_east(world):
    key = "2019 rule"
    yield at(date(2019, 6, 24), "09.20")
    asked = "Peraturan bupati tentang perpustakaan desa"
    add_case(world, key, "east", Aim.REGULATION, asked, "Perwakilan DPMD", regencies=["19.06"])
    yield at(date(2019, 7, 24), "09.00")
    change_stage(world, key, Stage.DORMANT, "Menunggu pembahasan di kabupaten.")
    yield at(date(2019, 11, 18), "09.00")
    change_stage(world, key, Stage.DECLINED, "Kabupaten memilih surat edaran.")


def company(world):
    key = "2019 company"
    yield at(date(2019, 7, 1), "09.30")
    add_case(
        world,
        key,
        "company",
        Aim.GOODS,
        "Komputer untuk perpustakaan desa",
        "Perwakilan perguruan tinggi",
        villages=["Kapuk", "Kimak", "Rebo"],
    )
    yield at(date(2019, 7, 10), "10.00")
    change_stage(world, key, Stage.CONTACTED, "Bagian tanggung jawab sosial dihubungi.")
    meeting = sample_audience(
        key,
        "Audiensi dengan perusahaan swasta",
        date(2019, 8, 13),
        [key],
        place="Kantor perusahaan",
        received_by="Manajer tanggung jawab sosial perusahaan",
        points="Keadaan komputer di perpustakaan desa.",
        answer="Perusahaan menyanggupi lima komputer dan bantuan uang untuk pelatihan.",
        next_step="Menyusun berita acara.",
    )
    yield from meeting_storyline(world, meeting)
    yield at(date(2019, 8, 19), "09.00")
    common = {"meeting": key, "activity": SUPPORT, "regency_id": "19.01"}
    add_commitment(
        world,
        "2019 goods",
        key,
        Promise.GOODS,
        "Lima komputer",
        value=12_500_000,
        value_basis=Basis.GIVER,
        due_on=date(2019, 10, 31),
        **common,
    )
    add_commitment(
        world, "2019 money", key, Promise.MONEY, "Bantuan pelatihan TIK", value=5_000_000, **common
    )
    receipt, handover = "Contoh kuitansi", "Contoh berita acara serah terima"
    yield at(date(2019, 9, 5), "14.00")
    add_realisation(
        world,
        "2019 goods",
        amount=8_000_000,
        note="Dua komputer, BAST",
        villages=["Kapuk", "Kimak"],
        evidence=handover,
    )
    yield at(date(2019, 9, 19), "11.00")
    add_realisation(world, "2019 money", amount=2_500_000, note="Tahap pertama", evidence=receipt)
    yield at(date(2019, 10, 28), "14.00")
    add_realisation(
        world,
        "2019 goods",
        amount=4_500_000,
        note="Tiga komputer, BAST",
        villages=["Rebo"],
        evidence=handover,
    )
    yield at(date(2019, 11, 14), "11.00")
    add_realisation(world, "2019 money", amount=2_500_000, note="Tahap kedua", evidence=receipt)


def trainers(world):
    key = "2019 trainers"
    yield at(date(2019, 7, 1), "09.45")
    add_case(
        world,
        key,
        "university",
        Aim.SERVICES,
        "Tenaga pelatih TIK bagi pengelola",
        "Perwakilan perguruan tinggi",
    )
    yield at(date(2019, 8, 5), "13.00")
    change_stage(world, key, Stage.CONTACTED, "Dibicarakan dengan bagian pengabdian masyarakat.")
    yield at(date(2019, 9, 2), "09.00")
    add_commitment(
        world,
        key,
        key,
        Promise.SERVICES,
        "Dua angkatan pelatihan TIK",
        value=6_000_000,
        value_basis=Basis.ESTIMATE,
        due_on=date(2019, 12, 16),
    )
    yield at(date(2019, 11, 25), "15.00")
    add_realisation(world, key, amount=6_000_000, note="Dua angkatan, masing-masing dua hari")


def partnership_and_media(world):
    yield at(date(2019, 6, 27), "13.00")
    add_partnership(
        world,
        "university",
        Partnership.Kind.PKS,
        "Pendampingan perpustakaan desa oleh mahasiswa",
        starts_on=date(2019, 7, 1),
        ends_on=date(2021, 6, 30),
    )
    yield at(date(2019, 7, 22), "09.00")
    title = "Perpustakaan desa menjadi tempat belajar warga"
    add_media_coverage(world, title, "Media cetak", link="2019/perpustakaan-desa", activity=MEDIA)
    yield at(date(2019, 8, 21), "13.30")
    title = "Tim Sinergi temui Pemerintah Kabupaten Bangka"
    add_media_coverage(
        world,
        title,
        "Media cetak",
        link="2019/audiensi-bangka",
        meeting="2019 budget",
        activity=MEDIA,
    )
