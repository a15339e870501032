"""The words that may tell of harm, of a minor or of an insult, in Spanish, Portuguese and Arabic.

They are what `signal_words.py` is for French and English, and much shorter: they miss more.
"""

from __future__ import annotations

_AGE = r"(?:[5-9]|1[0-7]|[٥-٩]|١[٠-٧])"
_YEARS_AR = r"(?:سنة|سنوات|سنين|عام|عاما|اعوام)"

_NEAR_ES = (
    r"(?:mi|mis|nuestra|nuestro|una|un|esta|este)"
    r" (?:(?:pequena?o?|joven|mejor|hermana|hermano) )?"
    r"(?:herman[ao]s?|hij[ao]s?|sobrin[ao]s?|prim[ao]s?|amig[ao]s?|companer[ao]s?|vecin[ao]s?"
    r"|alumn[ao]s?|nin[ao]s?|familia)"
)
_NEAR_PT = (
    r"(?:(?:a |o )?(?:minha|meu|nossa|nosso)|uma|um|esta|este) (?:(?:pequen[ao]|melhor) )?"
    r"(?:irma[os]?|irmao|filh[ao]s?|sobrinh[ao]s?|prim[ao]s?|amig[ao]s?|colegas?|vizinh[ao]s?"
    r"|alun[ao]s?|menin[ao]s?|rapariga|crianca|familia)"
)
_NEAR_AR = (
    r"(?:و|ف)?(?:اختي|اخي|ابنتي|بنتي|ابني|صديقتي|صديقي|جارتي|جاري|تلميذتي|تلميذي|طالبتي"
    r"|ابنة (?:اخي|اختي|عمي|خالي|جيراننا)|زميلتي|طفلة|فتاة)"
)
MORE_NEAR_WORDS = (_NEAR_ES, _NEAR_PT, _NEAR_AR)
"""Somebody close to the person who writes."""

MORE_HARM_TO_NEAR = (
    # Spanish
    r"(?:la|le|lo|las|los) (?:pegan?|golpean?|violan?|violaron|maltratan?|amenazan?|obligan?"
    r"|van a casar|quieren casar|va a casar|quiere casar|casaron)\b",
    r"(?:fue|ha sido|esta siendo) (?:violad|golpead|maltratad|amenazad|agredid|abusad)[ao]",
    r"embarazada",
    r"en peligro",
    r"ya no (?:viene|va) a (?:la escuela|clase)",
    r"(?:quiere|piensa en|habla de|intento) (?:morir|matarse|suicidarse|quitarse la vida)",
    # Portuguese
    r"(?:batem|bate|bateram)[ -]lhe\b|(?:violaram|ameacam|maltratam|obrigam|vao casa|querem casa)"
    r"(?:[ -]n?[ao]\b|[ -]la\b|[ -]lo\b|r\b)",
    r"(?:foi|esta a ser|tem sido) (?:violad|espancad|maltratad|ameacad|agredid|abusad)[ao]",
    r"gravida\b",
    r"em perigo",
    r"deixou de vir a (?:escola|aula)",
    r"(?:quer|pensa em|fala em|tentou) (?:morrer|matar-se|suicidar-se)",
    # Arabic
    r"(?:يضربها|يضربه|يضربونها|ضربوها|اغتصبها|اغتصبوها|سيزوجونها|يزوجونها|تزويجها|زوجوها|خطبوها"
    r"|يهددها|يهددونها|يتحرش بها|اعتدى عليها|حامل|في خطر|ختانها|تريد ان تموت|تفكر في الانتحار"
    r"|لم تعد تاتي الى (?:المدرسة|القسم))",
)
"""What is told of them that needs care, when it stands in the same sentence or the next."""

