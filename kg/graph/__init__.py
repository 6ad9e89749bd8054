"""Readings in, a dataset out: the contract's graph, its Turtle record, its index, and answers to questions.

`rdf.py`, with `terms.py` and `turtle.py`, makes the graph of an article; `store/` keeps it, `remote/` brings it to
other servers and asks them, `inference/` derives from it, `serving/` is what `kg serve` answers from. Whatever is asked
goes from `questions.py` by `queries.py` and `sparql.py` to an `answer.py`; `checking.py` says what is wrong.
"""
