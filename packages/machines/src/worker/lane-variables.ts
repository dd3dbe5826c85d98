/** The environment variables by which a lane is told: the folder with the task files, its worker, and how many lanes that has. */
export const LANE_VARIABLES = ['COOKBOOK_TASKS', 'COOKBOOK_WORKER', 'COOKBOOK_LANES'] as const;
