"""Downloads in tests: a province with something on every list, and the files as they are read."""

import csv
import io
from datetime import date

from django.urls import reverse
from openpyxl import load_workbook

from tests import factories
from tests.test_scale import work
from tests.villages.importing import applied, batch_of, row

#: Every list that can be downloaded: URL name → the query it is asked with, and of whose team.
LISTS = {
    "villages:regency_list": "",
    "villages:village_list": "",
    "villages:library_list": "",
    "villages:import_list": "",
    "villages:report_list": "triwulan=2019-2&daftar=semua",
    "villages:score_matrix": "triwulan=2019-2",
    "villages:score_list": "triwulan=2019-2",
    "villages:score_indicator": "triwulan=2019-2&dihitung=menunggu",
    "villages:threshold_set_list": "",
    "programs:institution_list": "",
    "programs:person_list": "",
    "programs:account_list": "",
    "programs:plan_list": "",
    "programs:plan_spending": "",
    "programs:decree_list": "",
    "programs:funding_list": "",
    "advocacy:meeting_list": "",
    "advocacy:followup_list": "daftar=tim",
    "advocacy:case_list": "",
    "advocacy:commitment_list": "",
    "advocacy:commitment_sums": "",
    "advocacy:realisation_list": "",
    "advocacy:partnership_list": "",
    "advocacy:media_list": "",
    "advocacy:visit_list": "",
    "advocacy:visit_schedule": "",
    "advocacy:training_list": "",
    "advocacy:trip_list": "",
    "advocacy:checklist_list": "",
    "advocacy:expansion_coverage": "",
    "advocacy:expansion_village_list": "",
}
OF_TEAM = ("programs:decree_list", "programs:funding_list")


def address(name, team, plan, kind="", **more):
    """Return the address of a list, or of its download."""
    keys = [team.pk] if name in OF_TEAM else []
    keys = [plan.pk] if name == "programs:plan_spending" else keys
    keys = ["visitors"] if name == "villages:score_indicator" else keys
    asked = [LISTS[name], *([f"unduh={kind}"] if kind else [])]
    asked += [f"{key}={value}" for key, value in more.items()]
    return f"{reverse(name, args=keys)}?{'&'.join(filter(None, asked))}"


def busy_province(by):
    """Return a team and its plan, in a province with two rows or more on nearly every list."""
    team = factories.team()
    plan = factories.plan(team, activities=2, state="approved")
    factories.thresholds(2019, by=by, province_code=None)
    work(team, plan)
    factories.decree(team, by=by)
    factories.decree(team, state="drafting", level="governor", submit_by=team.formed_on, by=by)
    place = factories.village("19.01.06.2009", "Jauh")
    factories.training(team, by=by, held_on=date(2019, 5, 2))
    factories.expansion(place, by=by)
    factories.library(factories.village("19.01.06.2010", "Baru"))
    applied(row("Kapuk"), by=by)
    batch_of(row("Kapuk"), by=by)
    contact = {"phone": "+6281234567890", "email": "orang@example.com"}
    factories.person("Orang yang bisa dihubungi", **contact)
    return team, plan


def downloaded(client, url):
    answer = client.get(url)
    assert answer.status_code == 200 and answer.streaming, url
    return b"".join(answer.streaming_content)


def workbook(client, url):
    """Return the sheet of rows, as [[cell]], and the one about it, as {what: text}."""
    book = load_workbook(io.BytesIO(downloaded(client, url)))
    rows, about = book.worksheets
    assert (rows.title, about.title) == ("Data", "Tentang data ini")
    return list(rows.iter_rows()), dict(about.iter_rows(values_only=True))


def text_rows(data, delimiter):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))
