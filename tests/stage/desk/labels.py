"""The texts on the screens of a journey, by language.

The French texts repeat the desktop's translation on purpose, so that a change of that translation
is noticed.
"""

from dataclasses import dataclass

from rescue_console.protocol.choices import Language


@dataclass(frozen=True)
class Labels:
    """The texts in one language."""

    sign_in: str
    server: str
    email_address: str
    password: str
    connected: str
    new_session: str
    create_session: str
    name: str
    customer_language: str
    customer_language_name: str
    email_tab: str
    own_client: str
    through_servers: str
    to: str
    mobile: str
    platform: str
    automatic: str
    mail_field: str
    send: str
    mail_sent: str
    opened: str
    done: str
    start: str
    close: str
    close_session: str
    invited: str
    connecting: str
    waiting: str
    active: str
    closed: str
    all_sessions: str
    mail_subject: str
    mail_text: str
    mail_end: str
    page_asks: str
    page_join: str
    page_waiting: str
    page_active: str
    page_over: str
    mail_failed: str
    no_sessions: str
    pin_tab: str
    create_pin: str
    copy_pin: str
    link_tab: str
    copy_link: str
    copy_link_again: str
    quit: str
    tools_menu: str
    options: str
    transfer: str
    transfer_session: str
    online: str
    session_menu: str
    session_log: str
    try_now: str


ENGLISH = Labels(
    sign_in="Sign in",
    server="Server address",
    email_address="E-mail address",
    password="Password",
    connected="Connected",
    new_session="New session",
    create_session="Create session",
    name="Name",
    customer_language="Customer's language",
    customer_language_name="English",
    email_tab="E-mail",
    own_client="Send the e-mail with my default mail client on this computer",
    through_servers="Send an e-mail on my behalf through the Rescue servers",
    to="To",
    mobile="This message is for a mobile device",
    platform="Device platform",
    automatic="Automatic detection",
    mail_field="Text of the mail",
    mail_sent="e-mail sent",
    send="Send link by e-mail",
    opened="The mail is open in your mail client",
    done="Done",
    start="Start",
    close="Close",
    close_session="Close session",
    invited="Invited",
    connecting="Connecting",
    waiting="Waiting",
    active="Active",
    closed="Closed by the technician",
    all_sessions="All sessions",
    mail_subject="Link to connect by e-mail",
    mail_text="Please click the link below to request a live support session:",
    mail_end="The support team",
    page_asks="Olivia Owner wants to help you",
    page_join="Join in this browser",
    page_waiting="Olivia Owner will be with you shortly",
    page_active="Olivia Owner is helping you",
    page_over="The session is over",
    mail_failed="e-mail failed",
    no_sessions="No sessions yet",
    pin_tab="PIN code",
    create_pin="Create PIN code",
    copy_pin="Copy PIN code",
    link_tab="Link",
    copy_link="Copy link to clipboard",
    copy_link_again="Copy link again",
    quit="Quit",
    tools_menu="Tools",
    options="Options",
    transfer="Transfer",
    transfer_session="Transfer session",
    online="Online",
    session_menu="Session",
    session_log="Session log",
    try_now="Try now",
)

FRENCH = Labels(
    sign_in="Se connecter",
    server="Adresse du serveur",
    email_address="Adresse e-mail",
    password="Mot de passe",
    connected="Connecté",
    new_session="Nouvelle session",
    create_session="Créer une session",
    name="Nom",
    customer_language="Langue du client",
    customer_language_name="Français",
    email_tab="E-mail",
    own_client="Envoyer l’e-mail par mon client de messagerie par défaut sur ce PC",
    through_servers="Envoyer un e-mail de ma part par les serveurs Rescue",
    to="À",
    mobile="Ce message est pour un appareil mobile",
    platform="Plate-forme du périphérique",
    automatic="Détection automatique",
    mail_field="Texte de l’e-mail",
    mail_sent="e-mail envoyé",
    send="Envoyer le lien par e-mail",
    opened="L’e-mail est ouvert dans votre client de messagerie",
    done="Terminé",
    start="Démarrer",
    close="Fermer",
    close_session="Fermer la session",
    invited="Invité",
    connecting="Connexion",
    waiting="En attente",
    active="Actif",
    closed="Fermé par le technicien",
    all_sessions="Toutes les sessions",
    mail_subject="Lien de connexion par e-mail",
    mail_text=(
        "Veuillez cliquer sur le lien ci-dessous pour demander une session d’assistance en direct"
    ),
    mail_end="L’équipe d’assistance",
    page_asks="Olivia Owner veut vous aider",
    page_join="Rejoindre dans ce navigateur",
    page_waiting="Olivia Owner sera à vous dans un instant",
    page_active="Olivia Owner vous aide",
    page_over="La session est terminée",
    mail_failed="échec de l’e-mail",
    no_sessions="Aucune session pour l’instant",
    pin_tab="Code PIN",
    create_pin="Créer un code PIN",
    copy_pin="Copier le code PIN",
    link_tab="Lien",
    copy_link="Copier le lien dans le Presse-papiers",
    copy_link_again="Copier de nouveau le lien",
    quit="Quitter",
    tools_menu="Outils",
    options="Options",
    transfer="Transférer",
    transfer_session="Transférer la session",
    online="En ligne",
    session_menu="Session",
    session_log="Journal de la session",
    try_now="Réessayer maintenant",
)

LABELS = {Language("en"): ENGLISH, Language("fr"): FRENCH}
