"""Named reads over realisations and their beneficiaries."""

from django.db.models import Count, Sum

from programs.support_totals import SupportTotals
from sinergi.kit.querysets import ScopedQuerySet, one_or_in


class RealisationQuerySet(ScopedQuerySet):
    def with_names(self):
        return self.select_related(
            "commitment__team__province", "commitment__province", "commitment__institution"
        )

    def for_list(self):
        """Select what a list shows of each, and no more."""
        columns = [
            "key",
            "file",
            "realised_on",
            "amount",
            "document_kind",
            "document_number",
            "document_about",
        ]
        columns += ["commitment__description", "commitment__kind", "commitment__institution__name"]
        return self.select_related("commitment__institution").only(*columns)

    def visible_to(self, user, permission=None):
        """
        Restrict by the province of the commitment, too, which is the same: a sum then reads the
        commitments of that one alone.
        """
        rows, scope = (
            super().visible_to(user, permission),
            user.scope(permission or "advocacy.view_realisation"),
        )
        if scope.national or not scope.provinces:
            return rows
        return rows.filter(one_or_in("commitment__province", scope.provinces))

    def in_province(self, province):
        return self.filter(province=province, commitment__province=province)

    def support(self):
        """Return all that came as one SupportTotals; one query."""
        whole = SupportTotals()
        rows = self.order_by().values_list("commitment__kind")
        for kind, amount, times in rows.annotate(total=Sum("amount"), times=Count("pk")):
            whole.of(kind).realise(amount or 0, times)
        return whole


class BeneficiaryQuerySet(ScopedQuerySet):
    province_path = "realisation__province"

    def newest_first(self):
        """Order by the day of the handover, with what came and from whom."""
        rows = self.select_related("realisation__commitment__institution")
        return rows.order_by("-realisation__realised_on", "-pk")
