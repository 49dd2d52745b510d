/** Whom a broadcast reaches: persons, what they take part in, and how their conversation stands. Joined page by page. */
import type { Connection } from 'mongoose';
import type { Audience, Recipient, RecipientPage } from './outreach/broadcasts/model.ts';
import { concerned, takingPart } from './programmes/events/model.ts';
import type { EventStore } from './programmes/events/store.ts';
import type { RegistrationStore } from './programmes/registration/store.ts';
import { orBusy } from './storage/transient.ts';

interface Heard {
  _id: string;
  language: string;
  heardAt?: number;
  muted: boolean;
}

export interface AudienceParts {
  connection: Connection;
  registration: RegistrationStore;
  events: EventStore;
}

/** Recipients of an audience in the order of persons, after one of them. Who wants no messages is left out already here. */
export function createAudience({ connection, registration, events }: AudienceParts) {
  const conversations = connection.collection('conversations');

  /** The conversations of a page, by contact. */
  async function heardOf(contacts: readonly string[]): Promise<Map<string, Heard>> {
    const projection = { language: 1, heardAt: 1, muted: 1 };
    const found = conversations.find({ _id: { $in: contacts as never[] } }, { projection });
    const list = (await orBusy(() => found.toArray())) as unknown as Heard[];
    return new Map(list.map((one) => [one._id, one]));
  }

  return async (audience: Audience, after: string, limit: number): Promise<RecipientPage> => {
    const { event, programme, languages, heardAfter = -Infinity, heardBefore = Infinity, ...of } = audience;
    let within = of.persons;
    let last: string | undefined;
    if (event !== undefined) {
      const page = await events.enrolled(event, takingPart, after, limit);
      const ids = page.map(({ person }) => person);
      within = within ? ids.filter((id) => within?.includes(id)) : ids;
      last = page.length === limit ? ids.at(-1) : undefined;
      if (within.length === 0) return { recipients: [], ...(last !== undefined && { next: last }) };
    }
    const persons = await registration.audience({ ...of, ...(within && { persons: within }) }, after, limit);
    if (event === undefined && persons.length === limit) last = persons.at(-1)?._id;
    const heard = await heardOf(persons.map(({ contact }) => contact));
    const users =
      programme === 'events'
        ? await events.users(
            persons.map(({ _id }) => _id),
            concerned,
          )
        : undefined;
    const recipients = persons.flatMap(({ _id, name, contact, channel }): Recipient[] => {
      const conversation = heard.get(contact);
      const { heardAt = 0, language = 'id' } = conversation ?? {};
      const fits =
        conversation !== undefined &&
        !conversation.muted &&
        (languages?.includes(language) ?? true) &&
        heardAt >= heardAfter &&
        heardAt <= heardBefore &&
        (users?.has(_id) ?? true);
      return fits ? [{ person: _id, name, contact, channel }] : [];
    });
    return { recipients, ...(last !== undefined && { next: last }) };
  };
}
