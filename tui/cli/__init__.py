"""One module per command: reads the store, prints plain text or JSON."""
