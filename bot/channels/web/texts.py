"""Every text of the page and of its errors. Spanish is the source; ``_`` is gettext in the reader's language."""

from __future__ import annotations

from bot.channels.web.ports import Gettext


def page_texts(_: Gettext) -> dict[str, str]:
    """The page's texts by name, for its template and its scripts."""
    return {
        "title": _("Banco Amable"),
        "tagline": _("Gratis. No somos Migración Colombia. Nunca pedimos dinero ni contraseñas."),
        "skip": _("Ir a escribir un mensaje"),
        "exit": _("Salir rápido"),
        "exit_help": _("Cierra y borra este chat de la pantalla. También sirve la tecla Esc dos veces seguidas."),
        "exit_word": _("salir rápido"),
        "conversation": _("Conversación"),
        "shortcuts": _("Atajos"),
        "language": _("Idioma"),
        "menu": _("Menú"),
        "menu_word": _("menú"),
        "back": _("Atrás"),
        "back_word": _("atrás"),
        "help": _("Ayuda"),
        "help_word": _("ayuda"),
        "person": _("Persona"),
        "person_word": _("persona"),
        "write": _("Escribe tu mensaje"),
        "send": _("Enviar"),
        "loading": _("Abriendo el chat… Si no abre en un minuto, vuelve a cargar la página."),
        "no_script": _(
            "Este chat necesita JavaScript y tu navegador lo tiene apagado. Préndelo en los ajustes del navegador, o "
            "abre esta página en otro navegador."
        ),
        "bot_says": _("Banco Amable:"),
        "you_say": _("Tú:"),
        "options": _("Opciones"),
        "old_options": _("Opciones de antes"),
        "chosen": _("elegida"),
        "typing": _("Escribiendo…"),
        "slow": _("Tu mensaje llegó. La respuesta demora un poco más y aparece aquí."),
        "sending": _("enviando…"),
        "not_sent": _("no se envió, toca para reintentar"),
        "refused": _("no se envió"),
        "offline_saved": _("Sin conexión. Tu mensaje está guardado."),
        "offline": _("Sin conexión. Vuelvo a intentar."),
        "away": _("El chat no responde ahora. Vuelvo a intentar en unos segundos."),
        "away_saved": _("El chat no responde ahora. Tu mensaje está guardado y se envía solo."),
        "new_lines": _("Hay mensajes nuevos"),
        "copy": _("Copiar"),
        "copied": _("Copiado"),
        "copy_failed": _("No se pudo copiar"),
        "print": _("Imprimir o guardar"),
        "open_page": _("Guardar la hoja (PDF)"),
        "open_file": _("Guardar el archivo"),
        "closed": _("Esta conversación se cerró en este teléfono."),
        "start_again": _("Empezar de nuevo"),
        "no_cookies": _(
            "Tu navegador no deja seguir la conversación. Permite las cookies de esta página y vuelve a cargarla."
        ),
    }


def refusal_texts(_: Gettext) -> dict[str, str]:
    """What a person reads when a request is refused, by the refusal's code."""
    return {
        "bad_json": _("El mensaje llegó dañado. Vuelve a cargar la página e inténtalo otra vez."),
        "bad_field": _("Al mensaje le falta algo o tiene algo que no entiendo. Vuelve a cargar la página."),
        "empty": _("El mensaje está vacío. Escribe algo y envíalo otra vez."),
        "text_too_long": _("Tu mensaje es muy largo. Divídelo en dos y envíalo otra vez."),
        "body_too_long": _("El mensaje es demasiado grande. Escríbelo más corto."),
        "forbidden": _("Por seguridad, este mensaje solo se puede enviar desde la página del chat. Vuelve a cargarla."),
        "too_fast": _("Vas muy rápido. Espera unos segundos: tu mensaje no se pierde."),
        "away": _("El chat no responde ahora. Espera unos segundos: tu mensaje no se pierde."),
        "no_file": _("Esa hoja ya no está. Pídela otra vez y te la hago de nuevo."),
        "not_found": _("Eso no existe. Vuelve a cargar la página."),
    }
