"""Requests and the state of the workers in, figures for Prometheus out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_1_0_0, generate_latest
from prometheus_client.registry import Collector

from kg.service.watching import Exchange

CONTENT_TYPE = CONTENT_TYPE_PLAIN_1_0_0
_BUCKETS = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60)
_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")


class Metrics:
    """What is counted since the start. Labels have few values: a route and a status, nobody's query and no address."""

    def __init__(self, routes: Collection[str], state: Callable[[], Mapping[str, float]]) -> None:
        """`routes` are the paths that are told apart; `state` tells the figures of the workers by name: those that end
        in `_total` only grow.
        """
        # or each figure has a second line, which says when it was first counted
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._routes = routes
        self._registry = CollectorRegistry()
        labels = ("route", "method", "status")
        self._requests = Counter("kg_requests", "Requests answered.", labels, registry=self._registry)
        self._seconds = Histogram(
            "kg_request_seconds",
            "Time from a request to the last byte of its answer.",
            ("route",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._registry.register(_State(state))
        self._counting = cache(self._children)  # looked up once, for a look-up costs as much as the rest

    def __call__(self, exchange: Exchange) -> None:
        """Count an exchange."""
        first = "/" + exchange.path.split("/")[1] if exchange.path.startswith("/") else ""
        route = first if first in self._routes else "other"
        method = exchange.method if exchange.method in _METHODS else "other"
        requests, seconds = self._counting(route, method, exchange.status)
        requests.inc()
        seconds.observe(exchange.seconds)

    def _children(self, route: str, method: str, status: int) -> tuple[Counter, Histogram]:
        return self._requests.labels(route, method, status), self._seconds.labels(route)

    def text(self) -> bytes:
        """All figures, in the text format of Prometheus."""
        return generate_latest(self._registry)


class _State(Collector):
    def __init__(self, state: Callable[[], Mapping[str, float]]) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        for name, value in self._state().items():
            told = name.replace("_", " ").removesuffix(" total").capitalize() + "."
            family = CounterMetricFamily if name.endswith("_total") else GaugeMetricFamily
            yield family(f"kg_{name}", told, value=value)
