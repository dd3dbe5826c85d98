"""A list comprehension makes each inner list afresh."""

import json

grid = [[] for _ in range(3)]
grid[0].append(1)

print(json.dumps({"different": len({id(row) for row in grid}), "changed": sum(row == [1] for row in grid)}))
