/** A client's copy of the state, kept by the operations of host/session/PROTOCOL.md. */

export class Replica {
  #names;
  #state = null;

  /** @param names the app's table of names */
  constructor(names) {
    this.#names = names;
  }

  replace(state) {
    this.#state = state;
  }

  apply(patches) {
    for (const [substate, ...operations] of patches) {
      for (const operation of operations) change(this.#state[substate], operation);
    }
  }

  /** A field's value, by the last part of its class's name and its own: `Tally.count`. */
  field(name) {
    const [className, field] = name.split(".");
    const isClass = ([full]) => full.endsWith(`.${className}`);
    const substate = this.#names.states.findIndex(isClass);
    const number = this.#names.states[substate]?.[1].indexOf(field) ?? -1;
    if (number < 0) throw new Error(`the app has no field ${name}`);
    return this.#state[substate][number];
  }
}

function change(substate, [kind, path, ...rest]) {
  const last = path.at(-1);
  const parent = () => path.slice(0, -1).reduce((value, step) => value[step], substate);
  const list = () => path.reduce((value, step) => value[step], substate);
  switch (kind) {
    case "s":
      parent()[last] = rest[0];
      return;
    case "d":
      delete parent()[last];
      return;
    case "p":
      list().splice(rest[0], rest[1], ...rest[2]);
      return;
    case "m":
      list().splice(rest[2], 0, ...list().splice(rest[0], rest[1]));
      return;
    case "a":
      parent()[last] += rest[0];
      return;
  }
  throw new Error(`no operation is called ${kind}`);
}
