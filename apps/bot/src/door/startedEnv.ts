// What a bot that a page starts is given of our environment: neither keys nor whom we alert, for both are this bot's own.
//
// It trades on the sandbox or on paper and needs no key; with our Telegram token it would take commands that were meant for us.

/** Where it finds its files, its words and the network. */
const given =
  /^(PATH|HOME|USER|LOGNAME|TMPDIR|TEMP|TMP|SYSTEMROOT|APPDATA|LOCALAPPDATA|USERPROFILE|LANG|LC_\w+|TZ|NO_COLOR|FORCE_COLOR|NODE_\w+|SSL_CERT_\w+|HTTPS?_PROXY|NO_PROXY|XDG_\w+|BP_STATE|BP_STORE|BP_CACHE|BP_DASHBOARD)$/i;

/** @returns what of an environment is handed on */
export function startedEnv(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => given.test(name)));
}
