"""The words by which a named child is noticed, folded as in `folding.py`.

They are French and English first, with fewer of Spanish, Portuguese and Arabic.

First names count however they are typed; a word that is no first name here counts only where it has
its capital and a word for a child stands right before it. The lists are ours and miss much.
"""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FIRST_NAMES = _set("""
    lucia marta carmen juana pedro juan jose luis maria carlos joao paulo domingas
    فاطمة فاطم عائشة مريم خديجة امينة زينب سارة نور هند ليلى سلمى ياسمين رقية نافي
    محمد احمد علي عمر يوسف ابراهيم حسن حسين عثمان موسى
    abdallah abdel abdou abdoul abdoulaye abdourahmane aboubacar aboubakar abou abraham absa adama
    adele adjoua adwoa afi afia agathe agnes ahmadou ahmed aicha aida aimee aisha aissata aissatou
    akissi akosua akouvi alain albert alexandre alice alicia alima alimatou aliou alioune alphonse
    amadou amara ameth amina aminata aminatou amy ana anais andre angele anita anna anne annie
    antoine anta arame armand arouna arthur assane assata assetou astou astrid ataya awa aya ayo
    ayodele aziz babacar badara bakary balkissa baptiste bassirou beatrice bertrand bineta bintou
    bocar boubacar boubou brahim brice bruno camille caroline catherine cecile chantal charles
    charlotte cheikh cheikhou chiamaka chidi chinedu chloe christelle christian christine coumba
    daba dado daniel daouda david delphine demba denis denise diaga diama diarra diariatou diary
    dieynaba didier dieudonne djamila djeneba djenabou djibril dorcas edouard edith elhadj elie
    eliane elisabeth elizabeth elodie emile emilie emma emmanuel emmanuelle enzo eric ernest
    esther eugene eve fabrice fadel fallou fama fanta fara fatim fatima fatimata fatimatou fatma
    fatmata fatou fatouma fatoumata fatimetou felicite felix fifi francis francois francoise
    gabriel gabrielle genevieve georges gerard germaine ghislain gilbert gisele gloria gnima gora
    guillaume habib habibatou habsatou hadja hadjaratou halima halimatou hamidou hamza harouna
    hassan hassane hawa helene henri henriette herve hortense houleye hugo hussein ibou ibra
    ibrahim ibrahima idriss idrissa ines inna innocent isaac isabelle isatou ismael ismaila issa
    issiaka issouf ivan jacob jacqueline jacques james jamila jane jean jeanne jennifer jeremie
    jerome jessica joao joel john jonas joseph josephine josiane joshua josue judith jules julie
    julien julienne justine kadia kadiatou kadidia kadidiatou kady kakou kalifa karim karima
    kassim katherine kenza kevin khadidja khadidiatou khadija khadijatou khadim khadime khady
    khalifa khalil khardiata khardiatou kine koffi kokou kossi koudou kouame kouassi kwame lamine
    landing laura laurence laurent lea leila leon leonie leo lika lina lisa louis louise lucas
    lucie lydia lynda madeleine madina madjiguene madou mady maguette mahamadou maimouna malick
    malik malika mamadou mame mamadi mamie mansour manuel marc marcel mareme marguerite maria
    mariam mariama marianne marieme mariane mariatou mariem mariette martin martine mary maryam
    maryama marthe massamba mateo mathieu mathilde maty maurice mbaye mbene mbissine michael
    michel michele michelle modou mody mohamadou mohamed mohammed moise momar monique mouhamadou
    mouhamed mouhammad mounira moussa moustapha moustafa mustafa mustapha myriam nabou nadege
    nadia nafi nafissatou nafissa naomi natacha nathalie nathan ndeye ndiouga ndeya ndongo nelly
    nene ngone ngozi nicolas nicole nina noah noemie nogaye nouhou odile olivia olivier omar oumar
    oumou oumy ousmane ousseynou pape pascal pascaline patrice patricia patrick paul paula pauline
    penda philippe philomene rachel rahim rahma raissa ramata ramatou ramatoulaye raphael raymond
    rebecca regina rene renee richard rita robert roger rokhaya rokia rokiatou roland romain
    rosalie rougui rouguiatou ruth saadia sadio safi safiatou safietou saidou salif salimata
    salimatou salimou saliou samba sambou samira samuel sandra sandrine saratou sara sarah sarata
    sekou serge seydou seynabou sidi sidy sidonie simon simone sira siradio sokhna solange
    soleymane sophie souleymane soukeyna soukeye soumaila stephane stephanie susan suzanne sylvain
    sylvie tacko tamara tania tene tening thabo thierno thierry thomas tidiane timothee toussaint
    vanessa valerie veronique victoire victoria vincent viviane wally wilfried yacine yacouba yaa
    yaaba yande yasmine yao yaya yayha youssef youssou youssouf yvette yves yvonne zainab zara
    zeinab zeinabou zenab zoe zohra zouera""")
