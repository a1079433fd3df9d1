"""
Village lists that come in: tables → columns → rows → plan → apply → undo, one file a step.

The wizard, `manage.py import_villages` and the admin's import all go through these. The sheet of a
regency's quarterly reports takes the same steps over the same batch, in the files named report_….
"""
