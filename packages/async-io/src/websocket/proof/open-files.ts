// How many files, sockets included, this process may have open.

/** The limit of the system for this process; Infinity where there is none, as on Windows. */
export function openFilesLimit(): number {
  const report = process.report as typeof process.report & { excludeNetwork: boolean };
  report.excludeNetwork = true; // else it looks up the names of all network addresses
  const { userLimits } = report.getReport() as { userLimits?: { open_files?: { soft: number | string } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Infinity;
}
