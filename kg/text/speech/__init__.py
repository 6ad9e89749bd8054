"""Mentions in, reported speech out: who says what, by which words, directly or not.

What is said stands beside a verb of speech (`verbs`), after words of attribution or below a noun of speech
(`attributions`), or in quotation marks alone (`quotes`); `sources` tells who says it and `contents` where it ends.
"""

from kg.text.speech.quotations import find_quotations, speaker_at

__all__ = ["find_quotations", "speaker_at"]
