"""The views of the meeting room: one list each, named as the agenda names them."""
