"""Loads what the program loads when it runs, so that no copy of the mother has to.

Nothing that changes the program for tests is loaded here: copies are the program as its users have it.
"""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil

from tests.begun import environment

os.environ.update(environment())  # some libraries read it when they are loaded

import core
import db
import tui

for package in (core, db, tui):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if ".versions." not in module.name and not module.name.endswith("__main__") and ".env" not in module.name:
            importlib.import_module(module.name)
for name in ("tests.journeys.clocked", "tests.journeys.counted"):
    importlib.import_module(name)
gc.collect()
gc.freeze()  # what a copy would else look through again and again
