"""How a command finds the digest that is named to it, and what it says if there is none or several."""

from difflib import get_close_matches

from bot.cli.problems import UsageProblem
from storage.database import Transaction
from storage.finding import FoundDigest, digests_like, find_digests, newest_digests

# Suggestions, and the digests among whose names is looked for one that is much like what was typed.
_NEAREST, _RECENT = 5, 2000


async def the_digest(tx: Transaction, named: str, *, source: str | None) -> FoundDigest:
    """Give the digest with this id, path or permalink; UsageProblem says what to type instead."""
    found = await find_digests(tx, named, source=source)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageProblem("\n".join([f"{named}: several digests; type one of", *map(_suggestion, found)]))
    nearest = await digests_like(tx, named, limit=_NEAREST) or await _alike(tx, named)
    where = "" if source is None else f" in the source {source}"
    what = f"{named}: no digest{where} has this id, path or permalink"
    if not nearest:
        raise UsageProblem(f"{what}; digest-bot deliveries lists the last ones")
    raise UsageProblem("\n".join([f"{what}; the nearest are", *map(_suggestion, nearest)]))


async def _alike(tx: Transaction, named: str) -> list[FoundDigest]:
    names: dict[str, FoundDigest] = {}
    for digest in await newest_digests(tx, limit=_RECENT):
        for name in (digest.path, digest.title, digest.permalink):
            names.setdefault(name or digest.path, digest)
    return list({names[name].id: names[name] for name in get_close_matches(named, names, n=_NEAREST)}.values())


def _suggestion(digest: FoundDigest) -> str:
    # The id is short, and needs no source.
    return f"  --digest {digest.id}  {digest.source}: {digest.path}  {digest.title}"
