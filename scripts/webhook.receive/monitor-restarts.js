// An uptime monitor posts {monitor, status}; two reports of "down" in a row restart the app.

const APPS = { shop: '0190b7a0-0000-7000-8000-000000000002' };

/** @type {slipway.WebhookReceive} */
export default async ({ query, body }, api) => {
  if (query?.key !== (await api.secret('MONITOR_KEY'))) throw new Error('wrong key');
  const { monitor, status } = body ?? {};
  const app = APPS[monitor];
  if (app === undefined) return `unknown monitor ${monitor}`;
  const key = `down:${monitor}`;
  if (status === 'up') {
    await api.kv.delete(key);
    return 'up';
  }
  const times = ((await api.kv.get(key)) ?? 0) + 1;
  await api.kv.set(key, times);
  if (times !== 2) return `down ${times}`;
  await api.actions.restart(app);
  return 'restarted';
};
