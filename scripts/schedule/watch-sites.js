// Looks whether sites answer, and tells when that changes. Their hosts must be on the tenant's list.
// Filter: {"cron": "*/5 * * * *"}

const SITES = ['https://shop.example.com/health'];

/** @type {slipway.Schedule} */
export default async (event, api) => {
  for (const site of SITES) {
    const now = await state(site, api);
    const before = (await api.kv.get(site)) ?? 'up';
    if (now === before) continue;
    await api.notify({ title: `${new RegExp('//([^/]+)').exec(site)[1]} is ${now}`, mail: true });
    await api.kv.set(site, now);
  }
};

async function state(site, api) {
  try {
    const { status } = await api.fetch(site, { timeout_ms: 3000 });
    return status < 400 ? 'up' : 'down';
  } catch (e) {
    api.log.warn(site, e.message);
    return 'down';
  }
}
