"""Where customer, technician and help desk are on the small internet."""

from dataclasses import dataclass
from pathlib import Path

from tests.stage.networks.internet import Internet
from tests.stage.networks.namespace import Namespace
from tests.stage.servers.certificates import Certificates


@dataclass(frozen=True)
class Place:
    """The networks of customer, technician and help desk.

    Attributes:
        folder: The folder for files that belong to this place.
    """

    internet: Internet
    customers: Namespace
    technicians: Namespace
    certificates: Certificates
    folder: Path
