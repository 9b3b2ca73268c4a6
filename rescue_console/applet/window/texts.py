"""What the applet's windows say: English sentences as keys, and their French.

A text may hold ``{name}`` places.
"""

import locale
import os
from collections.abc import Mapping

from rescue_console.protocol.choices import Language
from rescue_console.protocol.hindrances import ControlHindrance
from rescue_console.protocol.powers import Power

FRENCH: dict[str, str] = {
    "Rescue": "Rescue",
    "Enter the PIN code that your technician gave you.": (
        "Saisissez le code PIN que votre technicien vous a donné."
    ),
    "PIN code": "Code PIN",
    "Continue": "Continuer",
    "Quit": "Quitter",
    "Enter the address of the server that your technician gave you.": (
        "Saisissez l’adresse du serveur que votre technicien vous a donnée."
    ),
    "Server address": "Adresse du serveur",
    "Is this the address that your technician gave you?": (
        "Est-ce l’adresse que votre technicien vous a donnée\u00a0?"
    ),
    "Only go on if you know whoever asked you to run this program. "
    "If somebody called you unexpectedly, close it.": (
        "Ne continuez que si vous connaissez la personne qui vous a demandé d’exécuter ce "
        "programme. Si l’on vous a appelé à l’improviste, fermez-le."
    ),
    "Yes, this is the address": "Oui, c’est cette adresse",
    "No": "Non",
    "This is not a valid address.": "Cette adresse n’est pas valable.",
    "The connection to this address would not be protected. Use an address that begins with "
    "https://.": (
        "La connexion à cette adresse ne serait pas protégée. Utilisez une adresse qui commence "
        "par https://."
    ),
    "This PIN code does not work. Check it with your technician.": (
        "Ce code PIN ne fonctionne pas. Vérifiez-le avec votre technicien."
    ),
    "Too many attempts. Wait a moment and try again.": (
        "Trop de tentatives. Patientez un instant, puis réessayez."
    ),
    "The applet is already connected to this session: look for its other window. If there is none, "
    "wait a minute and try again.": (
        "L’applet est déjà connectée à cette session\u00a0: cherchez son autre fenêtre. S’il n’y "
        "en a pas, attendez une minute et réessayez."
    ),
    "This invitation does not work any more. Ask your technician for a new one.": (
        "Cette invitation ne fonctionne plus. Demandez-en une nouvelle à votre technicien."
    ),
    "The server cannot be reached. Check your Internet connection.": (
        "Le serveur est injoignable. Vérifiez votre connexion à Internet."
    ),
    "Try again": "Réessayer",
    "Connecting…": "Connexion…",
    "Connection lost. Trying again…": "Connexion perdue. Nouvelle tentative…",
    "{technician} may:": "{technician} peut\u00a0:",
    "{technician} may do nothing on this computer at the moment.": (
        "{technician} ne peut rien faire sur cet ordinateur pour le moment."
    ),
    "Take back": "Retirer",
    "Allow": "Autoriser",
    "Don’t allow": "Ne pas autoriser",
    "Stop": "Arrêter",
    "Everything was stopped.": "Tout a été arrêté.",
    "The picture ends once the server answers. To end it now, close the page in your browser.": (
        "L’image cessera dès que le serveur aura répondu. Pour l’arrêter tout de suite, fermez la "
        "page dans votre navigateur."
    ),
    "Stop takes everything back at once. So do the keys {keys}.": (
        "«\u00a0Arrêter\u00a0» retire tout immédiatement. Les touches {keys} aussi."
    ),
    "Stop takes everything back at once.": "«\u00a0Arrêter\u00a0» retire tout immédiatement.",
    "End session": "Terminer la session",
    "End the session now?": "Terminer la session maintenant\u00a0?",
    "Yes, end it": "Oui, terminer",
    "Continue the session": "Continuer la session",
    "Share my screen": "Partager mon écran",
    "The screen is shared, and messages are written, on the page in your browser.": (
        "Le partage d’écran et les messages se font sur la page ouverte dans votre navigateur."
    ),
    "The page for sharing the screen was opened in your browser.": (
        "La page de partage d’écran a été ouverte dans votre navigateur."
    ),
    "No browser could be started. Open the link that you received again.": (
        "Aucun navigateur n’a pu être lancé. Ouvrez de nouveau le lien que vous avez reçu."
    ),
    "Send files…": "Envoyer des fichiers…",
    "Sent: {name}": "Envoyé\u00a0: {name}",
    "Received: {name}, in {folder}": "Reçu\u00a0: {name}, dans {folder}",
    "Not transferred: {name}": "Non transféré\u00a0: {name}",
    "These are too many files at once.": "Cela fait trop de fichiers à la fois.",
    "Security code: {code}": "Code de sécurité\u00a0: {code}",
    "Your technician must see the same code.": "Votre technicien doit voir le même code.",
    "Warning: somebody else answers in place of your technician. Nothing is allowed. "
    "End the session.": (
        "Attention\u00a0: quelqu’un d’autre répond à la place de votre technicien. Rien n’est "
        "autorisé. Terminez la session."
    ),
    "The session is over.": "La session est terminée.",
    "This window is no longer needed.": "Cette fenêtre n’est plus nécessaire.",
    "The session is over, or goes on in another window of the applet.": (
        "La session est terminée, ou se poursuit dans une autre fenêtre de l’applet."
    ),
    "Nothing was installed. You can delete the downloaded file.": (
        "Rien n’a été installé. Vous pouvez supprimer le fichier téléchargé."
    ),
    "Close": "Fermer",
    "see your screen": "voir votre écran",
    "use your mouse and keyboard": "utiliser votre souris et votre clavier",
    "read and change your clipboard": "lire et modifier votre Presse-papiers",
    "send you files and receive files that you choose": (
        "vous envoyer des fichiers et recevoir ceux que vous choisissez"
    ),
    "browse, change and delete your files": "parcourir, modifier et supprimer vos fichiers",
    "see information about this computer": "voir les informations sur cet ordinateur",
    "restart this computer": "redémarrer cet ordinateur",
    "{technician} asks to {power}.": "{technician} demande à {power}.",
    "{technician} has asked to use your mouse and keyboard. That is not possible here: {why}": (
        "{technician} a demandé à utiliser votre souris et votre clavier. Ce n’est pas possible "
        "ici\u00a0: {why}"
    ),
    "This desktop uses Wayland, which does not let programs use mouse and keyboard. "
    "Choose an X11 (Xorg) session at sign-in to allow control.": (
        "Ce bureau utilise Wayland, qui ne laisse pas les programmes se servir de la souris et du "
        "clavier. Choisissez une session X11 (Xorg) à l’ouverture de session pour permettre le "
        "contrôle."
    ),
    "There is no screen that can be controlled.": "Il n’y a pas d’écran qui puisse être contrôlé.",
    "This screen does not let programs use mouse and keyboard.": (
        "Cet écran ne laisse pas les programmes se servir de la souris et du clavier."
    ),
    "This screen does not tell programs when its user moves the mouse or types, "
    "so their own input could not come first.": (
        "Cet écran n’indique pas aux programmes quand son utilisateur bouge la souris ou "
        "tape\u00a0: il ne pourrait donc pas avoir la priorité."
    ),
    "Allow this program under System Settings, Privacy and Security, Accessibility, "
    "and start it again.": (
        "Autorisez ce programme dans Réglages Système, Confidentialité et sécurité, "
        "Accessibilité, puis relancez-le."
    ),
    "Restart in {seconds} s": "Redémarrage dans {seconds}\u00a0s",
    "{technician} restarts this computer, as you have allowed. Save your work now.": (
        "{technician} redémarre cet ordinateur, comme vous l’avez autorisé. Enregistrez votre "
        "travail maintenant."
    ),
    "Once you have signed in again, the session goes on by itself.": (
        "Dès que vous aurez rouvert votre session sur l’ordinateur, l’assistance reprendra "
        "d’elle-même."
    ),
    "Restart now": "Redémarrer maintenant",
    "Cancel": "Annuler",
    "This computer restarts now.": "Cet ordinateur redémarre maintenant.",
    "The restart was cancelled.": "Le redémarrage a été annulé.",
    "This computer was not restarted.": "Cet ordinateur n’a pas été redémarré.",
}

