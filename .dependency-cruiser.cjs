/** Who may import whom. Read top to bottom; each comment is what a newcomer sees when a rule breaks. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '[.]test[.]ts$|/contract[.]ts$' },
  to: { path: '^src/', pathNot: allowed },
});
const pure = (name, folder) => ({
  name,
  comment: `${folder}/ is pure: npm packages without effects only, no Node built-in`,
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: '[.]test[.]ts$' },
  to: {
    dependencyTypes: ['core', 'npm', 'npm-dev'],
    pathNot:
      'node_modules/(zod|damerau-levenshtein|@types/damerau-levenshtein|luxon|@types/luxon|chrono-node|minisearch)/',
  },
});
const atHome = (name, module, homes, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: `${homes}|[.]test[.]ts$` },
  to: { path: `node_modules/${module}/`, dependencyTypesNot: ['type-only'] },
});

module.exports = {
  forbidden: [
    only('shared-imports-nothing', '^src/shared/', '^src/shared/', 'shared/ is the floor of the house'),
    only(
      'understanding-imports-nothing',
      '^src/understanding/',
      '^src/understanding/',
      'understanding knows nothing of ours',
    ),
    only(
      'engine-is-pure',
      '^src/engine/',
      '^src/(engine/|understanding/index[.]ts$)',
      'the engine knows no channel, no database, no programme',
    ),
    only(
      'rules-import-nothing',
      '^src/rules/',
      '^src/rules/',
      'rules are data and arithmetic; they know nothing of ours',
    ),
    pure('understanding-no-io', 'understanding'),
    pure('rules-no-io', 'rules'),
    pure('engine-no-io', 'engine'),
    {
      name: 'engine-door',
      comment: 'import the engine through its index',
      severity: 'error',
      from: { pathNot: '^src/engine/' },
      to: { path: '^src/engine/', pathNot: '^src/engine/index[.]ts$' },
    },
    {
      name: 'understanding-door',
      comment: 'import understanding through its index',
      severity: 'error',
      from: { pathNot: '^src/understanding/|[.]test[.]ts$' },
      to: { path: '^src/understanding/', pathNot: '^src/understanding/index[.]ts$' },
    },
    only(
      'content-reads-files',
      '^src/content/',
      '^src/(content|shared)/|^src/(engine|understanding|rules)/index[.]ts$',
      'content turns files into flows and texts',
    ),
    only(
      'conversation-uses-ports',
      '^src/conversation/',
      '^src/(conversation|shared)/|^src/(engine|understanding)/index[.]ts$|^src/channels/channel[.]ts$|^src/programmes/programme[.]ts$',
      'talk to storage, channels and programmes through their contracts',
    ),
    only(
      'programme-stands-alone',
      '^src/programmes/([^/]+)/',
      '^src/shared/|^src/(engine|understanding|rules)/index[.]ts$|^src/programmes/(programme[.]ts$|$1/)|^src/conversation/ports[.]ts$|^src/storage/transient[.]ts$',
      'a programme never imports another programme',
    ),
    only(
      'channel-stands-alone',
      '^src/channels/([^/]+)/',
      '^src/shared/|^src/channels/(channel[.]ts$|$1/)|^src/storage/',
      'a channel translates; it decides nothing',
    ),
    only(
      'storage-implements-ports',
      '^src/storage/',
      '^src/(storage|shared)/|^src/(engine|rules)/index[.]ts$|^src/conversation/ports[.]ts$|^src/content/library[.]ts$|^src/config[.]ts$',
      'storage knows the ports, not who uses them',
    ),
    only(
      'outreach-uses-ports',
      '^src/outreach/',
      '^src/(outreach|shared)/|^src/engine/index[.]ts$|^src/content/outreach-settings[.]ts$|^src/channels/channel[.]ts$|^src/conversation/(ports|decide|speak-first)[.]ts$|^src/programmes/programme[.]ts$|^src/storage/',
      'outreach knows kinds of delivery, not who brings them',
    ),
    only(
      'console-stands-on-services',
      '^src/console/',
      '^src/(console|shared|storage|content|outreach|programmes)/|^src/(parts[.]ts|(engine|rules|understanding)/index[.]ts)$|^src/channels/channel[.]ts$|^src/conversation/(ports|conversations)[.]ts$',
      'pages use the services of the product; they know no channel from inside',
    ),
    only('http-knows-no-one', '^src/http/', '^src/(http|shared)/', 'http/ serves what it is given'),
    atHome(
      'mongoose-at-home',
      'mongoose',
      '^src/storage/|/store[.]ts$|^src/compose[.]ts$',
      'only storage/ and a store.ts may see mongoose',
    ),
    atHome(
      'express-at-home',
      'express',
      '^src/(http|console|channels)/|^src/compose[.]ts$',
      'only pages and channels see express',
    ),
    atHome('cron-at-home', 'node-cron', '^src/scheduler/', 'cron is an alarm clock; it lives in scheduler/'),
    {
      name: 'nobody-imports-main',
      comment: 'main, compose and what they join stand on top',
      severity: 'error',
      from: {
        pathNot:
          '^src/(main|compose|parts|applications|appointments|collections)[.]ts$|^test/|^src/cli/|^src/console/(index[.]tsx|parts[.]ts)$',
      },
      to: { path: '^src/(main|compose|parts|audience|applications|appointments|collections)[.]ts$' },
    },
    {
      name: 'no-circular',
      comment: 'a circle of imports has no top and no bottom',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-tests-in-production',
      comment: 'what ships does not import tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '[.]test[.]ts$|/contract[.]ts$|[.]fixture[.]ts$' },
      to: { path: '[.]test[.]ts$|^test/|[.]fixture[.]ts$' },
    },
    {
      name: 'not-unresolvable',
      comment: 'an import that leads nowhere',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
