"""The packaged queries in, the page at `/` out: what this is, and what to type next; no script, no outside request."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from urllib.parse import urlencode

from kg.graph import queries

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
pre, textarea { font: 14px/1.4 ui-monospace, monospace; overflow: auto; padding: .7rem; border-radius: .4rem;
  border: 1px solid #8884; background: #8881 }
textarea { box-sizing: border-box; width: 100%; height: 9rem }
li { margin: .3rem 0 } summary { cursor: pointer } small { opacity: .75 }
"""
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

_EXAMPLE = """SELECT ?name ?predicate ?of WHERE {
  ?person a kg:Person ; skos:prefLabel ?name ; ?predicate ?other .
  ?other skos:prefLabel ?of .
} LIMIT 20"""

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Dateline</title><style>{style}</style></head><body>
<h1>Dateline</h1>
<p>A graph of what wire articles say: who is who, what happened, who says so, and the words that prove it.
This server answers SPARQL 1.1 queries at <code>{url}sparql</code>, sends its graphs from
<code>{url}graph-store?graph=…</code>, and writes for nobody without a token.</p>
<form action="/sparql"><textarea name="query" spellcheck="false" aria-label="query">{example}</textarea>
<p><button>Ask</button> as <select name="format" aria-label="format">
<option>json<option>csv<option>tsv<option>xml</select></p></form>
<h2>From elsewhere</h2>
<pre>curl {url}sparql --data-urlencode 'query=SELECT * {{ ?s ?p ?o }} LIMIT 5' -H 'Accept: text/csv'</pre>
<pre>pandas.read_csv("{url}sparql?format=csv&amp;query=" + urllib.parse.quote(query))</pre>
<pre>kg query "ASK {{ ?s ?p ?o }}" --endpoint {url}sparql</pre>
<h2>Questions that are ready</h2>
<ul>
{questions}
</ul>
</body></html>
"""


def html(url: str) -> str:
    """The page of the server at a base URL. Raises `DataError` for a malformed packaged query."""
    questions = "\n".join(_question(query) for query in queries.all_queries())
    return _PAGE.format(style=_STYLE, url=escape(url), example=escape(_EXAMPLE), questions=questions)


def _question(query: queries.Query) -> str:
    text = f"<details><summary>{escape(query.title)}</summary><pre>{escape(query.text)}</pre></details>"
    if any(parameter.default is None for parameter in query.parameters):  # to be filled in by hand
        return f"<li>{escape(query.name)} {text}</li>"
    link = "/sparql?" + urlencode({"query": query.asked({})})
    return f'<li><a href="{escape(link)}">{escape(query.name)}</a> {text}</li>'
