/** Every index of every part, and wherever a conversation's id stands: known in one place, built before the first message. */
import { indexSpecs as whatsappIndexes } from './channels/whatsapp-web/store.ts';
import { indexSpecs as simulatorIndexes } from './channels/simulator/store.ts';
import { indexSpecs as consoleIndexes } from './console/index.tsx';
import { indexSpecs as broadcastIndexes } from './outreach/broadcasts/store.ts';
import { indexSpecs as nudgeIndexes } from './outreach/nudges.ts';
import { contactReferences as ledgerReferences, indexSpecs as ledgerIndexes } from './outreach/store.ts';
import {
  contactReferences as applicationReferences,
  indexSpecs as applicationIndexes,
} from './programmes/applications/store.ts';
import {
  contactReferences as appointmentReferences,
  indexSpecs as appointmentIndexes,
} from './programmes/appointments/store.ts';
import { indexSpecs as eventIndexes, contactReferences as eventReferences } from './programmes/events/store.ts';
import {
  indexSpecs as registrationIndexes,
  contactReferences as registrationReferences,
} from './programmes/registration/store.ts';
import { indexSpecs as valueIndexes } from './storage/rule-values.ts';
import { indexSpecs as coreIndexes } from './storage/models/index.ts';

/** Every index that must stand before the first message. */
export const allIndexes = [
  ...coreIndexes,
  ...valueIndexes,
  ...registrationIndexes,
  ...applicationIndexes,
  ...appointmentIndexes,
  ...eventIndexes,
  ...ledgerIndexes,
  ...nudgeIndexes,
  ...broadcastIndexes,
  ...simulatorIndexes,
  ...whatsappIndexes,
  ...consoleIndexes,
];

/** Wherever a conversation's id stands outside of it. */
export const contactReferences = [
  ...registrationReferences,
  ...applicationReferences,
  ...appointmentReferences,
  ...eventReferences,
  ...ledgerReferences,
];
