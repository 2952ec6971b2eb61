"""Reading what files hold out of a clone, as git stored it: nothing of the repository can act on the way."""

import subprocess
import threading
import weakref
from contextlib import suppress
from datetime import timedelta

from bot.sources.git_program import GitProgram
from bot.sources.git_tree import Blob, Damaged

_PATIENCE = timedelta(minutes=1)


class Blobs:
    """One `git cat-file` for many files, begun with the first, and ended by `close` at the latest with its owner."""

    def __init__(self, program: GitProgram) -> None:
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def read(self, blob: Blob) -> bytes:
        """Give what *blob* holds; raise Damaged if git cannot. Blocks."""
        with self._turn:
            try:
                return self._read(blob)
            except (OSError, Damaged) as error:
                self._end()
                raise Damaged(f"{blob.id} cannot be read") from error

    def close(self) -> None:
        """End the process; the next read begins another. Blocks while somebody reads."""
        with self._turn:
            self._end()

    def _read(self, blob: Blob) -> bytes:
        if self._process is None:
            self._process = self._start()
        process = self._process
        assert process.stdin and process.stdout  # noqa: S101, PT018 -- they are pipes
        watch = threading.Timer(_PATIENCE.total_seconds(), process.kill)
        watch.start()
        try:
            process.stdin.write(f"{blob.id}\n".encode())
            process.stdin.flush()
            if process.stdout.readline() != f"{blob.id} blob {blob.size}\n".encode():
                raise Damaged(blob.id)
            # Each ends with a line end that is none of it.
            content = process.stdout.read(blob.size + 1)[:-1]
        finally:
            watch.cancel()
        if len(content) != blob.size:
            raise Damaged(blob.id)
        return content

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603 -- git, told what to read by its own names
            self._program.command("cat-file", "--batch"),
            env=self._program.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # An interrupt from the terminal is for digest-bot.
            start_new_session=True,
        )
        self._ended = weakref.finalize(self, _end, process)
        return process

    def _end(self) -> None:
        if self._process is not None:
            self._process = None
            self._ended()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    with suppress(OSError):
        process.communicate()