MORE_TOLD_OF_ONESELF = (
    # Spanish
    r"(?:me quieren|me quiere|me van a|me va a|quieren|quiere|van a|va a)"
    r" (?:casar|casarme|forzarme|obligarme a casar|venderme|entregarme)(?:me)?\b",
    r"me (?:pegan?|pego|golpean?|golpeo|violan?|violo|violaron|maltratan?|maltrataron|amenazan?"
    r"|amenazo|manosean?|manoseo|encierran?|encerraron|casaron|forzaron|obligaron a casar)\b",
    r"(?:abusa|abuso|abusaron|abusan) de mi\b",
    r"(?:fui|he sido|me han) (?:violad|golpead|casad|forzad|abusad|maltratad|agredid|obligad)[ao]",
    r"(?:tengo|me da) (?:mucho )?miedo (?:de|a) (?:volver|mi\b|mis\b|el\b|que me)",
    r"no quiero (?:casarme|vivir|seguir viviendo|este matrimonio)\b",
    r"(?:ayudenme|ayudame|salvenme|salvame)\b"
    r"(?! a (?:compartir|difundir|entender|encontrar|seguir))",
    r"(?:quiero|quisiera|voy a|pienso en|he pensado en|intente|ganas de)"
    r" (?:morir|morirme|matarme|suicidarme|desaparecer|quitarme la vida|hacerme dano)\b",
    r"(?:acabar con mi vida|mejor sin mi|me corto (?:los brazos|las venas|la piel))\b",
    r"estoy (?:embarazada|en peligro|encerrada)\b",
    r"(?:es )?lo que (?:yo )?(?:vivo|estoy viviendo|me esta pasando|me pasa a mi)\b",
    r"no se a quien (?:contar|decir|hablar|acudir|pedir)",
    r"mi (?:boda forzada|matrimonio forzado|futuro marido)\b",
    # Portuguese
    r"(?:querem|quer|vao|vai) (?:casar-me|me casar|obrigar-me|forcar-me|vender-me|me obrigar)\b",
    r"(?:bate|batem|bateu|toca|tocou|violou|violaram|ameaca|ameacou|prendeu|prenderam|obrigaram"
    r"|maltrata|maltratam|casaram)-me\b",
    r"me (?:bate|batem|bateu|violou|violaram|estuprou|estupraram|ameacam?|maltratam?|casaram)\b",
    r"(?:abusa|abusou|abusaram|abusam) de mim\b",
    r"(?:fui|tenho sido) (?:violad|espancad|casad|forcad|abusad|maltratad|agredid|obrigad)[ao]",
    r"tenho (?:muito )?medo (?:de|do|da|que me) ?(?:voltar|meu\b|minha\b|ele\b|casa\b|bata)",
    r"nao quero (?:casar|viver|este casamento|continuar a viver)\b",
    r"(?:ajudem-me|ajuda-me|socorram-me|me ajudem)\b(?! a (?:partilhar|perceber|encontrar|seguir))",
    r"(?:quero|queria|vou|penso em|tentei|vontade de)"
    r" (?:morrer|matar-me|me matar|suicidar-me|desaparecer|acabar com a minha vida)\b",
    r"estou (?:gravida|em perigo|presa em casa)\b",
    r"(?:e )?o que (?:eu )?(?:vivo|estou a viver|me esta a acontecer)\b",
    r"nao sei a quem (?:contar|dizer|falar|pedir|recorrer)",
    r"(?:o )?meu (?:casamento forcado|futuro marido)\b",
    # Arabic
    r"(?:هو )?ما (?:انا )?(?:اعيشه|يحدث لي|يحصل لي|يقع لي)\b",
    r"(?:و)?لا (?:اعرف|ادري) (?:لمن|مع من|الى من|بمن)\b",
    r"(?:تزويجي|يزوجوني|يزوجونني|سيزوجونني|سيزوجوني|زوجوني|خطبوني)\b",
    r"(?:يجبرونني|اجبروني|يجبروني) على\b",
    r"(?:يضربني|ضربني|يضربونني|ضربوني|يغتصبني|اغتصبني|اغتصبوني|يلمسني|لمسني|يتحرش بي|تحرش بي"
    r"|يهددني|هددني|يهددونني|اعتدى علي|يعتدي علي|حبسوني|يحبسونني|ختنوني)\b",
    r"(?:اريد|افكر في|حاولت) (?:ان اموت|الموت|الانتحار|ان انتحر|قتل نفسي|ان اقتل نفسي"
    r"|ايذاء نفسي|ان اختفي)\b",
    r"انا (?:حامل|في خطر|خايفة? (?:جدا|من))\b",
    r"(?:ساعدوني|انقذوني|انجدوني)\b(?! (?:في|على) (?:نشر|فهم))",
    r"لا اريد (?:ان اتزوج|الزواج|هذا الزواج|ان اعيش|العيش)\b",
)
"""What somebody tells of their own life."""

