// Restarts apps that leak. Filter: {"cron": "30 4 * * *", "time_zone": "Europe/Berlin"}

const APPS = ['0190b7a0-0000-7000-8000-000000000002', '0190b7a0-0000-7000-8000-000000000003'];

/** @type {slipway.Schedule} */
export default async (event, api) => {
  const failed = [];
  for (const app of APPS) {
    try {
      await api.actions.restart(app);
    } catch (e) {
      api.log.error(app, e.code, e.message);
      failed.push(app);
    }
  }
  if (failed.length > 0) {
    await api.notify({ title: 'Nightly restart', body: `could not restart ${failed.join(', ')}` });
  }
  return { restarted: APPS.length - failed.length, failed: failed.length };
};
