// Keys of the user streams.
import { refuse } from "../refuse.ts";
import { type Route, stream } from "../route.ts";

const gone = () => refuse(-1125, "This listenKey does not exist.");

export const listenKeyRoutes: readonly Route[] = [
  stream("POST", (house, member) => ({ listenKey: house.keys.open(member.name) })),
  stream("PUT", (house, member, fields) => {
    const key = house.service === "spot" ? fields.need("listenKey") : fields.text("listenKey");
    if (key !== undefined && house.keys.account(key) !== member.name) return gone();
    return house.keys.prolong(member.name) ? {} : gone();
  }),
  stream("DELETE", (house, member, fields) => {
    const key = house.service === "spot" ? fields.need("listenKey") : fields.text("listenKey");
    if (key !== undefined && house.keys.account(key) !== member.name) return gone();
    house.keys.close(member.name);
    return {};
  }),
];
