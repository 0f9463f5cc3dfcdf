"""What the chair can do to rows: one function per verb, declared once in ``names``."""
