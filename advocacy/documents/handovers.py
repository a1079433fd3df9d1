"""The record of a handover (berita acara serah terima) of what came of a commitment."""

from advocacy.models import Commitment
from programs.documents import letterhead_data, letterhead_of
from sinergi.kit import dates
from sinergi.kit.documents import BLANK, CALLED_OFF, Document, facts_of
from sinergi.kit.money import rupiah, rupiah_in_words

GIVER, RECEIVER = "Pihak Pertama", "Pihak Kedua"
#: What the amount of each kind of commitment is called.
AMOUNTS = {
    Commitment.Kind.POLICY: "Anggaran",
    Commitment.Kind.MONEY: "Jumlah",
    Commitment.Kind.GOODS: "Nilai",
    Commitment.Kind.SERVICES: "Nilai",
}


def handover_data(realisation):
    """
    Return what the record of this handover says. Who signs it for either party is written in by
    hand, and so is its number; one of a commitment that was withdrawn is called off.
    """
    commitment = realisation.commitment
    head = letterhead_data(commitment.team.letterhead_words)
    day = realisation.realised_on
    return head | {
        "title": f"Berita acara serah terima: {commitment}, {dates.long_date(day)}",
        "mark": CALLED_OFF if commitment.is_withdrawn else "",
        "number": f"Nomor: {BLANK}",
        "opening": (
            f"Pada hari ini, {dates.day_in_words(day)} ({dates.long_date(day)}), yang bertanda"
            " tangan di bawah ini:"
        ),
        "parties": [
            party_data("1", GIVER, commitment.institution.name),
            party_data("2", RECEIVER, head["office"]),
        ],
        "agreed": (
            f"{GIVER} menyerahkan kepada {RECEIVER}, dan {RECEIVER} menerima, sebagai pelaksanaan"
            f" komitmen yang dinyatakan pada {dates.long_date(commitment.promised_on)}:"
        ),
        "details": facts_of(
            ("Bentuk", commitment.get_kind_display()),
            ("Uraian", commitment.description),
            ("Dokumen", realisation.document_text),
            *amount_facts(realisation),
            ("Keterangan", realisation.note),
        ),
        "villages": [
            {
                "number": str(number),
                "village": row.village.place_name,
                "district": row.village.district.name,
                "regency": row.village.regency.name,
            }
            for number, row in enumerate(villages_of(realisation), 1)
        ],
        "closing": (
            "Berita acara ini dibuat dengan sebenarnya dalam rangkap dua untuk digunakan"
            " sebagaimana mestinya."
        ),
        "place_and_day": f"{head['seat'] or BLANK}, {dates.long_date(day)}",
    }


def party_data(number, called, institution):
    """Return one party, whose person is not known here."""
    facts = [["Nama", BLANK], ["Jabatan", BLANK], ["Instansi", institution]]
    return {
        "number": number,
        "called": called,
        "institution": institution,
        "facts": facts,
        "text": f"selanjutnya disebut {called}.",
    }


def amount_facts(realisation):
    """
    Return the amount in digits and in words; of goods and services it is their value, of a policy
    the budget that it brings, which nobody hands over.
    """
    if realisation.amount is None:
        return []
    label = AMOUNTS[realisation.commitment.kind]
    words = rupiah_in_words(realisation.amount)
    return [(label, rupiah(realisation.amount)), ("Terbilang", words)]


def villages_of(realisation):
    """Return the rows of the villages that it came to, in the order of their codes."""
    return realisation.beneficiaries.select_related("village__district", "village__regency")


HANDOVER = Document(
    slug="berita-acara",
    label="Berita acara serah terima",
    template="handover",
    get_data=handover_data,
    get_letterhead=lambda realisation: letterhead_of(realisation.commitment.team),
)
