"""Notes told by their wording, wherever they stand: who made a text, where it goes on.

What is worded more loosely is looked for at the edges only.
"""

from __future__ import annotations

import re

from articles.text.marks import Block
from articles.text.regex import regex
from articles.text.vocab import words

_LONGEST = 220  # code points of such a note
_ANYWHERE = regex(
    r"(?:(?:la )?suite (?:de l['’]\w+ )?après (?:la|cette) publicité|publicité$|advertisement$|"
    r"(?:la )?suite (?:en )?page \d|(?:continued|more) on page \d|"
    r"(?:article |contenu )?réservée? aux abonnée?s|(?:for )?subscribers only|"
    r"(?:for immediate release|pour diffusion immédiate)\b|(?:sous )?embargo\b|embargoed\b|"
    r"(?:contacts?(?: de)?(?: la)?(?: presse| médias?)?|(?:media|press) (?:contacts?|enquiries|"
    r"office)|service de presse|renseignements presse)\s?:|"
    r"(?:mots[- ]clés|keywords|tags|rubrique|filed under|topics?|thèmes?)\s?:|"
    r"(?:vidéos?|videos?|images?|photos?|audio|infographies?|illustrations?|dessins?|cartes?)"
    r"(?: et \w+)?\s?(?::|\.|\||–|—)\s|"
    r"(?:voir|regarder|watch|see) (?:la|le|les|the|notre|our) (?:vidéo|video|diaporama|photos?|"
    r"gallery|slideshow|infographie)|"
    r"(?:follow us|suivez[- ]nous|retrouvez[- ]nous)\b|"
    r"(?:pour en savoir plus|for more (?:information|on this)|plus d['’]informations?|"
    r"find out more)\b.{0,30}(?::|www|http|@|\bsur\b|\bon\b)|"
    r"(?:une erreur|une coquille)(?: dans| sur| repérée| à signaler|\s?\?)|"
    r"(?:spotted an error|found a mistake)\b|\d+ comment(?:s|aires?)\b|"
    r"comment(?:s|aires?) ?\(\d+\)|(?:sent|envoyée?) (?:from|de|depuis) m(?:y|on|a)\b|"
    r"(?:prochain(?:e)? (?:épisode|numéro|entretien|rendez-vous)|next (?:episode|week|time)|"
    r"à suivre|dans le prochain numéro)\s?:|"
    r"(?:texte|textes|récit|words|text|story)(?: et| and) (?:photos?|dessins|pictures?|"
    r"illustrations?)\b|(?:text|texte) (?:paru|publié|first published)|"
    r"(?:à retrouver|retrouvez|à réécouter|réécoutez|à revoir|(?:ré)?écoutez)\b.{0,60}"
    r"\b(?:sur|dans|en) (?:notre|nos|le|les|toutes|podcast|ligne|replay)|"
    r"(?:l['’]intégral(?:ité|e)?|la version (?:longue|intégrale)|the full (?:interview|version|"
    r"transcript)|listen to the)\b.{0,60}\b(?:site|podcast|ligne|online|available|page|replay|"
    r"disponible|numéro|édition|colonnes|à (?:lire|retrouver|écouter|voir)|edition)\b|"
    r"(?:more from|plus de|encore de) [A-ZÀ-Þ].{2,40}:|"
    r"(?:dernier(?:s)?|derniers? |dernière |latest |last )?(?:livre|ouvrage|essai|roman|book)s?"
    r"(?: paru| publié)?s?\s?:|"
    r"(?:à |a )?(?:lire|voir|écouter)(?: aussi)?(?: dans| sur| chez)? (?:notre|nos|ce|cette|dans|"
    r"sur|le dossier|la suite)\b|"
    r"(?:newsletter|podcast|vidéo|video|abonnés|lettre)\]|recevez (?:chaque|tou|notre)|"
    r"(?:cet épisode|cette émission|ce podcast|this (?:episode|programme|podcast|show))\b.{0,24}"
    r"(?:propos|offert|présent|sponsor|brought|support|soutenu)|support for \w+.{0,30} comes|"
    r"(?:(?:th(?:e|is) |l['’])?(?:transcript|transcription|interview|entretien|conversation)) "
    r"(?:(?:has been|was|is|a été) )?(?:lightly |slightly |légèrement )?"
    r"(?:edited|condensed|shortened|éditée?|relue?|condensée?|abrégée?|raccourcie?)\b|"
    r"(?:transcri(?:pt|ption)|rush transcript|traduction|translation)\b(?: (?:\w+ ){0,3}|"
    r" ?\().{0,50}(?:\)|relue?|révisée?|officiel\w*|unofficial|\bmay contain|par l['’]\w+)[. ]*)",
    re.I,
)
_FIRST = words(
    "l la le the suite publicite article contenu reserve reservee for subscribers pour sous "
    "embargo embargoed contact contacts media press service renseignements mots mots-cles keywords "
    "tags rubrique filed topic topics theme themes video videos image images photo photos audio "
    "infographie infographies illustration illustrations dessin dessins carte cartes voir regarder "
    "watch see cette whereupon follow suivez suivez-nous retrouvez retrouvez-nous plus find une "
    "spotted found comments comment commentaires commentaire sent envoye envoyee prochain "
    "prochaine next a dans texte textes recit words text story reecoutez ecoutez listen more "
    "encore dernier derniers derniere latest last livre ouvrage book livres note transcript "
    "transcription rush traduction translation continued advertisement essai roman lire newsletter "
    "podcast abonnes lettre recevez cet ce this ecouter interview "
    "l'interview entretien l'entretien l'integralite l'integrale"
)


def note_anywhere(text: str, block: Block, word: str) -> str:
    """Tell why a block is a note wherever it stands (an evidence code), by its first word."""
    start, end = block.start, block.end
    if word not in _FIRST and text[start] != "[":
        return ""
    at = start
    while at < end - 1 and text[at] in "[*_":
        at += 1
    return "editor_note" if end - start < _LONGEST and _ANYWHERE.match(text, at, end) else ""
