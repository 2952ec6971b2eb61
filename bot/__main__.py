"""`python -m bot` is `digest-bot`."""

from bot.cli import main

main()
