"""Texts that ask or name and are no talk, and what stands over those that are."""

from __future__ import annotations

from articles.text.parse import parse_text


def test_questions_over_paragraphs_that_say_neither_i_nor_you_explain() -> None:
    text = (
        "Détroit de Kalva\n\nLes navires doivent s’annoncer. Explications en cinq questions.\n\n"
        "De quoi parle-t-on ?\n\nLe détroit sépare la côte de l’archipel des Trois-Sœurs, et un "
        "cinquième du minerai de la région y passe chaque année.\n\n"
        "Qui a décidé ?\n\nLe parlement, le 12 avril, par 61 voix contre 58. L’opposition a quitté "
        "l’hémicycle en emportant les micros.\n\n"
        "Est-ce légal ?\n\nOui et non. La convention de 1982 garantit le passage en transit et "
        "laisse à la côte le soin de demander un préavis.\n\n"
        "Et les oranges ?\n\nElles pourrissent. Un préavis impose aux petits caboteurs une nuit "
        "d’attente, selon la juriste Maud Perrin.\n\n"
        "Que peut-il se passer ?\n\nTrois voies sont ouvertes, la dernière prend six jours. Les "
        "armateurs ont déjà choisi.\n"
    )
    read = parse_text(text)
    assert read.kind == "article"
    heads = [text[p.start : p.end] for p in read.passages if p.role == "heading"]
    assert {"De quoi parle-t-on ?", "Et les oranges ?"} <= set(heads)


def test_names_before_what_goes_on_in_lower_case_head_a_list() -> None:
    text = (
        "L’agenda de la semaine\ndu lundi 4 au dimanche 10 mai\n\n"
        "Qui voyage, qui reçoit : chaque lundi, les rendez-vous de la vie diplomatique.\n\n"
        "Ceux qui partent\n\n"
        "Solène Marchais : la secrétaire d’État se rend mardi à Tallinn, puis mercredi à Riga. "
        "Retour prévu jeudi, par le train si la grève est levée.\n\n"
        "Ferdinand Aubier : le conseiller accompagne le président à Niamey. Il y restera deux "
        "jours de plus. Pourquoi ? L’entourage évoque « un dîner ».\n\n"
        "Rose Tancrède : l’ambassadrice commence à Nouméa une tournée de neuf escales.\n\n"
        "Ceux qui reçoivent\n\n"
        "Philippe Gondrand : déjeuner de travail vendredi avec son homologue slovaque.\n\n"
        "Solène Marchais : samedi, clôture des états généraux, à Rouen. « Je parlerai peu », "
        "a-t-elle promis.\n\n"
        "Celui qui se tait\n\n"
        "Le médiateur : aucun rendez-vous annoncé. On le dit à Genève, on l’a vu à Vienne.\n\n"
        "Pour signaler un rendez-vous : agenda@semaine.example\n"
    )
    assert parse_text(text).kind == "article"


def test_a_title_and_what_stands_under_it_are_no_first_turns() -> None:
    text = (
        "Gazette du Lac\nEntretien\nGaspard Ruel, le consul qui ne voulait pas partir\n\n"
        "Trois ministres ont demandé sa mutation, aucun ne l’a obtenue. Le consul honoraire de la "
        "rive nord reçoit dans sa quincaillerie, entre les clous et les passeports.\n\n"
        "Gaspard Ruel devant sa boutique, en avril. (Photo Gazette du Lac)\n\n"
        "Vous êtes consul depuis quarante ans. N’est-ce pas un peu long ?\n\n"
        "« Le lac est là depuis plus longtemps. J’ai commencé parce que le consul précédent était "
        "mon client et qu’il me devait une brouette. À sa mort, on a trouvé dans ses papiers un "
        "mot qui disait de voir avec moi, et tout le monde depuis lors a vu avec moi, hélas. »\n\n"
        "Que fait un consul honoraire, au juste ?\n\n"
        "« Il attend. Et puis un jour, un car se renverse, et il n’attend plus. J’ai eu quarante "
        "retraités dans la boutique, je les ai assis sur les sacs de ciment, par ordre "
        "alphabétique, et je leur ai servi du thé jusqu’au soir. »\n\n"
        "Le ministère vous reproche vos horaires.\n\n"
        "« J’ouvre à six heures, comme tous les quincailliers. Le ministère ouvre à neuf heures "
        "trente. Je ne vois pas qui reproche quoi à qui. »\n\n"
        "Racontez-nous l’affaire du drapeau.\n\n"
        "« Il était à l’envers, pendant six ans. C’est une petite fille qui me l’a dit. »\n\n"
        "Et qu’avez-vous fait ?\n\n« Je lui ai donné le tournevis. »\n\n"
        "Partirez-vous un jour ?\n\n« Quand ils auront trouvé quelqu’un qui sache à la fois faire "
        "un double de clé et un laissez-passer. Je forme ma nièce. »\n\nRecueilli par Odette Mal\n"
    )
    read = parse_text(text)
    first = next(p for p in read.passages if p.role == "question")
    assert text[first.start : first.end].startswith("Vous êtes consul")
    assert max(p.exchange or 0 for p in read.passages) == 6


