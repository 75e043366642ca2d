"""Numbers nobody may read: encrypted for those who may, hashed for look-up."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from elderlearn.ground.keys import secret

VERSION = 1
CIPHER_KEY_ID = 1  # the newest
NONCE_BYTES = 12


def encrypt(text: str) -> bytes:
    """Version, key id, nonce, AES-256-GCM text: enough to rotate the key later."""
    return encrypt_bytes(text.encode())


def encrypt_bytes(data: bytes) -> bytes:
    """The same for a whole file."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    head = bytes((VERSION, CIPHER_KEY_ID))
    return head + nonce + AESGCM(secret(f"cipher-{CIPHER_KEY_ID}")).encrypt(nonce, data, head)


def decrypt(data: bytes) -> str:
    """The text again. Raises `cryptography.exceptions.InvalidTag` when it was tampered with or is not ours."""
    return decrypt_bytes(data).decode()


def decrypt_bytes(data: bytes) -> bytes:
    """The file again. Raises InvalidTag."""
    head, nonce, body = data[:2], data[2 : 2 + NONCE_BYTES], data[2 + NONCE_BYTES :]
    # Asking for a key makes it, and cookies come from anybody.
    if len(body) == 0 or head[0] != VERSION or not 1 <= head[1] <= CIPHER_KEY_ID:
        raise InvalidTag
    return AESGCM(secret(f"cipher-{head[1]}")).decrypt(nonce, body, head)


def lookup_hash(purpose: str, text: str) -> bytes:
    """Keyed SHA-256 to find an equal number again without being able to read it. The key never rotates."""
    return hmac.digest(secret("lookup"), f"{purpose}:{text}".encode(), hashlib.sha256)


def token_hash(token: str) -> bytes:
    """Plain SHA-256: tokens are random and long, so no key is needed."""
    return hashlib.sha256(token.encode()).digest()
