"""
The first steps: what an empty portal, or a province that joins later, still lacks before its team
can work.

Every step is computed from what is stored: nobody ticks anything off, and nothing is kept. What is
there of each province comes with the other rows of home.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from programs.models import Assignment, Membership, Team
from sinergi.kit.querysets import one_or_in
from villages.models import Library, Province, Village

#: Who sets up a province.
PERMISSION = "programs.add_team"
HERE = OuterRef("pk")
WRITERS = ("secretariat", "administrator")
PARTS = ("regions", "team", "members", "writer", "chair", "libraries")


def first_step_parts(user):
    """
    Return {key: (provinces, columns)}: of those that the user sets up the code, the name and PARTS,
    whether each is there; of the team its key.
    """
    scope = user.scope(PERMISSION)
    rows = Province.objects.filter(gone_in="").order_by("pk") if scope else Province.objects.none()
    if not scope.national:
        rows = rows.filter(one_or_in("pk", scope.provinces))
    chairs = Membership.objects.filter(team__province=HERE, role=Membership.Role.CHAIR)
    columns = {
        "code": "pk",
        "name": "name",
        "regions": Exists(Village.objects.filter(province=HERE)),
        "team": Subquery(Team.objects.filter(province=HERE).order_by().values("pk")[:1]),
        "members": Exists(chairs),
        "writer": _held_by(*WRITERS),
        "chair": _held_by("chair"),
        "libraries": Exists(Library.objects.village().filter(province=HERE)),
    }
    return {"first_steps": (rows, columns)}


def _held_by(*roles):
    """
    Return an expression: whether any of these roles is held in the province. An account that is
    closed has no assignment any more.
    """
    return Exists(Assignment.objects.filter(province=HERE, role__in=roles, ended_at__isnull=True))


@dataclass(frozen=True)
class FirstStep:
    """One step. `waits_for` says what has to come first; "" if it can be done now, or is done."""

    title: str
    text: str
    url: str
    button: str
    done: bool
    waits_for: str = ""


@dataclass(frozen=True)
class FirstSteps:
    """The list on the home page: the place, and its steps in order."""

    place: str
    steps: list

    @property
    def left(self):
        return sum(not step.done for step in self.steps)

    @property
    def done(self):
        return len(self.steps) - self.left

    @property
    def next(self):
        return next((step for step in self.steps if not step.done and not step.waits_for), None)


def first_steps_of(user, rows):
    """
    Return the FirstSteps of the user, of the JSON rows of home, or None once nothing is left to do.
    """
    scope = user.scope(PERMISSION)
    found = _first_of(rows["first_steps"], national=scope.national) if scope else None
    if found is None:
        return None
    return FirstSteps(f"Provinsi {found['name']}" if found.get("name") else "portal", _steps(found))


def _first_of(provinces, *, national):
    """
    Return the state of the province whose list is shown, the first that is not ready, or None.

    A national user is shown one only until any province is ready, for those that join later have
    administrators of their own; where nobody has begun, no province in particular.
    """
    waiting = [one for one in provinces if not all(one[part] for part in PARTS)]
    if not national:
        return next(iter(waiting), None)
    if len(waiting) < len(provinces):
        return None
    begun = [one for one in waiting if one["team"] or one["writer"] or one["chair"]]
    return next(iter(begun), {"regions": any(one["regions"] for one in provinces)})


def _steps(found):
    has = {part: bool(found.get(part)) for part in PARTS}
    team, where = found.get("team"), f"?provinsi={found['code']}" if found.get("code") else ""
    no_team = "" if team else "Setelah tim dibentuk."
    return [
        FirstStep(
            "Daftar wilayah",
            "Provinsi dengan kabupaten/kota, kecamatan, dan desanya, dari daftar resmi.",
            reverse("villages:region_load"),
            "Muat wilayah",
            has["regions"],
        ),
        FirstStep(
            "Tim Sinergi Provinsi",
            "Nama tim, dinas yang membawahinya, dan tanggal dibentuknya.",
            reverse("programs:team_create") + where,
            "Bentuk tim",
            bool(team),
            "" if has["regions"] else "Setelah wilayahnya dimuat.",
        ),
        FirstStep(
            "Anggota tim",
            "Siapa anggotanya dan dari instansi mana, termasuk Ketua Tim.",
            reverse("programs:membership_create", args=[team]) if team else "",
            "Tambah anggota",
            has["members"],
            no_team,
        ),
        FirstStep(
            "Akun",
            _accounts_text(has),
            f"{reverse('programs:account_invite')}{where}{_role_lacking(has) if where else ''}",
            "Undang orang",
            has["writer"] and has["chair"],
            no_team,
        ),
        FirstStep(
            "Daftar desa",
            "Perpustakaan desa dampingan, dari daftar yang ada di kantor Anda.",
            reverse("villages:import_start"),
            "Impor daftar desa",
            has["libraries"],
            "" if has["regions"] else "Setelah wilayahnya dimuat.",
        ),
    ]


def _accounts_text(has):
    if has["writer"] and not has["chair"]:
        return "Ketua Tim, yang mengesahkan notula, belum mempunyai akun."
    if has["chair"] and not has["writer"]:
        return "Sekretariat, yang menulis notula, belum mempunyai akun."
    return "Sekretariat yang menulis notula, dan Ketua Tim yang mengesahkannya."


def _role_lacking(has):
    return f"&peran={'chair' if has['writer'] else 'secretariat'}"


@dataclass(frozen=True)
class EmptyState:
    """What the home page says to somebody for whom nothing is there yet, and where they begin."""

    text: str
    url: str = ""
    button: str = ""


#: By the permission that makes it theirs; the first that fits is shown.
EMPTY_STATES = [
    (
        "advocacy.add_meeting",
        "Catat rapat pertama tim; keputusan dan tindak lanjutnya lalu muncul di sini.",
        "advocacy:meeting_create",
        "Catat rapat",
    ),
    (
        "advocacy.approve_meeting",
        "Notula dan rencana kerja yang dikirim sekretariat muncul di sini untuk Anda sahkan.",
        "programs:my_team",
        "Lihat tim",
    ),
    (
        "advocacy.close_followup",
        "Tindak lanjut rapat yang Anda pegang muncul di sini.",
        "programs:my_team",
        "Lihat tim",
    ),
    (
        "villages.change_library",
        "Periksa data perpustakaan di kabupaten/kota Anda.",
        "villages:library_list",
        "Buka perpustakaan",
    ),
    (
        "advocacy.view_meeting",
        "Yang dicatat tim dapat Anda baca di halaman Rapat dan Rencana kerja.",
        "advocacy:meeting_list",
        "Buka rapat",
    ),
]


def empty_state_for(user):
    """Return the EmptyState of the user's role; without a role, whom to ask for one."""
    for permission, text, page, button in EMPTY_STATES:
        if user.has_perm(permission):
            return EmptyState(text, reverse(page), button)
    return EmptyState(
        "Akun Anda belum bertugas. Minta administrator portal di dinas perpustakaan provinsi"
        " memberi penugasan."
    )
