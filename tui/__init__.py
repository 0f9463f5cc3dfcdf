"""The meeting room: command line, screens, widgets, reports. Knows no SQL."""
