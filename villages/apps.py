"""
Where: regions, villages and their libraries.

Belongs here: what lies at a place, a library's part in the programme by year, and the lists of
villages that are imported. Does not: people, teams and plans (`programs`), and what happened there
(`advocacy`).
"""

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    name = "villages"
    verbose_name = "Wilayah dan perpustakaan"
