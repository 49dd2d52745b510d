/**
 * What a sealed thing is sealed for: whose it is, and which field. It is authenticated with the value (AES-GCM, additional
 * data), so that what was copied from one place of the database to another does not open there.
 */

/** Names, from the kind of owner to the field. */
export type Purpose = readonly [owner: string, id: string, field: string];

/** A number in a message, before it is known what it answers. @param message our id of it */
export const ofMessage = (message: string): Purpose => ['message', message, 'number'];

/** The number of a card that was told in a talk: an answer, and what is read back. @param contact the conversation's id */
export const ofContact = (contact: string): Purpose => ['contact', contact, 'card number'];

/** The number of a card on a person's record. */
export const ofPerson = (person: string): Purpose => ['person', person, 'card number'];

/** The bytes of a stored file. @param type what they may be shown as */
export const ofFile = (file: string, type: string): Purpose => ['file', file, type];

/** What a simulated phone holds: a message or a file of it. */
export const ofPhone = (phone: string, thing: string): Purpose => ['phone', phone, thing];
