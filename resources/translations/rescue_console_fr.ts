<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About Rescue Console</source>
        <translation>À propos de Rescue Console</translation>
    </message>
    <message>
        <source>Rescue Console {0}</source>
        <translation>Rescue Console {0}</translation>
    </message>
    <message>
        <source>Open, self-hosted remote support under the MIT licence.

Server: {0}
Qt: {1}</source>
        <translation>Assistance à distance ouverte et auto-hébergée, sous licence MIT.

Serveur&#xa0;: {0}
Qt&#xa0;: {1}</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>You are signed out.</source>
        <translation>Vous êtes déconnecté.</translation>
    </message>
</context>
<context>
    <name>Ask</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>Availability</name>
    <message>
        <source>Online</source>
        <translation>En ligne</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Absent</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Occupé</translation>
    </message>
    <message>
        <source>Away: they chose so, or no console of theirs is open.</source>
        <translation>Absent&#xa0;: par choix, ou sans console ouverte.</translation>
    </message>
    <message>
        <source>Busy: they have as many active sessions as their group allows.</source>
        <translation>Occupé&#xa0;: autant de sessions actives que son groupe le permet.</translation>
    </message>
</context>
<context>
    <name>AvailabilityButton</name>
    <message>
        <source>Your availability: {0}</source>
        <translation>Votre disponibilité&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Colleagues can transfer sessions to you.</source>
        <translation>Vos collègues peuvent vous transférer des sessions.</translation>
    </message>
    <message>
        <source>Colleagues cannot transfer sessions to you until you are online.</source>
        <translation>Vos collègues ne peuvent pas vous transférer de session tant que vous n’êtes pas en ligne.</translation>
    </message>
    <message>
        <source>You have as many active sessions as your group allows; colleagues cannot transfer more to you.</source>
        <translation>Vous avez autant de sessions actives que votre groupe le permet&#xa0;; vos collègues ne peuvent pas vous en transférer d’autres.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Try now</source>
        <translation>Réessayer maintenant</translation>
    </message>
    <message>
        <source>Try to connect now</source>
        <translation>Essayer de se connecter maintenant</translation>
    </message>
</context>
<context>
    <name>ChatPane</name>
    <message>
        <source>Chat</source>
        <translation>Discussion</translation>
    </message>
    <message>
        <source>{0} is writing…</source>
        <translation>{0} écrit…</translation>
    </message>
    <message>
        <source>The message has {0} characters; at most {1} are allowed.</source>
        <translation>Le message a {0} caractères&#xa0;; {1} au plus sont permis.</translation>
    </message>
    <message>
        <source>Change the replies…</source>
        <translation>Modifier les réponses…</translation>
    </message>
    <message>
        <source>Open this address in your browser?

{0}</source>
        <translation>Ouvrir cette adresse dans votre navigateur&#xa0;?

{0}</translation>
    </message>
    <message>
        <source>Open link</source>
        <translation>Ouvrir le lien</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>Not found in the messages shown</source>
        <translation>Introuvable dans les messages affichés</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Introuvable</translation>
    </message>
    <message>
        <source>Search in the chat</source>
        <translation>Rechercher dans la discussion</translation>
    </message>
    <message>
        <source>Previous place</source>
        <translation>Résultat précédent</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>Résultat suivant</translation>
    </message>
    <message>
        <source>Save transcript…</source>
        <translation>Enregistrer la transcription…</translation>
    </message>
    <message>
        <source>Chat messages</source>
        <translation>Messages de la discussion</translation>
    </message>
    <message>
        <source>Message to the customer</source>
        <translation>Message au client</translation>
    </message>
    <message>
        <source>Write to the customer; Enter sends, Shift+Enter begins a new line</source>
        <translation>Écrire au client&#xa0;; Entrée envoie, Maj+Entrée va à la ligne</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Replies</source>
        <translation>Réponses</translation>
    </message>
    <message>
        <source>Insert a prepared reply or address</source>
        <translation>Insérer une réponse ou une adresse préparée</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adresses</translation>
    </message>
    <message>
        <source>Send a prepared address at once</source>
        <translation>Envoyer directement une adresse préparée</translation>
    </message>
</context>
<context>
    <name>ChatView</name>
    <message>
        <source>Show earlier messages</source>
        <translation>Afficher les messages précédents</translation>
    </message>
    <message>
        <source>Show the latest messages</source>
        <translation>Afficher les derniers messages</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Vous</translation>
    </message>
    <message>
        <source>On its way…</source>
        <translation>En cours d’envoi…</translation>
    </message>
    <message>
        <source>Not sent: {0}</source>
        <translation>Non envoyé&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Renvoyer</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>Réduire</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>Opens, once confirmed: {0}</source>
        <translation>S’ouvre après confirmation&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>The link is in the clipboard.</source>
        <translation>Le lien est dans le Presse-papiers.</translation>
    </message>
    <message>
        <source>The code is in the clipboard.</source>
        <translation>Le code est dans le Presse-papiers.</translation>
    </message>
</context>
<context>
    <name>ClipboardExchange</name>
    <message>
        <source>Your clipboard holds no text.</source>
        <translation>Votre Presse-papiers ne contient pas de texte.</translation>
    </message>
    <message>
        <source>The text in your clipboard is too long to be sent.</source>
        <translation>Le texte de votre Presse-papiers est trop long pour être envoyé.</translation>
    </message>
    <message>
        <source>The customer can paste the text of your clipboard now.</source>
        <translation>Le client peut maintenant coller le texte de votre Presse-papiers.</translation>
    </message>
    <message>
        <source>The customer’s text is in your clipboard.</source>
        <translation>Le texte du client est dans votre Presse-papiers.</translation>
    </message>
    <message>
        <source>The customer’s clipboard holds no text.</source>
        <translation>Le Presse-papiers du client ne contient pas de texte.</translation>
    </message>
    <message>
        <source>&amp;Get the customer’s text</source>
        <translation>&amp;Récupérer le texte du client</translation>
    </message>
    <message>
        <source>Gi&amp;ve the customer your text</source>
        <translation>&amp;Donner votre texte au client</translation>
    </message>
    <message>
        <source>Keep &amp;both the same by itself</source>
        <translation>Garder les deux identiques &amp;automatiquement</translation>
    </message>
</context>
<context>
    <name>CloseSessionDialog</name>
    <message>
        <source>Close the session with {0} for good? The customer is told that it has ended and needs a new link or PIN code to come back.</source>
        <translation>Fermer définitivement la session avec {0}&#xa0;? Le client apprend qu’elle est terminée et aura besoin d’un nouveau lien ou code PIN pour revenir.</translation>
    </message>
    <message>
        <source>Close session</source>
        <translation>Fermer la session</translation>
    </message>
    <message>
        <source>&amp;Notes for you and your colleagues</source>
        <translation>&amp;Notes pour vous et vos collègues</translation>
    </message>
    <message>
        <source>Notes on the session</source>
        <translation>Notes sur la session</translation>
    </message>
    <message>
        <source>What was the matter, and what was done?</source>
        <translation>Quel était le problème, et qu’avez-vous fait&#xa0;?</translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message>
        <source>The customer’s page does not answer. Ask the customer to keep the page open, or to load it again.</source>
        <translation>La page du client ne répond pas. Demandez au client de garder la page ouverte, ou de la recharger.</translation>
    </message>
    <message>
        <source>The two sides could not agree on keys: something on the way may be interfering. If this stays so, do not go on, and tell IT.</source>
        <translation>Les deux côtés n’ont pas pu convenir de clés&#xa0;: quelque chose s’interpose peut-être en chemin. Si cela persiste, ne continuez pas et prévenez l’informatique.</translation>
    </message>
    <message>
        <source>Connected, but no picture came. Ask the customer to choose again what to show.</source>
        <translation>Connecté, mais aucune image n’est arrivée. Demandez au client de choisir à nouveau ce qu’il montre.</translation>
    </message>
    <message>
        <source>The connection was lost. If it does not come back, ask the customer to check their network.</source>
        <translation>La connexion a été perdue. Si elle ne revient pas, demandez au client de vérifier son réseau.</translation>
    </message>
    <message>
        <source>The customer’s browser offers no way to reach it: a rule of their company or an add-on forbids it. Ask them to use another browser or device, or ask IT for a TURN server over TLS.</source>
        <translation>Le navigateur du client n’offre aucun chemin jusqu’à lui&#xa0;: une règle de son entreprise ou une extension l’interdit. Demandez-lui d’utiliser un autre navigateur ou appareil, ou demandez à l’informatique un serveur TURN en TLS.</translation>
    </message>
    <message>
        <source>No direct way was found between the two networks, and no TURN server is set up. Ask IT to set one up; until then another network, such as a phone’s, may help.</source>
        <translation>Aucun chemin direct n’a été trouvé entre les deux réseaux, et aucun serveur TURN n’est configuré. Demandez à l’informatique d’en configurer un&#xa0;; d’ici là, un autre réseau, celui d’un téléphone par exemple, peut aider.</translation>
    </message>
    <message>
        <source>No direct way was found between the two networks, and no TURN server answers. Ask IT to check that it runs and that no firewall blocks its ports.</source>
        <translation>Aucun chemin direct n’a été trouvé entre les deux réseaux, et aucun serveur TURN ne répond. Demandez à l’informatique de vérifier qu’il fonctionne et qu’aucun pare-feu ne bloque ses ports.</translation>
    </message>
    <message>
        <source>No direct way was found between the two networks, and the TURN server refuses our credentials. Ask IT to compare its secret and clock with the Rescue server’s.</source>
        <translation>Aucun chemin direct n’a été trouvé entre les deux réseaux, et le serveur TURN refuse nos identifiants. Demandez à l’informatique de comparer son secret et son horloge à ceux du serveur Rescue.</translation>
    </message>
    <message>
        <source>No way was found between the two networks, though the TURN server answers here. The customer’s network may block it: ask IT for a TURN address over TLS.</source>
        <translation>Aucun chemin n’a été trouvé entre les deux réseaux, bien que le serveur TURN réponde ici. Le réseau du client le bloque peut-être&#xa0;: demandez à l’informatique une adresse TURN en TLS.</translation>
    </message>
</context>
<context>
    <name>ConsentChip</name>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Demander</translation>
    </message>
    <message>
        <source>Do not ask any more</source>
        <translation>Ne plus demander</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Renoncer</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Redemander</translation>
    </message>
</context>
<context>
    <name>ControlHindrance</name>
    <message>
        <source>This desktop uses Wayland, which does not let programs use mouse and keyboard. Choose an X11 (Xorg) session at sign-in to allow control.</source>
        <translation>Ce bureau utilise Wayland, qui ne laisse pas les programmes se servir de la souris et du clavier. Choisissez une session X11 (Xorg) à l’ouverture de session pour permettre le contrôle.</translation>
    </message>
    <message>
        <source>There is no screen that can be controlled.</source>
        <translation>Il n’y a pas d’écran qui puisse être contrôlé.</translation>
    </message>
    <message>
        <source>This screen does not let programs use mouse and keyboard.</source>
        <translation>Cet écran ne laisse pas les programmes se servir de la souris et du clavier.</translation>
    </message>
    <message>
        <source>This screen does not tell programs when its user moves the mouse or types, so their own input could not come first.</source>
        <translation>Cet écran n’indique pas aux programmes quand son utilisateur bouge la souris ou tape&#xa0;: il ne pourrait donc pas avoir la priorité.</translation>
    </message>
    <message>
        <source>Allow this program under System Settings, Privacy and Security, Accessibility, and start it again.</source>
        <translation>Autorisez ce programme dans Réglages Système, Confidentialité et sécurité, Accessibilité, puis relancez-le.</translation>
    </message>
    <message>
        <source>Windows takes Ctrl-Alt-Del from the keyboard only. Ask the customer to press it.</source>
        <translation>Windows n’accepte Ctrl-Alt-Suppr que du clavier. Demandez au client d’appuyer sur ces touches.</translation>
    </message>
    <message>
        <source>macOS has no Ctrl-Alt-Del.</source>
        <translation>macOS ne connaît pas Ctrl-Alt-Suppr.</translation>
    </message>
</context>
<context>
    <name>CreateSession</name>
    <message>
        <source>Create session</source>
        <translation>Créer une session</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>Name or number of the customer; it labels the session</source>
        <translation>Nom ou identifiant du client&#xa0;; il désigne la session</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>&amp;Customer&apos;s language</source>
        <translation>Lan&amp;gue du client</translation>
    </message>
    <message>
        <source>Customer&apos;s language</source>
        <translation>Langue du client</translation>
    </message>
    <message>
        <source>Language of the mail and of the page that the customer sees</source>
        <translation>Langue de l’e-mail et de la page que voit le client</translation>
    </message>
    <message>
        <source>Connection method</source>
        <translation>Méthode de connexion</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>CreateSessionDialog</name>
    <message>
        <source>What your technician group may do has just been changed.</source>
        <translation>Les autorisations de votre groupe de techniciens viennent d’être modifiées.</translation>
    </message>
    <message>
        <source>Shorten the name.</source>
        <translation>Raccourcissez le nom.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>The session has been created, but the e-mail was not sent.</source>
        <translation>La session a été créée, mais l’e-mail n’a pas été envoyé.</translation>
    </message>
