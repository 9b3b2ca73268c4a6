"""Media: what receives, decodes and records the customer's screen, behind one small interface.

Nothing here shows anything. ``base`` is the interface, ``aiortc_engine`` its one implementation so
far; it is imported only when a screen is first shown, since it takes half a second to load.
"""
