"""French, as spoken in Haiti, France and West Africa."""

from __future__ import annotations

from bot.flows.values.tongues.tongue import Tongue, by_phrase, counted, openers, split

_UNITS = "un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_TENS = "vingt/vingts trente quarante cinquante soixante septante huitante/octante/quatrevingt nonante"
_SIGNS = by_phrase(
    {
        "M1": "janvier",
        "M2": "fevrier",
        "M3": "mars",
        "M4": "avril",
        "M5": "mai",
        "M6": "juin",
        "M7": "juillet",
        "M8": "aout",
        "M9": "septembre",
        "M10": "octobre",
        "M11": "novembre",
        "M12": "decembre",
        "m1": "janv",
        "m2": "fev|fevr",
        "m4": "avr",
        "m7": "juil",
        "m9": "sept",
        "m10": "oct",
        "m11": "nov",
        "m12": "dec",
        "25 M12": "noel|a noel",
        "W0": "lundi",
        "W1": "mardi",
        "W2": "mercredi",
        "W3": "jeudi",
        "W4": "vendredi",
        "W5": "samedi",
        "W6": "dimanche",
        "1": "premier|1 er|1 ere",
        "@0": "aujourd hui|ce matin|ce soir|maintenant",
        "@-1": "hier|hier soir",
        "@-2": "avant hier|avanthier",
        "@1": "demain",
        "@2": "apres demain",
        "": "depuis|environ|vers|a peu pres|je crois|je pense|c etait|peu pres|le mois de|mois de|presque",
        "THE": "le|la|les|l",
        "OF": "de|du|des|d",
        "IN": "en|dans|au|au mois de|d ici|d ici a",
        "AND": "et",
        "OR": "ou|a|au plus|jusqu a",
        "AGO": "il y a|y a|ya|il ya|ca fait|cela fait|ca fait deja|il y a deja|depuis environ",
        "HAVE": "j ai",
        "HERE": "ici",
        "LAST": "dernier|derniere|passe|passee",
        "LAST2": "avant dernier",
        "NEXT": "prochain|prochaine|qui vient|suivant|suivante",
        "THIS": "ce|cet|cette",
        "FUT": "expire|sera",
        "B": "debut|au debut|le debut",
        "C": "mi|milieu|au milieu|a la mi",
        "E": "fin|a la fin|la fin|a fin",
        "HALF": "demi|demie",
        "Ud": "jour|jours",
        "Uw": "semaine|semaines",
        "Um": "mois",
        "Uy": "an|ans|annee|annees",
        "BORN": "ne|nee|naissance|date de naissance",
    }
)
TONGUE = Tongue(
    code="fr",
    numerals={**counted(_UNITS), **counted(_TENS, 20, 10)},
    hundreds=frozenset({"cent", "cents"}),
    scales={
        "mille": 1000,
        "mil": 1000,
        "milles": 1000,
        "million": 1_000_000,
        "millions": 1_000_000,
        "douzaine": 12,
        "dizaine": 10,
        "quinzaine": 15,
        "vingtaine": 20,
    },
    money_scales={"k": 1000},
    joiners=frozenset({"et"}),
    halves=frozenset({"demi", "demie"}),
    rewrites={
        "un demi": "demi",
        "quatre vingts": "quatrevingt",
        "quatre vingt": "quatrevingt",
        "douzaine de": "douzaine",
    },
    nothing=split(
        "zero|aucun|aucune|personne|rien|je n ai rien|pas d enfants|pas d enfant|je n en ai pas|je ne gagne rien"
    ),
    inexact_age=split(
        "presque|bientot|plus de|moins de|je vais avoir|va avoir|pas encore|entre|quand j avais|j aurai|au moins"
    ),
    signs=_SIGNS,
    months=(),
    yes=split(
        "oui|oui oui|ouais|ouaip|ouep|ui|wi|wai|bien sur|bien sur que oui|mais oui|d accord|daccord|dacc"
        "|ok|okay|si si|evidemment|tout a fait|exact|exactement|volontiers|carrement|absolument"
        "|certainement|effectivement|c est ca|c est exact|vrai|c est vrai|j accepte|je suis d accord"
        "|oui je veux|bon|parfait|je crois que oui|moi aussi"
    ),
    no=split(
        "non|non non|nan|nn|pas du tout|jamais|pas encore|non merci|non pas encore|bien sur que non"
        "|mais non|aucun|aucune|absolument pas|pas vraiment|je n en ai pas|j en ai pas|je ne crois pas"
        "|je crois que non|moi non|moi non plus|faux|je refuse|non jamais|negatif"
    ),
    unsure=split(
        "je ne sais pas|je sais pas|j sais pas|chais pas|sais pas|pas sur|pas sure|peut etre|aucune idee"
        "|je ne me souviens pas|je me souviens pas|ca depend|plus ou moins|oui et non|oui ou non"
        "|je ne comprends pas|je comprends pas|j ai oublie|si dieu veut|pas de probleme|parfois"
        "|pas compris"
    ),
    questions=split("quoi|quand|ou est|quel|quelle|comment|pourquoi|combien"),
    yes_openers=openers("oui|ouais|bien sur|mais oui|d accord|tout a fait|effectivement"),
    no_openers=openers("non|nan|pas encore|jamais|pas du tout|bien sur que non|mais non|je n en ai pas"),
    ages=("moins d’un an", "1 an", "{} ans"),
    yes_no=("Oui", "Non"),
    pesos=("{} peso", "{} pesos"),
)
