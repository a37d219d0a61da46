"""What publishers may write of their register, and what becomes of it."""

import pytest

from armstrace.web.publication.markdown import render_markdown

ROWS = [
    ("# Why", "<h2>Why</h2>"),
    ("###### Deep", "<h6>Deep</h6>"),
    ("Some *words* here.", "<p>Some <em>words</em> here.</p>"),
    ("[us](https://desk.example/a)", '<p><a href="https://desk.example/a">us</a></p>'),
    ("[law](law.html#UN-KP)", '<p><a href="law.html#UN-KP">law</a></p>'),
    ("[write](mailto:desk@desk.example)", '<p><a href="mailto:desk@desk.example">write</a></p>'),
    ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
    ("[x](data:text/html,hi)", "<p>[x](data:text/html,hi)</p>"),
    ("[x](//evil.example)", "<p>[x](//evil.example)</p>"),
    ("[x](/etc/passwd)", "<p>[x](/etc/passwd)</p>"),
    ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ("![a](https://x.example/p.png)", '<p>!<a href="https://x.example/p.png">a</a></p>'),
    ("", ""),
]


@pytest.mark.parametrize(("written", "shown"), ROWS)
def test_markdown(written, shown):
    assert render_markdown(written).strip() == shown
