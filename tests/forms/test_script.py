"""The Google Form's script, run by Node against strict twins of Google's services: what it makes, signs and sends."""

import base64
import hashlib
import hmac
import json
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from forms import script, signing
from forms.columns import SUBMIT, Kind, columns, sections
from programme.refusals import Faulty
from programme.tool import AuditTool, FormItem
from tests.cast import Cast, audit_tool
from tests.forms import node

HERE = Path(__file__).parent / "apps_script"
CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"
ALL_BYTES = base64.b64encode(bytes(range(256))).decode()
SECRETS = ("a secret for the webhook", f"Zoë{CURLY}s sécret, long enough", f"whsec_{ALL_BYTES}")
WORDS = ("Zoë", "Łęcka", "“curly”", "😀", "naïve", "plain", "\n", "\\", '"', "\u2028")
ADDRESS = "https://audits.example.org/forms/returns"
KINDS = {
    Kind.LINE: "TEXT",
    Kind.PROSE: "PARAGRAPH",
    Kind.CHOICE: "CHOICE",
    Kind.TICKS: "CHECKBOX",
    Kind.DAY: "DATE",
}
STRONG, SEEN = "What is strong here?", "What did you see for the child?"
RESPONSE: dict[str, Any] = {
    "id": "r1",
    "at": "2017-10-12T15:30:00.000Z",
    "email": "asha@example.org",
    "said": [[STRONG, f"Zoë{CURLY}s plan 😀"], [SEEN, ["Signs of drift or delay"]], ["Form code", ""]],
}


NO_FORM = "is no address of a Google Form. It ends in /viewform."


@pytest.fixture(scope="module")
def tool() -> AuditTool:
    """Two questions are for some plans only, so the form leads past them."""
    made = audit_tool()
    made.questions[2].applies_to = ["Looked After", "Child Protection"]
    made.questions[4].applies_to = ["Care leaver"]
    return made


