"""
The topmost app: home (what waits for a person today), search, help, health, and the demonstration
data.

It may import every other app; nothing imports it.
"""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "sinergi.home"
    verbose_name = "Beranda"
