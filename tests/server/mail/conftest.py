"""The strategies of hypothesis take their time on a machine that does other things, too."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
