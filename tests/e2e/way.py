"""From the first start to a recap on disk, without a mouse: by the accessibility bus or by keys.

Run by the system's Python, which has pyatspi: way.py PYTHON FOLDER bus|keys. Prints what is met;
exits 1 at the first thing that does not come, and when something is wrong that is not known.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from by_keys import ByKeys
from hour_journey import X_BEGAN
from journey import travel
from known import BOTH, BY_KEYS, SOMETIMES
from person import FILE_NAME, ByBus, Person

FIRST_DAY = datetime(2026, 11, 20, 9, tzinfo=UTC)
START = datetime(2026, 12, 4, 20, tzinfo=UTC)
BEFORE, SHORTLY = timedelta(minutes=20), timedelta(seconds=10)

QUESTIONS = (
    "Quels signes montrent qu'une fille risque un mariage force ?",
    "Qui peut parler aux parents, et comment ?",
    "Que peut faire une enseignante dans sa classe ?",
    "Ou trouver de l'aide pres de chez vous ?",
    "Quelle loi protege les filles dans votre pays ?",
    "Quelle action avez-vous vue reussir ?",
)
ASKED = "Comment aider une voisine ?"
ANSWER = "Merci ! Parlez-en a quelqu'un de confiance. #UnionsPrecoces"
"""In plain letters: those with accents are not on every keyboard."""


def walk(me: Person) -> None:
    """All the way."""
    me.clock.set_to(FIRST_DAY, 1)
    me.open_app("")
    for go_through in WAY:
        go_through(me)


def begin(me: Person) -> None:
    """The home screen of a first start, and a new chat."""
    me.meet("Bonjour. On prépare un tchat ?", "heading")
    me.look("Mes tchats")
    me.press("Nouveau tchat")
    me.meet("L’objectif", "heading")


def purpose(me: Person) -> None:
    """What the chat is for."""
    me.press("Partager des informations")
    me.write("Votre organisation", "Voix des filles")
    me.write("Qui voulez-vous toucher ?", "Les parents du Senegal")
    me.look("L’objectif")


def schedule(me: Person) -> None:
    """What it is about, and when."""
    me.go_on("Sujet, jour et heure")
    me.write("Sujet", "Mariage des enfants")
    me.write("Jour", "4/12/2026", "vendredi 4 décembre 2026")
    me.write("Heure", "20h", "20 h")
    me.press("Oui, c’est ma ville")
    me.look("Sujet, jour et heure")


def hashtag(me: Person) -> None:
    """The tag."""
    me.go_on("Le tag")
    me.write("Votre tag", "UnionsPrecoces")
    me.look("Le tag")


def questions(me: Person) -> None:
    """Six of them."""
    me.go_on("Les questions")
    for number, text in enumerate(QUESTIONS, 1):
        me.press("Ajouter une question")
        me.write(f"Question {number}", text)
    me.look("Les questions")


def people(me: Person) -> None:
    """A guest, who has accepted and has the questions."""
    me.go_on("Invité·es et équipe")
    me.press("Ajouter un·e invité·e")
    me.write("Nom – Invité·e 1", "Awa Ndiaye")
    me.write("Nom sur X – Awa Ndiaye", "@awa_ndiaye")
    for said in ("invitation envoyée", "a accepté", "a reçu les questions"):
        me.press(f"Awa Ndiaye : {said}")
    me.look("Invité·es et équipe")


def protection(me: Person) -> None:
    """The rules for children."""
    me.go_on("La protection")
    me.press("J’ai lu ceci avec mon équipe")
    me.write("Qui prévenir tout de suite ?", "Awa Ndiaye")
    me.look("La protection")


def promotion(me: Person) -> None:
    """The announcements, as they are proposed."""
    me.go_on("La promotion")
    me.press("Proposer mes annonces")
    me.until(lambda: not me.shows("Pas encore d’annonce"), "the announcements")
    me.look("La promotion")


def run_sheet(me: Person) -> None:
    """The hour, as it is proposed."""
    me.go_on("Le déroulé")
    me.look("Le déroulé")


def connection(me: Person) -> None:
    """Without keys."""
    me.go_on("L’envoi des messages")
    me.press("Par le navigateur (conseillé)")
    me.write("Le compte qui publie le tchat, sur X", "@voixdesfilles")
    me.look("L’envoi des messages")


def rehearsal(me: Person) -> None:
    """A short one: its first message, on a page that stands for the browser."""
    me.go_on("Répétition")
    me.look("Répétition")
    me.press("Commencer la répétition (10 min ou plus)")
    # Else the next message comes while the first is looked at.
    me.press("Figer le temps")
    me.meet("Reprendre le temps")
    if not me.shows("Poster"):
        me.press("Publier (répétition)")
    me.press("Poster")
    # A page that has just come wants a meant press.
    me.meet("Fermer cette page")
    me.look("La page fictive")
    me.press("Fermer cette page")
    me.press("Oui, c’est publié")
    me.look("Le tchat, en répétition")
    me.press("Terminer la répétition")
    me.meet("Terminer la répétition maintenant ?")
    me.look("Fin de la répétition")
    me.press("Terminer la répétition")
    me.press("Fermer la répétition")


def hour(me: Person) -> None:
    """Each message by its page, the first at its time; a question from the public is answered."""
    me.follow_the_only_chat()
    me.clock.set_to(START - BEFORE, 1)
    me.press("Ouvrir le tchat")
    me.meet("Modifier ce message")
    me.look("Le tchat, avant l’heure")
    me.wind_to(START - SHORTLY)
    first = me.next_slot()
    me.wind(lambda: me.state(first) == "handed_over", "the page of the welcome")
    me.look("Le tchat, une page ouverte")
    confirm(me, first)
    for _turn in range(2):
        publish(me)
    answer(me)
    me.look("Le tchat")
    while any(row.state == "planned" for row in me.rows()):
        publish(me)
    me.press("Terminer le tchat")
    me.meet("Terminer le tchat maintenant ?")
    me.look("Fin du tchat")
    me.press("Terminer le tchat")
    me.meet("C’est fini. Bravo !", "heading")


def publish(me: Person) -> None:
    """The next message, before its time."""
    slot = me.next_slot()
    me.press("Publier ", "push button", whole=False)
    me.until(lambda: me.state(slot) == "handed_over", f"the page of {slot}")
    confirm(me, slot)


def confirm(me: Person, slot: str) -> None:
    """Its page has opened, with its words; it is published there."""
    text = parse_qs(urlsplit(me.pages()[-1]).query)["text"]
    assert text == [me.row(slot).text], f"{text} for {slot}"
    me.press("Oui, c’est publié")
    me.until(lambda: me.state(slot) == "sent", f"{slot} published")


def answer(me: Person) -> None:
    """A question of the public is entered, kept as a highlight, and answered."""
    at = me.clock.now() - SHORTLY
    post_id = int((at - X_BEGAN) / timedelta(milliseconds=1)) << 22
    me.press("Ajouter un message par son lien")
    me.write("Lien du message", f"https://x.com/moussa/status/{post_id}")
    me.write("Son texte", ASKED)
    me.press("Ajouter ce message")
    me.meet("@moussa\u202f: ", whole=False)
    me.press("Fermer sans ajouter")
    me.press("Moment fort : @moussa", whole=False)
    me.press("Répondre à @moussa", whole=False)
    me.write("Votre réponse à @moussa", ANSWER)
    me.press("Envoyer")
    me.meet("Oui, c’est publié")
    confirm(me, next(row.slot for row in me.rows() if row.kind == "reply"))


def thanks(me: Person) -> None:
    """Whoever took part."""
    me.go_on("Remercier")
    me.press("@moussa : remercié·e")
    me.look("Remercier")


def recap(me: Person) -> None:
    """The page of the highlights, saved as a file."""
    me.go_on("Le résumé")
    me.write("Introduction", "Ce que nous avons appris ensemble.")
    me.look("Le résumé")
    me.press("Enregistrer la page")
    me.meet(FILE_NAME)
    # Qt's own dialog, seen on Linux alone: elsewhere it is the system's. Where all of it was read,
    # it does not take Enter any more.
    me.look_at_title("Où enregistrer")
    me.save_as(Path(me.folder, "recap.html"))
    me.go_on("Le bilan et la suite")
    me.look("Le bilan et la suite")


WAY = (
    *(begin, purpose, schedule, hashtag, questions, people, protection, promotion, run_sheet),
    *(connection, rehearsal, hour, thanks, recap),
)
"""The pages, in their order."""


def main() -> int:
    """Walk, say what was met, and leave nothing running."""
    python, folder, way = sys.argv[1:]
    me = ByKeys(python, folder) if way == "keys" else ByBus(python, folder)
    known = BOTH | (BY_KEYS if way == "keys" else {})
    try:
        stopped = travel(walk, me)
        found = me.report()
    finally:
        me.end()
    known, must_be = known | SOMETIMES, known
    new = [one for one in found if one not in known]
    gone = [] if stopped else [one for one in must_be if one not in found]
    for one in found:
        print(f"known    {one}: {known[one]}" if one in known else f"FAULT    {one}")
    for one in gone:
        print(f"GONE     take it out of known.py: {one}")
    print(f"violations: {len(new)}")
    return 1 if stopped or new or gone else 0


if __name__ == "__main__":
    sys.exit(main())