NAMES_WITH_CAPITAL = _set("""
    aime ami ange aurore blandine blessing bijou claire constance dior divine doudou faith fode
    fortune grace hope jade joy marie mercy mor noel pacome parfait patience peace pierre precious
    rama rose sali victor""")
"""First names that are words too: they count where they have their capital."""
NO_NAMES = _set("""
    tengo tenho tem tiene soy sou el la los las os hola ola gracias obrigado obrigada aqui
    about afrique after aged allah apres apprenez as au aujourd'hui aussi avant avec avez bassam
    beaucoup bien bonjour bonsoir boy boys bourg bravo burkina c'est cameroun casamance cette
    chacun chaperon chez chose comme congo contre cote courage dakar dans demain depuis des dieu
    du elle elles en encore enfance entre est et eux facebook fille filles france from garcon
    garcons ghana girl girls god guinee here ici il ils inchallah instagram ivoire j'ai je kenya
    larousse
    le les leur leurs lui ma mais mali mariee married maroc mauritanie mbao merci mes moins mon
    mosquee moyen nicolas niger nigeria non notre nous on ou oui paris par parfois pas plus point
    poucet pour prince pourquoi quand que question qui quoi rivoire sa salut senegal selon ses she
    si son sous sur the
    they tiktok togo toujours tous toutes tres twitter un under une va vers
    voici vos votre vous we when whatsapp who with x you ecole""")
"""Words with a capital that are no name of a child, as after "la petite"."""

CHILD_NOUNS = _set("""
    hija hijas hijo hijos filha filhas filho filhos nina ninas nino ninos menina meninas
    menino meninos rapariga rapaz crianca criancas alumna alumno alumnas alumnos aluna aluno alunas
    alunos sobrina sobrino sobrinha sobrinho ابنتي ابني بنتي طفلة طفل تلميذة تلميذ تلميذتي طالبة
    الطفلة الطفل التلميذة التلميذ
    eleve eleves elev fille filles fils fillette fillettes enfant enfants gosse gosses gamin
    gamine gamins gamines garconnet bebe bebes niece nieces neveu neveux filleul filleule filleuls
    ecolier ecoliere ecoliers ecolieres collegien collegienne collegiens collegiennes lyceen
    lyceenne lyceens lyceennes talibe talibes garcon garcons orphelin orpheline apprenant
    apprenante petite-fille petit-fils pupil pupils student students daughter daughters son sons
    child children kid kids boy boys girl girls baby toddler nephew nephews grandson granddaughter
    grandchild schoolgirl schoolboy classmate classmates""")
SIBLINGS = _set("""
    hermana hermanas hermano hermanos irma irmas irmao irmaos prima primas primo primos
    اختي اخي
    soeur soeurs seur frere freres cousin cousine cousins cousines sister sisters brother brothers
    sis bro""")
"""Children only where they are said to be little."""
LITTLE = _set("""
    pequena pequeno pequenas pequenos الصغيرة الصغير
    petit petite petits petites pti ptit ptite ptits ptites p'tit p'tite jeune jeunes little young
    younger""")
OF_A_CHILD = _set("""
    mi su sus nuestra nuestro minha meu sua seu nossa nosso uma um una uno el os as
    mon ma mes notre nos son sa ses leur leurs votre vos ton ta tes un une le la les l' ce cet
    cette ces d' du au aux des my our his her their your a an the this that these those mn""")
POSSESSIVE = _set("""
    mon ma mes notre nos son sa ses leur leurs my our his her their mn mi nuestra minha meu
    nossa""")
CALLED = _set("""
    llamada llamado llama chamada chamado chama اسمها اسمه تدعى يدعى
    nomme nommee nommes nommees prenomme prenommee prenommes prenommees appele appelee appeles
    appelees appelle appellent s' s'appelle qui dont nom prenom est le is named called name names
    who""")
"""What may link a word for a child and the name: "une fille qui s'appelle", "a boy called"."""

ADULTS = _set("""
    senora senor dona dom professora professor maestra maestro profesora profesor medica
    medico السيدة السيد الدكتورة الدكتور الاستاذة الاستاذ المعلمة المعلم
    mme madame mlle m mr monsieur mrs ms miss dr docteur doctor prof professeur professeure
    professor maitre maitresse teacher teachers enseignant enseignante enseignants instituteur
    institutrice directeur directrice headmaster headmistress headteacher principal principale
    proviseur surveillant surveillante animateur animatrice educateur educatrice infirmier
    infirmiere nurse sage-femme midwife president presidente ministre minister maire mayor coach
    tata tonton tante oncle aunt aunty uncle maman papa mother father mere pere mum mom dad parent
    imam pasteur pastor serigne sister soeur frere grand-mere grand-pere coordinateur
    coordinatrice coordinator responsable formateur formatrice marraine parrain enseigne
    enseignent teaches teach taught benevole volunteer journaliste journalist avocat avocate
    lawyer depute griot chef sir madam fondateur fondatrice founder etudiant etudiante ecrivain
    auteur autrice author""")
