"""Remarks that neither ask nor answer: openings, calls, quips of who leads, narrated closings."""

from __future__ import annotations

from articles.text.parse import parse_text
from tests.articles.text.readings import initials, turns
from tests.every import every

OPENINGS = (
    ("Hello and welcome to Low Water. My guest is a pilot. Jan, thank you for doing this.", "Anna"),
    ("Bonjour et bienvenue. Mon invité est un pilote. Jan, merci d'avoir accepté.", "Anne"),
)


@every(OPENINGS)
def test_a_first_turn_that_ends_in_thanks_is_a_statement(case: tuple[str, str]) -> None:
    opening, host = case
    talk = (
        f"{host}\n{opening}",
        "Jan\nYou were persistent. My wife said just give in.",
        f"{host}\nWhat is on the first page of your book?",
        "Jan\nTides. I wrote down every tide.",
        f"{host}\nWere you afraid?",
        "Jan\nYes, I was.",
    )
    told = [role for role, _ in turns(parse_text("\n\n".join(talk)))]
    assert told == ["statement", "statement", "question", "answer", "question", "answer"]


CALLS = ("One at a time. You, with the hat.", "Chacun son tour. Vous, au fond.")


@every(CALLS)
def test_one_who_has_answered_and_calls_on_the_next_states(call: str) -> None:
    text = (
        "Remarks by President Arthur Holt Before Departure\n\n"
        "THE PRESIDENT:  It is loud, so I will be loud. We signed.\n\n"
        "Q    Mr. President, did you raise the tariffs?\n\nTHE PRESIDENT:  He raised them.\n\n"
        "Q    What kind of note?\n\nTHE PRESIDENT:  A nice one.\n\n(Cross-talk.)\n\n"
        f"THE PRESIDENT:  {call}\n\nQ    Thank you. Do you have a number?\n\n"
        "THE PRESIDENT:  I have a number, and I like it.\n"
    )
    assert [role[0] for role, _ in turns(parse_text(text))] == list("sqaqasqa")


def test_a_remark_of_the_chair_after_an_opening_statement_asks_nothing() -> None:
    text = (
        "Commission du détroit\n\n"
        "M. Paul Astier, président.- Mes chers collègues, nous accueillons M. Rémi Valcourt. "
        "Monsieur l'envoyé, vous avez la parole.\n\n"
        "M. Rémi Valcourt.- Merci. La région va mieux qu'on ne le dit à Morlan et moins bien "
        "qu'on ne le dit à Lorne. Le pont est ouvert sur les plans, fermé sur les photographies. "
        "Je parlerai franchement, si le huis clos est bien respecté par tous.\n\n"
        "M. Astier.- Il ne l'est pas, il y a une caméra au fond de la salle.\n\n"
        "M. Valcourt.- Alors je parlerai aimablement.\n\n"
        "Mme Irina Savel.- Avons-nous des chiffres ?\n\nM. Valcourt.- Ceux des consulats.\n\n"
        "M. Paul Derrien.- Et Lorne dans tout cela ?\n\nM. Valcourt.- Lorne attend.\n\n"
        "M. Astier.- Je vous remercie, Monsieur l'envoyé. La séance est levée.\n"
    )
    assert [role[0] for role, _ in turns(parse_text(text))] == list("ssssqaqas")


KEEPERS = ("Karim Senlis tient le chronomètre", "Karim Senlis keeps the time")


@every(KEEPERS)
def test_who_keeps_the_time_of_a_debate_asks_too(keeper: str) -> None:
    text = (
        f"ODILE FARGE : Bonsoir et bienvenue. Deux candidats sur ce plateau, et {keeper}.\n\n"
        "KARIM SENLIS : Sans pitié.\n\n"
        "ODILE FARGE : Monsieur Pichon, une armée commune, pour ou contre ?\n\n"
        "M. PICHON : Contre le mot, pour la chose. Je n'ai pas de cimetière à inaugurer.\n\n"
        "ODILE FARGE : Madame Ouvray, même question ?\n\n"
        "MME OUVRAY : Je suis pour, et je l'écris à la page douze de mon programme.\n\n"
        "KARIM SENLIS : Qui donnerait l'ordre ? C'est ce que l'on se demande.\n\n"
        "MME OUVRAY : Un conseil. Je sais que c'est lent, mais je n'en vois pas d'autre.\n\n"
        "M. PICHON : Un conseil pour envoyer des garçons au front ? Expliquez-le.\n\n"
        "ODILE FARGE : S'il vous plaît, je vous en prie, pas de réactions.\n\n"
        "KARIM SENLIS : Monsieur Pichon, paieriez-vous le double ?\n\n"
        "M. PICHON : Je demanderais à voir le constat.\n\n"
        "KARIM SENLIS : Vingt-neuf secondes, bravo. Merci à tous les deux, bonne soirée.\n"
    )
    told = turns(parse_text(text))
    assert [role[0] for role, name in told if name == "Karim Senlis"] == list("sqqs")
    assert told[9][0] == "statement"


def test_a_few_words_that_ask_head_the_question_below_them() -> None:
    text = (
        "« La mer n'attend plus nos discours »\n\nL'ambassadeur Rémi Valcourt enseigne.\n\n"
        "Vous étiez à Morlan il y a dix jours. Comment est la ville ?\n\n"
        "Calme, et c'est ce qui m'a inquiété. Les gens que je connais ne se plaignent plus.\n\n"
        "Reprendre par les puits\n\n"
        "Vous proposez de recommencer par l'eau. Pourquoi ?\n\n"
        "Je connais un village où il y a trois pompes. Je n'en ai vu marcher aucune.\n\n"
        "Parler aux militaires ?\n\nFaut-il discuter avec eux ?\n\n"
        "Il faut discuter avec ceux qui tiennent les clés du dépôt. Je l'ai toujours fait.\n\n"
        "Et quel serait le premier geste ?\n\nRouvrir les visas. Je commencerais par là.\n"
    )
    assert initials(parse_text(text)) == "hpqahqahqaqa"


