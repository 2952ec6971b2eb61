"""Tell what only looks ahead to the items: a table of contents, the summary of the day."""

import re

from bot.digests.blocks import Block
from bot.digests.leads import link_in
from bot.digests.lists import is_contents
from bot.digests.sections import Section

# What books and papers call the pages before the first chapter, in the languages that digests are written in.
_NAMES = re.compile(
    r"summary|overview|contents|navigation|foreword|preface|editorial|at a glance|in brief|tl;?dr"
    r"|摘要|概要|概览|概覽|总览|總覽|综述|導讀|导读|导览|導覽|导航|導航|目录|目錄|前言|引言|卷首语|编者按|编辑寄语"
    r"|まとめ|要約|目次|はじめに|요약|목차|머리말"
    r"|sommaire|résumé|éditorial|resumen|índice|sumário|resumo|inhalt|überblick|übersicht|zusammenfassung|vorwort"
    r"|содержание|оглавление|обзор|итоги",
    re.IGNORECASE,
)
_MOST_WORDS = 3


def is_contents_alone(part: Section) -> bool:
    """Whether *part* is a table of contents and nothing else."""
    return all(map(is_contents, part.content)) and not part.parts


def is_preview(part: Section) -> bool:
    """Whether *part*, above the first item, is said by its name to sum up what comes; news of its own has a link."""
    if part.heading is None or part.parts or len(part.heading.text.text.split()) > _MOST_WORDS:
        return False
    return _NAMES.search(part.heading.text.text) is not None and not any(map(_has_link, part.content))


def _has_link(block: Block) -> bool:
    return link_in(block.text) is not None or any(map(_has_link, block.children))
