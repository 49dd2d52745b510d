/** Which failures of the driver pass by themselves: the server is away, changes its primary, or is too slow just now. */
import { mongo } from 'mongoose';
import { BusyError } from '../shared/errors.ts';

const { MongoNetworkError, MongoServerSelectionError, MongoWriteConcernError, MongoBulkWriteError, MongoError } = mongo;

/** Labels by which the server itself says that the same call may be made again. */
const labels = [
  'RetryableWriteError',
  'TransientTransactionError',
  'PoolRequestedRetry',
  'ResetPool',
  'SystemOverloadedError',
];

/** 11600 interrupted at shutdown, 11602 primary stepped down, 91 shutdown, 189 stepped down, 10107/13435 not primary, 50 too slow. */
const codes = new Set([91, 189, 10107, 13435, 13436, 11600, 11602, 50, 262]);

const names = new Set([
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
  'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoOperationTimeoutError',
  'MongoExpiredSessionError',
]);

export function isTransient(error: unknown): boolean {
  if (
    error instanceof MongoNetworkError ||
    error instanceof MongoServerSelectionError ||
    error instanceof MongoWriteConcernError
  )
    return true;
  if (!(error instanceof MongoError)) return false;
  // A bulk hides what stopped the whole of it, such as no server to be found, in its errorResponse.
  if (error instanceof MongoBulkWriteError && isTransient(error.errorResponse)) return true;
  return labels.some((label) => error.hasErrorLabel(label)) || codes.has(Number(error.code)) || names.has(error.name);
}

/**
 * Makes a call to the driver.
 * @throws BusyError when the database is away for now; anything else as it came.
 */
export async function orBusy<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isTransient(error)) throw new BusyError('The database does not answer just now', {}, { cause: error });
    throw error;
  }
}