</context>
<context>
    <name>CreateSessionEmail</name>
    <message>
        <source>Send the e-mail with my default mail client on this computer</source>
        <translation>Envoyer l’e-mail par mon client de messagerie par défaut sur ce PC</translation>
    </message>
    <message>
        <source>Send an e-mail on my behalf through the Rescue servers</source>
        <translation>Envoyer un e-mail de ma part par les serveurs Rescue</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>&amp;À</translation>
    </message>
    <message>
        <source>To</source>
        <translation>À</translation>
    </message>
    <message>
        <source>The customer&apos;s e-mail address</source>
        <translation>L’adresse e-mail du client</translation>
    </message>
    <message>
        <source>This message is for a mobile device</source>
        <translation>Ce message est pour un appareil mobile</translation>
    </message>
    <message>
        <source>Device &amp;platform</source>
        <translation>&amp;Plate-forme du périphérique</translation>
    </message>
    <message>
        <source>Device platform</source>
        <translation>Plate-forme du périphérique</translation>
    </message>
    <message>
        <source>Copy &amp;text</source>
        <translation>Copier le &amp;texte</translation>
    </message>
    <message>
        <source>Copies the subject and the text of the mail, with the link</source>
        <translation>Copie l’objet et le texte de l’e-mail, avec le lien</translation>
    </message>
    <message>
        <source>Copy &amp;link</source>
        <translation>Copier le &amp;lien</translation>
    </message>
    <message>
        <source>&amp;Open mail client again</source>
        <translation>&amp;Ouvrir de nouveau le client de messagerie</translation>
    </message>
    <message>
        <source>The mail</source>
        <translation>L’e-mail</translation>
    </message>
</context>
<context>
    <name>CreateSessionLink</name>
    <message>
        <source>Creates a session and copies its link, for you to paste into a chat or any other message to the customer.</source>
        <translation>Crée une session et copie son lien, à coller dans une messagerie instantanée ou dans tout autre message au client.</translation>
    </message>
    <message>
        <source>Link for the &amp;customer</source>
        <translation>Lien pour le &amp;client</translation>
    </message>
    <message>
        <source>Link for the customer</source>
        <translation>Lien pour le client</translation>
    </message>
    <message>
        <source>Copy &amp;link again</source>
        <translation>Copier de nouveau le &amp;lien</translation>
    </message>
</context>
<context>
    <name>CreateSessionPin</name>
    <message>
        <source>The customer opens this page:</source>
        <translation>Le client ouvre cette page&#xa0;:</translation>
    </message>
    <message>
        <source>Address of the page</source>
        <translation>Adresse de la page</translation>
    </message>
    <message>
        <source>and types this PIN code:</source>
        <translation>et tape ce code PIN&#xa0;:</translation>
    </message>
    <message>
        <source>PIN code</source>
        <translation>Code PIN</translation>
    </message>
    <message>
        <source>Copy &amp;PIN code</source>
        <translation>Copier le code &amp;PIN</translation>
    </message>
    <message>
        <source>Copy &amp;address</source>
        <translation>Copier l’&amp;adresse</translation>
    </message>
</context>
<context>
    <name>DesktopNotices</name>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
</context>
<context>
    <name>DevicePlatform</name>
    <message>
        <source>Automatic detection</source>
        <translation>Détection automatique</translation>
    </message>
</context>
<context>
    <name>EmailTab</name>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Send link by e-mail</source>
        <translation>Envoyer le lien par e-mail</translation>
    </message>
    <message>
        <source>Neither way of sending is available.</source>
        <translation>Aucun des deux modes d’envoi n’est disponible.</translation>
    </message>
    <message>
        <source>This server cannot send mail yet. Ask your IT department to set up its mail server.</source>
        <translation>Ce serveur ne peut pas encore envoyer d’e-mails. Demandez à votre service informatique de configurer son serveur de messagerie.</translation>
    </message>
</context>
<context>
    <name>EmailTrouble</name>
    <message>
        <source>The mail server does not accept this recipient. Check the address, and send the link to another one.</source>
        <translation>Le serveur de messagerie n’accepte pas ce destinataire. Vérifiez l’adresse et envoyez le lien à une autre.</translation>
    </message>
    <message>
        <source>The mail server does not accept this message. Give the customer a PIN code or the link.</source>
        <translation>Le serveur de messagerie n’accepte pas ce message. Donnez au client un code PIN ou le lien.</translation>
    </message>
    <message>
        <source>The recipient’s address cannot be written in an e-mail. Send the link to another one.</source>
        <translation>L’adresse du destinataire ne peut pas être écrite dans un e-mail. Envoyez le lien à une autre.</translation>
    </message>
    <message>
        <source>The session ended before the e-mail could be sent.</source>
        <translation>La session s’est terminée avant que l’e-mail ait pu être envoyé.</translation>
    </message>
    <message>
        <source>The mail server does not accept the Rescue server’s user and password.</source>
        <translation>Le serveur de messagerie n’accepte pas l’utilisateur et le mot de passe du serveur Rescue.</translation>
    </message>
    <message>
        <source>The mail server offers no way to sign in that the Rescue server knows.</source>
        <translation>Le serveur de messagerie ne propose aucun moyen de connexion que le serveur Rescue connaisse.</translation>
    </message>
    <message>
        <source>The mail server and the Rescue server do not agree about encryption.</source>
        <translation>Le serveur de messagerie et le serveur Rescue ne s’accordent pas sur le chiffrement.</translation>
    </message>
    <message>
        <source>The Rescue server does not trust the mail server’s certificate.</source>
        <translation>Le serveur Rescue ne se fie pas au certificat du serveur de messagerie.</translation>
    </message>
    <message>
        <source>The mail server does not accept the sender’s address.</source>
        <translation>Le serveur de messagerie n’accepte pas l’adresse de l’expéditeur.</translation>
    </message>
    <message>
        <source>The mail server refuses to send e-mails for the Rescue server.</source>
        <translation>Le serveur de messagerie refuse d’envoyer des e-mails pour le serveur Rescue.</translation>
    </message>
    <message>
        <source>The Rescue server cannot reach the mail server.</source>
        <translation>Le serveur Rescue ne peut pas joindre le serveur de messagerie.</translation>
    </message>
    <message>
        <source>The Rescue server cannot write the folder for e-mails.</source>
        <translation>Le serveur Rescue ne peut pas écrire dans le dossier des e-mails.</translation>
    </message>
    <message>
        <source>The Rescue server made a mistake; its log says more.</source>
        <translation>Le serveur Rescue a commis une erreur&#xa0;; son journal en dit plus.</translation>
    </message>
    <message>
        <source>The mail server asks the Rescue server to try again later.</source>
        <translation>Le serveur de messagerie demande au serveur Rescue de réessayer plus tard.</translation>
    </message>
    <message>
        <source>The mail server did not answer in time, or broke off.</source>
        <translation>Le serveur de messagerie n’a pas répondu à temps, ou a coupé la connexion.</translation>
    </message>
    <message>
        <source>Your IT has to mend this.</source>
        <translation>Votre service informatique doit y remédier.</translation>
    </message>
    <message>
        <source>It is tried again by itself.</source>
        <translation>Un nouvel essai a lieu automatiquement.</translation>
    </message>
    <message>
        <source>It is not tried any more: create the session again.</source>
        <translation>Il n’y a plus d’essai&#xa0;: créez de nouveau la session.</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>Your sign-in has ended. Please sign in again.</source>
        <translation>Votre connexion a pris fin. Veuillez vous reconnecter.</translation>
    </message>
    <message>
        <source>The answer was not understood. Check that the address is that of a Rescue server and that this program is up to date.</source>
        <translation>La réponse n’a pas été comprise. Vérifiez que l’adresse est celle d’un serveur Rescue et que ce programme est à jour.</translation>
    </message>
    <message>
        <source>No server has this name. Check the address for typing errors and this computer&apos;s network connection.</source>
        <translation>Aucun serveur ne porte ce nom. Vérifiez l’orthographe de l’adresse et la connexion réseau de cet ordinateur.</translation>
    </message>
    <message>
        <source>Nothing answers at this address. Check the address and its port number, or ask whether the server is running.</source>
        <translation>Rien ne répond à cette adresse. Vérifiez l’adresse et son numéro de port, ou demandez si le serveur est en marche.</translation>
    </message>
    <message>
        <source>The server did not answer in time. Check the network and try again.</source>
        <translation>Le serveur n’a pas répondu à temps. Vérifiez le réseau et réessayez.</translation>
    </message>
    <message>
        <source>The server&apos;s security certificate has expired, or this computer&apos;s clock is wrong. Nothing was sent.</source>
        <translation>Le certificat de sécurité du serveur a expiré, ou l’horloge de cet ordinateur est déréglée. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>The server&apos;s security certificate is for another name. Check the address. Nothing was sent.</source>
        <translation>Le certificat de sécurité du serveur porte un autre nom. Vérifiez l’adresse. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>The server&apos;s security certificate comes from an issuer that this computer does not trust. Ask your IT department. Nothing was sent.</source>
        <translation>Le certificat de sécurité du serveur provient d’un émetteur auquel cet ordinateur ne fait pas confiance. Adressez-vous à votre service informatique. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>The server does not offer a secure connection at this address. Check the address and its port number.</source>
        <translation>Le serveur ne propose pas de connexion sécurisée à cette adresse. Vérifiez l’adresse et son numéro de port.</translation>
    </message>
    <message>
        <source>The connection to the server was lost. Please try again.</source>
        <translation>La connexion au serveur a été perdue. Veuillez réessayer.</translation>
    </message>
    <message>
        <source>The server is not ready at the moment. Please try again shortly.</source>
        <translation>Le serveur n’est pas prêt pour le moment. Veuillez réessayer dans un instant.</translation>
    </message>
    <message>
        <source>This computer is set to use the proxy {0}, which this program cannot use. Only HTTP proxies can be used: ask your IT department.</source>
        <translation>Cet ordinateur est réglé pour utiliser le proxy {0}, que ce programme ne peut pas utiliser. Seuls les proxys HTTP conviennent&#xa0;: adressez-vous à votre service informatique.</translation>
    </message>
    <message>
        <source>The proxy {0}, which this computer is set to use, cannot be reached. Check the proxy settings and the network connection.</source>
        <translation>Le proxy {0}, que cet ordinateur est réglé pour utiliser, est injoignable. Vérifiez les réglages du proxy et la connexion au réseau.</translation>
    </message>
    <message>
        <source>The proxy {0} wants a user name and a password, or does not accept those that are set. Ask your IT department.</source>
        <translation>Le proxy {0} demande un nom d’utilisateur et un mot de passe, ou refuse ceux qui sont réglés. Adressez-vous à votre service informatique.</translation>
    </message>
    <message>
        <source>The proxy {0} does not let the connection to the server through. Check the server&apos;s address, and ask your IT department to allow it.</source>
        <translation>Le proxy {0} ne laisse pas passer la connexion au serveur. Vérifiez l’adresse du serveur et demandez à votre service informatique de l’autoriser.</translation>
    </message>
    <message>
        <source>There is no connection to the server. It is tried again by itself.</source>
        <translation>Il n’y a pas de connexion au serveur. De nouveaux essais sont faits automatiquement.</translation>
    </message>
    <message>
        <source>The e-mail address or the password is not right.</source>
        <translation>L’adresse e-mail ou le mot de passe n’est pas correct.</translation>
    </message>
    <message>
        <source>You have sent as many e-mails as you may within an hour. Try again in {0} min, use your own mail client, or read out a PIN code.</source>
        <translation>Vous avez envoyé autant d’e-mails que permis en une heure. Réessayez dans {0} min, utilisez votre propre messagerie ou dictez un code PIN.</translation>
    </message>
    <message>
        <source>This session has sent as many e-mails as it may. Create a new session.</source>
        <translation>Cette session a envoyé autant d’e-mails que permis. Créez une nouvelle session.</translation>
    </message>
    <message>
        <source>The chat of this session is full. Create a new session to go on writing.</source>
        <translation>La discussion de cette session contient autant de messages que possible. Créez une nouvelle session pour continuer à écrire.</translation>
    </message>
    <message>
        <source>Your group lacks the permission “{0}”.</source>
        <translation>Votre groupe n’a pas l’autorisation «&#xa0;{0}&#xa0;».</translation>
    </message>
    <message>
        <source>{0} already has this session.</source>
        <translation>{0} a déjà pris cette session.</translation>
    </message>
    <message>
        <source>This is no longer there, or you may no longer see it.</source>
        <translation>Cet élément n’existe plus, ou vous ne pouvez plus le voir.</translation>
    </message>
    <message>
        <source>The session&apos;s status has changed in the meantime.</source>
        <translation>Le statut de la session a changé entre-temps.</translation>
    </message>
    <message>
        <source>You have as many active sessions as your group may have at once. Hold, transfer or close one first.</source>
        <translation>Vous avez autant de sessions actives que votre groupe le permet. Suspendez, transférez ou fermez-en une d’abord.</translation>
    </message>
    <message>
        <source>The server is busy. Nothing was changed. Please try again.</source>
        <translation>Le serveur est occupé. Rien n’a été modifié. Veuillez réessayer.</translation>
    </message>
    <message>
        <source>The server&apos;s disk is full. Nothing was changed. Tell your IT department.</source>
        <translation>Le disque du serveur est plein. Rien n’a été modifié. Prévenez votre service informatique.</translation>
    </message>
    <message>
        <source>Something went wrong in the server. Nothing was lost here; try again.</source>
        <translation>Une erreur s’est produite sur le serveur. Rien n’a été perdu ici&#xa0;; réessayez.</translation>
    </message>
    <message>
        <source>Too many attempts. Please try again in {0} s.</source>
        <translation>Trop de tentatives. Veuillez réessayer dans {0} s.</translation>
    </message>
    <message>
        <source>Too many attempts. Please try again in {0} min.</source>
        <translation>Trop de tentatives. Veuillez réessayer dans {0} min.</translation>
    </message>
    <message>
        <source>Your colleague is away or busy and cannot take a session now.</source>
        <translation>Votre collègue est absent ou occupé et ne peut pas prendre de session pour le moment.</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Nothing could be read</source>
        <translation>Rien n’a pu être lu</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Processeur</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Disks</source>
        <translation>Disques</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Processus</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Operating system</source>
        <translation>Système d’exploitation</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architecture</translation>
    </message>
    <message>
        <source>Running for</source>
        <translation>En marche depuis</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Home folder</source>
        <translation>Dossier personnel</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Logical processors</source>
        <translation>Processeurs logiques</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installée</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>Disponible</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Espace d’échange</translation>
    </message>
    <message>
        <source>Swap free</source>
        <translation>Espace d’échange libre</translation>
    </message>
    <message>
        <source>Page file</source>
        <translation>Fichier d’échange</translation>
    </message>
    <message>
        <source>IPv4 address</source>
        <translation>Adresse IPv4</translation>
    </message>
    <message>
        <source>IPv6 address</source>
        <translation>Adresse IPv6</translation>
    </message>
    <message>
        <source>{0} free of {1}</source>
        <translation>{0} libres sur {1}</translation>
    </message>
