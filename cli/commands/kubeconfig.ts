import { defineCommand } from "../command";
import { EXIT } from "../errors";

export const kubeconfig = defineCommand({
  name: "kubeconfig",
  summary: "the kubeconfig of a workload cluster",
  positionals: [{ name: "CLUSTER", summary: "the name of a workload cluster" }],
  options: {
    output: { type: "text", value: "FILE", short: "o", summary: "write it to FILE, mode 0600; default: print it" },
    force: { type: "flag", summary: "overwrite FILE" },
  },
  details: `It is a credential: an administrator's; for an EKS cluster it calls the aws command instead and may
what its caller may. --json prints the kubeconfig itself as JSON, which kubectl reads too.`,
  async run({ positionals: [name = ""], values, out, stacks }) {
    const { findCluster } = await import("../kubeconfig/find-cluster");
    const { writeSecretFile } = await import("../kubeconfig/write-secret-file");
    const { stack, namespace, kubeconfig: text } = await findCluster(name, await stacks());
    if (values.output !== undefined) {
      const file = writeSecretFile(values.output, text, { overwrite: values.force === true });
      if (out.json) out.data({ cluster: name, namespace, stack, file });
      else out.line(`Wrote ${file}. Use it: export KUBECONFIG=${file}`);
    } else if (out.json) {
      const { parse } = await import("yaml");
      out.data(parse(text));
    } else {
      out.line(text.trimEnd());
    }
    return EXIT.done;
  },
});
