"""The doors of the service: Telegram, the web chat, the terminal; and the sender that empties the outbox.

A channel only translates. De-duplication, order, retry and storage belong to :mod:`bot.storage` and to
:class:`bot.channels.sender.Sender`.
"""
