"""A URL in, one that may be asked out, and the public addresses of its host; anything else is a `SourceError`.

Which addresses are public is IANA's to say (the special-purpose registries of RFC 6890, as Python's `ipaddress` has
them): no loopback, no link-local, private, shared, multicast or reserved one, nor such a one inside of an IPv6 address.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias
from urllib.parse import quote, urlsplit, urlunsplit

from kg.errors import Reason, SourceError

Address: TypeAlias = IPv4Address | IPv6Address

_PORTS = {"http": 80, "https": 443}
_UNICAST = IPv6Network("2000::/3")  # what IANA gives away for everybody's use
# of the registries, too, though one Python or another takes them for public: protocols, relays of 6to4, documentation
_RESERVED = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address as networks without IPv4 reach it
_LONGEST = 4000  # characters of a URL
_KEPT = "/%:@!$&'()*+,;=~-._?"  # signs that may stand in a path or a query as they are (RFC 3986)


def is_public(address: Address) -> bool:
    """Whether anybody in the world can reach an address, and so may be led to it."""
    if any(address in network for network in _RESERVED):
        return False
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    if inner := _inside(address):
        return is_public(inner)
    return address in _UNICAST and address.is_global


def _inside(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one leads to: mapped, by 6to4 or by NAT64. (Teredo's are not global anyway.)"""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def looked_up(host: str, port: int) -> list[Address]:
    """The addresses of a host, by whatever the system asks. Raises `SourceError` where there are none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"no such host: {host}", reason=Reason.NO_ANSWER) from error
    return list(dict.fromkeys(ip_address(str(each[4][0])) for each in found))


@dataclass(frozen=True, slots=True)
class Rule:
    """Where requests may go. There is one for everybody, which no option loosens; tests ask servers of their own."""

    look_up: Callable[[str, int], list[Address]] = looked_up
    is_allowed: Callable[[Address], bool] = is_public
    ports: frozenset[int] | None = frozenset(_PORTS.values())  # None: any

    def addresses(self, host: str, port: int) -> list[Address]:
        """The addresses of a host to connect to. Raises `SourceError` where a single one is not allowed."""
        found = self.look_up(host, port)
        for address in found:
            if not self.is_allowed(address):
                named = host if host == str(address) else f"{host} is {address}"
                raise SourceError(f"{named}: only public addresses are fetched", reason=Reason.REFUSED)
        return found

    def checked(self, url: str) -> str:
        """A URL as it may be asked: http or https, a usual port, without user, fragment and odd signs.

        Raises `SourceError` for any other.
        """
        try:
            parts = urlsplit(url.strip())
            host, port = parts.hostname or "", parts.port
            name = host if host.isascii() else host.encode("idna").decode()
        except ValueError as error:  # "http://[", a port of letters, a name that IDNA does not know
            raise SourceError(f"{url!r:.80} is no address: {error}", reason=Reason.METADATA) from error
        self._check(url, parts.scheme, name, port)
        if parts.username is not None or parts.password is not None:
            raise SourceError("an address with a user's name or password is not fetched", reason=Reason.REFUSED)
        place = f"[{name}]" if ":" in name else name
        path, query = (quote(part, safe=_KEPT, errors="replace") for part in (parts.path or "/", parts.query))
        return urlunsplit((parts.scheme, f"{place}:{port}" if port else place, path, query, ""))

    def _check(self, url: str, scheme: str, host: str, port: int | None) -> None:
        if scheme not in _PORTS or not host or len(url) > _LONGEST or not _is_name(host):
            raise SourceError(f"{url!r:.80}: write it like https://example.org/feed", reason=Reason.METADATA)
        if self.ports is not None and (port or _PORTS[scheme]) not in self.ports:
            raise SourceError(f"port {port} is not asked: only 80 and 443 are", reason=Reason.REFUSED)


def _is_name(host: str) -> bool:
    return all(sign.isalnum() or sign in ".-_:" for sign in host)
