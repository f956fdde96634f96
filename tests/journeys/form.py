"""The built-in form filled in as a person does, part by part, in whatever browser page it is open in."""

from playwright.sync_api import Page

ANSWERS = {
    "part_in_case": "no",
    "strengths": "The worker knows this child well.",
    "overall": "2",
    "impact": "The child is back at school.",
    "safety": "no_concern",
    "with_practitioner": "yes",
    "child.asked": "no",
    "child.why_not": "too_young",
    **{f"{who}.asked": "nobody" for who in ("mother", "father", "carer")},
}
"""Every answer that is asked of any child, as short as it may be."""

GRADE, EVIDENCE = "2", "Seen in the record of June."


def skip_to_the_end(page: Page) -> None:
    """Past every part without an answer."""
    while not _at_the_check_page(page):
        go_on(page)


def go_on(page: Page, button: str = "Save and continue") -> None:
    """Press it, and see the next page."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def mend(page: Page, sentence: str) -> None:
    """Follow what the check page says is needed, answer it, and come back."""
    with page.expect_navigation():
        page.get_by_role("link", name=sentence).first.click()
    fill_in_part(page)
    go_on(page, "Save and go back to the check page")


def fill_in(page: Page, **others: str) -> None:
    """This part and all after it; `others` are answers in place of the short ones."""
    while not _at_the_check_page(page):
        fill_in_part(page, **others)
        go_on(page)


def fill_in_part(page: Page, **others: str) -> None:
    for name in page.locator("form [name]").evaluate_all("all => [...new Set(all.map(each => each.name))]"):
        said = (ANSWERS | others).get(name) or _judgement(name)
        if said:
            _answer(page, name, said)


def _at_the_check_page(page: Page) -> bool:
    return page.get_by_role("heading", name="Check your answers").count() == 1


def _judgement(name: str) -> str:
    judged = name.startswith(("core.", "theme."))
    return "" if not judged else EVIDENCE if name.endswith(".evidence") else GRADE


def _answer(page: Page, name: str, said: str) -> None:
    field = page.locator(f"form [name='{name}']")
    if field.first.get_attribute("type") == "radio":
        page.locator(f"form [name='{name}'][value='{said}']").check()
    else:
        field.fill(said)
