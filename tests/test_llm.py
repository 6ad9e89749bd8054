"""kg ingest --extractor llm: a second reader over a real socket, whose word counts for nothing without the text's."""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg import plugins
from kg.errors import PluginError, ServiceError
from kg.graph.store import Store
from kg.llm import Extractor, asking, extractor
from kg.llm.answers import heard
from kg.llm.asking import Server
from kg.llm.requests import LONGEST, request, stretches
from kg.model import KG, Article, Factuality, Mention, MentionType, Reading, Span, Time

TEXT = (
    "Ada Lamy aurait pris les rênes de Borel, selon Le Pays. Elle vit à Lyon depuis 1998. "
    "Karim Zed travaille chez Borel."
)
ADA, BOREL, PAPER, SHE, LYON, DAY = Span(0, 8), Span(34, 39), Span(47, 54), Span(56, 60), Span(67, 71), Span(79, 83)
FIRST = "Ada Lamy aurait pris les rênes de Borel"
READING = Reading(
    Article("one", TEXT, "fr"),
    mentions=(
        Mention(ADA, MentionType.NAME, KG + "Person"),
        Mention(BOREL, MentionType.NAME, KG + "Company"),
        Mention(PAPER, MentionType.NAME, KG + "Media"),
        Mention(SHE, MentionType.PRONOUN, KG + "Person", antecedent=ADA, confidence=0.6),
        Mention(LYON, MentionType.NAME, KG + "City"),
    ),
    times=(Time(DAY, None, None),),
    sentences=(Span(0, 55), Span(56, 84), Span(85, len(TEXT))),
)
WHOLE = Span(0, len(TEXT))
LEADS = {
    "subject": "Ada Lamy",
    "subjectType": "Person",
    "relation": "leaderOf",
    "object": "Borel",
    "objectType": "Company",
    "evidence": FIRST,
    "factuality": "Possible",
    "former": False,
    "attributedTo": "Le Pays",
}
ROOT = Path(__file__).parents[1]
Command = Callable[..., tuple[int, str, str]]


class Model:
    """A server that stands for a language model: what it answers, and what it was asked."""

    def __init__(self) -> None:
        self.answer: Any = {"statements": [LEADS]}
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.url = ""

    async def complete(self, request: Request) -> Response:
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("authorization"))
        if isinstance(self.answer, Response):
            return self.answer
        content = self.answer if isinstance(self.answer, str) else json.dumps(self.answer)
        return JSONResponse({"choices": [{"message": {"role": "assistant", "content": content}}]})


