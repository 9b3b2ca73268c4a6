"""The texts on the screens while a technician helps, by language; see ``labels``."""

from dataclasses import dataclass

from rescue_console.protocol.choices import Language


@dataclass(frozen=True)
class StoryWords:
    """The texts in one language: the desktop's, the page's (``page_``) and Qt's own dialogs'."""

    ask_view: str
    ask_control: str
    ask_clipboard: str
    ask_files: str
    picture: str
    shown: str
    security_code: str
    applet_code: str
    attention: str
    clipboard: str
    get_text: str
    got_text: str
    give_text: str
    gave_text: str
    screen: str
    chat: str
    chat_field: str
    files: str
    send_files: str
    file_name: str
    open: str
    receive: str
    transferred: str
    hold: str
    on_hold: str
    reconnecting: str
    notes: str
    page_allow: str
    page_download: str
    page_chat: str
    page_send: str
    page_on_hold: str


ENGLISH = StoryWords(
    ask_view="Ask to see the screen",
    ask_control="Ask: Control",
    ask_clipboard="Ask: Clipboard",
    ask_files="Ask: Files",
    picture="The customer’s screen",
    shown="The customer’s screen is shown.",
    security_code="Security code: ",
    applet_code="Security code of the applet: ",
    attention="Ctrl-Alt-Del",
    clipboard="Clipboard",
    get_text="Get the customer’s text",
    got_text="The customer’s text is in your clipboard",
    give_text="Give the customer your text",
    gave_text="The customer can paste the text of your clipboard now",
    screen="Screen",
    chat="Chat",
    chat_field="Message to the customer",
    files="Files",
    send_files="Send files",
    file_name="File name",
    open="Open",
    receive="Receive",
    transferred="Done",
    hold="Hold",
    on_hold="On hold",
    reconnecting="Reconnecting",
    notes="Notes on the session",
    page_allow="Allow",
    page_download="Download the applet",
    page_chat="Your message",
    page_send="Send",
    page_on_hold="The session is on hold",
)

FRENCH = StoryWords(
    ask_view="Demander à voir l’écran",
    ask_control="Demander\u00a0: Contrôle",
    ask_clipboard="Demander\u00a0: Presse-papiers",
    ask_files="Demander\u00a0: Fichiers",
    picture="L’écran du client",
    shown="L’écran du client est montré.",
    security_code="Code de sécurité\u00a0: ",
    applet_code="Code de sécurité de l’applet\u00a0: ",
    attention="Ctrl-Alt-Suppr",
    clipboard="Presse-papiers",
    get_text="Récupérer le texte du client",
    got_text="Le texte du client est dans votre Presse-papiers",
    give_text="Donner votre texte au client",
    gave_text="Le client peut maintenant coller le texte de votre Presse-papiers",
    screen="Écran",
    chat="Discussion",
    chat_field="Message au client",
    files="Fichiers",
    send_files="Envoyer des fichiers",
    file_name="Nom de fichier",
    open="Ouvrir",
    receive="Recevoir",
    transferred="Terminé",
    hold="Suspendre",
    on_hold="Suspendu",
    reconnecting="Reconnexion",
    notes="Notes sur la session",
    page_allow="Autoriser",
    page_download="Télécharger l’applet",
    page_chat="Votre message",
    page_send="Envoyer",
    page_on_hold="La session est suspendue",
)

STORY_WORDS = {Language("en"): ENGLISH, Language("fr"): FRENCH}
