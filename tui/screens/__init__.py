"""What the chair sees."""
