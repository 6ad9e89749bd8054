"""Rows of a query in, networks, files of networks and pictures of them out."""
