"""What Python's max and numpy.max make of the table's inputs, as JSON: 'nan', a repr, or the name of the exception."""

import json

try:
    import numpy
except ImportError:
    numpy = None

NAN = float("nan")
INPUTS = {
    "NaN in the middle": [1.0, NAN, 2.0],
    "NaN first": [NAN, 1.0],
    "empty": [],
    "bigints": [2**53, 2**53 + 1],
    "strings": ["10", "9"],
    "a hole": [1, None, 3],
    "-0 and 0": [-0.0, 0.0],
}


def answer(function, values):
    try:
        return repr(function(values))
    except TypeError:  # numpy raises a subclass of its own
        return "TypeError"
    except ValueError:
        return "ValueError"


print(
    json.dumps(
        {
            name: {
                "python": answer(max, values),
                "numpy": answer(lambda given: numpy.max(given).item(), values) if numpy else None,
            }
            for name, values in INPUTS.items()
        }
    )
)
