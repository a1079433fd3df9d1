"""
What keeps a portal running for years: backups, restoring them, and what a monitor asks.

Belongs here: commands and pages for whoever looks after the server. Does not: anything that a
team works with. Nothing imports it but the URLs.
"""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "sinergi.operations"
    verbose_name = "Pemeliharaan"
