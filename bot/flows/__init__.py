"""The flow language and its engine: what a route is, and what happens next in it.

The room is pure: no clock, no database, no network, no Rasa. It imports nothing of ``bot`` but ``bot.facts``.
"""