</context>
<context>
    <name>FactsModel</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
</context>
<context>
    <name>FileProblem</name>
    <message>
        <source>The transfer was cancelled.</source>
        <translation>Le transfert a été annulé.</translation>
    </message>
    <message>
        <source>The other side does not want the file.</source>
        <translation>L’autre côté ne veut pas du fichier.</translation>
    </message>
    <message>
        <source>The disk of the receiving device is full.</source>
        <translation>Le disque de l’appareil qui reçoit est plein.</translation>
    </message>
    <message>
        <source>There is not enough room for the file on the receiving device.</source>
        <translation>Il n’y a pas assez de place pour le fichier sur l’appareil qui reçoit.</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>Le fichier ne peut pas être lu.</translation>
    </message>
    <message>
        <source>It is a link or a device, not a file, and is not sent.</source>
        <translation>C’est un lien ou un périphérique, pas un fichier&#xa0;; il n’est pas envoyé.</translation>
    </message>
    <message>
        <source>The file cannot be written to the receiving folder.</source>
        <translation>Le fichier ne peut pas être écrit dans le dossier de réception.</translation>
    </message>
    <message>
        <source>The file changed while it was being sent.</source>
        <translation>Le fichier a changé pendant l’envoi.</translation>
    </message>
    <message>
        <source>The file arrived damaged and was deleted. Send it again.</source>
        <translation>Le fichier est arrivé abîmé et a été supprimé. Envoyez-le à nouveau.</translation>
    </message>
    <message>
        <source>Too many files at once.</source>
        <translation>Trop de fichiers à la fois.</translation>
    </message>
    <message>
        <source>The other side did not keep to the rules of a transfer.</source>
        <translation>L’autre côté n’a pas respecté les règles d’un transfert.</translation>
    </message>
    <message>
        <source>Transferring files is no longer allowed.</source>
        <translation>Le transfert de fichiers n’est plus autorisé.</translation>
    </message>
    <message>
        <source>A file of this name is there already and was left as it is.</source>
        <translation>Un fichier de ce nom s’y trouve déjà et a été laissé tel quel.</translation>
    </message>
    <message>
        <source>The transfer failed because of a fault in the program.</source>
        <translation>Le transfert a échoué à cause d’un défaut du programme.</translation>
    </message>
    <message>
        <source>The same file is being received already.</source>
        <translation>Le même fichier est déjà en cours de réception.</translation>
    </message>
    <message>
        <source>The file is too large to be sent without the applet.</source>
        <translation>Le fichier est trop grand pour être envoyé sans l’applet.</translation>
    </message>
    <message>
        <source>Files go through the applet from now on. Send it again.</source>
        <translation>Les fichiers passent désormais par l’applet. Envoyez-le de nouveau.</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>{0} wants to send you “{1}” ({2}). Receive it in Downloads?</source>
        <translation>{0} veut vous envoyer «&#xa0;{1}&#xa0;» ({2}). Recevoir le fichier dans Téléchargements&#xa0;?</translation>
    </message>
    <message>
        <source>{0} wants to send you the folder “{1}”. Receive it in Downloads?</source>
        <translation>{0} veut vous envoyer le dossier «&#xa0;{1}&#xa0;». Le recevoir dans Téléchargements&#xa0;?</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>Recevoir</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Refuser</translation>
    </message>
    <message>
        <source>Refuse all from this customer</source>
        <translation>Tout refuser de ce client</translation>
    </message>
    <message>
        <source>{0}: “{1}” is in the folder already.</source>
        <translation>{0}&#xa0;: «&#xa0;{1}&#xa0;» se trouve déjà dans le dossier.</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Garder les deux</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Remplacer</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Ignorer</translation>
    </message>
</context>
<context>
    <name>FilesPane</name>
    <message>
        <source>Transfers under way: {0}. They will be cancelled.</source>
        <translation>Transferts en cours&#xa0;: {0}. Ils seront annulés.</translation>
    </message>
    <message>
        <source>Files from {0} are refused without a question.</source>
        <translation>Les fichiers de {0} sont refusés sans question.</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Demander à nouveau</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>These are too many files at once.</source>
        <translation>Cela fait trop de fichiers à la fois.</translation>
    </message>
    <message>
        <source>Send to the customer</source>
        <translation>Envoyer au client</translation>
    </message>
    <message>
        <source>This needs the applet on the customer’s device, which is not connected.</source>
        <translation>Il faut pour cela l’applet sur l’appareil du client, qui n’est pas connectée.</translation>
    </message>
    <message>
        <source>Waiting for the connection to the customer’s applet.</source>
        <translation>En attente de la connexion à l’applet du client.</translation>
    </message>
    <message>
        <source>Waiting for the connection to the customer’s page.</source>
        <translation>En attente de la connexion à la page du client.</translation>
    </message>
    <message>
        <source>Your group may not send files.</source>
        <translation>Votre groupe ne peut pas envoyer de fichiers.</translation>
    </message>
    <message>
        <source>Without the applet on the customer’s device only single files of up to {0} can be exchanged.</source>
        <translation>Sans l’applet sur l’appareil du client, seuls des fichiers isolés de {0} au plus peuvent être échangés.</translation>
    </message>
    <message>
        <source>The customer has not allowed this yet.</source>
        <translation>Le client ne l’a pas encore autorisé.</translation>
    </message>
    <message>
        <source>Send &amp;files…</source>
        <translation>Envoyer des &amp;fichiers…</translation>
    </message>
    <message>
        <source>Send a f&amp;older…</source>
        <translation>Envoyer un d&amp;ossier…</translation>
    </message>
    <message>
        <source>&amp;Ask the customer</source>
        <translation>Dem&amp;ander au client</translation>
    </message>
    <message>
        <source>The customer sees the same digits if nobody sits between you. Compare them aloud.</source>
        <translation>Le client voit les mêmes chiffres si personne ne s’est glissé entre vous. Comparez-les à voix haute.</translation>
    </message>
    <message>
        <source>&amp;Transfers</source>
        <translation>&amp;Transferts</translation>
    </message>
    <message>
        <source>Transfers</source>
        <translation>Transferts</translation>
    </message>
    <message>
        <source>All transfers together</source>
        <translation>Tous les transferts ensemble</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>Annule&amp;r</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>Tout annuler</translation>
    </message>
    <message>
        <source>O&amp;pen folder</source>
        <translation>Ou&amp;vrir le dossier</translation>
    </message>
    <message>
        <source>C&amp;lear list</source>
        <translation>V&amp;ider la liste</translation>
    </message>
    <message>
        <source>With the applet on the customer’s device files go through the server and need no such way.</source>
        <translation>Avec l’applet sur l’appareil du client, les fichiers passent par le serveur et n’ont pas besoin d’un tel chemin.</translation>
    </message>
</context>
<context>
    <name>FolderModel</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Modifié</translation>
    </message>
</context>
<context>
    <name>FolderProblem</name>
    <message>
        <source>Too much at once. Try again.</source>
        <translation>Trop de choses à la fois. Réessayez.</translation>
    </message>
    <message>
        <source>It failed because of a fault in the program.</source>
        <translation>Échec à cause d’une erreur du programme.</translation>
    </message>
    <message>
        <source>The customer no longer allows it.</source>
        <translation>Le client ne l’autorise plus.</translation>
    </message>
    <message>
        <source>This is not a whole path.</source>
        <translation>Ce n’est pas un chemin complet.</translation>
    </message>
    <message>
        <source>There are too many files in this folder.</source>
        <translation>Ce dossier contient trop de fichiers.</translation>
    </message>
    <message>
        <source>It cannot be read.</source>
        <translation>Impossible de le lire.</translation>
    </message>
    <message>
        <source>There is nothing that can be sent.</source>
        <translation>Il n’y a rien qui puisse être envoyé.</translation>
    </message>
    <message>
        <source>This name or path cannot be used.</source>
        <translation>Ce nom ou ce chemin ne peut pas être utilisé.</translation>
    </message>
    <message>
        <source>This name cannot be used.</source>
        <translation>Ce nom ne peut pas être utilisé.</translation>
    </message>
    <message>
        <source>Something of this name is there already.</source>
        <translation>Il existe déjà quelque chose de ce nom.</translation>
    </message>
    <message>
        <source>This folder is needed by the system and is not deleted.</source>
        <translation>Ce dossier est nécessaire au système et n’est pas supprimé.</translation>
    </message>
</context>
<context>
    <name>FolderView</name>
    <message>
        <source>{0} of {1} failed: {2}</source>
        <translation>{0} sur {1} en échec&#xa0;: {2}</translation>
    </message>
    <message>
        <source>The folder holds more than can be shown.</source>
        <translation>Le dossier contient plus que ce qui peut être affiché.</translation>
    </message>
    <message numerus="yes">
        <source>Not shown: %n thing(s).</source>
        <translation>
            <numerusform>%n élément n’est pas affiché.</numerusform>
            <numerusform>%n éléments ne sont pas affichés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Their names are not readable text.</source>
        <translation>Leurs noms ne sont pas du texte lisible.</translation>
    </message>
    <message>
        <source>Where to put the files</source>
        <translation>Où mettre les fichiers</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Nouveau dossier</translation>
    </message>
    <message>
        <source>Name of the folder</source>
        <translation>Nom du dossier</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Nouveau nom</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n thing(s) on the customer’s device? This cannot be undone.</source>
        <translation>
            <numerusform>Supprimer %n élément sur l’appareil du client&#xa0;? C’est irréversible.</numerusform>
            <numerusform>Supprimer %n éléments sur l’appareil du client&#xa0;? C’est irréversible.</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Customer’s fol&amp;ders</source>
        <translation>Dossiers du c&amp;lient</translation>
    </message>
    <message>
        <source>&amp;Up</source>
        <translation>&amp;Monter</translation>
    </message>
    <message>
        <source>Path of the folder</source>
        <translation>Chemin du dossier</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>Act&amp;ualiser</translation>
    </message>
    <message>
        <source>Customer’s folder</source>
        <translation>Dossier du client</translation>
    </message>
    <message>
        <source>Fetc&amp;h…</source>
        <translation>Ré&amp;cupérer…</translation>
    </message>
    <message>
        <source>&amp;New folder…</source>
        <translation>&amp;Nouveau dossier…</translation>
    </message>
    <message>
        <source>Rena&amp;me…</source>
        <translation>R&amp;enommer…</translation>
    </message>
    <message>
        <source>D&amp;elete…</source>
        <translation>&amp;Supprimer…</translation>
    </message>
    <message>
        <source>As&amp;k the customer</source>
        <translation>&amp;Demander au client</translation>
    </message>
</context>
<context>
    <name>FullScreenBar</name>
    <message>
        <source>Granted: {0}</source>
        <translation>Accordé&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Nothing is granted.</source>
        <translation>Rien n’est accordé.</translation>
    </message>
    <message>
        <source>Which of the customer’s screens is shown</source>
        <translation>Lequel des écrans du client est affiché</translation>
    </message>
    <message>
        <source>Ask for more</source>
        <translation>Demander plus</translation>
    </message>
    <message>
        <source>Leave full screen</source>
        <translation>Quitter le plein écran</translation>
    </message>
    <message>
        <source>F11 leaves it, too, and so does Esc while it does not go to the customer</source>
        <translation>F11 le quitte aussi, de même qu’Échap tant que cette touche ne va pas au client</translation>
    </message>
