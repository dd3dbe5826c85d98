"""Shared references change how functions behave: an argument that is changed, and a default that is made once."""

import json


def with_defaults(options):
    options.setdefault("retries", 3)
    return options


def collect(item, items=[]):  # the trap: made when the function is defined
    items.append(item)
    return items


mine = {"url": "/status"}
with_defaults(mine)
results = [collect(1), collect(2), collect(3)]

print(json.dumps({
    "changed": "retries" in mine,
    "lists": len({id(result) for result in results}),
    "last": results[-1],
}))
