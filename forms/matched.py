"""Which audit something belongs to: by the form code in its link, or by the child's case reference and the auditor.

Nothing is ever merged by likeness. What is nearly right is held, and a person says which it is.
"""

from forms.columns import CASE_REF, CODE
from programme.allocations import Allocation
from programme.refusals import Refusal
from programme.submissions import MATCHED_BY, Submission
from storage import find
from storage.session import Session


def allocation_for(session: Session, submission: Submission) -> Allocation:
    """The audit, held against others; a refusal that says why it cannot be known."""
    code, case_ref = (submission.fields.get(name, "").strip() for name in (CODE, CASE_REF))
    doubt = next((doubt for doubt in submission.not_sure_of if doubt.where in MATCHED_BY), None)
    if doubt is not None:
        raise Refusal(f"{doubt.sentence}{_meant(session, case_ref)}")
    if code:
        return _by_code(session, code, case_ref, submission.respondent)
    return _by_reference(session, case_ref, submission.respondent)


def _by_code(session: Session, code: str, case_ref: str, respondent: str) -> Allocation:
    found = find.allocations.with_token(session, code, to_change=True)
    if found is None:
        msg = "Its form code leads to no audit. The audit may have gone to somebody else since."
        raise Refusal(msg)
    if found.case.ref != case_ref:
        msg = f"The form was made for {found.case.ref}, and its case reference was changed to '{case_ref[:40]}'."
        raise Refusal(msg)
    if respondent and found.holder is not None and found.holder.email != respondent:
        msg = f"{found.ref} is with {found.holder.name}, and {respondent[:80]} sent this."
        raise Refusal(msg)
    return found


def _by_reference(session: Session, case_ref: str, auditor: str) -> Allocation:
    if not case_ref:
        msg = "It names no case reference."
        raise Refusal(msg)
    given_out = find.allocations.of_case(session, case_ref, to_change=True)
    if not given_out:
        msg = f"No child's record with the reference '{case_ref[:40]}' was given out.{_meant(session, case_ref)}"
        raise Refusal(msg)
    theirs = [each for each in given_out if each.holder is not None and each.holder.email == auditor]
    if not theirs:
        msg = f"{case_ref} was not given to {auditor[:80] or 'anybody who is named here'}."
        raise Refusal(msg)
    still_out = [each for each in theirs if each.is_open]
    if len(still_out) > 1:
        refs = ", ".join(each.ref for each in still_out)
        msg = f"{auditor[:80]} has {case_ref} out more than once: {refs}."
        raise Refusal(msg)
    return (still_out or theirs)[0]


def _meant(session: Session, case_ref: str) -> str:
    near = find.cases.looking_like(session, case_ref)
    return f" {' or '.join(near)} is written nearly so." if near else ""
