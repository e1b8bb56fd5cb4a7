"""Shows the first screen while the library that runs it is still being imported, and lets no key be lost meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TextIO

import click

from advisor.terminal.frames import Line

try:
    import termios
except ImportError:  # Windows: nothing is painted early there
    _POSIX = False
else:
    _POSIX = True
_INPUT_FLAGS, _LOCAL_FLAGS = 0, 3


@contextmanager
def quiet_keys(stdin: TextIO) -> Iterator[None]:
    """Keep what is typed from showing, so that keys pressed between two screens wait for the next one."""
    if not _POSIX:
        yield
        return
    descriptor = stdin.fileno()
    before = termios.tcgetattr(descriptor)
    quiet = termios.tcgetattr(descriptor)
    quiet[_INPUT_FLAGS] &= ~termios.ICRNL  # so that Enter stays what the screens take for Enter
    quiet[_LOCAL_FLAGS] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(descriptor, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        with suppress(termios.error):  # the window may be closed by now
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


@contextmanager
def painted(lines: Sequence[Line], stdout: TextIO) -> Iterator[None]:
    """The lines stand on the screen while the work inside is done, and are then wiped."""
    if not _POSIX:
        yield
        return
    click.echo("\n".join(text for _, text in lines), file=stdout)
    try:
        yield
    finally:
        click.echo(f"\x1b[{len(lines)}A\r\x1b[J", nl=False, file=stdout)
