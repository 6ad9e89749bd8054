"""Readings in, a dataset out: the contract's graph, its Turtle record, its index, and answers to questions."""
