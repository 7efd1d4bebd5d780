// What leaves the package.
export {};
