"""What the chair can do to rows: one function per verb; ``tui.verb`` declares which verb it carries out."""
