"""
Backups: one file of the database and of all files, and back into an empty installation.

The database comes first, in one snapshot, then the files. A file is stored before the row that
names it is committed, and kept (decision 14), so every file that a row of the snapshot names is
there when the files are read.
"""
