/** What did the person mean? The only door of understanding: pure readers, one a kind of answer. */
export { fold, normalise, tokens } from './normalise.ts';
export { type Area, type Option, type Reading, type Reason } from './reading.ts';
export { isExactly, readChoice, readChoices } from './choice.ts';
export { readCommand, commands, type Command } from './command.ts';
export { readDoubt, withoutAsking, type Doubt } from './doubt.ts';
export { readGreeting, greetings, type Greeting } from './greeting.ts';
export { readInteger } from './integer.ts';
export { readKelurahan } from './kelurahan.ts';
export { readName } from './name.ts';
export { readText } from './text.ts';
export { readYesNo } from './yesno.ts';
export { expectKinds, understand, type ExpectKind, type Question } from './understand.ts';
