"""The program under strain: killed, starved, lied to and typed at, over everything that it declares.

``python -m tests.strain --minutes 60`` plays rounds until the time is over. Read in this order:

- ``rounds``: what a round is, what it gives, and the kinds there are (``kinds``) with their shares of the time.
- ``covered``: which files, commands, verbs and old stores there are to strain. It is read from the declarations of the
  program, so that what is new is strained, or named as not covered.
- ``checks``: what must hold after whatever was done.
- ``kills``, ``disks``, ``damage``, ``cells``, ``keys``: one kind of strain each.
- ``pace``: who plays which round when, in processes of their own that may die; ``table``: what is told of it.

A handful of rounds of each kind are tests of the suite (``test_*.py``).
"""
