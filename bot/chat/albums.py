"""The albums of which the first picture was taken: Telegram brings each of the others as a message of its own."""

from collections import OrderedDict

_KEPT = 100


class Albums:
    """Known in memory, for a moment is enough: after a restart the worst is that another picture is taken too."""

    def __init__(self) -> None:
        self._last: OrderedDict[int, str] = OrderedDict()

    def begin(self, chat_id: int, album: str) -> None:
        """Remember which one began last in the chat."""
        self._last[chat_id] = album
        self._last.move_to_end(chat_id)
        if len(self._last) > _KEPT:
            self._last.popitem(last=False)

    def has_begun(self, chat_id: int, album: str | None) -> bool:
        """Say whether something of this *album* came before; None: it is of none."""
        return album is not None and self._last.get(chat_id) == album
