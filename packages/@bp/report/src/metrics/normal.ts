// The normal distribution: how likely a value below z is, and back.

/**
 * Φ(z), accurate to some 15 digits, in the tails as well.
 *
 * @see Cody (1969), Rational Chebyshev approximations for the error function
 */
export function normalCdf(z: number): number {
  return 0.5 * erfc(-z / Math.SQRT2);
}

/**
 * Φ⁻¹(p), accurate to some 15 digits.
 *
 * @param p - above 0 and below 1; 0 and 1 give the infinities, anything else NaN
 * @see Wichura (1988), Algorithm AS 241, PPND16
 */
export function normalQuantile(p: number): number {
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (!(p > 0 && p < 1)) return Number.NaN;
  const off = p - 0.5;
  if (Math.abs(off) <= 0.425) {
    const r = 0.180625 - off * off;
    return (off * polynomial(middleTop, r)) / polynomial(middleBottom, r);
  }
  const r = Math.sqrt(-Math.log(off < 0 ? p : 1 - p));
  const z =
    r <= 5
      ? polynomial(nearTop, r - 1.6) / polynomial(nearBottom, r - 1.6)
      : polynomial(farTop, r - 5) / polynomial(farBottom, r - 5);
  return off < 0 ? -z : z;
}

function erfc(x: number): number {
  const far = Math.abs(x);
  if (far <= 0.46875) {
    const square = far * far;
    return 1 - (x * polynomial(erfTop, square)) / polynomial(erfBottom, square);
  }
  if (far > 27) return x > 0 ? 0 : 2;
  const cut = Math.trunc(far * 16) / 16; // exp(−x²) in two parts keeps its digits
  const scale = Math.exp(-cut * cut) * Math.exp(-(far - cut) * (far + cut));
  let tail: number;
  if (far <= 4) tail = (scale * polynomial(erfcTop, far)) / polynomial(erfcBottom, far);
  else {
    const inverse = 1 / (far * far);
    const ratio = (inverse * polynomial(tailTop, inverse)) / polynomial(tailBottom, inverse);
    tail = (scale * (1 / Math.sqrt(Math.PI) - ratio)) / far;
  }
  return x > 0 ? tail : 2 - tail;
}

/** Coefficients from the constant upwards. */
function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let at = coefficients.length - 1; at >= 0; at--) value = value * x + (coefficients[at] ?? 0);
  return value;
}

const erfTop = [3209.3775891384694, 377.485237685302, 113.86415415105016, 3.1611237438705655, 0.18577770618460315];
const erfBottom = [2844.236833439171, 1282.6165260773723, 244.02463793444417, 23.601290952344122, 1];
const erfcTop = [
  1230.3393547979972, 2051.0783778260716, 1712.0476126340707, 881.952221241769, 298.6351381974001, 66.11919063714163,
  8.883149794388377, 0.5641884969886701, 2.1531153547440383e-8,
];
const erfcBottom = [
  1230.3393548037495, 3439.3676741437216, 4362.619090143247, 3290.7992357334597, 1621.3895745666903, 537.1811018620099,
  117.6939508913125, 15.744926110709835, 1,
];
const tailTop = [
  6.587491615298378e-4, 0.016083785148742275, 0.12578172611122926, 0.36034489994980445, 0.30532663496123236,
  0.016315387137302097,
];
const tailBottom = [
  0.0023352049762686918, 0.06051834131244132, 0.5279051029514285, 1.8729528499234673, 2.568520192289822, 1,
];
const middleTop = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const middleBottom = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852546,
];
const nearTop = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 7.745450142783414e-4,
];
const nearBottom = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  5.475938084995345e-4, 1.0507500716444169e-9,
];
const farTop = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const farBottom = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 7.868691311456133e-4, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
];
