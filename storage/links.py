"""Tell which links lead to the same story, and where among links in order the like of one stand: pure."""

import re

_TRACKING = re.compile(
    r"(?:utm_[a-z_]+|fbclid|gclid|dclid|msclkid|yclid|igshid|igsh|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|ref_src"
    r"|ref_url|spm_id_from|vd_source|share_token|share_source|xsec_token|xsec_source)(?:=.*)?"
    # These may well name one of several pages, such as a branch; not where they name a site that linked there, or a
    # place on the page before (`a2c4g.11186623.0.0`).
    r"|ref=(?:(?:[a-z0-9-]+\.)*[a-z0-9-]*[a-z][a-z0-9-]*\.[a-z]{2,}|hn|hackernews|producthunt|twitter|rss|feed"
    r"|newsletter|share|)"
    r"|spm=[a-z0-9_-]*\.[^/]*",
    re.IGNORECASE | re.DOTALL,
)
# Others may well be another story on the same page: a list of changes has one for each version.
_IDLE_FRAGMENT = re.compile(r"(?:rd|wechat_redirect|top|comments|:~:.*|utm_.*)?", re.IGNORECASE | re.DOTALL)
# What follows it in the order of ASCII, so that it and all that goes on with it lie between the two.
_AFTER = {"?": "@", "&": "'", "#": "$"}
# No link has a blank or a control character.
_FIRST_OF_ALL = "!"


def same_story(link: str) -> str:
    """*link* without what makes it no other one: parameters that only track, an idle fragment, the last slash."""
    address, hash_, fragment = link.partition("#")
    path, _, query = address.partition("?")
    kept = [each for each in query.split("&") if each and not _TRACKING.fullmatch(each)]
    core = f"{path}?{'&'.join(kept)}" if kept else path.removesuffix("/")
    return core if not hash_ or _IDLE_FRAGMENT.fullmatch(fragment) else f"{core}#{fragment}"


def where_alike(link: str) -> list[tuple[str, str]]:
    """From where and up to where, that excluded, links of the same story stand among all in the order of their bytes.

    Among others. Not found are those in which a parameter that tracks stands before one that does not.
    """
    core = same_story(link)
    if "#" in core:
        return [_just(core), *([_just(link)] if link != core else [])]
    beginnings = [core] if "?" in core else [core, f"{core}/"]
    further = "&#" if "?" in core else "?#"
    ranges = [_just(link), *map(_just, beginnings)]
    ranges += [(f"{each}{sign}", f"{each}{_AFTER[sign]}") for each in beginnings for sign in further]
    return list(dict.fromkeys(ranges))


def _just(link: str) -> tuple[str, str]:
    return link, f"{link}{_FIRST_OF_ALL}"
