"""The applet from its source, with questions that can be allowed soon: a person takes longer."""

import sys

from rescue_console.applet import helping_page
from rescue_console.applet.__main__ import main

if __name__ == "__main__":
    helping_page.CALM_MS = 50
    sys.exit(main())
