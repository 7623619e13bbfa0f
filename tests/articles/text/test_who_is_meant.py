"""Whom a label means: names behind contractions, ranks and numbers, initials, journalists."""

from __future__ import annotations

from articles.text.parse import parse_text, words_of
from articles.text.shapes import ParsedText


def _turns(read: ParsedText) -> list[tuple[str, str]]:
    """Give role and speaker of each spoken passage."""
    return [
        (p.role, "" if p.speaker is None else read.speakers[p.speaker].name)
        for p in read.passages
        if p.role in ("question", "answer", "statement")
    ]


def _names(text: str) -> list[str]:
    """Give the speakers of a text in order of appearance."""
    return [speaker.name for speaker in parse_text(text).speakers]


def test_a_contraction_before_a_name_is_no_part_of_it() -> None:
    text = (
        "Della Pell  00:04\nHello and welcome to the show about ports. I'm Della Pell and with me "
        "today is a man who was a pilot. Jan Mulder, hi.\n\n"
        "Jan Mulder  00:20\nHi Della.\n\nDella Pell  00:31\nWhy did you leave the sea?\n\n"
        "Jan Mulder  00:40\nMy back. I had to.\n"
    )
    assert _names(text) == ["Della Pell", "Jan Mulder"]


def test_a_rank_cut_short_and_a_question_number_are_no_part_of_a_name() -> None:
    text = (
        "Q1 Anna Roy: Who pays for it?\n\nCAPT. JAMES OTTER: We do, I am afraid.\n\n"
        "Q2 Mr Bellow: Can I ask you why?\n\nCAPT. JAMES OTTER: I was told to.\n\n"
        "Q3 Anna Roy: Did you agree?\n\nCAPT. JAMES OTTER: I did not.\n"
    )
    assert _names(text) == ["Anna Roy", "James Otter", "Mr Bellow"]


def test_a_numbered_journalist_is_another_than_those_without_a_number() -> None:
    text = (
        "Conférence de presse de M. Paul Derrien\n\n"
        "Journaliste : Signerez-vous ?\n\nPaul Derrien : Je signerai.\n\n"
        "Journaliste 2 : Quand ?\n\nPaul Derrien : Je ne sais pas.\n\n"
        "QUESTION : Avec qui ?\n\nPaul Derrien : Avec vous.\n\n"
        "Une journaliste (hors micro) : Et après ?\n\nPaul Derrien : Je dormirai.\n"
    )
    asked = [name for role, name in _turns(parse_text(text)) if role == "question"]
    assert asked == ["", "Journaliste 2", "", ""]


def test_initials_open_turns_without_any_sign_after_them() -> None:
    text = (
        "Entretien avec Alice Quentin\n"
        "par Émile Sauvage (É. S.) et Flore Nau-Kermadec (F. N.-K.)\n\n"
        "É. S. Vous mesurez des frontières. On imagine une barrière.\n\n"
        "A. Q. Des bornes, oui. J’en ai la charge.\n\n"
        "F. N.-K. Et que se passe-t-il quand une borne tombe ?\n\nA. Q. Rien. Je la relève.\n\n"
        "É. S. Qui paie ?\n\nA. Q. Nous tous, vous aussi.\n\n"
        "F. N.-K. Jusqu’à quand ?\n\nA. Q. Jusqu’à l’hiver.\n"
    )
    turns = _turns(parse_text(text))
    assert [name for role, name in turns if role == "question"] == [
        "Émile Sauvage", "Flore Nau-Kermadec", "Émile Sauvage", "Flore Nau-Kermadec",
    ]  # fmt: skip
    assert {name for role, name in turns if role == "answer"} == {"Alice Quentin"}


def test_who_speaks_first_asks_where_two_labels_stand_but_once() -> None:
    text = (
        "Alice Quentin, arpenteuse\n« Une borne peut coûter une île »\n\n"
        "La Vigie : Commençons par l’île. Celle du titre de votre livre.\n\n"
        "Alice Quentin : C’était en hiver. Le texte disait une chose et la carte une autre, et "
        "j’ai appelé le ministre. Il dormait, il a fallu le réveiller, et la nuit fut longue.\n\n"
        "Et qui a gagné ?\n\nLe gardien. J’ai gardé la carte. On y voit ses chèvres.\n\n"
        "Depuis, je demande toujours à voir les cartes avant de lire un mot.\n\n"
        "« On y voit ses chèvres »\n\n"
        "Avez-vous déjà laissé passer une faute ?\n\nUne seule fois. Je ne dirai pas laquelle.\n\n"
        "« Les cartes ne rougissent pas »\n\nQue faites-vous maintenant ?\n\nJe dors, enfin.\n"
    )
    read = parse_text(text)
    turns = _turns(read)
    assert turns[:3] == [
        ("question", "La Vigie"), ("answer", "Alice Quentin"), ("question", "La Vigie"),
    ]  # fmt: skip
    roles = {words_of(text, p): p.role for p in read.passages}
    assert roles["« On y voit ses chèvres »"] == "note"
    assert roles["« Les cartes ne rougissent pas »"] == "heading"


def test_a_caption_that_ends_with_whose_picture_it_is_is_a_note() -> None:
    text = (
        "La ligne\n\nAnna Roy : Qui paie ?\n\nPaul Lherm : Je paie.\n\n"
        "Borne 12, dite « la Droite », après les travaux. © Revue du Lac\n\n"
        "Anna Roy : Et vous le regrettez ?\n\nPaul Lherm : Je dors bien.\n"
    )
    roles = {words_of(text, p): p.role for p in parse_text(text).passages}
    assert roles["Borne 12, dite « la Droite », après les travaux. © Revue du Lac"] == "note"


