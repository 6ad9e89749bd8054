"""The command `kg`: arguments in; data on standard output, notes and one-line errors on standard error, a status out.

0: all went well; 1: some articles were skipped; 2: the command could not run; 130: it was interrupted; 143: it was told
to end.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from kg.cli import export, identity, inferring, ingesting, keeping, plot, pushing, serving, trust, watching  # noqa: F401 -- which add their commands
from kg.cli.commands import commands
from kg.cli.stopping import Stopped
from kg.errors import KGError

__all__ = ["main"]

_COULD_NOT_RUN, _INTERRUPTED, _NOBODY_READS = 2, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, by default that of the shell, and give its exit status."""
    try:
        with commands.make_context("kg", list(sys.argv[1:] if arguments is None else arguments)) as context:
            status = commands.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return _COULD_NOT_RUN
    except Stopped as stopped:
        return stopped.status
    except (KeyboardInterrupt, click.Abort):
        return _INTERRUPTED
    except BrokenPipeError:
        # the reader has seen enough (`| head`); what is still buffered must not raise once more on the way out
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _NOBODY_READS
    except KGError as error:
        return _failed(str(error))
    except OSError as error:  # a full disk, a file that may not be written
        return _failed(f"{error.filename or 'the output'}: {error.strerror or error}")
    return int(status or 0)


def _failed(message: str) -> int:
    line = "".join(letter if letter.isprintable() else " " for letter in message)
    print("kg:", " ".join(line.split()), file=sys.stderr)
    return _COULD_NOT_RUN