POWER_TEXTS: dict[Power, str] = {
    Power.VIEW: "see your screen",
    Power.CONTROL: "use your mouse and keyboard",
    Power.CLIPBOARD: "read and change your clipboard",
    Power.FILES: "send you files and receive files that you choose",
    Power.FILE_MANAGER: "browse, change and delete your files",
    Power.SYSTEM_INFORMATION: "see information about this computer",
    Power.REBOOT: "restart this computer",
}

HINDRANCE_TEXTS: dict[ControlHindrance, str] = {
    ControlHindrance.WAYLAND: (
        "This desktop uses Wayland, which does not let programs use mouse and keyboard. "
        "Choose an X11 (Xorg) session at sign-in to allow control."
    ),
    ControlHindrance.NO_SCREEN: "There is no screen that can be controlled.",
    ControlHindrance.NOT_LET: "This screen does not let programs use mouse and keyboard.",
    ControlHindrance.NOT_WATCHED: (
        "This screen does not tell programs when its user moves the mouse or types, "
        "so their own input could not come first."
    ),
    ControlHindrance.NOT_TRUSTED: (
        "Allow this program under System Settings, Privacy and Security, Accessibility, "
        "and start it again."
    ),
}


class Texts:
    """The texts in one language: ``texts("Allow")``."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, english: str, **values: str) -> str:
        """Return *english* in this language, its places filled in."""
        text = FRENCH[english] if self.language is Language.FRENCH else english
        return text.format(**values) if values else text

    def power(self, power: Power) -> str:
        """Return what *power* lets the technician do, to go after "may" or "asks to"."""
        return self(POWER_TEXTS[power])

    def hindrance(self, hindrance: ControlHindrance) -> str:
        """Return why mouse and keyboard cannot be controlled on this computer."""
        return self(HINDRANCE_TEXTS[hindrance])


def system_language(environment: Mapping[str, str] = os.environ) -> Language:
    """Return the language of the person's system, English when it is none of ours."""
    names = [environment.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")]
    said = next((name for name in names if name), "") or _locale_name()
    return Language.FRENCH if said.lower().startswith("fr") else Language.ENGLISH


def _locale_name() -> str:
    # On Windows and macOS the variables are not set, and the locale is the person's.
    try:
        locale.setlocale(locale.LC_CTYPE, "")
        return locale.getlocale(locale.LC_CTYPE)[0] or ""
    except (locale.Error, ValueError):
        return ""
