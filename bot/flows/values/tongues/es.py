"""Spanish, as it is written in Colombia and Venezuela, with the misspellings that are common."""

from __future__ import annotations

from bot.flows.values.tongues.tongue import Tongue, by_phrase, counted, openers, split

_UNITS = (
    "un/uno/una dos/do tres/trez/tre cuatro/kuatro cinco/sinco/zinco seis/ceis/seiz siete/ciete "
    "ocho/hocho nueve/nuebe diez/dies once/onse doce/dose/doze trece/trese catorce/katorce/catorse "
    "quince/quinse dieciseis/diesiseis diecisiete/diesisiete dieciocho/diesiocho diecinueve/diesinueve "
    "veinte/beinte/viente veintiuno/veintiun/veintiuna/beintiuno veintidos/beintidos "
    "veintitres/beintitres veinticuatro/beinticuatro veinticinco/veintisinco/beinticinco "
    "veintiseis/beintiseis veintisiete/beintisiete veintiocho/beintiocho "
    "veintinueve/veintinuebe/beintinueve"
)
_TENS = "treinta/trenta cuarenta/kuarenta cincuenta/sincuenta/cinquenta sesenta/secenta setenta ochenta noventa"
_HUNDREDS = (
    "cien/sien/ciento/siento doscientos/doscientas/docientos/dosientos/dosciento "
    "trescientos/trescientas/tresientos cuatrocientos/cuatrocientas/cuatrosientos/cuatroscientos "
    "quinientos/quinientas/kinientos seiscientos/seiscientas/seicientos "
    "setecientos/setecientas/setesientos/sietecientos ochocientos/ochocientas/ochosientos "
    "novecientos/novecientas/nuevecientos/novesientos"
)
_SIGNS = by_phrase(
    {
        "M1": "enero|henero|jenero|enrero",
        "M2": "febrero|febreo|frebrero",
        "M3": "marzo|marso",
        "M4": "abril|avril|habril",
        "M5": "mayo|mallo",
        "M6": "junio|junyo",
        "M7": "julio|julyo",
        "M8": "agosto|agoto|gosto",
        "M9": "septiembre|setiembre|septienbre|setienbre",
        "M10": "octubre|octuvre|optubre|otubre",
        "M11": "noviembre|nobiembre|novienbre",
        "M12": "diciembre|disiembre|dicienbre|deciembre",
        "m1": "ene",
        "m2": "feb|febr",
        "m3": "mar",
        "m4": "abr",
        "m5": "may",
        "m6": "jun",
        "m7": "jul",
        "m8": "ago",
        "m9": "sep|sept|set",
        "m10": "oct",
        "m11": "nov",
        "m12": "dic|dec",
        "25 M12": "navidad|navidades|la navidad",
        "W0": "lunes",
        "W1": "martes",
        "W2": "miercoles|miercole|mierc",
        "W3": "jueves|juebes",
        "W4": "viernes|biernes",
        "W5": "sabado|savado",
        "W6": "domingo",
        "1": "primero|1 ro|1 ero|1 o",
        "@0": "hoy|hoy dia|hoy en dia|hoy mismo|esta manana|esta tarde|esta noche|ahora mismo|ahorita|el dia de hoy",
        "@-1": "ayer|ayer mismo|anoche|el dia de ayer|hayer|ayer en la noche|ayer por la noche|ayer en la tarde",
        "@-2": "antier|anteayer|antes de ayer|antenoche|antes de anoche|antiayer|antes ayer",
        "@-3": "trasantier|antes de antier",
        "@1": "manana|el dia de manana|manana mismo|manana en la manana|manana por la manana",
        "@2": "pasado manana",
        "": "en la manana|por la manana|de la manana|en la tarde|por la tarde|de la tarde|en la noche|por la noche"
        "|la|los|las|lo|como|mas|menos|casi|mas o menos|aproximadamente|aprox|unos|unas|creo|creo que|fue"
        "|desde|por|ya|apenas|hacia|para|pa|mes de|el mes de|del mes de|lleva|alrededor de|cerca de"
        "|pasados|pasadas|cumplidos|cumplidas|de edad|gracias|por favor|senor|senora",
        "THE": "el",
        "OF": "de|del|d",
        "IN": "en|dentro de|en el mes de|en el ano|en el|de aqui a|de hoy en|de aca a",
        "AND": "y|e",
        "OR": "o|u|hasta|al|a",
        "AGO": "hace|ace|hase|ase|llevo|llevamos|llevo aca|llevo aqui|hara|va para|hace ya|hace como",
        "HAVE": "tengo|tenemos",
        "HERE": "aqui|aca|por aca|por aqui",
        "BACK": "atras",
        "LAST": "pasado|pasada|que paso|anterior|ultimo|ultima|recien pasado",
        "LAST2": "antepasado|antepasada|ante pasado|ante pasada|tras anterior",
        "NEXT": "proximo|proxima|que viene|q viene|entrante|siguiente|que entra|venidero|prox|procsimo|que biene",
        "THIS": "este|esta|presente|en curso|actual",
        "IN 8 Ud": "de hoy en ocho|de hoy en 8",
        "IN 15 Ud": "de hoy en quince|de hoy en 15",
        "FUT": "vence|vencera|se vence|sera|ire|viajare|voy a|vamos a|me toca|tendre|cumplire",
        "B": "principios|principio|comienzos|comienzo|inicios|inicio|empezando|a principios|a comienzos|a inicios",
        "C": "mediados|mediado|mitad|la mitad|a mediados",
        "E": "finales|final|fines|fin|finalizando|terminando|a finales|a final|a fines|ultimos dias",
        "HALF": "medio|media",
        "Ud": "dia|dias|diitas",
        "Uw": "semana|semanas|cemana|cemanas|semanaz|semanita|semanitas|sem",
        "Um": "mes|meses|meces|mezes|mese|mesesitos|mesecitos",
        "Uy": "ano|anos|anitos|anito|anios|anio|anyos",
        "BORN": "naci|nacio|nacido|nacida|nacimiento|fecha de nacimiento|nasi|nacimos",
    }
)
TONGUE = Tongue(
    code="es",
    numerals={**counted(_UNITS), **counted(_TENS, 30, 10), **counted(_HUNDREDS, 100, 100)},
    hundreds=frozenset(),
    scales={
        **dict.fromkeys(("mil", "miles", "myl"), 1000),
        **dict.fromkeys(["millon", "millones", "miyon", "miyones", "mill", "milones"], 1_000_000),
        **dict.fromkeys(("docena", "docenas"), 12),
        **dict.fromkeys(("par", "parcito"), 2),
        "decena": 10,
    },
    money_scales={
        **dict.fromkeys(
            ["k", "luca", "lucas", "luka", "lukas", "lukitas", "luquitas", "barra", "barras", "barritas"], 1000
        ),
        **dict.fromkeys(["palo", "palos", "palito", "palitos", "melones", "melon", "mlls", "mll"], 1_000_000),
    },
    joiners=frozenset({"y", "i"}),
    halves=frozenset({"medio", "media"}),
    rewrites={"mil gracias": "gracias", "mil disculpas": "disculpas", "mil veces": "veces", "mil perdones": "perdones"},
    nothing=split(
        "cero|ninguno|ninguna|nadie|nada|no tengo|no tengo ninguno|no tengo ninguna|no tengo hijos"
        "|no tengo nada|nada por ahora|no hay|no hay nadie|no gano nada|no gano|cero pesos|0 pesos"
        "|ningun peso|sin ingresos"
    ),
    inexact_age=split(
        "casi|voy a cumplir|va a cumplir|por cumplir|para cumplir|a punto de|cumplo|cumple|menos de"
        "|mas de|menor de|mayor de|menores de|mayores de|todavia no|aun no|y pico|y tantos|y algo"
        "|me faltan|me falta|le falta|cuando tenia|entre|no tengo"
    ),
    signs=_SIGNS,
    months=(),
    yes=split(
        "sii|ssi|si si|si si si|sip|sipi|sep|seh|sisas|sisa|sizas|sisarras|simon|claro|claro que si"
        "|claro q si|clarines|obvio|obvio si|obvio que si|por supuesto|por supuesto que si|aja|aha|ujum"
        "|uju|uhum|mjm|mhm|dale|dale si|dale pues|de una|listo|va|vale|ok|okay|okey|oki|bueno|bueno si"
        "|pues si|hagale|hagale pues|de acuerdo|acepto|si acepto|autorizo|si autorizo|eso|eso es|asi es"
        "|asi mismo|exacto|correcto|cierto|afirmativo|positivo|seguro|segura|efectivamente|esta bien"
        "|ta bien|perfecto|creo que si|yo creo que si|yo si|yo tambien|tambien|como no|si como no"
        "|si senor|si senora|si sr|siempre|fijo|por favor si|si porfa|si por favor|si gracias|ya si"
        "|aun si|todavia si|me parece que si|parece que si|si pues|s|verdad|es verdad|de fijo|con gusto"
        "|si quiero|quiero"
    ),
    no=split(
        "noo|nno|no no|no no no|nop|nope|nel|nah|nanai|nanay|negativo|nunca|jamas|nunca jamas|tampoco"
        "|yo tampoco|para nada|pa nada|ni de vaina|ni de riesgos|ni loco|ni loca|ni por el chiras"
        "|ni a bala|que va|de ninguna manera|en absoluto|naranjas|nones|claro que no|claro q no|obvio no"
        "|obvio que no|por supuesto que no|pues no|bueno no|creo que no|yo creo que no|no creo|yo no"
        "|aun no|todavia no|ya no|no todavia|no aun|no senor|no senora|no gracias|no nunca|no para nada"
        "|no acepto|no autorizo|no quiero|no puedo|mejor no|ahora no|por ahora no|me parece que no"
        "|parece que no|ninguno|ninguna|nada|n|es mentira|falso|ni uno|ni una|no tengo|eso no|asi no"
    ),
    unsure=split(
        "no se|no lo se|nose|no estoy seguro|no estoy segura|no me acuerdo|no recuerdo|no entiendo"
        "|no entendi|no te entiendo|no le entiendo|no tengo idea|ni idea|sin idea|si dios quiere"
        "|dios quiera|ojala|si y no|si o no|mas o menos|depende|quizas|quiza|tal vez|talvez|a lo mejor"
        "|puede ser|de pronto|a veces|si es que|si se puede|no importa|no hay problema|no te preocupes"
        "|no se preocupe|ni se|quien sabe|sabra dios|no mas|no sirve|no me deja|no estoy muy|sera que"
        "|no comprendo"
    ),
    questions=split(
        "cual|cuales|cuando|donde|onde|cuanto|cuanta|cuantos|quien|xq|por que no|como hago|como se"
        "|como puedo|como saco|como es"
    ),
    yes_openers=openers(
        "claro|claro que si|sip|sipi|sisas|simon|obvio|obvio que si|por supuesto|afirmativo|correcto"
        "|exacto|si senor|si senora|si claro|si gracias|si por favor|creo que si|si si",
        si=(
            "claro|obvio|senor|senora|sr|sra|tengo|tenemos|tiene|tenia|soy|somos|estoy|estamos|quiero"
            "|queremos|por|porfa|porfavor|gracias|hay|fui|he|acepto|autorizo|quisiera|necesito|vivo"
            "|trabajo|todavia|aun|pues|porque|obviamente|mi|parce|chamo|chama|pana|amigo|amiga|vale|ok"
            "|dale|si|sisas|todo|toda|exacto|eso|asi|muchas|correcto|entre|tuve|estudio|estudie|conozco"
            "|nosotros|con|desde|tambien|una|dos|un|mucho|muchisimas|bueno|listo|cuento|deseo|vale"
            "|hermano|mano|mija|mijo|recibo|recibi|firme|pague|mama|papa|reina"
        ),
    ),
    no_openers=openers(
        "nop|nope|tampoco|para nada|pa nada|todavia no|aun no|claro que no|obvio que no|negativo|no senor"
        "|por supuesto que no|ni de vaina|ni de riesgos|de ninguna manera|no senora|no gracias"
        "|creo que no|no todavia",
        nunca="he|hemos|tuve|fui|hice|saque|tengo|la|lo|los|las|jamas|entre|trabaje",
        jamas="he|hemos|tuve|fui|hice|saque|tengo|la|lo|los|las|entre|trabaje",
        no=(
            "no|tengo|tenemos|tiene|tenia|gracias|senor|senora|sr|nunca|nada|soy|somos|estoy|estamos|he"
            "|hemos|lo|la|los|las|le|acepto|autorizo|todavia|aun|fui|vivo|trabajo|conozco|entre|hice"
            "|porque|pero|para|que|deseo|parce|chamo|chama|mi|amor|hermano|vale|ya|por|pana|amigo|amiga"
            "|cuento|tuve|estudio|estudie|ninguno|ninguna|creo|claro|mijo|mija|recibo|recibi|firme|pague"
            "|poseo|jamas|muchas"
        ),
    ),
    ages=("menos de un año", "1 año", "{} años"),
    yes_no=("Sí", "No"),
    pesos=("{} peso", "{} pesos"),
)
