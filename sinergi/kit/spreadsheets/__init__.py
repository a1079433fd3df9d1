"""Spreadsheets: read from people's files (in a child process), and written for them."""
