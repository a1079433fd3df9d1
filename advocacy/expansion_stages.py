"""
The stages from a village without a library to one that stands by itself, and what may show that one
is reached: plain values, which know no table.
"""

from django.db.models import TextChoices

from sinergi.kit.status import Status, Tone


class Stage(TextChoices):
    """In their order; `STOPPED` may follow any of them, and any may follow it."""

    CANDIDATE = "candidate", "Calon"
    AUDIENCE = "audience", "Audiensi"
    COMMITMENT = "commitment", "Komitmen"
    BUDGET = "budget", "Anggaran/SK"
    TRAINING = "training", "Bimtek"
    RUNNING = "running", "Berjalan"
    INDEPENDENT = "independent", "Mandiri"
    STOPPED = "stopped", "Berhenti"

    @property
    def status(self):
        return Status(self.label, _TONES.get(self, Tone.CHANGED))

    @property
    def place(self):
        """Where it stands in the order, from 1."""
        return list(Stage).index(self) + 1

    @property
    def next(self):
        """The stage after it, or None."""
        if self in (Stage.INDEPENDENT, Stage.STOPPED):
            return None
        return list(Stage)[self.place]


def is_backward(before, after):
    """Return whether a step goes back; from *berhenti* every stage is a resumption."""
    return before != Stage.STOPPED and Stage(after).place < Stage(before).place


def move_words(before, after):
    """Return what a step from one stage ("" for none) to another is called: Naikkan ke Bimtek."""
    if after == Stage.STOPPED:
        return "Hentikan"
    label = Stage(after).label
    if not before:
        return f"Ajukan sebagai {label.lower()}"
    if before == Stage.STOPPED:
        return f"Lanjutkan ke {label}"
    forward = Stage(after).place > Stage(before).place
    return f"{'Naikkan' if forward else 'Mundurkan'} ke {label}"


_TONES = {
    Stage.CANDIDATE: Tone.NEW,
    Stage.RUNNING: Tone.APPROVED,
    Stage.INDEPENDENT: Tone.APPROVED,
    Stage.STOPPED: Tone.DRAFT,
}
#: The stages that are still on the way: in these a case may stand still too long.
UNDER_WAY = (Stage.CANDIDATE, Stage.AUDIENCE, Stage.COMMITMENT, Stage.BUDGET, Stage.TRAINING)
#: Those of a library that is open: what the share counts.
OPEN = (Stage.RUNNING, Stage.INDEPENDENT)
#: The kinds of records that show a stage; each is a foreign key of a step.
EVIDENCE = {
    Stage.CANDIDATE: ("meeting", "commitment"),
    Stage.AUDIENCE: ("meeting",),
    Stage.COMMITMENT: ("commitment",),
    Stage.BUDGET: ("realisation", "decree"),
    Stage.TRAINING: ("training",),
    Stage.RUNNING: ("report",),
    Stage.INDEPENDENT: ("report",),
    Stage.STOPPED: (),
}
KINDS = ("meeting", "commitment", "realisation", "decree", "training", "report")
NEEDED = {
    Stage.CANDIDATE: "pertemuan atau komitmen yang menyebut desa ini",
    Stage.AUDIENCE: "audiensi dengan pemerintah desa atau kabupatennya",
    Stage.COMMITMENT: "komitmen untuk desa atau kabupaten ini",
    Stage.BUDGET: "bukti bahwa uangnya tersedia atau keputusannya terbit",
    Stage.TRAINING: "bimtek yang diikuti pengelola dari desa ini",
    Stage.RUNNING: "laporan triwulan perpustakaannya yang terverifikasi",
    Stage.INDEPENDENT: "laporan terverifikasi yang memenuhi syarat mandiri",
}


class NoEvidence(TextChoices):
    """Why a step stands without evidence: a short list, counted beside what has some."""

    LIST = "list", "Dari daftar peserta program"
    EARLIER = "earlier", "Terjadi sebelum Sinergi dipakai"
    OUTSIDE = "outside", "Dokumennya ada di luar Sinergi"
    SPOKEN = "spoken", "Baru disampaikan secara lisan"
    OTHER = "other", "Sebab lain, tertulis pada catatan"
