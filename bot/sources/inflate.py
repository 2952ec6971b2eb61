"""Take out what a server packed, without ever holding more than was asked for."""

import zlib


class NotPacked(Exception):
    """The bytes are not packed as they are said to be."""


class Inflater:
    """Unpacks `gzip` and `deflate`, chunk by chunk, up to *most* bytes in all; `full` tells that there was more.

    A bomb of a few kilobytes holds gigabytes, so what comes out is bounded at each call, not counted afterwards.
    """

    def __init__(self, most: int) -> None:
        self._left = most + 1
        self._machine = _gzip_or_zlib()
        self._begun = False

    @property
    def full(self) -> bool:
        """Whether more than *most* bytes came out."""
        return self._left <= 0

    def take(self, chunk: bytes) -> bytes:
        """Unpack *chunk*; raise NotPacked if that cannot be done."""
        pieces = []
        while chunk and not self.full:
            try:
                piece = self._machine.decompress(chunk, self._left)
            except zlib.error as error:
                if self._begun:
                    raise NotPacked from error
                # Some servers leave away the frame that RFC 9110 (8.4.1.2) asks for.
                self._machine = zlib.decompressobj(-zlib.MAX_WBITS)
                self._begun = True
                continue
            self._begun = True
            pieces.append(piece)
            self._left -= len(piece)
            chunk = self._machine.unconsumed_tail
            if self._machine.eof:
                # A gzip file may be several, one after the other.
                chunk = self._machine.unused_data
                self._machine = _gzip_or_zlib()
        return b"".join(pieces)


def _gzip_or_zlib() -> "zlib._Decompress":
    return zlib.decompressobj(zlib.MAX_WBITS | 32)
