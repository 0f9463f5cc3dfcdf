"""Texts that try to do more than to be read: to a terminal, a page, a spreadsheet, a database, a program."""

from __future__ import annotations

TEXTS = (
    "", " ", "\t", "\n", "\r\n", "a\nb", "\x00", "a\x00b", "\x07", "\x08\x08\x08", "\x1b[31mred",
    "\x1b[2J\x1b]0;owned\x07",
    "\x1b]8;;http://x.test\x1b\\x", "\x9b31m", "\x1f", "a\x1fb", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffd", "\u200b",
    "\u202egnp", "\u2066x\u2069", "e\u0301" * 40, "\U0001f600", "[red]x[/]", "[/", "[@click=app.quit]x[/]", "\\[x",
    "<b>x</b>", "<script>x</script>", "<img src=x>", "](javascript:x)", "|---|", "`x`", "# x", "=1+1",
    "=cmd|' /C calc'!A0",
    "+1", "-1", "@SUM(A1)", "' OR 1=1 --", "\"; DROP TABLE batch; --", "%s%n", "{0}",
    "${x}", "../../x", "NaN", "inf", "1e999",
    "-0", "0x10", "1_000", "\u0661\u0662", "9" * 400, "99/99/9999", "null", "None", '"', '""', ",", ";", "x" * 10_000,
    "x" * 140_000,
)  # fmt: skip
"""The last is longer than a field of a CSV file may be."""
