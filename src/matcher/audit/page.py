"""An audit as one HTML page with its plots inside: no script, no font, no picture from anywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from matcher.audit.figures import LIMITS, Audit, Curve, RateTable
from matcher.audit.screen import HEADERS, cells, four_fifths, heading, notes, summary
from matcher.reports.safe import one_line

# Okabe and Ito's palette, told apart by readers of every kind of colour vision; dashes say the same again.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
_DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 4", "10 4", "4 2 1 2")
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
table{border-collapse:collapse;margin:.5rem 0}caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{padding:.25rem .6rem;border-bottom:1px solid #ccc;text-align:right}
th:first-child,td:first-child,th:last-child,td:last-child{text-align:left}
svg{max-width:100%;height:auto}.limits{border-left:4px solid #d55e00;padding-left:1rem}
""".strip()
_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 640, 280, 48, 36, 12


def audit_page(audit: Audit) -> str:
    """The page."""
    parts = [_paragraphs(summary(audit))]
    for table in (*audit.selection, *audit.scoring):
        parts.append(_table(table))
    if audit.selection:
        parts.append("<h2>Four-fifths rule, 29 CFR 1607.4(D)</h2>")
        parts.append(_list(four_fifths(audit)))
    parts.append("<h2>New York City Local Law 144, 6 RCNY 5-301</h2>")
    if audit.local_law.reason:
        parts.append(_paragraphs([f"Not made: {audit.local_law.reason}."]))
    for table in (*audit.local_law.scoring, *audit.local_law.selection):
        parts.append(_table(table))
    parts.append("<h2>Over all thresholds</h2>")
    for curve in audit.curves:
        parts.append(_plots(curve))
    parts.append(f'<h2>What this does not establish</h2><p class="limits">{escape(LIMITS)}</p>')
    body = "\n".join(parts)
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Audit by groups</title>\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<style>{_STYLE}</style></head>\n<body>\n<h1>Audit by groups</h1>\n{body}\n</body>\n</html>\n"
    )


def _paragraphs(lines: Iterable[str]) -> str:
    return "\n".join(f"<p>{escape(line)}</p>" for line in lines)


def _list(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def _table(table: RateTable) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in HEADERS)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(value)}</td>" for value in cells(group)) + "</tr>" for group in table.groups
    )
    caption = escape(heading(table))
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" + _list(
        notes(table)
    )


def _plots(curve: Curve) -> str:
    rates = [
        (name, [(at, row[index]) for at, row in zip(curve.thresholds, curve.rates, strict=True)])
        for index, name in enumerate(curve.groups)
    ]
    ratios = [(at, ratio) for at, ratio in zip(curve.thresholds, curve.ratios, strict=True) if ratio is not None]
    attribute = one_line(curve.attribute)
    by = escape(attribute)
    return (
        f"<h3>{by}</h3>"
        + _plot(f"Selection rate by {attribute}, at each threshold", rates)
        + _plot(f"Lowest impact ratio by {attribute}, at each threshold", [("lowest", ratios)], mark=0.8)
    )


def _plot(title: str, lines: Sequence[tuple[str, Sequence[tuple[float, float]]]], mark: float | None = None) -> str:
    """Steps over thresholds from 0 to 100 and shares from 0 to 1."""
    legend = 20 * len(lines) if mark is None else 0
    height = _HEIGHT + legend
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img"'
        f' aria-label="{escape(title, quote=True)}" font-size="12" font-family="system-ui,sans-serif">',
        f"<title>{escape(title)}</title>",
    ]
    for share in (0, 0.25, 0.5, 0.75, 1):
        parts.append(_rule(share, "#ddd"))
        parts.append(f'<text x="{_LEFT - 6}" y="{_y(share) + 4:.1f}" text-anchor="end">{share:g}</text>')
    for threshold in range(0, 101, 20):
        place = f'x="{_x(threshold):.1f}" y="{_HEIGHT - _BOTTOM + 16}"'
        parts.append(f'<text {place} text-anchor="middle">{threshold}</text>')
    parts.append(f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 4}" text-anchor="middle">threshold</text>')
    if mark is not None:
        parts.append(_rule(mark, "#d55e00", "4 3"))
        parts.append(f'<text x="{_WIDTH - 4}" y="{_y(mark) - 4:.1f}" text-anchor="end">four fifths</text>')
    for index, (name, points) in enumerate(lines):
        colour, dash = _COLOURS[index % len(_COLOURS)], _DASHES[index % len(_DASHES)]
        stroke = f'fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash or "none"}"'
        parts.append(f'<path d="{_steps(points)}" {stroke}/>')
        if mark is None:
            y = _HEIGHT + 14 + 20 * index
            parts.append(
                f'<path d="M{_LEFT} {y - 4}h28" {stroke}/>'
                f'<text x="{_LEFT + 36}" y="{y}">{escape(one_line(name))}</text>'
            )
    return "".join(parts) + "</svg>"


def _steps(points: Sequence[tuple[float, float]]) -> str:
    """At a threshold that is a score the people with it are still in: the step down comes behind it."""
    return "".join(
        f"V{_y(share):.1f}H{_x(at):.1f}" if index else f"M{_x(at):.1f} {_y(share):.1f}"
        for index, (at, share) in enumerate(points)
    )


def _x(threshold: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - 8) * threshold / 100


def _y(share: float) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - share)


def _rule(share: float, colour: str, dash: str = "none") -> str:
    y = f"{_y(share):.1f}"
    return f'<path d="M{_LEFT} {y}H{_WIDTH - 8}" stroke="{colour}" stroke-dasharray="{dash}"/>'
