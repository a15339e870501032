"""The words that may tell of harm, of a minor or of an insult, in French and English.

Patterns for texts folded by `domain/folding.py`: small letters, no accents, straight apostrophes,
one blank. Each begins with a word. A gap between two words is bounded, so that reading stays
linear. The lists are ours, made to be read and bettered: they miss much.
"""

from __future__ import annotations

_KIN = (
    r"(?:(?:petite?|grande?|jeune|meilleure?|little|younger|best|young"
    r"|[0-9]{1,2}[ -]years?[ -]old) )*"
)
_NEAR_FR = (
    rf"(?:ma|mon|mes|notre|nos|une|un|cette|quelqu'un de ma) {_KIN}"
    r"(?:soeurs?|filles?|nieces?|cousine?s?|amie?s?|copine?s?|camarades?|voisine?s?|eleves?"
    r"|freres?|fils|enfants?|famille)"
)
_NEAR_EN = (
    rf"(?:my|our|a|one of my|this) {_KIN}"
    r"(?:sister|daughter|niece|cousin|friend|classmate|neighbou?r|pupil|student|brother|son|child"
    r"|family)s?"
)
NEAR_WORDS = (_NEAR_FR, _NEAR_EN)
"""Somebody close to the person who writes."""

HARM_TO_NEAR = (
    # French
    r"fiancaille",
    r"(?:est|sera|a ete|etre|va se|deja) fiancee",
    r"(?:va|vont|doit|veut|veulent|force[ra]?|oblige[ra]?)[^.!?]{0,25}(?:la |le |l')?mari(?:er|ee)",
    r"(?:va|vont|veut|veulent) (?:la |le |l')(?:marie|donner?|excise)\b",
    r"mari(?:ee|er) de force",
    r"ne vient plus (?:en cours|a l'ecole|en classe)",
    r"(?:battu|frappe|viole|violente|maltrait|menace|abuse|agresse|excise)e?r?s?\b",
    r"enceinte",
    r"en danger",
    r"futur mari",
    r"besoin d'aide pour",
    r"(?:veut|va|voulait|parle de|pense a|envie de|tente de|essaye de|essaie de)"
    r" (?:mourir|se tuer|se suicider|suicide|disparaitre\b|mettre fin a ses jours"
    r"|en finir\b(?! avec (?!la vie(?! cher)|sa vie)))",
    r"se (?:fait|fasse) du mal\b|se (?:scarifie|mutile)\b",
    # English
    r"(?:wants to|trying to|tried to|talks? (?:of|about)|thinks? (?:of|about)) (?:die|dying|kill"
    r"(?:ing)? (?:herself|himself|themselves)|suicide|end(?:ing)? (?:her|his|their) life)",
    r"(?:cuts|hurts|harms|cutting|hurting|harming) (?:herself|himself|themselves)",
    r"(?:is|be|was|being|got|getting) (?:engaged|beaten|raped|hit|abused|threatened|cut)\b",
    r"engagement",
    r"(?:will|to|must|has to|forced to|made to|forcing (?:her|him) to)"
    r" (?:be married|marry|get married)",
    r"(?:stopped coming|no longer comes|does not come|doesn't come) to (?:school|class)",
    r"pregnant",
    r"in danger",
    r"needs? help",
)
"""What is told of them that needs care, when it stands in the same sentence or the next."""

_WHO_FR = (
    r"(?:on|ils|elles?|il|mes? (?:parents?|peres?|meres?|oncles?|tantes?|familles?|freres?)"
    r"|(?:mon|un|le) (?:grand |beau[ -]|petit )?(?:pere|papa|oncle|tonton|tuteur|frere|cousin|prof"
    r"|professeur|maitre|marabout|patron|voisin|mari|copain|ex|chef)"
    r"|ma (?:grand[ -]|belle[ -])?(?:mere|maman|tante|tata|famille|maratre|tutrice|patronne))"
)

_AN_END = (
    r"(?:mourir|me tuer|me pendre|me suicider|disparaitre\b(?! (?:de|du|des) )"
    r"|en finir\b(?! avec (?!(?:la|ma|cette) vie(?! cher)|tout\b|moi\b|mes jours)))"
)
"""Not "en finir avec les mariages précoces", nor "disparaître de la liste"."""

