// Certificates as people have them: a leaf that an authority of its own has signed.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** PEM. */
export interface Signed {
  readonly key: string;
  readonly cert: string;
}

/** Makes some of one authority, for `bot.example` alone. @param folder - for files on the way */
export function signedCertificates(
  folder: string,
  count: number,
): { readonly ca: string; readonly leaves: readonly Signed[] } {
  const at = (name: string) => join(folder, name);
  const openssl = (...args: readonly string[]) => execFileSync("openssl", args, { stdio: "ignore" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...key,
    "-days",
    "2",
    "-subj",
    "/CN=authority",
    "-keyout",
    at("ca.key"),
    "-out",
    at("ca.pem"),
  );
  writeFileSync(at("names"), "subjectAltName=DNS:bot.example\n");
  const leaves = Array.from({ length: count }, (_, each) => {
    const [own, asked, cert] = [at(`${each}.key`), at(`${each}.csr`), at(`${each}.pem`)];
    openssl("req", ...key, "-subj", "/CN=bot.example", "-keyout", own, "-out", asked);
    const by = ["-CA", at("ca.pem"), "-CAkey", at("ca.key"), "-set_serial", String(each + 2), "-days", "2"];
    openssl("x509", "-req", "-in", asked, ...by, "-extfile", at("names"), "-out", cert);
    return { key: readFileSync(own, "utf8"), cert: readFileSync(cert, "utf8") };
  });
  return { ca: readFileSync(at("ca.pem"), "utf8"), leaves };
}
