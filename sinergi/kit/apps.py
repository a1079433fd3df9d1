"""
The lowest app: what every other builds on.

Belongs here: anything that knows no app (base models, view bases, forms, paging, uploads, template
tags). Does not: a word of the programme itself; the kit imports no app of Sinergi.
"""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from sinergi.kit.search.sqlite import drop_triggers, make_indexes


class KitConfig(AppConfig):
    name = "sinergi.kit"
    label = "kit"
    verbose_name = "Perkakas bersama"

    def ready(self):
        pre_migrate.connect(drop_triggers, sender=self)
        post_migrate.connect(make_indexes, sender=self)
