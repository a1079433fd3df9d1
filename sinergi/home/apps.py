"""
The roof's pages: what needs me today, search, health, and the demonstration data.

It may see every floor; nothing imports it.
"""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "sinergi.home"
    verbose_name = "Beranda"
