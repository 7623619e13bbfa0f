"""Whom a label means: names behind contractions, ranks, numbers and initials; who asks."""

from __future__ import annotations

import pytest

from articles.text.parse import parse_text, words_of
from tests.articles.text.readings import names, turns

SPEAKERS = {
    "a contraction before a name is no part of it": (
        "Della Pell  00:04\nHello and welcome to the show about ports. I'm Della Pell and with me "
        "today is a man who was a pilot. Jan Mulder, hi.\n\n"
        "Jan Mulder  00:20\nHi Della.\n\nDella Pell  00:31\nWhy did you leave the sea?\n\n"
        "Jan Mulder  00:40\nMy back. I had to.\n",
        ["Della Pell", "Jan Mulder"],
    ),
    "a rank cut short and a question's number are no part of a name": (
        "Q1 Anna Roy: Who pays for it?\n\nCAPT. JAMES OTTER: We do, I am afraid.\n\n"
        "Q2 Mr Bellow: Can I ask you why?\n\nCAPT. JAMES OTTER: I was told to.\n\n"
        "Q3 Anna Roy: Did you agree?\n\nCAPT. JAMES OTTER: I did not.\n",
        ["Anna Roy", "James Otter", "Mr Bellow"],
    ),
    "two presidents of one conference are two": (
        " date 1998-11 CONFÉRENCE DE PRESSE DE M. ÉTIENNE MAUBERT, PRÉSIDENT DE LA RÉPUBLIQUE, "
        "ET DE M. LAMINE BATHILY, PRÉSIDENT DU KENEDOUGOU\n\n"
        "LE PRÉSIDENT – Je laisse la parole au Président Bathily.\n\n"
        "LE PRÉSIDENT BATHILY – Merci, Monsieur le Président. Je serai bref.\n\n"
        "QUESTION – Y a-t-il un accord ?\n\nLE PRÉSIDENT – Oui.\n\n"
        "QUESTION – Y croyez-vous ?\n\nLE PRÉSIDENT BATHILY – Je crois ce que je vois.\n",
        ["Étienne Maubert", "Lamine Bathily"],
    ),
    "two presidents, both with their surnames": (
        "REMARKS BY PRESIDENT JOHN CALLOWAY AND PRESIDENT HENRI DELAVIGNE OF FRANCE\n\n"
        "PRESIDENT DELAVIGNE:  It is a great pleasure to have you here.\n\n"
        "PRESIDENT CALLOWAY:  Thank you, Henri.\n\n"
        "Q    Will France send more troops?\n\nPRESIDENT CALLOWAY:  We discussed it.\n\n"
        "PRESIDENT DELAVIGNE:  I told the President there would be none.\n",
        ["Henri Delavigne", "John Calloway"],
    ),
    "our own editor asks": (
        "The menu\n\nLord Ashcombe spoke to our diplomatic editor, Margaret Ellery, in London.\n\n"
        "Q: You negotiated four treaties. Which would you take back?\n\nA: None, I think.\n\n"
        "Q: Do you say that is how we got here?\n\nA: It is one of the roads. I took it.\n\n"
        "Q: And the other roads?\n\nA: They are closed. I walked them all.\n",
        ["Margaret Ellery", "Lord Ashcombe"],
    ),
    "the letters of a paper leave out its article": (
        "Le Journal des Quais : Pourquoi ce livre ?\n\nPaul Derrien : Pour me taire.\n\n"
        "JDQ : Vous y réglez des comptes.\n\nP. D. : J'y range des tiroirs.\n",
        ["Le Journal des Quais", "Paul Derrien"],
    ),
    "a paper's article keeps it from being a surname": (
        "Le salon de Lyon reçoit Jean Quotidien et Paul Lee.\n\n"
        "Le Quotidien : Comment va le port ?\n\nPaul Lee : Il va bien.\n\n"
        "Le Quotidien : Et la digue ?\n\nPaul Lee : Elle tient.\n",
        ["Le Quotidien", "Paul Lee"],
    ),
    "an interview with somebody of a paper is by that one": (
        "Interview With Jim Lowell of the Harbour Review\n\n"
        "Q. Mr. President, how is the port?\n\nThe President. It is well, I think.\n\n"
        "Q. And the dyke?\n\nThe President. It holds. I saw it.\n",
        ["Jim Lowell"],
    ),
    "who says what the title quotes answers": (
        "« Nous tiendrons la digue », assure Maud Kerven\n\n"
        "Le port de Brest s'envase, dit Paul Lequen, le pilote. Entretien.\n\n"
        "Comment allez-vous ?\n\nJe vais bien. Nous tenons.\n\n"
        "Que demandez-vous à l'État ?\n\nJe demande une drague.\n\n"
        "Et après ?\n\nJe verrai bien.\n",
        ["Maud Kerven"],
    ),
    "a name is the fullest that the text gives": (
        "Entretien avec Anna Maria Roy\n\nPaul Lee : Comment va le port ?\n\n"
        "Anna Roy : Il va bien.\n\nPaul Lee : Et la digue ?\n\nAnna Roy : Elle tient.\n",
        ["Paul Lee", "Anna Maria Roy"],
    ),
}


