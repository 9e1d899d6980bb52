"""The part of the mends of RustPython that is Python, imported by the host when one is needed.

Not for apps. The native part, and which fault is mended where, is in `host/script/src/mend`.
"""
