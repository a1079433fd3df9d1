"""Index the words of what happened."""

from django.db import migrations

from sinergi.kit.search.operations import SearchIndex


class Migration(migrations.Migration):
    dependencies = [("advocacy", "0020_cadence")]

    operations = [
        SearchIndex(
            "Meeting",
            title=["title"],
            numbers=["invitation_number"],
            text=["place", "received_by", "points", "answer", "next_step", "cancel_reason"],
            province="province",
        ),
        SearchIndex(
            "AgendaItem", title=["topic"], text=["notes", "decision"], province="meeting__province"
        ),
        SearchIndex("FollowUp", title=["what"], text=["closing_note"], province="province"),
        SearchIndex("FollowUpNote", text=["text"], province="followup__province"),
        SearchIndex("Visit", text=["met", "findings"], province="province", regency="regency"),
        SearchIndex(
            "RecommendationAnswer",
            text=["note"],
            province="visit__province",
            regency="visit__regency",
        ),
        SearchIndex(
            "Trip",
            title=["title"],
            numbers=["letter_number"],
            text=["note", "task", "basis"],
            province="province",
        ),
        SearchIndex("Training", title=["title"], text=["place", "materials"], province="province"),
        SearchIndex("AdvocacyCase", title=["asked"], text=["note"], province="province"),
        SearchIndex("CaseStep", text=["note"], province="case__province"),
        SearchIndex(
            "Commitment",
            title=["description"],
            text=["promised_by", "withdraw_reason"],
            province="province",
        ),
        SearchIndex(
            "Realisation",
            title=["document_about"],
            numbers=["document_number"],
            text=["note"],
            province="province",
        ),
        SearchIndex("Partnership", title=["about"], numbers=["number"], province="province"),
        SearchIndex("MediaCoverage", title=["title", "outlet"], province="province"),
        SearchIndex("ExpansionStep", text=["note"], province="province", regency="regency"),
    ]
