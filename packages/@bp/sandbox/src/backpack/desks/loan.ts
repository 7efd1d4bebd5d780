// The words of borrowing and lending.
import type { Millis } from "@bp/core";
import type { Big } from "big.js";
import type { Rates } from "./rates.ts";

/** A loan, given (above 0) or taken (below 0), of one account in one asset. */
export interface Loan {
  readonly id: string;
  readonly account: string;
  readonly asset: string;
  readonly side: "Borrow" | "Lend";
  readonly source: LoanSource;
  readonly createdAt: Millis;
  /** Signed, interest included. */
  net: Big;
  /** Received or paid so far, above 0. */
  interest: Big;
  /** Sum of the rates it had, and of how many hours. */
  rates: Big;
  hours: number;
}

export type LoanSource = "Manual" | "SpotMargin" | "AutoLend" | "AutoBorrowRepay" | "Withdrawal" | "Rfq";
export type LoanEvent = "Borrow" | "BorrowRepay" | "Lend" | "LendRedeem";

/** One movement of a loan. */
export interface Movement {
  readonly account: string;
  readonly asset: string;
  readonly event: LoanEvent;
  readonly positionId: string;
  /** After it. */
  readonly positionQuantity: Big;
  readonly quantity: Big;
  readonly source: LoanSource;
  readonly orderId: string | undefined;
  readonly at: Millis;
}

/** Interest of one hour. */
export interface Interest {
  readonly account: string;
  readonly asset: string;
  readonly side: "Borrow" | "Lend";
  readonly positionId: string;
  /** + received, − paid. */
  readonly quantity: Big;
  readonly rate: Big;
  readonly at: Millis;
}

/** Why a loan is not made, in the venue's codes. */
export type LoanRefusal =
  | "INSUFFICIENT_FUNDS"
  | "INSUFFICIENT_MARGIN"
  | "INSUFFICIENT_SUPPLY"
  | "BORROW_LIMIT"
  | "LEND_LIMIT";

/** A lending market at one moment, in its asset. */
export interface Pool extends Rates {
  readonly lent: Big;
  readonly borrowed: Big;
}

/** Why it moved: by hand, by an order. */
export interface Cause {
  readonly source: LoanSource;
  readonly orderId?: string | undefined;
}
