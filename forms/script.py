"""The script that makes a Google Form of one version of the audit tool, and the map that it gives back.

With the map, the form's questions are known by their ids even after somebody gave one another title, and a link can
bring a form that is filled in as far as we know.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from forms.columns import CASE_REF, CODE, Column, Section, columns, sections
from programme.allocations import Allocation
from programme.facts import Fact
from programme.refusals import Fault
from programme.rows import refuse
from programme.tool import AuditTool, FormItem

SCRIPT = Path(__file__).parent / "apps_script" / "auditloop.gs"
PLAN = re.compile(r"/\* PLAN \*/.*?/\* END OF PLAN \*/", re.DOTALL)
ADDRESS = re.compile(r"/\* ADDRESS \*/.*?/\* END OF ADDRESS \*/")

FORM = re.compile(r"https://docs\.google\.com/forms/[\w/-]{1,180}/viewform", re.ASCII)
NUMBER = re.compile(r"[0-9]{1,40}", re.ASCII)


def script(tool: AuditTool, address: str) -> str:
    """The whole script, with the tool's questions and the address that responses are sent to."""
    source = SCRIPT.read_text(encoding="utf-8")
    plan = json.dumps(plan_of(tool), ensure_ascii=False, indent=2)
    with_plan = PLAN.sub(lambda _: plan, source)
    return ADDRESS.sub(lambda _: json.dumps(address), with_plan)


def plan_of(tool: AuditTool) -> dict[str, Any]:
    asked = [_section(section) for section in sections(tool)]
    return {"title": f"Practice audit {tool.version}", "version": tool.version, "sections": asked}


def take_map(tool: AuditTool, said: object) -> list[Fact]:
    """Keep the map of the form made for this version, whole, or refuse it with everything that is wrong with it."""
    parsed: Mapping[str, Any] = said if isinstance(said, dict) else {}
    items = parsed.get("items")
    listed = [each for each in items if isinstance(each, dict)] if isinstance(items, list) else []
    names = [column.name for column in columns(tool)]
    given = [str(each.get("name", "")) for each in listed]
    faults = [Fault("version", f"is not {tool.version}.")] if parsed.get("version") != tool.version else []
    if not FORM.fullmatch(str(parsed.get("form_url", ""))):
        faults.append(Fault("form_url", "is no address of a Google Form. It ends in /viewform."))
    faults += [Fault(name, "is missing.") for name in names if name not in given]
    faults += [Fault(name or "a question", "is unknown here, or there twice.") for name in _strange(given, names)]
    faults += [
        Fault(f"{each.get('name')}", f"{part} is not a number.")
        for each in listed
        for part in ("item", "entry")
        if not NUMBER.fullmatch(str(each.get(part, "")))
    ]
    refuse(faults)
    return tool.link(str(parsed["form_url"]), [FormItem(each["name"], each["item"], each["entry"]) for each in listed])


def filled_in(allocation: Allocation, items: Sequence[FormItem]) -> str:
    """The address of the Google Form with everything filled in that we know; empty where there is no such form.

    `items` are the form's questions.
    """
    tool = allocation.tool
    if tool is None or not tool.form_url or allocation.token is None:
        return ""
    entries = {item.name: item.entry for item in items}
    known = {CASE_REF: allocation.case.ref, CODE: allocation.token} | _gates(tool, allocation.case.plan_type)
    filled = [f"entry.{entries[name]}={quote(words, safe='')}" for name, words in known.items() if name in entries]
    return f"{tool.form_url}?usp=pp_url&{'&'.join(filled)}"


def _gates(tool: AuditTool, plan_type: str) -> dict[str, str]:
    """The answers that lead to the pages for this child's plan, and past those for others."""
    gates = [column for column in columns(tool) if column.name.startswith("gate_")]
    return {gate.name: gate.choices["yes" if plan_type in gate.plans else "no"] for gate in gates}


def _strange(given: list[str], names: list[str]) -> list[str]:
    return sorted({name for name in given if name not in names or given.count(name) > 1})


def _section(section: Section) -> dict[str, Any]:
    return {"title": section.title, "columns": [_column(column) for column in section.columns]}


def _column(column: Column) -> dict[str, Any]:
    choices = [
        {"value": value, "label": label, "leads_to": column.leads_to.get(value, "")}
        for value, label in column.choices.items()
    ]
    return {
        "name": column.name,
        "title": column.title,
        "kind": column.kind.value,
        "hint": column.hint,
        "required": column.required,
        "choices": choices,
    }
