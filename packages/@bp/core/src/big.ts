// Money's number. A file of its own, because big.js does not say that it can be left out where it is not used.
export { Big } from "big.js";
