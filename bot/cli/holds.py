"""Why a fan-out is held, and what an operator can do about it."""

# By the `hold` of the fan-out.
HOLDS = {
    "counting": "the look that brought it is not done, and may bring too many; it goes on by itself",
    "many": "too many came in one look; operators decide by the buttons that the bot sent them, or with publish",
    "canary": "operators get it first; it goes on within a minute or so",
    "refused": "Telegram refused the text; mend the file, or decide by the buttons that the bot sent to operators",
}
# Those that wait for a person; the others end by themselves.
NEEDING_SOMEBODY = ("many", "refused")
