"""Portuguese, as written in Brazil."""

from __future__ import annotations

from bot.flows.values.tongues.tongue import Tongue, by_phrase, counted, openers, split

_UNITS = (
    "um/uma dois/duas tres quatro cinco seis sete oito nove dez onze doze treze quatorze/catorze quinze "
    "dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove vinte"
)
_TENS = "trinta quarenta cinquenta sessenta setenta oitenta noventa"
_HUNDREDS = "cem/cento duzentos/duzentas trezentos/trezentas quatrocentos/quatrocentas quinhentos/quinhentas "
_HIGH = "seiscentos/seiscentas setecentos/setecentas oitocentos/oitocentas novecentos/novecentas"
_SIGNS = by_phrase(
    {
        "M1": "janeiro",
        "M2": "fevereiro",
        "M3": "marco",
        "M4": "abril",
        "M5": "maio",
        "M6": "junho",
        "M7": "julho",
        "M8": "agosto",
        "M9": "setembro",
        "M10": "outubro",
        "M11": "novembro",
        "M12": "dezembro",
        "m1": "jan",
        "m2": "fev",
        "m3": "mar",
        "m4": "abr",
        "m5": "mai",
        "m6": "jun",
        "m7": "jul",
        "m8": "ago",
        "m9": "set",
        "m10": "out",
        "m11": "nov",
        "m12": "dez",
        "25 M12": "natal|no natal",
        "W0": "segunda feira",
        "W1": "terca feira",
        "W2": "quarta feira",
        "W3": "quinta feira",
        "W4": "sexta feira",
        "w0": "segunda",
        "w1": "terca",
        "w2": "quarta",
        "w3": "quinta",
        "w4": "sexta",
        "W5": "sabado",
        "W6": "domingo",
        "1": "primeiro|1 o",
        "@0": "hoje|hoje em dia|agora|hoje mesmo",
        "@-1": "ontem|ontem a noite",
        "@-2": "anteontem|antes de ontem|antontem",
        "@1": "amanha",
        "@2": "depois de amanha",
        "": "mais ou menos|cerca de|desde|acho que|foi|uns|umas|quase|aproximadamente|la para|por volta|mes de|ja",
        "THE": "o|a|os|as",
        "OF": "de|do|da|d",
        "IN": "em|no|na|dentro de|daqui a|no mes de|no ano de|daqui",
        "AND": "e",
        "OR": "ou|ate|entre",
        "AGO": "ha|faz|tem|fazem|estou ha|ja faz|ha mais ou menos|ah",
        "HAVE": "tenho",
        "HERE": "aqui|por aqui",
        "BACK": "atras",
        "LAST": "passado|passada|ultimo|ultima|anterior",
        "LAST2": "retrasado|retrasada",
        "NEXT": "proximo|proxima|que vem|seguinte|prox",
        "THIS": "este|esta|deste|desta|nesse|neste|nesta|esse|essa",
        "FUT": "vence|vai vencer|sera|vou",
        "B": "inicio|comeco|comecos|inicios|principio|no inicio|no comeco",
        "C": "meados|no meio|metade",
        "E": "fim|final|fins|finais|no final|no fim",
        "HALF": "meio|meia",
        "AND HALF": "e meio|e meia",
        "Ud": "dia|dias",
        "Uw": "semana|semanas",
        "Um": "mes|meses",
        "Uy": "ano|anos|aninhos",
        "BORN": "nasci|nasceu|nascido|nascida|nascimento|data de nascimento",
    }
)
TONGUE = Tongue(
    code="pt",
    numerals={**counted(_UNITS), **counted(_TENS, 30, 10), **counted(_HUNDREDS + _HIGH, 100, 100)},
    hundreds=frozenset(),
    scales={
        "mil": 1000,
        "milhao": 1_000_000,
        "milhoes": 1_000_000,
        "milhaos": 1_000_000,
        "duzia": 12,
        "duzias": 12,
        "par": 2,
        "dezena": 10,
    },
    money_scales={"k": 1000, "conto": 1000, "contos": 1000},
    joiners=frozenset({"e"}),
    halves=frozenset({"meio", "meia"}),
    rewrites={"meia duzia": "seis", "duzia de": "duzia"},
    nothing=split(
        "zero|nenhum|nenhuma|ninguem|nada|nao tenho|nao tenho nenhum|nao tenho filhos|nao ganho nada|nao ganho"
    ),
    inexact_age=split(
        "quase|vou fazer|vai fazer|faco|mais de|menos de|ainda nao|entre|quando eu tinha|quando tinha"
        "|menor de|maior de|pelo menos"
    ),
    signs=_SIGNS,
    months=(),
    yes=split(
        "sim|sim sim|ss|claro|claro que sim|com certeza|isso|isso mesmo|ta|ta bom|ta bem|beleza|blz|ok"
        "|okay|certo|correto|exato|positivo|pois sim|aceito|concordo|de acordo|uhum|aham|logico|obvio"
        "|verdade|acho que sim|eu sim|tenho sim|quero sim|sim senhor|sim senhora|eu tambem|tambem"
        "|perfeito|bom"
    ),
    no=split(
        "nao nao|nao|nop|nunca|jamais|ainda nao|de jeito nenhum|claro que nao|negativo|nao obrigado"
        "|nao obrigada|nem pensar|nao senhor|nao senhora|acho que nao|nenhum|nenhuma|tambem nao|eu nao|nn"
        "|nem um|nao quero|nao tenho|nao aceito"
    ),
    unsure=split(
        "nao sei|sei la|talvez|nao lembro|nao me lembro|nao tenho certeza|nao tenho ideia|depende"
        "|mais ou menos|sim e nao|sim ou nao|nao entendi|nao entendo|pode ser|se deus quiser|as vezes"
        "|quem sabe|sem problema|nao importa|nao faco ideia"
    ),
    questions=split("qual|quais|quando|onde|quanto|quantos|quem|por que"),
    yes_openers=openers("sim|claro|claro que sim|com certeza|isso mesmo|acho que sim"),
    no_openers=openers(
        "ainda nao|nunca|jamais|claro que nao|de jeito nenhum|acho que nao|nao obrigado|nao obrigada",
        nao=(
            "nao|tenho|temos|tem|obrigado|obrigada|senhor|senhora|nunca|nada|sou|somos|estou|estamos"
            "|aceito|ainda|fui|vivo|moro|trabalho|conheco|fiz|porque|mas|para|possuo|entrei|estudo"
            "|estudei|eu|recebi"
        ),
    ),
    ages=("menos de um ano", "1 ano", "{} anos"),
    yes_no=("Sim", "Não"),
    pesos=("{} peso", "{} pesos"),
)
