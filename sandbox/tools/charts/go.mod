module cluster-fleet/sandbox/tools/charts

go 1.26.0

require (
	github.com/cert-manager/cert-manager v1.21.2
	sigs.k8s.io/cluster-api-addon-provider-helm v0.6.4
	sigs.k8s.io/cluster-api-operator v0.29.0
)
