"""What the follow-up of a kept plan asks."""

from __future__ import annotations

ASK = "Is this done? ({when}) {do}"
ASK_DONE = "Yes, it is done"
ASK_NOT_YET = "Not yet"
ASK_NOT_NEEDED = "It is not needed any more"
REPLACE_ASK = "Put the new plan, letters and dates in place of those that are kept?"
REPLACE_YES = "Yes, keep the new ones"
REPLACE_NO = "No, leave the folder as it is"
