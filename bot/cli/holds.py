"""Why a fan-out is held, and what an operator can do about it."""

# By the `hold` of the fan-out; the bot itself ends those that an operator need not.
HOLDS = {
    "counting": "the look that brought it is not done; it goes on by itself",
    "many": "it came with more digests than are sent unasked; operators were asked",
    "canary": "operators get it first; it goes on within a minute",
    "refused": "Telegram refused its text when operators got it; mend the file, or let it go as it is",
}
# Those that wait for a person.
NEEDING_SOMEBODY = ("many", "refused")
