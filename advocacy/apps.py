"""
What happened: meetings, who came, what was decided and who does what until when.

Belongs here: the record of events (later: audiences, commitments, visits, media). Does not: people
and plans (`programs`), places (`villages`).
"""

from django.apps import AppConfig


class AdvocacyConfig(AppConfig):
    name = "advocacy"
    verbose_name = "Rapat dan advokasi"
