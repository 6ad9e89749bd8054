"""A page of the web: its tree, what it states about itself, and the text of the article in it."""
