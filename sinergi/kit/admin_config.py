"""
Replace Django's admin site by ours; apart from apps.py, which may hold one configuration only.
"""

from django.contrib.admin.apps import AdminConfig


class SinergiAdminConfig(AdminConfig):
    default_site = "sinergi.kit.admin.SinergiAdminSite"
