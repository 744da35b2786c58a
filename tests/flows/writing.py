"""Flows as tests write them: a few slots and questions to put together, and one route made of them."""

from __future__ import annotations

SLOTS = """
slots:
  country: {type: category, label: país de origen, words: [nacionalidad]}
  paper: {type: category, label: documento, depends_on: [country]}
  children: {type: number, label: número de hijos}
  entered: {type: date, label: fecha de entrada}
  age: {type: age, label: edad}
  works: {type: boolean, label: trabajo}
  wish: {type: text, label: lo que buscas}
  feared: {type: category, label: volver, transient: true}
"""
COUNTRY = """
      - id: country
        collect: country
        ask: ¿De qué país eres?
        ask_again: Toca tu país.
        why: Cada país tiene otro camino.
        options:
          - {value: ve, label: Venezuela, synonyms: [venezolana, vzla]}
          - {value: ht, label: Haití}
          - {value: co, label: Colombia}
"""
PAPER = """
      - id: paper
        collect: paper
        ask: ¿Qué documento tienes?
        why: Con eso veo el camino.
        options:
          - {value: ppt, label: PPT}
          - {value: none, label: Ninguno}
"""
CHILDREN = """
      - {id: children, collect: children, ask: "¿Cuántos hijos tienes?", why: Para el colegio.}
"""
FEARED = """
      - id: feared
        collect: feared
        ask: ¿Te da miedo volver?
        why: Puede haber protección.
        options: [{value: "yes", label: Sí}, {value: "no", label: No}, {value: skip, label: Prefiero no decir}]
"""


def flow(name: str, steps: str, *, kind: str = "route", intent: str = "", menu: int = 0) -> str:
    """One flow as YAML."""
    more = f"\n    nlu_trigger: [{{intent: {intent}}}]" if intent else ""
    more += f"\n    menu: {menu}" if menu else ""
    return f"""
  {name}:
    name: Ruta {name}
    description: Una ruta
    kind: {kind}{more}
    steps:{steps}"""


def flows(*made: str) -> str:
    return f"{SLOTS}\nflows:{''.join(made)}"


ROUTE = flows(
    flow(
        "main", COUNTRY + PAPER + CHILDREN + "      - {id: bye, say: 'Eso es todo, de {slot:country}.'}\n", intent="m"
    ),
    flow("work", "\n      - {id: works, collect: works, ask: '¿Trabajas?', why: x}\n", intent="w", menu=1),
    flow("wishes", "\n      - {id: wish, collect: wish, ask: '¿Qué buscas?', why: x}\n", intent="s", menu=2),
)

CALLS = flows(
    flow(
        "main",
        """
      - {id: first, say: Antes., next: call}
      - {id: call, call: helper, next: after}
      - {id: after, say: Después., next: END}
""",
    ),
    flow("helper", CHILDREN + "      - {id: inner, call: inner}\n      - {id: end, say: Fin de la ayuda.}\n"),
    flow("inner", "\n      - {id: works, collect: works, ask: '¿Trabajas?', why: x}\n"),
    flow("linked", "\n      - {id: go, link: helper}\n"),
)
