"""Annotations under compound statements, in classes in classes: see the checks of `mends`."""

TRUE = True


class Outer:
    """The outer docstring."""

    class Plain:
        """The inner docstring."""

        always: str
        if TRUE:
            reached: int = 1
            alone: float
        else:
            missed: bytes = b""
        try:
            tried: list = [reached]
        finally:
            pass
        for _ in range(2):
            looped: set

        def fail(self):
            return self.reached / 0

    def method(self):
        size = tuple

        class Local:
            class Inner[T]:
                with open("/dev/null", "rb"):
                    local: size
                    parameter: T

        return Local.Inner