_OF_DESPAIR = (
    # French
    rf"je (?:ne )?(?:veux|voudrais|vais|souhaite|prefere|prefererais|pense|songe|n'attends que de)"
    rf"(?: (?!voir|faire|laisser)\w{{1,10}}){{0,2}}? {_AN_END}",
    rf"(?:(?:j'ai|j'avais|une?|cette|des|mes) (?:\w{{1,9}} )?(?:envies?|idees?) (?:de|d')"
    rf"|j'aimerais|j'aurais (?:voulu|prefere)|autant|mieux vaut) ?{_AN_END}",
    r"(?:plus|pas|aucune|aucun|ni) (?:d'|de |la |le )?(?:envie|gout|raison|force|courage)"
    r" (?:de vivre|a la vie|de la vie|d'exister|de continuer a vivre)",
    r"(?:n'ai|j'ai) (?:vraiment )?plus envie de rien\b",
    r"(?:je n'en|j'en) peux (?:vraiment |juste )?plus(?= ?(?:[.!,;]|$)| de (?:vivre|souffrir|subir"
    r"|cette vie|la vie|me cacher))",
    r"je suis a bout\b(?! de (?:souffle|course|bras|champ))",
    r"(?<!peut )(?<!pourrait )(?<!ca va )(?<!cela va )(?<!vaccin va )(?<!risque de )"
    r"me faire du mal\b",
    r"je me (?:fais (?:du )?mal expres|fais du mal|coupe (?:les (?:veines|bras)|la peau)|scarifie"
    r"|mutile)",
    r"(?:me suicider|me scarifier|me mutiler|m'ouvrir les veines|me couper les veines|me jeter"
    r" (?:sous un|dans le (?:fleuve|puits|vide)|du (?:pont|toit)))\b",
    r"mettre (?:une )?fin a (?:mes jours|ma vie)",
    r"ne plus (?:exister|me reveiller|vivre)\b",
    r"(?:serai[st]?|seriez|seraient|etes|est|va|vont) (?:\w+ )?mieux sans moi\b",
    r"je serais mieux morte?\b",
    r"ma vie n'a (?:plus|pas|aucun)(?: de| d')? ?(?:sens|valeur|interet)",
    r"(?:la|ma|cette) vie ne vaut (?:plus|pas) (?:la peine|le coup|d'etre)",
    r"(?:j'ai (?:des |souvent )?|mes )(?:pensees|idees) suicidaires",
    r"je (?:pense|songe) (?:souvent |tous les jours )?au suicide",
    # English
    r"i(?: am|'m| was|'ve been| have been| would|'d| keep)?"
    r"(?: just| really| only| often| sometimes)?"
    r" ?(?:want|wish|plan|going|thinking|think|thought|feel|like|rather|try|tried|trying)"
    r"(?: of| about| like)?(?: to)? (?:die|dying|end(?:ing)? it\b(?! with| on | here| by| at)"
    r"|end(?:ing)? it all|disappear(?:ing)?\b(?! from)|not exist|vanish)",
    r"(?:kill|hurt|harm|cut|killing|hurting|harming|cutting) myself\b(?! (?:laughing|some slack))",
    r"(?:end|ending|take|taking|ended) my (?:own )?life\b",
    r"(?:do not|don't|no longer) want to (?:live|exist|wake up|be alive|be here any ?more|go on)",
    r"(?:no reason|no will|nothing|no point) (?:to live|in living|left to live|to keep living)",
    r"(?:tired|sick) of (?:living|being alive|life|my life)\b",
    r"(?:better off (?:dead|without me)|i wish i (?:was|were|had) (?:dead|never been born))",
    r"i can(?:'t|not) (?:go on\b|take (?:it|this) any ?more|live like this)",
    r"(?:i (?:am|'m|feel)|i'm|my|having) suicid(?:al|e)",
)
"""Somebody who cannot go on: of all that is told, the most urgent."""

