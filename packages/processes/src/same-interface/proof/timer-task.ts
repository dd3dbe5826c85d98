// A task that never answers: a timer of it throws.

export default function task(): Promise<never> {
  return new Promise(() => {
    setTimeout(() => {
      throw new TypeError('thrown by a timer', { cause: new Error('its cause') });
    }, 5);
  });
}
