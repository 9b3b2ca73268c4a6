"""Screens side by side, as on a customer's computer."""

from rescue_console.protocol.channel import Screen

FULL_HD = Screen(name="A", left=0, top=0, width=1920, height=1080)


SQUARE = Screen(name="B", left=1920, top=0, width=1280, height=1024)


WIDE = Screen(name="C", left=3200, top=0, width=3440, height=1440)


TWIN = Screen(name="D", left=1920, top=0, width=1920, height=1080)
