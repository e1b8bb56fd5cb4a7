"""Every sentence the interview itself says; the questions and the advice come from the data files."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.errors import AnswerProblem
from advisor.interview.asker import QuestionPlace
from advisor.model.answer_words import value_words
from advisor.model.answers import Answer
from advisor.model.questionnaire import Question, Term
from advisor.model.safe_text import one_line

NOT_SURE = "Not sure"
SKIP = "Skip this question"
PRIVATE = "(typed, and not shown here)"
SKIPPED = "Skipped"

# Keeping answers -----------------------------------------------------------------------------------------------------
CONSENT = (
    "May we keep your answers in this file while you go, so that nothing is lost?\n{path}\n"
    "Only you can read it. If you say no, closing this window loses your answers."
)
CONSENT_YES = "Yes, keep them there"
CONSENT_NO = "No, keep nothing"
RESUME = "You have {count} saved from an interview you did not finish.\n{path}"
RESUME_GO_ON = "Go on where I left off"
RESUME_START_OVER = "Start over, and delete those answers"
RESUME_USE_FILE = "Delete those answers, and begin from {file}"
DRAFT_IN_USE = (
    "Another interview keeps its answers in {path}\nSo yours are not kept while you go. At the end you can keep "
    "them in a file of your own."
)
UNREADABLE = "The saved answers cannot be read.\n{path}\n{reason}"
UNREADABLE_REPLACE = "Start over, and replace that file"
STOP_NOW = "Stop, and change nothing"
BAD_ANSWERS = (
    "Some saved answers do not fit the questions any more. They are left out, and those questions are asked again:"
)
CANNOT_SAVE = "Your answers cannot be kept in {path} ({reason}). You can go on, but closing this window loses them."
SAVED = "Your answers are kept in {path}\nRun the same command again to go on where you stopped."
NOT_SAVED = "Your answers were not kept."
LEAVE = "Your answers are not being kept. If you leave now, they are gone."
LEAVE_STAY = "Go on with the questions"
LEAVE_SAVE = "Keep them in {path} and leave"
LEAVE_LOSE = "Leave, and lose them"
STOPPED_EARLY = "Stopped. Nothing was changed."
STOPPED = "Stopped. There were no answers to keep."
END_OF_INPUT = "The input ended, so the interview stops here."
TOO_MANY_WRONG = "Too many lines in a row that fit no answer, so the interview stops here."

# One question --------------------------------------------------------------------------------------------------------
PROGRESS = "{section}. Question {position}, and at most {left} left on this path, counting this one."
PROGRESS_FAR = "{section}. Question {position}."
PROGRESS_OPENING = "Question {position}. These first few decide what else we ask you."
PROGRESS_LAST = "{section}. Question {position}, the last one on this path."
PROGRESS_MATTERS = "Up to {count} of them can still change your advice."
PROGRESS_MATTERS_ONE = "One of them can still change your advice."
PROGRESS_MATTERS_LAST = "It can still change your advice."
PROGRESS_DETAIL = "What is left adds detail."
SETTLED_ADVICE = "Show my advice now"
GO_ON = "Go on with the questions"
GO_ON_LEFT = "Go on with the questions (at most {left} left)"
SEVERAL = "Choose every one that fits."
NUMBER = "A whole number from {minimum} to {maximum} ({unit})."
DATE = "A date like 2027-01-31 (year, month, day), from {earliest} to {latest}."
TEXT = "Up to {max_length} characters."
EARLIER = "(your earlier answer)"
WHY = "Why we ask: {why}"
TERMS = "Words used here:"
TERM = "{term}: {means}"
TERM_EXAMPLE = "Example: {example}"
NO_ANSWER_HELP = (
    "“Not sure” means you do not know yet. “Skip” means you would rather not say. Neither one counts as a “no”."
)
NOTE = "Note: {note}"
YOU_SAID = "You said: {answer}"
WENT_BACK = "Back to the question before."

# A list on the screen ------------------------------------------------------------------------------------------------
NOTHING_TICKED = "nothing is ticked yet. Move to a line, press Space to tick it, then press Enter."
TICKS_OR_NONE = (
    "you ticked {count}. Press Space to take “{label}” instead, or move up and press Enter to keep your ticks."
)
EMPTY_LINE = "please type an answer first."
NO_MATCH = "no choice matches “{typed}”. Press Backspace."
TICKED_NOW = "“{label}” is ticked. Press Enter again to answer, or tick more first."
CLEARED = "“{label}” goes alone, so the other ticks are gone."
FILTER = "Showing lines with: {typed}"
TICKED = "Ticked: {labels}"
TICKED_MORE = "and {count} more"
TICKED_NONE = "Ticked: none yet"
ABOVE, BELOW = "(more above: {count})", "(more below: {count})"
TOP, BOTTOM = "(top of the list)", "(end of the list)"
HELP_MORE = "(Down shows more)"
HELP_CLOSE = "Press ? to go back to the question."

KEY_MOVE = "Up and Down move"
KEY_TICK = "Space ticks"
KEY_FILTER = "Type to filter"
KEY_ENTER = "Enter answers"
KEY_PICK = "Enter picks"
KEY_ROWS = "Down moves to the choices below"
KEY_BACK_LEFT = "Left goes back"
KEY_BACK_TAB = "Shift-Tab goes back"
KEY_HELP = "? explains"
KEY_HELP_TEXT = "F1 explains"
KEY_REVIEW = "Ctrl-R shows your answers"
KEY_STOP = "Ctrl-C stops"

# Contradictions, review and the end ----------------------------------------------------------------------------------
CONFLICT = "These answers cannot all be true.\n{text}\nWhich one is wrong?"
DROPPED = "This no longer applies, so your answer is set aside:"
RESTORED = "This applies again, so your earlier answer is back:"
REVIEW_DONE = "You have answered every question on your path. Here is what you said. Pick a line to change it."
REVIEW_DONE_BUT = (
    "You have answered every question that can still change your advice. {left} Here is what you said. Pick a line to "
    "change it."
)
REVIEW_PASSED = "We left out {count} that cannot change it."
REVIEW_SO_FAR = "Here is what you said so far. Pick a line to change it."
REVIEW_EMPTY = "You have not answered a question yet."
REVIEW_ADVICE = "This is all right. Show my advice"
REVIEW_UNSURE = "(may not apply to you)"
KEEP = "Would you like to keep your answers in a file?"
KEEP_HERE = "Yes, in {path}"
KEEP_ELSEWHERE = "Yes, in another file"
KEEP_CHANGE = "Change an answer first"
KEEP_NOT = "No, do not keep them"
KEEP_WHERE = "Which file? It will hold your answers."
KEEP_EXISTS = "There is a file with this name already: {path}"
KEEP_REPLACE = "Replace it"
KEEP_OTHER_NAME = "Choose another name"
CANNOT_WRITE = "That did not work ({reason}): {path}"
KEPT = "Your answers are in {path}"
KEPT_NOT = "Your answers were not kept. No copy is left."

NO_RECEIPT = "You stopped before there was advice, so no receipt was written."
RECEIPT = "The receipt of the advice shown last is in {path}\nIt holds the answers you had given by then."
LOGGED = "Each advice shown is recorded, with the answers behind it, in the log in {path}"
LOGGED_MASKED = "Each advice shown is recorded in the log in {path}"

# After the advice ----------------------------------------------------------------------------------------------------
AFTER = "What would you like to do next?"
AFTER_KEEP = "Keep this plan: a page to print, letters, dates"
AFTER_WHY = "Why? See what a part of this advice rests on"
AFTER_WHY_NOT = "Why not? See what speaks against another choice"
AFTER_CHANGES = "What would change this advice?"
AFTER_WHAT_IF = "What if? Change one answer and see what changes"
AFTER_OWN_NUMBER = "Use a number of my own in place of one you took"
AFTER_FINISH = "Answer the questions that are left"
AFTER_FINISH_LEFT = "Answer the questions that are left (at most {left})"
AFTER_CHANGE = "Look at my answers, or change one"
AFTER_ALL = "Show everything: all steps, all choices, and the sources"
AFTER_SAVE = "Save my answers in a file"
AFTER_SKIPPED = "Which questions were not asked, and why"
AFTER_LEAVE = "Leave"
WORKING = "One moment..."
CANNOT_TELL = "This cannot be told now ({reason}). Your advice stands."
PICK_WHY = "Which part?"
PICK_WHY_NOT = "Which choice?"
PICK_WHAT_IF = "Which answer would you like to try in another way?"
PICK_OWN_NUMBER = "Which number would you like to give? What you leave open stays as we took it."
ITEM_OPTION, ITEM_ADD_ON, ITEM_REASON = "The choice: {text}", "Goes with it: {text}", "Reason: {text}"
ITEM_ANSWER, ITEM_STOP, ITEM_STEP = "The answer: {text}", "First: {text}", "Step: {text}"
ITEM_REPLY, ITEM_WATCH, ITEM_NUMBER = "You asked: {text}", "Watch for: {text}", "Number: {text}"
ITEM_FIND_OUT, ITEM_SAY = "Find out: {text}", "Words to use: {text}"
TAKEN_BY_US = "We took a number."
NOT_YET_SAID = "You have not answered this one."
WHAT_IF_HEADING = "What if? Give another answer. Your own stays as it is until you say so."
WHAT_IF_KEEP = "Do you want to keep this change?"
WHAT_IF_KEEP_NO = "No, leave my answer as it was"
WHAT_IF_KEEP_YES = "Yes, change my answer"
WHAT_IF_CONFLICT = "That answer does not go together with another one, so nothing was tried.\n{text}"
WHAT_IF_KEPT = "Your answer is changed. This is the advice now:"
SKIPPED_NONE = "Every question was asked."
LEDGER: Mapping[str, str] = {
    "another_page": "We did not ask you {count} questions that people with other problems get.",
    "cannot_matter": (
        "We left these out. With what you had told us, no answer to them could change a line of your advice:"
    ),
    "left": (
        "You stopped before these. We had checked that no answer to them could change which option we suggest, what "
        "goes with it, the warnings, or your steps:"
    ),
    "not_reached": "You stopped before these came up:",
    "not_known_to_apply": "These follow from questions that do not apply to you:",
    "does_not_apply": "These do not apply to you:",
}
LEDGER_BECAUSE: Mapping[str, str] = {
    "not_known_to_apply": "We do not know if these apply to you, because you said “{answers}”:",
    "does_not_apply": "These do not apply to you, because you said “{answers}”:",
}

# Plain lines ---------------------------------------------------------------------------------------------------------
HOW_TO_ANSWER = (
    "Type the number of your choice, or its words, and press Enter. "
    "You can also type n for not sure, s to skip, b to go back, ? for help, r to review your answers, "
    "and q to stop. Your answers so far are then kept, if you agreed to that."
)
PLAIN_SEVERAL = "You can choose more than one. Put commas between the numbers, such as 1, 3."
PLAIN_MANY = (
    "The list has {count} lines. Type a word, such as {such}, to read those that have it, and then a number. "
    "Type all to read the whole list."
)
PLAIN_NONE = "none. {label}"
PLAIN_EARLIER = "Your earlier answer: {answer}. Press Enter to keep it."
PLAIN_DEFAULT = "Press Enter for {number}."
PLAIN_LINE_DEFAULT = "Press Enter for {default}"
PLAIN_ANSWER = "Answer: "
PLAIN_CHOICE = "Your choice: "
PLAIN_EMPTY = "please type an answer, n for not sure, or s to skip."
PLAIN_EMPTY_MENU = "please type the number of your choice."
PLAIN_NO_CHOICE = "“{word}” is not on the list."
PLAIN_NO_NUMBER = "there is no {word}. The numbers go from 1 to {last}."
PLAIN_NEAREST = "The nearest: {choices}."
PLAIN_AMBIGUOUS = "“{word}” fits more than one: {choices}."
PLAIN_ALONE = "“{label}” goes alone. Choose it by itself, or leave it out."
PLAIN_FIRST = "this is the first question, so there is nothing to go back to."


def counted_answers(count: int) -> str:
    """`1 answer`, `2 answers`."""
    return f"{count} answer" if count == 1 else f"{count} answers"


def answer_words(question: Question, answer: Answer) -> str:
    """An answer as the user would say it; a private text is not shown."""
    value = answer.value
    if value is None:
        return NOT_SURE if answer.said == "not_sure" else SKIPPED
    return PRIVATE if question.private else one_line(value_words(question, value))


def help_words(question: Question, glossary: Mapping[str, Term]) -> str:
    """Why the question is asked, its help and its terms of art, in paragraphs."""
    parts = [WHY.format(why=question.why), question.help]
    if question.terms:
        parts.append(TERMS)
    for term in (glossary[term_id] for term_id in question.terms):
        parts.append(TERM.format(term=term.term, means=term.means))
        if term.example:
            parts[-1] += " " + TERM_EXAMPLE.format(example=term.example)
    return "\n\n".join([*parts, NO_ANSWER_HELP])


_MOST_SAID = 40  # questions; a larger number is one that hardly anybody comes to, and only puts people off


def progress_words(progress: QuestionPlace) -> str:
    """Where the question stands on the path, and how many of those left can still matter."""
    if progress.heading:
        return progress.heading
    if progress.left is None:
        return PROGRESS_OPENING.format(position=progress.position)
    if progress.left > _MOST_SAID:
        return PROGRESS_FAR.format(section=progress.section, position=progress.position)
    text = PROGRESS_LAST if progress.left == 1 else PROGRESS
    matters = ""
    if progress.mattering is not None:
        several = PROGRESS_MATTERS if progress.mattering > 1 else PROGRESS_MATTERS_ONE
        matters = (PROGRESS_MATTERS_LAST if progress.left == 1 else several) if progress.mattering else PROGRESS_DETAIL
    place = text.format(section=progress.section, position=progress.position, left=progress.left)
    return f"{place} {matters.format(count=progress.mattering)}".strip()


def go_on(left: int | None) -> str:
    """The choice to go on, with how many questions are left if that is known."""
    return GO_ON if left is None else GO_ON_LEFT.format(left=left)


def review_words(*, finished: bool, passed_over: int) -> str:
    """What stands above the list of answers."""
    if not finished:
        return REVIEW_SO_FAR
    return REVIEW_DONE_BUT.format(left=REVIEW_PASSED.format(count=passed_over)) if passed_over else REVIEW_DONE


def entry_hint(question: Question) -> str:
    """What can be typed: the range of a number, the shape of a date, the length of a text."""
    if question.kind == "number":
        return NUMBER.format(minimum=question.minimum, maximum=question.maximum, unit=question.unit)
    if question.kind == "date":
        return DATE.format(earliest=question.earliest, latest=question.latest)
    return TEXT.format(max_length=question.max_length)


def problem_words(problem: AnswerProblem) -> str:
    """What is wrong with an answer and what would be right, in a sentence or two."""
    parts = [problem.message, f"Expected: {problem.expected}" if problem.expected else ""]
    if "`" not in problem.fix:  # a fix in backticks is meant for a file, not for someone at a prompt
        parts.append(problem.fix)
    return one_line(". ".join(part for part in parts if part)) + "."


NO_PROOFS = (
    "Nothing is proved of this advice, since these rules cannot be reasoned about as a whole. "
    "`advisor rules check` says why."
)
