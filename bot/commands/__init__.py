"""The subcommands of ``amable``, one module a theme. Heavy imports happen inside the commands."""