@pytest.fixture
def model() -> Iterator[Model]:
    model = Model()
    app = Starlette(routes=[Route("/v1/chat/completions", model.complete, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", http="h11", ws="none", lifespan="off"))
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    model.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/v1"
    yield model
    server.should_exit = True
    thread.join()


def test_a_statement_that_the_text_bears_out_is_kept() -> None:
    found = heard(LEADS, READING, WHOLE, "llm:m")
    assert found is not None and found.mentions == ()
    statement = found.statement
    assert (statement.subject, statement.predicate, statement.object) == (ADA, KG + "leaderOf", BOREL)
    assert TEXT[statement.evidence.span.start : statement.evidence.span.end] == FIRST
    assert (statement.factuality, statement.attributed_to) == (Factuality.POSSIBLE, PAPER)
    assert (statement.rule, statement.confidence, statement.evidence.sentence) == ("llm:m", 0.6, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"evidence": "Ada Lamy a pris les rênes de Borel"},  # words that are not there
        {"evidence": "ada lamy aurait pris les rênes de borel"},
        {"evidence": ""},
        {"evidence": None},
        {"evidence": "Ada Lamy aurait pris"},  # the object is not in it
        {"object": "Le Pays"},
        {"subject": "Lamy"},  # a part of a name
        {"object": "Ada Lamy"},
        {"relation": "bornIn"},  # its range has no companies
        {"relation": "owns"},
        {"factuality": "Sure"},
        {"attributedTo": "Le Monde"},
        {"subject": "Elle", "object": "Lyon", "relation": "residentOf", "evidence": "Elle vit à Lyon"},  # too unsure
        {"relation": "bornOn", "object": "1998", "objectType": "Date", "evidence": "Elle vit à Lyon depuis 1998"},
        {"subject": ["Ada Lamy"]},
    ],
    ids=str,
)
def test_what_the_text_does_not_bear_out_is_dropped(changes: dict[str, Any]) -> None:
    assert heard({**LEADS, **changes}, READING, WHOLE, "llm:m") is None


def test_a_name_that_nobody_had_read_is_a_new_mention() -> None:
    told = {"subject": "Karim Zed", "relation": "employedBy", "evidence": "Karim Zed travaille chez Borel"}
    found = heard({**LEADS, **told, "factuality": "Asserted"}, READING, WHOLE, "llm:m")
    new = (
        Mention(Span(85, 94), MentionType.NAME, KG + "Person"),
        Mention(Span(110, 115), MentionType.NAME, KG + "Company"),
    )
    assert found is not None and found.mentions == new
    lower = {**told, "subject": "travaille"}
    assert heard({**LEADS, **lower}, READING, WHOLE, "llm:m") is None


def test_a_stretch_is_of_whole_sentences() -> None:
    assert list(stretches(READING)) == [Span(0, len(TEXT))]
    sentences = tuple(Span(n * 1000, n * 1000 + 999) for n in range(20))
    long = Reading(Article("long", "x" * 20000, "fr"), sentences=sentences)
    found = list(stretches(long))
    assert all(span.end - span.start <= LONGEST for span in found) and found[0].start == 0 and found[-1].end == 19999
    assert list(stretches(Reading(Article("none", "  ", "fr")))) == []


def test_the_vocabulary_that_is_asked_for_is_closed() -> None:
    body = request("m", "text")
    schema = body["response_format"]["json_schema"]["schema"]["properties"]["statements"]["items"]
    assert "spokespersonOf" in schema["properties"]["relation"]["enum"]
    assert {"Person", "Country", "Date"} <= set(schema["properties"]["subjectType"]["enum"])
    assert "- bornOn (" in body["messages"][0]["content"] and "Person -> Date" in body["messages"][0]["content"]


def ask(model: Model, folder: Path, **options: Any) -> Extractor:
    return Extractor(Server(model.url, folder, **options), "m")


def test_what_was_answered_is_kept_and_asked_once(model: Model, tmp_path: Path) -> None:
    first = ask(model, tmp_path, key="secret")(READING)
    assert [statement.rule for statement in first.statements] == ["llm:m"]
    assert (model.asked[0]["model"], model.keys) == ("m", ["Bearer secret"])
    assert ask(model, tmp_path)(READING) == first
    assert Extractor(Server(None, tmp_path), "m")(READING) == first
    assert len(model.asked) == 1
    with pytest.raises(ServiceError, match="no answer is kept for this article, and there is no --endpoint"):
        Extractor(Server(None, tmp_path), "another")(READING)
    assert "secret" not in "".join(path.read_text() for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (PlainTextResponse("busy", 503), "answered 503 Service Unavailable"),
        (PlainTextResponse("<html>"), "answered no chat completion"),
        (JSONResponse({"choices": []}), "answered no chat completion"),
        (JSONResponse({"choices": [{"message": {"content": None}}]}), "a completion without content"),
        ("Here you are:", "the model answered no JSON: 'Here you are:'"),
        ("[]", 'JSON without a list of "statements"'),
        ({"statements": "none"}, 'JSON without a list of "statements"'),
    ],
)
def test_answers_that_are_none_are_told_and_not_kept(model: Model, tmp_path: Path, answer: Any, message: str) -> None:
    model.answer = answer
    with pytest.raises(ServiceError, match=message):
        ask(model, tmp_path)(READING)
    assert list(tmp_path.iterdir()) == []


def test_statements_of_other_shapes_are_passed_over(model: Model, tmp_path: Path) -> None:
    model.answer = {"statements": [None, "leaderOf", {}, {"relation": 3}, LEADS, LEADS]}
    assert len(ask(model, tmp_path)(READING).statements) == 1


def test_what_the_readers_own_rules_say_otherwise_is_not_added(model: Model, tmp_path: Path) -> None:
    found = heard({**LEADS, "factuality": "Denied"}, READING, WHOLE, "verb:diriger")
    assert found is not None
    denied = Reading(READING.article, READING.mentions, (found.statement,), sentences=READING.sentences)
    assert ask(model, tmp_path)(denied).statements == (found.statement,)


