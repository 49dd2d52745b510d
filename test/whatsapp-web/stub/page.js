/* The page: modules under the names that the library asks for, and the wire to the server, which plays WhatsApp. */
(() => {
  /**
   * The wire: a socket that comes back by itself. What the server has not acknowledged leaves once more when it is back, as
   * with WhatsApp; questions wait for their answer.
   */
  const server = {
    socket: undefined,
    questions: new Map(),
    asked: 0,
    unacknowledged: new Map(),
    tell(message) {
      if (message.type === 'sent') this.unacknowledged.set(message.message.id, message);
      if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
    },
    ask(message) {
      return new Promise((resolve, reject) => {
        this.asked += 1;
        this.questions.set(this.asked, { resolve, reject });
        this.tell({ ...message, number: this.asked });
      });
    },
    open() {
      this.socket = new WebSocket(window.stubServer);
      this.socket.onopen = () => {
        const device = localStorage.getItem('device');
        this.tell({ type: 'hello', device, agent: navigator.userAgent, again: world !== undefined });
        for (const message of this.unacknowledged.values()) this.tell(message);
      };
      this.socket.onmessage = ({ data }) => {
        const { type, ...rest } = JSON.parse(data);
        hear[type](rest);
      };
      this.socket.onclose = () => {
        if (world?.paired) Socket.set({ state: 'TIMEOUT' });
        setTimeout(() => this.open(), 100);
      };
    },
  };

  let world;
  const Socket = new Model({ state: 'OPENING' });
  Object.assign(Socket, { logout() {}, reconnect() {}, takeover: () => server.tell({ type: 'takeover' }) });
  const Conn = new Model({ ref: 'first-code', pushname: 'Dinas (contoh)', platform: 'android' });
  const Cmd = new Emitter();
  Cmd.refreshQR = () => server.tell({ type: 'refresh' });
  const Calls = Object.assign(new Emitter(), { calls: new Map() });
  const Msg = new Collection();
  const Chat = new Collection();

  // WhatsApp tells of its sync when it is done, which is after the library has begun to listen.
  const listen = Socket.on.bind(Socket);
  Socket.on = (names, listener) => {
    listen(names, listener);
    if (names === 'change:hasSynced' && world?.paired && world.syncs)
      setTimeout(() => Socket.emit('change:hasSynced'), 20);
  };

  function chatOf(address) {
    const id = wid(address);
    let chat = Chat.get(id);
    if (!chat) {
      chat = new Model({ id, unreadCount: 0, formattedTitle: 'x', mute: { expiration: 0 } });
      chat.msgs = { models: [], getModelsArray: () => chat.msgs.models };
      Chat.add(chat);
    }
    return chat;
  }

  function messageOf({ id, fromMe = false, chat, author, ...rest }) {
    const key = new MsgKey({ fromMe, remote: chat, id, participant: author });
    const me = wid(world.me);
    const [from, to] = fromMe ? [me, wid(chat)] : [wid(chat), me];
    const media = rest.directPath && { mediaData: { mediaStage: 'RESOLVED' } };
    return new Model({
      isNewMsg: true,
      type: 'chat',
      ack: 1,
      ...rest,
      ...media,
      ...(author && { author: wid(author) }),
      id: key,
      from,
      to,
    });
  }

  function arrive(message) {
    const chat = chatOf(message.chat);
    const model = messageOf(message);
    chat.msgs.models.push(model);
    Msg.add(model);
  }

  function send(chat, message) {
    const behaviour = world.send[chat.id._serialized] ?? world.send.all;
    if (behaviour === 'throws') throw new Error('Evaluation failed: r: r');
    if (behaviour === 'hangs') {
      server.tell({ type: 'hung', address: chat.id._serialized });
      return [new Promise(() => undefined), new Promise(() => undefined)];
    }
    const model = new Model({ ...message });
    const id = String(message.id);
    const { bytes } = message.mediaBlob ?? {};
    const wire = {
      ...{ id: message.id.id, to: chat.id._serialized, type: message.type, body: message.body ?? '' },
      ...(message.type === 'location' && { lat: message.lat, lng: message.lng, loc: message.loc }),
      ...(bytes && { media: btoa(String.fromCharCode(...new Uint8Array(bytes))), mimetype: message.mimetype }),
      ...(bytes && { caption: message.caption ?? '', filename: message.filename }),
    };
    delete model.mediaBlob;
    chatOf(chat.id).msgs.models.push(model);
    Msg.add(model);
    // Where WhatsApp itself cannot be reached, the message stays in this page.
    if (behaviour !== 'offline') server.tell({ type: 'sent', message: wire });
    if (behaviour === 'mute') throw new Error('Evaluation failed: r: r');
    const never = new Promise(() => undefined);
    return behaviour === 'never settles' ? [never, never] : [Promise.resolve(id), never];
  }

  const alternate = (user) => {
    const found = world.lids.find(({ lid, phone }) => lid === user._serialized || phone === user._serialized);
    const other = found && (user.isLid() ? found.phone : found.lid);
    return found?.known && other ? wid(other) : null;
  };

  const modules = {
    WAWebSocketModel: { Socket },
    WAWebConnModel: { Conn },
    WAWebCmd: { Cmd },
    WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => 100 } },
    WAWebAltDeviceLinkingApi: {
      setPairingType() {},
      async initializeAltDeviceLinking() {},
      startAltLinkingFlow: (phone) => server.ask({ type: 'code', phone }),
      async initializeQRLinking() {},
    },
    WABase64: { encodeB64: String },
    WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: '1' },
    WAWebAdvSignatureApi: {},
    WAWebUserPrefsInfoStore: { waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: 'noise' } }) } },
    WAWebSignalStoreApi: {
      waSignalStore: { getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: 'identity' } }) },
    },
    WAWebUserPrefsMultiDevice: { getADVSecretKey: () => 'secret' },
    WAWebUserPrefsMeUser: {
      getMaybeMePnUser: () => wid(world.me),
      getMaybeMeLidUser: () => wid('700000000000000@lid'),
    },
    WAWebCollections: { Msg, Chat },
    WAWebSyncGatingUtils: {},
    WAWebNonMessageDataRequestPlaceholderMessageResendUtils: { handlePlaceholderMsgsSeen() {} },
    WAWebCallCollection: Calls,
    WALinkify: { findLinks: () => [], findLink: () => null },
    WAWebWidFactory: { createWid: wid, createWidFromWidLike: wid, asUserWidOrThrow: wid },
    WAWebFindChatAction: {
      async findOrCreateLatestChat(address) {
        if (world.send[address._serialized] === 'no lid') {
          server.tell({ type: 'no lid', address: address._serialized });
          throw new Error('No LID for user');
        }
        return { chat: chatOf(address) };
      },
    },
    WAWebChatGetters: { getIsNewsletter: () => false, getIsBroadcast: () => false },
    WAWebStreamModel: { Stream: { markAvailable() {}, markUnavailable() {} } },
    WAWebUpdateUnreadChatAction: {
      async sendSeen({ chat }) {
        server.tell({ type: 'seen', chat: chat.id._serialized });
      },
    },
    WAWebMsgKey: MsgKey,
    WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: () => ({}) },
    WAWebSendMsgChatAction: { addAndSendMsgToChat: send },
    WAWebApiContact: {
      getPhoneNumber: (user) => alternate(user),
      getCurrentLid: (user) => alternate(user),
      getAlternateUserWid: () => null,
    },
    WAWebQueryExistsJob: {
      async queryWidExists(user) {
        server.tell({ type: 'query', address: user._serialized });
        if (world.queries === 'time out') throw new Error('Query timed out');
        return world.unregistered.includes(user._serialized) ? null : { wid: user };
      },
    },
    WAWebChatStateBridge: {
      async sendChatStateComposing(address) {
        server.tell({ type: 'typing', chat: String(address) });
        if (world.typing === 'throws') throw new Error('r: r');
        if (world.typing === 'hangs') await new Promise(() => undefined);
      },
      async sendChatStatePaused() {},
      async sendChatStateRecording() {},
    },
    WAWebMiscBrowserUtils: { info: () => ({}) },
    WAWebAddonReactionTableMode: { reactionTableMode: { bulkUpsert() {} } },
    WAWebAddonPollVoteTableMode: { pollVoteTableMode: { bulkUpsert() {} } },
    ...mediaModules(server),
  };

  window.Debug = { VERSION: '2.3000.9999999' };
  window.require = (name) => {
    if (!(name in modules) || world?.missing.includes(name)) throw new Error(`Requiring unknown module "${name}"`);
    return modules[name];
  };

  function showDialog() {
    const dialog = document.createElement('div');
    dialog.setAttribute('role', 'dialog');
    dialog.innerHTML = "<h1>What's new on WhatsApp Web</h1><button>Continue</button>";
    dialog.querySelector('button').onclick = () => {
      dialog.remove();
      server.tell({ type: 'continued' });
    };
    document.body.append(dialog);
  }

  const find = ({ chat, id, fromMe = false }) => Msg.get(new MsgKey({ fromMe, remote: chat, id }));

  /** What the server may say. */
  const hear = {
    world(given) {
      world = given;
      MsgKey.written = world.keys;
      for (const message of world.history) arrive({ ...message, isNewMsg: false });
      for (const [chat, count] of Object.entries(world.unread)) chatOf(chat).unreadCount = count;
      if (world.dialog) showDialog();
      Socket.set({ state: world.paired ? 'CONNECTED' : 'UNPAIRED' });
      if (world.paired && world.syncs && Socket.hears('change:hasSynced')) Socket.emit('change:hasSynced');
    },
    /** The wire is back: what came meanwhile is told as new. */
    again({ messages }) {
      Socket.set({ state: world.paired ? 'CONNECTED' : 'UNPAIRED' });
      hear.incoming({ messages });
    },
    behave(changes) {
      Object.assign(world, changes);
    },
    incoming({ messages }) {
      for (const { message, unread } of messages) {
        server.tell({ type: 'got', chat: message.chat, id: message.id });
        arrive(message);
        chatOf(message.chat).unreadCount = unread;
      }
    },
    ack({ chat, id, ack }) {
      server.unacknowledged.delete(id);
      find({ chat, id, fromMe: true })?.set({ ack });
    },
    // The library listens to the very map that the page keeps its calls in.
    call: ({ call }) => Calls.calls.set(call.id, { ...call, peerJid: wid(call.from) }),
    edit: ({ chat, id, body }) => find({ chat, id })?.set({ body }),
    revoke: ({ chat, id }) => find({ chat, id })?.set({ type: 'revoked', body: '' }),
    decrypt: ({ chat, id, body }) => find({ chat, id })?.set({ body, type: 'chat' }),
    moved({ from, to }) {
      const notice = { type: 'notification_template', subtype: 'change_number', templateParams: [from, to] };
      Msg.emit('change', Object.assign(messageOf({ chat: from, id: 'MOVED', ...notice }), { to }));
    },
    react: ({ reactions }) => modules.WAWebAddonReactionTableMode.reactionTableMode.bulkUpsert(reactions),
    vote: ({ votes }) => modules.WAWebAddonPollVoteTableMode.pollVoteTableMode.bulkUpsert(votes),
    state: ({ state }) => Socket.set({ state }),
    sync: () => Socket.emit('change:hasSynced'),
    code: ({ code }) => Conn.set({ ref: code }),
    pair({ device }) {
      localStorage.setItem('device', device);
      world.paired = true;
      Socket.set({ state: 'CONNECTED' });
      Socket.emit('change:hasSynced');
    },
    logout() {
      localStorage.removeItem('device');
      Cmd.emit('logout');
      setTimeout(() => location.reload(), 100);
    },
    dialog: showDialog,
    iframe: () => document.body.append(document.createElement('iframe')),
    away: () => location.replace('about:blank'),
    freeze() {
      for (;;);
    },
    answer({ number, value }) {
      server.questions.get(number)?.resolve(value);
      server.questions.delete(number);
    },
    refusal({ number, why }) {
      server.questions.get(number)?.reject(new Error(why));
      server.questions.delete(number);
    },
  };

  server.open();
})();