@pytest.mark.parametrize(("text", "named"), SPEAKERS.values(), ids=SPEAKERS)
def test_those_who_speak_bear_their_names(text: str, named: list[str]) -> None:
    assert names(parse_text(text)) == named


def test_a_numbered_journalist_is_another_than_those_without_a_number() -> None:
    text = (
        "Conférence de presse de M. Paul Derrien\n\n"
        "Journaliste : Signerez-vous ?\n\nPaul Derrien : Je signerai.\n\n"
        "Journaliste 2 : Quand ?\n\nPaul Derrien : Je ne sais pas.\n\n"
        "QUESTION : Avec qui ?\n\nPaul Derrien : Avec vous.\n\n"
        "Une journaliste (hors micro) : Et après ?\n\nPaul Derrien : Je dormirai.\n"
    )
    asked = [name for role, name in turns(parse_text(text)) if role == "question"]
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
    heard = turns(parse_text(text))
    assert [name for role, name in heard if role == "question"] == [
        "Émile Sauvage", "Flore Nau-Kermadec", "Émile Sauvage", "Flore Nau-Kermadec",
    ]  # fmt: skip
    assert {name for role, name in heard if role == "answer"} == {"Alice Quentin"}


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
    heard = turns(read)
    assert heard[:3] == [
        ("question", "La Vigie"), ("answer", "Alice Quentin"), ("question", "La Vigie"),
    ]  # fmt: skip
    roles = {words_of(text, p): p.role for p in read.passages}
    assert roles["« On y voit ses chèvres »"] == "note"
    assert roles["« Les cartes ne rougissent pas »"] == "heading"


def test_who_asks_but_once_asks_beside_two_who_hold_the_talk() -> None:
    text = "Conférence de presse de M. Paul Derrien\n\n" + "".join(
        f"{who} : {said}\n\nPaul Derrien : Je ne sais pas, je le dirai demain.\n\n"
        for who, said in (
            ("Question", "Signerez-vous ?"), ("Question", "Quand ?"), ("Question", "Et après ?"),
            ("Question", "Avec qui ?"), ("Question", "Où ?"), ("Question", "Et la grève ?"),
            ("Journaliste 2", "On parle de lundi. On dit huit heures."),
        )
    )  # fmt: skip
    assert turns(parse_text(text))[-2:] == [
        ("question", "Journaliste 2"), ("answer", "Paul Derrien"),
    ]  # fmt: skip


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


def test_who_moderates_under_an_own_label_does_not_ask_the_questions_of_nobody() -> None:
    read = parse_text(
        "Secretary Carol Lind and Minister Tomas Vesely at a Joint Press Availability\n\n"
        "Moderated by Dale Palmer, Acting Spokesperson\n\n"
        "SECRETARY LIND: Good afternoon. I came here first as a student with a backpack.\n\n"
        "MR. PALMER: We have time for a few questions. The first one is from Carl\nWeiss.\n\n"
        "QUESTION: Madam Secretary, is the depot moving?\n\nSECRETARY LIND: I saw reports.\n\n"
        "MR. PALMER: One more.\n\nQUESTION: Did he raise the visa issue?\n\n"
        "SECRETARY LIND: He raised it twice.\n\nMR. PALMER: Thank you, everybody.\n"
    )
    assert names(read) == ["Carol Lind", "Dale Palmer", "Carl Weiss"]
    assert [who for role, who in turns(read) if role == "question"] == ["Carl Weiss", ""]


def test_a_particle_may_be_a_first_name() -> None:
    read = parse_text(
        "Press Gaggle by Deputy Press Secretary Ben Hollis\n\n"
        "MR. HOLLIS:  Good morning, everybody. Welcome aboard.\n\n"
        "Q    Are you staying?\n\nMR. HOLLIS:  I am.\n\nQ    Why?\n\nMR. HOLLIS:  I like it.\n"
    )
    assert names(read) == ["Ben Hollis"]


def test_an_oral_history_is_no_person() -> None:
    read = parse_text(
        "Foreign Affairs Oral History: Ambassador Raymond Tully, retired\n"
        "Q: so where were you when it was taken\nA: I was across the street buying stamps\n"
        "Q: buying stamps?\nA: yes my daughter collected them\n"
    )
    assert names(read) == ["Raymond Tully"]
