"""
Where: regions, villages and their libraries.

Belongs here: what lies at a place (later: its part in the programme by year, its reports, the
imports of village lists). Does not: people, teams and plans (`programs`), and what happened there
(`advocacy`).
"""

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    name = "villages"
    verbose_name = "Wilayah dan perpustakaan"
