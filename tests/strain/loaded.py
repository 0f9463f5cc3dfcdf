"""Loads what commands load when they run, so that no copy of the mother has to."""

from __future__ import annotations

import importlib
import pkgutil

import core
import db
import tui

for package in (core, db, tui):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if ".versions." not in module.name and not module.name.endswith("__main__") and ".env" not in module.name:
            importlib.import_module(module.name)
