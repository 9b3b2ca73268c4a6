"""Hypothesis gets no deadline: on a busy machine its strategies take their time."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
