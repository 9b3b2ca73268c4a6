"""What the invented customer works with and says, by language, for the tour and the pictures."""

from dataclasses import dataclass

from rescue_console.protocol.choices import Language


@dataclass(frozen=True)
class ShopWords:
    """The words of one language.

    Attributes:
        conversation: The messages in the chat, alternating, the customer's first.
        typed: What the technician types into the customer's program.
    """

    title: str
    menus: tuple[str, ...]
    columns: tuple[str, ...]
    orders: tuple[tuple[str, ...], ...]
    printer: str
    silent: str
    printing: str
    conversation: tuple[str, ...]
    file: str
    large_file: str
    folders: tuple[str, ...]
    documents: tuple[str, ...]
    typed: str = "office-2"


ENGLISH = ShopWords(
    title="Orders of the week – Dupont Flowers",
    menus=("File", "Edit", "Orders", "Help"),
    columns=("Day", "Customer", "Order", "Amount"),
    orders=(
        ("Mon", "Hotel Bellevue", "12 table bouquets", "216.00"),
        ("Mon", "A. Keller", "Roses, red, 20", "58.00"),
        ("Tue", "Dr. Osei, surgery", "Orchid, white", "44.50"),
        ("Tue", "Café Lumen", "6 small vases", "72.00"),
        ("Wed", "Wedding Novak", "Bridal bouquet", "185.00"),
        ("Wed", "Wedding Novak", "18 table bouquets", "390.00"),
        ("Thu", "Town library", "Plants, monthly", "120.00"),
        ("Fri", "Hotel Bellevue", "12 table bouquets", "216.00"),
        ("Sat", "M. Lindqvist", "Dahlias, mixed", "36.00"),
    ),
    printer="Printer:",
    silent="“office” does not answer",
    printing="“{0}” is printing: 1 page",
    conversation=(
        "I cannot print this week's orders.",
        "I see it: your printer has got a new name. May I enter it for you?",
        "Yes please!",
    ),
    file="Printer guide.pdf",
    large_file="Driver package.zip",
    folders=("Documents", "Downloads", "Music", "Pictures"),
    documents=("Orders week 23.ods", "Orders week 24.ods", "Price list.pdf", "Suppliers.ods"),
)

FRENCH = ShopWords(
    title="Commandes de la semaine – Fleurs Dupont",
    menus=("Fichier", "Édition", "Commandes", "Aide"),
    columns=("Jour", "Client", "Commande", "Montant"),
    orders=(
        ("lun.", "Hôtel Bellevue", "12 bouquets de table", "216,00"),
        ("lun.", "A. Keller", "20 roses rouges", "58,00"),
        ("mar.", "Cabinet du Dr Osei", "Orchidée blanche", "44,50"),
        ("mar.", "Café Lumen", "6 petits vases", "72,00"),
        ("mer.", "Mariage Novak", "Bouquet de mariée", "185,00"),
        ("mer.", "Mariage Novak", "18 bouquets de table", "390,00"),
        ("jeu.", "Bibliothèque", "Plantes, par mois", "120,00"),
        ("ven.", "Hôtel Bellevue", "12 bouquets de table", "216,00"),
        ("sam.", "M. Lindqvist", "Dahlias variés", "36,00"),
    ),
    printer="Imprimante\u00a0:",
    silent="«\u00a0office\u00a0» ne répond pas",
    printing="«\u00a0{0}\u00a0» imprime\u00a0: 1 page",
    conversation=(
        "Je n’arrive pas à imprimer les commandes de la semaine.",
        "Je vois\u00a0: votre imprimante a changé de nom. Puis-je le saisir pour vous\u00a0?",
        "Oui, merci\u00a0!",
    ),
    file="Guide imprimante.pdf",
    large_file="Pilote imprimante.zip",
    folders=("Documents", "Images", "Musique", "Téléchargements"),
    documents=(
        "Commandes semaine 23.ods",
        "Commandes semaine 24.ods",
        "Fournisseurs.ods",
        "Liste des prix.pdf",
    ),
)

SHOP_WORDS = {Language("en"): ENGLISH, Language("fr"): FRENCH}
