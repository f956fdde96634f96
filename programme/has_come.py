"""'I've sent it': whether an audit is here, and what to do where it is not. Chat and the page say it in these words."""

from dataclasses import dataclass

from programme.allocations import Allocation
from programme.submissions import Submission

TYPED = "What you typed into the form is kept, but it was not sent: go on to its last page and press Send."
NOTHING_YET = "It may take a minute. If you have not pressed Send on the form's last page yet, that is what is missing."


@dataclass(frozen=True)
class HasCome:
    """What was found. `held` is here and has to be mended; `is_typed` was written into the form and not sent."""

    allocation: Allocation
    is_here: bool
    held: Submission | None = None
    is_typed: bool = False

    @property
    def headline(self) -> str:
        if not self.is_here:
            return f"{self.allocation.ref} has not come in yet."
        return f"{self.allocation.ref} is here." if self.held is None else f"{self.allocation.ref} has come, thank you."

    @property
    def what_to_do(self) -> str:
        """Nothing where it is held: what to mend is said beside it."""
        if self.held is not None:
            return ""
        if self.is_here:
            return "Thank you; there is nothing more to do."
        return TYPED if self.is_typed else NOTHING_YET
