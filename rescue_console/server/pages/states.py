"""The state of a session, in sentences for the customer."""

from rescue_console.protocol.customer import CustomerState
from rescue_console.protocol.statuses import JOINABLE
from rescue_console.server.pages.notices import link_notice
from rescue_console.server.rules.helping.customers import CustomerView
from rescue_console.texts.texts import Texts


def helper_name(customer: CustomerView, texts: Texts) -> str:
    """Return the name that the customer is shown: of who helps, or until then of who invited."""
    return customer.technician or texts("state.technician")


def room_state(customer: CustomerView, texts: Texts) -> CustomerState:
    """Return what the waiting room of a customer who has joined shows."""
    name = helper_name(customer, texts)
    word = "joined" if customer.status in JOINABLE else customer.status.value
    return CustomerState(
        status=customer.status,
        over=customer.over,
        title=texts(f"state.{word}.title", technician=name),
        text=texts(f"state.{word}.text", technician=name),
        technician=name,
        consents=customer.consents,
        applet=customer.applet,
    )


def link_state(customer: CustomerView, texts: Texts) -> CustomerState:
    """Return what the join page shows to somebody who has not joined."""
    notice = link_notice(customer)
    return CustomerState(
        status=customer.status,
        over=customer.over,
        title=texts(f"notice.{notice}.title") if notice else "",
        text=texts(f"notice.{notice}.text") if notice else "",
        technician=helper_name(customer, texts),
    )
