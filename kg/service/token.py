"""A secret in, whether a request knows it out (RFC 6750): who knows it may write."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from starlette.requests import Request

from kg.errors import ServiceError
from kg.service.refused import RefusedError

_CHALLENGE = 'Bearer realm="Dateline"'


class Token:
    """The right to write. What is kept is the secret's digest, and it is compared in constant time."""

    def __init__(self, secret: str) -> None:
        """Raises `ServiceError` for what no header can hold."""
        if not secret or not secret.isascii() or not secret.isprintable() or " " in secret:
            said = "is letters, digits and signs of ASCII, without spaces: openssl rand -hex 32 makes one"
            raise ServiceError(f"the token {said}")
        self._digest = hashlib.sha256(secret.encode()).digest()

    @classmethod
    def chosen(cls, file: Path | None, otherwise: str | None) -> Token:
        """The token of a file's text, or of `otherwise`. Raises `ServiceError` where there is none."""
        if file is None:
            if otherwise is None:
                raise ServiceError("updates need a token: put one into KG_TOKEN, or into a file and name it")
            return cls(otherwise)
        try:
            return cls(file.read_text("utf-8").strip())
        except (OSError, UnicodeDecodeError) as error:
            raise ServiceError(f"{file}: cannot read the token: {getattr(error, 'strerror', None) or error}") from error

    def require(self, request: Request) -> None:
        """Raise `RefusedError` (401) for a request that does not bring the token."""
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        digest = hashlib.sha256(secret.strip().encode("latin-1")).digest()
        if not hmac.compare_digest(digest, self._digest) or scheme.lower() != "bearer":
            error = ', error="invalid_token"' if scheme.lower() == "bearer" else ""
            said = "to write here, send the header Authorization: Bearer and the token of this server"
            raise RefusedError(401, said, {"WWW-Authenticate": _CHALLENGE + error})
