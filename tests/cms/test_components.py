"""The example page shows every component, without any data in the database."""

from __future__ import annotations

from pathlib import Path

from cms.component_page import ELSEWHERE, samples

FOLDER = Path(__file__).parents[2] / "templates" / "components"


def test_every_component_is_shown_on_the_example_page(db, client, settings):
    assert client.get("/components/").status_code == 404
    settings.DEBUG = True
    response = client.get("/components/")
    assert response.status_code == 200
    names = {template.name for template in response.templates if template.name}
    shown = {Path(name).stem for name in names if name.startswith("components/")}
    assert {path.stem for path in FOLDER.glob("*.html")} - shown <= set(ELSEWHERE)
    body = response.content.decode()
    assert body.count('class="sample"') == len(samples())
    assert 'href="None"' not in body
