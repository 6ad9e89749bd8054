"""The sentences of an article in, what a chat-completions server answered to them out; nothing is asked twice.

An answer is kept in a file whose name is a digest of all that was asked, the model's name included, so that a run can
be replayed without the server and gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import PluginError, ServiceError

_PATH = "/chat/completions"
_LARGEST = 4 * 2**20  # bytes of an answer
_GIVE_UP = 3  # failures in a row


class Server:
    """An OpenAI-compatible server, or, without an `endpoint`, the answers that are kept in `folder` alone.

    `timeout` is in seconds, for connecting and for a whole answer. The `key` is sent and never shown.
    Raises `ServiceError` for an `endpoint` that is no URL of the web.
    """

    def __init__(self, endpoint: str | None, folder: Path, *, key: str | None = None, timeout: float = 120.0) -> None:
        if endpoint and not endpoint.lower().startswith(("http://", "https://")):
            raise ServiceError(f"{endpoint}: an endpoint's URL begins with http:// or https://")
        self.url = endpoint and (endpoint if endpoint.endswith(_PATH) else endpoint.rstrip("/") + _PATH)
        self.folder, self.timeout = folder, timeout
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._failures = 0

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The object that was answered to a request, asked for now or kept.

        Raises `ServiceError` where the server is not there, is too slow or does not answer with JSON of that kind, and
        at once after three such failures in a row.
        """
        asked = json.dumps(request, sort_keys=True)
        path = self.folder / f"{hashlib.sha256(asked.encode()).hexdigest()}.json"
        if path.is_file():
            return _object(path.read_text(encoding="utf-8"), str(path))
        if self._failures >= _GIVE_UP:
            raise ServiceError(f"{self._shown}: given up after {_GIVE_UP} failures in a row")
        try:
            content = self._ask(asked.encode())
            found = _object(content, self._shown)
        except ServiceError:
            self._failures += 1
            raise
        self._failures = 0
        self._keep(path, content)
        return found

    @property
    def _shown(self) -> str:
        """The address without the name and the password that may stand in it, and without its parameters."""
        return re.sub(r"//[^/@]*@", "//", (self.url or "").partition("?")[0])

    def _ask(self, body: bytes) -> str:
        if not self.url:
            raise ServiceError("no answer is kept for this article, and there is no --endpoint to ask")
        httpx = _httpx()
        deadline, received = time.monotonic() + self.timeout, b""
        headers = {"Content-Type": "application/json", **self._headers}
        try:
            with (
                httpx.Client(timeout=self.timeout) as client,
                client.stream("POST", self.url, content=body, headers=headers) as response,
            ):
                for part in response.iter_bytes():  # its own timeout is one for each part
                    received += part
                    if time.monotonic() > deadline or len(received) > _LARGEST:
                        raise ServiceError(f"{self._shown}: no whole answer in {self.timeout:g} s and {_LARGEST} bytes")
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            reason = " ".join(str(error).split())[:120] or type(error).__name__
            raise ServiceError(f"{self._shown}: cannot be asked: {reason}") from error
        if response.status_code != httpx.codes.OK:
            raise ServiceError(f"{self._shown}: answered {response.status_code} {response.reason_phrase}")
        return _content(received, self._shown)

    def _keep(self, path: Path, content: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_text(content, encoding="utf-8")
        unfinished.replace(path)


def _content(received: bytes, where: str) -> str:
    """What the model itself wrote, in the envelope of a chat completion."""
    try:
        content = json.loads(received)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError) as error:
        raise ServiceError(f"{where}: answered no chat completion: does it speak OpenAI's protocol?") from error
    if not isinstance(content, str):
        raise ServiceError(f"{where}: answered a completion without content")
    return content


def _object(content: str, where: str) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError as error:
        raise ServiceError(f"{where}: the model answered no JSON: {' '.join(content.split())[:60]!r}") from error
    if not isinstance(found, dict) or not isinstance(found.get("statements"), list):
        raise ServiceError(f'{where}: the model answered JSON without a list of "statements"')
    return found


def _httpx() -> Any:
    try:
        import httpx
    except ImportError as error:
        raise PluginError("the extractor llm needs httpx: pip install 'dateline-kg[llm]'") from error
    return httpx
