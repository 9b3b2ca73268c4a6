"""The texts in a workspace that are not in ``story_words``, by language."""

from dataclasses import dataclass

from rescue_console.protocol.choices import Language


@dataclass(frozen=True)
class WorkspaceLabels:
    """The texts in one language."""

    ask_file_manager: str
    ask_system_information: str
    granted: str
    shown: str
    send: str
    system: str
    export: str
    own_window: str


ENGLISH = WorkspaceLabels(
    ask_file_manager="Ask: File manager",
    ask_system_information="Ask: System information",
    granted="granted",
    shown="The customer’s screen is shown.",
    send="Send",
    system="System",
    export="Export",
    own_window="Own window",
)

FRENCH = WorkspaceLabels(
    ask_file_manager="Demander\u00a0: Gestionnaire de fichiers",
    ask_system_information="Demander\u00a0: Informations système",
    granted="accordé",
    shown="L’écran du client est montré.",
    send="Envoyer",
    system="Système",
    export="Exporter",
    own_window="Fenêtre séparée",
)

WORKSPACE_LABELS = {Language("en"): ENGLISH, Language("fr"): FRENCH}
