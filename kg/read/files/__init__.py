"""Paths in, the bytes of the files behind them out: found, opened wherever they stand, unpacked, within limits."""
