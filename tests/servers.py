"""Real SPARQL servers for tests, where they are to be had: Apache Jena Fuseki and Virtuoso, on ports of their own.

`make servers` fetches Fuseki into the local Maven repository; $FUSEKI_JAR names another. Virtuoso is `virtuoso-t` in
the PATH, as Debian's virtuoso-opensource-7 has it. What is not there is skipped.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

import pytest

_UP = 90.0  # seconds that a server may take to start, on a machine that is busy
_FUSEKI = """PREFIX fuseki: <http://jena.apache.org/fuseki#>
PREFIX ja: <http://jena.hpl.hp.com/2005/11/Assembler#>
PREFIX tdb2: <http://jena.apache.org/2016/tdb#>
[] a fuseki:Server ; fuseki:services ( <#plain> <#union> ) .
<#plain> a fuseki:Service ; fuseki:name "plain" ; fuseki:dataset [ a ja:MemoryDataset ] ;
  fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "sparql" ],
    [ fuseki:operation fuseki:update ; fuseki:name "update" ], [ fuseki:operation fuseki:gsp-rw ; fuseki:name "data" ] .
<#union> a fuseki:Service ; fuseki:name "union" ;
  fuseki:dataset [ a tdb2:DatasetTDB2 ; tdb2:location "tdb" ; tdb2:unionDefaultGraph true ] ;
  fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "sparql" ],
    [ fuseki:operation fuseki:update ; fuseki:name "update" ], [ fuseki:operation fuseki:gsp-rw ; fuseki:name "data" ] .
"""
_VIRTUOSO = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
CheckpointInterval = 0
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 4
"""


class Server:
    """A process that answers over HTTP, which can be killed and started again with what it had on disk."""

    def __init__(self, command: Sequence[str], folder: Path, port: int, probe: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._command, self._folder, self._probe = command, folder, f"{self.url}/{probe}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self._folder / "out.log").open("ab") as log:
            self._process = subprocess.Popen(self._command, cwd=self._folder, stdout=log, stderr=log)
        end = time.monotonic() + _UP
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                self.kill()
                pytest.skip(f"{self._command[0]} does not start: {(self._folder / 'out.log').read_text()[-300:]}")
            time.sleep(0.1)

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self._probe, timeout=5) as response:
                return bool(response.status == 200)
        except OSError:
            return False


def fuseki(folder: Path) -> Server:
    """Fuseki with the datasets `plain`, in memory, and `union`, on disk, whose default graph is the union of all."""
    jar, java = _jar(), shutil.which("java")
    if not jar or not java:
        pytest.skip("Fuseki is not there: `make servers` fetches it, or FUSEKI_JAR names it, and Java runs it")
    (folder / "fuseki.ttl").write_text(_FUSEKI)
    (folder / "tdb").mkdir()
    port = _free_port()
    options = ["--config=fuseki.ttl", "--localhost", f"--port={port}", "--no-cors"]
    return Server(
        [java, "-Xmx512m", "-XX:TieredStopAtLevel=1", "-jar", str(jar), *options], folder, port, _ask("plain/")
    )


def virtuoso(folder: Path) -> Server:
    """Virtuoso with an empty database, whose user dba has the password dba."""
    program = shutil.which("virtuoso-t")
    if not program:
        pytest.skip("Virtuoso is not there: virtuoso-t in the PATH, as the Debian package virtuoso-opensource-7 has it")
    http, sql = _free_port(), _free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(http=http, sql=sql))
    return Server([program, "+foreground", "+configfile", "virtuoso.ini"], folder, http, _ask(""))


def _ask(dataset: str) -> str:
    return f"{dataset}sparql?query=ASK%7B%7D"


def _jar() -> Path | None:
    if named := os.environ.get("FUSEKI_JAR"):
        return Path(named)
    home = Path.home() / ".m2" / "repository" / "org" / "apache" / "jena" / "jena-fuseki-server"
    return max(home.glob("5.*/jena-fuseki-server-5.*.jar"), default=None)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
