// Vaults: what one token is worth, minting, redeeming after a delay.
import { Big } from "big.js";
import { type Answer, ok } from "../../answer.ts";
import { money } from "../../text.ts";
import type { Member } from "../accounts.ts";
import { type Redeem, type VaultRefusal, vaultTerms } from "../desks/vault.ts";
import type { Fields } from "../fields.ts";
import type { BackpackHouse } from "../house.ts";
import { fault, notFound, refuse } from "../refuse.ts";
import { publicGet, type Route, signed } from "../route.ts";
import { zoned } from "../wire/dates.ts";
import { needAsset, pageOf, readPaging } from "./read.ts";

const day = 86_400_000;
const spans = { "1d": day, "1w": 7 * day, "1month": 30 * day, "1year": 365 * day } as const;
const spanNames = ["1d", "1w", "1month", "1year"] as const;

const refusals: Readonly<Record<VaultRefusal, Answer>> = {
  "below-minimum": fault(400, "INVALID_QUANTITY", "Quantity is below the minimum"),
  "off-step": fault(400, "INVALID_CLIENT_REQUEST", "Quantity decimal too long"),
  "no-funds": fault(400, "INSUFFICIENT_FUNDS", "Insufficient funds"),
  full: fault(400, "PRECONDITION_FAILED", "The vault takes no more"),
  pending: fault(400, "PRECONDITION_FAILED", "A redemption is pending"),
  "not-found": notFound,
};

const done = (refusal: VaultRefusal | undefined): Answer =>
  refusal === undefined ? { status: 200 } : refusals[refusal];

/** The one vault there is. */
function readVault(fields: Fields): number | undefined {
  return fields.whole("vaultId", 0xffff_ffff, "uint32");
}

const needVault = (fields: Fields): number => fields.need("vaultId", readVault(fields), "integer(uint32)");

function known(id: number): void {
  if (id !== vaultTerms.id) refuse("RESOURCE_NOT_FOUND", "Not Found", 404);
}