"""Before a name, or between a name and a school, these words say that it is a grown-up's."""
GREETINGS = _set("""
    bonjour bonsoir salut merci bravo chere cher hello hi dear thanks thank you congrats welcome
    bienvenue felicitations hey ok""")
ONESELF = _set("suis ici moi i i'm am m'appelle appelle je here c'est")
"""Who introduces themselves by their school is a teacher more often than a child."""
NO_PERSON = _set("""
    saint sainte st ste rue avenue place boulevard quartier cite hopital clinique fondation
    association ong prix universite institut stade marche hospital street foundation university #
    tresor""")

SCHOOLS = _set("""
    ecole ecoles ecol ekole college lycee cem cems garderie creche daara jardin medersa madrasa
    school schools academy kindergarten nursery""")
KINDS_OF_SCHOOL = _set("""
    primaire elementaire maternelle publique privee prive public catholique coranique franco-arabe
    communale communal technique moyen secondaire d'enfants enfants de du d' des l' la primary
    elementary secondary high middle nursery called nomme""")
CLASSES = _set("""
    ci cp cp1 cp2 ce1 ce2 cm1 cm2 6e 5e 4e 3e 6eme 5eme 4eme 3eme 1ere 2nde sixieme cinquieme
    quatrieme troisieme seconde terminale tle maternelle jss1 jss2 jss3 ss1 ss2 ss3""")
LOOSE_CLASSES = _set("seconde premiere 1ere maternelle cinquieme quatrieme troisieme sixieme ci cp")
"""Words for a class that mean much else: "en", "de", "du" or "classe de" must stand before them."""
GRADES = _set("grade class form primary year jss std standard p")
"""English words that make a class with the number after them."""
IN_CLASS = _set("en de du au classe in from of d' dans a la l' the")
TO_SCHOOL = IN_CLASS | _set("""
    , ( - – : section petite moyenne grande est etait va vient eleve eleves inscrit inscrite
    scolarise scolarisee etudie frequente qui une un notre nos mon ma son sa ans fait is was goes
    attends studies student pupil at to an our my his her who with et and aux""")
"""What may stand between a name and a class or a school for the two to belong together."""

AGES = {str(number): number for number in range(100)} | {
    word: number
    for row in (
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen",
    )
    for number, word in enumerate(row.split(), start=1)
}
UNITS_OF_AGE = _set(
    "anos ano سنة سنوات سنين عاما عام اعوام "
    "ans an years year yrs year-old years-old yo y.o mois months month-old months-old"
)
MONTHS = _set("mois months month-old months-old")
NO_AGE_AFTER = _set("plus apres avant later ago moins passes ensemble d'")
"""After "12 ans", these words tell of time that passed."""
SPENT = _set("""
    experiencia trabajo trabalho lucha luta matrimonio casamento militancia servicio servico
    mariage menage lutte experience travail carriere combat combats prison service metier vie retard
    recul pratique exil action actions existence souffrance scolarite cours terrain engagement
    militantisme moins plus silence attente guerre paix politique recherche formation marriage
    work experience service""")
"""Of "12 ans de" such things, nobody is the age."""
DEMONYMS = (
    "aise",
    "aises",
    "ais",
    "ienne",
    "iennes",
    "iens",
    "oise",
    "oises",
    "ois",
    "ese",
    "ians",
)
"""How words for the people of a place end."""
BEFORE_AGE = _set("""
    ، con tiene tenia com tem tinha عمرها عمره من العمر البالغة البالغ ذات
    , ( - – : a avait est n' n'a que qui age agee ages agees de d' is was has only just aged who
    turned seulement peine and et a'""")
AGE_OF_LONG_AGO = _set("a at avant before des depuis since en")
OF_PLACE = _set("a en depuis in at from dans since vers near au")

NEVER_A_NAME = (
    NO_NAMES | CHILD_NOUNS | SIBLINGS | LITTLE | OF_A_CHILD | CALLED | ADULTS | GREETINGS | ONESELF
    | NO_PERSON | SCHOOLS | KINDS_OF_SCHOOL | CLASSES | GRADES | TO_SCHOOL | UNITS_OF_AGE
    | BEFORE_AGE
    | OF_PLACE | _set("petites-filles oui non l' d' j' c' n' s' qu' m' t' i")
) - FIRST_NAMES  # fmt: skip
