"""`digest-bot run`: the bot itself."""

import asyncio
import gc
import sys

from bot.app import run as serve
from bot.clock import SystemClock
from bot.load_settings import load_settings
from bot.log import set_up_log


def run() -> None:
    """Watch the sources and serve readers, until told to stop (Ctrl-C or SIGTERM).

    Needs DIGEST_BOT_TOKEN, and DIGEST_BOT_SOURCE or sources in digest-bot.toml; `digest-bot status` says how it fares.
    """
    settings = load_settings()
    set_up_log(token=settings.token.get_secret_value() if settings.token else None)
    # What is loaded by now stays. Each full collection would go through all of it, 50 ms in which nobody is answered.
    gc.collect()
    gc.freeze()
    # A thread that stores or lays out a large digest keeps Python to itself for so long each time, 5 ms by default, and
    # an answer needs it some ten times: seen by people as a fifth of a second, which became less than a tenth.
    sys.setswitchinterval(0.0005)
    asyncio.run(serve(settings, clock=SystemClock()))
