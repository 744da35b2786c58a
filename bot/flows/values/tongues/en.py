"""English."""

from __future__ import annotations

from bot.flows.values.tongues.tongue import Tongue, by_phrase, counted, openers, split

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_TENS = "thirty forty/fourty fifty sixty seventy eighty ninety"
_SIGNS = by_phrase(
    {
        "M1": "january",
        "M2": "february",
        "m3": "march|mar",
        "M4": "april",
        "m5": "may",
        "M6": "june",
        "M7": "july",
        "M8": "august",
        "M9": "september",
        "M10": "october",
        "M11": "november",
        "M12": "december",
        "m1": "jan",
        "m2": "feb",
        "m4": "apr",
        "m6": "jun",
        "m7": "jul",
        "m8": "aug",
        "m9": "sep|sept",
        "m10": "oct",
        "m11": "nov",
        "m12": "dec",
        "25 M12": "christmas|christmas day",
        "W0": "monday",
        "W1": "tuesday",
        "W2": "wednesday",
        "W3": "thursday",
        "W4": "friday",
        "W5": "saturday",
        "W6": "sunday",
        "1": "first|1 st",
        "2": "second|2 nd",
        "3": "third|3 rd",
        "@0": "today|tonight|this morning|this afternoon|right now",
        "@-1": "yesterday|last night",
        "@-2": "the day before yesterday|day before yesterday",
        "@1": "tomorrow",
        "@2": "the day after tomorrow|day after tomorrow",
        "": "on|about|around|like|maybe|i think|since|th|st|nd|rd|it was|almost|approximately|already|been here|for",
        "THE": "the",
        "OF": "of",
        "IN": "in|within|during|back in",
        "AND": "and",
        "OR": "or|to|until|till|between",
        "ART": "a|an",
        "AGO": "it has been|it s been|been here for|i have been here|i ve been here",
        "HAVE": "i have|i ve got",
        "HERE": "here",
        "BACK": "ago|back|earlier",
        "LATER": "from now|from today",
        "LAST": "last|past|previous",
        "NEXT": "next|coming|upcoming",
        "THIS": "this|current",
        "FUT": "expires|will be|will",
        "B": "beginning|start|early|the beginning|the start",
        "C": "middle|mid|the middle",
        "E": "end|late|the end",
        "HALF": "half",
        "AND HALF": "and a half|and half",
        "Ud": "day|days",
        "Uw": "week|weeks",
        "Um": "month|months",
        "Uy": "year|years|yrs|yr|yo|y o",
        "BORN": "born|birth|birthday|date of birth",
    }
)
TONGUE = Tongue(
    code="en",
    numerals={**counted(_UNITS), **counted(_TENS, 30, 10)},
    hundreds=frozenset({"hundred", "hundreds"}),
    scales={"thousand": 1000, "thousands": 1000, "million": 1_000_000, "millions": 1_000_000, "dozen": 12, "couple": 2},
    money_scales={"k": 1000, "grand": 1000, "mil": 1000},
    joiners=frozenset({"and"}),
    halves=frozenset({"half"}),
    rewrites={"and a half": "and half", "half a": "half", "couple of": "couple"},
    nothing=split("zero|none|nobody|no one|nothing|i have none|i don t have any|no kids|no children|i earn nothing"),
    inexact_age=split(
        "almost|nearly|turning|turn|about to|under|over|less than|more than|older than|younger than"
        "|not yet|between|when i was|will be|at least"
    ),
    signs=_SIGNS,
    months=(),
    yes=split(
        "yes|yes yes|yea|yeah|yep|yup|yess|yh|sure|sure thing|of course|ok|okay|k|right|correct"
        "|absolutely|definitely|certainly|i do|i am|i have|yes i do|yes i am|yes please|yes sir|yes mam"
        "|uh huh|affirmative|true|i agree|agree|agreed|i accept|fine|alright|all right|totally|exactly"
        "|i think so|indeed|that s right|me too|sounds good"
    ),
    no=split(
        "no no|nope|nah|never|not yet|not really|no way|not at all|no thanks|no thank you|i don t|i dont"
        "|i do not|i am not|i m not|i have not|i haven t|i havent|no i don t|no i dont|nop|negative|false"
        "|none|neither|no sir|i don t think so|i dont think so|of course not|absolutely not"
        "|definitely not|i disagree|i don t have|i dont have"
    ),
    unsure=split(
        "i don t know|i dont know|don t know|dont know|not sure|no idea|maybe|perhaps|idk"
        "|i don t remember|i dont remember|i forgot|it depends|depends|more or less|yes and no|yes or no"
        "|could be|sometimes|i don t understand|i dont understand|dunno|no problem|can t remember"
        "|cant remember|what if|god willing"
    ),
    questions=split("what|when|where|which|who|how|why"),
    yes_openers=openers("yes|yeah|yep|yup|of course|sure|absolutely|definitely|correct|i think so"),
    no_openers=openers(
        "nope|nah|never|not yet|no thanks|no thank you|not at all|of course not|i don t have|i dont have"
        "|i do not have|i haven t|i havent|i have not",
        no="no|i|we|sir|madam|mam|thanks|thank|sorry|not|never|but|because|my|she|he|they|nothing|papers|job|work|yet|at",
    ),
    ages=("under one year", "1 year", "{} years"),
    yes_no=("Yes", "No"),
    pesos=("{} peso", "{} pesos"),
)