</context>
<context>
    <name>Keyring</name>
    <message>
        <source>This computer has no keyring that works, so you must sign in at each start. To stay signed in, ask IT to set up a keyring on this computer.</source>
        <translation>Aucun trousseau de clés ne fonctionne sur cet ordinateur&#xa0;; vous devez vous connecter à chaque démarrage. Pour rester connecté, demandez au service informatique d’en installer un.</translation>
    </message>
    <message>
        <source>This computer’s keyring is locked, so you must sign in at each start. To stay signed in, unlock it with your system’s password manager, then start this program again.</source>
        <translation>Le trousseau de clés de cet ordinateur est verrouillé&#xa0;; vous devez vous connecter à chaque démarrage. Pour rester connecté, déverrouillez-le avec le gestionnaire de mots de passe de votre système, puis relancez ce programme.</translation>
    </message>
    <message>
        <source>You did not unlock this computer’s keyring, so your sign-in is not kept this time. To stay signed in, start this program again and type the keyring’s password when it asks.</source>
        <translation>Vous n’avez pas déverrouillé le trousseau de clés de cet ordinateur&#xa0;; votre connexion n’est pas conservée cette fois. Pour rester connecté, relancez ce programme et tapez le mot de passe du trousseau quand il le demande.</translation>
    </message>
    <message>
        <source>This computer’s keyring did not answer in time, so your sign-in is not kept this time. If it still asks for its password, type it; then start this program again.</source>
        <translation>Le trousseau de clés de cet ordinateur n’a pas répondu à temps&#xa0;; votre connexion n’est pas conservée cette fois. S’il demande encore son mot de passe, tapez-le, puis relancez ce programme.</translation>
    </message>
    <message>
        <source>This computer’s keyring reports an error, so your sign-in is not kept this time. The log file says which; show it to IT if it comes again.</source>
        <translation>Le trousseau de clés de cet ordinateur signale une erreur&#xa0;; votre connexion n’est pas conservée cette fois. Le fichier journal dit laquelle&#xa0;; montrez-le au service informatique si elle se répète.</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>English</source>
        <translation>Français</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>Sign out</source>
        <translation>Se déconnecter</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>You have active sessions: {0}. They stay active on the server, and nobody helps these customers until you are back or a colleague takes over.</source>
        <translation>Vous avez des sessions actives&#xa0;: {0}. Elles restent actives sur le serveur, et personne n’aide ces clients tant que vous n’êtes pas revenu ou qu’un collègue n’a pas pris la suite.</translation>
    </message>
    <message>
        <source>Chat messages that have not been sent: {0}. They are kept on this computer and sent after you have signed in again.</source>
        <translation>Messages de discussion non envoyés&#xa0;: {0}. Ils sont conservés sur cet ordinateur et seront envoyés après votre prochaine connexion.</translation>
    </message>
</context>
<context>
    <name>LinkTab</name>
    <message>
        <source>Link</source>
        <translation>Lien</translation>
    </message>
    <message>
        <source>Copy link to clipboard</source>
        <translation>Copier le lien dans le Presse-papiers</translation>
    </message>
    <message>
        <source>The link has been copied to the clipboard.</source>
        <translation>Le lien a été copié dans le Presse-papiers.</translation>
    </message>
</context>
<context>
    <name>Links</name>
    <message>
        <source>Links of this server lead to {0}, so only the computer that it runs on can open them; with --local, that is this computer. To help somebody elsewhere, sign in to a server that they can reach, or ask your IT department to set this server&apos;s public URL.</source>
        <translation>Les liens de ce serveur mènent à {0}&#xa0;: seul l’ordinateur sur lequel il fonctionne peut les ouvrir&#xa0;; avec --local, c’est cet ordinateur-ci. Pour aider quelqu’un ailleurs, connectez-vous à un serveur qu’il peut joindre, ou demandez à votre service informatique de régler l’URL publique de ce serveur.</translation>
    </message>
</context>
<context>
    <name>LocalServer</name>
    <message>
        <source>The server on this computer has ended unexpectedly and is being started again. Your sessions are kept, and customers’ pages come back by themselves.</source>
        <translation>Le serveur sur cet ordinateur s’est arrêté de façon inattendue et est en train de redémarrer. Vos sessions sont conservées, et les pages des clients reviennent d’elles-mêmes.</translation>
    </message>
    <message>
        <source>The server on this computer keeps ending, so it is no longer started by itself. Try now, or quit and start this program again. If that does not help, the log says why (Help, Open log folder).</source>
        <translation>Le serveur sur cet ordinateur ne cesse de s’arrêter et n’est donc plus redémarré automatiquement. Essayez maintenant, ou quittez ce programme et démarrez-le de nouveau. Si cela ne suffit pas, le journal en dit la raison (Aide, Ouvrir le dossier des journaux).</translation>
    </message>
</context>
<context>
    <name>LogPane</name>
    <message>
        <source>Session log</source>
        <translation>Journal de la session</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Inconnu</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Méthode</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>Plate-forme</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Technician</source>
        <translation>Technicien</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Créée</translation>
    </message>
</context>
<context>
    <name>MailHandover</name>
    <message>
        <source>The mail is open in your mail client</source>
        <translation>L’e-mail est ouvert dans votre client de messagerie</translation>
    </message>
    <message>
        <source>Send it from there. If no mail has appeared, copy the text or the link and send it another way.</source>
        <translation>Envoyez-le depuis celui-ci. Si aucun e-mail n’est apparu, copiez le texte ou le lien et envoyez-le autrement.</translation>
    </message>
    <message>
        <source>The mail is too long for a mail client</source>
        <translation>L’e-mail est trop long pour un client de messagerie</translation>
    </message>
    <message>
        <source>Mail clients cut off a mail of this length when a program opens it. Copy the text or the link and send it another way.</source>
        <translation>Les clients de messagerie tronquent un e-mail de cette longueur lorsqu’un programme l’ouvre. Copiez le texte ou le lien et envoyez-le autrement.</translation>
    </message>
    <message>
        <source>No mail client could be opened</source>
        <translation>Aucun client de messagerie n’a pu être ouvert</translation>
    </message>
    <message>
        <source>This computer has no mail client set for opening mails. Copy the text or the link and send it another way.</source>
        <translation>Aucun client de messagerie n’est défini sur cet ordinateur pour ouvrir les e-mails. Copiez le texte ou le lien et envoyez-le autrement.</translation>
    </message>
    <message>
        <source>The text has been copied.</source>
        <translation>Le texte a été copié.</translation>
    </message>
    <message>
        <source>The link has been copied.</source>
        <translation>Le lien a été copié.</translation>
    </message>
</context>
<context>
    <name>MailPreview</name>
    <message>
        <source>the account of your mail client</source>
        <translation>le compte de votre client de messagerie</translation>
    </message>
    <message>
        <source>The preview could not be loaded.</source>
        <translation>L’aperçu n’a pas pu être chargé.</translation>
    </message>
    <message>
        <source>Loading the preview…</source>
        <translation>Chargement de l’aperçu…</translation>
    </message>
