package dev.slipway.scripting;

import static dev.slipway.scripting.Attack.Containment.EMPTY;
import static dev.slipway.scripting.Attack.Containment.HARMLESS;
import static dev.slipway.scripting.Attack.Containment.LIMIT;
import static dev.slipway.scripting.Attack.Containment.REFUSED;

import java.util.List;

/** What tenants may try. */
final class Attacks {
  private Attacks() {}

  static final List<Attack> ALL =
      List.of(
          new Attack(
              "endless loop",
              """
              while (true) {}
              """,
              LIMIT),
          new Attack(
              "endless loop outside of the function",
              """
              while (true) {}
              export default () => 1
              """,
              LIMIT),
          new Attack(
              "loop that swallows everything",
              """
              for (;;) { try { for (;;) {} } catch { } finally { for (;;) {} } }
              """,
              LIMIT),
          new Attack(
              "loop in a finally after a return",
              """
              try { return 1 } finally { while (true) {} }
              """,
              LIMIT),
          new Attack(
              "endless generator",
              """
              function* g() { for (;;) yield 1 } let n = 0; for (const x of g()) n += x; return n
              """,
              LIMIT),
          new Attack(
              "endless iterator in a spread",
              """
              return [...{ [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }) }) }].length
              """,
              REFUSED),
          new Attack(
              "busy waiting for a time",
              """
              const end = Date.now() + 1e9; while (Date.now() < end) {}
              """,
              LIMIT),
          new Attack(
              "getter that loops while the result is written",
              """
              return { get x() { for (;;) {} } }
              """,
              LIMIT),
          new Attack(
              "toJSON that loops",
              """
              return { toJSON() { for (;;) {} } }
              """,
              LIMIT),
          new Attack(
              "thrown object whose text loops",
              """
              throw { toJSON() { for (;;) {} } }
              """,
              LIMIT),
          new Attack(
              "error whose stack loops",
              """
              const e = new Error('x'); Object.defineProperty(e, 'stack', { get() { for (;;) {} } }); throw e
              """,
              LIMIT),
          new Attack(
              "proxy whose traps loop",
              """
              return new Proxy({}, { ownKeys() { for (;;) {} } })
              """,
              LIMIT),
          new Attack(
              "conversion that loops",
              """
              return `${{ [Symbol.toPrimitive]() { for (;;) {} } }}`
              """,
              LIMIT),
          new Attack(
              "regex with nested repetition",
              """
              return /^(a+)+$/.test('a'.repeat(50000) + '!')
              """,
              HARMLESS),
          new Attack(
              "regex with a back reference",
              """
              return /^(a+)+\\1b$/.test('a'.repeat(60) + '!') || /^((a*)*\\2)*$/.test('a'.repeat(5000) + 'b')
              """,
              LIMIT),
          new Attack(
              "regex with look-around",
              """
              return /^(?=(a+)+$)((?:a|a)*)*\\1b/.test('a'.repeat(5000) + '!')
              """,
              LIMIT),
          new Attack(
              "regex that is slow to compile",
              """
              return new RegExp('(?:' + 'a?'.repeat(20000) + '){1000}').test('b'.repeat(1000))
              """,
              HARMLESS),
          new Attack(
              "replace with a looping callback",
              """
              return 'aaaa'.replace(/a/g, () => { for (;;) {} })
              """,
              LIMIT),
          new Attack(
              "endless await",
              """
              for (;;) await 0
              """,
              LIMIT),
          new Attack(
              "endless chain of promises",
              """
              const go = () => Promise.resolve().then(go); await go()
              """,
              LIMIT),
          new Attack(
              "promise that is never settled",
              """
              await new Promise(() => {})
              """,
              REFUSED),
          new Attack(
              "top-level await that is never settled",
              """
              await new Promise(() => {});
              export default () => 1
              """,
              REFUSED),
          new Attack(
              "thenable that settles for ever",
              """
              const t = { then(ok) { ok(t) } }; return t
              """,
              LIMIT),
          new Attack(
              "rejections without end",
              """
              const go = () => { Promise.reject(1); return Promise.resolve().then(go) }; await go()
              """,
              LIMIT),
          new Attack(
              "functions that multiply",
              """
              const fork = async () => { await 0; fork(); fork() }; await fork(); await new Promise(() => {})
              """,
              LIMIT),
          new Attack(
              "deep recursion",
              """
              const f = n => f(n + 1) + 1; return f(0)
              """,
              REFUSED),
          new Attack(
              "recursion that comes back from its catch",
              """
              const f = () => { try { f() } catch { f() } finally { f() } }; f()
              """,
              LIMIT),
          new Attack(
              "recursion through a getter",
              """
              const o = { get x() { return this.x } }; return o.x
              """,
              REFUSED),
          new Attack(
              "recursion through a proxy",
              """
              const p = new Proxy({}, { get: (t, k, r) => r[k] }); return p.x
              """,
              REFUSED),
          new Attack(
              "recursion through sort",
              """
              const f = () => [2, 1].sort(f); return f()
              """,
              REFUSED),
          new Attack(
              "parsing of deep JSON",
              """
              return JSON.parse('['.repeat(3e6))
              """,
              REFUSED),
          new Attack(
              "writing of deep JSON",
              """
              let o = {}; for (let i = 0; i < 1e6; i++) o = { o }; return JSON.stringify(o).length
              """,
              REFUSED),
          new Attack(
              "deep result",
              """
              let o = {}; for (let i = 0; i < 2e5; i++) o = { o }; return o
              """,
              REFUSED),
          new Attack(
              "eval",
              """
              const got = []; try { eval('1'); got.push('eval') } catch {} try { (0, eval)('1'); got.push('indirect') } catch {} return got
              """,
              EMPTY),
          new Attack(
              "function from text",
              """
              const got = []; for (const f of [() => {}, async () => {}, function* () {}, async function* () {}]) { try { f.constructor('return 1'); got.push(f.constructor.name) } catch {} } return got
              """,
              EMPTY),
          new Attack(
              "timers with text",
              """
              return ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].filter(n => typeof globalThis[n] !== 'undefined')
              """,
              EMPTY),
          new Attack(
              "import of a file",
              """
              return await import('/etc/passwd')
              """,
              REFUSED),
          new Attack(
              "code from an address that holds it",
              """
              return (await import('data:text/javascript,export%20default%201')).default
              """,
              REFUSED),
          new Attack(
              "import behind the dots of a spread",
              """
              return {...import('data:text/javascript,export%20default%201')}
              """,
              REFUSED),
          new Attack(
              "import behind a mark that no editor shows",
              """
              return (await\ufeffimport('data:text/javascript,export%20default%201')).default
              """,
              REFUSED),
          new Attack(
              "export from behind a mark that no editor shows",
              """
              export { default }\ufefffrom 'data:text/javascript,export default () => 1'
              """,
              REFUSED),
          new Attack(
              "import behind comments",
              """
              return await import /* from */ // (
                ('data:text/javascript,1')
              """,
              REFUSED),
          new Attack(
              "source that is nested deep",
              "export default () => " + "(".repeat(100_000) + "1" + ")".repeat(100_000),
              REFUSED),
          new Attack(
              "source that is one long sum",
              "export default () => " + "1+".repeat(120_000) + "1",
              HARMLESS),
          new Attack(
              "source that takes long to search for imports",
              "/*" + "from//".repeat(40_000) + "*/ export default () => { for (;;) {} }",
              LIMIT),
          new Attack(
              "export from an address that holds code",
              """
              export { default } from /**/ 'data:text/javascript,export default () => 1'
              """,
              REFUSED),
          new Attack(
              "static import",
              """
              import x from '/etc/passwd';
              export default () => x
              """,
              REFUSED),
          new Attack(
              "names of the host",
              """
              return ['Java', 'java', 'javax', 'Packages', 'Polyglot', 'Graal', 'load', 'loadWithNewGlobal', 'print', 'console', 'require', 'process', 'fetch', 'WebAssembly', 'SharedArrayBuffer', 'Worker', 'quit', 'exit', 'read', 'readbuffer', 'structuredClone', 'importScripts', 'global', 'Interop', 'Debug'].filter(n => typeof globalThis[n] !== 'undefined')
              """,
              EMPTY),
          new Attack(
              "reflection on API functions",
              """
              const got = [];
              for (const f of [api.log, api.now, api.echo, api.log.info]) {
                for (const n of ['getClass', 'class', 'getMethod', 'clone', 'wait', 'notify', 'hashCode', 'call_', 'executable']) {
                  try { if (f[n] !== undefined) got.push(n) } catch {}
                }
                try { f.constructor('return 1')(); got.push('constructor') } catch {}
              }
              return got
              """,
              EMPTY),
          new Attack(
              "constructor of everything within reach",
              """
              const got = [], seen = new Set();
              const visit = (value, path) => {
                if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value) || path.length > 6) return;
                seen.add(value);
                for (const key of Reflect.ownKeys(value)) {
                  const d = Reflect.getOwnPropertyDescriptor(value, key);
                  const next = d && 'value' in d ? d.value : undefined;
                  if (typeof key === 'string' && /^(java|javax|org\\.graalvm|getClass|Packages|forName|loadClass)$/.test(key)) got.push(key);
                  visit(next, [...path, key]);
                }
                visit(Reflect.getPrototypeOf(value), [...path, '__proto__']);
              };
              visit(globalThis, []); visit(api, []); visit(event, []);
              return got
              """,
              EMPTY),
          new Attack(
              "frozen api",
              """
              const got = []; for (const [o, k] of [[api, 'log'], [api.log, 'info'], [api, 'extra'], [api.echo, 'x'], [api.kv, 'get']]) { try { o[k] = 1; got.push(k) } catch {} } return got
              """,
              EMPTY),
          new Attack(
              "stack of callers",
              """
              const got = []; for (const f of [function () { return arguments.callee }, function () { return this }]) { try { if (f() !== undefined) got.push(f.toString()) } catch {} } try { if (arguments.callee.caller) got.push('caller') } catch {} return got
              """,
              EMPTY),
          new Attack(
              "hooks on stack traces",
              """
              const got = []; Error.prepareStackTrace = (e, frames) => { for (const f of frames) { try { const t = f.getThis?.(); if (t !== undefined && t !== null) got.push('this'); const fn = f.getFunction?.(); if (fn !== undefined && fn !== null) got.push('function') } catch {} } return 'x' }; try { await api.fail() } catch (e) { e.stack } new Error('x').stack; return got
              """,
              EMPTY),
          new Attack(
              "text of the host's exceptions",
              """
              const got = []; for (const f of ['fail', 'refuse', 'crash']) { try { await api[f]() } catch (e) { const all = `${e} ${e.stack} ${JSON.stringify(e)} ${Object.getOwnPropertyNames(e).map(n => e[n])}`; for (const word of ['java.', 'org.graalvm', 'dev.slipway', 'secret-detail', 'Exception']) if (all.includes(word)) got.push(f + ': ' + word) } } return got
              """,
              EMPTY),
          new Attack(
              "stack overflow inside a host call",
              """
              const f = n => { try { return f(n + 1) } catch { return api.log('deep') } }; const g = () => { api.log('x'); return g() }; return g()
              """,
              REFUSED),
          new Attack(
              "array of objects that grows",
              """
              const a = []; for (;;) a.push({ a: {}, b: [1] })
              """,
              LIMIT),
          new Attack(
              "array of numbers that grows",
              """
              const a = []; for (;;) a.push(a.length)
              """,
              LIMIT),
          new Attack(
              "map that grows",
              """
              const m = new Map(); for (let i = 0; ; i++) m.set(i, { i })
              """,
              LIMIT),
          new Attack(
              "dictionary that grows",
              """
              const o = {}; for (let i = 0; ; i++) o['k' + i] = i
              """,
              LIMIT),
          new Attack(
              "errors that are kept",
              """
              const a = []; for (;;) a.push(new Error("x".repeat(100)))
              """,
              LIMIT),
          new Attack(
              "functions that are kept",
              """
              const a = []; for (let i = 0; ; i++) a.push(() => i)
              """,
              LIMIT),
          new Attack(
              "typed arrays that are kept",
              """
              const a = []; for (;;) a.push(new Uint8Array(1e6))
              """,
              LIMIT),
          new Attack(
              "promises that are kept",
              """
              const a = []; for (;;) a.push(new Promise(() => {}))
              """,
              LIMIT),
          new Attack(
              "weak references that are kept",
              """
              const a = []; const r = new FinalizationRegistry(() => {}); for (;;) { const o = {}; r.register(o, 1); a.push(new WeakRef(o)) }
              """,
              LIMIT),
          new Attack(
              "symbols that are kept",
              """
              const a = []; for (let i = 0; ; i++) a.push(Symbol.for('s' + i))
              """,
              LIMIT),
          new Attack(
              "one huge typed array",
              """
              return new Uint8Array(2e9).length
              """,
              REFUSED),
          new Attack(
              "buffer that grows",
              """
              const b = new ArrayBuffer(1, { maxByteLength: 2 ** 31 }); b.resize(2 ** 31 - 1); return b.byteLength
              """,
              REFUSED),
          new Attack(
              "text that doubles",
              """
              let s = 'x'; for (;;) s += s
              """,
              REFUSED),
          new Attack(
              "text that is repeated",
              """
              return 'x'.repeat(2 ** 30).length
              """,
              REFUSED),
          new Attack(
              "text that is joined",
              """
              return new Array(2 ** 28).join('xxxx').length
              """,
              REFUSED),
          new Attack(
              "text that is padded",
              """
              return 'x'.padEnd(2 ** 30, 'y').length
              """,
              REFUSED),
          new Attack(
              "text that is replaced",
              """
              return 'x'.repeat(1e6).replace(/x/g, 'y'.repeat(1e6)).length
              """,
              REFUSED),
          new Attack(
              "array that is filled",
              """
              return new Array(2 ** 32 - 1).fill(0).length
              """,
              REFUSED),
          new Attack(
              "array made of an array-like",
              """
              return Array.from({ length: 2 ** 32 - 1 }).length
              """,
              LIMIT),
          new Attack(
              "array that is flattened",
              """
              let a = [1]; for (let i = 0; i < 40; i++) a = [a, a]; return a.flat(Infinity).length
              """,
              REFUSED),
          new Attack(
              "arguments without end",
              """
              return Math.max(...new Array(2e7).fill(1))
              """,
              REFUSED),
          new Attack(
              "garbage without end",
              """
              for (;;) new Array(1000).fill(0)
              """,
              LIMIT),
          new Attack(
              "power of a large number",
              """
              return String(3n ** 200000000n).length
              """,
              LIMIT),
          new Attack(
              "digits of a large number",
              """
              return (3n ** 20000000n).toString().length
              """,
              LIMIT),
          new Attack(
              "squares of squares",
              """
              let x = 3n; for (;;) x = x * x
              """,
              LIMIT),
          new Attack(
              "shift of a large number",
              """
              return (1n << 8000000000n) > 0n
              """,
              REFUSED),
          new Attack(
              "search in an endless array-like",
              """
              return Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)
              """,
              LIMIT),
          new Attack(
              "last search in an endless array-like",
              """
              return Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1)
              """,
              LIMIT),
          new Attack(
              "inclusion in an endless proxy",
              """
              return Array.prototype.includes.call(new Proxy({ length: 2 ** 53 - 1 }, {}), 1)
              """,
              LIMIT),
          new Attack(
              "reversal of an endless array-like",
              """
              return Array.prototype.reverse.call({ length: 2 ** 53 - 1 })
              """,
              LIMIT),
          new Attack(
              "sort of a large array",
              """
              const a = []; for (let i = 0; i < 3e5; i++) a.push((i * 7919) % 300007); for (;;) { a.sort((x, y) => x - y); a.reverse() }
              """,
              LIMIT),
          new Attack(
              "normalization of a long text",
              """
              let s = '\\u1e9b\\u0323'.repeat(1e6); for (;;) s.normalize('NFKD').normalize('NFC')
              """,
              REFUSED),
          new Attack(
              "comparison of long texts",
              """
              const s = '\\u00e9'.repeat(2e6); for (;;) (s + 'a').localeCompare(s + 'b')
              """,
              LIMIT),
          new Attack(
              "JSON of a large array",
              """
              const a = new Array(3e6).fill({ a: 1 }); for (;;) JSON.stringify(a)
              """,
              REFUSED),
          new Attack(
              "split of a long text",
              """
              for (;;) 'x,'.repeat(4e6).split(',')
              """,
              REFUSED),
          new Attack(
              "waiting on memory",
              """
              Atomics.wait(new Int32Array(new ArrayBuffer(8)), 0, 0); return 1
              """,
              REFUSED),
          new Attack(
              "log without end",
              """
              for (;;) api.log('x')
              """,
              LIMIT),
          new Attack(
              "log of empty lines",
              """
              for (;;) api.log('')
              """,
              LIMIT),
          new Attack(
              "log of a long text",
              """
              api.log('x'.repeat(7e6)); return 1
              """,
              HARMLESS),
          new Attack(
              "calls without end",
              """
              for (;;) await api.echo(1)
              """,
              LIMIT),
          new Attack(
              "calls without end that nobody waits for",
              """
              for (;;) api.echo(1)
              """,
              LIMIT),
          new Attack(
              "call with long arguments",
              """
              await api.echo('x'.repeat(1e6))
              """,
              LIMIT),
          new Attack(
              "call that takes too long",
              """
              await api.sleep()
              """,
              LIMIT),
          new Attack(
              "call that keeps the host's processor busy",
              """
              await api.spin()
              """,
              LIMIT),
          new Attack(
              "call that the host stops",
              """
              try { await api.stop() } finally { for (;;) {} }
              """,
              LIMIT),
          new Attack(
              "long result",
              """
              return 'x'.repeat(1e6)
              """,
              LIMIT),
          new Attack(
              "result that is no JSON",
              """
              return 1n
              """,
              REFUSED),
          new Attack(
              "result that contains itself",
              """
              const o = {}; o.o = o; return o
              """,
              REFUSED),
          new Attack(
              "call of a function that is not offered",
              """
              return await api.actions.restart()
              """,
              REFUSED),
          new Attack(
              "frames of the protocol in a log",
              """
              for (const bytes of ['\\u0000\\u0000\\u0000\\u0001\\u0006', '\\u0000\\u0000\\u0000\\u0007\\u000a\\u0000\\u0000\\u0000\\u0001x', '\\ud800']) { api.log(bytes); await api.echo(bytes) } return 1
              """,
              HARMLESS),
          new Attack(
              "frames of the protocol in the result",
              """
              return '\\u0000\\u0000\\u0000\\u0001\\u0006\\u0000\\u0000\\u0000\\u0001\\u0006'
              """,
              HARMLESS),
          new Attack(
              "captured ends of the run",
              """
              const got = []; const then = Promise.prototype.then; Promise.prototype.then = function (...f) { for (const g of f) if (typeof g === 'function' && /returns|native host/.test(String(g))) got.push(String(g)); return then.apply(this, f) }; await api.echo(1); return got
              """,
              EMPTY),
          new Attack(
              "poisoned built-ins",
              """
              JSON.stringify = () => { throw 1 }; JSON.parse = () => 'forged'; Array.prototype.map = Array.prototype.join = String.prototype.slice = () => 'forged'; Object.prototype.toJSON = undefined; const answer = await api.echo({ a: 1 }); return answer && answer[0] && answer[0].a === 1 ? [] : ['api']
              """,
              EMPTY),
          new Attack(
              "setters on the prototype of all",
              """
              const caught = new Set(); Object.defineProperty(Object.prototype, 'code', { set(v) { caught.add(v) }, configurable: true }); Object.defineProperty(Array.prototype, '0', { set(v) { caught.add(v) }, configurable: true }); try { await api.refuse() } catch {} delete Object.prototype.code; delete Array.prototype[0]; return [...caught].filter(v => typeof v === 'function')
              """,
              EMPTY));
}
