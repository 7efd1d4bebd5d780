// Blockchains, addresses and transactions: none of them exists, and each is always the same.
import { createHash } from "node:crypto";

/** Chains that addresses are given for. */
export const blockchains = [
  "0G",
  "Aptos",
  "Arbitrum",
  "Avalanche",
  "Base",
  "Berachain",
  "Bitcoin",
  "BitcoinCash",
  "Bsc",
  "Cardano",
  "Dogecoin",
  "Eclipse",
  "EqualsMoney",
  "Ethereum",
  "Fogo",
  "HyperEVM",
  "Hyperliquid",
  "Linea",
  "Litecoin",
  "Monad",
  "Near",
  "Optimism",
  "Plasma",
  "Polygon",
  "Sei",
  "Solana",
  "Stable",
  "Story",
  "Sui",
  "Tron",
  "XRP",
  "Zcash",
] as const;
export type Blockchain = (typeof blockchains)[number];

const digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const likeEthereum: readonly string[] = [
  "Arbitrum",
  "Avalanche",
  "Base",
  "Berachain",
  "Bsc",
  "Ethereum",
  "HyperEVM",
  "Hyperliquid",
  "Linea",
  "Monad",
  "Optimism",
  "Plasma",
  "Polygon",
  "Sei",
];

/** Where somebody's deposits would be sent to. */
export const addressOf = (chain: string, owner: string): string => spell(chain, `address ${chain} ${owner}`, 20, 44);

/** What a transfer would be found under. */
export const transactionOf = (chain: string, what: string): string => spell(chain, `transaction ${what}`, 32, 88);

function spell(chain: string, text: string, bytes: number, letters: number): string {
  const hash = createHash("sha512").update(text).digest();
  if (likeEthereum.includes(chain)) return `0x${hash.subarray(0, bytes).toString("hex")}`;
  let number = BigInt(`0x${hash.toString("hex")}`);
  let spelled = "";
  while (spelled.length < letters) {
    spelled += digits[Number(number % 58n)] ?? "";
    number = number / 58n || 7919n;
  }
  return spelled;
}
