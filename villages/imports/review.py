"""The preview of a plan: what is asked, what would be written, and the answers that were typed."""

from villages.imports import batches
from villages.imports.columns import LABELS, untitled_columns
from villages.imports.lines import left_out, planned_lines
from villages.imports.problems import ABOVE, CHANGED, NEW, SKIP, UNCHANGED
from villages.imports.questions import questions_of
from villages.imports.tables import unread_tables

#: How much of each stands on one page; the rest has pages of its own, or follows when these are
#: answered.
QUESTIONS, SETTLED, SHOWN, NAMED = 15, 15, 30, 100
#: Button → which of the open questions it answers, and with what.
AT_ONCE = {
    "keluarkan": (lambda question: True, SKIP),
    "kosongkan": (lambda question: question.is_cell and question.cell, ""),
    "atas": (lambda question: question.problem.above, ABOVE),
}


class ImportReview:
    """A plan as the preview shows it, with the answers that were typed just now."""

    def __init__(self, batch):
        self.batch, self.plan = batch, batches.plan_of(batch)
        self.open, self.settled = questions_of(self.plan)

    @property
    def questions(self):
        return self.open + self.settled

    def read(self, data):
        """Take the answers of a POST. Some buttons answer many questions at once."""
        for question in self.questions:
            question.read(data)
        action = data.get("aksi")
        if action == "ulang":
            for question in self.questions:
                question.answer, question.error = None, ""
        for question in self.open if action in AT_ONCE else ():
            fits, answer = AT_ONCE[action]
            if question.answer is None and fits(question):
                question.answer, question.error = answer, ""

    @property
    def errors(self):
        wrong = [question for question in self.questions if question.error]
        return [
            (f"isi-{question.token}", f"Baris {question.numbers}: {question.error}")
            for question in wrong
        ]

    def demand(self):
        """Say beside each open question that it needs an answer; return the summary's lines."""
        for question in self.open[:QUESTIONS]:
            question.demand()
        return [
            (f"masalah-{q.token}", f"Baris {q.numbers}: {q.title[:150]}. {q.unanswered}")
            for q in self.open[:QUESTIONS]
        ]

    @property
    def answers(self):
        """The batch's answers with those of the page."""
        answers = self.batch.answers | {
            question.problem.key: question.answer for question in self.questions
        }
        return {key: answer for key, answer in answers.items() if answer is not None}

    def differences(self, saved):
        """Return (question, yours, theirs) in words, where another person's answers differ."""
        rows = [(q, q.answer, saved.answers.get(q.problem.key)) for q in self.questions]
        return [
            (f"Baris {q.numbers}: {q.title[:100]}", q.display_value(yours), q.display_value(theirs))
            for q, yours, theirs in rows
            if yours != theirs
        ]

    def context(self):
        plan, sheets = self.plan, batches.sheets_of(self.batch)
        unanswered = [question for question in self.open if question.answer is None]
        layout = batches.layout_of(self.batch, sheets)
        return {
            "plan": plan,
            "counts": plan.counts,
            "ready": len(plan.ready),
            "questions": self.open[:QUESTIONS],
            "more_questions": max(0, len(self.open) - QUESTIONS),
            "settled": self.settled[:SETTLED],
            "settled_count": len(self.settled),
            "settled_wrong": any(question.error for question in self.settled),
            "open_cells": any(question.is_cell and question.cell for question in self.open),
            "gaps": sum(bool(question.problem.above) for question in unanswered),
            "unanswered_rows": sum(len(question.rows) for question in unanswered),
            "tables": [
                (name, label, planned_lines(plan, plan.of(kind)[:SHOWN]), plan.counts[kind])
                for name, label, kind in KINDS
            ],
            "unchanged": [plan.atlas.villages[one.code] for one in plan.of(UNCHANGED)[:NAMED]],
            "skipped": [
                (plan.label_of(row.number), row.text, row.reason) for row in left_out(plan)[:SHOWN]
            ],
            "unread": unread_tables(sheets, self.batch.sheet),
            "doubled": layout.doubled,
            "mapping": [
                (layout.names[n], LABELS[field])
                for n, field in sorted(layout.fields.items())
                if n < len(layout.parts)
            ],
            "ignored": [*layout.ignored, *untitled_columns(sheets[self.batch.sheet], layout)],
            "sheet_name": sheets[self.batch.sheet].name,
        }


KINDS = [("berubah", "Berubah", CHANGED), ("baru", "Baru", NEW)]
