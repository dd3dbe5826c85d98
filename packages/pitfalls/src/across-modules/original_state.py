"""A module with state."""

total = 0


def visit():
    global total
    total += 1
