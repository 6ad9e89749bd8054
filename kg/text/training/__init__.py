"""Annotated articles in, a recogniser of names out that reads news as `kg.text.languages` loads it.

python -m kg.text.training winer.jsonl --test-from 2017-01-01        how well it reads articles of a later year
python -m kg.text.training winer.jsonl --out kg/text/languages/fr-ner    the one that is shipped
"""
