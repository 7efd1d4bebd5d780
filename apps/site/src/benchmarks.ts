// The page of performance: the benchmark's latest table, taken from bench/README.md each time, so that it cannot be older than that.

/**
 * @param readme - bench/README.md
 * @returns the page
 * @throws Error if it has no latest table
 */
export function performancePage(readme: string): string {
  const section = readme.split(/^## /m).find((each) => each.startsWith("The latest table\n"));
  if (section === undefined || !/^\|.*\|$/m.test(section)) throw new Error("bench/README.md has no latest table");
  return `# Performance

How fast the packages are, beside the fastest that is possible on the same machine (**limit**) and what a user would take instead (**peer**), measured in the same run. Above 1 is
faster where the unit is \`/s\`, and slower where it is a time. A goal that was missed is in the table like any other.

${section.slice("The latest table\n".length).trim()}

How it is measured, and how to measure it on your own machine: [bench](bench/README.md).
`;
}
