export const HELP = `npm run sandbox [COMMAND]: a management cluster and a Pulumi engine on this machine

  (none)               everything: builds or finds the tools, starts the management cluster, brings the stacks
                       sandbox-production and sandbox-staging up and waits until every cluster is available
  status               what runs, and the fleet
  up [STACK]           pulumi up, for one stack or both
  preview [STACK]      pulumi preview, for one stack or both
  demo rollout         a staged upgrade of six small clusters, led live by \`fleet rollout\`; they are removed at the end,
                       or stay with --keep
  logs [NAME]          the log files, or the end of one
  kubeconfig [CLUSTER] where the management cluster's kubeconfig is, or a workload cluster's kubeconfig
  env                  what a shell needs to run pulumi and npm run fleet itself: eval "$(npm run -s sandbox env)"
  down                 stops everything and removes the sandbox; built tools stay
  help                 this text

Options after up and preview go to pulumi: npm run sandbox -- preview sandbox-staging --diff

Environment
  CLUSTER_FLEET_SANDBOX_DIR  the sandbox's folder; default: .sandbox in this clone
  CLUSTER_FLEET_TOOLS_DIR    the tool cache; default: ~/.cache/cluster-fleet/tools
  SANDBOX_PLUGINS            official or stand-in; default: official plugins where installed
  SANDBOX_PULUMI             a pulumi executable to use in place of a built one
  KUBEBUILDER_ASSETS         a folder with etcd and kube-apiserver to use in place of built ones

Exit code: 0 done; 1 failed (the message says what and what to do); 2 wrong usage; 130, 143, 129 stopped by
Ctrl-C, SIGTERM, SIGHUP. A stopped command leaves what it has started: run it again to go on, or \`down\`.`;
