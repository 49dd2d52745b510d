/* Models and collections as WhatsApp Web has them: attributes that tell when they change. */

/** Something that others can listen to. */
class Emitter {
  #listeners = new Map();

  on(names, listener) {
    for (const name of names.split(' ')) this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }

  once(name, listener) {
    const once = (...values) => {
      this.off(name, once);
      listener(...values);
    };
    this.on(name, once);
  }

  off(name, listener) {
    this.#listeners.set(
      name,
      (this.#listeners.get(name) ?? []).filter((other) => other !== listener),
    );
  }

  emit(name, ...values) {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(...values);
  }

  hears(name) {
    return (this.#listeners.get(name) ?? []).length > 0;
  }
}

/** An address: "15550100001@c.us". Addresses kept `_serialized` when message keys lost it. */
class Wid {
  constructor(text) {
    const [user, server] = text.split('@');
    Object.assign(this, { user, server, _serialized: text });
  }
  isLid() {
    return this.server === 'lid';
  }
  isGroup() {
    return this.server === 'g.us';
  }
  isStatus() {
    return this._serialized === 'status@broadcast';
  }
  isUser() {
    return this.server === 'c.us' || this.server === 'lid';
  }
  toString() {
    return this._serialized;
  }
}

const wid = (value) => (value instanceof Wid ? value : new Wid(String(value)));

/** The key of a message. Its written form stands in `_serialized`, since July 2026 in `$1`. */
class MsgKey {
  static written = '_serialized';
  static count = 0;

  constructor({ fromMe = true, to, remote = to, id, participant }) {
    Object.assign(this, {
      fromMe,
      remote: String(remote),
      id,
      ...(participant && { participant: String(participant) }),
    });
    this[MsgKey.written] = this.toString();
  }

  static async newId() {
    MsgKey.count += 1;
    return `3EB0${Date.now().toString(16).toUpperCase()}${String(MsgKey.count).padStart(6, '0')}`;
  }

  toString() {
    return [this.fromMe, this.remote, this.id, this.participant].filter((part) => part !== undefined).join('_');
  }
}

/** A message or chat: attributes, and word of their change. */
class Model extends Emitter {
  constructor(attributes) {
    super();
    Object.assign(this, attributes);
  }

  set(changes) {
    for (const [name, value] of Object.entries(changes)) {
      const before = this[name];
      this[name] = value;
      this.collection?.emit(`change:${name}`, this, value, before);
      this.emit(`change:${name}`, this, value, before);
    }
    this.collection?.emit('change', this);
  }

  serialize() {
    const { collection, msgs, ...attributes } = this;
    return JSON.parse(JSON.stringify(attributes));
  }
}

/** Models by their written id. */
class Collection extends Emitter {
  #models = new Map();

  add(model) {
    model.collection = this;
    this.#models.set(String(model.id), model);
    this.emit('add', model);
  }

  get(id) {
    return this.#models.get(String(id));
  }

  getModelsArray() {
    return [...this.#models.values()];
  }

  async getMessagesById(ids) {
    return { messages: ids.map((id) => this.get(id)).filter(Boolean) };
  }
}
