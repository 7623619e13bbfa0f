"""Who speaks, as the lines over a talk name him or her, and what in them is no name."""

from __future__ import annotations

import pytest

from articles.text.parse import parse_text
from tests.articles.text.readings import names, roles, turns

SPEAKERS = {
    "a stamp over the title is nobody's name": (
        "SECRET – NE PAS CITER AVANT LE 2 mai\n\nENTRETIEN AVEC M. LENOIRMONT\n\n"
        "Q. – Monsieur le Délégué, où en êtes-vous ?\n\nR. – Nulle part, je le crains.\n\n"
        "Q. – Vous plaisantez.\n\nR. – À moitié. Je suis fatigué.\n\n"
        "Q. – Et vos ingénieurs ?\n\nR. – Ils dorment, je crois.\n",
        ["M. Lenoirmont"],
    ),
    "one named by title and surname answers": (
        "Interview with Mrs. Haldane\n\nQ. Did you ever see the letter?\n\n"
        "A. I saw the envelope.\n\nQ. Did you open it?\n\nA. I never do.\n\n"
        "Q. Who did, then?\n\nA. My secretary. I told you so.\n",
        ["Mrs. Haldane"],
    ),
    "words of a title in capitals after a surname are no part of it": (
        "REMARKS BY THE PRESIDENT AND CHANCELLOR LINDENWALD AT ARRIVAL CEREMONY\n\n"
        "THE PRESIDENT: I am glad that you came. Please.\n\n"
        "CHANCELLOR LINDENWALD: Thank you, Mr. President. I am glad, too.\n\n"
        "Q  Mr. President, did you speak about the fish?\n\n"
        "THE PRESIDENT: We did. I like fish.\n\n"
        "Q  Chancellor, do you?\n\nCHANCELLOR LINDENWALD: I do not.\n",
        ["THE PRESIDENT", "Chancellor Lindenwald"],
    ),
    "the name of a show is no person's": (
        "PODCAST The Slow Harbour, episode 12\n\nGuest: Marta Kolund, once a pilot\n\n"
        "Q: so you were a pilot for thirty years\nA: i was and i liked it\n"
        "Q: did you ever hit anything\nA: i hit a whale once i am sorry to say\n"
        "Q: what did you do\nA: i said sorry\n",
        ["Marta Kolund"],
    ),
    "a surname heard otherwise once is the one heard more often": (
        "Tonight with me are Paul Derry, and Ruth Lindermann.\n\n"
        "Anna Roy\nPaul, did you win?\n\nPaul Derry\nI did not.\n\n"
        "Anna Roy\nRuth, did you?\n\nRuth Lindermann\nI never do.\n\n"
        "Anna Roy\nWhy is that?\n\nRuth Linthemann\nI do not play.\n\n"
        "Anna Roy\nAnd you, Paul?\n\nPaul Derry\nI play.\n\n"
        "Anna Roy\nAnd now?\n\nRuth Lindermann\nI go home.\n",
        ["Anna Roy", "Paul Derry", "Ruth Lindermann"],
    ),
    "who gave the conference holds the office": (
        "CONFÉRENCE DE PRESSE\n\ndonnée par M. Hugues Tavernol, président du Conseil, "
        "après la réunion\n\nLE PRÉSIDENT – Merci d'être venus. Je serai bref.\n\n"
        "QUESTION – Qui paiera ?\n\nLE PRÉSIDENT – Je laisse le ministre vous répondre.\n\n"
        "M. COLLIN – Nous paierons, hélas.\n\n"
        "QUESTION – Combien ?\n\nLE PRÉSIDENT – Beaucoup. Je vous remercie.\n",
        ["Hugues Tavernol", "M. Collin"],
    ),
    "who presides over a commission leads no talk": (
        "Les écluses et nous\n\nDepuis un an Ana Kovrin préside la commission des écluses. "
        "Elle nous a reçus.\n\nLuc Tarde: Vous dit-on patiente ?\n\n"
        "Ana Kovrin: « Ma mère l'était davantage. J'attends seulement des lettres. »\n\n"
        "Combien de bateaux attendent ?\n\n"
        "« Cent quarante. Les équipages jouent aux cartes. »\n\n"
        "Et qui gagne ?\n\n« Toujours les mêmes, je le crains. »\n",
        ["Luc Tarde", "Ana Kovrin"],
    ),
    "who holds an office is no paper that asks": (
        "ENTRETIEN AVEC LE MÉDIATEUR IVAN COULARD\n\nLe médiateur rentre de Bissau.\n\n"
        "Q. Qui avez-vous vu ?\n\nR. J'ai vu un colonel.\n\n"
        "Q. Est-il content ?\n\nR. Il m'a battu aux dames.\n\n"
        "Q. Et après ?\n\nR. Je suis rentré.\n",
        ["Ivan Coulard"],
    ),
    "who took the chair moderates": (
        "The Quay Debates\n\nFor the motion spoke Lucas Threll, a minister. Against it spoke "
        "Bea Auden, a judge. The chair was taken by Judith Ormsby.\n\n"
        "THE MODERATOR: Good evening. Mr. Threll, is the quay a road?\n\n"
        "MR. THRELL: It is. I walk on it.\n\nTHE MODERATOR: Ms. Auden, do you?\n\n"
        "MS. AUDEN: I swim.\n\nTHE MODERATOR: Why do you swim?\n\nMS. AUDEN: I like it.\n",
        ["Judith Ormsby", "Lucas Threll", "Bea Auden"],
    ),
}


@pytest.mark.parametrize("case", SPEAKERS)
def test_speakers_are_named_as_the_head_names_them(case: str) -> None:
    """Offices, titles and slips come to the names that the head gives; other words name nobody."""
    text, expected = SPEAKERS[case]
    assert [n.lower() for n in names(parse_text(text))] == [n.lower() for n in expected]


def test_a_stamp_over_the_title_is_a_note() -> None:
    """What may not be published, and until when, is no heading."""
    read = parse_text(SPEAKERS["a stamp over the title is nobody's name"][0])
    assert roles(read)[:2] == ["note", "heading"]
    assert turns(read)[1] == ("answer", "M. Lenoirmont")


@pytest.mark.parametrize(
    ("head", "leads"),
    [
        ("Depuis un an Ana Kovrin préside la commission des écluses.", False),
        ("Ana Kovrin chairs the commission of the locks.", False),
        ("Ana Kovrin préside la séance.", True),
        ("Ana Kovrin chaired a long debate.", True),
    ],
)
def test_who_presides_over_a_commission_leads_no_talk(head: str, leads: bool) -> None:
    """A commission is led all the year, a sitting while it is spoken."""
    text = SPEAKERS["who presides over a commission leads no talk"][0]
    line = "Depuis un an Ana Kovrin préside la commission des écluses."
    assert line in text
    asks = turns(parse_text(text.replace(line, head)))[0]
    assert (asks == ("question", "Luc Tarde")) is not leads
