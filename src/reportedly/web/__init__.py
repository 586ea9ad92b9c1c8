"""The reading room: a case in the browser, on this machine only. `app` answers, `pages` makes the values that its
templates print, `security` refuses whatever does not come from the reader."""