export const vaultRoutes: readonly Route[] = [
  publicGet(
    "/api/v1/vaults",
    () => undefined,
    (house) =>
      ok([
        {
          id: vaultTerms.id,
          vaultToken: vaultTerms.token,
          symbol: vaultTerms.symbol,
          mintsEnabled: true,
          redeemsEnabled: true,
          minMintQuantity: vaultTerms.minMint,
          minRedeemTokens: vaultTerms.minRedeem,
          redeemDelayMs: vaultTerms.redeemDelayMs,
          tokenStepSize: vaultTerms.step,
          remainingMintQuantity: money(house.vault.remaining()),
        },
      ]),
  ),
  publicGet(
    "/api/v1/vaults/history",
    (fields) => ({
      interval: fields.need("interval", fields.word("interval", "VaultHistoryInterval", spanNames)),
      id: readVault(fields),
    }),
    (house, { interval, id }) => {
      if ((id ?? vaultTerms.id) !== vaultTerms.id) return ok([]);
      const since = house.times.now() - spans[interval];
      return ok(
        [...house.vault.history(), house.vault.state()].flatMap(({ at, nav, equity, supply }) =>
          house.times.toldMs(at) < since
            ? []
            : {
                vaultId: vaultTerms.id,
                timestamp: zoned(house.times.toldMs(at)),
                nav: money(nav),
                vaultEquity: money(equity),
                tokenCirculatingSupply: money(supply),
              },
        ),
      );
    },
  ),
  signed(
    "POST",
    "/api/v1/vault/mint",
    "vaultMint",
    "VaultMintPayload",
    (fields, house) => ({
      id: needVault(fields),
      asset: needAsset(fields, house),
      quantity: fields.need("quantity", fields.decimal("quantity"), "decimal"),
      borrow: fields.flag("autoBorrow") ?? false,
      redeem: fields.flag("autoLendRedeem") ?? false,
    }),
    (house, { name }, { id, asset, quantity, borrow, redeem }) => {
      known(id);
      if (asset !== vaultTerms.symbol) return refuse("INVALID_ASSET", "Invalid asset");
      house.spotMargin.cover(name, asset, new Big(quantity), { borrow, redeem }, "SpotMargin");
      return done(house.vault.mint(name, new Big(quantity)));
    },
  ),
  signed(
    "POST",
    "/api/v1/vault/redeem",
    "vaultRedeemRequest",
    "VaultRedeemPayload",
    (fields) => ({ id: needVault(fields), tokens: fields.decimal("vaultTokenQuantity") }),
    (house, { name }, { id, tokens }) => {
      known(id);
      return done(house.vault.redeem(name, tokens === undefined ? undefined : new Big(tokens)));
    },
  ),
  signed(
    "DELETE",
    "/api/v1/vault/redeem",
    "vaultRedeemCancel",
    "VaultRedeemCancelPayload",
    needVault,
    (house, { name }, id) => {
      known(id);
      return done(house.vault.cancel(name));
    },
  ),
  signed("GET", "/api/v1/vault/redeems/pending", "vaultPendingRedeemsQuery", "", needVault, (house, member, id) => {
    known(id);
    operatorOnly(house, member);
    return ok(house.vault.pending().map((redeem) => redeemRow(house, redeem)));
  }),
  signed(
    "GET",
    "/api/v1/vault/nav",
    "vaultNavQuery",
    "",
    () => undefined,
    (house, member) => {
      operatorOnly(house, member);
      const { vault, times } = house;
      const { nav, twap, equity, supply } = vault.state();
      const last = vault.history().at(-1);
      return ok({
        nav: money(nav),
        twapNav: money(twap),
        mintNav: money(vault.mintNav()),
        redeemNav: money(vault.redeemNav()),
        vaultEquity: money(equity),
        netEquity: money(equity),
        tokenCirculatingSupply: money(supply),
        lastCrankTimestamp: last === undefined ? null : times.toldMs(last.at),
      });
    },
  ),
  signed(
    "GET",
    "/wapi/v1/history/vault/mint",
    "vaultMintHistoryQueryAll",
    "",
    (fields) => ({ id: readVault(fields), paging: readPaging(fields) }),
    (house, { name }, { id, paging }) =>
      pageOf((id ?? vaultTerms.id) === vaultTerms.id ? house.vault.mints(name) : [], paging, (mint) => ({
        id: mint.id,
        vaultId: vaultTerms.id,
        vaultToken: vaultTerms.token,
        symbol: vaultTerms.symbol,
        quantity: money(mint.quantity),
        vaultTokensMinted: money(mint.tokens),
        nav: money(mint.nav),
        timestamp: house.times.toldMs(mint.at),
      })),
  ),
  signed(
    "GET",
    "/wapi/v1/history/vault/redeem",
    "vaultRedeemHistoryQueryAll",
    "",
    (fields) => ({ id: readVault(fields), paging: readPaging(fields) }),
    (house, { name }, { id, paging }) =>
      pageOf((id ?? vaultTerms.id) === vaultTerms.id ? house.vault.redeems(name) : [], paging, (redeem) =>
        redeemRow(house, redeem),
      ),
  ),
];

/** The first account runs the vault. */
function operatorOnly(house: BackpackHouse, member: Member): void {
  if (house.members[0] !== member) refuse("FORBIDDEN", "Forbidden", 403);
}

function redeemRow(house: BackpackHouse, redeem: Redeem): Record<string, unknown> {
  const paid = redeem.status === "Redeemed";
  return {
    status: redeem.status,
    id: redeem.id,
    vaultId: vaultTerms.id,
    vaultTokenQuantity: money(redeem.tokens),
    vaultToken: paid ? vaultTerms.token : null,
    symbol: paid ? vaultTerms.symbol : null,
    quantity: redeem.quantity === undefined ? null : money(redeem.quantity),
    nav: redeem.nav === undefined ? null : money(redeem.nav),
    reason: null,
    timestamp: house.times.toldMs(redeem.at),
  };
}
