"""The filter of a list by the words of its rows, which the search leads to."""

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F

from sinergi.kit.search.matches import Matches, places_of
from sinergi.kit.search.words import MIN_LETTERS, Words


def matching(rows, words, user, also=()):
    """
    Return the rows that have the words, or of which a related row has them: `also` names relations
    to indexed models. A related row counts if the user may see it.
    """
    model = rows.model
    own = Matches(words, places=places_in(model, user))
    if not also:
        return rows.filter(own)
    first = model.objects.order_by().filter(own).values("pk")
    return rows.filter(pk__in=first.union(*(keys_along(model, one, words, user) for one in also)))


def keys_along(model, name, words, user, **bound):
    """
    Return the keys of the records that the user may see, of which a related row has the words, as
    values of one column; `bound` as for Matches.
    """
    relation = model._meta.get_field(name)
    related = relation.related_model
    # What a row points to is not bounded: it is not the newest of these that it belongs to.
    bound = {} if relation.concrete else bound
    match = Matches(words, places=places_in(related, user), **bound)
    found = related.objects.visible_to(user).order_by().filter(match)
    if relation.concrete:
        visible = model.objects.visible_to(user).order_by()
        return visible.filter(**{f"{name}__in": found.values("pk")}).values(found_key=F("pk"))
    if _scope(model, user) != _scope(related, user):
        visible = model.objects.visible_to(user).order_by()
        found = found.filter(**{f"{relation.field.name}__in": visible.values("pk")})
    return found.values(found_key=F(relation.field.attname))


def _scope(model, user):
    return user.scope(f"{model._meta.app_label}.view_{model._meta.model_name}")


def places_in(model, user):
    """Return the places in which the user sees rows of the model, for Matches."""
    return places_of(_scope(model, user))


def says_enough(text):
    if not Words.of(text).is_enough:
        raise ValidationError(f"Ketik paling sedikit {MIN_LETTERS} huruf.")


class WordsFilter(django_filters.CharFilter):
    """
    Filter by words anywhere in a row, as the search finds them. Shown only where it is set, which
    the link of the search does.
    """

    only_when_set = True

    def __init__(self, *also):
        self.also = also
        super().__init__(
            label="Memuat kata",
            max_length=100,
            validators=[says_enough],
            widget=forms.TextInput(attrs={"type": "search"}),
        )

    def filter(self, queryset, value):
        if not value:
            return queryset
        return matching(queryset, Words.of(value), self.parent.request.user, self.also)