def test_who_would_like_to_begin_asks_and_a_book_sold_at_the_end_is_a_note() -> None:
    text = (
        "Beatrix Ode: 'I never met a spy who could cook'\n\n"
        "The former head of protocol on seating plans, poison and a dinner\n\n"
        "Interview by Clement Ark\n\n"
        "Beatrix Ode ran the protocol office for twenty-two years and seated, by her own count, "
        "nine thousand people. She lives in Deal with a deaf spaniel.\n\n"
        "I'd like to begin with a confession. I was told I would be having lunch with you and I "
        "worried. Was there only one chair?\n\n"
        "Of course. People who have to look for a chair tell you who they are. You went to the "
        "kitchen, so I knew we should get on, and I laid a second place.\n\n"
        "What is the worst thing that can happen at a state dinner?\n\n"
        "They fall silent. We had a king and a president who did not speak through three courses, "
        "and I could do nothing for them but salt the soup.\n\n"
        "You wrote in your memoir that you never met a spy who could cook.\n\n"
        "They can't follow a recipe. I have tried to teach them, and it is hopeless.\n\n"
        "And the dinner you walked out of?\n\nMy own wedding. Shall we have some fruit?\n\n"
        "Forks: A Life is published by Harbour & Stone at £16.\n"
    )
    read = parse_text(text)
    asked = [text[p.start : p.end] for p in read.passages if p.role == "question"]
    assert asked[0].startswith("I'd like to begin")
    assert read.passages[-1].role == "note"


def test_questions_set_apart_head_an_article_that_asks_in_its_prose_too() -> None:
    text = (
        "Fact check: did the envoy give it away?\n\n"
        "The sentence has been shared forty thousand times, and it is mostly false.\n\n"
        "Where does it come from?\n\n"
        "The claim was made by a councillor in a speech. He named as his source everybody.\n\n"
        "Who is everybody? The figure is in a pamphlet of 1977, and speaks of another coast.\n\n"
        "What does the agreement say?\n\n"
        "Article 4 shares the grounds for six years. Could it be read otherwise? It could.\n\n"
        "And the lunch?\n\n"
        "There was a lunch on 9 January, after the signature, and the ambassador had the soup.\n"
    )
    heads = [text[p.start : p.end] for p in parse_text(text).passages if p.role == "heading"]
    assert heads[1:] == [
        "Where does it come from?", "What does the agreement say?", "And the lunch?",
    ]  # fmt: skip


def test_a_question_under_the_hour_of_a_live_report_is_a_heading() -> None:
    told = "Des huissiers ont apporté des stylos, deux par délégation, et de l’encre pour la nuit."
    text = "DIRECT. La nuit du sommet\n\n" + "".join(
        f"{hour}\n{head}{told}\n\n"
        for hour, head in (
            ("03h41", "Fumée blanche ?\n"),
            ("02h58", ""),
            ("02h15", ""),
            ("01h", ""),
        )
    )
    roles = {text[p.start : p.end]: p.role for p in parse_text(text).passages}
    assert roles["Fumée blanche ?"] == "heading"


CLAIMS = (
    (
        "We promised every family a house, in writing.",
        "The letter speaks of the question of a hut.",
    ),
    ("Only forty families were ever asked.", "That was true in 2016. Ninety have replied since."),
    ("The islands were told about the letter.", "We can't say. The office was shut, twice."),
)
ASKED = (
    ("How do you choose your claims?", "I read your letters. I had fifty-two on Wednesday."),
    ("Do you reply to ministers?", "I do, before we print. One office thanked me."),
    ("And have you been wrong?", "I have, twice. I said so on the front page."),
)


