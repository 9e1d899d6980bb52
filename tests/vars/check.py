"""Compares the answers in `golden.json`, which RustPython gave, with CPython's.

Run by hand: `python3 tests/vars/check.py`. Not a part of the tests, which need no CPython.
"""

import json
import pathlib
import sys

import cases

GOLDEN = pathlib.Path(__file__).with_name("golden.json")


def answer(expression):
    """The `repr()` of what Python gives."""
    names = {name: value for name, _, value in cases.VALUES}
    return repr(eval(expression, {**vars(cases), **names}))


def main():
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    wrong = 0
    for case in golden["cases"]:
        found = answer(case["python"])
        if found != case["answer"]:
            wrong += 1
            print(f"{case['python']}: CPython {found}, RustPython {case['answer']}")
    print(f"{len(golden['cases'])} answers compared, {wrong} differ")
    sys.exit(wrong > 0)


main()
