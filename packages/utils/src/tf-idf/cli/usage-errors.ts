// What a person can put right is one line, and no stack.

import { UsageError } from '@cookbook/lab/command';

/**
 * What `work` returns; its errors of paths, of records and of index files as UsageErrors.
 *
 * @param index the index file that it reads, where it reads one
 */
export async function withUsageErrors<T>(work: () => Promise<T>, index?: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // By their names: a query of an index does not load what throws the others.
    const { name, message, code } = error as NodeJS.ErrnoException;
    if (name === 'PathError') {
      throw new UsageError(`Expected PATH to be a file, a folder or a pattern that finds one, got '${message}'`);
    }
    if (name === 'RecordError' || name === 'IndexFileError') throw new UsageError(message);
    if (index !== undefined && code !== undefined) {
      throw new UsageError(`Expected --index to be a file that can be read, got '${index}' (${code})`);
    }
    throw error;
  }
}
