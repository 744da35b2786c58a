"""How commands talk: rich output on a terminal, plain lines in a pipe, clear errors with the way out."""

from __future__ import annotations

from typing import NoReturn

import typer
from rich.console import Console

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def fail(what: str, mend: str = "") -> NoReturn:
    """End the command with an error and how to mend it."""
    err.print(f"✗ {what}", style="bold red", markup=False)
    if mend:
        err.print(f"  → {mend}", markup=False)
    raise typer.Exit(1)
