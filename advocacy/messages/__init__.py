"""Texts ready to be sent, made from records alone: each takes what it needs and writes nothing."""
