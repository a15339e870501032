"""Finds the blanks in a text, such as "[link]". No text with a blank ever leaves.

The one rule for every way out: posts, replies, announcements, letters, files and what is copied.
"""

from __future__ import annotations

import re

from tchat_desktop.domain.folding import fold

_BRACKETED = re.compile(r"[\[［][^\[\]［］\n]{1,80}[\]］]")
_BRACES = re.compile(r"\{\s*[a-z][a-z_]{1,30}\s*\}")

_WORDS = frozenset(
    fold(word)
    for word in (
        # Those of our own templates (`blank.…`), in every language we write in.
        *("tag", "sujet", "votre organisation", "votre compte X", "jour", "heure", "prénom"),
        *("topic", "your organisation", "your X account", "day", "time", "first name"),
        *("numéros d’aide", "helpline numbers"),
        *("etiqueta", "tema", "su organización", "su cuenta de X", "día", "hora", "nombre"),
        *("a sua organização", "a sua conta no X", "dia", "primeiro nome"),
        *("وسم", "الموضوع", "اسم منظمتكم", "حسابكم على X", "اليوم", "الساعة", "الاسم"),
        *("números de ayuda", "números de ajuda", "أرقام المساعدة"),
        # What people write themselves for what is to come.
        *("lien", "liens", "nom", "noms", "nom et prénom", "date", "lieu", "ville", "pays"),
        *("numéro", "numéros", "numéro d’aide", "téléphone", "adresse", "e-mail", "compte"),
        *("organisation", "association", "texte", "titre", "question", "invité", "invitée"),
        *("link", "links", "name", "names", "place", "city", "country", "number", "numbers"),
        *("helpline", "helplines", "helpline number", "phone", "address", "email", "account"),
        *("enlace", "fecha", "lugar", "ciudad", "país", "número", "teléfono", "correo", "cuenta"),
        *("ligação", "data", "cidade", "telefone", "conta", "pergunta", "pregunta", "texto"),
        *("رابط", "الرابط", "التاريخ", "المكان", "المدينة", "البلد", "الرقم", "الهاتف", "النص"),
        *("organization", "text", "title", "guest", "speaker", "subject", "hashtag", "url"),
    )
)
_BEGINNINGS = tuple(
    fold(word) + " "
    for word in (
        *("votre", "vos", "nom de", "nom du", "numéro de", "lien vers", "à compléter"),
        *("à remplir", "à préciser", "insérer", "insérez", "ajoutez", "ajouter"),
        *("su", "sus", "nombre de", "número de", "enlace a", "por completar", "por rellenar"),
        *("a sua", "o seu", "nome de", "ligação para", "a completar", "a preencher", "indicar"),
        *("اسم", "رقم", "رابط", "أضيفوا", "للإكمال"),
        *("your", "name of", "number of", "link to", "insert", "add", "fill in"),
    )
)
_WHOLE = frozenset(beginning.strip() for beginning in _BEGINNINGS) | {
    fold(word) for word in ("to fill in", "to be filled in", "to come", "à venir", "tbd", "xxx")
}


def unfilled(text: str) -> tuple[str, ...]:
    """The blanks of a text as written: "[numéros d’aide]", "[link]", "{topic}"; each once.

    Ordinary brackets such as "[sic]" and "[…]" are none.
    """
    found = [match[0] for match in _BRACKETED.finditer(text) if _is_blank(match[0][1:-1])]
    found += [match[0] for match in _BRACES.finditer(text)]
    return tuple(dict.fromkeys(found))


def filled_only(text: str) -> str:
    """The text, or "" while it has a blank: for parts that may be left out."""
    return "" if unfilled(text) else text


def _is_blank(inside: str) -> bool:
    words = fold(inside).removeprefix("#").strip()
    return words in _WORDS or words in _WHOLE or words.startswith(_BEGINNINGS)
