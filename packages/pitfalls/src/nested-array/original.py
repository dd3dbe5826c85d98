"""A nested list made by multiplication holds one inner list many times."""

import json

grid = [[]] * 3
grid[0].append(1)

print(json.dumps({"changed": sum(row == [1] for row in grid), "different": len({id(row) for row in grid})}))
