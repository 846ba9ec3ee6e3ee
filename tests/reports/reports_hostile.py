"""A resume that means harm: markup, scripts, template code, bidi controls, escapes, formulas, very long words."""

from __future__ import annotations

from dataclasses import replace

from matcher.model import MatchResult, Notice, Profile

RLO, ESC = "\N{RIGHT-TO-LEFT OVERRIDE}", "\x1b"
LONG = "W" * 4000
SCRIPT = "<script>window.pwned = 1</script>"
TITLE = f'"><svg onload="window.pwned = 2">{SCRIPT}{RLO}reenignE'
NOTICE = f"</p>{SCRIPT}<img src=x onerror='window.pwned = 3'>{ESC}[31m"

HOSTILE_RESUME = f"""
Mallory Backslash</title>{SCRIPT}

Summary

Engineer who used Python {SCRIPT} and PyTorch <b onmouseover="window.pwned = 4">bold</b> for ranking.
Kubernetes {{{{ 7 * 7 }}}} {{% raw %}} ${{7*7}} <!-- and --> ]]> Docker </style><style>body{{display:none}}</style>
Python {LONG}

Experience

Machine Learning Engineer, Acme [click](javascript:alert(1)) | Jan 2020 - Present

* =HYPERLINK("http://evil.example","Python") and +1+cmd|' /C calc'!A0 with PyTorch
* Spark &lt;script&gt; ![x](http://evil.example/x.png) https://evil.example/?q=Docker
"""


def hostile(result: MatchResult) -> MatchResult:
    """``result`` with what a reader would have cleaned put back: a report must not depend on who read the file."""
    return replace(result, resume=_hostile(result.resume))


def _hostile(profile: Profile) -> Profile:
    document = profile.document
    # At the end, so that all offsets before it hold.
    text = f"{document.text}\nPython{RLO}nohtyP{ESC}]0;title\x07\x00\u200b\U000e0041\ud800 {SCRIPT} {LONG}"
    document = replace(document, text=text, notices=(*document.notices, Notice("hidden-text", NOTICE)))
    roles = tuple(replace(role, title=TITLE, employer=TITLE) for role in profile.roles)
    return replace(profile, document=document, title=TITLE, roles=roles)
