// A length that stands for a share; what it says is written beside it too.

/** @param share - 0 to 1, or -1 to 1 from the middle outwards where `signed` @param tone - class of its colour */
export function Bar({
  share,
  tone = "",
  signed,
}: {
  readonly share: number;
  readonly tone?: string;
  readonly signed?: true;
}) {
  const length = `${(Math.min(1, Math.abs(share)) * (signed ? 50 : 100)).toFixed(1)}%`;
  const side = signed ? (share < 0 ? "left" : "right") : "";
  return (
    <span className={`pane-bar ${signed ? "signed" : ""}`} aria-hidden="true">
      <span className={`${tone} ${side}`} style={{ inlineSize: length }} />
    </span>
  );
}