@pytest.fixture(scope="module")
def source(tool: AuditTool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    printed = tmp_path_factory.mktemp("script") / "auditloop.js"
    printed.write_text(script.script(tool, ADDRESS), encoding="utf-8")
    return printed


def played(source: Path, **story: object) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(node.run(HERE / "play.mjs", str(source), said=json.dumps(story)))
    return told


def vectors(many: int) -> list[dict[str, str]]:
    chance = random.Random(2017)
    return [
        {
            "secret": chance.choice(SECRETS),
            "id": f"msg_{chance.randrange(10**12)}",
            "timestamp": str(1_500_000_000 + number),
            "body": " ".join(chance.choices(WORDS, k=chance.randrange(1, 12))),
        }
        for number in range(many)
    ]


def by_the_standard(vector: Mapping[str, str]) -> tuple[str, bytes]:
    """The signature as Standard Webhooks says it, made here by itself; and its bytes."""
    secret = vector["secret"]
    key = base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()
    signed = ".".join((vector["id"], vector["timestamp"], vector["body"])).encode()
    made = hmac.new(key, signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(made).decode(), made


def test_a_thousand_signatures_are_the_standards_on_both_sides(source: Path) -> None:
    every = [vector | {"secret": vector["secret"].replace(",", ";")} for vector in vectors(1000)]
    standard = [by_the_standard(vector) for vector in every]
    assert {any(byte >= 0x80 for byte in made) and any(byte < 0x10 for byte in made) for _, made in standard} == {
        True,
        False,
    }
    expected = [signature for signature, _ in standard]
    assert [signing.sign(v["secret"], v["id"], v["timestamp"], v["body"].encode()) for v in every] == expected
    assert json.loads(node.run(HERE / "sign.mjs", str(source), said=json.dumps(every))) == expected


def test_the_form_asks_everything_in_order_and_leads_where_it_should(source: Path, tool: AuditTool) -> None:
    made = played(source)
    asked = [item for item in made["items"] if item["kind"] != "PAGE"]
    expected = columns(tool)
    assert [(item["title"], item["kind"], item["help"], item["required"]) for item in asked] == [
        (column.title, KINDS[column.kind], column.hint, column.required) for column in expected
    ]
    assert [[choice["label"] for choice in item["choices"]] for item in asked] == [
        list(column.choices.values()) for column in expected
    ]
    leads = {item["title"]: [choice["to"] for choice in item["choices"]] for item in asked}
    for column in expected:
        if column.leads_to:
            assert leads[column.title] == [column.leads_to.get(value, "continue") for value in column.choices]
    assert [item["title"] for item in made["items"] if item["kind"] == "PAGE"] == [
        section.title for section in sections(tool)[1:]
    ]
    assert {to for column in expected for to in column.leads_to.values()} - {SUBMIT} <= {
        section.title for section in sections(tool)
    }


def test_it_collects_addresses_and_takes_only_a_case_reference_for_one(source: Path) -> None:
    made = played(source)
    assert made["settings"] == {
        "collectsEmail": True,
        "allowsEdits": True,
        "showsAgain": False,
        "destination": "sheet-1",
    }
    assert [item["title"] for item in made["items"] if item["validation"] == "^[A-Z0-9/-]{3,20}$"] == [
        "The child's case reference"
    ]


def test_what_is_typed_is_kept_as_text_and_days_stay_days(source: Path, tool: AuditTool) -> None:
    [responses] = [tab for tab in played(source)["tabs"] if tab["name"] == "Form responses 1"]
    typed = {column.title for column in columns(tool) if column.kind in {Kind.LINE, Kind.PROSE}}
    assert responses["formats"] == dict.fromkeys(typed, "@")


def test_its_triggers_are_there_once_however_often_it_is_made(source: Path) -> None:
    assert played(source, create=2)["triggers"] == [{"handler": "onSubmit"}, {"handler": "sweep"}]


def test_the_map_it_logs_is_taken_and_fills_in_a_link(source: Path, tool: AuditTool) -> None:
    [logged] = played(source)["logged"]
    [linked] = script.take_map(tool, json.loads(logged))
    assert (linked.details(), tool.form_url) == (
        {"questions": str(len(columns(tool)))},
        "https://docs.google.com/forms/d/e/1FAIpQL/viewform",
    )


def test_a_response_is_sent_signed_as_our_address_takes_it(source: Path) -> None:
    [sent] = played(source, responses=[RESPONSE | {"caught": True}])["sent"]
    body, headers = json.loads(sent["body"]), sent["headers"]
    assert (sent["address"], sent["type"]) == (ADDRESS, "application/json")
    ids = [answer.pop("item") for answer in body["answers"]]
    assert all(each.isdigit() for each in ids)
    assert body == {
        "response_id": "r1",
        "submitted_at": "2017-10-12T15:30:00.000Z",
        "respondent": "asha@example.org",
        "answers": [
            {"title": STRONG, "value": f"Zoë{CURLY}s plan 😀"},
            {"title": SEEN, "value": ["Signs of drift or delay"]},
        ],
    }
    now = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    assert signing.verified(
        ["a secret for the webhook"],
        headers["webhook-id"],
        headers["webhook-timestamp"],
        sent["body"].encode(),
        headers["webhook-signature"],
        now=now,
    )


@pytest.mark.parametrize(
    ("answers", "tries", "state"),
    [
        ([202], 1, "sent"),
        ([200], 1, "sent"),
        ([503, 429, 202], 3, "sent"),
        (["unreachable", 500, 500], 3, "refused: 500"),
        (["unreachable"] * 3, 3, "not reached"),
        ([400], 1, "refused: 400"),
        ([401], 1, "refused: 401"),
        ([409], 1, "refused: 409"),
    ],
)
def test_three_tries_of_one_delivery_and_no_more(
    source: Path, answers: Sequence[object], tries: int, state: str
) -> None:
    told = played(source, responses=[RESPONSE | {"caught": True}], answers=answers)
    ids = {sent["headers"]["webhook-id"] for sent in told["sent"]}
    assert (len(told["sent"]), len(ids)) == (tries, 1)
    [tab] = [tab for tab in told["tabs"] if tab["name"] == "Auditloop"]
    assert [(row[0], row[2]) for row in tab["rows"][1:]] == [("r1 2017-10-12T15:30:00.000Z", state)]


def test_the_sweep_sends_what_was_missed_and_nothing_twice(source: Path) -> None:
    caught, missed = RESPONSE | {"caught": True}, RESPONSE | {"id": "r2"}
    edited = RESPONSE | {"at": "2017-10-13T08:00:00.000Z"}
    told = played(source, responses=[caught, missed, edited], sweeps=2)
    bodies = [json.loads(sent["body"]) for sent in told["sent"]]
    assert [(body["response_id"], body["submitted_at"][:10]) for body in bodies] == [
        ("r1", "2017-10-12"),
        ("r2", "2017-10-12"),
        ("r1", "2017-10-13"),
    ]


def test_two_sweeps_never_run_at_once(source: Path) -> None:
    assert played(source, responses=[RESPONSE], sweeps=1, locked=True)["sent"] == []


def test_the_secret_stands_nowhere(source: Path) -> None:
    secret = "canary-secret-of-the-webhook"
    told = played(source, secret=secret, responses=[RESPONSE | {"caught": True}], sweeps=1)
    assert secret not in json.dumps(told)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"version": "2016-01"}, "version: is not 2017-10."),
        (
            {"form_url": "https://evil.example/viewform"},
            "form_url: is no address of a Google Form. It ends in /viewform.",
        ),
        ({"items": []}, "case_ref: is missing."),
    ],
)
def test_a_map_that_is_not_right_is_refused_with_every_fault(
    tool: AuditTool, change: Mapping[str, object], fault: str
) -> None:
    whole: dict[str, object] = {
        "version": tool.version,
        "form_url": "https://docs.google.com/forms/d/e/1FAIpQL/viewform",
        "items": [{"name": column.name, "item": "1", "entry": "2"} for column in columns(tool)],
    }
    with pytest.raises(Faulty) as refused:
        script.take_map(tool, {**whole, **change})
    assert fault in [str(each) for each in refused.value.faults]


def test_a_link_comes_filled_in_with_what_leads_back_to_the_audit(cast: Cast) -> None:
    tool = cast.allocation.round.tool
    assert tool is not None
    assert script.filled_in(cast.allocation, []) == ""
    form = "https://docs.google.com/forms/d/e/1F/viewform"
    tool.link(form, [FormItem("case_ref", "1", "11"), FormItem("code", "2", "22")])
    filled = f"{form}?usp=pp_url&entry.11=MDW-0417&entry.22={cast.allocation.token}"
    assert script.filled_in(cast.allocation, tool.form_items) == filled