MORE_ASKS_WHOM = (
    r"(?:a )?quien(?:es)?\b[^.!?]{0,40}\b(?:llam|avis|alert|contact|acud|dirig|denunci)",
    r"(?:a |para )?quem\b[^.!?]{0,40}\b(?:lig|telefon|avis|alert|contact|recorr|denunci)",
    r"(?:بمن|الى من|من)\b[^.!?؟]{0,40}(?:نتصل|يتصل|نخبر|نبلغ|نلجا|يلجا|التبليغ|الاتصال)",
)
"""A question that asks, for whoever it may happen to, whom to call."""

MORE_OF_SOMEBODY_IN_PARTICULAR = (
    rf"(?:mi|mis|nuestra|nuestro|minha|meu|nossa|nosso|اختي|ابنتي|صديقتي)\b|{_AGE} anos\b",
)
"""What makes such a question one about somebody whom the person who asks knows."""

MORE_MINOR_ONESELF = (
    rf"(?:tengo|tenho) (?:solo |apenas |so )?{_AGE} anos\b(?! de\b)",
    r"(?:soy|sou) menor (?:de edad|de idade)\b",
    rf"(?:و)?(?:عمري|سني|عندي) (?:فقط )?{_AGE}\b(?! (?:%|دقيقة|يوم|ساعة))",
    r"(?:انا )?قاصر(?:ة)?\b",
)
"""Somebody says that they are under 18."""

MORE_MINOR_NEAR = (
    rf"(?:{_NEAR_ES}|{_NEAR_PT})[^.!?]{{0,60}}\b(?:de|con|tiene|com|tem) (?:solo |so )?"
    rf"{_AGE} anos\b",
    rf"{_NEAR_AR}[^.!?]{{0,60}}(?:عمرها|عمره|ذات|ذو) (?:ال)?{_AGE}\b",
)
"""Somebody close, under 18."""

_LOST_ES = (
    r"(?:sonadores|mentiros[ao]s|ladron(?:es|as)|payas[ao]s|hipocritas|inutiles|idiotas|feministas"
    r"|brujas|ignorantes|vendid[ao]s)"
)
_LOST_PT = (
    r"(?:sonhadores|mentiros[ao]s|ladroes|palhac[ao]s|hipocritas|inuteis|idiotas|feministas|bruxas"
    r"|ignorantes|vendid[ao]s)"
)
_LOST_AR = r"(?:الحالمين|الكاذبين|الكذابين|اللصوص|المنافقين|المهرجين|الحمقى|الاغبياء|الجهلة)"
MORE_INSULTS = (
    rf"(?:panda|banda|punado|manada|monton) de {_LOST_ES}\b",
    r"(?:son|sois|eres) (?:tod[ao]s )?(?:un[ao]s? )?(?:idiotas?|imbecil(?:es)?|mentiros[ao]s?"
    r"|ridicul[ao]s?|inutil(?:es)?|estupid[ao]s?)\b",
    r"(?:putas?|putos?|hij[ao]s? de puta|cabron(?:es)?|zorras?|gilipollas|pendej[ao]s?|mierda"
    r"|callate|callense|larguense|verguenza les deberia dar)\b",
    r"otro chat para (?:nada|hablar al viento)",
    rf"(?:bando|cambada|corja) de {_LOST_PT}\b",
    r"(?:sao|voces sao) (?:tod[ao]s )?(?:uns |umas )?(?:idiotas|imbecis|mentiros[ao]s"
    r"|ridicul[ao]s|inuteis|estupid[ao]s)\b",
    r"(?:filh[ao]s? da puta|vadias?|cabroes|merda|cala[ -]te|calem[ -]se|vao[ -]se foder)\b",
    r"mais um chat para (?:nada|falar ao vento)",
    rf"(?:حفنة|شلة|مجموعة|عصابة) من {_LOST_AR}",
    r"(?:يا )?(?:حمقى|اغبياء|كلاب|عاهرات?|شراميط|تافهين|تافهون|سخفاء)\b",
    r"(?:اخرسوا|اخرسي|عار عليكم)\b",
)
"""Words thrown at people, or threats; not criticism, which deserves an answer."""
