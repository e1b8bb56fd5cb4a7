"""Keeps advice in a folder of the user's: what goes with a plan, how it is written, read back and removed.

from advisor import Advisor
from advisor.keeping import content, handouts, make_folder

made = handouts(advisor, advice)        # letters, dates and charts, as typed data
kept = content(advisor, advice, answers)
make_folder(Path("my-plan"), kept.files, kept.kept)
"""

from __future__ import annotations

from advisor.keeping.content import Content, Handouts, content, handouts, tells_of_record
from advisor.keeping.folder import Forgotten, forget_folder, make_folder, read_note, update_folder, write_note
from advisor.keeping.follow_up import FollowedUp, followed_up

__all__ = [
    "Content",
    "FollowedUp",
    "Forgotten",
    "Handouts",
    "content",
    "followed_up",
    "forget_folder",
    "handouts",
    "make_folder",
    "read_note",
    "tells_of_record",
    "update_folder",
    "write_note",
]
