"""The rule base as a folder of pages for the browser, for those who approve it: nothing is loaded, nothing runs."""
