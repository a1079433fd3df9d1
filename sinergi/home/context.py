"""
Context processor of the layout that every page has: the menu, and the place and role of the user.
"""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from lokal import terbilang

from programs.models import Team
from sinergi.accounts.second_factor import is_offered
from sinergi.home import demo
from villages.models import Library


@dataclass(frozen=True)
class MenuItem:
    key: str
    label: str
    icon: str
    page: str  # the URL's name
    permission: str = ""

    @property
    def url(self):
        return menu_url(self.page)


@cache
def menu_url(page):
    """Return the URL of this name, cached: the menu stands on every page."""
    return reverse(page)


MENU = [
    MenuItem("home", "Beranda", "home", "home:home"),
    MenuItem(
        "meetings", "Rapat", "calendar-days", "advocacy:meeting_list", "advocacy.view_meeting"
    ),
    MenuItem(
        "followups",
        "Tindak lanjut",
        "clipboard-document-list",
        "advocacy:followup_list",
        "advocacy.view_followup",
    ),
    MenuItem(
        "plans",
        "Rencana kerja",
        "clipboard-document-check",
        "programs:plan_list",
        "programs.view_workplan",
    ),
    MenuItem(
        "libraries", "Perpustakaan", "book-open", "villages:library_list", "villages.view_library"
    ),
    MenuItem(
        "partners",
        "Mitra & advokasi",
        "megaphone",
        "advocacy:case_board",
        "advocacy.view_advocacycase",
    ),
    MenuItem("team", "Tim & SK", "user-group", "programs:my_team", "programs.view_team"),
]

ADMIN_MENU = [
    MenuItem("accounts", "Akun", "key", "programs:account_list", "accounts.view_user"),
    MenuItem(
        "imports", "Impor data", "table-cells", "villages:import_start", "villages.add_importbatch"
    ),
]


def cover():
    """
    Return the words and the shelves beside the sign-in form.

    With one team in the portal they are that team's: the names of its villages' libraries, as on
    the office's own poster; with several, nobody's in particular.
    """
    teams, try_as = list(Team.objects.all()[:2]), demo.accounts_to_try()
    if len(teams) != 1:
        return {"try_as": try_as}
    shelves = {}
    villages = (
        Library.objects.village()
        .filter(province=teams[0].province_id)
        .select_related("village", "regency")
    )
    for library in villages.order_by("regency", "id")[:60]:
        shelves.setdefault(library.regency.short_name, []).append(library.village.name)
    count = sum(map(len, shelves.values()))
    number = terbilang(count).capitalize()
    return {
        "try_as": try_as,
        "team": teams[0].name,
        "office": teams[0].office,
        "words": (
            f"{number} perpustakaan desa, satu catatan kerja bersama." if 1 < count < 60 else ""
        ),
        "shelves": [(name, books[:6]) for name, books in list(shelves.items())[:3]],
    }


def shell(request):
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {
            "cover": SimpleLazyObject(cover),
            "has_samples": SimpleLazyObject(Team.objects.samples().exists),
        }
    assignment = user.assignment
    provinces = {a.province_id: a.province for a in user.held_roles}
    province = next(iter(provinces.values())) if len(provinces) == 1 else None
    return {
        "has_samples": assignment.among_samples if assignment else Team.objects.samples().exists(),
        "menu": [item for item in MENU if not item.permission or user.has_perm(item.permission)],
        "admin_menu": [item for item in ADMIN_MENU if user.has_perm(item.permission)],
        "role_name": (
            assignment.role_name
            if assignment
            else ("Pengelola sistem" if user.is_superuser else "Belum bertugas")
        ),
        "place_name": (
            province.short_name
            if province
            else "Nasional"
            if assignment or user.is_superuser
            else ""
        ),
        "place_full_name": f"Provinsi {province.name}" if province else "Semua provinsi",
        "user_initials": "".join(word[0] for word in str(user).split()[:3]).upper(),
        "offers_second_factor": is_offered(),
        "may_log": user.has_perm("advocacy.add_meeting"),
    }