TOLD_OF_ONESELF = (
    *_OF_DESPAIR,
    # French
    rf"{_WHO_FR}"
    r" (?:veut|veulent|va|vont|compte|comptent|a|ont|essaie|essaient|cherche|cherchent)[^.!?]{0,25}"
    r"\bm(?:e |')(?:mari|fianc|forc|oblig|excis|frapp|batt|viol|touch|enferm|vend"
    r"|donn(?:er?|ee) (?:en mariage|comme|(?:a|avec) (?:un|1|mon|ce)\b|au\b))",
    r"(?<!\bqui )(?<!\bca )m(?:e |')(?:a |ont |avait )?(?:frapp|batt?\b|bats\b|battu)",
    r"m(?:e |')(?:a |ont |avait )?(?:viol|maltrait|agress|menac|excis|abuse|enferm)",
    rf"{_WHO_FR}(?: \w+){{0,2}} m(?:e |')(?:a |ont |avait )?(?:touch|tape|vendu|forc)",
    r"me (?:marient|fiancer|donner en mariage|forcer|exciser)",
    r"(?<!je veux )(?<!je voudrais )(?<!j'aimerais )me marier",
    r"me faire (?:marier|exciser|violer|frapper)",
    r"(?:pris|paye|recu|accepte|donne)e?s? (?:deja )?ma dot\b",
    r"abus\w{1,4} de moi\b",
    r"m'(?:a|ont) (?:deja )?(?:mari|fianc|promis)e?",
    r"mari(?:e|er|ee) contre (?:ma|mon) (?:volonte|gre)",
    r"je (?:suis|vais etre|serai|dois etre) (?:deja )?(?:fiancee?|promise|battue?|violee?)",
    r"je (?:vais etre|serai|dois etre) mariee\b",
    r"je suis mariee (?:de force|contre|depuis mes|a [0-9]+ ans)",
    r"j'ai ete (?:mariee?|fiancee?|violee?|battue?|frappee?|agressee?|excisee?|abusee?|forcee?)",
    r"j'etais mariee a",
    r"(?:mes fiancailles|mon mariage force|mon futur mari)",
    r"j'ai (?:tres |trop |tellement )?peur"
    r" (?:de rentrer|chez moi|de mon|de mes|de lui|pour ma vie)",
    r"je (?:ne )?veux (?:pas|plus) (?:me marier?|de ce mariage|etre mariee?|vivre|exister)\b",
    r"(?:aidez|sauvez|secourez)[ -]?moi\b"
    r"(?! a (?:partager|diffuser|relayer|comprendre|suivre|repondre|faire connaitre|voter"
    r"|trouver (?:le|la) (?:tag|lien|compte|page)))",
    r"je (?:veux|vais) (?:m'enfuir|fuguer)",
    r"quel(?:le)? numero\b[^.!?]{0,20}\bje (?:peux|dois) (?:appel|contact|joindre)",
    r"je suis (?:en danger|enceinte|enfermee)",
    r"(?:besoin d'aide|je ne veux pas en parler ici|je n'ose (?:pas )?en parler)",
    r"c'est (?:arrive a moi|ce qui m'arrive|ce que je vis)",
    r"(?:je ne sais pas|je sais pas) a qui (?:le dire|en parler|parler?|me confier)\b",
    # English
    r"what i (?:live (?:with|through)|am living)\b",
    r"i (?:do not|don't) know (?:who|whom) to (?:tell|turn to)",
    r"(?:want|wants|going|trying|plan|plans) to (?:marry me|give me away|force me|cut me)",
    r"(?:beats?|hits?|raped|rapes|abused|abuses|threatens|hurts?|keeps touching|hitting|beating"
    r"|raping) me\b",
    r"(?:he|man|dad|stepdad|father|uncle|teacher|brother|cousin|boss|pastor) (?:\w+ )?touche[sd]"
    r" me\b",
    r"i (?:got|get) (?:raped|beaten|hit|abused)\b",
    r"(?:marry|marrying|force|forcing|forced) me\b",
    r"i (?:am|'m|was|will be|have been|was being)[^.!?]{0,12} (?:engaged|married off|raped|beaten"
    r"|abused|forced|promised to|cut)\b",
    r"i (?:was|got) married (?:at|when i was)",
    r"my (?:engagement|forced marriage|future husband)",
    r"i(?: am|'m) (?:so |very |too )?(?:afraid|scared) (?:to go home|of (?:my|him))",
    r"(?:i )?do(?: not|n't) want to (?:marry|be married|get married|live)",
    r"(?:help|save) me\b(?! (?:to )?(?:understand|share|spread|follow|vote|win|answer|reach"
    r"|find the (?:tag|link)))",
    r"i(?: want| am going|'m going) to run away",
    r"i(?: am|'m) (?:in danger|pregnant|locked)",
    r"(?:need help for|do not want to talk about it here|don't want to talk about it here)",
)
"""What somebody tells of their own life."""

ASKS_WHOM = (
    # French
    r"(?:qui|quels? (?:numeros?|services?)|quelles? (?:personnes?|associations?)|ou)\b[^.!?]{0,40}"
    r"\b(?:appel|alert|preven|contact|joindre|s'adress|telephon|signal|orient|en parler)",
    r"(?:un|le) (?:bon )?numero\b[^.!?]{0,20}\b(?:appeler|vert)\b",
    # English
    r"(?:who|whom|which (?:number|service|person))\b[^.!?]{0,40}"
    r"\b(?:call|alert|warn|contact|tell|turn to|ring|phone|report)",
)
"""A question that asks, for whoever it may happen to, whom to call."""

OF_SOMEBODY_IN_PARTICULAR = (
    r"(?:ma|mon|mes|notre|nos|cette|my|our|this|[0-9]{1,2} ans)\b",
    r"[0-9]{1,2}[ -]years?[ -]old\b",
)
"""What makes such a question one about somebody whom the person who asks knows."""

