"""What the engine itself says, in Spanish. Every phrase is a catalogue entry; the engine fills the ``{…}`` parts."""

from __future__ import annotations

from bot.translatable import N_

YES = N_("Sí")
NO = N_("No")
# L10n: button, at most 20 characters
MORE_OPTIONS = N_("Más opciones")
# L10n: button, at most 20 characters
FIRST_OPTIONS = N_("Primeras opciones")
# L10n: button, at most 20 characters
SKIP = N_("Prefiero no decir")
KNOWN = N_("Ya sé esto de ti: {answers}. Si no es así, escribe «{change}».")
RECAP = N_("Volvamos a «{flow}».")
CHANGING = N_("Vamos a corregirlo. Antes dijiste: {value}.")
CHANGING_UNSAID = N_("Vamos a corregirlo.")
STALE_TAP = N_("Ese botón es de una pregunta anterior. Ahora estamos en esta:")
STALE_TAP_IDLE = N_("Ese botón es de una conversación anterior y ya no sirve. Elige aquí qué necesitas:")
NOT_UNDERSTOOD = N_("Perdona, no te entendí.")
NOT_UNDERSTOOD_TWICE = N_(
    "Perdona, sigo sin entenderte. Toca una opción o escribe su número. Si prefieres, te ayuda una persona del equipo."
)
# L10n: button, at most 20 characters
PERSON_BUTTON = N_("Que me ayude alguien")
# L10n: button, at most 20 characters
MENU_BUTTON = N_("Ver el menú")
# L10n: button, at most 20 characters
SUMMARY_BUTTON = N_("Ver mis respuestas")
NOT_READABLE: dict[str, str] = {
    "number": N_("Escribe solo el número. Por ejemplo: 3."),
    "age": N_("Escribe la edad en años. Por ejemplo: 34."),
    "amount": N_("Escribe el valor en pesos. Por ejemplo: 800 mil."),
    "date": N_("Escribe la fecha con día, mes y año. Por ejemplo: 15 de marzo de 2024."),
    "municipality": N_("Escribe el municipio. Si puedes, también el departamento. Por ejemplo: Maicao, La Guajira."),
    "occupation": N_("Escribe un trabajo con pocas palabras. Por ejemplo: albañil, cocinera, vendo en la calle."),
    "phone": N_("Escribe el número de teléfono completo, solo con números."),
    "text": N_("Escríbelo con tus palabras."),
}
MENU = N_("¿Con qué te ayudo hoy? Toca una opción o escríbeme con tus palabras.")
# L10n: button, at most 20 characters
RESUME_BUTTON = N_("Seguir donde iba")
# L10n: button, at most 20 characters
RESTART_BUTTON = N_("Empezar de nuevo")
WELCOME_BACK = N_("Hola otra vez. Ibas en «{flow}». ¿Seguimos?")
CLOSING = N_("¿Te ayudo con algo más?")
AT_THE_START = N_("Ya estamos al principio. No hay una pregunta anterior.")
WENT_BACK = N_("Volvimos a la pregunta anterior.")
CHANGE_WHAT = N_("¿Qué respuesta quieres cambiar?")
NOTHING_TO_CHANGE = N_("Todavía no me has dado respuestas que se puedan cambiar.")
SUMMARY = N_("Esto es lo que me has dicho:")
SUMMARY_EMPTY = N_("Todavía no tengo respuestas tuyas.")
SUMMARY_SENSITIVE = N_("No muestro aquí lo que me dijiste de tu salud. Para verlo, escribe «{my_data}».")
SUMMARY_CARDS = N_("Guías que te mostré:")
SUMMARY_NOT_KEPT = N_("No guardo estas respuestas: se borran cuando terminamos.")
HELP_WHY = N_("¿Por qué te lo pregunto? {why}")
HELP_WORDS = N_("Escribe cuando quieras: {words}.")
HELP_WHO = N_("Soy Banco Amable, gratis. No soy Migración Colombia y nunca pido dinero ni contraseñas.")
OUT_OF_SCOPE = N_("Con eso no te puedo ayudar. Sí te ayudo con esto: {flows}.")
DID_YOU_MEAN = N_("¿A cuál te refieres?")
WHICH = N_("¿Cuál de estas se parece más?")
# L10n: button, at most 20 characters
NEITHER = N_("Ninguna de estas")
THANKS = N_("Con mucho gusto.")
GOODBYE = N_("Que te vaya bien. Aquí sigo cuando me necesites.")
LATER_DONE = N_("Está bien. Aquí quedamos. Escríbeme cuando quieras.")
EXIT = N_("Listo. Gracias por escribir.")
REMINDER_SET = N_("Listo. Te escribo {when}. Si cambias de idea, escribe «{stop}».")
REMINDER_NEEDS_CONSENT = N_(
    "Para escribirte después necesito tu permiso de guardar datos. Vuelve cuando quieras y seguimos."
)
REMINDER_WHEN: dict[str, str] = {
    "tomorrow": N_("mañana"),
    "three_days": N_("en tres días"),
    "week": N_("en una semana"),
}
REMINDER = N_("Hola. Me pediste que te escribiera. ¿Seguimos donde íbamos?")
REMINDER_IDLE = N_("Hola. Me pediste que te escribiera.")
LANGUAGE_SET = N_("Listo. Seguimos en este idioma.")
# L10n: said in the other language, then in the present one; {language} is the other language's own name
LANGUAGE_OFFER = N_("Veo que me escribes en otro idioma. ¿Prefieres que te hable en {language}?")
# L10n: button, at most 20 characters
LANGUAGE_YES = N_("Sí, cambiar")
# L10n: button, at most 20 characters
LANGUAGE_KEEP = N_("No, sigue igual")
LANGUAGE_NOT_YET = N_("Perdona, todavía no escribo en ese idioma. Una persona del equipo te puede ayudar.")
HANDOFF_DONE = N_("Ya avisé al equipo. Una persona te escribe aquí apenas pueda.")
HANDOFF_ALREADY = N_("El equipo ya sabe que quieres hablar con una persona. Te escriben aquí apenas puedan.")
CONSENT_ASSUMED = N_("No pasa nada. Seguimos sin guardar tus respuestas.")
AFTER_CONSENT = N_("Gracias. Ya te ayudo con eso. Antes, dime solo esto:")
MEDIA: dict[str, str] = {
    "voice": N_("Recibí tu nota de voz, pero todavía no la puedo oír. ¿Me lo escribes?"),
    "audio": N_("Recibí tu audio, pero todavía no lo puedo oír. ¿Me lo escribes?"),
    "photo": N_("Recibí tu foto, pero no la puedo ver ni la guardo. Cuéntame con palabras qué necesitas."),
    "document": N_("Recibí tu archivo, pero no lo puedo abrir ni lo guardo. Cuéntame con palabras qué necesitas."),
    "location": N_(
        "Recibí tu ubicación, pero no la uso ni la guardo. Si hace falta, te pregunto en qué municipio estás."
    ),
    "contact": N_("Recibí un contacto, pero no lo uso ni lo guardo."),
    "sticker": N_("¡Gracias! Si necesitas algo, escríbemelo."),
}
MEDIA_OTHER = N_("Recibí algo que no puedo abrir. Escríbeme con palabras qué necesitas.")
EDITED = N_(
    "Vi que cambiaste un mensaje. No lo puedo releer: envíalo otra vez. Para cambiar una respuesta, escribe «{change}»."
)
ERASE_DONE = N_("Listo. Borré todo lo que tenía de ti.")
WHERE_TO_CONFIRM = N_("confírmalo en {place}")
REFER = N_("También te orienta {partner}: {url}")
FIRST_THEN = N_("Primero vemos «{first}» y luego «{then}».")
ABOUT_CARD = N_("Sobre «{card}»:")
NOT_YET = N_("Todavía no sé cuál es tu caso. Apenas lo sepa, te lo digo.")
AND_NOW = N_("Ahora vemos lo otro: «{flow}».")
CARD_WHAT = N_("Qué es")
CARD_WHO = N_("Para quién")
CARD_BRING = N_("Qué llevar")
CARD_STEPS = N_("Pasos")
CARD_WHERE = N_("Dónde")
CARD_COST = N_("Cuánto cuesta")
CARD_TIME = N_("Cuánto demora")
CARD_REFUSED = N_("Si te dicen que no")
PLAN_TITLE = N_("Mi plan")
PLAN_GOAL = N_("Lo que quiero: {goal}.")
PLAN_OPPORTUNITIES = N_("Lo que tengo a favor")
PLAN_BARRIERS = N_("Lo que falta resolver")
PLAN_STEPS = N_("Mis próximos pasos")
PLAN_BY = N_("Mi meta: {day}.")
PLAN_WRITE = N_("Para saber cómo, escribe «{word}».")
PLAN_CHANGES = N_(
    "Las fechas son una meta para ti, no un plazo de ley. Si algo cambia, escribe «mi plan» y lo hago de nuevo."
)
PLAN_FILE = N_("Aquí está tu plan en una hoja, para guardar o imprimir. No lleva tu nombre.")
PLAN_OPEN = N_("¿Con cuál paso empezamos?")
PLAN_EMPTY = N_("Todavía no te conozco lo suficiente para hacerte un plan. Elige un tema y respóndeme unas preguntas.")
PLAN_IN_SUMMARY = N_("Tus próximos pasos:")
PLAN_MORE = N_("Para ver todo, escribe «mi plan».")
DOCUMENT_WHO = N_(
    "Hecho con Banco Amable, un asistente gratis. No es un documento oficial y no lo pide ninguna autoridad."
)
DOCUMENT_CODE = N_("Apunta la cámara a este cuadro para abrir el chat y seguir.")
CV_TITLE = N_("Hoja de vida")
CV_WORK = N_("Trabajo y experiencia")
CV_SKILLS = N_("Lo que sé hacer")
CV_STUDIES = N_("Estudios")
CV_LANGUAGES = N_("Idiomas")
CV_WHERE = N_("Dónde vivo")
CV_CONTACT = N_("Contacto")
CV_MISSING = N_("Para una hoja de vida completa me falta saber: {parts}.")
CV_NEEDS: dict[str, str] = {
    "work": N_("en qué has trabajado"),
    "skills": N_("qué sabes hacer"),
    "studies": N_("qué estudiaste"),
    "where": N_("en qué municipio vives"),
}
CV_FILE = N_("Aquí está tu hoja de vida en una hoja, para enviar o imprimir. Léela antes de enviarla.")
CV_ADVICE = N_(
    "Puedes copiar este texto y cambiarlo. No pongas tu número de documento ni pagues por enviarla. "
    "Para saber dónde enviarla, escribe «buscar trabajo»."
)
CV_EMPTY = N_(
    "Todavía no sé nada de ti que pueda poner en una hoja de vida. Vuelve a pedirla y responde las preguntas."
)
