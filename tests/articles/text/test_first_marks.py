"""What stands first and last tells of the rest: bold, dashes, bylines, greetings, thanks."""

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


def test_an_office_however_long_belongs_to_the_label_of_a_titled_name() -> None:
    office = "directrice générale de l'Agence de coopération des ports du Grand Large"
    text = (
        "Commission des ports\n\n"
        "M. Jean Sorel, président. – Nous recevons Mme Ida Morel. Madame, vous avez la parole.\n\n"
        f"Mme Ida Morel, {office}. – Je vous remercie. Nous avons posé un câble.\n\n"
        "M. Luc Ancel, rapporteur. – Comment expliquez-vous ce retard ?\n\n"
        "Mme Ida Morel. – Les ports étaient fermés. Nous avons attendu.\n\n"
        "Mme Rose Caron. – La tempête a surpris. N'aviez-vous rien vu ? J'aimerais le savoir.\n\n"
        "Mme Ida Morel. – Nous n'avons pas d'agent là-bas.\n"
    )
    parsed = parse_text(text)
    assert names(parsed) == ["Jean Sorel", "Ida Morel", "Luc Ancel", "Rose Caron"]
    assert turns(parsed)[1:] == [
        ("statement", "Ida Morel"), ("question", "Luc Ancel"), ("answer", "Ida Morel"),
        ("question", "Rose Caron"), ("answer", "Ida Morel"),
    ]  # fmt: skip


def test_who_greets_before_anything_was_asked_answers_nothing() -> None:
    text = (
        "CLAIRE VANEL : Bonjour Monsieur le Président, merci de nous recevoir au port.\n\n"
        "LE PRÉSIDENT MAURY : Bonjour à tous les deux. Bonne fête à ceux qui nous regardent.\n\n"
        "CLAIRE VANEL : La digue a cédé hier. Maintenez-vous le calendrier ?\n\n"
        "LE PRÉSIDENT MAURY : Je le maintiens. J'en ai parlé ce matin.\n\n"
        "CLAIRE VANEL : Et le phare ?\n\nLE PRÉSIDENT MAURY : Je ne l'ai pas vendu.\n"
    )
    assert [role for role, _who in turns(parse_text(text))][:3] == [
        "statement", "statement", "question",
    ]  # fmt: skip


def test_the_last_bare_thanks_are_those_of_who_asks() -> None:
    text = (
        "Harbour Radio: Ambassador, you left the island. Is the conference over?\n\n"
        'Lionel Marsh: "It\'s resting. I left it asleep."\n\n'
        'What is missing from the paper?\n\n"Two names, and I would like to see mine."\n\n'
        'Do you think there will be a storm?\n\n"I think there are four hundred boats here."\n\n'
        "Thank you for your time, Ambassador.\n"
    )
    assert turns(parse_text(text))[-1] == ("statement", "Harbour Radio")


def test_who_speaks_until_the_guest_is_introduced_receives() -> None:
    text = (
        "Nora Flint: hey everybody this is Quayside I'm Nora Flint\n\n"
        "Gus Marsh: and I'm Gus Marsh and uh we have a treat this week\n\n"
        "Nora: we do we've got Idris Kara who was a pilot until what two thousand nine\n\n"
        "Idris Kara: thank you it's good to be dry\n\n"
        "Gus: so okay take us to the first day and what do they hand you\n\n"
        "Idris: a bucket. I'm serious the boat was on the other side\n\n"
        "Nora: and this is what the summer of ten\n\n"
        "Idris: August yes. and we go to the lock and I meet a lady who sells rope\n\n"
        "Gus: was that in the report\n\nIdris: it was on page nine. nobody believed me\n\n"
        "Nora: Idris Kara thank you this was lovely\n"
    )
    parsed = parse_text(text)
    assert names(parsed) == ["Nora Flint", "Gus Marsh", "Idris Kara"]
    assert turns(parsed)[4:10] == [
        ("question", "Gus Marsh"), ("answer", "Idris Kara"),
        ("question", "Nora Flint"), ("answer", "Idris Kara"),
        ("question", "Gus Marsh"), ("answer", "Idris Kara"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "Bulletin des anciens, n° 118. Questions : Luc Ancel",
        "Luc Ancel wrote to her in May; her replies are printed here as they came.",
        "Luc Ancel lui a écrit en mai ; ses réponses sont imprimées comme elles sont venues.",
    ],
)
def test_who_sent_the_questions_asks(line: str) -> None:
    text = (
        f"Cinq lettres à Ida Morel\n\nIda Morel a négocié le câble. {line}\n\n"
        "1) Combien de ports avez-vous vus ?\n\nCent quarante. J'ai compté.\n\n"
        "2) Y retournerez-vous ?\n\nJe ne crois pas. Je suis fatiguée.\n\n"
        "3) Qui vous a répondu ?\n\nPersonne. J'ai gardé mes lettres.\n"
    )
    assert names(parse_text(text)) == ["Luc Ancel", "Ida Morel"]


def test_a_title_under_what_a_page_prints_over_it_is_no_turn() -> None:
    text = (
        "Nous et nos 214 partenaires utilisons des traceurs. Continuer sans accepter → Accepter\n\n"
        "Accueil / Ports\n\nIda Morel : « Nous avons négocié contre la montre »\n\n"
        "L'ancienne directrice des ports publie ses souvenirs. Elle y règle peu de comptes.\n\n"
        "Par Luc Ancel\n\n"
        "L'Embrun — Votre livre s'ouvre sur une horloge. Pourquoi ?\n\n"
        "Ida Morel — C'est une panne. J'ai trouvé cela reposant.\n\n"
        "L'Embrun — Vous étiez la seule femme. Cela change quoi ?\n\n"
        "Ida Morel — La longueur des phrases. J'ai tenu les miennes.\n"
    )
    parsed = parse_text(text)
    assert [role for role, _who in turns(parsed)] == ["question", "answer"] * 2
    assert names(parsed) == ["L'Embrun", "Ida Morel"]
