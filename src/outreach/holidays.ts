/** From 1 November staff are told every day as long as nobody has listed next year's holidays. */
import { DateTime } from 'luxon';
import type { OutreachSettings } from '../content/outreach-settings.ts';
import type { CaseStore } from '../conversation/ports.ts';
import type { Log } from '../shared/log.ts';
import type { Planner } from './ports.ts';

const FROM_MONTH = 11;

/** Years whose list is missing on a day: this year's always, the next one's from November. */
export function missingYears({ holidayYears }: Pick<OutreachSettings, 'holidayYears'>, day: DateTime): number[] {
  const wanted = day.month >= FROM_MONTH ? [day.year, day.year + 1] : [day.year];
  return wanted.filter((year) => !holidayYears.has(year));
}

export function createHolidayWatch(
  settings: Pick<OutreachSettings, 'holidayYears'>,
  timeZone: string,
  cases: CaseStore,
  log: Log,
): Planner {
  let told = '';
  return {
    name: 'holidays',
    async plan(now) {
      const day = DateTime.fromMillis(now, { zone: timeZone });
      const date = day.toISODate() ?? '';
      if (date === told) return;
      for (const year of missingYears(settings, day)) {
        log.warn({ year }, `the holidays of ${year} are not in flows/shared/holidays.yaml; nothing keeps their quiet`);
        const missing = { contact: 'office', kind: 'holidays_missing', flow: '', node: String(year) };
        await cases.open({ ...missing, message: `${year}@${date}`, at: now });
      }
      told = date;
    },
  };
}
