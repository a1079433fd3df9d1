"""
Write what the storylines about advocacy tell: whom the team asks, how far it came, what was
promised and what came of it. Each function writes at the current moment of the storyline.
"""

from django.utils import timezone

from advocacy.actions import move_case, save_case, save_commitment, save_realisation
from advocacy.models import AdvocacyCase, Commitment, MediaCoverage, Partnership, Realisation
from programs.models import Institution
from sinergi.home.demo.meetings import Kind, SampleMeeting
from villages.models import Regency, Village

Aim, Stage, Basis = AdvocacyCase.Aim, AdvocacyCase.Stage, Commitment.Basis
Promise, Document, Sector = Commitment.Kind, Realisation.Document, Institution.Sector
AT_AUDIENCES = ("Sekretaris DKPUS", "PIC Program DKPUS", "Perwakilan DPMD")

#: key → name, abbreviation, sector, regency. Each is named by what it is.
PARTNERS = {
    "province": (
        "Pemerintah Provinsi Kepulauan Bangka Belitung",
        "PEMPROV",
        Sector.GOV_PROVINCE,
        None,
    ),
    "bangka": ("Pemerintah Kabupaten Bangka", "PEMKAB", Sector.GOV_REGENCY, "19.01"),
    "belitung": ("Pemerintah Kabupaten Belitung", "PEMKAB", Sector.GOV_REGENCY, "19.02"),
    "east": ("Pemerintah Kabupaten Belitung Timur", "PEMKAB", Sector.GOV_REGENCY, "19.06"),
    "company": ("Perusahaan swasta di Kabupaten Bangka", "SW", Sector.PRIVATE, "19.01"),
    "bank": ("Bank milik daerah", "BMD", Sector.STATE_OWNED, None),
    "network": ("Perusahaan telekomunikasi", "TEL", Sector.PRIVATE, None),
    "publisher": ("Penerbit buku anak", "PBA", Sector.PRIVATE, None),
    "librarians": ("Organisasi profesi pustakawan", "OPP", Sector.PROFESSIONAL, None),
}


def get_partner(world, key):
    """Return the institution of this key, written when it is first asked for."""
    if key not in world.institutions:
        name, short, sector, regency = PARTNERS[key]
        made = Institution(
            province=world.team.province,
            name=name,
            abbreviation=short,
            sector=sector,
            regency_id=regency,
        )
        world.institutions[key] = made.save_as(by=world.secretariat)
    return world.institutions[key]


def villages_named(names, regency="19.01"):
    """Return the villages of these names in the regency that have a library."""
    return list(Village.objects.filter(regency=regency, name__in=names, library__isnull=False))


def add_case(world, key, of, aim, asked, person, *, regencies=(), villages=()):
    case = AdvocacyCase(
        institution=get_partner(world, of),
        aim=aim,
        asked=asked,
        person_in_charge=world.people[person],
        stage_since=timezone.localdate(),
        **world.team_fields,
    )
    world.cases[key] = save_case(
        case=case,
        regencies=Regency.objects.filter(pk__in=regencies),
        villages=villages_named(villages),
        by=world.secretariat,
    )


def change_stage(world, key, stage, note):
    case = AdvocacyCase.objects.with_names().get(pk=world.cases[key].pk)
    move_case(case=case, stage=stage, on=timezone.localdate(), note=note, by=world.secretariat)


def sample_audience(key, title, day, cases, *, received_by, points, answer, next_step, **parts):
    """Return an audience, whose points and answer take the place of an agenda."""
    more = {"received_by": received_by, "points": points, "answer": answer, "next_step": next_step}
    return SampleMeeting(
        key,
        title,
        day,
        kind=Kind.AUDIENCE,
        cases=tuple(cases),
        present=AT_AUDIENCES,
        start="10.00",
        end="11.30",
        more=more,
        **parts,
    )


def add_commitment(world, key, case, kind, description, *, meeting=None, activity="", **parts):
    """Write a commitment of today, or of the meeting of this key."""
    case = AdvocacyCase.objects.with_names().get(pk=world.cases[case].pk)
    met = world.meetings.get(meeting)
    day = met.starts.date() if met else timezone.localdate()
    commitment = Commitment(
        institution=case.institution,
        case=case,
        kind=kind,
        description=description,
        meeting=met,
        promised_on=day,
        promised_by=met.received_by if met else f"Pimpinan {case.institution}"[:200],
        activity=world.activity(activity, day),
        **world.team_fields,
        **parts,
    )
    world.commitments[key] = save_commitment(commitment=commitment, by=world.secretariat)


def add_realisation(world, key, *, note="", villages=(), evidence="", regency="19.01", **parts):
    """Write what came of a commitment today."""
    commitment = Commitment.objects.select_related("team__province", "province").get(
        pk=world.commitments[key].pk
    )
    save_realisation(
        realisation=Realisation.of(
            commitment, realised_on=timezone.localdate(), note=note, **parts
        ),
        villages=villages_named(villages, regency),
        safe=world.picture(evidence) if evidence else None,
        by=world.secretariat,
    )


def add_media_coverage(world, title, outlet, *, link, meeting=None, activity=""):
    today = timezone.localdate()
    MediaCoverage(
        title=title,
        outlet=outlet,
        published_on=today,
        link=f"https://example.com/{link}",
        meeting=world.meetings.get(meeting),
        activity=world.activity(activity, today),
        **world.team_fields,
    ).save_as(by=world.secretariat)


def add_partnership(world, of, kind, about, *, starts_on, ends_on, activity=""):
    """Write an agreement, before or after its first day."""
    Partnership(
        institution=get_partner(world, of),
        kind=kind,
        number=f"Contoh/{starts_on.year}",
        about=about,
        starts_on=starts_on,
        ends_on=ends_on,
        activity=world.activity(activity, starts_on),
        **world.team_fields,
    ).save_as(by=world.secretariat)
