// Preload: the fault of promise 10, in this process and in the bots that it starts; they are told nothing by the environment.
process.env["BP_PLANT"] = "10";
await import("./plant.ts");
