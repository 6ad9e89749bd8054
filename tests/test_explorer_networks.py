"""The graph of a neighbourhood and the query page, in a real Chromium, as far as test_explorer doesn't go."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from explored import HOSTILE

api = pytest.importorskip("playwright.sync_api", reason="Playwright is not there: it is in the extra dev")
expect = api.expect
Visit = Callable[..., Any]

REFUSED = "400 (Bad Request)"  # which Chromium logs as an error
_PLACES = """async () => {
  const { arranged } = await import("/static/graph/arrangement.js");
  const nodes = [...Array(30).keys()].map((each) => ({ iri: `n${String(each).padStart(2, "0")}` }));
  const edges = nodes.slice(1).map(({ iri }, each) => ({ source: iri, target: nodes[each >> 1].iri }));
  return [...arranged(nodes, edges, { centre: "n00" })].map(([iri, { x, y }]) => `${iri} ${x} ${y}`);
}"""
_BENDS = """async () => {
  const { bends } = await import("/static/graph/network.js");
  const pairs = [["a", "b"], ["b", "a"], ["a", "b"], ["a", "c"]];
  const edges = pairs.map(([source, target], id) => ({ id, source, target }));
  return [...bends(edges).values()];
}"""
_NAMES = """async () => {
  const { Labels } = await import("/static/graph/labels.js");
  const labels = new Labels();
  const settings = { labelSize: 12, labelFont: "x", labelWeight: "500", labelColor: { color: "#000" } };
  const add = (label, x, y, size, more) => labels.add({ key: label, label, x, y, size, ...more }, settings);
  add("far right", 990, 300, 3);
  const crowd = ["right", "left", "below", "above", "nowhere"];
  for (const [place, label] of crowd.entries()) add(label, 300, 100, 9 - place / 4);
  add("chosen", 500, 500, 5, { highlighted: true });
  add("chosen's", 505, 500, 5, { forceLabel: true });
  const drawn = [];
  const context = { measureText: (text) => ({ width: 10 * text.length }), fillText: (...it) => drawn.push(it) };
  labels.draw(context, { width: 1000 });
  return drawn;
}"""


def ask(visit: Visit, query: str, **options: Any) -> Any:
    """The query page with a query that runs at once."""
    return visit(f"/query?query={quote(query)}", **options)


# ---------------------------------------------------------------- the graph


def test_places_are_the_same_each_time_and_parallel_edges_have_curves_of_their_own(visit: Visit) -> None:
    page = visit("/")
    places = page.evaluate(_PLACES)
    assert len(set(places)) == 30
    assert page.evaluate(_PLACES) == places
    there, back, third, alone = page.evaluate(_BENDS)
    assert alone == 0
    assert len({there, -back, third}) == 3  # one that goes back bends the other way in its own direction


def test_what_narrows_a_network_is_in_its_address(visit: Visit) -> None:
    page = visit("/entity/vallee?tab=network&standing=denied")
    summary = page.locator(".graph-table summary")
    expect(summary).to_have_text("1 line as a table")
    page.get_by_label("Told since").fill("2026-01-01")
    expect(page).to_have_url(re.compile("since=2026-01-01"))
    page.reload()
    expect(page.locator(".graph-notice")).to_contain_text("Nothing is left")
    page.get_by_role("button", name="Clear").click()
    expect(summary).not_to_have_text("1 line as a table")
    expect(page).to_have_url(re.compile(r"\?tab=network$"))


def test_no_name_lies_over_another(visit: Visit) -> None:
    drawn = visit("/").evaluate(_NAMES)
    assert [name for name, _, _ in drawn] == ["chosen's", "right", "left", "below", "above", "far right"]
    places = {name: (left, middle) for name, left, middle in drawn}
    assert places["left"][0] < 300 < places["right"][0] and places["above"][1] < 100 < places["below"][1]
    assert places["far right"][0] + 90 < 990
    assert places["chosen's"][1] > 510  # out of the frame of what is selected


def test_by_arrow_keys_from_node_to_node(visit: Visit) -> None:
    page = visit("/entity/pentagon?tab=network")
    selection = page.locator(".graph-selection")
    expect(selection.locator("h3")).to_have_text("Pentagone")
    page.locator(".graph-stage").focus()
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        if selection.locator("h3").inner_text() == "Pentagone":
            page.keyboard.press(key)
    expect(selection.locator("h3")).not_to_have_text("Pentagone")
    lines = page.locator(".graph-table summary").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".graph-table summary")).not_to_have_text(lines)
    page.keyboard.press("o")
    expect(page.locator("h1")).not_to_have_text("Pentagone")


def test_what_is_no_fact_is_told_apart_and_filtered(visit: Visit) -> None:
    page = visit("/entity/vallee?tab=network")
    page.locator(".graph-table summary").click()
    rows = page.locator(".graph-rows tbody tr")
    expect(rows.filter(has_text="denied")).to_contain_text("Pentagone")
    page.get_by_label("Standing").select_option("denied")
    expect(rows).to_have_count(1)
    page.get_by_label("Told since").fill("2026-01-01")
    expect(page.locator(".graph-notice")).to_contain_text("Nothing is left")
    page.get_by_role("button", name="Clear").click()
    expect(rows.nth(3)).to_be_attached()


def test_filters_ask_the_server_where_it_had_more(visit: Visit) -> None:
    page = visit("/entity/grand-union?tab=network")
    expect(page.locator(".graph-notice")).to_contain_text("230")
    with page.expect_response(lambda response: "/api/neighbours" in response.url) as asked:
        page.get_by_label("Told since").fill("2025-02-01")
    assert "since=2025-02-01" in asked.value.url
    expect(page.locator(".graph-notice")).to_contain_text("Nothing is left")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".graph-notice")).to_contain_text("230")


def test_without_webgl_there_is_the_table(visit: Visit, site: str) -> None:
    page = visit("/")
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(f"{site}/entity/pentagon?tab=network")
    expect(page.locator(".graph-blind")).to_contain_text("table")
    page.locator(".graph-rows tbody tr", has_text="Sean Parnell").get_by_role("button", name="Words").click()
    expect(page.locator(".graph-selection mark")).to_have_text("Sean Parnell, porte-parole du Pentagone")


# ---------------------------------------------------------------- the query page


def test_a_form_fills_in_what_is_typed(visit: Visit) -> None:
    page = visit("/query")
    page.get_by_label("Questions that are ready").select_option("reports/about")
    page.get_by_label("An entity, by any of its names").fill("kovac")
    page.keyboard.press("Enter")
    rows = page.locator(".query-rows tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Vallée")
    expect(page).to_have_url(re.compile("ana-kovac"))  # a link that asks the same
    page.reload()
    expect(rows).to_contain_text("Vallée")
    page.get_by_label("Questions that are ready").select_option("reports/about")
    page.get_by_label("An entity, by any of its names").fill("nobody of that name")
    page.keyboard.press("Enter")
    expect(page.locator(".query-parameters .failure-said")).to_contain_text("nobody of that name")


def test_markup_is_text_and_no_link_is_a_script(visit: Visit) -> None:
    values = "VALUES ?link { <javascript:alert(1)> <https://example.org/x> ent:img }"
    page = ask(visit, f"SELECT ?link ?name {{ {values} ent:img skos:prefLabel ?name }}")
    cells = page.locator(".query-rows td")
    expect(cells).to_have_count(6)
    expect(cells.nth(1)).to_have_text(HOSTILE)
    links = page.locator(".query-rows a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    assert sorted(links) == ["/entity/img", "https://example.org/x"]
    page.get_by_role("tab", name="As it came").click()
    expect(page.locator(".query-results .CodeMirror")).to_contain_text("onerror")
    assert page.locator("img").count() == 0


def test_what_the_server_refuses_is_its_own_line(visit: Visit) -> None:
    page = ask(visit, "SELECT * { ?s ?p", excused=REFUSED)
    expect(page.locator(".query-results .failure-said")).to_contain_text("the query, line 1")
    expect(page.locator(".query-downloads button")).to_have_count(0)


def test_yes_and_nothing_are_said(visit: Visit) -> None:
    page = ask(visit, "ASK { ent:sean-parnell kg:spokespersonOf ent:pentagon }")
    expect(page.locator(".query-verdict")).to_have_text("Yes.")
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('CONSTRUCT WHERE { ?s kg:nothing ?o }')")
    page.get_by_role("button", name="Run").click()
    expect(page.locator(".empty")).to_contain_text("No rows")


def test_terms_and_prefixes_are_completed(visit: Visit) -> None:
    page = visit("/query", locale="fr-FR")
    page.locator(".query-editor .CodeMirror").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * { ?s kg:porte")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hint-active")).to_contain_text("kg:spokespersonOf")
    page.keyboard.press("Enter")
    page.keyboard.type(" ?o }")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".query-rows tbody tr")).to_contain_text("ent:pentagon")
    expect(page.locator(".query-editor")).to_contain_text("PREFIX kg: <https://w3id.org/dateline/ns#>")


def test_things_are_called_by_their_names_beside_their_iris(visit: Visit) -> None:
    page = ask(visit, "SELECT * { ?who kg:spokespersonOf ?of BIND(kg:spokespersonOf AS ?how) }")
    row = page.locator(".query-rows tbody tr")
    expect(row).to_contain_text("Sean Parnell ent:sean-parnell")
    expect(row).to_contain_text("spokesperson of kg:spokespersonOf")


def test_questions_are_asked_in_french(visit: Visit) -> None:
    page = visit("/query", locale="fr-FR")
    page.get_by_label("Questions toutes prêtes").select_option("reports/who-said-what")
    expect(page.locator(".query-catalogue option:checked")).to_contain_text("Qui a dit quoi")
    page.get_by_label("Qui parle").fill("parnell")
    page.keyboard.press("Enter")
    expect(page.locator(".query-rows")).to_contain_text("Sean Parnell")


def test_triples_come_as_turtle(visit: Visit) -> None:
    page = ask(visit, "CONSTRUCT WHERE { ?s kg:spokespersonOf ?o }")
    expect(page.locator(".query-rows tbody tr")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("button", name="TTL").click()
    assert "kg:spokespersonOf" in download.value.path().read_text()


def test_words_are_nodes_too(visit: Visit) -> None:
    page = ask(visit, "SELECT ?source ?target { ?source skos:prefLabel ?target FILTER(?source = ent:pentagon) }")
    page.get_by_role("tab", name="Graph").click()
    page.locator(".graph-table summary").click()
    expect(page.locator(".graph-rows tbody tr")).to_contain_text("Pentagone")


def test_a_packaged_network_is_drawn_with_the_names_of_its_nodes(visit: Visit) -> None:
    page = visit("/query?name=networks/relations")
    expect(page.locator(".query-rows")).to_contain_text("ent:pentagon")
    page.get_by_role("tab", name="Graph").click()
    page.locator(".graph-table summary").click()
    page.locator("select[name=relation]").select_option(label="spokesperson of (1)")
    expect(page.locator(".graph-rows tbody tr")).to_contain_text("Sean Parnell")
    expect(page.locator(".graph-legend")).to_contain_text("person")
