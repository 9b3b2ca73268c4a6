"""What a technician can tell from the picture that comes."""

from tests.desktop.screen.conftest import Story

WIDTH, HEIGHT = 1280, 1024
WINDOW = (950, 100, 300, 300)
SPOT = (1100 / WIDTH, 250 / HEIGHT)
BLUE, RED = (0x30, 0x60, 0xC0), (0xC0, 0x30, 0x30)


def is_painted(story: Story) -> None:
    """Check that colours on the customer's screen are the technician's, one after the other."""
    with story.customer.window(*WINDOW) as show:
        show("3060c0")
        story.until_colour(SPOT, BLUE)
        show("c03030")
        story.until_colour(SPOT, RED)


def way(story: Story) -> tuple[str, str]:
    """Return the kinds of the two ends of the way in use, the technician's first."""
    engine = story.technician.pane.viewing.engine
    assert engine is not None
    figures = story.run(engine.statistics())
    assert figures is not None
    return figures.local_way, figures.remote_way
