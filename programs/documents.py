"""
What the team prints: its work plan, and its decrees, drafted from the office's own wording
(decree.toml).
"""

import tomllib
from datetime import date

from programs.actions import annex_of
from programs.decree_coverage import coverage_on
from programs.models import Decree, Team
from programs.months import months_of
from programs.plan_versions import WAYS
from sinergi.kit import documents
from sinergi.kit.dates import SHORT_MONTHS, long_date
from sinergi.kit.money import rupiah


def letterhead_data(words):
    """
    Return what a paper draws as its letterhead (`Team.letterhead_words`, as kept or of today); the
    logo as its bytes, [] without one.
    """
    return words | {"logo": list(Team.logo_kept_as(words.get("logo", "")))}


def letterhead_of(team, kept=None):
    """Return the letterhead in the words that a record of this team has `kept`; else of today."""
    return letterhead_data(kept["letterhead"] if kept else team.letterhead_words)


def letterhead_sample_data(team):
    """Return a letter that says nothing, under the letterhead of today."""
    head = letterhead_of(team)
    return head | {
        "title": f"Contoh kop surat: {team.name}",
        "mark": "",
        "place_and_day": ", ".join(part for part in (team.seat, long_date(team.today)) if part),
        "text": "Seperti inilah kop surat pada undangan, notula, laporan, dan rencana kerja tim.",
    }


LETTERHEAD_SAMPLE = documents.Document(
    slug="contoh",
    label="Contoh kop surat",
    template="letterhead",
    get_data=letterhead_sample_data,
    get_letterhead=letterhead_of,
)


def wording(kind):
    """Return the first wording of a decree: "new", "amends" or "replaces"."""
    return tomllib.loads((documents.FOLDER / "decree.toml").read_text(encoding="utf-8"))[kind]


def issuer_of(level, team):
    """Return who signs at this level."""
    return {
        Decree.Level.OFFICE: f"Kepala {team.office}",
        Decree.Level.GOVERNOR: f"Gubernur {team.province.name}",
        Decree.Level.NATIONAL: "Kepala Perpustakaan Nasional Republik Indonesia",
    }[level]


def draft_of(team, level, *, amends=None, replaces=None):
    """
    Return a decree of this level in the office's wording, not saved.

    `amends` or `replaces` is the earlier decree of that level; why the team differs from its annex
    is then said in the considerations.
    """
    earlier = amends or replaces
    text = wording("amends" if amends else "replaces" if replaces else "new")
    words = {
        "team": team.name,
        "province": team.province.name,
        "office": team.office,
        "earlier": earlier.full_name if earlier else "",
        "earlier_about": earlier.about if earlier else "",
    }

    def lines(name):
        return "\n".join(line.format(**words) for line in text[name])

    considerations = lines("considerations").splitlines()
    if earlier:
        reasons = coverage_on(team, team.today, team.members_on(team.today), base=earlier).reasons
        considerations[1:1] = [f"bahwa {reason.rstrip('.')};" for reason in reasons]
    return Decree(
        team=team,
        level=level,
        amends=amends,
        replaces=replaces,
        issuer=earlier.issuer if earlier else issuer_of(level, team),
        about=text["about"].format(**words),
        considerations="\n".join(considerations),
        legal_basis=lines("legal_basis"),
        diktum=lines("diktum"),
        cost_charged_to=earlier.cost_charged_to if earlier else "",
        roster_on=team.today,
    )


def decree_pdf(decree, paper="a4"):
    """Return the decree with its annex as a PDF on "a4" or "f4", marked DRAF until it is signed."""
    if decree.effective_from and decree.effective_from != decree.signed_on:
        term = f"pada tanggal {long_date(decree.effective_from)}"
    else:
        term = "pada tanggal ditetapkan"
    if decree.effective_until:
        term += f" sampai dengan tanggal {long_date(decree.effective_until)}"
    rows, words = annex_of(decree), decree.words
    return documents.render_pdf(
        "decree",
        {
            "paper": paper,
            "title": f"Keputusan {decree.issuer} tentang {decree.about}",
            "mark": "" if decree.is_binding else documents.DRAFT,
            "team": words["team"],
            "issuer": decree.issuer,
            "number": decree.number,
            "about": decree.about,
            "considerations": decree.consideration_items,
            "legal_basis": decree.legal_basis_items,
            "diktum": decree.diktum_items,
            "cost": decree.cost_charged_to,
            "term": term,
            "signed_on": long_date(decree.signed_on) if decree.signed_on else "",
            "signed_in": words["place"],
            "signer": decree.signer,
            "roster_on": long_date(decree.roster_on),
            "roster": [
                {
                    "name": row.name,
                    "position": row.position,
                    "institution": row.institution_name,
                    "role": row.role,
                }
                for row in rows
            ],
        },
    )


def plan_pdf(plan, version, progress=None, *, approved=None, paper="a4"):
    """Return the work plan under the office's letterhead (`plan_data`) as a PDF on "a4" or "f4"."""
    return documents.render_pdf(
        "plan", plan_data(plan, version, progress, approved=approved) | {"paper": paper}
    )


def plan_data(plan, version, progress=None, *, approved=None):
    """
    Return what the paper of a plan says.

    `approved` is the submission to print: then only what was kept with it is drawn. Without one the
    paper is marked DRAF and shows the plan of today, for which alone `progress` is needed.
    """
    paper = approved.paper if approved else plan.letterhead
    day = long_date(date.fromisoformat(paper["decided_on"])) if approved else ""
    done = {item.id: item.done or 0 for item in version.items} if approved else progress.done
    names = ("team", "government", "office", "letterhead", "logo")
    words = {name: paper.get(name, "") for name in names}
    return letterhead_data(words) | {
        "title": str(plan),
        "status": f"disetujui {day}" if approved else plan.get_state_display().lower(),
        "mark": "" if approved else documents.DRAFT,
        "note": version.note,
        "months": [SHORT_MONTHS[month - 1] for month in plan.months],
        "sections": [
            {
                "role": section.role,
                "label": section.label,
                "cash": rupiah(section.cash),
                "items": [
                    _item_of(item, plan, done[item.id], frozen=bool(approved))
                    for item in section.items
                ],
            }
            for section in version.sections
        ],
        "money": [
            {"label": source.label, "amount": rupiah(source.amount)} for source in version.money
        ],
        "cash": rupiah(version.cash),
        "goods": [
            {"label": source.label, "amount": rupiah(source.amount)} for source in version.goods
        ],
        "place_and_day": ", ".join(part for part in (paper["seat"], day) if part),
        "signature": "Disetujui Ketua Tim" if approved else "Ketua Tim",
        "signer": str(approved.decider or "") if approved else "",
    }


def _item_of(item, plan, done, *, frozen):
    planned = set(months_of(item.months))
    return {
        "number": item.number,
        "title": documents.breakable(item.title),
        "way": WAYS[item.way],
        "target": documents.breakable(item.target_text),
        "done": f"terlaksana {done}{' saat diajukan' if frozen else ''}" if done else "",
        "place": item.place,
        "person": documents.breakable(item.person or "belum ditetapkan"),
        "funding": documents.breakable(item.funding_text),
        "months": [month in planned for month in plan.months],
    }
