"""Job pages as they are saved: each with the lines that are its posting, and words of what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

POSTING = (
    "Machine Learning Engineer",
    "About the role",
    "You will train ranking models and bring them into production with a team of six.",
    "What you will do",
    "Design features and training pipelines in Python",
    "Run models on Kubernetes",
    "What you bring",
    "5+ years of Python",
    "PyTorch or JAX",
    "SQL",
    "Nice to have",
    "Go",
    "Benefits",
    "30 days of leave, and a budget for conferences",
)
AROUND = (
    "Find jobs", "Sign in", "We use cookies", "Accept all", "Similar jobs", "Java Developer", "Scrum Master",
    "Frontend Engineer", "Privacy notice", "Share this job", "Subscribe to job alerts", "Rust",
)  # fmt: skip


@dataclass(frozen=True)
class JobPage:
    """A page, the lines that it should be read as, and words that should not be among them."""

    name: str
    html: str
    wanted: tuple[str, ...] = POSTING
    unwanted: tuple[str, ...] = AROUND


def _listed(items: tuple[str, ...], tag: str = "ul") -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


_TITLE, _ROLE, _SUMMARY, _DO, *_REST = POSTING
_TASKS, _BRING, _MUST, _NICE, _MAY = POSTING[4:6], POSTING[6], POSTING[7:10], POSTING[10], POSTING[11:12]
_BENEFITS, _LEAVE = POSTING[12:14]
_TEXT = (
    f"<h2>{_ROLE}</h2><p>{_SUMMARY}</p><h2>{_DO}</h2>{_listed(_TASKS)}<h2>{_BRING}</h2>{_listed(_MUST)}"
    f"<h2>{_NICE}</h2>{_listed(_MAY)}<h2>{_BENEFITS}</h2><p>{_LEAVE}</p>"
)
_LINKS = tuple(f'<a href="/{place}">{text}</a>' for place, text in enumerate(AROUND[5:8]))


def job_pages() -> list[JobPage]:
    """The pages, from well-marked ones to such as mark nothing."""
    semantic = (
        f"<!doctype html><html><head><title>{_TITLE} - Tallow Mill</title></head><body><header><nav>"
        f"{_listed(('<a href=/>Find jobs</a>', '<a href=/in>Sign in</a>'))}</nav></header>"
        f'<div id="cookie-consent"><p>We use cookies</p><button>Accept all</button></div>'
        f"<main><h1>{_TITLE}</h1>{_TEXT}</main><aside><h3>Similar jobs</h3>{_listed(_LINKS)}</aside>"
        "<footer><p>Privacy notice</p><p>Subscribe to job alerts</p></footer></body></html>"
    )
    divs = (
        '<html><body><div class="navbar"><a href="/">Find jobs</a> <a href="/in">Sign in</a></div>'
        f'<div class="wrap"><div class="job-title">{_TITLE}</div><div class="description">'
        f"<p><strong>{_ROLE}</strong></p><p>{_SUMMARY}</p><p><b>{_DO}</b></p>{_listed(_TASKS)}<p><b>{_BRING}</b></p>"
        f"{_listed(_MUST)}<p><b>{_NICE}</b></p>{_listed(_MAY)}<p><b>{_BENEFITS}</b></p><p>{_LEAVE}</p></div>"
        f'<div class="related-jobs"><h4>Similar jobs</h4><div>{"</div><div>".join(_LINKS)}</div></div>'
        '<div class="share">Share this job</div></div><div class="cookie-banner">We use cookies <a>Accept all</a></div>'
        '<div class="footer">Privacy notice</div></body></html>'
    )
    unnamed = (
        f'<html><body><div><div><a href="/">Find jobs</a></div><div><a href="/in">Sign in</a></div><div>'
        f'<a href="/n">Subscribe to job alerts</a></div></div><div><div><h1>{_TITLE}</h1>{_TEXT}</div><div><h3>'
        f'<a href="/all">Similar jobs</a></h3>{"".join(f"<p>{link}</p>" for link in _LINKS)}</div></div>'
        '<div><p><a href="/p">Privacy notice</a></p><p><a href="/i">Imprint</a></p><p><a href="/t">Terms</a></p></div>'
        "</body></html>"
    )
    broken = [_ROLE, _SUMMARY, "", _DO, *(f"- {item}" for item in _TASKS), "", _BRING, *(f"- {item}" for item in _MUST)]
    broken += ["", _NICE, *(f"- {item}" for item in _MAY), "", _BENEFITS, _LEAVE]
    breaks = (
        f'<html><body><ul class="nav-menu"><li><a href="/">Find jobs</a><li><a href="/in">Sign in</a></ul>'
        f"<article><h1>{_TITLE}</h1><div>{'<br>'.join(broken)}</div></article>"
        '<section class="newsletter">Subscribe to job alerts</section></body></html>'
    )
    hidden = semantic.replace("<h2>Nice", '<p style="display:none">Rust</p><h2>Nice').replace(
        "</head>", "<style>.off{visibility:hidden}</style></head>"
    )
    tables = (
        f'<html><body><table><tr><td><a href="/">Find jobs</a></td><td><a href="/in">Sign in</a></td></tr></table>'
        f"<table><tr><td><h1>{_TITLE}</h1>{_TEXT}</td><td class=sidebar><b>Similar jobs</b><br>{'<br>'.join(_LINKS)}"
        '</td></tr></table><p class="footer">Privacy notice</p></body></html>'
    )
    short = tuple(line for line in POSTING if line not in (_BENEFITS, _LEAVE))
    modal = semantic.replace(f"<h2>{_BENEFITS}</h2><p>{_LEAVE}</p>", "").replace(
        "<main>", '<div role="dialog"><p>Subscribe to job alerts</p><p>Share this job</p></div><main>'
    )
    return [
        JobPage("semantic", semantic), JobPage("divs with classes", divs), JobPage("divs without", unnamed),
        JobPage("line breaks", breaks), JobPage("hidden words", hidden), JobPage("layout tables", tables),
        JobPage("a dialog", modal, short),
    ]  # fmt: skip
