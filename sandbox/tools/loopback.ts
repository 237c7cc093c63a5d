import { type ToolFamily } from "./families";

/**
 * Two servers in the Cluster API programs listen on every interface of the machine and have no flag against it: the
 * webhook server, and the in-memory provider's fake workload APIs with their debug page. They are compiled from copies
 * with a handful of words changed, so that a sandbox is reachable from this machine alone.
 * Each change names the text that it replaces; a version in which that text is gone fails the build.
 */
export interface SourcePatch {
  readonly module: string;
  /** Path inside the module. */
  readonly file: string;
  readonly changes: readonly Change[];
}

interface Change {
  readonly from: string;
  readonly to: string;
  /** How often `from` occurs; every occurrence is replaced. */
  readonly times: number;
}

const CONTROLLER_RUNTIME = "sigs.k8s.io/controller-runtime";

export const LOOPBACK_PATCHES: readonly SourcePatch[] = [
  {
    module: CONTROLLER_RUNTIME,
    file: "pkg/webhook/server.go",
    changes: [
      {
        from: "\tif o.Port <= 0 {\n",
        to:
          '\tif o.Host == "" {\n\t\to.Host = os.Getenv("SANDBOX_BIND_ADDRESS")\n\t}\n' +
          '\tif o.Host == "" {\n\t\to.Host = "127.0.0.1"\n\t}\n' +
          "\tif o.Port <= 0 {\n",
        times: 1,
      },
    ],
  },
  {
    // `host` is the value of POD_IP.
    module: "sigs.k8s.io/cluster-api/test",
    file: "infrastructure/inmemory/pkg/server/mux.go",
    changes: [
      {
        from: 'net.Listen("tcp", fmt.Sprintf(":%d", options.DebugPort))',
        to: 'net.Listen("tcp", fmt.Sprintf("%s:%d", host, options.DebugPort))',
        times: 1,
      },
      {
        from: 'net.Listen("tcp", fmt.Sprintf(":%d", wcl.Port()))',
        to: 'net.Listen("tcp", fmt.Sprintf("%s:%d", m.host, wcl.Port()))',
        times: 2,
      },
    ],
  },
];

/** The patches of what a family is built from. CAPA has the webhook server of the others. */
export function patchesOf({ name }: ToolFamily): readonly SourcePatch[] {
  switch (name) {
    case "cluster-api":
      return LOOPBACK_PATCHES;
    case "cluster-api-aws":
      return LOOPBACK_PATCHES.filter(({ module }) => module === CONTROLLER_RUNTIME);
    default:
      return [];
  }
}

/**
 * @param source The file as the module ships it.
 * @throws Error if a text to replace does not occur exactly as often as the patch says.
 */
export function patched(patch: SourcePatch, source: string): string {
  return patch.changes.reduce((text, { from, to, times }) => {
    const parts = text.split(from);
    if (parts.length === times + 1) return parts.join(to);
    throw new Error(
      `${patch.module}/${patch.file} holds ${JSON.stringify(from)} ${parts.length - 1} times, not ${times}: its ` +
        "version has changed. Correct the patch in sandbox/tools/loopback.ts.",
    );
  }, source);
}
