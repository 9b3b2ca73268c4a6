"""The applet from its source, with a shorter wait before a question can be answered."""

import sys

from rescue_console.applet.__main__ import main
from rescue_console.applet.window import helping_page

if __name__ == "__main__":
    helping_page.CALM_MS = 50
    sys.exit(main())
