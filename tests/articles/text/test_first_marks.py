"""What the first mark of a text tells of the rest of it: bold, dashes, names, bylines."""

from __future__ import annotations

import pytest

from articles.text.parse import parse_text
from tests.articles.text.readings import names, turns

BOLD = (
    "# Îles : « Nous avons perdu le phare »\n\n"
    "*Le capitaine Yves Morvan publie « La Nuit des digues ». Il parle du large.*\n\n"
    "**L'Embrun : On a vendu le phare en une journée. Pourquoi si vite ?**\n\n"
    "L'acheteur était pressé. Et qui l'aurait retenu ?\n\n"
    "**Qui paiera la lampe ?**\n\n"
    "Les pêcheurs, comme toujours. Le port n'a plus de caisse.\n\n"
    "Vous imaginez la facture ?\n\n"
    "**Le conseil promet pourtant une lampe neuve.**\n\n"
    "Il en promet une chaque hiver. J'en ai compté onze.\n\n"
    "**Vous y croyez encore.**\n\n"
    "Il le faut bien. Je suis gardien.\n"
)
DASHES = (
    "CHEZ LE CONSUL DE LOMBA\n\n"
    "M. Aristide Quercy nous parle des câbles\n\n"
    "On sait ce que M. Aristide Quercy a fait pour les câbles. Il nous reçoit parmi ses malles.\n\n"
    "— Monsieur le consul, votre départ est-il décidé ?\n\n"
    "— Il l'est. La malle est pleine et le train n'attend pas.\n\n"
    "— Le traité a cependant été signé.\n\n"
    "— Par onze délégués, dont trois dormaient. Jamais salle ne fut si chaude.\n\n"
    "M. Quercy se lève et ferme la fenêtre.\n\n"
    "— Je suis un homme des ports. J'ai cru qu'une signature suffirait.\n\n"
    "— Vous songez à revenir ?\n\n"
    "— Je songe à dormir. On me l'a demandé hier encore.\n\n"
    "— Passerez-vous par Gênes ou par Cadix ?\n\n"
    "— Par Cadix. J'ai besoin de voir de l'eau.\n\n"
    "P. LORIOT.\n"
)


def test_the_first_of_several_bold_questions_may_bear_a_papers_name_of_one_word() -> None:
    parsed = parse_text(BOLD)
    assert parsed.kind == "interview"
    assert names(parsed) == ["L'Embrun", "Yves Morvan"]
    assert turns(parsed) == [
        ("question", "L'Embrun"), ("answer", "Yves Morvan"),
        ("question", "L'Embrun"), ("answer", "Yves Morvan"), ("answer", "Yves Morvan"),
        ("question", "L'Embrun"), ("answer", "Yves Morvan"),
        ("question", "L'Embrun"), ("answer", "Yves Morvan"),
    ]  # fmt: skip


def test_dashes_take_turns_from_the_first_one_on_and_anew_behind_what_is_told() -> None:
    parsed = parse_text(DASHES)
    roles = [passage.role for passage in parsed.passages]
    assert roles[:3] == ["heading", "heading", "paragraph"]
    assert names(parsed) == ["Aristide Quercy"]
    said = [(one.role, DASHES[one.start :][:9]) for one in parsed.passages]
    assert ("answer", "Je suis u") in said
    assert [words for role, words in said if role == "question"] == [
        "Monsieur ", "Le traité", "Vous song", "Passerez-",
    ]  # fmt: skip


def test_a_sentence_behind_a_name_without_a_sign_makes_no_longer_label() -> None:
    text = (
        "Lise Ancel revient sur la digue. Elle a bien voulu nous répondre.\n\n"
        "Le Goéland Le remorqueur est reparti. La digue tient-elle ?\n\n"
        "Lise Ancel La digue, sans doute. Le port, non : il attend depuis dix ans.\n\n"
        "Le Goéland Qui paiera ?\n\n"
        "Lise Ancel Vous me demandez une somme. Je ne l'ai pas.\n\n"
        "Le Goéland Que pensez-vous du nouveau plan ?\n\n"
        "Lise Ancel Je le trouve court. J'en ai vu d'autres.\n"
    )
    parsed = parse_text(text)
    assert names(parsed) == ["Le Goéland", "Lise Ancel"]
    assert [role for role, _who in turns(parsed)] == ["question", "answer"] * 3


def test_a_paper_called_tribune_asks_in_capitals() -> None:
    text = "\n\n".join(
        [
            "Nous avons réuni Ida Morel et Jean Sorel à Lomba.",
            "TRIBUNE DES QUAIS.- La digue a cédé deux fois. Était-ce prévu ?",
            "Ida Morel.- C'était écrit, et je l'ai dit.",
            "Jean Sorel.- Le port a suivi la loi que nous avons votée.",
            "Morel.- Je me suis trompée.",
            "TRIBUNE DES QUAIS.- Vous la voterez de nouveau ?",
            "Sorel.- Non. Nous avons appris.",
            "Morel.- Enfin un accord.",
        ]
    )
    assert names(parse_text(text)) == ["Tribune des Quais", "Ida Morel", "Jean Sorel"]


@pytest.mark.parametrize(
    "line",
    [
        "Texte : Maude Perrin – Photo : Y. Lot", "*Par Maude Perrin · 30 avril 2022 · 4 min*",
        "Words: Maude Perrin",
    ],
)  # fmt: skip
def test_who_made_the_text_asks_where_no_label_does(line: str) -> None:
    text = (
        f"# L'année folle du pilote\n\n{line}\n\n"
        "Le pilote Guy Kermadec a passé l'hiver au large. Il fait ses comptes.\n\n"
        "► De quoi êtes-vous le plus fier ?\nDe mon retour. J'ai dormi deux jours.\n\n"
        "► Et maintenant ?\nJe repars. Vous le saviez.\n\n"
        "► Vous parliez pourtant de repos.\nJ'ai parlé trop vite.\n"
    )
    assert names(parse_text(text)) == ["Maude Perrin", "Guy Kermadec"]


def test_a_letter_is_that_of_the_paper_to_which_it_was_told() -> None:
    text = (
        "La conférence se réunit au Palais des Flots. Maud de Sarcy y a siégé cinq ans. Elle a "
        "accepté de raconter à Passerelles ce que l'on y fait.\n\n"
        "P : Que fait-on toute la journée ?\n\nMdS : On se réunit. Je regardais la mer.\n\n"
        "P : Vous vous ennuyiez ?\n\nMdS : La première année, oui. J'ai appris.\n"
    )
    assert names(parse_text(text)) == ["Passerelles", "Maud de Sarcy"]


def test_where_somebody_comes_from_is_no_part_of_a_name() -> None:
    text = (
        "La Haut-Marnaise Odette Vignal rentre de six mois au port. Rencontre.\n\n"
        "– À quoi ressemble cette digue ?\n\nÀ un tas de pierres. J'y ai vécu.\n\n"
        "– Vous y retournez ?\n\nLe 2 juin. J'ai mes bottes.\n\n"
        "– Parlez-nous du port.\n\nJe n'y ai vu personne.\n"
    )
    assert names(parse_text(text)) == ["Odette Vignal"]
