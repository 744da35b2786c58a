"""What nobody should send: texts, JSON values and bytes drawn from a ``Random``, so that a seed says it all."""

from __future__ import annotations

import gzip
import json
from random import Random
from typing import Any, Final

MARK: Final = "zqxj"
"""In every text with mark-up or a statement: where it comes back unescaped, it is found by this."""

MARKUP: Final = (
    f"<script>alert('{MARK}')</script>",
    f'"><img src=x onerror="{MARK}()">',
    f"</title><svg/onload={MARK}>",
    f"javascript:{MARK}()",
    f"{{{{ {MARK}.__class__ }}}} {{% print {MARK} %}} ${{{MARK}}}",
)
SQL: Final = (
    f"'; DROP TABLE people; -- {MARK}",
    f"' OR '1'='1' /* {MARK} */",
    f"Robert'); DELETE FROM inbox WHERE ('{MARK}' = '{MARK}",
    "%_%\\'; SELECT pg_sleep(10); --",
)
SCRIPTS: Final = (
    "\u202egnirts desrever\u202c",
    "\u2067\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd\u2069",
    "me\u200bnu\u200d\u2060\ufeff",
    "a" + "\u0301" * 400,
    "👩\u200d👩\u200d👧\u200d👦" * 300,
    "🏳️\u200d🌈" * 500,
    "\U000e0041\U000e0042 tags",
    "\ufdfa" * 200,
    "ß\u0130\u0131ŉ ﬃ",
    "\u0000\u0000",
    "a\u0000b",
    "\ud800",
    "x\udfff\ud83d",
    "\x1b[2J\x07\x08\r\n\x85\u2028\u2029",
    "%s %n %(a)s {0} {} {a.b} {!r}",
    "=cmd|'/c calc'!A0",
    "../../../../etc/passwd",
)
FORMS: Final = ("9" * 300, "-1", "1e400", "²", "٣", "31/02/2023", "0/0/0", "999 999 999 999 mil millones", "+57 " * 99)
WORDS: Final = (
    "menú",
    "atrás",
    "borrar mis datos",
    "mis datos",
    "sí",
    "no",
    "1",
    "cambiar",
    "persona",
    "me va a matar",
)
NUMBERS: Final = (0, -1, 1, 2**31, 2**53 + 1, 2**63 - 1, 2**63, -(2**63) - 1, 10**100, 1.5, -0.0, 1e308)
GZIP_BOMB: Final = gzip.compress(b"0" * 100_000_000, 9)
COOKIES: Final = ("", "amable_chat=", 'amable_chat="', "amable_chat=" + "a" * 43, "=;=;=", "amable_chat=" + "é" * 43)


def odd_text(rng: Random, most: int = 5_000) -> str:
    """A text of at most ``most`` characters; it may hold NUL and halves of surrogate pairs."""
    kind = rng.randrange(8)
    if kind == 0:
        return rng.choice(MARKUP)[:most]
    if kind == 1:
        return rng.choice(SQL)[:most]
    if kind == 2:
        return rng.choice(SCRIPTS)[:most]
    if kind == 3:
        return rng.choice(FORMS)[:most]
    if kind == 4:
        return rng.choice(WORDS)
    if kind == 5:
        return (rng.choice(("a", "😀", "\u200f", "<", "ñ ", "7")) * rng.choice((1, 100, 4001, most)))[:most]
    if kind == 6:
        return "".join(chr(rng.randrange(0x110000)) for _ in range(rng.randrange(1, 60)))[:most]
    return " ".join(odd_text(rng, most // 2) for _ in range(2))[:most]


def odd_value(rng: Random, depth: int = 3) -> Any:
    """Any JSON value."""
    kind = rng.randrange(9 if depth else 7)
    if kind < 3:
        return odd_text(rng, 500)
    if kind == 3:
        return rng.choice(NUMBERS)
    if kind < 7:
        return rng.choice((None, True, False, "", [], {}, float("nan"), float("inf")))
    if kind == 7:
        return [odd_value(rng, depth - 1) for _ in range(rng.randrange(4))]
    return {rng.choice(("id", "type", "text", odd_text(rng, 20))): odd_value(rng, depth - 1) for _ in range(3)}


def spoiled(rng: Random, value: Any) -> Any:
    """A JSON value with one of its parts put out of shape, at any depth."""
    if isinstance(value, dict) and value and rng.random() < 0.9:
        name = rng.choice(sorted(value))
        other = dict(value)
        if rng.random() < 0.15:
            del other[name]
        else:
            other[name] = spoiled(rng, value[name])
        return other
    if isinstance(value, list) and value and rng.random() < 0.9:
        other_list = list(value)
        at = rng.randrange(len(value))
        other_list[at] = spoiled(rng, value[at])
        return other_list
    return odd_value(rng)


def odd_body(rng: Random, value: Any) -> tuple[bytes, dict[str, str]]:
    """A request body for a JSON value, often broken, with the headers that go with it."""
    text = json.dumps(value, ensure_ascii=rng.random() < 0.7)
    plain = text.encode("utf-8", "surrogatepass")
    kind = rng.randrange(24)
    headers = {"Content-Type": "application/json"}
    if kind < 16:
        return plain, headers
    if kind == 16:
        return plain[: rng.randrange(len(plain) + 1)], headers
    if kind == 17:
        return rng.randbytes(rng.randrange(2_000)), headers
    if kind == 18:
        return rng.choice((b"[", b'{"a":')) * rng.choice((100, 3_000, 100_000)), headers
    if kind == 19:
        return b'{"update_id":1,"text":"' + rng.choice((b"a", b"\xf0\x9f\x98\x80")) * 262_000 + b'"}', headers
    if kind == 20:
        return plain[:-1] + b"," + plain[1:], headers  # every key twice
    if kind == 21:
        return GZIP_BOMB, {**headers, "Content-Encoding": "gzip"}
    if kind == 22:
        return text.encode("utf-16", "surrogatepass"), {"Content-Type": "text/plain; charset=" + odd_ascii(rng)}
    return b'{"update_id": ' + b"9" * rng.choice((19, 400, 5_000)) + b"}", headers


def odd_ascii(rng: Random) -> str:
    """Something that may stand in a header or an address."""
    return "".join(rng.choice("aA0-_.;,=/%'\"<>() ") for _ in range(rng.randrange(40))).strip()
