"""
What happened: meetings with their minutes and follow-ups, advocacy cases, and what came of them.

Belongs here: the record of events, among them commitments, their realisations, partnerships and
media coverage. Does not: people and plans (`programs`), places (`villages`).
"""

from django.apps import AppConfig


class AdvocacyConfig(AppConfig):
    name = "advocacy"
    verbose_name = "Rapat dan advokasi"
