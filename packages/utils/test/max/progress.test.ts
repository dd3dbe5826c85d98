import { expect, onTestFinished, test, vi } from 'vitest';
import { Progress } from '../../src/max/cli/progress.ts';

test('progress is drawn from two seconds on, ten times a second at most, and removed at the end', async () => {
  const frames: string[] = [];
  let opened = 0;
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  onTestFinished(() => clock.mockRestore());
  const open = async () => {
    opened++;
    return { draw: (frame: string) => frames.push(frame), close: () => frames.push('closed') };
  };
  const progress = new Progress(true, open);
  progress.begin(5_000_000_000);
  const add = async (ms: number) => {
    now = ms;
    progress.add(1_000_000_000);
    await Promise.resolve();
  };
  await add(1_999);
  expect(opened).toBe(0);
  await add(2_000);
  await add(2_100);
  await add(2_150);
  await add(2_200);
  progress.begin(undefined);
  await add(2_300);
  progress.close();
  await add(9_000);
  expect({ opened, frames }).toEqual({
    opened: 1,
    frames: ['3,000 of 5,000 MB read', '5,000 of 5,000 MB read', '6,000 MB read', 'closed'],
  });
});

test('without a terminal nothing is drawn', async () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValue(5_000);
  onTestFinished(() => clock.mockRestore());
  const progress = new Progress(false, () => expect.unreachable());
  progress.begin(1);
  progress.add(1);
});
