"""Functions made in a loop share the loop's variable; a default value, made when the function is, keeps it.

And the last seat, checked before an await.
"""

import asyncio
import json

printers = [lambda: i for i in range(3)]
bound = [lambda i=i: i for i in range(3)]

seats = {"free": 1}


async def reserve():
    if seats["free"] == 0:
        return False
    await asyncio.sleep(0)
    seats["free"] -= 1
    return True


async def two():
    return await asyncio.gather(reserve(), reserve())


print(json.dumps({
    "loop": [show() for show in printers],
    "bound": [show() for show in bound],
    "taken": sum(asyncio.run(two())),
}))
