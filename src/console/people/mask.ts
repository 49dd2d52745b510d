/** Personal numbers for those who may not see them whole: enough to tell two persons apart, not enough to call one. Pure. */

/** "48••30". */
export const maskedNumber = (number: string): string =>
  number.length < 5 ? '••••' : `${number.slice(0, 2)}••${number.slice(-2)}`;

/** "0812••••567". */
export const maskedPhone = (phone: string): string =>
  phone.length < 8 ? '••••' : `${phone.slice(0, 4)}••••${phone.slice(-3)}`;

/** The telephone number among a contact's addresses, as people write it: "08123456789". */
export function phoneIn(aliases: readonly string[]): string | undefined {
  for (const alias of aliases) {
    const digits = /^(?:sim:)?(\d{1,15})(?:@c\.us)?$/.exec(alias)?.[1];
    if (digits !== undefined) return digits.replace(/^62/, '0');
  }
  return undefined;
}