_AGE = r"(?:[5-9]|1[0-7])"
MINOR_ONESELF = (
    rf"j'ai (?:seulement |que |juste |a peine |tout juste |eu )?{_AGE} ans\b"
    r"(?! (?:de\b|d'|d |dexp|danc|dans (?:l|la|le|les|cette|ce)\b|plus tard|apres|avant))",
    rf"je n'ai que {_AGE} ans\b",
    rf"{_AGE} ans,? (?:et )?je\b",
    r"je suis (?:mineure?|collegienne?|au college|en (?:6|5|4|3)(?:e|eme)|en classe de)\b",
    rf"i(?: am|'m) (?:only |just )?{_AGE}\b"
    r"(?! ?(?:%|percent|min|hour|day|week|month|km|mile|points|years (?:in|of|late|married)))",
    rf"i(?: am|'m) an? {_AGE}[ -]years?[ -]old\b",
    r"i(?: am|'m) (?:a minor|under ?age|in (?:middle school|junior high|grade [4-9]))\b",
)
"""Somebody says that they are under 18."""

MINOR_NEAR = (
    rf"{_NEAR_FR}[^.!?]{{0,60}}\b(?:de|a|agee? de|n'a que|qui a) {_AGE} ans\b",
    rf"{_NEAR_EN}[^.!?]{{0,60}}\b(?:of|is|aged?|only|who is) {_AGE}\b",
    rf"(?:my|our|a|this) {_AGE}[ -]years?[ -]old\b",
)
"""Somebody close, under 18."""

_LOST = (
    r"reveurs?|menteu(?:rs?|ses?)|voleu(?:rs?|ses?)|clowns?|hypocrites?|nuls?|nulles?|incapables?"
    r"|laches?|escrocs?|charlatans?|moutons?|vendus?|traitres?|parasites?|fous|folles|malades"
    r"|ignorants?|feministes?|sorcieres?"
)
_LOST_EN = (
    r"dreamers?|liars?|thieves|clowns?|hypocrites?|losers?|cowards?|crooks?|frauds?|sheep"
    r"|traitors?|parasites?|fools?|feminists?|witches"
)
INSULTS = (
    # French
    rf"bande de (?:{_LOST}|cons?|\w+ards?)\b",
    rf"(?:vous (?:n')?etes|tu (?:n')?es)(?: tous| toutes| vraiment| juste)*"
    rf" (?:que |qu')?(?:des? |une? |d')?(?:bande de )?"
    rf"(?:{_LOST}|ridicules?|pathetiques?|debiles?)\b",
    r"(?:connards?|connasses?|encules?|salopes?|salauds?|salopards?|putes?|putains?|batards?"
    r"|cretine?s?|abrutie?s?|debiles|imbeciles?|idiote?s|ordures?|racailles?|pouffiasses?)\b",
    r"(?:sales?|gros|grosses?|pauvres?|petits?) "
    r"(?:con(?:ne)?s?|types?|putes?|chiennes?|idiote?s?)\b",
    r"(?:ta gueule|vos gueules|ferme(?:z)?[ -]la|va te faire|allez vous faire|nique|niquez)\b",
    r"(?:degagez?|honte a vous|vous me degoutez|tu me degoutes|vous me faites honte)\b",
    r"encore un tchat pour (?:rien|parler dans le vide|ne rien dire)",
    r"(?:retournez?|restez?) (?:a|dans) (?:la|ta|votre|vos|ton) (?:cuisines?|pays|case)\b",
    r"(?:tu vas|vous allez) (?:payer|le regretter|le payer|mourir|crever)\b",
    # English
    rf"(?:bunch|pack|load) of (?:{_LOST_EN}|idiots?|morons?)\b",
    rf"(?:you are|you're)(?: all| just| really| nothing but)* (?:an? )?"
    rf"(?:bunch of )?(?:{_LOST_EN}|stupid|pathetic|ridiculous|disgusting|idiots?|morons?)\b",
    r"(?:idiots|morons?|assholes?|bastards?|bitch(?:es)?|whores?|sluts?|cunts?|retards?|scum"
    r"|dickheads?|imbeciles?)\b",
    r"(?:fuck|fucking|shut up|go to hell|screw you|stfu|shame on you|you disgust)\b",
    r"back to the kitchen\b",
    r"(?:you will|you'll) (?:pay for|regret|die)\b",
    r"another chat (?:for nothing|to talk to|about nothing|that changes nothing)",
)
"""Words thrown at people, or threats; not criticism, which deserves an answer."""
