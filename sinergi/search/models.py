"""The words that occur in the portal, to be found by a slip of the finger."""

from django.db import models


class Spelling(models.Model):
    """
    One way to come to a word: the word itself, or the word without one of its letters (`key`). Two
    words that differ by one slip (a letter too many, too few, another, or two in the wrong order)
    share a key. Made by sinergi.search.lexicon from the indexes; nobody edits it.
    """

    key = models.CharField("kunci", max_length=30)
    word = models.CharField("kata", max_length=30)

    class Meta:
        verbose_name = "ejaan"
        verbose_name_plural = "ejaan"
        indexes = [models.Index(fields=["key", "word"], name="search_spelling_key")]

    def __str__(self):
        return self.word
