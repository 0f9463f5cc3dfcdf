"""A rule whose source changes states a new version, for kept figures go by it."""

from __future__ import annotations

import hashlib
import inspect
import io
import json
import tokenize
from importlib.resources import files
from pathlib import Path

import pytest

from core.rules import METHOD_RULES, SHARED, Rule
from db.scoring import MEASURES

RECORD = Path(__file__).with_name("rule_versions.json")
"""Rule to version to the digest of its source."""
RULES = {rule.name: rule for rule in (*SHARED, MEASURES, *METHOD_RULES)}
_LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING}


def code_of(source: str) -> str:
    """Source without layout, comments and docstrings: the same on every Python."""
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    kept = []
    begins = True
    for token, after in zip(tokens, [*tokens[1:], tokens[-1]], strict=True):
        alone = token.type == tokenize.STRING and begins and after.type == tokenize.NEWLINE
        if token.type not in _LAYOUT and not alone:
            kept.append("".join(_written(token).split()))
        if token.type not in (tokenize.NL, tokenize.COMMENT):
            begins = token.type in _LAYOUT
    return "".join(kept)


def _written(token: tokenize.TokenInfo) -> str:
    """A token as it stands in the source: from Python 3.12 on a brace that is doubled in an f-string is given once."""
    if tokenize.tok_name[token.type] == "FSTRING_MIDDLE":
        return token.string.replace("{", "{{").replace("}", "}}")
    return token.string


def digest(rule: Rule) -> str:
    """The SHA-256 of all that carries a rule out."""
    parts = []
    for source in rule.sources:
        if isinstance(source, str):
            parts.append((files("core") / "data" / source).read_text(encoding="utf-8"))
        else:
            parts.append(code_of(inspect.getsource(source)))  # type: ignore[arg-type]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@pytest.mark.parametrize("name", RULES)
def test_the_source_of_a_rule_is_the_one_its_version_was_stated_for(name: str) -> None:
    rule, known = RULES[name], json.loads(RECORD.read_text(encoding="utf-8"))
    assert known.get(name, {}).get(str(rule.version)) == digest(rule), (
        f"The rule '{name}' has changed. If any figure could change, raise its version (core/rules.py, the method, or "
        f"db/scoring.py); where stored rows carry the outcome, a migration must settle them anew. Then record it: "
        f"python -m tests.core.test_rule_versions"
    )


def test_a_rule_that_changes_in_its_words_alone_is_the_same() -> None:
    assert code_of('def a():\n    """Says."""\n    return 1  # one\n') == code_of("def a():\n\n    return 1\n")
    assert code_of("def a():\n    return 1\n") != code_of("def a():\n    return 2\n")
    assert code_of('def a(b):\n    return f"{b:.2f} d"\n') == 'defa(b):returnf"{b:.2f}d"'
    assert code_of('A = rf"[0-9]{{1,2}} {B}"\n') == 'A=rf"[0-9]{{1,2}}{B}"'


if __name__ == "__main__":
    record = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    for found in RULES.values():
        record.setdefault(found.name, {})[str(found.version)] = digest(found)
    RECORD.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
