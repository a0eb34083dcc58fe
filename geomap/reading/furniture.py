"""Recognises what a site puts around an article: links, invitations, notices, comment rules, bylines, credits."""

from __future__ import annotations

import re

_COMMENTS = re.compile(
    r"\W{0,5}(?:(?:post|leave|add|write) (?:a|your) comment|(?:\d+ )?comments?(?: \(\d+\))?|"
    r"join the (?:conversation|discussion))\W{0,5}",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_LINKS = (
    r"(?:read|see|learn|find out|discover) more\b",
    r"(?:also|more to) read\b|read (?:also|next|the full)\b|see also\b|click here\b|skip to\b",
    r"related(?: (?:stor(?:y|ies)|articles?|news|topics?|content|links?|coverage|posts?))? *(?::|$)",
    r"(?:more|latest|top|trending|popular|recommended) (?:on|from|stories|news|articles|for you)\b[^.]*$",
    r"(?:most (?:read|viewed|popular)|must reads?|trending|recommended|advertisement|sponsored|share|print)\W*$",
    r"(?:tags?|topics?|keywords?|filed under|categor(?:y|ies)|watch|listen) *:",
)
_INVITATIONS = (
    r"subscribe(?: (?:to|now|for|today|here)\b|\W*$)|sign (?:up|in)\b|log in\b|newsletter\W*$|get the latest\b",
    r"(?:follow|like|find|join) us\b|share (?:this|on|via)\b|(?:download|get) (?:our|the) (?:\S+ )?app\b",
    r"follow \S+(?: \S+){0,3} on (?:twitter|x|facebook|telegram|instagram|whatsapp)\b",
)
_NOTICES = (
    r"copyright\b|©|\(c\) |(?:terms of (?:use|service)|privacy (?:policy|notice)|cookie (?:policy|settings|notice))\b",
    r"(?:we|this (?:web)?site|our (?:web)?site) uses? cookies\b|(?:accept|reject|manage) (?:all )?cookies\b",
    r"by continuing to (?:use|browse)\b|(?:the )?views expressed\b|our standards\s*:",
    r"this (?:article|story|report) (?:was|has been) (?:first |originally )?(?:published|updated|corrected|translated)",
)
_TIMES = (
    r"(?:last )?(?:updated|published|posted|modified) *(?::|on\b|at\b|\d).{0,50}$",
    r"\d+ (?:min(?:ute)?s? read|(?:minutes?|hours?|days?) ago)\W*$",
    r"(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})(?:\W+[\d:]+)?[^.]{0,20}$",
    rf"(?:[a-z]+day,? )?(?:{_MONTH} \d{{1,2}},?|\d{{1,2}} {_MONTH},?) \d{{4}}\b[^.]{{0,40}}$",
)
_BOILERPLATE = re.compile(rf"\W{{0,5}}(?:{'|'.join(_LINKS + _INVITATIONS + _NOTICES + _TIMES)})", re.IGNORECASE)
_BYLINE = re.compile(r"By (?:[A-Z][\w.'’-]*,? (?:(?:and|in|of|for) )?){0,9}[A-Z][\w'’-]*")
_CREDIT = re.compile(
    r"\W{0,3}(?i:(?:additional )?(?:reporting|writing|editing|translation|translated|compiled|edited|written) by) "
    r"[A-ZÀ-Þ]"
)
_CONTRIBUTED = re.compile(r"\bcontributed (?:reporting )?(?:to|from) (?:this|the) (?:article|report|story|dispatch)\b")
_REPORTED_FROM = re.compile(r"(?:[A-Z][\w.'’-]+,? (?:and )?){2,6}reported from [A-Z][\w ,.'’-]{2,60}")
_RIGHTS = re.compile(r"\b[Aa]ll [Rr]ights [Rr]eserved\b")
_LONGEST_COMMENTS_LINE = 40
_LONGEST_NOTICE = 400
_LONGEST_CREDIT = 500


def is_comments_line(paragraph: str) -> bool:
    """Tell whether a paragraph is the bare line above readers' comments."""
    return len(paragraph) <= _LONGEST_COMMENTS_LINE and _COMMENTS.fullmatch(paragraph) is not None


def is_boilerplate(paragraph: str) -> bool:
    """Tell whether a paragraph is the site's own: a link, a notice, an invitation, a byline, a time of publication."""
    if len(paragraph) > _LONGEST_NOTICE:
        return False
    return _BOILERPLATE.match(paragraph) is not None or _BYLINE.fullmatch(paragraph) is not None


def is_credit(sentence: str) -> bool:
    """Tell whether a sentence of the body only says who wrote the article or owns it."""
    if len(sentence) > _LONGEST_CREDIT:
        return False
    return (
        _CREDIT.match(sentence) is not None
        or ("reported from" in sentence and _REPORTED_FROM.fullmatch(sentence) is not None)
        or ("contributed" in sentence and _CONTRIBUTED.search(sentence) is not None)
        or ("eserved" in sentence and _RIGHTS.search(sentence) is not None)
    )
