// Preload: plants the fault that BP_PLANT names into the sources as they are read. `node --import ./plant.ts …`
import { registerHooks } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { plants } from "./plants.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const plant = plants.find(({ invariant }) => String(invariant) === process.env["BP_PLANT"]);
if (plant === undefined) throw new Error(`BP_PLANT=${process.env["BP_PLANT"]} names no fault`);
const target = pathToFileURL(join(root, plant.file)).href;

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (url.split("?")[0] !== target) return loaded;
    const source =
      typeof loaded.source === "string" ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString(); // text either way
    if (source.split(plant.from).length !== 2) throw new Error(`${plant.file} does not have this once: ${plant.from}`);
    return { ...loaded, source: source.replace(plant.from, () => plant.to) };
  },
});
