"""The villages under way as cards, in a column for each stage."""

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.utils.functional import cached_property

from advocacy.expansion_coverage import village_list_url
from advocacy.expansion_stages import UNDER_WAY, Stage
from advocacy.filters.expansion import ExpansionBoardFilter
from advocacy.querysets.expansion_villages import GONE, steps_of_villages
from advocacy.views.expansion_villages import ExpansionRowsPage
from sinergi.kit.querysets import rows_of_each

CARDS = 10  # in a column of the board; the list has them all


class ExpansionBoard(ExpansionRowsPage):
    """
    What has waited longest stands on top, of what is no longer under way the newest. A card that is
    dragged opens the form of the step; nothing moves by itself.
    """

    template_name = "advocacy/expansion_board.html"
    filterset_class = ExpansionBoardFilter
    title = "Papan perluasan"
    crumb = "Papan"

    @cached_property
    def last_steps(self):
        """Return the last steps, also of villages that are no longer official (`is_gone`)."""
        rows = steps_of_villages(
            self.get_rows(), self.steps, self.day, condition=self.condition, source=self.source
        )
        is_gone = ExpressionWrapper(~Q(case__village__gone_in=""), BooleanField())
        return rows.order_by().annotate(is_gone=is_gone)

    def count(self):
        """Return {(stage, whether the villages are gone): how many}. One query."""
        rows = self.last_steps.values_list("stage", "is_gone").annotate(n=Count("pk"))
        return {(stage, bool(is_gone)): n for stage, is_gone, n in rows}

    def get_cards(self):
        """Return {stage: the last steps that its column shows}. One query."""
        steps = self.last_steps.filter(is_gone=False)
        columns = {}
        for stage in Stage:
            order = ("reached_on", "pk") if stage in UNDER_WAY else ("-reached_on", "-pk")
            columns[stage.value] = steps.filter(stage=stage).order_by(*order)[:CARDS]
        found = rows_of_each(columns, "case__village", "case__regency")
        for card in (card for cards in found.values() for card in cards):
            self.tell(card)
        return found

    def tell(self, card):
        """Add how long it has stood there, and where its button leads."""
        card.days = (self.day - card.reached_on).days
        limit = self.limits.by_province[card.case.province_id]
        card.is_under_way = card.stage in UNDER_WAY
        card.is_still = card.is_under_way and card.days > limit
        card.next = Stage(card.stage).next
        is_now = self.day == self.today
        card.may_move = is_now and self.request.user.has_perm(
            "advocacy.move_expansioncase", card.case
        )

    def column(self, stage, cards, count):
        url = village_list_url(**self.asked, tahap=stage.value)
        more = count > len(cards)
        return {"stage": stage, "cards": cards, "count": count, "more": more, "url": url}

    def get_context_data(self, **kwargs):
        counts, cards = self.count(), self.get_cards()
        columns = [self.column(key, cards[key], counts.get((key, False), 0)) for key in Stage]
        return super().get_context_data(
            course=[one for one in columns if one["stage"] in UNDER_WAY],
            aside=[one for one in columns if one["stage"] not in UNDER_WAY],
            total=sum(counts.values()),
            gone=sum(n for (_, is_gone), n in counts.items() if is_gone),
            gone_url=village_list_url(**self.asked, tahap=GONE),
            list_url=village_list_url(**self.asked),
            **kwargs,
        )
