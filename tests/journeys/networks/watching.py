"""What both sides see: the picture, or the reason why there is none."""

from rescue_console.desktop.media.base import Failure, Hindrance, Step
from rescue_console.desktop.workspace.screen.viewing import ViewState
from tests.stage.stories.screen_story import Story

WIDTH, HEIGHT = 1280, 1024
WINDOW = (950, 100, 300, 300)
SPOT = (1100 / WIDTH, 250 / HEIGHT)
BLUE, RED = (0x30, 0x60, 0xC0), (0xC0, 0x30, 0x30)

# The console asks again by itself, perhaps at this very moment. Therefore the fix is made and the
# button pressed within one turn of the page's loop, unless the picture is already there.
MEND_AND_RETRY = """mend => {
  const retry = document.getElementById("screen-retry");
  const shown = document.getElementById("screen").dataset.state === "shown";
  if (retry.hidden && !shown) return false;
  window[mend]?.();
  if (!shown) retry.click();
  return true;
}"""


def is_painted(story: Story) -> None:
    """Check that the technician sees two colours that the customer's screen shows in turn."""
    with story.customer.window(*WINDOW) as show:
        show("3060c0")
        story.until_colour(SPOT, BLUE)
        show("c03030")
        story.until_colour(SPOT, RED)


def way(story: Story) -> tuple[str, str]:
    """Return the candidate types of the connection in use, the technician's first."""
    engine = story.technician.pane.viewing.engine
    assert engine is not None
    figures = story.run(engine.statistics())
    assert figures is not None
    return figures.local_way, figures.remote_way


def begin(story: Story) -> None:
    """Ask to see the screen and allow it, without waiting for a picture."""
    pane = story.technician.pane
    story.until(pane.ui.askButton.isEnabled)
    pane.ui.askButton.click()
    story.until_state(ViewState.ASKED)
    story.click("#consent-allow:enabled")


def until_failed(story: Story, step: Step, hindrance: Hindrance = Hindrance.UNKNOWN) -> str:
    """Wait until the technician can read why there is no picture; return that text."""
    pane = story.technician.pane
    story.until(lambda: pane.viewing.situation.failure == Failure(step, hindrance))
    assert pane.ui.retryButton.isVisible()
    assert pane.ui.area.picture is None
    return pane.ui.emptyLabel.text()


def page_says(story: Story, part: str) -> None:
    """Wait until the customer sees *part* and the button to try again."""
    story.act(lambda page: page.locator("#screen-trouble", has_text=part).wait_for())
    story.act(lambda page: page.locator("#screen-retry").wait_for())


def try_again_on_page(story: Story, mend: str = "") -> None:
    """Let the customer press the button, after calling *mend*, a function of the page's window."""
    story.act(lambda page: page.wait_for_function(MEND_AND_RETRY, arg=mend))
