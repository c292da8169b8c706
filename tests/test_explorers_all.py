"""What holds for every explorer: it opens without Jupyter, paints every key, keeps its keys, and never waits."""

import pytest
from browser_hosts import FOCUSABLE, ROOT_CLASS, frames_of_keys, open_notebook, open_plain, voila, write_notebook
from explorer_table import TABLE

from course_lib.given import memory
from course_lib.given.explorers import explore, names

pytestmark = pytest.mark.usefixtures("nothing_remembered")
EXPLORERS = pytest.mark.parametrize("name", sorted(TABLE))
KEYS = 24


def test_every_explorer_is_in_the_table():
    assert sorted(TABLE) == names()


@EXPLORERS
def test_without_a_browser_it_is_one_line_and_writes_nothing(name):
    bundle, _ = explore(name)._repr_mimebundle_()
    assert "\n" not in bundle["text/plain"] and explore(name).says in bundle["text/plain"]
    assert not memory.FOLDER.exists()


@pytest.mark.browser
@pytest.mark.parametrize("as_written", [True, False], ids=["as written", "inlined"])
@EXPLORERS
def test_it_opens_in_a_plain_page_and_says_its_formula(explorer_page, name, as_written):
    open_plain(explorer_page, explore(name), as_written=as_written)
    said = explorer_page.locator(".course-explorer-formula")
    assert said.get_attribute("aria-live") == "polite"
    assert said.inner_text().startswith(TABLE[name].formula)


@pytest.mark.browser
@EXPLORERS
def test_every_key_of_a_burst_is_painted(explorer_page, name):
    open_plain(explorer_page, explore(name))
    row = TABLE[name]
    root = explorer_page.locator(ROOT_CLASS)
    root.locator(row.focus).first.focus()
    keys = row.keys.split()
    frames = frames_of_keys(explorer_page, root, (keys * KEYS)[:KEYS])
    assert len(frames) == KEYS
    assert sum(one != before for before, one in zip(frames, frames[1:])) == KEYS - 1


@pytest.mark.browser
@EXPLORERS
def test_every_focusable_element_keeps_its_keys_and_has_a_name(explorer_page, name):
    open_plain(explorer_page, explore(name))
    elements = explorer_page.locator(f"{ROOT_CLASS} :is({FOCUSABLE})").all()
    assert len(elements) > 1
    for element in elements:
        assert element.get_attribute("data-lm-suppress-shortcuts") == "true", element.evaluate("e => e.outerHTML")
        named = "e => e.ariaLabel || e.innerText || (e.labels?.length && e.labels[0].innerText)"
        assert element.evaluate(named), element.evaluate("e => e.outerHTML")


@pytest.mark.browser
@pytest.mark.parametrize("host", ["lab", "notebook"])
def test_d_d_on_anything_in_an_explorer_leaves_its_cell_alone(browser, explorer_server, host):
    address, folder = explorer_server
    write_notebook(folder, "all", [f'explore("{name}")' for name in sorted(TABLE)])
    with browser.new_context(viewport={"width": 1300, "height": 900}) as context:
        page = context.new_page()
        open_notebook(page, address, host, "all")
        cells = page.locator(".jp-Notebook .jp-CodeCell")
        for number, name in enumerate(sorted(TABLE), start=1):
            root = cells.nth(number).locator(ROOT_CLASS)
            root.locator(".course-explorer-formula").wait_for(timeout=60_000)
            before = cells.count()
            for element in root.locator(f":is({FOCUSABLE}):visible").all():
                element.focus()
                page.keyboard.press("d")
                page.keyboard.press("d")
                assert cells.count() == before, f"{name}: {element.evaluate('e => e.outerHTML')}"
        # The test can fail: without the attribute the cell goes.
        unguarded = root.locator(f":is({FOCUSABLE}):visible").first
        unguarded.evaluate("element => delete element.dataset.lmSuppressShortcuts")
        unguarded.focus()
        page.keyboard.press("d")
        page.keyboard.press("d")
        page.wait_for_function(f"document.querySelectorAll('.jp-Notebook .jp-CodeCell').length === {before - 1}")


@pytest.mark.browser
def test_every_explorer_lives_in_a_page_by_voila(browser, tmp_path):
    write_notebook(tmp_path, "all", [f'explore("{name}")' for name in sorted(TABLE)])
    page, wrong = browser.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    with voila(tmp_path, "all") as address:
        page.goto(address, timeout=120_000)
        said = page.locator(f"{ROOT_CLASS} .course-explorer-formula")
        said.nth(len(TABLE) - 1).wait_for(timeout=120_000)
        for place, name in enumerate(sorted(TABLE)):
            assert said.nth(place).inner_text().startswith(TABLE[name].formula)
        root = page.locator(ROOT_CLASS).nth(sorted(TABLE).index("kernel_lab"))
        before = root.inner_text()
        root.locator(TABLE["kernel_lab"].focus).first.focus()
        page.keyboard.press("+")
        assert root.inner_text() != before
        page.close()
    assert wrong == []
