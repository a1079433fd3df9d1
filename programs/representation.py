"""Which parts of society a team has among its members, against the guideline of the programme."""

from dataclasses import dataclass, field

from programs.models import Institution, Membership

#: A team "diharapkan tidak lebih dari 10 personil" (guideline of the programme, quoted in the
#: office's article of 2019).
LARGEST_TEAM = 10
#: The parts that the guideline names, and professional bodies, which it leaves open: (key, label,
#: is asked for).
GUIDELINE_PARTS = [
    (Institution.Affair.LIBRARY, "Dinas perpustakaan", True),
    (Institution.Affair.PLANNING, "Bappeda", True),
    (Institution.Affair.VILLAGES, "DPMD", True),
    (Institution.Sector.UNIVERSITY, "Perguruan tinggi", True),
    (Institution.Sector.COMMUNITY, "Komunitas", True),
    (Institution.Sector.MEDIA, "Media", True),
    (Institution.Sector.PRIVATE, "Swasta atau Kadin", True),
    (Institution.Sector.PROFESSIONAL, "Organisasi profesi (IPI, GPMB)", False),
]


@dataclass
class Representation:
    """Which parts of the guideline sit in the team; what is missing is a warning."""

    members: list[Membership]
    parts: list[tuple[str, int, bool]] = field(init=False)  # label, how many, is asked for
    government: int = field(init=False)

    def __post_init__(self):
        offices = [member.institution for member in self.members]
        self.government = sum(office.is_government for office in offices)
        self.parts = [
            (label, sum(key in (office.affair, office.sector) for office in offices), asked)
            for key, label, asked in GUIDELINE_PARTS
        ]

    @property
    def outside(self):
        return len(self.members) - self.government

    @property
    def free(self):
        """The number of seats left of the ten."""
        return max(0, LARGEST_TEAM - len(self.members))

    @property
    def seats(self):
        """One entry a seat, ten or more: "gov", "outside", or "" for a free one."""
        return ["gov"] * self.government + ["outside"] * self.outside + [""] * self.free

    @property
    def missing(self):
        return [label for label, n, asked in self.parts if asked and not n]

    @property
    def warnings(self):
        """Sentences about what the guideline would have otherwise, with its reason."""
        sentences = []
        if len(self.members) > LARGEST_TEAM:
            sentences.append(
                f"Tim beranggota {len(self.members)} orang. Pedoman mengharapkan paling banyak"
                f" {LARGEST_TEAM}, agar tim tetap efektif dan setiap anggota berkomitmen."
            )
        if self.members and self.missing:
            sentences.append(
                f"Belum terwakili: {', '.join(self.missing)}. Pedoman memintanya agar kerja tim"
                " menjangkau semua sektor."
            )
        return sentences
