"""The tests. What is compiled for them is kept, also where Python is told to keep nothing.

Asserts are rewritten when a module of tests is compiled. To do that anew took every worker of every run longer than all
of collecting, and every program that a test starts compiled all of itself.
"""

import os
import sys

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
