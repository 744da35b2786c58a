"""What the engine itself says, in Spanish. Every phrase is a catalogue entry; the engine fills the ``{…}`` parts."""

from __future__ import annotations

YES = "Sí"
NO = "No"
MORE_OPTIONS = "Más opciones"
FIRST_OPTIONS = "Primeras opciones"
SKIP = "Prefiero no decir"
KNOWN = "Ya sé esto de ti: {answers}. Si no es así, escribe «{change}»."
RECAP = "Volvamos a «{flow}»."
CHANGING = "Vamos a corregirlo. Antes dijiste: {value}."
CHANGING_UNSAID = "Vamos a corregirlo."
STALE_TAP = "Ese botón es de una pregunta anterior. Ahora estamos en esta:"
STALE_TAP_IDLE = "Ese botón es de una conversación anterior y ya no sirve. Elige aquí qué necesitas:"
NOT_UNDERSTOOD = "Perdona, no te entendí."
NOT_UNDERSTOOD_TWICE = (
    "Perdona, sigo sin entenderte. Toca una opción o escribe su número. Si prefieres, te ayuda una persona del equipo."
)
PERSON_BUTTON = "Que me ayude alguien"
MENU_BUTTON = "Ver el menú"
SUMMARY_BUTTON = "Ver mis respuestas"
NOT_READABLE: dict[str, str] = {
    "number": "Escribe solo el número. Por ejemplo: 3.",
    "age": "Escribe la edad en años. Por ejemplo: 34.",
    "amount": "Escribe el valor en pesos. Por ejemplo: 800 mil.",
    "date": "Escribe la fecha con día, mes y año. Por ejemplo: 15 de marzo de 2024.",
    "municipality": "Escribe el municipio. Si puedes, también el departamento. Por ejemplo: Maicao, La Guajira.",
    "occupation": "Escribe un trabajo con pocas palabras. Por ejemplo: albañil, cocinera, vendo en la calle.",
    "phone": "Escribe el número de teléfono completo, solo con números.",
    "text": "Escríbelo con tus palabras.",
}
MENU = "¿Con qué te ayudo hoy? Toca una opción o escríbeme con tus palabras."
RESUME_BUTTON = "Seguir donde iba"
RESTART_BUTTON = "Empezar de nuevo"
WELCOME_BACK = "Hola otra vez. Ibas en «{flow}». ¿Seguimos?"
CLOSING = "¿Te ayudo con algo más?"
AT_THE_START = "Ya estamos al principio. No hay una pregunta anterior."
WENT_BACK = "Volvimos a la pregunta anterior."
CHANGE_WHAT = "¿Qué respuesta quieres cambiar?"
NOTHING_TO_CHANGE = "Todavía no me has dado respuestas que se puedan cambiar."
SUMMARY = "Esto es lo que me has dicho:"
SUMMARY_EMPTY = "Todavía no tengo respuestas tuyas."
SUMMARY_SENSITIVE = "No muestro aquí lo que me dijiste de tu salud. Para verlo, escribe «{my_data}»."
SUMMARY_CARDS = "Guías que te mostré:"
SUMMARY_NOT_KEPT = "No guardo estas respuestas: se borran cuando terminamos."
HELP_WHY = "¿Por qué te lo pregunto? {why}"
HELP_WORDS = "Escribe cuando quieras: {words}."
HELP_WHO = "Soy Banco Amable, gratis. No soy Migración Colombia y nunca pido dinero ni contraseñas."
OUT_OF_SCOPE = "Con eso no te puedo ayudar. Sí te ayudo con esto: {flows}."
DID_YOU_MEAN = "¿A cuál te refieres?"
WHICH = "¿Cuál de estas se parece más?"
NEITHER = "Ninguna de estas"
THANKS = "Con mucho gusto."
GOODBYE = "Que te vaya bien. Aquí sigo cuando me necesites."
LATER_DONE = "Está bien. Aquí quedamos. Escríbeme cuando quieras."
EXIT = "Listo. Gracias por escribir."
REMINDER_SET = "Listo. Te escribo {when}. Si cambias de idea, escribe «{stop}»."
REMINDER_NEEDS_CONSENT = (
    "Para escribirte después necesito tu permiso de guardar datos. Vuelve cuando quieras y seguimos."
)
REMINDER_WHEN: dict[str, str] = {"tomorrow": "mañana", "three_days": "en tres días", "week": "en una semana"}
REMINDER = "Hola. Me pediste que te escribiera. ¿Seguimos donde íbamos?"
REMINDER_IDLE = "Hola. Me pediste que te escribiera."
LANGUAGE_SET = "Listo. Seguimos en este idioma."
LANGUAGE_NOT_YET = (
    "Perdona, por ahora solo puedo escribir en español. Una persona del equipo te puede ayudar en tu idioma."
)
HANDOFF_DONE = "Ya avisé al equipo. Una persona te escribe aquí apenas pueda."
HANDOFF_ALREADY = "El equipo ya sabe que quieres hablar con una persona. Te escriben aquí apenas puedan."
CONSENT_ASSUMED = "No pasa nada. Seguimos sin guardar tus respuestas."
AFTER_CONSENT = "Gracias. Ya te ayudo con eso. Antes, dime solo esto:"
MEDIA: dict[str, str] = {
    "voice": "Recibí tu nota de voz, pero todavía no la puedo oír. ¿Me lo escribes?",
    "audio": "Recibí tu audio, pero todavía no lo puedo oír. ¿Me lo escribes?",
    "photo": "Recibí tu foto, pero no la puedo ver ni la guardo. Cuéntame con palabras qué necesitas.",
    "document": "Recibí tu archivo, pero no lo puedo abrir ni lo guardo. Cuéntame con palabras qué necesitas.",
    "location": "Recibí tu ubicación, pero no la uso ni la guardo. Si hace falta, te pregunto en qué municipio estás.",
    "contact": "Recibí un contacto, pero no lo uso ni lo guardo.",
    "sticker": "¡Gracias! Si necesitas algo, escríbemelo.",
}
MEDIA_OTHER = "Recibí algo que no puedo abrir. Escríbeme con palabras qué necesitas."
EDITED = (
    "Vi que cambiaste un mensaje. No lo puedo releer: envíalo otra vez. Para cambiar una respuesta, escribe «{change}»."
)
ERASE_DONE = "Listo. Borré todo lo que tenía de ti."
WHERE_TO_CONFIRM = "confírmalo en {place}"
REFER = "También te orienta {partner}: {url}"
FIRST_THEN = "Primero vemos «{first}» y luego «{then}»."
ABOUT_CARD = "Sobre «{card}»:"
NOT_YET = "Todavía no sé cuál es tu caso. Apenas lo sepa, te lo digo."
AND_NOW = "Ahora vemos lo otro: «{flow}»."
CARD_WHAT = "Qué es"
CARD_WHO = "Para quién"
CARD_BRING = "Qué llevar"
CARD_STEPS = "Pasos"
CARD_WHERE = "Dónde"
CARD_COST = "Cuánto cuesta"
CARD_TIME = "Cuánto demora"
CARD_REFUSED = "Si te dicen que no"
PLAN_TITLE = "Mi plan"
PLAN_GOAL = "Lo que quiero: {goal}."
PLAN_OPPORTUNITIES = "Lo que tengo a favor"
PLAN_BARRIERS = "Lo que falta resolver"
PLAN_STEPS = "Mis próximos pasos"
PLAN_BY = "Mi meta: {day}."
PLAN_WRITE = "Para saber cómo, escribe «{word}»."
PLAN_CHANGES = (
    "Las fechas son una meta para ti, no un plazo de ley. Si algo cambia, escribe «mi plan» y lo hago de nuevo."
)
PLAN_FILE = "Aquí está tu plan en una hoja, para guardar o imprimir. No lleva tu nombre."
PLAN_OPEN = "¿Con cuál paso empezamos?"
PLAN_EMPTY = "Todavía no te conozco lo suficiente para hacerte un plan. Elige un tema y respóndeme unas preguntas."
PLAN_IN_SUMMARY = "Tus próximos pasos:"
PLAN_MORE = "Para ver todo, escribe «mi plan»."
DOCUMENT_WHO = "Hecho con Banco Amable, un asistente gratis. No es un documento oficial y no lo pide ninguna autoridad."
DOCUMENT_CODE = "Apunta la cámara a este cuadro para abrir el chat y seguir."
CV_TITLE = "Hoja de vida"
CV_WORK = "Trabajo y experiencia"
CV_SKILLS = "Lo que sé hacer"
CV_STUDIES = "Estudios"
CV_LANGUAGES = "Idiomas"
CV_WHERE = "Dónde vivo"
CV_CONTACT = "Contacto"
CV_MISSING = "Para una hoja de vida completa me falta saber: {parts}."
CV_NEEDS: dict[str, str] = {
    "work": "en qué has trabajado",
    "skills": "qué sabes hacer",
    "studies": "qué estudiaste",
    "where": "en qué municipio vives",
}
CV_FILE = "Aquí está tu hoja de vida en una hoja, para enviar o imprimir. Léela antes de enviarla."
CV_ADVICE = (
    "Puedes copiar este texto y cambiarlo. No pongas tu número de documento ni pagues por enviarla. "
    "Para saber dónde enviarla, escribe «buscar trabajo»."
)
CV_EMPTY = "Todavía no sé nada de ti que pueda poner en una hoja de vida. Vuelve a pedirla y responde las preguntas."


def all_phrases() -> tuple[str, ...]:
    """Every phrase, for catalogues and checks."""
    found: list[str] = []
    for name, value in sorted(globals().items()):
        if name.isupper() and isinstance(value, str):
            found.append(value)
        elif name.isupper() and isinstance(value, dict):
            found.extend(value.values())
    return tuple(found)
