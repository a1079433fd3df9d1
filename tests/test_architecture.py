"""The laws of the house."""

import ast
import re
from collections import defaultdict
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import URLPattern, get_resolver

from sinergi.kit.models import Record
from sinergi.kit.views import PageMixin

ROOT = Path(__file__).resolve().parent.parent
#: The floors, lowest first; the roof is the rest of `sinergi`.
FLOORS = ["sinergi.kit", "sinergi.accounts", "villages", "programs", "advocacy", "sinergi"]
#: Code that ships; the tests stand outside the house.
SOURCES = [
    p for top in ("sinergi", "villages", "programs", "advocacy") for p in (ROOT / top).rglob("*.py")
]


def floor_of(module):
    found = [
        n for n, floor in enumerate(FLOORS) if module == floor or module.startswith(f"{floor}.")
    ]
    return min(found) if found else None


def module_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path):
    """Yield (module, whether it stands inside a function) for every import in the file."""
    tree = ast.parse(path.read_text())
    inside = {
        node
        for function in ast.walk(tree)
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node in inside
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node in inside


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_imports_run_downwards_and_stand_at_the_top(path):
    own = floor_of(module_of(path))
    for module, in_function in imports_of(path):
        assert not in_function, f"{module} is imported inside a function"
        floor = floor_of(module)
        assert floor is None or floor <= own, f"{module} stands above {module_of(path)}"


def test_the_import_law_can_fail(tmp_path):
    """Its own negative control: an upward import and one in a function are both seen."""
    wrong = tmp_path / "wrong.py"
    wrong.write_text("from advocacy.models import Meeting\n\ndef f():\n    import json\n")
    assert floor_of("advocacy.models") > floor_of("villages.models")
    assert dict(imports_of(wrong)) == {"advocacy.models": False, "json": True}


def test_foreign_keys_point_downwards():
    for model in apps.get_models():
        own = floor_of(model.__module__)
        for field in model._meta.get_fields():
            if own is not None and getattr(field, "many_to_one", False) and field.concrete:
                target = floor_of(field.related_model.__module__)
                assert target is None or target <= own, (
                    f"{model.__name__}.{field.name} points upwards"
                )


#: Models a person does not edit: reference data, what an import read and did, what was printed of
#: minutes, the log of downloads, the spellings of words, what was mailed, when the chores ran,
#: sessions, recovery codes, and the account, which Django stamps itself.
NOT_RECORDS = {"User", "Province", "Regency", "District", "Village", "ImportContent", "ImportRow"}
NOT_RECORDS |= {"ApprovedPaper", "Export", "Spelling", "DigestMail", "ChoreRun", "Session"}
NOT_RECORDS |= {"RecoveryCode"}


def test_every_model_a_person_edits_is_a_record_with_history():
    own = [
        m
        for m in apps.get_models()
        if floor_of(m.__module__) is not None and not m.__name__.startswith("Historical")
    ]
    for model in own:
        if model.__name__ not in NOT_RECORDS:
            assert issubclass(model, Record), f"{model.__name__} is not a Record"
            assert model.history.model, f"{model.__name__} keeps no history"


OWN_NAMES = ("villages_", "programs_", "advocacy_", "accounts_", "home_")


def test_every_constraint_speaks_indonesian():
    for model in apps.get_models():
        if floor_of(model.__module__) is None:
            continue
        for constraint in model._meta.constraints:
            if constraint.name.startswith(OWN_NAMES):
                default = type(constraint).default_violation_error_message
                assert constraint.violation_error_message != default, constraint.name


@pytest.mark.django_db
def test_migrations_match_the_models():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_no_template_loads_from_elsewhere_or_styles_inline():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        assert "style=" not in text, f"{path}: inline style"
        assert "<script>" not in text and "onclick=" not in text, f"{path}: inline script"
        assert 'src="http' not in text and 'href="http' not in text, (
            f"{path}: something from elsewhere"
        )


def test_the_formatter_is_never_switched_off():
    """Whoever lays out a table by hand lays it out again at every change."""
    marks = re.compile(r"#\sfmt: (skip|off)")
    written = [*SOURCES, *(ROOT / "tests").rglob("*.py")]
    assert [str(path) for path in written if marks.search(path.read_text())] == []


def test_files_keep_to_their_size():
    for path in SOURCES:
        if "migrations" not in path.parts:
            assert path.read_text().count("\n") <= 400, f"{path}: split it by topic"
    for path in (ROOT / "templates").rglob("*.html"):
        assert path.read_text().count("\n") <= 160, f"{path}: take partials out"


# A topic has one name -------------------------------------------------------------------------
#: The topics of each app, and what one of them is called: templates begin with that.
TOPICS = {
    "advocacy": {
        "activities": "activity",
        "agenda": "agenda",
        "approved_papers": "approved_paper",
        "attachments": "attachment",
        "attendance": "attendance",
        "audiences": "audience",
        "cadence": "cadence",
        "calendars": "calendar",
        "cases": "case",
        "checklists": "checklist",
        "commitments": "commitment",
        "documents": "document",
        "expansion": "expansion",
        "expansion_board": "expansion_board",
        "expansion_imports": "expansion_import",
        "expansion_steps": "expansion_step",
        "expansion_villages": "expansion_village",
        "followup_notes": "followup_note",
        "followups": "followup",
        "invitations": "invitation",
        "letters": "letter",
        "media": "media",
        "meeting_schedules": "meeting_schedule",
        "meetings": "meeting",
        "minutes": "minutes",
        "partnerships": "partnership",
        "photos": "photo",
        "realisations": "realisation",
        "recommendations": "recommendation",
        "shares": "share",
        "teams": "team",
        "trainings": "training",
        "trips": "trip",
        "visit_reports": "visit_report",
        "visit_schedule": "visit_schedule",
        "visits": "visit",
        "word_templates": "word_template",
    },
    "programs": {
        "accounts": "account",
        "activities": "activity",
        "annexes": "annex",
        "assignments": "assignment",
        "decrees": "decree",
        "expenses": "expense",
        "funding": "funding",
        "institutions": "institution",
        "memberships": "membership",
        "merges": "merge",
        "people": "person",
        "plan_imports": "plan_import",
        "plans": "plan",
        "reviews": "review",
        "signatures": "signature",
        "teams": "team",
        "word_templates": "word_template",
    },
    "villages": {
        "aliases": "alias",
        "import_columns": "import_columns",
        "import_reviews": "import_review",
        "imports": "import",
        "libraries": "library",
        "participations": "participation",
        "references": "reference",
        "regions": "region",
        "report_lists": "report_list",
        "report_sheets": "report_sheet",
        "report_submissions": "report_submission",
        "reports": "report",
        "score_counts": "score_count",
        "scores": "score",
        "shared": "shared",
        "thresholds": "threshold",
        "villages": "village",
    },
}
TOPIC_FOLDERS = ("actions", "filters", "forms", "models", "querysets", "views")


def without_topic(app, root=ROOT):
    """Return the files of an app that stand in a folder of topics and are named by none of them."""
    topics = TOPICS[app]
    modules = [
        path
        for folder in TOPIC_FOLDERS
        for path in (root / app / folder).glob("*.py")
        if path.stem != "__init__" and path.stem not in topics
    ]
    tests = [
        path
        for path in (root / "tests" / app).glob("test_*.py")
        if not named_by(path.stem.removeprefix("test_"), topics)
    ]
    templates = [
        path
        for path in (root / "templates" / app).iterdir()
        if not named_by(path.stem.removeprefix("_"), topics.values())
    ]
    return sorted(str(path.relative_to(root)) for path in [*modules, *tests, *templates])


def named_by(name, topics):
    """Whether a name is that of a topic, or begins with one and goes on with an aspect of it."""
    return any(name == topic or name.startswith(f"{topic}_") for topic in topics)


@pytest.mark.parametrize("app", TOPICS)
def test_a_topic_has_one_name_in_every_folder(app):
    assert without_topic(app) == []


@pytest.mark.parametrize("app", TOPICS)
def test_there_are_no_topics_beyond_those_of_the_code(app):
    """A name that no module bears would let any file in."""
    modules = {path.stem for folder in TOPIC_FOLDERS for path in (ROOT / app / folder).glob("*.py")}
    assert set(TOPICS[app]) <= modules


def test_the_law_of_topics_can_fail(tmp_path):
    """A module, a test and a template that are no topic's are all seen; an aspect of one is not."""
    wrong = ["programs/views/desk.py", "templates/programs/_sheet.html"]
    wrong += ["tests/programs/test_regressions.py"]
    right = ["programs/views/plans.py", "templates/programs/_plan_rows.jinja"]
    right += ["tests/programs/test_plans_pages.py"]
    for name in (*wrong, *right):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert without_topic("programs", tmp_path) == wrong


# Views are flat ---------------------------------------------------------------------------------
OWN = tuple(floor.split(".")[0] for floor in FLOORS)
VIEW_FILES = [p for p in SOURCES if "views" in p.parts or p.name == "views.py"]


def patterns_of(resolver):
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from patterns_of(one)


def own_views():
    found = {getattr(one.callback, "view_class", None) for one in patterns_of(get_resolver())} - {
        None
    }
    return [view for view in found if view.__module__.split(".")[0] in OWN]


def own_ancestors(view):
    return [base.__name__ for base in view.__mro__[1:] if base.__module__.split(".")[0] in OWN]


def test_a_view_has_at_most_five_ancestors_of_our_own():
    views = own_views()
    assert len(views) > 100
    for view in views:
        assert len(own_ancestors(view)) <= 5, f"{view.__name__}: {', '.join(own_ancestors(view))}"


def test_only_these_pages_are_open_to_every_account():
    """
    Any other asks for a permission; one that has no model and does not say `permission = None`
    fails.
    """
    assert {view.__name__ for view in own_views() if getattr(view, "permission", "") is None} == {
        "Home",
        "TaskList",
        "Queue",
        "SearchPage",
        "Help",
        "ReferenceList",
        "Calendar",
        "CalendarFeeds",
        "CalendarFeedRevoke",
        "DigestPage",
        "Sessions",
        "SecondFactor",
        "SecondFactorSetup",
        "SecondFactorCodes",
        "SecondFactorRemove",
    }
    with pytest.raises(AttributeError):
        assert PageMixin().permission


def test_nine_views_of_ten_have_at_most_twelve_ancestors():
    """
    A view that is nothing but Django's `CreateView` has eleven; nothing but its `FormView` or
    `DetailView`, eight.
    """
    counts = sorted(len(view.__mro__) - 1 for view in own_views())
    assert counts[int(len(counts) * 0.9)] <= 12


def assigned_hooks(tree):
    """
    Lines of a class body that give it a method of another class: `get_trail = Base.get_trail`.
    """
    for line in (
        line for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for line in node.body
    ):
        if isinstance(line, ast.Assign):
            names = [
                node.id
                for target in line.targets
                for node in ast.walk(target)
                if isinstance(node, ast.Name)
            ]
            if any(name.startswith("get_") for name in names):
                yield line.lineno


def calls_by_class_name(tree):
    """Lines that call a method by the name of its class: `Base.get(self)`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name)), args=[ast.Name(id="self"), *_]
            ) if name[0].isupper():
                yield node.lineno


@pytest.mark.parametrize("path", VIEW_FILES, ids=module_of)
def test_a_view_takes_its_methods_from_its_ancestors_and_no_other_way(path):
    tree = ast.parse(path.read_text())
    assert [*assigned_hooks(tree), *calls_by_class_name(tree)] == []


def test_the_law_of_methods_can_fail():
    wrong = (
        "class A(B, C):\n    get_queryset, get_trail = C.get_queryset, C.get_trail\n\n    def"
        " get(self):\n        B.get(self)\n"
    )
    assert [*assigned_hooks(ast.parse(wrong)), *calls_by_class_name(ast.parse(wrong))] == [2, 5]


# Forms do not write ------------------------------------------------------------------------------
#: What writes a row, on a record, a manager or a queryset; a dict in a form is joined with `|=`.
WRITES = {
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "delete_as",
    "get_or_create",
    "save",
    "save_as",
    "save_new",
    "save_submission",
    "store",
    "update",
    "update_or_create",
    "write_as",
}
#: Django's own views save its password forms, which therefore call the action themselves.
SAVED_BY_DJANGO = {"set_password"}


def forms_in(path, tree):
    """Return the parts of a file that are about forms: a module of them, or the class of one."""
    if "views" not in path.parts and ("forms" in path.parts or path.stem in {"forms", "formsets"}):
        return [tree]
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    return [node for node in classes if node.name.endswith(("Form", "FormSet"))]


def writes_of_forms(path):
    """Return (line, name) of every write and every action that the forms of a file call."""
    tree = ast.parse(path.read_text())
    actions = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and "actions" in (node.module or "").split(".")
        for alias in node.names
        if alias.name.islower()  # a class holds what an action takes
    }
    found = []
    for node in (node for part in forms_in(path, tree) for node in ast.walk(part)):
        match node:
            case ast.Call(func=ast.Attribute(attr=name)) if name in WRITES:
                found.append((node.lineno, name))
            case ast.Call(func=ast.Name(id=name)) if name in actions - SAVED_BY_DJANGO:
                found.append((node.lineno, name))
    return sorted(found)


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_a_form_never_writes(path):
    """It says what was typed and what is wrong with it; its view hands that to an action."""
    assert writes_of_forms(path) == []


def test_the_law_of_forms_can_fail(tmp_path):
    """A write and an action are seen in a module of forms, and in a form that stands elsewhere."""
    wrong = tmp_path / "forms" / "meetings.py"
    wrong.parent.mkdir()
    wrong.write_text(
        "from advocacy.actions import MeetingMinutes, save_case\n\nclass MeetingForm:\n    def"
        " save_as(self, by):\n        MeetingMinutes()\n        save_case(by=by)\n        return"
        " self.instance.save_submission(by=by)\n"
    )
    assert writes_of_forms(wrong) == [(6, "save_case"), (7, "save_submission")]
    mixed = tmp_path / "admin.py"
    mixed.write_text(
        "class RowAdmin:\n    def save_model(self, row):\n        row.save_as(by=None)\n\n\nclass"
        " RowForm:\n    def keep(self):\n        self.instance.save()\n"
    )
    assert writes_of_forms(mixed) == [(8, "save")]


# One name, one thing ----------------------------------------------------------------------------
#: A template tag or filter carries the name of the function whose result it shows.
TAGS = ROOT / "sinergi" / "kit" / "templatetags"


def public_names(tree):
    """Yield the names of the public classes and functions at the top level of a module."""
    for node in tree.body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_"):
            yield node.name


def names_defined_twice(paths):
    """Return {name: modules} of the public names that several of these files define."""
    modules = defaultdict(list)
    for path in paths:
        for name in public_names(ast.parse(path.read_text())):
            modules[name].append(module_of(path))
    return {name: found for name, found in modules.items() if len(found) > 1}


def test_no_public_name_is_defined_in_two_modules():
    """A reader who searches for a name finds one thing; `Command` is Django's name for commands."""
    paths = [
        path for path in SOURCES if "migrations" not in path.parts and TAGS not in path.parents
    ]
    assert {n: found for n, found in names_defined_twice(paths).items() if n != "Command"} == {}


def test_the_law_of_names_can_fail():
    tree = ast.parse("class Row: ...\n\ndef _own(): ...\n\ndef plan():\n    def inner(): ...\n")
    assert list(public_names(tree)) == ["Row", "plan"]
    path = ROOT / "sinergi" / "kit" / "frames.py"
    twice = [module_of(path)] * 2
    assert names_defined_twice([path, path]) == {"pack": twice, "unpack": twice}
