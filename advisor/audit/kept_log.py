"""A decision log as it is to be kept: what it is not to hold, or is to hold besides, and errors from before advice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from advisor.advice import Advisor
    from advisor.audit.decisions import Decisions
    from advisor.audit.keeping.log import DecisionLog
    from advisor.audit.model.log import Mask


@dataclass(frozen=True)
class KeptLog:
    """A decision log with what it is not to hold, or is to hold besides."""

    log: DecisionLog
    mask: Mask | None
    private: bool

    def decisions(self, load: Callable[[], Advisor], time: str) -> Decisions:
        """What gives advice and logs it. Raises as `load`, after an AdvisorError of it was recorded at `time` (UTC)."""
        from advisor.audit.decisions import Decisions
        from advisor.errors import AdvisorError

        try:
            made = load()
        except AdvisorError as bad:
            self.failed(bad, time)
            raise
        return Decisions(made, self.log, self.mask, private=self.private)

    def failed(self, error: Exception, time: str) -> None:
        """Record an error from before there was an advisor. Raises as `DecisionLog.append`."""
        from advisor.audit.decisions import log_failure

        log_failure(self.log, error, time, private=self.private)
