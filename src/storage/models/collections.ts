/** Names of the core's collections. A programme's own collections are named in its `store.ts`. */
export const collections = {
  conversations: 'conversations',
  messages: 'messages',
  workers: 'workers',
  flowVersions: 'flow_versions',
  cases: 'cases',
  simulator: 'simulator_messages',
} as const;
