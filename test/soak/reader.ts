/** Holds what a phone received against what it should have: the same texts, in the same order, each once. */

/** A registration number is drawn for each message. */
const known = (text: string): string => text.replace(/\d{3} \d{3}/g, '*** ***');

export interface Doubled {
  person: string;
  text: string;
}

export class Reader {
  readonly #person: string;
  readonly #expected: readonly string[];
  #seen = 0;
  #at = 0;
  readonly doubled: Doubled[] = [];
  readonly outOfOrder: Doubled[] = [];

  /** @param expected the texts of an undisturbed talk */
  constructor(person: string, expected: readonly string[]) {
    this.#person = person;
    this.#expected = expected.map(known);
  }

  /** How many of the expected texts have come. */
  get come(): number {
    return this.#at;
  }

  /** Looks at everything received so far; what was looked at before is not looked at again. */
  read(received: readonly string[]): void {
    for (const text of received.slice(this.#seen)) {
      const here = known(text);
      if (here === this.#expected[this.#at]) this.#at++;
      // A prompt that was sent once more comes before anything newer.
      else if (here === this.#expected[this.#at - 1]) this.doubled.push({ person: this.#person, text });
      else this.outOfOrder.push({ person: this.#person, text });
    }
    this.#seen = received.length;
  }
}
