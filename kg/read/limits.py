"""How much of anything is taken in: what passes a limit is one error, and never a full memory or an endless run."""

from __future__ import annotations

MB = 1 << 20

ARTICLE = 1_000_000  # code points of a text: what spaCy's models take at once (Language.max_length)
RECORD = 32 * MB  # bytes of a line, a record or a document: many times the longest article in UTF-8, entities and all
LINE = 16 * MB  # bytes of a line or an object of JSON: all of an article's code points may stand there as \\u1234
IDENTIFIER = 1_000  # characters of an id: an address is hardly longer, and it has to be shown

# What is unpacked may be 200 times as large as it is packed: text is packed to a quarter, pages of a template to a
# fiftieth, and DEFLATE makes 1032 of 1 at most, which only a bomb does. Small files may do what they like.
UNPACKED_FREELY = 64 * MB
RATIO = 200
DEPTH = 3  # packed in packed in packed: a .warc.gz in a .zip is two
WINDOW = 1 << 27  # bytes that Zstandard may look back, and so keeps: what `zstd --long` writes
DIRECTORY = 32 * MB  # bytes of a zip file's table of contents, which is read as a whole: some 300,000 files

HEAD = 8192  # bytes in which a format shows
COPIED = 4096 * MB  # bytes of a pipe, or of what is packed, that are copied so: the disk has an end, a pipe has none
COPY = 8 * MB  # bytes of a file that is copied to be read back and forth; beyond, the copy is on the disk
