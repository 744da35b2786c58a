"""Puts ``amable_quiet.pth`` into the environment: Rasa's own commands run without telemetry, too.

Without it a plain ``rasa train`` would report to Rasa's servers, and stop with an error of Sentry's current version.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

QUIET = "amable_quiet.pth"


class QuietHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the file to normal and editable installations."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling's interface
        """Name the file for both kinds of wheel."""
        for kind in ("force_include", "force_include_editable"):
            build_data.setdefault(kind, {})[f"{self.root}/{QUIET}"] = QUIET
