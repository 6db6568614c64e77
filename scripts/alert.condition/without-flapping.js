// Fires above HIGH and stays so until the value is below LOW: one alert instead of many.

const HIGH = 90;
const LOW = 75;

/** @type {slipway.AlertCondition} */
export default async ({ series, firing }) => {
  const latest = series.map(({ labels, points }) => ({ labels, value: points.at(-1)?.[1] ?? 0 }));
  const worst = latest.reduce((a, b) => (b.value > a.value ? b : a), { labels: {}, value: -Infinity });
  const fires = worst.value > (firing ? LOW : HIGH);
  return fires
    ? { firing: true, value: worst.value, labels: worst.labels, message: `at ${worst.value}` }
    : { firing: false };
};
