# Helm waits for a hook, and the stand-in controller ends a Job only after all else: so the release is done when the load
# balancer has its name, as with Traefik's own chart.
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-ready
  annotations:
    helm.sh/hook: post-install,post-upgrade
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: ready
          image: stand-in
