"""The rules: plain values in, plain values out. No store, no terminal, no clock."""
