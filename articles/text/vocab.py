"""The words that labels, notes and names are told by, French and English, folded (no accents)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from articles.text.regex import regex


def words(line: str) -> frozenset[str]:
    """Make a set of the words of a line."""
    return frozenset(line.split())


MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january janv jan", "février fevrier february févr fevr fév fev feb",
            "mars march mar", "avril april avr apr", "mai may", "juin june jun",
            "juillet july juil jul", "août aout august aug", "septembre september sept sep",
            "octobre october oct", "novembre november nov",
            "décembre decembre december déc dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
# Patterns, to be matched in any case.
MONTH = f"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
DAY = (
    "(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    "(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_ENGLISH_DATES = (
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday"
)
PARTICLES = words(
    "de du des d la le les l von van der den zu af av al el ibn bin ben abou da do dos di del "
    "della y e of the et and & a au aux en pour for in to"
)
HONORIFICS = words(
    "m mm mme mmes mlle mr mrs ms miss dr pr prof me mgr sir dame monsieur madame mademoiselle "
    "messieurs mesdames hon son sa excellence he se maitre gov sen rep amb sec secy pdt cdt cllr "
    "capt lt col adm cmdr sgt brig rev s.e s.e.m s.e.mme h.e"
)
OFFICES = words(
    "president presidente presidency prime vice ministre minister premier premiere secretaire "
    "secretary ambassadeur ambassadrice ambassador chancelier chanceliere chancellor roi reine "
    "king queen prince princesse princess senateur senatrice senator depute deputee congressman "
    "congresswoman rapporteur rapporteure directeur directrice director general generale colonel "
    "commandant admiral amiral captain capitaine professeur professor pape pope commissaire "
    "commissioner consul maire mayor gouverneur governor juge judge chief chef haut haute "
    "representant representante representative delegue deleguee delegate greffier envoye envoyee "
    "envoy attache undersecretary assistant vice-president porte-parole spokesperson spokesman "
    "spokeswoman patriarche cardinal eveque bishop archbishop archeveque cheikh sheikh emir sultan "
    "chairman chairwoman chairperson chair speaker conseiller conseillere adviser advisor "
    "historien historienne historian expert experte analyste analyst temoin witness negociateur "
    "negociatrice negotiator mediateur mediatrice mediator academicien academicienne ecrivain "
    "ecrivaine philosophe avocat avocate invite invitee"
)
# What an office is of, where it stands before it: Foreign Minister, Deputy Foreign Secretary.
DOMAINS = words(
    "foreign deputy defense defence interior finance trade justice home health energy treasury "
    "agriculture environment labour labor education culture european permanent state acting"
)
ASKERS = words(
    "q question questions relance demande journaliste journalist reporter reporters press presse "
    "interviewer intervieweur intervieweuse enqueteur enquetrice correspondant correspondante "
    "correspondent redaction animateur animatrice presentateur presentatrice host anchor auditeur "
    "auditrice internaute lecteur lectrice public audience salle caller participant participante "
    "etudiant etudiante student spectateur spectatrice quest redacteur redactrice"
)
ANSWERERS = words(
    "r a reponse answer rep reponses answers interviewe interviewee intervenant intervenante guest "
    "invite invitee"
)
MODERATORS = words(
    "moderateur moderatrice moderator animateur animatrice presentateur presentatrice host anchor "
    "chair chairman chairwoman chairperson facilitator mc operator"
)
# Labels of voices that are heard and never named: somebody in the room, on the line, on the air.
HEARD = words(
    "woman man lady gentleman homme femme dame jeune young voix voice announcer annonceur "
    "annonceuse speakerine unidentified unknown inconnu inconnue auditeur auditrice listener "
    "caller participant participante spectateur spectatrice internaute lecteur lectrice reader "
    "viewer public salle audience etudiant etudiante student member membre off operator interprete "
    "interpreter traducteur traductrice translator passant passante somebody quelqu'un"
)
# Labels that only say that somebody asks or answers, and name nobody.
NAMELESS = frozenset(
    (
        "q",
        "d",
        "r",
        "a",
        "relance",
        "demande",
        "question",
        "reponse",
        "answer",
        "questions",
        "reponses",
        "rep",
        "quest",
    )
)
ROLE_WORDS = (
    OFFICES | ASKERS | ANSWERERS | MODERATORS | HEARD | words("locuteur locutrice orateur oratrice")
) - {"a", "r", "q", "jeune", "young", "public"}
# Words that stand before a colon without being a voice.
NO_VOICE = words(
    "entretien interview participants exclusif exclusive reportage portrait enquete tribune "
    "opinion editorial chronique direct live communique urgent alerte dossier serie episode "
    "podcast article articles chapitre chapter titre section annexe annex paragraphe alinea part "
    "partie acte scene dear cher chere chers cheres deuxieme troisieme quatrieme cinquieme third "
    "fourth panel sources members witnesses temoins membres presents signed parties depositary in "
    "present absent debat table photo photos note notes nb ndlr ndt source date lieu heure exemple "
    "exemples resultat resultats bilan conclusion introduction contexte context verdict "
    "affirmation claim claims rating fact facts fait faits vrai faux true false mixed update mise "
    "credit credits copyright tel telephone email mail contact contacts adresse address site web "
    "lire voir aussi read more see also attention rappel important remarque avertissement warning "
    "summary resume sommaire synopsis video audio infographie graphique carte map legende caption "
    "illustration chapo title sujet subject objet theme mots-cles keywords tags tag categorie "
    "category rubrique publie published updated modifie auteur author by par reponse-eclair "
    "analyse analysis explication explanation decryptage enjeux enjeu objectif objectifs but "
    "consequence consequences cause causes avantage avantages inconvenient inconvenients solution "
    "probleme problem etape step point points chiffre chiffres prix cout cost duree duration delai "
    "definition ps post-scriptum via suite fin propos traduction transcription transcript verbatim "
    "background evidence finding findings ruling bottom line what why how when where who lundi "
    "mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet "
    "aout septembre octobre novembre decembre " + _ENGLISH_DATES
)

# Capitalised words that begin sentences and titles, and are no part of a name.
NOT_FIRST = words(
    "le la les l un une des ce cet cette ces il elle ils elles on nous vous je tu mais et ou donc "
    "or ni car dans sur sous avec sans pour par en au aux a de du si que qui quoi dont quand "
    "comment pourquoi entretien interview rencontre conversation propos audition remarks press "
    "briefing conference exclusif exclusive portrait dialogue discussion debat debate transcript "
    "transcription questions ancien ancienne former the an of in on at by with from to for and but "
    "as after before this that these those his her its their our we you he she it they i is are "
    "was were do does did has have trois deux quatre cinq six sept dix three five ten senators "
    "ministers messrs presidents general ambassadors apres avant depuis pendant selon lors alors "
    "ainsi aussi tout tous toute toutes notre nos votre vos son sa ses leur leurs mon ma mes "
    "historien historienne ne nee monsieur madame mademoiselle invite interrogee interroge grand "
    "grande invitee bonjour merci secretary president minister ministre ambassadeur ambassadrice "
    "ambassador professor professeur chancelier senator senateur special joint opening closing "
    "statement readout lire entre vers chez plus quel quelle quels quelles d'abord ensuite enfin "
    "puis " + _ENGLISH_DATES
)
SMALL = words(
    "who is was the a an of and to in on at it its how why what when where that this not no our my "
    "your his her we they are were be with for from by as or numbered draws talks says said"
)
RANKS = words(
    "capitaine captain colonel general admiral amiral commandant professeur professor sister "
    "docteur doctor maitre abbe pere father mere cardinal major sergeant lieutenant"
)
# Offices that are borne as names, too.
BORNE_OFFICES = words("prince king pape pope roi juge judge chief captain maire major abbe")
NO_PERSON = words(
    "affaires etrangeres etats unis etat union europeenne interview entretien conversation "
    "republique nations unies united states european council conseil ministere ministry house quai "
    "orsay conference commission comite parlement parliament assemblee nationale senat congress "
    "premier monde figaro radio tele tribune journal times post news paris londres washington "
    "geneve bruxelles moscou york vienne institut institute universite university college ecole "
    "school academy academie centre center traite treaty accord prix fondation foundation internal "
    "mer lac rhin danube europe amerique afrique asie nord sud est ouest room lawn rencontres "
    "festival forum sommet summit salon assises colloque congres biennale symposium departement "
    "department foreign office affairs guerre froide cold war release diffusion embargo presse "
    "regards croises press conjointe secretary history pas photo opportunity"
)


# All combining marks of the basic plane; sought by one pass in C.
_MARKS = regex(
    f"[{''.join(mark for mark in map(chr, range(0x300, 0xFFFE)) if unicodedata.combining(mark))}]"
)


def fold(words: str) -> str:
    """Fold words for comparison: lower case, no accents, plain apostrophes, single blanks."""
    return _folded_once(words) if len(words) < _LONG else _folded(words)


def _folded(words: str) -> str:
    if words.isascii():
        return " ".join(words.casefold().split())
    plain = words.replace("’", "'").replace("ʼ", "'").replace("œ", "oe").replace("Œ", "OE")
    bare = unicodedata.normalize("NFKD", plain)
    return " ".join(_MARKS.sub("", bare).casefold().split())


_LONG = 120  # code points; longer words come once and are not kept
_folded_once = lru_cache(maxsize=8192)(_folded)
