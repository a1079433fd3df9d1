"""The comments of a review in pages, so that a long talk does not make its page heavier."""

COMMENTS_PER_PAGE = 100  # comments and answers


class CommentPage:
    """
    One page of the comments of a review.

    `threads` is {activity or None: [comment with its answers in `thread`]}
    (CommentQuerySet.threads_of). Open comments come first, the newest of them at the top. `asked`
    is the key of a comment or an answer whose page is wanted. Comments in `typed` stand on every
    page, because somebody is answering them.

    `shown` is the part of the threads on this page; each comment there has `answers_shown` and the
    number of its other answers, `hidden`. `previous` and `next` are keys to ask for, or None.
    """

    def __init__(self, threads, *, asked=0, typed=()):
        heads = sorted(
            (row for rows in threads.values() for row in rows),
            key=lambda row: (row.is_resolved, -row.pk),
        )
        rows = [(head, answer) for head in heads for answer in (None, *head.thread)]
        keys = [(answer or head).pk for head, answer in rows]
        at = keys.index(asked) // COMMENTS_PER_PAGE * COMMENTS_PER_PAGE if asked in keys else 0
        answers = {key: [] for key in typed}
        for head, answer in rows[at : at + COMMENTS_PER_PAGE]:
            answers.setdefault(head.pk, [])
            if answer is not None:
                answers[head.pk].append(answer)
        for head in heads:
            head.answers_shown = answers.get(head.pk, [])
            head.hidden = len(head.thread) - len(head.answers_shown)
        self.shown = {
            key: [row for row in rows if row.pk in answers] for key, rows in threads.items()
        }
        self.first, self.last, self.total = (
            at + 1,
            min(at + COMMENTS_PER_PAGE, len(rows)),
            len(rows),
        )
        self.previous = keys[at - COMMENTS_PER_PAGE] if at else None
        self.next = keys[at + COMMENTS_PER_PAGE] if at + COMMENTS_PER_PAGE < len(keys) else None

    @property
    def is_whole(self):
        return self.total <= COMMENTS_PER_PAGE
