"""One update as Telegram tells it becomes one of python-telegram-bot's, or a line in the log."""

from typing import Any

import structlog
from telegram import Bot, Update

_log = structlog.get_logger()


def decode(raw: dict[str, Any], telegram_bot: Bot) -> Update | None:
    """Read one update; None, having said so, if it is of an unknown kind or cannot be read."""
    kinds = sorted(raw.keys() - {"update_id"})
    if not set(kinds).intersection(Update.ALL_TYPES):
        _log.warning("skipped an update of an unknown kind", update=raw["update_id"], kinds=kinds)
        return None
    try:
        return Update.de_json(raw, telegram_bot)
    # Whatever python-telegram-bot stumbles over, the next update may be sound.
    except Exception as error:  # noqa: BLE001
        _log.error("skipped an update that cannot be read", update=raw["update_id"], kinds=kinds, reason=repr(error))
        return None
