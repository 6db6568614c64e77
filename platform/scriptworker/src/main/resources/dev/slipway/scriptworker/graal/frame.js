// The world around a script: makes `api` of the host's functions and passes event and result on as
// texts. It runs before the script does and keeps what it needs of the built-ins.
(function (call, log, functions, now) {
  'use strict';
  const { parse, stringify } = JSON;
  const { freeze, getOwnPropertyNames } = Object;
  const plain = method => Function.prototype.call.bind(method);
  const slice = plain(String.prototype.slice);
  const indexOf = plain(String.prototype.indexOf);
  const map = plain(Array.prototype.map);
  const join = plain(Array.prototype.join);
  const Clock = Date;
  const Fault = Error;

  function refused(answer) {
    const space = indexOf(answer, ' ');
    const fault = new Fault(slice(answer, space + 1));
    fault.code = slice(answer, 1, space);
    return fault;
  }

  function hosted(path) {
    return async (...given) => {
      const answer = call(path, stringify(given));
      if (answer[0] !== '=') throw refused(answer);
      return parse(slice(answer, 1));
    };
  }

  function shown(value) {
    if (typeof value === 'string') return value;
    if (value instanceof Fault) return `${value}`;
    const text = typeof value === 'bigint' ? `${value}n` : stringify(value);
    return text === undefined ? `${typeof value}` : text;
  }

  function logger(level) {
    return (...values) => void log(level, join(map(values, shown), ' '));
  }

  function sealed(object) {
    for (const name of getOwnPropertyNames(object)) {
      if (typeof object[name] === 'object' && object[name] !== null) sealed(object[name]);
    }
    return freeze(object);
  }

  const api = {};
  for (const path of functions === '' ? [] : functions.split('\n')) {
    const names = path.split('.');
    const last = names.pop();
    let at = api;
    for (const name of names) at = at[name] ??= {};
    at[last] = hosted(path);
  }
  api.log = logger('info');
  for (const level of ['debug', 'info', 'warn', 'error']) api.log[level] = logger(level);
  api.now = now === 0 ? () => new Clock() : () => new Clock(now);
  for (const name of getOwnPropertyNames(api)) sealed(api[name]);

  function told(thrown) {
    try {
      const message = thrown instanceof Fault ? `${thrown}` : shown(thrown);
      const stack = thrown instanceof Fault ? `${thrown.stack}` : '';
      return [message, stack];
    } catch {
      return ['The script threw something that can not be shown.', ''];
    }
  }

  return (main, text, returns, fails) => {
    const event = parse(text);
    api.event = event;
    freeze(api);
    (async () => {
      try {
        const result = stringify(await main(event, api));
        returns(result === undefined ? 'null' : result);
      } catch (thrown) {
        fails(...told(thrown));
      }
    })();
  };
})
