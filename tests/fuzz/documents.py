"""Sound documents of each format, made here, with everything in them that the readers look for."""

# ruff: noqa: E501 - markup reads best in lines of its own

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts; the same parts give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _paragraph(text: str, properties: str = "", run: str = "") -> str:
    return f'<w:p>{properties}<w:r>{run}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def _row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


_LISTED = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
_BODY = "".join(
    [
        _paragraph("Jo Ferrand", '<w:pPr><w:pStyle w:val="Title"/></w:pPr>'),
        f'<w:p><w:hyperlink r:id="rId9" xmlns:r="{_R}"><w:r><w:t>my code</w:t></w:r></w:hyperlink></w:p>',
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "mailto:jo@ferrand.example" '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>mail</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
        _paragraph("Skills", run="<w:rPr><w:b/></w:rPr>"),
        _paragraph("Built models in PyTorch", _LISTED),
        _paragraph("Ran them on Kubernetes", _LISTED),
        _paragraph("nobody sees this", run="<w:rPr><w:vanish/></w:rPr>"),
        _paragraph("nor this", run='<w:rPr><w:color w:val="FFFFFF"/><w:sz w:val="2"/></w:rPr>'),
        "<w:p><w:ins><w:r><w:t>Spark</w:t></w:r></w:ins><w:del><w:r><w:delText>Hadoop</w:delText></w:r></w:del></w:p>",
        "<w:tbl>"
        + _row(_paragraph("Tallow Mill") + _paragraph("Engineer"), _paragraph("2019 - 2022"))
        + _row("<w:tbl>" + _row(_paragraph("Python"), _paragraph("8 years")) + "</w:tbl><w:p/>", _paragraph("SQL"))
        + "</w:tbl>",
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:txbxContent>{_paragraph('In a box')}</w:txbxContent></mc:Choice><mc:Fallback>"
        f"<w:txbxContent>{_paragraph('In a box')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        f"<w:sdt><w:sdtContent>{_paragraph('In a control')}</w:sdtContent></w:sdt>",
    ]
)
DOCX = packed(
    {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{_BODY}</w:body></w:document>',
        "word/header1.xml": f'<w:hdr xmlns:w="{_W}">{_paragraph("Jo Ferrand, Page 1 of 2")}</w:hdr>',
        "word/footer1.xml": f'<w:ftr xmlns:w="{_W}">{_paragraph("Page 1")}</w:ftr>',
        "word/styles.xml": f'<w:styles xmlns:w="{_W}"><w:style w:styleId="Title"><w:name w:val="Title"/>'
        '<w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="40"/></w:rPr></w:style><w:style w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:basedOn w:val="Title"/></w:style></w:styles>',
        "word/_rels/document.xml.rels": f'<Relationships><Relationship Id="rId9" Type="{_R}/hyperlink" '
        f'Target="https://ferrand.example"/><Relationship Id="rId1" Type="{_R}/header" Target="header1.xml"/>'
        f'<Relationship Id="rId2" Type="{_R}/footer" Target="footer1.xml"/></Relationships>',
    }
)

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(
    f'xmlns:{name}="{_OFFICE}:{name}:1.0"' for name in ("office", "text", "table", "style", "draw", "fo")
).replace(f"{_OFFICE}:fo:", f"{_OFFICE}:xsl-fo-compatible:")
ODT = packed(
    {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'<office:document-content {_NAMES} xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<office:automatic-styles><style:style style:name="T1"><style:text-properties text:display="none"/>'
        '</style:style><style:style style:name="P1"><style:text-properties fo:font-weight="bold"/></style:style>'
        "</office:automatic-styles><office:body><office:text>"
        '<text:h text:outline-level="1">Jo Ferrand</text:h>'
        '<text:p text:style-name="P1">Engineer<text:tab/>2019 - 2022<text:line-break/>Tallow<text:s/>Mill</text:p>'
        '<text:p><text:a xlink:href="https://ferrand.example">my code</text:a>'
        '<text:span text:style-name="T1">nobody sees this</text:span><text:hidden-text>nor this</text:hidden-text></text:p>'
        "<text:list><text:list-item><text:p>Built models in PyTorch</text:p><text:list><text:list-item>"
        "<text:p>on Kubernetes</text:p></text:list-item></text:list></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Python</text:p></table:table-cell>"
        "<table:table-cell><text:p>8 years</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p><draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame></text:p>"
        "</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_NAMES}><office:styles/></office:document-styles>",
    }
)

RTF = (
    rb"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fswiss Helvetica;}{\f1\ftech Symbol;}}{\colortbl;\red255\green255\blue255;}"
    rb"{\*\generator made here}{\header Jo Ferrand, page {\field{\*\fldinst PAGE}{\fldrslt 1}}}"
    rb"\pard\b Jo F\'e9rrand\b0\par \u55357?\u56960? {\v nobody sees this}\par"
    rb'{\field{\*\fldinst{HYPERLINK "https://ferrand.example"}}{\fldrslt{\ul my code}}}\par'
    rb"\trowd\cellx3000\cellx6000\intbl Tallow Mill\line Engineer\cell 2019 \endash  2022\cell\row"
    rb"\pard{\pntext\'b7\tab}Built models in PyTorch{\*\bkmkstart x}{\*\bkmkend x}\par{\deleted Hadoop}Kubernetes\tab SQL\par}"
)

HTML = b"""<!doctype html><html><head><title>ML Engineer</title><style>.x{display:none} @media print {.y{display:none}}
</style><script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": ["JobPosting"],
"title": "ML Engineer", "description": "&lt;p&gt;Short&lt;/p&gt;", "skills": ["Python", {"name": "SQL"}]}]}</script></head>
<body><nav><ul><li><a href="/">Home</a><li><a href="/jobs">Jobs</a></ul></nav><div class="cookie-banner">We use cookies</div>
<main><h1>ML Engineer</h1><p>You will <b>train</b> models<br>with us.<p class=x>nobody sees this</p><h2>What you bring</h2>
<ul><li>Python<li>5+ years of <i>PyTorch</i><ul><li>or JAX</ul></ul><table><tr><td>Place<td>Berlin<tr><th>Pay<td>95k</table>
<pre>one
two</pre><p style="color:white">white</p><![if !IE]><dl><dt>Type<dd>Full time</dl><a href="https://x.example">apply</a></main>
<aside><h3>Similar jobs</h3><a href="/1">One</a></aside><footer>Imprint</footer></body></html>"""

JOB = (
    b'{"title": "ML Engineer", "company": "Tallow Mill", "description": "<p>Train models</p>", "remote": "Full",'
    b' "qualifications": ["5+ years of Python"], "skills": [{"name": "ML", "keywords": ["PyTorch"]}], "location":'
    b' {"city": "Berlin"}, "@context": [[[[]]]], "experience": "Senior", "salary": 95000.5}'
)


def documents() -> list[tuple[str, bytes]]:
    """Each document with a name."""
    return [
        ("made.docx", DOCX), ("made.odt", ODT), ("made.rtf", RTF), ("made.html", HTML), ("made.json", JOB),
    ]  # fmt: skip
