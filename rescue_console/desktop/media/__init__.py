"""Media: receives, decodes and records the customer's screen, behind one small interface.

Nothing here shows anything. ``base`` is the interface, ``aiortc_engine`` its only implementation so
far; it is imported only when a screen is first shown, since it takes half a second to load. The
connection for files to the customer's page is here, too (``page_files``).
"""
