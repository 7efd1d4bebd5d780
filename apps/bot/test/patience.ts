/** How long something of a bot is waited for on a machine that has other things to do, ms. */
export const patienceMs = 120_000;