def test_a_last_paragraph_that_tells_of_the_guest_is_no_answer() -> None:
    for title, closing in (
        ("M.", "M. Roque se lève, on vient chercher les malles. Le paquebot est parti."),
        ("Mr", "Mr Roque gets up, for the trunks are being fetched. The steamer has left."),
    ):
        text = (
            f"Une heure avec {title} Roque, retour de Lorne\n\n"
            f"Un paquebot a déposé hier un voyageur. {title} Roque a bien voulu nous recevoir.\n\n"
            "— Vous rentrez pour longtemps ?\n\nPour toujours, je le crains. J'ai fini.\n\n"
            "— On dit que les choses vont mieux.\n\nOn le dit ici. Je n'y crois pas.\n\n"
            "— Et les Américains ?\n\nIls paient. L'un d'eux m'a demandé pourquoi.\n\n"
            f"{closing}\n"
        )
        assert initials(parse_text(text))[-2:] == "ap"


WELCOMES = (
    (
        "Nous avons le plaisir d'accueillir Mme Irina Savel. Madame, vous aurez une heure.",
        "Je vous remercie, Madame la présidente. Le détroit est une puissance qui s'ignore.",
    ),
    (
        "We have the pleasure to welcome Mme Irina Savel. Madam, you will have an hour.",
        "I thank you, Madam Chair. The strait is a power that does not know itself.",
    ),
)


@every(WELCOMES)
def test_who_is_welcomed_to_a_hearing_states_before_being_asked(case: tuple[str, str]) -> None:
    opening, statement = case
    text = (
        f"Mme Solange Arbel, présidente. – {opening}\n\nMme Irina Savel, pilote. – {statement}\n\n"
        "Mme Solange Arbel, présidente. – Aucune ?\n\nMme Irina Savel. – Aucune.\n\n"
        "M. Paul Derrien, rapporteur. – Combien de jours restent, une fois déduits les autres ?\n\n"
        "Mme Irina Savel. – Quarante-deux. Je tiens le tableau à votre disposition.\n\n"
        "Mme Gisèle Mond. – Faut-il s'en alarmer ?\n\nMme Irina Savel. – Je ne le crois pas.\n"
    )
    assert [role[0] for role, _ in turns(parse_text(text))] == list("ssqaqaqa")


def test_an_answer_that_says_what_it_asks_for_goes_on_though_it_ends_in_asking() -> None:
    text = (
        "La dette au tribunal\n\nVous souvenez-vous de votre rencontre ?\n\n"
        "Anselme Kouadi : Comment l'oublier ? Elle m'a refusé un délai.\n\n"
        "Thérèse Wall : Il pleuvait. Je n'avais pas mandat.\n\n"
        "L'effacement est-il une bonne idée ?\n\n"
        "A. Kouadi : C'est une idée juste et une mauvaise politique, car il faut emprunter.\n\n"
        "Ce que je demande, c'est un juge. Une entreprise en a un. Pourquoi pas un État ?\n\n"
        "T. Wall : J'ai combattu cette idée pendant dix ans.\n\n"
        "Sur quoi êtes-vous en désaccord ?\n\nAnselme Kouadi : Sur le franc.\n\n"
        "Thérèse Wall : Il a retiré le chapitre. Moi, je l'avais écrit.\n"
    )
    assert [role[0] for role, _ in turns(parse_text(text))] == list("qaaqaaaqaa")


CHATS = (
    ("Oui : l'anglais est resté. Je pensais qu'il reculerait.", "Vos questions sur le détroit"),
    ("Yes: the ferry stayed. I thought that it would go.", "Your questions about the strait"),
)


@every(CHATS)
def test_readers_ask_once_each_and_the_guest_answers_without_a_label(case: tuple[str, str]) -> None:
    reply, title = case
    lines = (
        "Pendant une heure, Clémence Rousse, correspondante à Morlan, a répondu à vos questions.",
        "Lisette : Bonjour, je vote pour la première fois. À quoi ça sert ?",
        "Bonjour Lisette. À amender les lois du détroit.",
        "Karim_93 : Pourquoi un seul port peut-il tout bloquer ? C'est lassant.",
        "Parce que les traités exigent l'unanimité.",
        "La pause-café a réellement servi, en décembre dernier.",
        "Un prof de Lorne : Que dois-je répondre à mes élèves ?",
        "Que c'est écrit dans un protocole.",
        "Karim_93 : Et Morlan, alors, avant ou après ?",
        "Les deux dossiers avancent ensemble.",
        "Vieille Europe : On n'en parle plus. Y a-t-il eu des effets ?",
        reply,
        "Jujube : Où mange-t-on les meilleures frites ?",
        "Place du Bac, je crois.",
    )
    told = turns(parse_text("\n\n".join((title, *lines))))
    assert [role[0] for role, _ in told] == list("qaqaaqaqaqaqa")
    assert {name for role, name in told if role == "answer"} == {"Clémence Rousse"}
    asked = [name for role, name in told if role == "question"]
    assert asked[2:5] == ["Un prof de Lorne", "Karim_93", "Vieille Europe"]
