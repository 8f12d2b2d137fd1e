/** Which methods are offered at a path, for the answer to one that is not (405 with Allow). */
export interface OfferedRoute {
  /** As it was registered, such as `/v1/funds/:code`. */
  readonly url: string;
  readonly methods: readonly string[];
}

const matches = (url: string, path: string): boolean => {
  const pattern = url.split("/");
  const parts = path.split("/");
  return (
    pattern.length === parts.length &&
    pattern.every((part, index) => (part.startsWith(":") ? parts[index] !== "" : part === parts[index]))
  );
};

/** The methods in alphabetical order; none where nothing is offered at the path. */
export const allowedMethods = (offered: readonly OfferedRoute[], path: string): readonly string[] => {
  const methods = offered.flatMap((route) => (matches(route.url, path) ? route.methods : []));
  return [...new Set(methods)].sort();
};