</context>
<context>
    <name>MailPreviewForm</name>
    <message>
        <source>Preview</source>
        <translation>Aperçu</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>Reply to</source>
        <translation>Répondre à</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>Text of the mail</source>
        <translation>Texte de l’e-mail</translation>
    </message>
    <message>
        <source>Try &amp;again</source>
        <translation>&amp;Réessayer</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Rescue Console</source>
        <translation>Rescue Console</translation>
    </message>
    <message>
        <source>Active sessions</source>
        <translation>Sessions actives</translation>
    </message>
    <message>
        <source>No active session</source>
        <translation>Aucune session active</translation>
    </message>
    <message>
        <source>Select a waiting customer in the list and choose Start. Each active session gets a tab here.</source>
        <translation>Sélectionnez un client en attente dans la liste et cliquez sur Démarrer. Chaque session active a son onglet ici.</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Session</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Outils</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;ide</translation>
    </message>
    <message>
        <source>Session toolbar</source>
        <translation>Barre d’outils de session</translation>
    </message>
    <message>
        <source>Status bar</source>
        <translation>Barre d’état</translation>
    </message>
    <message>
        <source>&amp;New session</source>
        <translation>&amp;Nouvelle session</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Démarrer</translation>
    </message>
    <message>
        <source>&amp;Hold</source>
        <translation>S&amp;uspendre</translation>
    </message>
    <message>
        <source>&amp;Transfer…</source>
        <translation>&amp;Transférer…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Fermer</translation>
    </message>
    <message>
        <source>Copy &amp;link</source>
        <translation>Copier le &amp;lien</translation>
    </message>
    <message>
        <source>Copy co&amp;de</source>
        <translation>Copier le c&amp;ode</translation>
    </message>
    <message>
        <source>Session lo&amp;g…</source>
        <translation>&amp;Journal de la session…</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>Se d&amp;éconnecter</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>&amp;Find a session</source>
        <translation>&amp;Rechercher une session</translation>
    </message>
    <message>
        <source>&amp;Read the list again</source>
        <translation>&amp;Actualiser la liste</translation>
    </message>
    <message>
        <source>&amp;Between list and session</source>
        <translation>Entre la &amp;liste et la session</translation>
    </message>
    <message>
        <source>&amp;Next active session</source>
        <translation>Session active &amp;suivante</translation>
    </message>
    <message>
        <source>&amp;Previous active session</source>
        <translation>Session active &amp;précédente</translation>
    </message>
    <message>
        <source>&amp;Options…</source>
        <translation>&amp;Options…</translation>
    </message>
    <message>
        <source>Open &amp;log folder</source>
        <translation>Ouvrir le dossier des &amp;journaux</translation>
    </message>
    <message>
        <source>&amp;About Rescue Console</source>
        <translation>À &amp;propos de Rescue Console</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Réessayer maintenant</translation>
    </message>
    <message>
        <source>Got it</source>
        <translation>Compris</translation>
    </message>
    <message>
        <source>{0} at {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>Waiting: {0}   Active: {1}   Open: {2}</source>
        <translation>En attente&#xa0;: {0}   Actives&#xa0;: {1}   Ouvertes&#xa0;: {2}</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>Connected, without WebSockets</source>
        <translation>Connecté, sans WebSocket</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Non connecté</translation>
    </message>
</context>
<context>
    <name>News</name>
    <message>
        <source>Reading sessions: {0}</source>
        <translation>Lecture des sessions&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>NotesPane</name>
    <message>
        <source>Notes</source>
        <translation>Notes</translation>
    </message>
    <message>
        <source>The notes have {0} characters; only {1} can be stored.</source>
        <translation>Les notes ont {0} caractères&#xa0;; seuls {1} peuvent être enregistrés.</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>Enregistré</translation>
    </message>
    <message>
        <source>Not stored on the server yet…</source>
        <translation>Pas encore enregistré sur le serveur…</translation>
    </message>
    <message>
        <source>Kept on this computer only: {0}</source>
        <translation>Conservé sur cet ordinateur seulement&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Notes on the session</source>
        <translation>Notes sur la session</translation>
    </message>
    <message>
        <source>Notes for you and your colleagues; the customer does not see them. They are stored as you write.</source>
        <translation>Notes pour vous et vos collègues&#xa0;; le client ne les voit pas. Elles sont enregistrées au fur et à mesure.</translation>
    </message>
</context>
<context>
    <name>Notifications</name>
    <message>
        <source>New message</source>
        <translation>Nouveau message</translation>
    </message>
    <message>
        <source>Question about a file</source>
        <translation>Question sur un fichier</translation>
    </message>
    <message>
        <source>{0} transfers the session with {1}.</source>
        <translation>{0} transfère la session avec {1}.</translation>
    </message>
    <message>
        <source>Customers are waiting</source>
        <translation>Des clients sont en attente</translation>
    </message>
    <message>
        <source>{0} and {1} more</source>
        <translation>{0} et {1} autre(s)</translation>
    </message>
    <message>
        <source>A session is transferred to you</source>
        <translation>Une session vous est transférée</translation>
    </message>
    <message>
        <source>{0}, from {1}</source>
        <translation>{0}, de {1}</translation>
    </message>
    <message>
        <source>A customer is waiting</source>
        <translation>Un client est en attente</translation>
    </message>
    <message>
        <source>A session is over</source>
        <translation>Une session est terminée</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#xa0;: {1}</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Nothing opened</source>
        <translation>Rien ne s’est ouvert</translation>
    </message>
    <message>
        <source>No browser on this computer opened this address. Copy it and open it another way:</source>
        <translation>Aucun navigateur de cet ordinateur n’a ouvert cette adresse. Copiez-la et ouvrez-la autrement&#xa0;:</translation>
    </message>
    <message>
        <source>This folder is no longer there:</source>
        <translation>Ce dossier n’existe plus&#xa0;:</translation>
    </message>
    <message>
        <source>No program on this computer opened this folder. Copy where it is and open it another way:</source>
        <translation>Aucun programme de cet ordinateur n’a ouvert ce dossier. Copiez son emplacement et ouvrez-le autrement&#xa0;:</translation>
    </message>
</context>
<context>
    <name>OptionsForm</name>
    <message>
        <source>Options</source>
        <translation>Options</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Apparence</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Langue</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Thème</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>When a customer is waiting</source>
        <translation>Quand un client est en attente</translation>
    </message>
    <message>
        <source>Play a &amp;sound</source>
        <translation>Émettre un &amp;son</translation>
    </message>
    <message>
        <source>T&amp;est</source>
        <translation>T&amp;ester</translation>
    </message>
    <message>
        <source>Plays the sound once</source>
        <translation>Émet le son une fois</translation>
    </message>
    <message>
        <source>Show a desktop &amp;notification</source>
        <translation>Afficher une &amp;notification sur le bureau</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Démarrage</translation>
    </message>
    <message>
        <source>Start with the s&amp;ystem</source>
        <translation>Démarrer avec le s&amp;ystème</translation>
    </message>
    <message>
        <source>Starts this program when you sign in to this computer</source>
        <translation>Démarre ce programme lorsque vous ouvrez une session sur cet ordinateur</translation>
    </message>
    <message>
        <source>Connection to the server</source>
        <translation>Connexion au serveur</translation>
    </message>
    <message>
        <source>Changes apply at once.</source>
        <translation>Les changements s’appliquent aussitôt.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>OptionsWindow</name>
    <message>
        <source>Set by your organization for everyone on this computer.</source>
        <translation>Défini par votre organisation pour tous les utilisateurs de cet ordinateur.</translation>
    </message>
    <message>
        <source>The system did not take this change: {0}</source>
        <translation>Le système n’a pas accepté ce changement&#xa0;: {0}</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Close tab</source>
        <translation>Fermer l’onglet</translation>
    </message>
</context>
<context>
    <name>Permission</name>
    <message>
        <source>Private sessions</source>
        <translation>Sessions privées</translation>
    </message>
    <message>
        <source>Connection method: PIN code</source>
        <translation>Méthode de connexion&#xa0;: code PIN</translation>
    </message>
    <message>
        <source>Connection method: e-mail</source>
        <translation>Méthode de connexion&#xa0;: e-mail</translation>
    </message>
    <message>
        <source>Connection method: link</source>
        <translation>Méthode de connexion&#xa0;: lien</translation>
    </message>
    <message>
        <source>E-mail by own mail client</source>
        <translation>E-mail par son propre client de messagerie</translation>
    </message>
    <message>
        <source>E-mail through the Rescue servers</source>
        <translation>E-mail par les serveurs Rescue</translation>
    </message>
    <message>
        <source>Mobile module</source>
        <translation>Module mobile</translation>
    </message>
    <message>
        <source>Hold sessions</source>
        <translation>Suspendre des sessions</translation>
    </message>
    <message>
        <source>Transfer sessions</source>
        <translation>Transférer des sessions</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Discussion</translation>
    </message>
    <message>
        <source>See the screen</source>
        <translation>Voir l’écran</translation>
    </message>
    <message>
        <source>Record the screen</source>
        <translation>Enregistrer l’écran</translation>
    </message>
    <message>
        <source>Control mouse and keyboard</source>
        <translation>Utiliser la souris et le clavier</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>Presse-papiers</translation>
    </message>
    <message>
        <source>Send files</source>
        <translation>Envoyer des fichiers</translation>
    </message>
    <message>
        <source>Receive files</source>
        <translation>Recevoir des fichiers</translation>
    </message>
    <message>
        <source>File manager</source>
        <translation>Gestionnaire de fichiers</translation>
    </message>
    <message>
        <source>System information</source>
        <translation>Informations système</translation>
    </message>
    <message>
        <source>Restart the device</source>
        <translation>Redémarrer l’appareil</translation>
    </message>
    <message>
        <source>” or “</source>
        <translation>&#xa0;» ou «&#xa0;</translation>
    </message>
    <message>
        <source>Your group lacks the permission “{0}”.</source>
        <translation>Votre groupe n’a pas l’autorisation «&#xa0;{0}&#xa0;».</translation>
    </message>
</context>
<context>
    <name>PinTab</name>
    <message>
        <source>PIN code</source>
        <translation>Code PIN</translation>
    </message>
    <message>
        <source>Create PIN code</source>
        <translation>Créer un code PIN</translation>
    </message>
    <message>
        <source>Creates a short code that you tell the customer, who types it on this page:
{0}</source>
        <translation>Crée un code court que vous donnez au client et qu’il tape sur cette page&#xa0;:
{0}</translation>
    </message>
    <message>
        <source>This PIN code has expired. Create a new one.</source>
        <translation>Ce code PIN a expiré. Créez-en un autre.</translation>
    </message>
    <message>
        <source>Good for another {0} min {1} s</source>
        <translation>Encore valable {0} min {1} s</translation>
    </message>
    <message>
        <source>The PIN code has been copied.</source>
        <translation>Le code PIN a été copié.</translation>
    </message>
    <message>
        <source>The address has been copied.</source>
        <translation>L’adresse a été copiée.</translation>
    </message>
</context>
<context>
    <name>PlainWay</name>
    <message>
        <source>The proxy {0} lets no WebSocket through.</source>
        <translation>Le proxy {0} ne laisse passer aucun WebSocket.</translation>
    </message>
    <message>
        <source>This network lets no WebSocket through.</source>
        <translation>Ce réseau ne laisse passer aucun WebSocket.</translation>
    </message>
    <message>
        <source>Sessions, chat and the customer’s screen work all the same, a little more slowly. Control, files and system information by the applet do not: ask whoever runs the network to allow WebSockets to the Rescue server.</source>
        <translation>Les sessions, les messages et l’écran du client fonctionnent quand même, un peu plus lentement. Le contrôle, les fichiers et les informations système par l’applet ne fonctionnent pas&#xa0;: demandez au responsable du réseau d’autoriser les WebSockets vers le serveur Rescue.</translation>
    </message>
    <message>
        <source>The applet cannot be reached from here: this network lets no WebSocket through. Use another network, or ask whoever runs this one to allow WebSockets to the Rescue server.</source>
        <translation>L’applet est injoignable d’ici&#xa0;: ce réseau ne laisse passer aucun WebSocket. Utilisez un autre réseau, ou demandez au responsable de celui-ci d’autoriser les WebSockets vers le serveur Rescue.</translation>
    </message>
</context>
<context>
    <name>Power</name>
    <message>
        <source>asked to start the applet…</source>
        <translation>prié de démarrer l’applet…</translation>
    </message>
    <message>
        <source>Ask the customer to start the applet</source>
        <translation>Demander au client de démarrer l’applet</translation>
    </message>
    <message>
        <source>There is no connection to the server at the moment.</source>
        <translation>Il n’y a pas de connexion au serveur pour le moment.</translation>
    </message>
    <message>
        <source>The customer can be asked only while the session is active.</source>
        <translation>Le client ne peut être sollicité que pendant que la session est active.</translation>
    </message>
    <message>
        <source>This needs the applet on the customer&apos;s device, which is not connected.</source>
        <translation>Il faut pour cela l’applet sur l’appareil du client, qui n’est pas connectée.</translation>
    </message>
    <message>
        <source>Your server has no applet to offer: ask your IT department.</source>
        <translation>Votre serveur n’a pas d’applet à proposer&#xa0;: adressez-vous à votre service informatique.</translation>
    </message>
    <message>
        <source>Your server has no applet for {0}: ask your IT department.</source>
        <translation>Votre serveur n’a pas d’applet pour {0}&#xa0;: adressez-vous à votre service informatique.</translation>
    </message>
    <message>
        <source>See the screen</source>
        <translation>Voir l’écran</translation>
    </message>
    <message>
        <source>Control</source>
        <translation>Contrôle</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>Presse-papiers</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>File manager</source>
        <translation>Gestionnaire de fichiers</translation>
    </message>
    <message>
        <source>System information</source>
        <translation>Informations système</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Redémarrage</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>pas demandé</translation>
    </message>
    <message>
        <source>asked…</source>
        <translation>demandé…</translation>
    </message>
    <message>
        <source>granted</source>
        <translation>accordé</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>refusé</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>retiré</translation>
    </message>
    <message>
        <source>not possible</source>
        <translation>impossible</translation>
    </message>
</context>
<context>
    <name>PowerChanges</name>
    <message>
        <source>Give up</source>
        <translation>Renoncer</translation>
    </message>
</context>
<context>
    <name>PowerHindrance</name>
    <message>
        <source>The customer has declined. Explain in the chat what it is for, then ask again.</source>
        <translation>Le client a refusé. Expliquez par messages à quoi cela sert, puis demandez de nouveau.</translation>
    </message>
    <message>
        <source>The customer had allowed it and has ended it. If it is still needed, say so in the chat, then ask again.</source>
        <translation>Le client l’avait autorisé et y a mis fin. S’il le faut encore, dites-le par messages, puis demandez de nouveau.</translation>
    </message>
    <message>
        <source>The customer has closed their browser’s own question without choosing anything. Ask them to press Allow again and to choose a screen or a window. If the browser asks them nothing, it blocks the page: they can lift that at the icon beside the address.</source>
        <translation>Le client a fermé la question de son navigateur sans rien choisir. Demandez-lui d’appuyer de nouveau sur Autoriser et de choisir un écran ou une fenêtre. Si le navigateur ne lui demande rien, il bloque la page&#xa0;: le blocage se retire à l’icône à côté de l’adresse.</translation>
    </message>
    <message>
        <source>The customer’s system does not let their browser record the screen. Ask them to allow it (on a Mac: System Settings, Privacy and Security, Screen and System Audio Recording), to start the browser again, and to press Allow; or go on without the screen, in the chat and with the applet.</source>
        <translation>Le système du client ne laisse pas son navigateur enregistrer l’écran. Demandez-lui de l’autoriser (sur un Mac&#xa0;: Réglages Système, Confidentialité et sécurité, Enregistrement de l’écran et de l’audio système), de redémarrer le navigateur et d’appuyer sur Autoriser&#xa0;; ou continuez sans l’écran, par messages et avec l’applet.</translation>
    </message>
    <message>
        <source>A rule of whoever manages the customer’s browser or a server in between forbids showing the screen. Ask them to use another browser or device, with a new link; or go on without the screen, in the chat and with the applet.</source>
        <translation>Une règle de qui gère le navigateur du client, ou d’un serveur intermédiaire, interdit de montrer l’écran. Demandez-lui de prendre un autre navigateur ou appareil, avec un nouveau lien&#xa0;; ou continuez sans l’écran, par messages et avec l’applet.</translation>
    </message>
    <message>
        <source>The customer’s browser has been told to block the screen for this page, and asks them nothing. Ask them to click the icon beside the address, to remove the block, and to press Allow again; or go on without the screen, in the chat and with the applet.</source>
        <translation>Le navigateur du client a pour consigne de bloquer l’écran pour cette page et ne lui demande rien. Demandez-lui de cliquer sur l’icône à côté de l’adresse, de retirer le blocage et d’appuyer de nouveau sur Autoriser&#xa0;; ou continuez sans l’écran, par messages et avec l’applet.</translation>
    </message>
    <message>
        <source>The customer’s browser has found no screen or window. On a Mac, the system may not let it record the screen; on Linux, the service for sharing screens may not be running. Ask them to look there, or go on without the screen, in the chat and with the applet.</source>
        <translation>Le navigateur du client n’a trouvé ni écran ni fenêtre. Sur un Mac, le système ne le laisse peut-être pas enregistrer l’écran&#xa0;; sous Linux, le service de partage d’écran n’est peut-être pas lancé. Demandez-lui d’y regarder, ou continuez sans l’écran, par messages et avec l’applet.</translation>
    </message>
    <message>
        <source>The customer’s system does not give their browser a picture of the screen. Ask them to close other programs that share or record it, or to choose something else.</source>
        <translation>Le système du client ne donne à son navigateur aucune image de l’écran. Demandez-lui de fermer les autres programmes qui le partagent ou l’enregistrent, ou de choisir autre chose.</translation>
    </message>
    <message>
        <source>The customer’s browser gave up before anything was shown. Ask them to press Allow again or, if that does not help, to restart the browser.</source>
        <translation>Le navigateur du client a abandonné avant de montrer quoi que ce soit. Demandez-lui d’appuyer de nouveau sur Autoriser ou, si cela ne suffit pas, de redémarrer le navigateur.</translation>
    </message>
    <message>
        <source>The customer’s browser cannot show its screen, as on phones. It offers them the camera instead: ask them to point it at what is the matter.</source>
        <translation>Le navigateur du client ne peut pas montrer son écran, comme sur les téléphones. Il lui propose la caméra à la place&#xa0;: demandez-lui de la diriger vers ce qui pose problème.</translation>
    </message>
    <message>
        <source>The customer’s browser can show only a camera’s picture, and they have not allowed the camera. Ask them to press Allow again, and to allow it in the browser’s own question.</source>
        <translation>Le navigateur du client ne peut montrer que l’image d’une caméra, et la caméra n’a pas été autorisée. Demandez-lui d’appuyer de nouveau sur Autoriser et de l’autoriser dans la question du navigateur.</translation>
    </message>
    <message>
        <source>The customer’s browser can show only a camera’s picture, and their system does not let it use the camera. Ask them to allow it in the system’s settings, or go on in the chat.</source>
        <translation>Le navigateur du client ne peut montrer que l’image d’une caméra, et son système ne le laisse pas l’utiliser. Demandez-lui de l’autoriser dans les réglages du système, ou continuez par messages.</translation>
    </message>
    <message>
        <source>The customer’s browser can show only a camera’s picture, and a rule of whoever manages it forbids the camera. Ask them to use another device, with a new link, or go on in the chat.</source>
        <translation>Le navigateur du client ne peut montrer que l’image d’une caméra, et une règle de qui le gère interdit la caméra. Demandez-lui de prendre un autre appareil, avec un nouveau lien, ou continuez par messages.</translation>
    </message>
    <message>
        <source>The customer’s browser can show only a camera’s picture, and has been told to block the camera for this page. Ask them to tap the icon beside the address, to allow the camera, and to press Allow again.</source>
        <translation>Le navigateur du client ne peut montrer que l’image d’une caméra, et il a pour consigne de bloquer la caméra pour cette page. Demandez-lui de toucher l’icône à côté de l’adresse, d’autoriser la caméra et d’appuyer de nouveau sur Autoriser.</translation>
    </message>
    <message>
        <source>The customer’s browser can show only a camera’s picture, and has found no camera. Ask them to connect one, or go on in the chat.</source>
        <translation>Le navigateur du client ne peut montrer que l’image d’une caméra, et n’en a trouvé aucune. Demandez-lui d’en brancher une, ou continuez par messages.</translation>
    </message>
    <message>
        <source>The customer’s browser can show only a camera’s picture, and the camera gives none, usually because another program is using it. Ask them to close that program, and to press Allow again.</source>
        <translation>Le navigateur du client ne peut montrer que l’image d’une caméra, et elle n’en donne aucune, le plus souvent parce qu’un autre programme l’utilise. Demandez-lui de fermer ce programme et d’appuyer de nouveau sur Autoriser.</translation>
    </message>
    <message>
        <source>The customer’s browser gave up before the camera gave a picture. Ask them to press Allow again or, if that does not help, to restart the browser.</source>
        <translation>Le navigateur du client a abandonné avant que la caméra donne une image. Demandez-lui d’appuyer de nouveau sur Autoriser ou, si cela ne suffit pas, de redémarrer le navigateur.</translation>
    </message>
    <message>
        <source>The customer’s browser can show neither its screen nor a camera’s picture. Ask them to use another browser or device, with a new link; or go on without the screen, in the chat and with the applet.</source>
        <translation>Le navigateur du client ne peut montrer ni son écran ni l’image d’une caméra. Demandez-lui de prendre un autre navigateur ou appareil, avec un nouveau lien&#xa0;; ou continuez sans l’écran, par messages et avec l’applet.</translation>
    </message>
    <message>
        <source>The customer’s browser makes no direct connections: WebRTC is switched off, by a setting, an add-on or their IT. It can neither show the screen nor exchange files. Ask them to switch it on or to use another browser, with a new link; or go on in the chat and with the applet.</source>
        <translation>Le navigateur du client n’établit pas de connexions directes&#xa0;: WebRTC est désactivé, par un réglage, une extension ou son service informatique. Il ne peut ni montrer l’écran ni échanger de fichiers. Demandez-lui de l’activer ou de prendre un autre navigateur, avec un nouveau lien&#xa0;; ou continuez par messages et avec l’applet.</translation>
    </message>
    <message>
        <source>The customer’s page has come over plain http, where browsers let no page show the screen or exchange files. Your IT must give the server an https address; then send a new link. Until then, go on in the chat and with the applet.</source>
        <translation>La page du client est arrivée en http simple, où les navigateurs ne laissent aucune page montrer l’écran ni échanger de fichiers. Votre service informatique doit donner au serveur une adresse https&#xa0;; envoyez ensuite un nouveau lien. D’ici là, continuez par messages et avec l’applet.</translation>
    </message>
    <message>
        <source>The customer’s browser runs no scripts: it can show nothing, exchange no files, and they cannot write in the chat. Ask them by phone to allow scripts for this page and to load it again, or to use another browser, with a new link.</source>
        <translation>Le navigateur du client n’exécute pas de scripts&#xa0;: il ne peut rien montrer ni échanger de fichiers, et le client ne peut pas écrire de messages. Demandez-lui par téléphone d’autoriser les scripts pour cette page et de la recharger, ou de prendre un autre navigateur, avec un nouveau lien.</translation>
    </message>
    <message>
        <source>The customer’s page says: {0}</source>
        <translation>La page du client dit&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>ProxyDialog</name>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Changes apply at once.</source>
        <translation>Les changements s’appliquent aussitôt.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>ProxyForm</name>
    <message>
        <source>Type the proxy’s address.</source>
        <translation>Saisissez l’adresse du proxy.</translation>
    </message>
    <message>
        <source>Type the password for this proxy and user.</source>
        <translation>Saisissez le mot de passe pour ce proxy et cet utilisateur.</translation>
    </message>
    <message>
        <source>Set by your organization for everyone on this computer.</source>
        <translation>Défini par votre organisation pour tous les utilisateurs de cet ordinateur.</translation>
    </message>
    <message>
        <source>This is not the address of an HTTP proxy.</source>
        <translation>Ce n’est pas l’adresse d’un proxy HTTP.</translation>
    </message>
    <message>
        <source>The password is kept in this computer’s keyring.</source>
        <translation>Le mot de passe est conservé dans le trousseau de clés de cet ordinateur.</translation>
    </message>
    <message>
        <source>This computer’s keyring did not take the password: it is kept until you quit.</source>
        <translation>Le trousseau de clés de cet ordinateur n’a pas pris le mot de passe&#xa0;: il est conservé jusqu’à ce que vous quittiez.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Set by hand</source>
        <translation>Saisi à la main</translation>
    </message>
    <message>
        <source>Pro&amp;xy</source>
        <translation>Pro&amp;xy</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>Proxy address</source>
        <translation>Adresse du proxy</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>P&amp;ort</translation>
    </message>
    <message>
        <source>Proxy port</source>
        <translation>Port du proxy</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>&amp;Utilisateur</translation>
    </message>
    <message>
        <source>Proxy user</source>
        <translation>Utilisateur du proxy</translation>
    </message>
    <message>
        <source>Only if the proxy asks for one</source>
        <translation>Si le proxy en demande un</translation>
    </message>
    <message>
        <source>Pass&amp;word</source>
        <translation>&amp;Mot de passe</translation>
    </message>
    <message>
        <source>Proxy password</source>
        <translation>Mot de passe du proxy</translation>
    </message>
    <message>
        <source>Kept in this computer’s keyring</source>
        <translation>Dans le trousseau de clés</translation>
    </message>
</context>
<context>
    <name>Recording</name>
    <message>
        <source>The file was taken away.</source>
        <translation>Le fichier a été enlevé.</translation>
    </message>
    <message>
        <source>The disk is too slow.</source>
        <translation>Le disque est trop lent.</translation>
    </message>
    <message>
        <source>Nothing was received while it was on.</source>
        <translation>Rien n’a été reçu pendant ce temps.</translation>
    </message>
</context>
<context>
    <name>RecordingControl</name>
    <message>
        <source>The customer could not be told, so nothing is recorded.</source>
        <translation>Le client n’a pas pu être averti&#xa0;: rien n’est enregistré.</translation>
    </message>
    <message>
        <source>The recording has ended: {0}</source>
        <translation>L’enregistrement s’est terminé&#xa0;: {0}</translation>
    </message>
    <message>
        <source>What was recorded until then is in {0}</source>
        <translation>Ce qui a été enregistré jusque-là est dans {0}</translation>
    </message>
    <message>
        <source>Nothing is recorded: {0}</source>
        <translation>Rien n’est enregistré&#xa0;: {0}</translation>
    </message>
    <message>
        <source>the customer could not be told of it again.</source>
        <translation>le client n’a pas pu en être averti de nouveau.</translation>
    </message>
</context>
<context>
    <name>Replies</name>
    <message>
        <source>Hello, how can I help you?</source>
        <translation>Bonjour, comment puis-je vous aider&#xa0;?</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>Un instant, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Please press Allow in the question that you see now.</source>
        <translation>Veuillez appuyer sur «&#xa0;Autoriser&#xa0;» dans la question qui s’affiche.</translation>
    </message>
    <message>
        <source>Is there anything else that I can help you with?</source>
        <translation>Puis-je vous aider pour autre chose&#xa0;?</translation>
    </message>
</context>
<context>
    <name>RepliesDialog</name>
    <message>
        <source>Prepared replies</source>
        <translation>Réponses préparées</translation>
    </message>
    <message>
        <source>What you send often. It goes into the text field first; an address (https://…) can also be sent at once.</source>
        <translation>Ce que vous envoyez souvent. Le texte va d’abord dans le champ de saisie&#xa0;; une adresse (https://…) peut aussi être envoyée directement.</translation>
    </message>
    <message>
        <source>Text of the selected reply</source>
        <translation>Texte de la réponse sélectionnée</translation>
    </message>
    <message>
        <source>Select a reply to change it, or add one.</source>
        <translation>Sélectionnez une réponse pour la modifier, ou ajoutez-en une.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
</context>
<context>
    <name>Restart</name>
    <message>
        <source>The customer cancelled the restart.</source>
        <translation>Le client a annulé le redémarrage.</translation>
    </message>
    <message>
        <source>The restart was called off: it is no longer allowed.</source>
        <translation>Le redémarrage a été annulé&#xa0;: il n’est plus autorisé.</translation>
    </message>
    <message>
        <source>The computer was not restarted: the applet could not make sure that it comes back.</source>
        <translation>L’ordinateur n’a pas été redémarré&#xa0;: l’applet n’a pas pu assurer son retour.</translation>
    </message>
    <message>
        <source>The customer’s system refused to restart.</source>
        <translation>Le système du client a refusé de redémarrer.</translation>
    </message>
    <message>
        <source>The computer is still running, perhaps because a program waits for an answer. Ask the customer, and then try again.</source>
        <translation>L’ordinateur fonctionne toujours, peut-être parce qu’un programme attend une réponse. Demandez au client, puis réessayez.</translation>
    </message>
</context>
<context>
    <name>Restarting</name>
    <message>
        <source>The customer’s computer is restarting. The session goes on by itself once they have signed in again.</source>
        <translation>L’ordinateur du client redémarre. La session reprendra d’elle-même dès que le client se sera reconnecté à son ordinateur.</translation>
    </message>
    <message>
        <source>Ask the customer for “Restart” first.</source>
        <translation>Demandez d’abord «&#xa0;Redémarrage&#xa0;» au client.</translation>
    </message>
    <message>
        <source>Waiting for the connection to the customer’s applet.</source>
        <translation>En attente de la connexion à l’applet du client.</translation>
    </message>
    <message>
        <source>The computer of {0} restarts. All programs there are closed; work that has not been saved may be lost. The customer has 10 seconds to cancel.

The session goes on by itself once the customer has signed in again.</source>
        <translation>L’ordinateur de {0} redémarre. Tous ses programmes sont fermés&#xa0;; le travail non enregistré peut être perdu. Le client a 10 secondes pour annuler.

La session reprendra d’elle-même dès que le client se sera reconnecté à son ordinateur.</translation>
    </message>
    <message>
        <source>Restart the computer</source>
        <translation>Redémarrer l’ordinateur</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Redémarrer</translation>
    </message>
    <message>
        <source>The connection to the customer’s applet was lost.</source>
        <translation>La connexion à l’applet du client a été perdue.</translation>
    </message>
</context>
<context>
    <name>ScreenChoice</name>
    <message>
        <source>Choose which screen you see</source>
        <translation>Choisissez l’écran que vous voyez</translation>
    </message>
    <message>
        <source>main</source>
        <translation>principal</translation>
    </message>
    <message>
        <source>left</source>
        <translation>à gauche</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>au milieu</translation>
    </message>
    <message>
        <source>right</source>
        <translation>à droite</translation>
    </message>
    <message>
        <source>top</source>
        <translation>en haut</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>en bas</translation>
    </message>
</context>
<context>
    <name>ScreenPane</name>
    <message>
        <source>The recording will end.</source>
        <translation>L’enregistrement prendra fin.</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Écran</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>Arrêter l’enregistrement</translation>
    </message>
    <message>
        <source>Record…</source>
        <translation>Enregistrer en vidéo…</translation>
    </message>
    <message>
        <source>The customer is told.</source>
        <translation>Le client en est averti.</translation>
    </message>
    <message>
        <source>Your group may not record screens.</source>
        <translation>Votre groupe ne peut pas enregistrer les écrans.</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Mesure en cours…</translation>
    </message>
    <message>
        <source>Videos (*.webm)</source>
        <translation>Vidéos (*.webm)</translation>
    </message>
    <message>
        <source>The recording was saved: {0}</source>
        <translation>L’enregistrement a été sauvegardé&#xa0;: {0}</translation>
    </message>
    <message>
        <source>You do not see the customer’s screen. Ask to see it: they choose on their page what to show, and can stop at any time.</source>
        <translation>Vous ne voyez pas l’écran du client. Demandez à le voir&#xa0;: il choisit sur sa page ce qu’il montre et peut arrêter à tout moment.</translation>
    </message>
    <message>
        <source>Waiting for the customer to choose on their page what to show…</source>
        <translation>En attente du client, qui choisit sur sa page ce qu’il montre…</translation>
    </message>
    <message>
        <source>The customer has declined. Explain in the chat what you want to look at, then ask again.</source>
        <translation>Le client a refusé. Expliquez dans la discussion ce que vous voulez regarder, puis demandez à nouveau.</translation>
    </message>
    <message>
        <source>The customer’s screen is shown.</source>
        <translation>L’écran du client est montré.</translation>
    </message>
    <message>
        <source>The customer has paused the picture.</source>
        <translation>Le client a mis l’image en pause.</translation>
    </message>
    <message>
        <source>The customer’s page was loaded again. They must choose there what to show.</source>
        <translation>La page du client a été rechargée. Il doit y choisir ce qu’il montre.</translation>
    </message>
    <message>
        <source>The customer has stopped showing. If you still need to see something, say so in the chat, then ask again.</source>
        <translation>Le client a arrêté de montrer. S’il vous faut encore voir quelque chose, dites-le par messages, puis demandez de nouveau.</translation>
    </message>
    <message>
        <source>You see what the customer’s camera sees.</source>
        <translation>Vous voyez ce que voit la caméra du client.</translation>
    </message>
    <message>
        <source>Your server cannot be reached, and without it no way to the customer is found. Check this computer’s network; it goes on by itself when the server is back.</source>
        <translation>Votre serveur est injoignable, et sans lui aucun chemin vers le client n’est trouvé. Vérifiez le réseau de cet ordinateur&#xa0;: la suite est automatique dès que le serveur revient.</translation>
    </message>
    <message>
        <source>Trying again in a moment…</source>
        <translation>Nouvel essai dans un instant…</translation>
    </message>
    <message>
        <source>Connecting, step 1 of 4: agreeing through the server…</source>
        <translation>Connexion, étape 1 sur 4&#xa0;: entente par le serveur…</translation>
    </message>
    <message>
        <source>Connecting, step 2 of 4: finding a way…</source>
        <translation>Connexion, étape 2 sur 4&#xa0;: recherche d’un chemin…</translation>
    </message>
    <message>
        <source>Connecting, step 3 of 4: agreeing on keys…</source>
        <translation>Connexion, étape 3 sur 4&#xa0;: accord sur les clés…</translation>
    </message>
    <message>
        <source>Connecting, step 4 of 4: waiting for the picture…</source>
        <translation>Connexion, étape 4 sur 4&#xa0;: attente de l’image…</translation>
    </message>
    <message>
        <source>Frames per second: {0} received, {1} shown</source>
        <translation>Images par seconde&#xa0;: {0} reçues, {1} montrées</translation>
    </message>
    <message>
        <source>Bit rate: {0} Mbit/s</source>
        <translation>Débit&#xa0;: {0}&#xa0;Mbit/s</translation>
    </message>
    <message>
        <source>Packets lost: {0} %</source>
        <translation>Paquets perdus&#xa0;: {0}&#xa0;%</translation>
    </message>
    <message>
        <source>Round trip: {0}</source>
        <translation>Aller-retour&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Way: {0}</source>
        <translation>Chemin&#xa0;: {0}</translation>
    </message>
    <message>
        <source>direct</source>
        <translation>direct (sans relais)</translation>
    </message>
    <message>
        <source>through a router</source>
        <translation>par un routeur</translation>
    </message>
    <message>
        <source>through a TURN server</source>
        <translation>par un serveur TURN</translation>
    </message>
    <message>
        <source>Stop viewing</source>
        <translation>Arrêter de voir</translation>
    </message>
    <message>
        <source>S&amp;ize:</source>
        <translation>Ta&amp;ille&#xa0;:</translation>
    </message>
    <message>
        <source>Size of the picture</source>
        <translation>Taille de l’image</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ajuster</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100&#xa0;%</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>Enregistrer l’image…</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Copier l’image</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistiques</translation>
    </message>
    <message>
        <source>S&amp;creen:</source>
        <translation>É&amp;cran&#xa0;:</translation>
    </message>
    <message>
        <source>Which of the customer’s screens is shown</source>
        <translation>Lequel des écrans du client est montré</translation>
    </message>
    <message>
        <source>Keys by place</source>
        <translation>Touches par position</translation>
    </message>
    <message>
        <source>Press the keys at the same places of the customer’s keyboard, whatever is written on them: for games and virtual machines</source>
        <translation>Appuyer sur les touches aux mêmes endroits du clavier du client, quoi qu’il y soit inscrit&#xa0;: pour les jeux et les machines virtuelles</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>Presse-papiers</translation>
    </message>
    <message>
        <source>Ctrl-Alt-Del</source>
        <translation>Ctrl-Alt-Suppr</translation>
    </message>
    <message>
        <source>Ask to see the screen</source>
        <translation>Demander à voir l’écran</translation>
    </message>
    <message>
        <source>Try again now</source>
        <translation>Réessayer maintenant</translation>
    </message>
    <message>
        <source>The customer’s screen</source>
        <translation>L’écran du client</translation>
    </message>
    <message>
        <source>The customer sees the same digits if nobody sits between you. Compare them aloud.</source>
        <translation>Le client voit les mêmes chiffres si personne ne s’est glissé entre vous. Comparez-les à voix haute.</translation>
    </message>
    <message>
        <source>The customer sees the same digits in the applet’s window if nobody sits between you. Compare them aloud.</source>
        <translation>Le client voit les mêmes chiffres dans la fenêtre de l’applet si personne ne s’est glissé entre vous. Comparez-les à voix haute.</translation>
    </message>
    <message>
        <source>Full screen (F11, which also ends it)</source>
        <translation>Plein écran (F11, qui y met fin aussi)</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Enregistrement en cours</translation>
    </message>
    <message>
        <source>There is no connection to your server.</source>
        <translation>Il n’y a pas de connexion à votre serveur.</translation>
    </message>
</context>
<context>
    <name>Seat</name>
    <message>
        <source>You are helping in this session at another computer.</source>
        <translation>Vous intervenez dans cette session sur un autre ordinateur.</translation>
    </message>
    <message>
        <source>You are helping in this session in another window on this computer.</source>
        <translation>Vous intervenez dans cette session dans une autre fenêtre, sur cet ordinateur.</translation>
    </message>
    <message>
        <source>You are helping in this session at the computer {0}.</source>
        <translation>Vous intervenez dans cette session sur l’ordinateur {0}.</translation>
    </message>
</context>
<context>
    <name>SecurityCode</name>
    <message>
        <source>No security code: the customer’s page is an older version. Ask them to load it again.</source>
        <translation>Pas de code de sécurité&#xa0;: la page du client est d’une version plus ancienne. Demandez-lui de la recharger.</translation>
    </message>
    <message>
        <source>Security code: {0}</source>
        <translation>Code de sécurité&#xa0;: {0}</translation>
    </message>
    <message>
        <source>No security code: the customer’s applet is an older version. Ask them to download it again.</source>
        <translation>Pas de code de sécurité&#xa0;: l’applet du client est d’une version plus ancienne. Demandez-lui de la télécharger de nouveau.</translation>
    </message>
    <message>
        <source>Security code of the applet: {0}</source>
        <translation>Code de sécurité de l’applet&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>ServerAddress</name>
    <message>
        <source>Type the address of your Rescue server.</source>
        <translation>Tapez l’adresse de votre serveur Rescue.</translation>
    </message>
    <message>
        <source>The address must begin with https:// or http://.</source>
        <translation>L’adresse doit commencer par https:// ou http://.</translation>
    </message>
    <message>
        <source>This is not the address of a server.</source>
        <translation>Ce n’est pas l’adresse d’un serveur.</translation>
    </message>
    <message>
        <source>The port must be a number from 1 to 65535.</source>
        <translation>Le port doit être un nombre de 1 à 65535.</translation>
    </message>
    <message>
        <source>The address must not hold a user name or a password.</source>
        <translation>L’adresse ne doit contenir ni nom d’utilisateur ni mot de passe.</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Outgoing</source>
        <translation>Sortant</translation>
    </message>
    <message>
        <source>Incoming</source>
        <translation>Entrant</translation>
    </message>
    <message>
        <source>Invited</source>
        <translation>Invité</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Connexion</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Actif</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>Suspendu</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>Reconnexion</translation>
    </message>
    <message>
        <source>Rebooting</source>
        <translation>Redémarrage</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Hors ligne</translation>
    </message>
    <message>
        <source>Timed out</source>
        <translation>Délai expiré</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Expiré</translation>
    </message>
    <message>
        <source>Closed by the technician</source>
        <translation>Fermé par le technicien</translation>
    </message>
    <message>
        <source>Closed by the customer</source>
        <translation>Fermé par le client</translation>
    </message>
    <message>
        <source>Closed by the waiting customer</source>
        <translation>Fermé par le client en attente</translation>
    </message>
    <message>
        <source>Aborted</source>
        <translation>Interrompu</translation>
    </message>
    <message>
        <source>e-mail on its way</source>
        <translation>e-mail en cours d’envoi</translation>
    </message>
    <message>
        <source>e-mail sent</source>
        <translation>e-mail envoyé</translation>
    </message>
    <message>
        <source>e-mail failed</source>
        <translation>échec de l’e-mail</translation>
    </message>
    <message>
        <source>e-mail given up</source>
        <translation>e-mail abandonné</translation>
    </message>
    <message>
        <source>e-mail held up: tell your IT</source>
        <translation>e-mail bloqué&#xa0;: prévenez l’informatique</translation>
    </message>
    <message>
        <source>e-mail delayed</source>
        <translation>e-mail retardé</translation>
    </message>
    <message>
        <source>PIN code</source>
        <translation>Code PIN</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Lien</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Client</translation>
    </message>
</context>
<context>
    <name>SessionActions</name>
    <message>
        <source>There is no connection to the server at the moment.</source>
        <translation>Il n’y a pas de connexion au serveur pour le moment.</translation>
    </message>
    <message>
        <source>Select a session in the list first.</source>
        <translation>Sélectionnez d’abord une session dans la liste.</translation>
    </message>
    <message>
        <source>This session is over.</source>
        <translation>Cette session est terminée.</translation>
    </message>
    <message>
        <source>Your technician group may not use any connection method. Ask your administrator.</source>
        <translation>Votre groupe de techniciens ne peut utiliser aucune méthode de connexion. Adressez-vous à votre administrateur.</translation>
    </message>
    <message>
        <source>This session is active already.</source>
        <translation>Cette session est déjà active.</translation>
    </message>
    <message>
        <source>{0} already has this session.</source>
        <translation>{0} a déjà pris cette session.</translation>
    </message>
    <message>
        <source>The customer is not connected at the moment.</source>
        <translation>Le client n’est pas connecté pour le moment.</translation>
    </message>
    <message>
        <source>The customer has not joined yet.</source>
        <translation>Le client n’a pas encore rejoint la session.</translation>
    </message>
    <message>
        <source>You have {0} active sessions, the most that your group allows. Close one or put one on hold first.</source>
        <translation>Vous avez {0} sessions actives, le maximum autorisé pour votre groupe. Fermez-en une ou suspendez-en une d’abord.</translation>
    </message>
    <message>
        <source>This session is being transferred to {0}.</source>
        <translation>Cette session est en cours de transfert à {0}.</translation>
    </message>
    <message>
        <source>Only an active session can be set aside.</source>
        <translation>Seule une session active peut être suspendue.</translation>
    </message>
    <message>
        <source>A session can be transferred once the customer has joined.</source>
        <translation>Une session peut être transférée dès que le client l’a rejointe.</translation>
    </message>
    <message>
        <source>{0} has this session; only {0} or an administrator can do this.</source>
        <translation>{0} a pris cette session&#xa0;; seul {0} ou un administrateur peut faire cela.</translation>
    </message>
    <message>
        <source>Your technician group lacks the permission “{0}”. Ask your administrator.</source>
        <translation>Votre groupe de techniciens n’a pas l’autorisation «&#xa0;{0}&#xa0;». Adressez-vous à votre administrateur.</translation>
    </message>
</context>
<context>
    <name>SessionList</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Statut</translation>
    </message>
    <message>
        <source>Time in status</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Méthode</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>Plate-forme</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Technician</source>
        <translation>Technicien</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Créée</translation>
    </message>
    <message>
        <source>The mail server says: {0}</source>
        <translation>Le serveur de messagerie répond&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Ends by itself in {0}</source>
        <translation>Prend fin d’elle-même dans {0}</translation>
    </message>
    <message>
        <source>Reading the session list…</source>
        <translation>Lecture de la liste de sessions…</translation>
    </message>
    <message>
        <source>No session matches</source>
        <translation>Aucune session ne correspond</translation>
    </message>
    <message>
        <source>Search for something else, or show all sessions.</source>
        <translation>Cherchez autre chose ou affichez toutes les sessions.</translation>
    </message>
    <message>
        <source>Show all sessions</source>
        <translation>Afficher toutes les sessions</translation>
    </message>
    <message>
        <source>No sessions yet</source>
        <translation>Aucune session pour l’instant</translation>
    </message>
    <message>
        <source>Create a session and send its link or PIN code to your customer.</source>
        <translation>Créez une session et envoyez son lien ou son code PIN à votre client.</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>Nouvelle session</translation>
    </message>
    <message>
        <source>Open sessions</source>
        <translation>Sessions ouvertes</translation>
    </message>
    <message>
        <source>All sessions</source>
        <translation>Toutes les sessions</translation>
    </message>
    <message>
        <source>Incoming and outgoing</source>
        <translation>Entrantes et sortantes</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Fermées</translation>
    </message>
    <message>
        <source>Search by name, code, e-mail or technician</source>
        <translation>Rechercher par nom, code, e-mail ou technicien</translation>
    </message>
    <message>
        <source>Search sessions</source>
        <translation>Rechercher des sessions</translation>
    </message>
    <message>
        <source>Show sessions with this status</source>
        <translation>Afficher les sessions ayant ce statut</translation>
    </message>
    <message>
        <source>Session list</source>
        <translation>Liste de sessions</translation>
    </message>
    <message>
        <source>What to do next</source>
        <translation>Que faire ensuite</translation>
    </message>
    <message>
        <source>Unread messages: {0}</source>
        <translation>Messages non lus&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>SessionLog</name>
    <message>
        <source>Session created</source>
        <translation>Session créée</translation>
    </message>
    <message>
        <source>E-mail handed to the Rescue servers</source>
        <translation>E-mail confié aux serveurs Rescue</translation>
    </message>
    <message>
        <source>E-mail sent</source>
        <translation>E-mail envoyé</translation>
    </message>
    <message>
        <source>The applet has joined</source>
        <translation>L’applet a rejoint la session</translation>
    </message>
    <message>
        <source>A browser has joined</source>
        <translation>Un navigateur a rejoint la session</translation>
    </message>
    <message>
        <source>The applet is connected</source>
        <translation>L’applet est connectée</translation>
    </message>
    <message>
        <source>The applet is no longer connected</source>
        <translation>L’applet n’est plus connectée</translation>
    </message>
    <message>
        <source>The technician continued on another computer</source>
        <translation>Le technicien a continué sur un autre ordinateur</translation>
    </message>
    <message>
        <source>Recording started</source>
        <translation>Enregistrement commencé</translation>
    </message>
    <message>
        <source>Recording ended</source>
        <translation>Enregistrement terminé</translation>
    </message>
    <message>
        <source>E-mail not sent</source>
        <translation>E-mail non envoyé</translation>
    </message>
    <message>
        <source>{0}: given up</source>
        <translation>{0}&#xa0;: abandonné</translation>
    </message>
    <message>
        <source>{0}: asked</source>
        <translation>{0}&#xa0;: demandé</translation>
    </message>
    <message>
        <source>{0}: granted by the customer</source>
        <translation>{0}&#xa0;: accordé par le client</translation>
    </message>
    <message>
        <source>{0}: denied or taken back by the customer</source>
        <translation>{0}&#xa0;: refusé ou retiré par le client</translation>
    </message>
    <message>
        <source>{0}: denied by the customer</source>
        <translation>{0}&#xa0;: refusé par le client</translation>
    </message>
    <message>
        <source>{0}: taken back by the customer</source>
        <translation>{0}&#xa0;: retiré par le client</translation>
    </message>
    <message>
        <source>{0}: not possible on the customer’s side</source>
        <translation>{0}&#xa0;: impossible du côté du client</translation>
    </message>
    <message>
        <source>Status: {0}</source>
        <translation>Statut&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>SessionLogDialog</name>
    <message>
        <source>Session log – {0}</source>
        <translation>Journal de la session – {0}</translation>
    </message>
    <message>
        <source>Session log</source>
        <translation>Journal de la session</translation>
    </message>
    <message>
        <source>Sections of the session</source>
        <translation>Sections de la session</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notes</translation>
    </message>
    <message>
        <source>Notes on this session</source>
        <translation>Notes sur cette session</translation>
    </message>
    <message>
        <source>Nobody has written notes on this session.</source>
        <translation>Personne n’a écrit de notes sur cette session.</translation>
    </message>
</context>
<context>
    <name>SessionLogModel</name>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Événement</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
</context>
<context>
    <name>SessionLogView</name>
    <message>
        <source>Session &amp;log</source>
        <translation>&amp;Journal de la session</translation>
    </message>
    <message>
        <source>Show earlier lines</source>
        <translation>Afficher les lignes précédentes</translation>
    </message>
    <message>
        <source>Session log</source>
        <translation>Journal de la session</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Server address</source>
        <translation>Adresse du serveur</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>Adresse e-mail</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Sons</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Notifications</translation>
    </message>
    <message>
        <source>Start with the system</source>
        <translation>Démarrer avec le système</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Proxy address</source>
        <translation>Adresse du proxy</translation>
    </message>
    <message>
        <source>Proxy port</source>
        <translation>Port du proxy</translation>
    </message>
    <message>
        <source>Proxy user</source>
        <translation>Utilisateur du proxy</translation>
    </message>
    <message>
        <source>The settings cannot be read: {0}. Defaults are used.</source>
        <translation>Les options ne peuvent pas être lues&#xa0;: {0}. Les valeurs par défaut sont utilisées.</translation>
    </message>
    <message>
        <source>The settings file is damaged. Defaults are used.</source>
        <translation>Le fichier des options est endommagé. Les valeurs par défaut sont utilisées.</translation>
    </message>
    <message>
        <source>The settings file was damaged and is kept as {0}. Defaults are used.</source>
        <translation>Le fichier des options était endommagé et est conservé sous le nom {0}. Les valeurs par défaut sont utilisées.</translation>
    </message>
    <message>
        <source>These settings could not be used and are back to normal: {0}</source>
        <translation>Ces options étaient inutilisables et reprennent leur valeur par défaut&#xa0;: {0}</translation>
    </message>
    <message>
        <source>The settings cannot be saved: {0}. They hold until you quit.</source>
        <translation>Les options ne peuvent pas être enregistrées&#xa0;: {0}. Elles restent valables jusqu’à ce que vous quittiez le programme.</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>Sign in – Rescue Console</source>
        <translation>Connexion – Rescue Console</translation>
    </message>
    <message>
        <source>Sign in to your organization&apos;s Rescue server</source>
        <translation>Connectez-vous au serveur Rescue de votre organisation</translation>
    </message>
    <message>
        <source>Ser&amp;ver address</source>
        <translation>Adresse du ser&amp;veur</translation>
    </message>
    <message>
        <source>Server address</source>
        <translation>Adresse du serveur</translation>
    </message>
    <message>
        <source>&amp;E-mail address</source>
        <translation>Adresse &amp;e-mail</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>Adresse e-mail</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Mot de passe</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Sign in without encryption: others on the network could read everything</source>
        <translation>Se connecter sans chiffrement&#xa0;: d’autres personnes sur le réseau pourraient tout lire</translation>
    </message>
    <message>
        <source>Pro&amp;xy…</source>
        <translation>Pro&amp;xy…</translation>
    </message>
    <message>
        <source>Which proxy leads to the server</source>
        <translation>Le proxy qui mène au serveur</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>Connexion en cours</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
</context>
<context>
    <name>SignInWindow</name>
    <message>
        <source>This address is not encrypted: your password could be read on the way. Use https:// if the server offers it.</source>
        <translation>Cette adresse n’est pas chiffrée&#xa0;: votre mot de passe pourrait être lu en chemin. Utilisez https:// si le serveur le propose.</translation>
    </message>
    <message>
        <source>Type your e-mail address.</source>
        <translation>Tapez votre adresse e-mail.</translation>
    </message>
    <message>
        <source>Type your password.</source>
        <translation>Tapez votre mot de passe.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
</context>
<context>
    <name>Starting</name>
    <message>
        <source>Rescue Console</source>
        <translation>Rescue Console</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Démarrage</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
</context>
<context>
    <name>StartingWindow</name>
    <message>
        <source>Starting the server on this computer…</source>
        <translation>Démarrage du serveur sur cet ordinateur…</translation>
    </message>
    <message>
        <source>The server on this computer did not start.</source>
        <translation>Le serveur de cet ordinateur n’a pas démarré.</translation>
    </message>
</context>
<context>
    <name>Steering</name>
    <message>
        <source>The customer is using mouse or keyboard.</source>
        <translation>Le client se sert de la souris ou du clavier.</translation>
    </message>
    <message>
        <source>No control: {0}</source>
        <translation>Contrôle impossible&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Only a window is shown: the pointer may go elsewhere than you see.</source>
        <translation>Seule une fenêtre est partagée&#xa0;: le pointeur peut aller ailleurs que là où vous le voyez.</translation>
    </message>
    <message>
        <source>Choose which screen you see: mouse and keyboard go nowhere until then.</source>
        <translation>Choisissez l’écran que vous voyez&#xa0;: d’ici là, souris et clavier restent sans effet.</translation>
    </message>
</context>
<context>
    <name>StillPicture</name>
    <message>
        <source>The picture is in the clipboard.</source>
        <translation>L’image est dans le Presse-papiers.</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Images (*.png)</translation>
    </message>
    <message>
        <source>The picture was saved: {0}</source>
        <translation>L’image a été enregistrée&#xa0;: {0}</translation>
    </message>
    <message>
        <source>The picture could not be saved: {0}</source>
        <translation>L’image n’a pas pu être enregistrée&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>SystemPane</name>
    <message>
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>The file could not be written: {0}</source>
        <translation>Le fichier n’a pas pu être écrit&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Export the system information</source>
        <translation>Exporter les informations système</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Texte (*.txt)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tableau (*.csv)</translation>
    </message>
    <message>
        <source>Waiting for the connection to the customer’s applet.</source>
        <translation>En attente de la connexion à l’applet du client.</translation>
    </message>
    <message>
        <source>The customer has not allowed this yet.</source>
        <translation>Le client ne l’a pas encore autorisé.</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Actualiser</translation>
    </message>
    <message>
        <source>&amp;Ask the customer</source>
        <translation>&amp;Demander au client</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrer</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xporter…</translation>
    </message>
    <message>
        <source>Re&amp;start the computer…</source>
        <translation>Redémarrer l’&amp;ordinateur…</translation>
    </message>
    <message>
        <source>System information</source>
        <translation>Informations système</translation>
    </message>
</context>
<context>
    <name>TakingOver</name>
    <message>
        <source>The picture, the files and the applet are connected there; if you continue here, what is running there ends.</source>
        <translation>L’image, les fichiers et l’applet y sont connectés&#xa0;; si vous continuez ici, ce qui y est en cours prend fin.</translation>
    </message>
    <message>
        <source>&amp;Continue here</source>
        <translation>&amp;Continuer ici</translation>
    </message>
</context>
<context>
    <name>TextRefused</name>
    <message>
        <source>The name has {0} characters; at most {1} are allowed.</source>
        <translation>Le nom compte {0} caractères&#xa0;; {1} au plus sont autorisés.</translation>
    </message>
    <message>
        <source>Type an e-mail address.</source>
        <translation>Tapez une adresse e-mail.</translation>
    </message>
    <message>
        <source>The address is longer than {0} characters.</source>
        <translation>L’adresse compte plus de {0} caractères.</translation>
    </message>
    <message>
        <source>The address has no @.</source>
        <translation>L’adresse ne contient pas de @.</translation>
    </message>
    <message>
        <source>The part before the @ is not valid.</source>
        <translation>La partie avant le @ n’est pas valide.</translation>
    </message>
    <message>
        <source>The part after the @ is not valid.</source>
        <translation>La partie après le @ n’est pas valide.</translation>
    </message>
    <message>
        <source>The part after the @ lacks a dot.</source>
        <translation>Il manque un point dans la partie après le @.</translation>
    </message>
</context>
<context>
    <name>Time</name>
    <message>
        <source>{0} d {1} h</source>
        <translation>{0} j {1} h</translation>
    </message>
</context>
<context>
    <name>TotalsLine</name>
    <message>
        <source>Files: {0} of {1}</source>
        <translation>Fichiers&#xa0;: {0} sur {1}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>encore {0}</translation>
    </message>
    <message>
        <source>not transferred: {0}</source>
        <translation>non transférés&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>TranscriptSaving</name>
    <message>
        <source>Save transcript</source>
        <translation>Enregistrer la transcription</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Texte (*.txt)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Page web (*.html)</translation>
    </message>
    <message>
        <source>Chat with {0}</source>
        <translation>Discussion avec {0}</translation>
    </message>
    <message>
        <source>The transcript cannot be saved: {0}</source>
        <translation>La transcription ne peut pas être enregistrée&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Saved as {0}</source>
        <translation>Enregistré sous {0}</translation>
    </message>
</context>
<context>
    <name>Transfer</name>
    <message>
        <source>Transfer session</source>
        <translation>Transférer la session</translation>
    </message>
    <message>
        <source>Search for a colleague or group</source>
        <translation>Rechercher un collègue ou un groupe</translation>
    </message>
    <message>
        <source>Colleagues and groups</source>
        <translation>Collègues et groupes</translation>
    </message>
    <message>
        <source>&amp;Comment for whoever takes it</source>
        <translation>&amp;Commentaire pour la personne qui la prendra</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Commentaire</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Try &amp;again</source>
        <translation>&amp;Réessayer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Transférer</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0}&#xa0;%</translation>
    </message>
    <message>
        <source>Waiting for the connection</source>
        <translation>En attente de la connexion</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>{0}/s</source>
        <translation>{0}/s</translation>
    </message>
</context>
<context>
    <name>TransferDialog</name>
    <message>
        <source>Customer</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>To whom should the session “{0}” go?</source>
        <translation>À qui transférer la session «&#xa0;{0}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>There is no colleague or group that could take the session.</source>
        <translation>Aucun collègue ni groupe ne peut prendre la session.</translation>
    </message>
    <message>
        <source>Select a colleague or a group.</source>
        <translation>Sélectionnez un collègue ou un groupe.</translation>
    </message>
</context>
<context>
    <name>TransferModel</name>
    <message>
        <source>from the customer</source>
        <translation>du client</translation>
    </message>
    <message>
        <source>to the customer</source>
        <translation>vers le client</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Sens</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progression</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Temps restant</translation>
    </message>
</context>
<context>
    <name>TransferTargets</name>
    <message>
        <source>Technician group</source>
        <translation>Groupe de techniciens</translation>
    </message>
    <message>
        <source>Technician</source>
        <translation>Technicien</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Rescue Console</source>
        <translation>Rescue Console</translation>
    </message>
    <message>
        <source>Show Rescue Console</source>
        <translation>Afficher Rescue Console</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
</context>
<context>
    <name>UnexpectedDialog</name>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
</context>
<context>
    <name>UnexpectedForm</name>
    <message>
        <source>Something unexpected happened</source>
        <translation>Un problème inattendu est survenu</translation>
    </message>
    <message>
        <source>Rescue Console met an error that it did not foresee. You can go on working; what you were just doing may not have been done.

The details help whoever looks after this program. They hold no password, code or link.</source>
        <translation>Rescue Console a rencontré une erreur imprévue. Vous pouvez continuer à travailler&#xa0;; ce que vous étiez en train de faire n’a peut-être pas été fait.

Les détails aident la personne qui s’occupe de ce programme. Ils ne contiennent ni mot de passe, ni code, ni lien.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>&amp;Copy details</source>
        <translation>&amp;Copier les détails</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>WorkspaceTab</name>
    <message>
        <source>Hold</source>
        <translation>Suspendre</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Transférer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Back into the main window</source>
        <translation>Revenir dans la fenêtre principale</translation>
    </message>
    <message>
        <source>Own window</source>
        <translation>Fenêtre séparée</translation>
    </message>
    <message>
        <source>Sections of the session</source>
        <translation>Sections de la session</translation>
    </message>
    <message>
        <source>This session is over.</source>
        <translation>Cette session est terminée.</translation>
    </message>
    <message>
        <source>{0}. The chat can still be read and saved, and the notes changed, until you close this tab.</source>
        <translation>{0}. La discussion peut encore être lue et enregistrée, et les notes modifiées, jusqu’à ce que vous fermiez cet onglet.</translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation>Fermer l’onglet</translation>
    </message>
</context>
</TS>
