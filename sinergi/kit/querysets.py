"""Row scope for every queryset: outside a user's places a record does not exist."""

from contextlib import suppress

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet, Value, Window
from django.db.models.functions import Cast, RowNumber


def one_or_in(path, values):
    """
    Return a Q: `path = value` for a single value, else `path IN values`. Only the first can walk an
    ordered index.
    """
    if len(values) == 1:
        return Q(**{path: next(iter(values))})
    return Q(**{f"{path}__in": values})


def key_along(record, path):
    """
    Return the key at the end of a path of foreign keys ("plan__team__province"), or None where it
    breaks off.
    """
    *above, last = path.split("__")
    for name in above:
        record = getattr(record, name, None)
    return getattr(record, last if last == "pk" else f"{last}_id", None)


#: A tab says "99+" rather than count on.
COUNT_LIMIT = 100


def bounded_counts(querysets):
    """
    Return {key: how many rows, at most COUNT_LIMIT} in one query, which reads no more than that of
    each.

    A queryset that is ordered is read in that order: name the order of an index where rows of
    another table are joined, of which PostgreSQL might else read all.
    """
    counts, asked, parameters = dict.fromkeys(querysets, 0), [], []
    for key, rows in querysets.items():
        # Compiled one by one: as expressions of one queryset they would be copied several times
        # over.
        with suppress(EmptyResultSet):
            ordered = rows if rows.query.order_by else rows.order_by()
            sql, given = ordered.values("pk")[:COUNT_LIMIT].query.sql_with_params()
            asked.append((key, f"(SELECT COUNT(*) FROM ({sql}) AS bounded)"))  # noqa: S608
            parameters += given
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(sql for _, sql in asked)}", parameters)
            counts |= zip((key for key, _ in asked), cursor.fetchone(), strict=True)
    return counts


def rows_of_each(querysets, *related, shown=None):
    """
    Return {key: its rows, in their order} of ordered querysets of one model, with what is `related`
    and the annotations `shown` ({key: {name: expression}}), by which they may be ordered; rows of
    the other keys have None there.

    One query, which reads of each no more than its own slice, so that many rows of one never hide
    those of another.
    """
    parts = [
        _part(key, rows, related, shown or {})
        for key, rows in querysets.items()
        if not rows.query.is_empty()
    ]
    found = {key: [] for key in querysets}
    if parts:
        first, *others = parts
        for row in first.union(*others, all=True) if others else first:
            found[row.part].append(row)
    return {key: sorted(rows, key=lambda row: row.part_row) for key, rows in found.items()}


def _part(key, rows, related, shown):
    """
    Return the rows of one queryset, tagged by its key and numbered. The keys are looked up in a
    subquery, for SQLite takes no LIMIT in a part of a UNION.
    """
    number = Window(RowNumber(), order_by=rows.query.order_by)
    chosen = rows.model._base_manager.filter(pk__in=rows.values("pk")).order_by()
    nothing = {
        name: Cast(Value(None), expression.output_field)
        for annotations in shown.values()
        for name, expression in annotations.items()
    }
    chosen = chosen.select_related(*related).annotate(**nothing | shown.get(key, {}))
    return chosen.annotate(part=Value(key), part_row=number)


class ScopedQuerySet(QuerySet):
    """
    A queryset that knows where its rows lie: the paths to province and regency, as far as the model
    has them.

    A regency's own officer sees only rows that lead to that regency; without a `regency_path` there
    are none.
    """

    province_path = "province"
    regency_path = None

    def model_of(self, name):
        """
        Return the model that this field or reverse relation leads to, for a module that cannot
        import it, being imported by it.
        """
        return self.model._meta.get_field(name).related_model

    def visible_to(self, user, permission=None):
        """Return the rows on which `user` has `permission` (default: to view this model)."""
        if not user.is_authenticated:
            return self.none()
        meta = self.model._meta
        scope = user.scope(permission or f"{meta.app_label}.view_{meta.model_name}")
        if scope.national:
            return self
        if not scope:
            return self.none()
        where = Q(pk__in=[])
        if scope.provinces:
            where |= one_or_in(self.province_path, scope.provinces)
        if scope.regencies and self.regency_path:
            where |= one_or_in(self.regency_path, scope.regencies)
        return self.filter(where)

    def would_show(self, user, record, permission=None):
        """
        Return whether `visible_to` would show this record, which need not be stored any more: where
        it lay, with what it belonged to at hand (sinergi.kit.deleted.with_parents).
        """
        meta = self.model._meta
        scope = user.scope(permission or f"{meta.app_label}.view_{meta.model_name}")
        places = [(self.province_path, scope.provinces), (self.regency_path, scope.regencies)]
        return scope.national or any(
            keys and path and key_along(record, path) in keys for path, keys in places
        )
