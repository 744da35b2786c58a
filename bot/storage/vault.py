"""Sealing of personal data: AES-256-GCM under a ring of keys, and keyed hashes for look-ups.

A sealed value is ``length of key id (1 byte) · key id · nonce (12 bytes) · ciphertext and tag``. The table and column
are its associated data, so a value moved to another column does not open.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import re
from collections.abc import Callable, Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.storage.errors import KeysMalformed, Unreadable

KEY_BYTES = 32
_NONCE_BYTES = 12  # NIST SP 800-38D, 5.2.1.1: the length that GCM is made for
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,16}")


class Vault:
    """Seals, opens and hashes. The last key of the ring is the newest and seals; every key of the ring opens."""

    def __init__(
        self,
        keys: Sequence[tuple[str, bytes]],
        lookup_key: bytes,
        random: Callable[[int], bytes] = os.urandom,
    ) -> None:
        _check(keys, lookup_key)
        self._ring = {key_id: AESGCM(key) for key_id, key in keys}
        self._lookup_key = lookup_key
        self._random = random
        self.key_ids = tuple(self._ring)
        self.active_key_id = self.key_ids[-1]

    @classmethod
    def from_settings(cls, keys: str, lookup_key: str) -> Vault:
        """Read ``AMABLE_KEYS`` (``k1:base64,k2:base64``, newest last) and ``AMABLE_LOOKUP_KEY`` (base64).

        Each key is 32 bytes. Raises KeysMalformed, which never quotes a key.
        """
        ring: list[tuple[str, bytes]] = []
        for part in filter(None, (part.strip() for part in keys.split(","))):
            key_id, colon, text = part.partition(":")
            if not colon:
                raise KeysMalformed("AMABLE_KEYS: each key is written as id:base64, separated by commas")
            ring.append((key_id.strip(), _decode(text, f"AMABLE_KEYS, key {len(ring) + 1}")))
        return cls(ring, _decode(lookup_key, "AMABLE_LOOKUP_KEY"))

    def __repr__(self) -> str:
        return f"Vault(key_ids={self.key_ids})"

    def seal(self, label: str, plain: bytes) -> bytes:
        """Encrypt under the newest key; ``label`` is ``table.column``."""
        nonce = self._random(_NONCE_BYTES)
        sealed = self._ring[self.active_key_id].encrypt(nonce, plain, label.encode())
        return self.active_prefix() + nonce + sealed

    def open(self, label: str, sealed: bytes) -> bytes:
        """Decrypt what :meth:`seal` made. Raises Unreadable."""
        start = 1 + sealed[0] if sealed else 0
        key_id = sealed[1:start].decode("ascii", "replace")
        key = self._ring.get(key_id)
        if key is None:
            raise Unreadable(f"{label}: sealed with a key that is not in the ring")
        try:
            return key.decrypt(sealed[start : start + _NONCE_BYTES], sealed[start + _NONCE_BYTES :], label.encode())
        except (InvalidTag, ValueError) as error:
            raise Unreadable(f"{label}: does not open with key {key_id}") from error

    def seal_json(self, label: str, value: object) -> bytes:
        """Encrypt a JSON value."""
        return self.seal(label, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())

    def open_json(self, label: str, sealed: bytes) -> Any:
        """Decrypt what :meth:`seal_json` made. Raises Unreadable."""
        return json.loads(self.open(label, sealed))

    def active_prefix(self) -> bytes:
        """The bytes that begin every value sealed with the newest key."""
        key_id = self.active_key_id.encode()
        return bytes([len(key_id)]) + key_id

    def fingerprint(self, purpose: str, *parts: str) -> str:
        """Keyed hash (HMAC-SHA256, hex) of the parts; the same parts under another ``purpose`` hash differently."""
        message = json.dumps([purpose, *parts], ensure_ascii=False).encode()
        return hmac.new(self._lookup_key, message, hashlib.sha256).hexdigest()


def _check(keys: Sequence[tuple[str, bytes]], lookup_key: bytes) -> None:
    if not keys:
        raise KeysMalformed("no encryption key was given")
    ids = [key_id for key_id, _ in keys]
    if len(set(ids)) != len(ids):
        raise KeysMalformed("two encryption keys have the same id")
    if not all(_KEY_ID.fullmatch(key_id) for key_id in ids):
        raise KeysMalformed("a key id is 1 to 16 letters, digits, '-' or '_'")
    secrets = [key for _, key in keys] + [lookup_key]
    if any(len(secret) != KEY_BYTES for secret in secrets):
        raise KeysMalformed(f"every key, and the look-up key, is {KEY_BYTES} bytes long")
    if len(set(secrets)) != len(secrets):
        raise KeysMalformed("the same bytes were given for two keys; each key has its own")


def _decode(text: str, name: str) -> bytes:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        # From None: binascii's own error may quote the key.
        raise KeysMalformed(f"{name}: not valid base64") from None
