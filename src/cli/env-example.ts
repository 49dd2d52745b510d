/** Writes `.env.example` from `config.ts`. */
import { writeFileSync } from 'node:fs';
import { envExample } from '../config.ts';

writeFileSync('.env.example', envExample());
console.log('.env.example written');
