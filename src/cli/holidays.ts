/**
 * `npm run holidays -- 2027`: a first list of a year for `flows/shared/holidays.yaml`, from date-holidays. Islamic and
 * Balinese days in it are estimates, and joint leave is missing: the office completes it from the ministers' decision.
 */
import Holidays from 'date-holidays';
import { stringify } from 'yaml';

const year = Number(process.argv[2]);
if (!Number.isInteger(year) || year < 2000 || year > 2200) {
  console.error('Name a year: npm run holidays -- 2027');
  process.exitCode = 1;
} else {
  const days = new Holidays('ID')
    .getHolidays(year, 'id')
    .filter(({ type }) => type === 'public')
    .map(({ date, name }) => ({ on: date.slice(0, 10), name }));
  const source = 'date-holidays: a first list, to be completed from the decision of the three ministers';
  console.log(stringify([{ year, source, days }]));
}
