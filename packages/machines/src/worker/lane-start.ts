// Loaded into a lane's process before anything else, BullMQ's own program included: should the worker be killed while that
// starts, its errors would go to a channel that is closed, and come round as new errors without end.

import { endWithParent } from '@cookbook/lab/cleanup';

endWithParent(); // none outlives a worker that is killed, not even in an endless task