def test_a_server_that_is_slow_or_down_is_given_up(model: Model, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(asking, "_LARGEST", 10)
    with pytest.raises(ServiceError, match="no whole answer in 120 s and 10 bytes"):
        ask(model, tmp_path)(READING)
    server = Server("http://user:password@127.0.0.1:9/v1?key=secret", tmp_path, timeout=2)
    for said in (*["cannot be asked"] * 3, "given up after 3 failures in a row"):
        with pytest.raises(ServiceError, match=said) as error:
            server.answer({})
        assert "password" not in str(error.value) and "secret" not in str(error.value)


def test_an_endpoint_that_is_no_url_is_told_before_anything_is_read(tmp_path: Path, kg: Command) -> None:
    article = tmp_path / "one.txt"
    article.write_text("PARIS, 1 octobre 2025. Il pleut.", encoding="utf-8")
    words = ("--extractor", "llm", "--model", "m", "--endpoint", "127.0.0.1:9/v1")
    status, _, said = kg("ingest", article, "--store", tmp_path / "s", *words)
    assert status == 2 and "127.0.0.1:9/v1: an endpoint's URL begins with http:// or https://" in said


def test_it_comes_in_by_the_door_of_all_extractors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (told,) = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]["kg.extractors"].items()
    assert metadata.EntryPoint(*told, "kg.extractors").load() is extractor
    monkeypatch.setenv("KG_LLM_KEY", "secret")
    made = extractor(endpoint="http://127.0.0.1:9/v1/", model="m", cache=tmp_path)
    assert (made.name, made.server.url) == ("llm:m", "http://127.0.0.1:9/v1/chat/completions")
    assert made.server.folder == tmp_path / "llm"


def test_the_extra_is_named_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "httpx", None)
    with pytest.raises(PluginError, match=r"needs httpx: pip install 'dateline-kg\[llm\]'"):
        Server("http://127.0.0.1:9", tmp_path).answer({})


@pytest.mark.model
def test_a_store_is_made_with_it_and_replayed_without(
    model: Model, tmp_path: Path, kg: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = plugins.load
    monkeypatch.setattr(plugins, "load", lambda group, name: extractor if name == "llm" else load(group, name))
    text, store = tmp_path / "one.txt", tmp_path / "s"
    text.write_text("Ada Lamy aurait pris les rênes de la société Borel, selon Le Pays.\n", encoding="utf-8")
    wanted = ("ingest", text, "--store", store, "--language", "fr", "--extractor", "llm", "--model", "m")
    down = kg(*wanted, "--endpoint", "http://127.0.0.1:9/v1")
    assert down[0] == 0 and down[2].count("\n") == 1
    assert down[2].startswith("kg: http://127.0.0.1:9/v1/chat/completions: cannot be asked: ")
    assert down[2].endswith(": articles are read without llm:m\n")
    model.answer = {"statements": [{**LEADS, "evidence": "Ada Lamy aurait pris les rênes de la société Borel"}]}
    assert kg(*wanted, "--endpoint", model.url)[::2] == (0, "")
    with Store.open(store) as opened:
        turtle = opened.turtle("one")
        rules = {
            str(getattr(row[0], "value", ""))
            for row in opened.query("SELECT ?r { ?s a kg:Statement ; kg:rule ?r }").rows()
        }
    assert "llm:m" in rules and b'kg:model "fr-core' in turtle and b'"llm:m"' in turtle
    assert kg("check", store)[0] == 0
    assert kg(*wanted)[1].splitlines()[1].split()[:2] == ["0", "1"]  # unchanged
    (path,) = (store / "articles").glob("*/*.ttl")
    path.unlink()
    assert kg(*wanted)[::2] == (0, "")
    with Store.open(store) as opened:
        assert opened.turtle("one") == turtle
    assert len(model.asked) == 1


def test_options_that_belong_together_are_asked_for(tmp_path: Path, kg: Command) -> None:
    for wrong in (["--extractor", "llm"], ["--model", "m"], ["--endpoint", "http://127.0.0.1:9"]):
        assert kg("ingest", tmp_path, "--store", tmp_path / "s", *wrong)[0] == 2