def test_who_asks_but_once_asks_beside_two_who_hold_the_talk() -> None:
    text = "Conférence de presse de M. Paul Derrien\n\n" + "".join(
        f"{who} : {said}\n\nPaul Derrien : Je ne sais pas, je le dirai demain.\n\n"
        for who, said in (
            ("Question", "Signerez-vous ?"), ("Question", "Quand ?"), ("Question", "Et après ?"),
            ("Question", "Avec qui ?"), ("Question", "Où ?"), ("Question", "Et la grève ?"),
            ("Journaliste 2", "On parle de lundi. On dit huit heures."),
        )
    )  # fmt: skip
    assert _turns(parse_text(text))[-2:] == [
        ("question", "Journaliste 2"), ("answer", "Paul Derrien"),
    ]  # fmt: skip


def test_two_presidents_of_one_conference_are_two() -> None:
    joint = (
        " date 1998-11 CONFÉRENCE DE PRESSE DE M. ÉTIENNE MAUBERT, PRÉSIDENT DE LA RÉPUBLIQUE, "
        "ET DE M. LAMINE BATHILY, PRÉSIDENT DU KENEDOUGOU\n\n"
        "LE PRÉSIDENT – Je laisse la parole au Président Bathily.\n\n"
        "LE PRÉSIDENT BATHILY – Merci, Monsieur le Président. Je serai bref.\n\n"
        "QUESTION – Y a-t-il un accord ?\n\nLE PRÉSIDENT – Oui.\n\n"
        "QUESTION – Y croyez-vous ?\n\nLE PRÉSIDENT BATHILY – Je crois ce que je vois.\n"
    )
    press = (
        "REMARKS BY PRESIDENT JOHN CALLOWAY AND PRESIDENT HENRI DELAVIGNE OF FRANCE\n\n"
        "PRESIDENT DELAVIGNE:  It is a great pleasure to have you here.\n\n"
        "PRESIDENT CALLOWAY:  Thank you, Henri.\n\n"
        "Q    Will France send more troops?\n\nPRESIDENT CALLOWAY:  We discussed it.\n\n"
        "PRESIDENT DELAVIGNE:  I told the President there would be none.\n"
    )
    heard = [[one.name for one in parse_text(text).speakers] for text in (joint, press)]
    assert heard == [["Étienne Maubert", "Lamine Bathily"], ["Henri Delavigne", "John Calloway"]]


def test_our_own_editor_asks() -> None:
    read = parse_text(
        "The menu\n\nLord Ashcombe spoke to our diplomatic editor, Margaret Ellery, in London.\n\n"
        "Q: You negotiated four treaties. Which would you take back?\n\nA: None, I think.\n\n"
        "Q: Do you say that is how we got here?\n\nA: It is one of the roads. I took it.\n\n"
        "Q: And the other roads?\n\nA: They are closed. I walked them all.\n"
    )
    assert [one.name for one in read.speakers] == ["Margaret Ellery", "Lord Ashcombe"]


def test_who_alone_bears_a_name_gives_the_answers_under_a_letter() -> None:
    read = parse_text(
        "Conférence de presse de l’Envoyée spéciale\n\n"
        "Mme Ilse Varnhoven : Bonjour à tous. Je suis prête à prendre vos questions.\n\n"
        "Q. – Avez-vous une date ?\n\nR. – Non, pas aujourd’hui. Je n’en donnerai pas.\n\n"
        "Q. – Et la route ?\n\nR. – Celle du fleuve, si je peux.\n\n"
        "Mme Varnhoven : Je dois partir. Je vous remercie.\n"
    )
    assert [one.name for one in read.speakers] == ["Ilse Varnhoven"]
    assert [p.speaker for p in read.passages if p.role == "answer"] == [0, 0]


def test_an_office_in_capitals_opens_what_goes_on_as_question_and_answer() -> None:
    text = (
        "Conférence de presse du Président de la République, M. Aurélien Vaubrun\n\n"
        "LE PRÉSIDENT – Mesdames, Messieurs, je vous remercie de votre patience.\n\n"
        "Question : Qui faut-il croire ?\n\nRéponse : Le texte. Je l’ai lu.\n\n"
        "Question : Était-ce un geste ?\n\nRéponse : C’était un geste, je vous l’accorde.\n"
    )
    read = parse_text(text)
    said = [text[p.start : p.end] for p in read.passages if p.role == "statement"]
    assert said == ["Mesdames, Messieurs, je vous remercie de votre patience."]
    assert {one.name for one in read.speakers} == {"Aurélien Vaubrun"}


def test_a_german_paper_asks_and_rights_reserved_are_nobody() -> None:
    over = (
        "L’ancien secrétaire d’État Rüdiger Hohenlaub négociait en 1990. Dans la conversation "
        "avec le Görlitzer Sonntagsblatt, il se souvient.\n\n"
    )
    talk = "".join(
        f"- {one}\n\nJe l’ai fait avec beaucoup de café, et je le referais.\n\n"
        for one in ("Comment avez-vous fait ?", "Qu’en disiez-vous ?", "Le regrettez-vous ?")
    )
    read = parse_text(f"Nous avons sous-estimé la frontière\n\n{over}{talk}Photo : D. R.\n")
    assert [one.name for one in read.speakers] == ["Görlitzer Sonntagsblatt", "Rüdiger Hohenlaub"]
