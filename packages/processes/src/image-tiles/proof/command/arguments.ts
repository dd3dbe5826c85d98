// The command line of the recipe's own command.

import { parseArgs } from 'node:util';
import { UsageError } from '@cookbook/lab/command';

export const HELP = `Usage: pnpm tsx packages/processes/src/image-tiles/proof/command/main.ts --out <file> [options]

Blurs a photograph and finds its edges, in tiles, on all cores.

  --out <file>    the PNG file to write
  --in <file>     the picture to read; a photograph of 12 megapixels where none is given
  --lanes <n>     threads or processes, as many as cores where none is given
  --in-thread     filter in worker threads, on shared pixels (the default)
  --in-process    filter in forked processes, to which the tiles are sent
  --help          show this`;

export interface Arguments {
  readonly help: boolean;
  readonly out: string | undefined;
  readonly in: string | undefined;
  readonly lanes: string | undefined;
  readonly inProcess: boolean;
}

/** @throws UsageError with one line */
export function readArguments(argv: readonly string[]): Arguments {
  const { values } = parse(argv);
  if (values['in-thread'] && values['in-process']) {
    throw new UsageError('Expected either --in-thread or --in-process, got both');
  }
  return {
    help: values.help ?? false,
    out: values.out,
    in: values.in,
    lanes: values.lanes,
    inProcess: values['in-process'] ?? false,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        help: { type: 'boolean', short: 'h' },
        out: { type: 'string' },
        in: { type: 'string' },
        lanes: { type: 'string' },
        'in-thread': { type: 'boolean' },
        'in-process': { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(firstLine(error as Error));
  }
}

function firstLine({ message }: Error): string {
  return message.replace(/\n[^]*/, '');
}
