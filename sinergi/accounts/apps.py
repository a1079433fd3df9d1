"""
Accounts: who signs in, and which permissions a role carries.

Belongs here: the user, the roles as data, sign-in and password pages. Does not: where a user works
(`programs.Assignment`), and nothing else of a province or regency.
"""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sinergi.accounts"
    verbose_name = "Akun"

    def ready(self):
        import_module("sinergi.accounts.sign_in_log")
        import_module("sinergi.accounts.sessions")
