"""Haitian Creole, with the spellings that people use beside the official one."""

from __future__ import annotations

from bot.flows.folding import fold
from bot.flows.values.tongues.tongue import Tongue, by_phrase, counted, openers, split

_UNITS = (
    "yon/youn/you/en de twa kat senk/sink sis set uit/wit nef dis onz douz trez katoz kenz sez "
    "diset/disset dizuit/dizwit diznef ven/vent"
)
_TENS = "trant karant senkant swasant swasanndis/swasantdis katreven/katrevin katrevendis/katrevindis"


def _joined() -> dict[str, int]:
    """Twenty-one to ninety-nine, which are written as one word, in more than one way."""
    words: dict[str, int] = {}
    units = counted("eyen de twa kat senk sis set uit nef")
    for stem, tens in (("ven", 20), ("tran", 30), ("karan", 40), ("senkan", 50), ("swasan", 60), ("katreve", 80)):
        for unit, value in units.items():
            for spelling in (stem + "n" + unit, stem + "t" + unit, stem + unit):
                words[fold(spelling)] = tens + value
    for teen, value in counted("onz douz trez katoz kenz sez diset dizuit diznef", 11).items():
        words |= dict.fromkeys(("swasann" + teen, "swasant" + teen), 60 + value)
        words["katreven" + teen] = 80 + value
    return words


_SIGNS = by_phrase(
    {
        "M1": "janvye",
        "M2": "fevriye|fevrye",
        "m3": "mas",
        "M4": "avril",
        "m5": "me",
        "M6": "jen|jyen",
        "M7": "jiye|jiyet",
        "M8": "dawout|out|daout",
        "M9": "septanm|setanm",
        "M10": "oktob",
        "M11": "novanm",
        "M12": "desanm",
        "25 M12": "nwel|jou nwel",
        "W0": "lendi",
        "W1": "madi",
        "W2": "mekredi",
        "W3": "jedi",
        "W4": "vandredi",
        "W5": "samdi",
        "W6": "dimanch",
        "1": "premye|1 ye",
        "@0": "jodi a|jodia|jodi|maten an|kounye a|kounya|aswe a",
        "@-1": "ye|ye swa",
        "@-2": "avanye|avan ye|anvan ye|avantye",
        "@1": "demen",
        "@2": "apre demen|apredemen",
        "": "anviwon|apepre|mwen kwe|deja|preske|konsa|kek",
        "THE": "le|la",
        "IN": "nan|nan mwa|nan lane|nan ane|nan mwa de",
        "AN": "an",
        "AND": "e|ak",
        "OR": "oswa",
        "AGO": "sa gen|gen|sa fe|sa fe deja|depi|gen deja",
        "HAVE": "mwen gen|m gen|mwen genyen",
        "HERE": "isit|isit la|la a",
        "BACK": "de sa",
        "LAST": "pase|ki pase|denye|ki sot pase|ki sot pase a|pase a",
        "NEXT": "pwochen|k ap vini|kap vini|ki ap vini|k ap vini an|kap vini an|ki vini|ki kap vini",
        "THIS": "sa|sa a",
        "FUT": "ap ekspire|ap fini",
        "B": "komansman|konmansman|debi|komansman mwa|nan komansman",
        "C": "mitan|nan mitan|mwatye mwa",
        "E": "fen|finisman|fen mwa|nan fen|nan fen mwa",
        "HALF": "demi|mwatye",
        "AND HALF": "edmi|e demi|edemi",
        "Ud": "jou",
        "Uw": "semen|semenn",
        "Um": "mwa",
        "Uy": "zan|ane|lane|lanne",
        "2 Uy": "dezan",
        "3 Uy": "twazan",
        "BORN": "fet|mwen fet|dat nesans|nesans",
    }
)
TONGUE = Tongue(
    code="ht",
    numerals={**_joined(), **counted(_UNITS), **counted(_TENS, 30, 10), "desan": 200, "twasan": 300},
    hundreds=frozenset({"san"}),
    scales={"mil": 1000, "milye": 1000, "milyon": 1_000_000, "douzen": 12, "dizen": 10},
    money_scales={"k": 1000},
    joiners=frozenset({"e", "ak"}),
    halves=frozenset({"demi", "mwatye"}),
    rewrites={"edmi": "e demi", "mwatye nan": "mwatye", "douzen de": "douzen"},
    nothing=split(
        "zewo|okenn|pesonn|anyen|mwen pa genyen|m pa genyen|pa genyen|mwen pa gen pitit|m pa gen pitit|pa gen"
    ),
    inexact_age=split(
        "preske|pral gen|pral fe|pi plis pase|plis pase|mwens pase|mwens ke|poko|le m te gen|le mwen te gen|omwen|ant"
    ),
    signs=_SIGNS,
    months=tuple("janvye fevriye mas avril me jen jiyè out septanm oktòb novanm desanm".split()),
    yes=split(
        "wi|wi wi|wii|men wi|dako|mwen dako|m dako|ok|okay|setase|se sa|se vre|egzat|egzakteman|byen si"
        "|mwen aksepte|m aksepte|m genyen|mwen genyen|wi mesye|wi madam|wi souple|natirelman|san mank"
        "|mwen kwe wi|mwen tou|oke"
    ),
    no=split(
        "non|non non|non mesi|pa gen|pa genyen|mwen pa genyen|m pa genyen|mpa genyen|poko|pako|janm|jame"
        "|pa ditou|ditou|anyen|okenn|mwen pa gen|m pa gen|mwen poko|m poko|non poko|mwen pa vle|m pa vle"
        "|mwen kwe non|se pa vre|mwen refize"
    ),
    unsure=split(
        "pa konnen|mpa konnen|m pa konn|mwen pa konn|petet|m pa sonje|mwen pa sonje|pa sonje|m pa sur"
        "|mwen pa sur|sa depan|wi ak non|wi oswa non|m pa konprann|mwen pa konprann|si bondye|mwen bliye"
        "|m bliye|pafwa|pa gen pwoblem|m pa si|mwen pa si"
    ),
    questions=split("kisa|kile|kote|kijan|kiyes|poukisa|konbyen"),
    yes_openers=openers("wi|men wi|dako|mwen dako|m dako|byen si"),
    no_openers=openers(
        "non|poko|janm|jame|pa gen|pa genyen|m pa gen|m pa genyen|mwen pa gen|mwen pa genyen|mwen poko|m poko|mpa gen"
    ),
    ages=("mwens pase yon lane", "1 an", "{} an"),
    yes_no=("Wi", "Non"),
    pesos=("{} peso", "{} peso"),
)
