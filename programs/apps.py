"""
Who and plan: people and institutions, the team with its members and decrees, its work plans with
their funding, and where an account works.

Belongs here: what is true of people and of the plan. Does not: places (`villages`), what happened
(`advocacy`).
"""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = "Tim dan mitra"
