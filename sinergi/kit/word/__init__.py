"""
Word documents: a template (.docx) that an office may replace, filled with what a document says.

A template is somebody else's file. `package` judges its parts, `placeholders` reads what it asks
for, `filling` puts the text in, all of them in the child process (`worker`, sinergi.kit.child) and
without Django; `templates` is the way there from a view. What a template may name is declared once
(`fields`).
"""
