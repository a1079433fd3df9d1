"""
The lowest app: what every other builds on.

Belongs here: anything that knows no app (base models, view bases, forms, paging, uploads, template
tags). Does not: a word of the programme itself; the kit imports no app of Sinergi.
"""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "sinergi.kit"
    label = "kit"
    verbose_name = "Perkakas bersama"
