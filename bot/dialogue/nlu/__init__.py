"""Understanding: Rasa's graph components of our own, and the plain models behind them.

The components import Rasa, so Rasa is made quiet here, before the first of them is loaded.
"""

from bot.dialogue.quiet import silence_rasa

silence_rasa()
