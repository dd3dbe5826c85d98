// What is broadcast: its number, when it was sent, and as many bytes as it is to have.

/** Bytes of the number and the time. */
export const HEADER_BYTES = 12;

/** @param sentAt ms on the clock that all processes of this machine share */
export function encode(number: number, sentAt: number, bytes: number): Buffer {
  const message = Buffer.alloc(bytes, number);
  message.writeUInt32LE(number, 0);
  message.writeDoubleLE(sentAt, 4);
  return message;
}

export function decode(message: Buffer): { number: number; sentAt: number } {
  return { number: message.readUInt32LE(0), sentAt: message.readDoubleLE(4) };
}
