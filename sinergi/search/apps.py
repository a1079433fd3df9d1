"""
Search over everything one may see, on the roof: it may import every app; nothing imports it.

Belongs here: what is searched and how a hit is told (`kinds`), the questions to the database
(`find`), the spelling of words (`lexicon`). Does not: how a table is indexed (sinergi.kit.search).
"""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "sinergi.search"
    label = "search"
    verbose_name = "Pencarian"
