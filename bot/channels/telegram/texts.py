"""What Telegram shows of the bot before the first message and on its profile. Spanish is the source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.channels.telegram.settings import Profile
from bot.translatable import N_

# L10n: shown before the first message, at most 512 characters
DESCRIPTION = N_(
    "Banco Amable es un asistente gratis para personas migrantes y comunidades de acogida en Colombia. Te guía con tus "
    "papeles, tus títulos, tu plata, el trabajo y la salud. No somos Migración Colombia. Nunca pedimos dinero ni "
    "contraseñas."
)
# L10n: on the profile page, at most 120 characters
ABOUT = N_("Asistente gratis para migrantes en Colombia. No somos Migración Colombia. Nunca pedimos dinero.")


def profile_in(
    commands: Mapping[str, Sequence[tuple[str, str]]], languages: Iterable[str], translate: Callable[[str, str], str]
) -> Profile:
    """Menu and profile in the released languages; ``translate`` gives the text of a language."""
    released = tuple(languages)
    return Profile(
        commands={language: pairs for language, pairs in commands.items() if language in released},
        description={language: translate(language, DESCRIPTION) for language in released},
        about={language: translate(language, ABOUT) for language in released},
    )
