// What was traded over candles, as columns that grow.

/** One entry an order that was filled. */
export interface BarOrders {
  readonly count: number;
  /** The candle at whose open it was filled. */
  readonly bar: Int32Array;
  readonly price: Float64Array;
  /** Base; below 0 sold. */
  readonly size: Float64Array;
  /** Quote. */
  readonly fee: Float64Array;
  /** Profit that it took, before fees, quote. */
  readonly profit: Float64Array;
}

/** A list that is written to. */
export interface OrderList {
  add(bar: number, price: number, size: number, fee: number, profit: number): void;
  columns(): BarOrders;
}

/** An empty one. */
export function createOrderList(): OrderList {
  const width = 5;
  let rows = new Float64Array(64 * width);
  let count = 0;
  return {
    add: (bar, price, size, fee, profit) => {
      let at = count * width;
      if (at === rows.length) {
        const longer = new Float64Array(rows.length * 2);
        longer.set(rows);
        rows = longer;
      }
      rows[at++] = bar;
      rows[at++] = price;
      rows[at++] = size;
      rows[at++] = fee;
      rows[at] = profit;
      count += 1;
    },
    columns: () => {
      const column = (place: number) =>
        Float64Array.from({ length: count }, (_, order) => rows[order * width + place] ?? 0);
      return {
        count,
        bar: Int32Array.from(column(0)),
        price: column(1),
        size: column(2),
        fee: column(3),
        profit: column(4),
      };
    },
  };
}
