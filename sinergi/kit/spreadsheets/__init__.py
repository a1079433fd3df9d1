"""Spreadsheets: reading uploaded ones (in a child process), and writing downloads."""