def test_claims_and_what_was_found_are_no_talk() -> None:
    for claim, found in (("Claim", "What we found"), ("Affirmation", "Ce que disent les faits")):
        checks = [(f"{claim}: “{said}” (Holt)", f"{found}: {told}") for said, told in CLAIMS]
        lines = [line for pair in (*checks, ("How we check",), *ASKED) for line in pair]
        title = "Fact check: Did the minister really promise the islands a house?"
        lead = "The minister, Moira Holt, and Gerald Tenn exchanged a number of claims on Tuesday."
        tail = "Send us a claim | About the desk | Corrections"
        read = parse_text("\n\n".join((title, lead, *lines, tail)))
        assert read.kind == "article"
        assert [p.role for p in read.passages[2:8]] == ["paragraph"] * 6
        assert read.passages[-1].role == "note"


def test_a_footnote_to_a_talk_is_a_note() -> None:
    text = (
        "Un entretien oublié\n\n— Camarade, le port d’Ourga[1] sera-t-il prêt ?\n\n"
        "— Il sera prêt quand j’aurai les grues.\n\n— Vous avez reçu des Norvégiens ?\n\n"
        "— Oui, ils m’ont parlé de morues.\n\n— Un mot pour nos lecteurs ?\n\n"
        "— Qu’ils apprennent à nager.\n\n[1] Localité de la baie du même nom, abandonnée depuis.\n"
    )
    assert parse_text(text).passages[-1].role == "note"


def test_a_report_on_a_panel_that_ends_in_a_numbered_list_is_no_talk() -> None:
    text = (
        'Event Report: "Who Speaks for the Strait?"\n\nLorne Forum, 28 February 2018\n'
        "Rapporteur: Anna Pell\n\nOverview\n\n"
        "The second panel brought together a former minister, a pilot and a poet to discuss who "
        "can speak for two shores. The session was moderated by Prof. Ewan Mallory.\n\n"
        "Opening remarks\n\n"
        "Prof. Mallory opened by recalling that the last map was made of sticks. He asked each "
        "panelist to answer one question: when did you last hear the strait speak?\n\n"
        "Sir Tom Arden, the former minister, answered that he had heard it once, in Lorne, at four "
        'in the morning. "It was hoarse," he said. In his view the success was due to exhaustion '
        "on the part of everyone else who was there.\n\n"
        "Ms. Agnes Tibb, who has negotiated for nine governments, disagreed. The region speaks "
        'every December, she argued, when it fixes the price. "It is a choir that gets paid."\n\n'
        "Discussion\n\nIn the discussion that followed, participants raised three issues.\n\n"
        "Climate. Several speakers asked whether a state could survive the loss of its land. Sir "
        "Tom replied that the law gave no answer because it had never been asked politely.\n\n"
        "Language. Asked by the moderator why she had not translated her poem, Ms. Marr said: "
        '"You all nodded. What more do you want?"\n\n'
        "Key takeaways\n\n1. Positions hold best when they concern prices.\n"
        "2. Donors should fund maintenance rather than openings.\n"
        "3. The next Forum should provide interpretation.\n"
    )
    read = parse_text(text)
    assert read.kind == "article"
    assert [p.role for p in read.passages[-3:]] == ["paragraph"] * 3


REPORTS = (
    "Then Mr. Fenn asked her whether she had seen the letter before you or I had.",
    'Mr. Fenn, to his credit, did not smile. "Is that a yes, do you think?" he asked.',
    'I asked Mr. Fenn what he had thought. "Would you not have waited?" he said.',
)


def test_a_report_on_a_broadcast_interview_is_an_article() -> None:
    lines = [
        "Eleven Seconds on Live Television",
        "It was a dull interview. For half an hour Anna Roy sat opposite Desmond Fenn and "
        "explained the protocol, which few of us had heard of.",
    ]
    for line in REPORTS:
        lines += [
            line,
            "The minister did not answer at once. I saw her look to her left, where there was "
            "nothing but a plant, and I counted the seconds with my own watch until she spoke.",
        ]
    assert parse_text("\n\n".join(lines)).kind == "article"
