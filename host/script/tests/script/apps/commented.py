"""Comments with the word "for" within calls: see the checks of `mends`."""

MODULES = dict(
    first="a # for b",  # one for the list
    # and for x in y: as good as code
    second=1 if __name__ else 2,  # for the one
    third=dict(
        inner=3  # for i in range(3)
    ),
    fourth=f"{4}#"  # for all
    "it's # no comment",
)


def fail():
    return dict(
        zero=0  # for the division
    ), 1 / 0  # for the line
