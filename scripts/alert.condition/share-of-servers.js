// Fires when more than a quarter of the series are above HIGH: one bad server is no outage.

const HIGH = 95;
const SHARE = 0.25;

/** @type {slipway.AlertCondition} */
export default async ({ series }) => {
  const known = series.filter(({ points }) => points.length > 0);
  const bad = known.filter(({ points }) => points.at(-1)[1] > HIGH);
  const share = known.length === 0 ? 0 : bad.length / known.length;
  return share > SHARE
    ? { firing: true, value: share * 100, message: `${bad.length} of ${known.length} are above ${HIGH}` }
    : { firing: false };
};
